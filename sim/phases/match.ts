// Match: at the day's end the two platforms of each payment across them compare their files; what disagrees is worked off.
//
// A break is found where the adapter told the payment wrongly, where the data are poor, or where a side has not heard the
// end of a transfer. The acquirer's money for it is held until somebody has looked, first found first.

import { breakPpmOf, checkAdapter, type Conformance, homeOf } from "#/model/clearing/adapters/conformance.ts";
import { externalFlows, products } from "#/model/names.ts";
import { unit } from "#/model/statistics/philox.ts";
import { disputedFen, openBreaks, pushBreak, shiftBreak } from "#/sim/breaks.ts";
import { code, platforms } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { draw, process } from "#/sim/streams.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import { ways } from "#/sim/tables/ways.ts";
import { pay, type World } from "#/sim/world.ts";
import { acquirerAt, freeFen, issuerAt } from "./clear.ts";

/** Compares the day's files, works off what can be, and pays for it. */
export function match(world: World): void {
  const { breaks, recorder, today } = world;
  const before = breaks.foundSoFar;
  findBreaks(world);
  workOff(world);
  payForBreaks(world);
  let heldFen = 0;
  for (let p = 0; p < platforms.length; p++) heldFen += disputedFen(breaks, p);
  record(recorder, today.day, "breaksFound", "people", breaks.foundSoFar - before);
  record(recorder, today.day, "breaksOpen", "people", openBreaks(breaks));
  record(recorder, today.day, "disputed", "money", heldFen);
}

/** How each adapter stands today, by product and network. */
function conformances({ terms, today }: World): Conformance[][] {
  return terms.cells.map((cells, p) =>
    cells.map(({ adapterVersion }, n) =>
      checkAdapter({
        home: homeOf(products[p]),
        away: ways[n],
        adapterVersion,
        networkVersion: today.adapterVersion[n],
      })
    )
  );
}

/** Payments across platforms whose entries disagree, in the order of the files. */
function findBreaks(world: World): void {
  const { purchases, terms, streams, shoppers, today, faults } = world;
  const rates = terms.scenario.clearing.reconciliation;
  const { length, flags, status, product, network, amountFen, shopper, minute } = purchases;
  let checked: Conformance[][] | null = null;
  for (let row = 0; row < length; row++) {
    if (!(flags[row] & purchaseFlag.bridged) || status[row] === purchaseStatus.cancelled) continue;
    const p = product[row], acquirer = acquirerAt[network[row]];
    // A platform that is lender and acquirer keeps one file.
    if (issuerAt[p] === acquirer) continue;
    checked ??= conformances(world);
    draw(streams, process.break, shoppers.entity0 + shopper[row], today.day, minute[row]);
    const ppm = breakPpmOf(amountFen[row], checked[p][network[row]], rates);
    if (unit(streams.block[0]) * 1_000_000 >= ppm && !faults.unheard.has(row)) continue;
    open(world, row, acquirer);
  }
}

/** A break: the money of the payment is held, as far as it is there, and the work for it is owed in halves. */
function open(world: World, row: number, acquirer: number): void {
  const { breaks, purchases, today, chart, terms } = world;
  const heldFen = Math.min(purchases.amountFen[row], freeFen(world, acquirer));
  pay(world, chart.disputed[acquirer], chart.settle[acquirer], heldFen, code.dispute);
  pushBreak(breaks, today.day, { platform: acquirer, heldFen });
  const { costFen } = terms.scenario.clearing.reconciliation;
  breaks.incurredFen += costFen;
  breaks.dueFen[acquirer] += Math.floor(costFen / 2);
  breaks.dueFen[issuerAt[purchases.product[row]]] += Math.ceil(costFen / 2);
}

/** Works off the oldest breaks that have been open long enough, as many as there are people for. */
function workOff(world: World): void {
  const { breaks, terms, today, chart } = world;
  const { workedOffPerDay, leastDays } = terms.scenario.clearing.reconciliation;
  const perDay = workedOffPerDay / terms.factor;
  // Less than one a day adds up; what nobody used does not.
  breaks.capacity = Math.min(breaks.capacity + perDay, perDay + 1);
  while (
    openBreaks(breaks) > 0 && breaks.capacity >= 1 && today.day - breaks.day[breaks.first] >= leastDays
  ) {
    const { day, platform, heldFen } = shiftBreak(breaks);
    pay(world, chart.settle[platform], chart.disputed[platform], heldFen, code.dispute);
    breaks.capacity--;
    breaks.workedOffSoFar++;
    breaks.daysOpenSoFar += today.day - day;
  }
}

/** Pays for the work; what money does not cover today is paid when it does. */
function payForBreaks(world: World): void {
  const { breaks, chart } = world;
  const external = chart.external[externalFlows.indexOf("reconciliation-cost")];
  for (let p = 0; p < platforms.length; p++) {
    const paidFen = Math.min(breaks.dueFen[p], freeFen(world, p));
    pay(world, external, chart.settle[p], paidFen, code.reconciliationCost);
    breaks.dueFen[p] -= paidFen;
  }
}
