// A run read month by month: what each party gained, what crossed the bridge, what was lost, and the most the rail needed.
//
// Workers of a pool run this module in place of the simulation's own; what it reads moves nothing in the run.

import { externalFlows, issuerOf, parties, type Party, products } from "#/model/names.ts";
import type { RailPeaks } from "#/model/project/flows.ts";
import { civil, monthEnds } from "#/model/units/calendar.ts";
import { bpsOf, type Fen } from "#/model/units/units.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { worthFen } from "#/sim/phases/close.ts";
import * as simulation from "#/sim/run.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import type { World } from "#/sim/world.ts";

export { buildOpeningBook } from "#/sim/run.ts";

/** The two whose loans cross the bridge, as memory counts them. */
export const lenders = ["jd", "ant"] as const;
/** One of them. */
export type Lender = typeof lenders[number];

/** A run by calendar month: whole fen for everybody; a month that the run only begins or ends in counts as one. */
export interface MonthlyRun {
  months: number;
  /** What each party's worth changed by in the month. */
  resultFen: Record<Party, Fen[]>;
  /** What left (positive) or entered the modelled world in the month, by named flow. Results and these sum to zero. */
  externalFen: Record<string, Fen[]>;
  /** Losses by credit and fraud that each lender bore, less recoveries. */
  lossFen: Record<Lender, Fen[]>;
  /** Purchases that crossed, by whose loan they became, and what their lender paid the bridge's operator for them. */
  bridgedFen: Record<Lender, Fen[]>;
  feeFen: Record<Lender, Fen[]>;
  /** The most on any day: money put up for the bridge, bonds pledged there, money in the guarantee fund. */
  peaks: RailPeaks;
  /** The run's outcomes by name. */
  outcomes: Record<string, number>;
}

/** The record's name in the store. */
export const monthlyRecord = "by month";

/** Runs a supposition and reads it by month. Errors: those of the simulation. */
export function run(
  supposed: Supposition,
  replication: number,
  options: simulation.RunOptions = {},
): { outcomes: MonthlyRun; hash: string } {
  const read = reader();
  const { outcomes, hash } = simulation.run(supposed, replication, {
    ...options,
    inspect: (world, day) => {
      read.day(world, day);
      options.inspect?.(world, day);
    },
  });
  const values = Object.fromEntries(Object.entries(outcomes).map(([name, { value }]) => [name, value]));
  return { outcomes: { ...read.found, outcomes: values }, hash };
}

function reader() {
  const byLender = () => ({ jd: [] as Fen[], ant: [] as Fen[] });
  const found: Omit<MonthlyRun, "outcomes"> = {
    months: 0,
    resultFen: Object.fromEntries(parties.map((party) => [party, []])) as unknown as Record<Party, Fen[]>,
    externalFen: {},
    lossFen: byLender(),
    bridgedFen: byLender(),
    feeFen: byLender(),
    peaks: { prefundingFen: 0, collateralFen: 0, guaranteeFundFen: 0 },
  };
  const before = new Map<string, number>();
  const bridgedFen = new Float64Array(products.length), feeFen = new Float64Array(products.length);
  const day = (world: World, day: number) => {
    const { terms, memory, today } = world, { factor } = terms;
    countBridged(world, { bridgedFen, feeFen });
    keepPeaks(world, found.peaks);
    if (!monthEnds(today.date) && day < terms.days - 1) return;
    /** What a running sum grew by since the last month, for everybody. */
    const grown = (name: string, nowFen: number, startFen = 0) => {
      const fen = (nowFen - (before.get(name) ?? startFen)) * factor;
      before.set(name, nowFen);
      return fen + 0;
    };
    for (const party of parties) {
      const start = memory.worthAtStartFen.get(party) ?? 0;
      found.resultFen[party].push(grown(`result ${party}`, worthFen(world, party), start));
    }
    for (const { name, nowFen, startFen } of externals(world)) {
      (found.externalFen[name] ??= []).push(grown(`external ${name}`, nowFen, startFen));
    }
    for (const [k, lender] of lenders.entries()) {
      found.lossFen[lender].push(grown(`loss ${lender}`, memory.lossByFen[k]));
    }
    for (const [p, product] of products.entries()) {
      found.bridgedFen[issuerOf[product]].push(bridgedFen[p] * factor);
      found.feeFen[issuerOf[product]].push(feeFen[p] * factor);
    }
    bridgedFen.fill(0);
    feeFen.fill(0);
    found.months++;
  };
  return { found, day };
}

/** The accounts of the rest of the world, in the order of the chart. */
function externals({ ledger, chart, memory, abroad }: World) {
  const named = externalFlows.map((name, k) => ({
    name: name as string,
    nowFen: ledger.balanceFen(chart.external[k]),
    startFen: memory.externalAtStartFen[k] ?? 0,
  }));
  const foreign = Object.entries(abroad?.chart.flows ?? {}).map(([name, account]) => ({
    name,
    nowFen: ledger.balanceFen(account),
    startFen: 0,
  }));
  return [...named, ...foreign];
}

/** The day's purchases that crossed and were not cancelled, and the operator's fee on them, by product. */
function countBridged(
  { purchases, terms }: World,
  { bridgedFen, feeFen }: { bridgedFen: Float64Array; feeFen: Float64Array },
): void {
  for (let row = 0; row < purchases.length; row++) {
    const p = purchases.product[row];
    if (p < 0 || !(purchases.flags[row] & purchaseFlag.bridged)) continue;
    if (purchases.status[row] === purchaseStatus.cancelled) continue;
    const amountFen = purchases.amountFen[row];
    bridgedFen[p] += amountFen;
    feeFen[p] += bpsOf(amountFen, terms.cells[p][purchases.network[row]].bridgeFeeBps);
  }
}

function keepPeaks({ bridge, terms, joint }: World, peaks: RailPeaks): void {
  const { factor, clearing: { collateral } } = terms;
  let targetFen = 0, pledges = 0;
  for (const fen of bridge.targetFen) {
    targetFen += fen;
    if (fen > 0) pledges++;
  }
  peaks.prefundingFen = Math.max(peaks.prefundingFen, targetFen * factor);
  peaks.collateralFen = Math.max(peaks.collateralFen, pledges * collateral.pledgedFen * factor);
  peaks.guaranteeFundFen = Math.max(peaks.guaranteeFundFen, joint.fund.peakFen * factor);
}

/** Days from a date to the end of so many calendar months, the date's own month among them. */
export function daysOfMonths(startEpoch: number, months: number): number {
  let epoch = startEpoch;
  for (let left = months; left > 0; epoch++) {
    if (monthEnds(civil(epoch))) left--;
  }
  return epoch - startEpoch;
}
