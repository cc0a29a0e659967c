// What each opening of a project is worth to those who sign: all sets of openings run by the same people with the same luck.
//
// A set's value is what its signers gain, discounted, over the same project with nothing open; so the values of single openings sum
// to what all of them bring, and what the project costs or brings with nothing open is told by itself.

import type { Party } from "#/model/names.ts";
import {
  bestOrder,
  type CellWorth,
  cellWorths,
  mostCounted,
  ordersOf,
  setsOf,
} from "#/model/project/shapley.ts";
import { philox, unit } from "#/model/statistics/philox.ts";
import type { Fen } from "#/model/units/units.ts";
import { refuse } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import type { Estimate } from "#/sim/experiments/analyse.ts";
import { openedAfterBuild, openingsOf, withoutProject } from "#/sim/experiments/counterpart.ts";
import type { MonthlyRun } from "#/sim/experiments/monthly_runner.ts";
import { presentFen, signers, simulationEstimate } from "#/sim/experiments/party_results.ts";
import { type MonthlyRuns, monthlyRuns, type PairOptions } from "#/sim/experiments/project_flows.ts";

/** How to value openings. */
export interface CellOptions extends PairOptions {
  discountRateBps: number;
  /** Whose gains count; all who sign where nobody is named. */
  parties?: readonly Party[];
  /** Orders that are drawn for more than {@link mostCounted} openings; even, from 4 on. */
  orders?: number;
}

/** One opening: estimates over replications in fen, discounted. */
export interface CellValue {
  name: string;
  shapley: Estimate;
  /** Standard error from drawing orders; 0 where all orders are counted. */
  samplingErrorFen: number;
  alone: Estimate;
  last: Estimate;
  cost: {
    /** Its Shapley part of what is paid to the rest of the world beside build and running: identity, collection, reconciliation, cards. */
    externalFen: Fen;
    /** Its Shapley part of the peaks of prefunding, collateral and guarantee fund. */
    railFen: Fen;
    /** The integration budget in equal parts, as no source divides it (assumed). */
    integrationFen: Fen;
  };
}

/** What was found. */
export interface CellValues {
  parties: readonly Party[];
  discountRateBps: number;
  months: number;
  replications: number;
  /** Orders that were walked, and whether that is all of them. */
  orders: number;
  isCounted: boolean;
  /** What the project brings with nothing open, and with everything on top of that. */
  nothingOpen: Estimate;
  allOpen: Estimate;
  cells: CellValue[];
  /** By value, names in order of opening; the gain of the best over the worst is what the order is worth. */
  best: { order: string[]; valueFen: Fen };
  worst: { order: string[]; valueFen: Fen };
  apartDays: number;
  /** Every set that was run, with its value. */
  sets: { open: string[]; valueFen: Fen }[];
}

/** Flows to the rest of the world that openings can cause; build, running and wages are nobody's in particular. */
const costFlows = ["collection-cost", "identity-cost", "reconciliation-cost", "card-cost"];

/**
 * Values the openings of a scenario.
 *
 * Shapes: all openings of a set open when the build is done; `apartDays` is only what the order of opening is judged by. Errors:
 * `ScenarioError` for a scenario that opens nothing, or in which the openings do not fit into the months; as of `monthlyRuns`.
 */
