// PAWN: how much the whole distribution of an outcome changes once an input is known to lie in a slice of its range.

import { quantileSorted } from "#/model/statistics/quantile.ts";
import { allFinite, wholeWithin } from "#/model/statistics/designs/refuse.ts";

/** What PAWN says of one input: the distances between conditional and whole distribution, over the slices. */
export interface Pawn {
  minimum: number;
  mean: number;
  median: number;
  maximum: number;
  /** Deviation (by n) of the distances over their mean. */
  variation: number;
}

/**
 * PAWN indices from any sample.
 *
 * Shapes: `rows` · `dims` inputs, row by row; `rows` outcomes, NaN where a row failed (it is left out). Slices hold equal shares
 * of the rows by the input's quantiles; the last one does not hold the largest value.
 * Errors: `RangeError` when numbers do not fit, an input is not finite, or fewer than 5 rows a slice are left.
 * Source: F. Pianosi and T. Wagener (2015; 2018 for any sample). Distances are those of Kolmogorov and Smirnov.
 *
 * @example
 * ```ts
 * import { latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
 * import { pawn } from "#/model/statistics/sensitivity/pawn.ts";
 * import assert from "node:assert/strict";
 * const x = latinHypercube({ rows: 400, dims: 2, seed: [1, 2] });
 * const { inputs: [a, b] } = pawn(x, Float64Array.from({ length: 400 }, (_, row) => x[2 * row]), { dims: 2 });
 * assert.ok(a.median > 0.4 && b.median < 0.2);
 * ```
 */
export function pawn(
  inputs: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  { dims, slices = 10 }: { dims: number; slices?: number },
): { inputs: Pawn[]; rows: number; dropped: number } {
  wholeWithin(dims, [1, 1_000], "dimensions of PAWN");
  wholeWithin(slices, [2, 1_000], "slices of PAWN");
  if (inputs.length !== outcomes.length * dims) {
    throw new RangeError(
      `${outcomes.length} outcomes need ${outcomes.length * dims} inputs, not ${inputs.length}`,
    );
  }
  allFinite(inputs, "Inputs of PAWN");
  const kept: number[] = [];
  for (let row = 0; row < outcomes.length; row++) if (Number.isFinite(outcomes[row])) kept.push(row);
  const n = kept.length;
  if (n < 5 * slices) {
    throw new RangeError(
      `Too few rows for PAWN: ${n} are left, ${slices} slices need at least ${5 * slices}`,
    );
  }
  const whole = Float64Array.from(kept, (row) => outcomes[row]).sort();
  const found = Array.from({ length: dims }, (_, d) => {
    const x = Float64Array.from(kept, (row) => inputs[row * dims + d]), ordered = x.toSorted();
    const distances: number[] = [];
    for (let slice = 0; slice < slices; slice++) {
      const from = quantileSorted(ordered, slice / slices),
        until = quantileSorted(ordered, (slice + 1) / slices);
      const inside = kept.filter((_, i) => x[i] >= from && x[i] < until).map((row) => outcomes[row]);
      if (inside.length > 0) distances.push(distance(Float64Array.from(inside).sort(), whole));
    }
    return summary(distances);
  });
  return { inputs: found, rows: n, dropped: outcomes.length - n };
}

/** The largest difference between two step functions of distribution; both samples in order. */
function distance(a: Float64Array, b: Float64Array): number {
  let i = 0, j = 0, most = 0;
  while (i < a.length && j < b.length) {
    const at = Math.min(a[i], b[j]);
    while (i < a.length && a[i] === at) i++;
    while (j < b.length && b[j] === at) j++;
    most = Math.max(most, Math.abs(i / a.length - j / b.length));
  }
  return most;
}

function summary(distances: readonly number[]): Pawn {
  if (distances.length === 0) return { minimum: 0, mean: 0, median: 0, maximum: 0, variation: NaN };
  const ordered = distances.toSorted((a, b) => a - b);
  let sum = 0, squares = 0;
  for (const one of distances) sum += one;
  const mean = sum / distances.length;
  for (const one of distances) squares += (one - mean) * (one - mean);
  return {
    minimum: ordered[0],
    mean,
    median: quantileSorted(ordered, 0.5),
    maximum: ordered[ordered.length - 1],
    variation: Math.sqrt(squares / distances.length) / mean,
  };
}
