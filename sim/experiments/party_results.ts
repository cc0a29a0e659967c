// What a project changes for each party, with minus without: as it comes and discounted, and whether all would join.
//
// Results are the ledger's: claims at face, goods at what was paid for them, so that unpaid principal and what fraud took stand with
// shoppers, and what a purchase is worth to whoever wanted it stands nowhere. With the named flows to the rest of the world all of
// them sum to zero, month by month and to the fen; nothing is a residual.

import { parties, type Party } from "#/model/names.ts";
import { type Joining, joining } from "#/model/project/joining.ts";
import { pow } from "#/model/units/elementary.ts";
import type { Fen } from "#/model/units/units.ts";
import { meanInterval } from "#/model/statistics/interval.ts";
import { type Estimate, fewestForInterval } from "#/sim/experiments/analyse.ts";
import { differences, type MonthlyPair } from "#/sim/experiments/project_flows.ts";

/** What the project changes for one party, or sends to or takes from the rest of the world by one named flow. */
export interface GainRow {
  name: string;
  /** Mean over replications, as it comes and discounted to the start; whole fen. */
  fen: Fen;
  discountedFen: Fen;
  /** Simulation error of the discounted mean, fen; no interval for fewer than three replications. */
  estimate: Estimate;
}

/** The table of a project by party. */
export interface PartyResults {
  discountRateBps: number;
  months: number;
  replications: number;
  parties: GainRow[];
  external: GainRow[];
  /** All rows together: nothing, but for the rounding of each to whole fen. */
  sumFen: Fen;
  discountedSumFen: Fen;
  /** What everybody who has to sign gains, and what would make all of them sign. */
  joining: Joining;
  /** The gain of the party that a strategic investor is, on top of what its shares bring; where one was named. */
  outsideGain: GainRow | null;
}

/** Everybody who has to sign; shoppers and shops are asked one by one and never together. */
export const signers = [
  "jd",
  "ant",
  "wechat",
  "union-card",
  "operator",
  "project",
  "banks",
  "investors",
] as const satisfies readonly Party[];

/**
 * Results by party over the replications of a pair.
 *
 * Shapes and units: at least one pair; the rate a year in bps, flows at the ends of months. Errors: `RangeError` for no pairs.
 */
export function partyResults(
  pairs: readonly MonthlyPair[],
  { discountRateBps, strategic }: { discountRateBps: number; strategic?: Party },
): PartyResults {
  if (pairs.length === 0) throw new RangeError("Cannot tell results by party without a run");
  const rate = { discountRateBps };
  const ofParties = parties.map((party) =>
    row(
      party,
      pairs.map((pair) => differences(pair.with.resultFen[party], pair.without.resultFen[party])),
      rate,
    )
  );
  const flows = [...new Set(pairs.flatMap((pair) => Object.keys(pair.with.externalFen)))];
  const external = flows.map((flow) =>
    row(
      flow,
      pairs.map(({ with: opened, without: closed }) =>
        // A flow that only one side knows is nothing on the other: shops abroad are such a one.
        differences(
          opened.externalFen[flow],
          closed.externalFen[flow] ?? opened.externalFen[flow].map(() => 0),
        )
      ),
      rate,
    )
  );
  const all = [...ofParties, ...external];
  const signing = ofParties.filter(({ name }) => (signers as readonly string[]).includes(name));
  return {
    discountRateBps,
    months: pairs[0].with.months,
    replications: pairs.length,
    parties: ofParties,
    external,
    sumFen: all.reduce((sum, { fen }) => sum + fen, 0),
    discountedSumFen: all.reduce((sum, { discountedFen }) => sum + discountedFen, 0),
    joining: joining(signing.map(({ name: party, discountedFen: fen }) => ({ party, fen }))),
    outsideGain: strategic === undefined ? null : ofParties.find(({ name }) => name === strategic)!,
  };
}

function row(
  name: string,
  runs: readonly (readonly number[])[],
  { discountRateBps }: { discountRateBps: number },
): GainRow {
  const discounted = runs.map((monthly) => presentFen(monthly, discountRateBps));
  const totals = runs.map((monthly) => monthly.reduce((sum, fen) => sum + fen, 0));
  const mean = (values: readonly number[]) =>
    Math.round(values.reduce((sum, fen) => sum + fen, 0) / values.length) + 0;
  return {
    name,
    fen: mean(totals),
    discountedFen: mean(discounted),
    estimate: simulationEstimate(discounted),
  };
}

/** The mean over replications with Student's interval of 95 %, from three replications on. */
export function simulationEstimate(values: readonly number[]): Estimate {
  const { mean, low, high, n } = meanInterval(values);
  return n < fewestForInterval ? { mean, low: null, high: null, n } : { mean, low, high, n };
}

/** Flows at the ends of months, worth at the start. */
export function presentFen(monthly: ArrayLike<number>, discountRateBps: number): number {
  const v = pow(1 + discountRateBps / 10_000, -1 / 12);
  let factor = 1, sum = 0;
  for (let m = 0; m < monthly.length; m++) sum += monthly[m] * (factor *= v);
  return sum;
}
