// Derivative-based measures: an input along which an outcome is nowhere steep cannot matter much, alone or with others.

import { philox } from "#/model/statistics/philox.ts";
import { quantileSorted } from "#/model/statistics/quantile.ts";
import { wholeWithin } from "#/model/statistics/designs/refuse.ts";

/** What the derivatives by one input say. */
export interface DerivativeMeasure {
  /** Mean derivative across the input's range from 0 to 1; of either sign. */
  mean: number;
  /** Mean of the squared derivative. */
  meanSquare: number;
  /** The most that the input's total Sobol' index can be; above 1 it says nothing. */
  totalBound: number;
  low: number;
  high: number;
}

/** Fewest whole base rows from which derivatives are averaged. */
export const derivativeRowsMin = 8;

const piSquared = 9.869604401089358;

/**
 * Measures from the outcomes at base rows and after a small step of each input.
 *
 * Shapes: `points` and `outcomes` in the order of `finiteDifferences`: a base row, then a row for each input in which it alone moves;
 * NaN where a row failed: then its whole base row is left out. Inputs are even on [0, 1]: for any other even range the bound is
 * the same, since both the derivative and the range are measured by it. Intervals are percentiles of bootstrap samples of base rows.
 * Errors: `RangeError` when numbers do not fit, when a row differs from its base in other than its input, when fewer than
 * {@link derivativeRowsMin} whole base rows are left, or when the outcome never changes.
 * Source: I. M. Sobol' and S. Kucherenko (2009): total index ≤ mean of the squared derivative / (π² · variance).
 *
 * @example
 * ```ts
 * import { finiteDifferences } from "#/model/statistics/designs/finite_differences.ts";
 * import { derivativeMeasures } from "#/model/statistics/sensitivity/derivative_measures.ts";
 * import assert from "node:assert/strict";
 * const dims = 2, points = finiteDifferences({ baseRows: 64, dims });
 * const outcomes = Float64Array.from({ length: points.length / dims }, (_, row) => 3 * points[2 * row]);
 * const { inputs: [a, b] } = derivativeMeasures(points, outcomes, { dims, resamples: 50, seed: [1, 2] });
 * assert.ok(Math.abs(a.mean - 3) < 1e-9 && Math.abs(a.totalBound - 12 / Math.PI ** 2) < 0.02 && b.totalBound === 0);
 * ```
 */
export function derivativeMeasures(
  points: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  { dims, resamples = 1_000, confidence = 0.95, seed }: {
    dims: number;
    resamples?: number;
    confidence?: number;
    seed: readonly [number, number];
  },
): { inputs: DerivativeMeasure[]; variance: number; baseRows: number; dropped: number } {
  wholeWithin(dims, [1, 1_000], "dimensions of derivative-based measures");
  wholeWithin(resamples, [0, 100_000], "resamples of derivative-based measures");
  const block = dims + 1, all = outcomes.length / block;
  if (!Number.isInteger(all) || points.length !== outcomes.length * dims) {
    throw new RangeError(
      `${outcomes.length} outcomes and ${points.length} coordinates are no whole base rows of ${block} rows of ${dims} inputs`,
    );
  }
  const base: number[] = [], slopes = Array.from({ length: dims }, () => [] as number[]);
  for (let row = 0; row < outcomes.length; row += block) {
    let isWhole = true;
    for (let k = 0; k < block; k++) if (!Number.isFinite(outcomes[row + k])) isWhole = false;
    if (!isWhole) continue;
    base.push(outcomes[row]);
    for (let d = 0; d < dims; d++) {
      const step = stepOf(points, { row, input: d, dims });
      slopes[d].push((outcomes[row + 1 + d] - outcomes[row]) / step);
    }
  }
  const n = base.length;
  if (n < derivativeRowsMin) {
    throw new RangeError(
      `Too few rows for derivative-based measures: ${n} of ${all} base rows are whole, ` +
        `at least ${derivativeRowsMin} are needed`,
    );
  }
  const variance = varianceOf(base, null);
  if (!(variance > 0)) {
    throw new RangeError("Cannot tell what moves an outcome that is the same in every row");
  }
  const drawn = Array.from({ length: dims }, () => new Float64Array(resamples));
  const weights = new Int32Array(n), words = new Uint32Array(4);
  for (let sample = 0; sample < resamples; sample++) {
    weights.fill(0);
    for (let i = 0; i < n; i++) {
      if (i % 4 === 0) philox(i / 4, sample, 0, 0xd65b2, seed[0], seed[1], words);
      weights[Math.floor(words[i % 4] / 4_294_967_296 * n)]++;
    }
    const spread = varianceOf(base, weights);
    for (let d = 0; d < dims; d++) {
      let squares = 0;
      for (let i = 0; i < n; i++) squares += weights[i] * slopes[d][i] * slopes[d][i];
      drawn[d][sample] = squares / n / (piSquared * spread);
    }
  }
  const tail = (1 - confidence) / 2;
  const inputs = slopes.map((of, d): DerivativeMeasure => {
    let sum = 0, squares = 0;
    for (const slope of of) {
      sum += slope;
      squares += slope * slope;
    }
    const ordered = drawn[d].filter(Number.isFinite).sort();
    return {
      mean: sum / n,
      meanSquare: squares / n,
      totalBound: squares / n / (piSquared * variance),
      low: ordered.length > 1 ? quantileSorted(ordered, tail) : NaN,
      high: ordered.length > 1 ? quantileSorted(ordered, 1 - tail) : NaN,
    };
  });
  return { inputs, variance, baseRows: n, dropped: all - n };
}

/** How far an input moves from its base row, after a look that the others stay. */
function stepOf(
  points: ArrayLike<number>,
  { row, input, dims }: { row: number; input: number; dims: number },
): number {
  const base = row * dims, moved = (row + 1 + input) * dims;
  for (let d = 0; d < dims; d++) {
    if ((points[moved + d] !== points[base + d]) !== (d === input)) {
      throw new RangeError(
        `Row ${row + 1 + input} should differ from its base row ${row} in input ${input} alone; ` +
          (d === input ? "it does not move" : `input ${d} moves`),
      );
    }
  }
  return points[moved + input] - points[base + input];
}

/** Variance (by n) of values, each as often as its weight says. */
function varianceOf(values: readonly number[], weights: Int32Array | null): number {
  let sum = 0, squares = 0;
  for (let i = 0; i < values.length; i++) sum += (weights?.[i] ?? 1) * values[i];
  const mean = sum / values.length;
  for (let i = 0; i < values.length; i++) {
    squares += (weights?.[i] ?? 1) * (values[i] - mean) * (values[i] - mean);
  }
  return squares / values.length;
}
