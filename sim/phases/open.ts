// The day opens: calendar, macro path, shocks, what works where, how much new credit is granted.

import { riskAppetite } from "#/model/credit/appetite.ts";
import { cappedLicences } from "#/model/credit/cost_cap.ts";
import { licenceOn } from "#/model/credit/licence.ts";
import { networks } from "#/model/names.ts";
import { civil } from "#/model/units/calendar.ts";
import { demandFactor, maxWantsOfDay, poissonLadder } from "#/model/shoppers/wants.ts";
import type { Shock } from "#/scenarios/schema.ts";
import { openAbroad } from "#/sim/abroad.ts";
import { openFaults } from "#/sim/faults.ts";
import { openTreaties } from "#/sim/joint.ts";
import { openRules } from "#/sim/rulebook.ts";
import { lineState } from "#/sim/tables/lines.ts";
import { rateClasses } from "#/sim/tables/shoppers.ts";
import { cardWay } from "#/sim/tables/ways.ts";
import type { World } from "#/sim/world.ts";
import { setCutoffs } from "./cutoff.ts";

const quarterDays = 91;

/** Fixes what every phase of the day reads; nothing here depends on what people do later today. */
export function openDay(world: World, day: number): void {
  const { today, terms, memory, lines, shoppers } = world;
  const { scenario } = terms;
  today.day = day;
  today.date = civil(terms.startEpoch + day);
  today.firstOfMonth = today.date.dayOfMonth === 1;
  const start = civil(terms.startEpoch);
  today.month = (today.date.year - start.year) * 12 + today.date.month - start.month;
  world.ledger.beginDay(day);
  world.nextId = 0;
  world.purchases.length = 0;

  if (world.abroad) {
    openAbroad(world.abroad, { terms, streams: world.streams, day, year: today.date.year });
  }

  const running = scenario.shocks.filter((shock) => day >= shock.fromDay && day < shock.untilDay);
  const { unemploymentBps, incomeGrowthBps, severityBps, baseRateBps } = scenario.macro;
  const quarter = Math.floor(day / quarterDays);
  const at = (path: readonly number[]) => path[Math.max(0, Math.min(path.length - 1, quarter))];
  const jump = sumOf(running, "unemployment-jump", (shock) => shock.plusBps);
  today.unemploymentBps = Math.max(
    0,
    Math.min(
      10_000,
      unemploymentBps[0] + (at(unemploymentBps) - unemploymentBps[0]) * severityBps / 10_000 + jump,
    ),
  );
  today.incomeGrowthBps = at(incomeGrowthBps) * severityBps / 10_000;
  today.rateBps = Math.round(baseRateBps + sumOf(running, "spread-jump", (shock) => shock.plusBps));
  const { cutoffRisePoints, limitShare } = riskAppetite(
    today.unemploymentBps - unemploymentBps[0],
    {
      cutoffPerUnemploymentPoints: scenario.scoring.cutoffPerUnemploymentPoints,
      limitPerUnemploymentBps: scenario.limits.limitPerUnemploymentBps,
    },
  );
  today.cutoffPoints = Math.round(scenario.scoring.cutoffPoints + cutoffRisePoints);
  today.appetite = limitShare;
  openTreaties(world.joint, (p) => world.ledger.balanceFen(world.chart.products[p].loansBridged));
  setCutoffs(world);
  today.bridgeDown = running.some((shock) => shock.event === "rail-outage" && shock.rail === "rtgs");
  today.channelDown = running.some((shock) => shock.event === "rail-outage" && shock.rail === "dns");
  today.cardDown = running.some((shock) => shock.event === "rail-outage" && shock.rail === "card");
  today.cost = terms.products.map(({ licences }) =>
    cappedLicences.includes(licenceOn(terms.startEpoch + day, licences))
      ? terms.cost
      : { ...terms.cost, fromDay: Infinity }
  );
  today.adapterVersion.fill(1);
  for (const shock of running) {
    if (shock.event === "adapter-upgrade") {
      today.adapterVersion[networks.indexOf(shock.network)] = shock.version;
    }
  }
  openFaults(world, day);
  openRules(world);
  today.bridgeSuspended = memory.bridgeSuspended;
  today.granted.set(memory.granted);

  today.demand = demandFactor(today.date, scenario.demand);
  const meanWants = scenario.demand.wantsPerThousandDays / 1000 * today.demand;
  if (today.ladders.length === 0) today.ladders = new Float64Array(rateClasses * maxWantsOfDay);
  for (let k = 0; k < rateClasses; k++) {
    today.ladders.set(poissonLadder(meanWants * world.rate[k]), k * maxWantsOfDay);
  }
  resolveAcceptance(world, day);
  resolveCard(world, day);

  // Who holds what, for the influence of friends: once a month is enough.
  if (today.firstOfMonth || day === 0) {
    today.share.fill(0);
    const width = terms.products.length;
    for (let line = 0; line < lines.count; line++) {
      if (lines.state[line] === lineState.active) today.share[line % width]++;
    }
    for (let p = 0; p < width; p++) today.share[p] /= shoppers.count;
  }
}

/** For each product and each set of accepted networks: the open cell that is nearest, native before bridged. */
function resolveAcceptance(world: World, day: number): void {
  const { terms, today } = world;
  const sets = 1 << networks.length;
  for (const [p, cells] of terms.cells.entries()) {
    for (let mask = 0; mask < sets; mask++) {
      let best = -1;
      for (let n = 0; n < networks.length; n++) {
        const cell = cells[n];
        if (!(mask & (1 << n)) || cell.mode === "closed" || day < cell.opensDay) continue;
        if (best < 0 || nearer(cell, cells[best])) best = n;
      }
      today.networkFor[p * sets + mask] = best;
    }
  }
}

/** For each set of accepted networks: the first over which the co-branded card is taken today. */
function resolveCard({ terms: { cells, cobrand }, today }: World, day: number): void {
  if (!cobrand.active) return;
  for (let mask = 0; mask < today.cardFor.length; mask++) {
    today.cardFor[mask] = networks.findIndex((_, n) =>
      (mask & (1 << n)) !== 0 && cells[0][cardWay(n)].mode !== "closed" && day >= cobrand.opensDay
    );
  }
}

function nearer(a: { bridged: boolean; steps: number }, b: { bridged: boolean; steps: number }): boolean {
  return a.bridged !== b.bridged ? !a.bridged : a.steps < b.steps;
}

function sumOf<K extends Shock["event"]>(
  shocks: readonly Shock[],
  event: K,
  size: (shock: Extract<Shock, { event: K }>) => number,
): number {
  return shocks.reduce(
    (sum, shock) => shock.event === event ? sum + size(shock as Extract<Shock, { event: K }>) : sum,
    0,
  );
}
