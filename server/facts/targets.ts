// A calibration's figures in words, and where each falls in its published range.

import { inUnit } from "#/server/format.ts";
import type { ErrorRow } from "#/sim/experiments/calibrate_table.ts";

/**
 * A figure in its unit; a ratio as so many times.
 *
 * @example
 * ```ts
 * import { figure } from "#/server/facts/targets.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([figure(1.714, "times"), figure(0.0156, "share")], ["1.71×", "1.56 %"]);
 * ```
 */
export function figure(value: number | null | undefined, unit: string): string {
  if (unit === "times" && value !== null && value !== undefined) return `${value.toFixed(2)}×`;
  return inUnit(value, unit);
}

/** A range or an interval in words; a dash where an end is missing. */
export function span(from: number | null, to: number | null, unit: string): string {
  return from === null || to === null ? "–" : `${figure(from, unit)} to ${figure(to, unit)}`;
}

/**
 * Where a value falls: 0 at the published figure, −1 at the range's low end, +1 at its high end.
 *
 * @example
 * ```ts
 * import { positionIn } from "#/server/facts/targets.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([1, 2, 6].map((x) => positionIn({ low: 1, value: 2, high: 4 }, x)), [-1, 0, 2]);
 * ```
 */
export function positionIn(
  { low, value, high }: Pick<ErrorRow, "low" | "value" | "high">,
  at: number,
): number {
  const side = at < value ? value - low : high - value;
  if (at === value) return 0;
  return side > 0 ? (at - value) / side : at < value ? -Infinity : Infinity;
}

/** How many targets were met, missed and not reached, among the searched and the others. */
export function met(rows: readonly ErrorRow[]): { inside: number; outside: number; unreached: number } {
  const many = (inside: boolean | null) => rows.filter((row) => row.inside === inside).length;
  return { inside: many(true), outside: many(false), unreached: many(null) };
}

/** What the words of an error table mean, in a sentence or two. */
export const verdictMeaning =
  "Inside: the mean over replications lies within the published range. Close: its 95 % interval crosses an end of the range, so " +
  "that more replications could turn the verdict. Not reached: the run ends before the target's date.";

/** The verdict of a table in one sentence. */
export function verdict(rows: readonly ErrorRow[]): string {
  const { inside, outside, unreached } = met(rows);
  const missed = rows.filter((row) => row.inside === false).map(({ title }) => title);
  const rest = [
    ...(outside > 0 ? [`outside: ${missed.join("; ")}`] : []),
    ...(unreached > 0 ? [`${unreached} not reached`] : []),
  ];
  return `${inside} of ${rows.length} targets are within their range${
    rest.length ? `; ${rest.join("; ")}` : ""
  }`;
}
