// An interval for any statistic by leaving out a group of rows at a time: few evaluations, no luck.

import type { Confidence, Interval } from "./interval.ts";
import { studentQuantile } from "./distributions.ts";
import { upperProbability } from "./interval.ts";

/** A statistic of some rows; `rows` are places in the sample. */
export type RowStatistic = (rows: Uint32Array) => number;

/** A value with its interval. */
export interface Estimate extends Interval {
  value: number;
  standardError: number;
}

/**
 * The delete-a-group jackknife: the statistic on all rows, with an interval from the spread of the statistic when every
 * `groups`-th row is left out in turn.
 *
 * Shapes: `rows` at least as many as groups; row r belongs to group r mod `groups`, so rows must stand in an order that
 * says nothing. Errors: `RangeError` for fewer than 2 groups or fewer rows than groups.
 * Source: J. Shao and D. Tu, "The Jackknife and Bootstrap", 1995, section 2.3; Student's t with groups − 1 degrees.
 *
 * @example
 * ```ts
 * import { jackknife } from "#/model/statistics/jackknife.ts";
 * import assert from "node:assert/strict";
 * const values = Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
 * const mean = (rows: Uint32Array) => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
 * const { value, low, high } = jackknife(100, mean, { groups: 20 });
 * assert.ok(value === 49.5 && low < 49.5 && high > 49.5 && high - low < 20);
 * ```
 */
export function jackknife(
  rows: number,
  statistic: RowStatistic,
  { groups = 20, confidence = 0.95 }: Confidence & { groups?: number } = {},
): Estimate {
  if (!Number.isInteger(groups) || groups < 2 || rows < groups) {
    throw new RangeError(
      `Cannot leave out ${groups} groups of ${rows} rows: allowed are 2 groups to as many as rows`,
    );
  }
  const value = statistic(Uint32Array.from({ length: rows }, (_, row) => row));
  const estimates = Array.from({ length: groups }, (_, group) => {
    const kept = new Uint32Array(rows - Math.ceil((rows - group) / groups));
    let at = 0;
    for (let row = 0; row < rows; row++) if (row % groups !== group) kept[at++] = row;
    return statistic(kept);
  });
  const mean = estimates.reduce((sum, one) => sum + one, 0) / groups;
  const squares = estimates.reduce((sum, one) => sum + (one - mean) * (one - mean), 0);
  const standardError = Math.sqrt((groups - 1) / groups * squares);
  const half = studentQuantile(upperProbability(confidence), groups - 1) * standardError;
  return { value, standardError, low: value - half, high: value + half };
}