export async function cellValues(
  scenario: string,
  { runs, ...options }: CellOptions & { runs?: MonthlyRuns },
): Promise<CellValues> {
  const { set = [], seed, discountRateBps, parties = signers, orders: sampled = 40 } = options;
  const { scenario: own } = load(scenario, { set, seed });
  const openings = openingsOf(own), count = openings.length;
  const without = withoutProject(scenario, set);
  const orders = ordersOf(count, { sampled, draw: drawer() });
  const masks = setsOf(orders), apartDays = options.apartDays ?? 0;
  const firstMonth = options.firstMonth ?? own.project.capexCurveBps.length + 1;
  const openDays = (options.months - firstMonth + 1) * 30;
  if (openDays <= 0 || (count - 1) * apartDays > openDays) {
    refuse(
      "--apart-days",
      "",
      `found ${count} openings ${apartDays} days apart from month ${firstMonth} on; allowed is what fits into ${options.months} months`,
    );
  }
  const run = runs ?? monthlyRuns(scenario, options);
  const caseOf = (mask: number) => [
    ...openings.flatMap(({ closed }, i) => mask & 1 << i ? [] : closed),
    ...openedAfterBuild(own, openings.filter((_, i) => mask & 1 << i), { firstMonth }),
  ];
  const [closed, nothing, ...sets] = await run([without, caseOf(0), ...masks.map(caseOf)]);
  const worth = (one: MonthlyRun) =>
    parties.reduce((sum, party) => sum + presentFen(one.resultFen[party], discountRateBps), 0);
  const cost = (one: MonthlyRun) =>
    costFlows.reduce((sum, flow) => sum + presentFen(one.externalFen[flow] ?? [], discountRateBps), 0);
  const rail = ({ peaks }: MonthlyRun) => peaks.prefundingFen + peaks.collateralFen + peaks.guaranteeFundFen;
  const place = new Map(masks.map((mask, k) => [mask, k]));
  /** What a measure of a set is over nothing open, by replication. */
  const over = (read: (one: MonthlyRun) => number) => {
    const table = sets.map((runs) => runs.map((one, r) => read(one) - read(nothing[r])));
    return (mask: number, r: number) => mask === 0 ? 0 : table[place.get(mask)!][r];
  };
  const n = nothing.length, replications = Array.from({ length: n }, (_, r) => r);
  const mean = (value: (mask: number, r: number) => number) => (mask: number) =>
    replications.reduce((sum, r) => sum + value(mask, r), 0) / n;
  const value = over(worth), meanValue = mean(value);
  const each = replications.map((r) => cellWorths(orders, (mask) => value(mask, r)));
  const onMean = cellWorths(orders, meanValue);
  const costs = cellWorths(orders, mean(over(cost))), rails = cellWorths(orders, mean(over(rail)));
  const estimate = (i: number, read: (worth: CellWorth) => number) =>
    simulationEstimate(each.map((worths) => read(worths[i])));
  const named = (order: readonly number[]) => order.map((i) => openings[i].name);
  const { best, worst } = bestOrder(orders, meanValue, { stepShare: apartDays / openDays });
  const all = (1 << count) - 1;
  return {
    ...{ parties, discountRateBps, months: options.months, replications: n, apartDays },
    ...{ orders: orders.length, isCounted: count <= mostCounted },
    nothingOpen: simulationEstimate(replications.map((r) => worth(nothing[r]) - worth(closed[r]))),
    allOpen: simulationEstimate(replications.map((r) => value(all, r))),
    cells: openings.map(({ name }, i) => ({
      name,
      shapley: estimate(i, ({ shapley }) => shapley),
      samplingErrorFen: onMean[i].samplingError,
      alone: estimate(i, ({ alone }) => alone),
      last: estimate(i, ({ last }) => last),
      cost: {
        externalFen: Math.round(costs[i].shapley) + 0,
        railFen: Math.round(rails[i].shapley) + 0,
        integrationFen: Math.round(own.project.integrationCny * 100 / count),
      },
    })),
    best: { order: named(best.order), valueFen: Math.round(best.value) },
    worst: { order: named(worst.order), valueFen: Math.round(worst.value) },
    sets: masks.map((mask) => ({
      open: openings.filter((_, i) => mask & 1 << i).map(({ name }) => name),
      valueFen: Math.round(meanValue(mask)) + 0,
    })),
  };
}

/** Uniform numbers for orders: the same for every scenario, and no stream of a run. */
function drawer(): () => number {
  const block = new Uint32Array(4);
  let k = 0;
  return () => {
    philox(k++, 0, 0, 0, 0x0edef, 0x5ca1e, block);
    return unit(block[0]);
  };
}
