// Whether today's applicants still look like those that a score was built on: the population stability index.

import { log } from "#/model/units/elementary.ts";
import { sorted } from "#/model/statistics/quantile.ts";

/** How a stability index is read: below 0.1, below 0.25, and from there on. */
export type StabilityBand = "stable" | "minor shift" | "major shift";

/** What a band without people counts as, of 1; a logarithm of 0 would be infinite. */
export const emptyShare = 1e-4;

/**
 * The population stability index of two distributions over the same bands.
 *
 * The sum of (observed - expected) · ln(observed / expected). Where a band is empty on one side its share counts as
 * `emptyShare` there; empty on both sides it counts nothing.
 *
 * Shapes: counts or shares by band, as many on both sides. Errors: `RangeError` for different lengths, a negative or
 * unfinite count, or a side without anybody.
 * Source: N. Siddiqi, "Credit Risk Scorecards", chapter on monitoring.
 *
 * @example
 * ```ts
 * import { stabilityIndex } from "#/model/scoring/measures/stability.ts";
 * import assert from "node:assert/strict";
 * assert.equal(stabilityIndex([0.4, 0.3, 0.3], [0.35, 0.25, 0.4]).toFixed(6), "0.044561");
 * ```
 */
export function stabilityIndex(expected: ArrayLike<number>, observed: ArrayLike<number>): number {
  if (expected.length !== observed.length) {
    throw new RangeError(
      `Cannot compare ${expected.length} bands with ${observed.length}: allowed are as many of each`,
    );
  }
  const before = shares(expected, "expected"), after = shares(observed, "observed");
  let sum = 0;
  for (let i = 0; i < before.length; i++) {
    if (before[i] === 0 && after[i] === 0) continue;
    const p = before[i] || emptyShare, q = after[i] || emptyShare;
    sum += (q - p) * log(q / p);
  }
  return sum;
}

/**
 * How an index is read.
 *
 * Shapes: 0 upward. Source: the usual rule of thumb, below 0.1 no shift, from 0.25 on a major one.
 */
export function stabilityBand(index: number): StabilityBand {
  return index < 0.1 ? "stable" : index < 0.25 ? "minor shift" : "major shift";
}

/** One period against the first. */
export interface PeriodStability {
  period: number;
  rows: number;
  index: number;
  band: StabilityBand;
}

/**
 * The stability of a score over time: each period against the first, over bands that hold equally many of the first.
 *
 * Shapes: a score and a whole number of its period a row, in any order; periods without rows are left out.
 * Errors: `RangeError` for different lengths, no rows, or a score that is not finite.
 *
 * @example
 * ```ts
 * import { stabilityOverTime } from "#/model/scoring/measures/stability.ts";
 * import assert from "node:assert/strict";
 * const scores = [1, 2, 3, 4, 1, 2, 3, 4, 4, 4, 4, 4], periods = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2];
 * const [, same, moved] = stabilityOverTime(scores, periods, { bands: 4 });
 * assert.deepEqual([same.index, moved.band], [0, "major shift"]);
 * ```
 */
export function stabilityOverTime(
  scores: ArrayLike<number>,
  periods: ArrayLike<number>,
  { bands = 10 }: { bands?: number } = {},
): PeriodStability[] {
  if (scores.length !== periods.length) {
    throw new RangeError(
      `Cannot follow ${scores.length} scores over ${periods.length} periods: allowed are as many of each`,
    );
  }
  if (scores.length === 0) throw new RangeError("Cannot follow no scores: at least one is needed");
  const byPeriod = new Map<number, number[]>();
  for (let i = 0; i < scores.length; i++) {
    const own = byPeriod.get(periods[i]) ?? [];
    own.push(scores[i]);
    byPeriod.set(periods[i], own);
  }
  const named = [...byPeriod.keys()].sort((a, b) => a - b);
  const first = sorted(byPeriod.get(named[0])!), cuts = equalCuts(first, bands);
  const expected = countsBelow(first, cuts);
  return named.map((period) => {
    const own = sorted(byPeriod.get(period)!);
    const index = stabilityIndex(expected, countsBelow(own, cuts));
    return { period, rows: own.length, index, band: stabilityBand(index) };
  });
}

/** The distinct inner cuts that part an ordered sample into bands of equally many. */
function equalCuts(ordered: Float64Array, bands: number): number[] {
  const cuts = Array.from(
    { length: bands - 1 },
    (_, i) => ordered[Math.min(ordered.length - 1, Math.floor(ordered.length * (i + 1) / bands))],
  );
  return [...new Set(cuts)].filter((cut) => cut > ordered[0]);
}

function countsBelow(ordered: Float64Array, cuts: readonly number[]): number[] {
  const counts = new Array<number>(cuts.length + 1).fill(0);
  for (let i = 0, band = 0; i < ordered.length; i++) {
    while (band < cuts.length && ordered[i] >= cuts[band]) band++;
    counts[band]++;
  }
  return counts;
}

function shares(counts: ArrayLike<number>, side: string): number[] {
  let total = 0;
  for (let i = 0; i < counts.length; i++) {
    if (!(counts[i] >= 0 && counts[i] < Infinity)) {
      throw new RangeError(
        `Cannot compare bands: the ${side} count of band ${i} is ${counts[i]}; allowed is 0 upward`,
      );
    }
    total += counts[i];
  }
  if (total === 0) throw new RangeError(`Cannot compare bands: nobody is in the ${side} ones`);
  return Array.from(counts, (count) => count / total);
}
