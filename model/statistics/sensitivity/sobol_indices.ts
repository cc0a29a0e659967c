// Sobol' indices: the share of an outcome's variance that each input explains alone, in pairs and in total.

import { philox } from "#/model/statistics/philox.ts";
import { quantileSorted } from "#/model/statistics/quantile.ts";
import { saltelliBlock } from "#/model/statistics/designs/saltelli.ts";
import { wholeWithin } from "#/model/statistics/designs/refuse.ts";

/** An index with its bootstrap interval and standard error. */
export interface Index {
  value: number;
  low: number;
  high: number;
  standardError: number;
}

/** Sobol' indices of one outcome. */
export interface SobolIndices {
  /** First order: what an input explains alone. */
  first: Index[];
  /** Total: what would be left unexplained if all others were known. */
  total: Index[];
  /** Pairs i < j in order, where the design has them: what two explain together and neither alone. */
  second: (Index & { i: number; j: number })[];
  mean: number;
  variance: number;
  /** Base rows that were used, and those left out because one of their rows failed. */
  baseRows: number;
  dropped: number;
}

/** Fewest whole base rows from which indices are worked out. */
export const sobolBaseRowsMin = 8;

/**
 * Sobol' indices from the outcomes of a Saltelli design.
 *
 * Shapes: outcomes in the design's order, NaN where a row failed: then its whole base row is left out, since its points belong
 * together. Intervals are percentiles of `resamples` bootstrap samples of base rows.
 * Errors: `RangeError` when the number of outcomes is no whole number of base rows, when fewer than
 * {@link sobolBaseRowsMin} whole ones are left, or when the outcome never changes.
 * Source: estimators of Saltelli et al. (2010) for the first order, Jansen (1999) for the total, Saltelli (2002) for pairs, on
 * standardised outcomes.
 *
 * @example
 * ```ts
 * import { saltelliDesign } from "#/model/statistics/designs/saltelli.ts";
 * import { sobolIndices } from "#/model/statistics/sensitivity/sobol_indices.ts";
 * import assert from "node:assert/strict";
 * const dims = 2, x = saltelliDesign({ baseRows: 256, dims });
 * const y = Float64Array.from({ length: x.length / dims }, (_, row) => x[2 * row] + 2 * x[2 * row + 1]);
 * const { first } = sobolIndices(y, { dims, resamples: 50, seed: [1, 2] });
 * assert.ok(Math.abs(first[0].value - 0.2) < 0.02 && Math.abs(first[1].value - 0.8) < 0.02);
 * ```
 */
export function sobolIndices(
  outcomes: ArrayLike<number>,
  { dims, isSecondOrder = false, resamples = 1_000, confidence = 0.95, seed }: {
    dims: number;
    isSecondOrder?: boolean;
    resamples?: number;
    confidence?: number;
    seed: readonly [number, number];
  },
): SobolIndices {
  wholeWithin(dims, [1, 1_000], "dimensions of Sobol' indices");
  wholeWithin(resamples, [0, 100_000], "resamples of Sobol' indices");
  const block = saltelliBlock(dims, isSecondOrder);
  if (outcomes.length % block !== 0) {
    throw new RangeError(
      `${outcomes.length} outcomes are no whole number of base rows: ${dims} inputs need ${block} rows each`,
    );
  }
  const all = outcomes.length / block, kept: number[] = [];
  for (let row = 0; row < all; row++) {
    let isWhole = true;
    for (let k = 0; k < block; k++) if (!Number.isFinite(outcomes[row * block + k])) isWhole = false;
    if (isWhole) kept.push(row);
  }
  const n = kept.length;
  if (n < sobolBaseRowsMin) {
    throw new RangeError(
      `Too few rows for Sobol' indices: ${n} of ${all} base rows are whole, at least ${sobolBaseRowsMin} are needed`,
    );
  }
  const { mean, deviation } = momentsOf(outcomes, kept, block);
  if (!(deviation > 0)) {
    throw new RangeError("Cannot tell what moves an outcome that is the same in every row");
  }
  const table = productsOf(outcomes, { kept, block, dims, isSecondOrder, mean, deviation });
  const pairs = isSecondOrder ? dims * (dims - 1) / 2 : 0, indices = 2 * dims + pairs;
  const point = new Float64Array(indices), weights = new Float64Array(n).fill(1);
  estimate(table, weights, { dims, pairs, into: point });
  const drawn = Array.from({ length: indices }, () => new Float64Array(resamples)),
    one = new Float64Array(indices);
  const words = new Uint32Array(4);
  for (let sample = 0; sample < resamples; sample++) {
    weights.fill(0);
    for (let i = 0; i < n; i++) {
      if (i % 4 === 0) philox(i / 4, sample, 0, 0x50b02, seed[0], seed[1], words);
      weights[Math.floor(words[i % 4] / 4_294_967_296 * n)]++;
    }
    estimate(table, weights, { dims, pairs, into: one });
    for (let k = 0; k < indices; k++) drawn[k][sample] = one[k];
  }
  const index = (k: number): Index => ({ value: point[k], ...spread(drawn[k], confidence) });
  const second: SobolIndices["second"] = [];
  if (isSecondOrder) {
    for (let i = 0, k = 2 * dims; i < dims; i++) {
      for (let j = i + 1; j < dims; j++) second.push({ i, j, ...index(k++) });
    }
  }
  return {
    first: Array.from({ length: dims }, (_, i) => index(i)),
    total: Array.from({ length: dims }, (_, i) => index(dims + i)),
    second,
    mean,
    variance: deviation * deviation,
    baseRows: n,
    dropped: all - n,
  };
}

/** Mean and deviation (by n) of all rows that are kept. */
function momentsOf(y: ArrayLike<number>, kept: readonly number[], block: number) {
  let sum = 0;
  for (const row of kept) for (let k = 0; k < block; k++) sum += y[row * block + k];
  const count = kept.length * block, mean = sum / count;
  let squares = 0;
  for (const row of kept) {
    for (let k = 0; k < block; k++) squares += (y[row * block + k] - mean) * (y[row * block + k] - mean);
  }
  return { mean, deviation: Math.sqrt(squares / count) };
}

/** What each estimator averages, by base row: a column an index, then A + B and A² + B² for the variance. */
interface Products {
  rows: number;
  columns: Float64Array[];
}

function productsOf(
  y: ArrayLike<number>,
  { kept, block, dims, isSecondOrder, mean, deviation }: {
    kept: readonly number[];
    block: number;
    dims: number;
    isSecondOrder: boolean;
    mean: number;
    deviation: number;
  },
): Products {
  const rows = kept.length, columns: Float64Array[] = [];
  const column = (of: (at: (k: number) => number) => number) => {
    const values = new Float64Array(rows);
    for (let row = 0; row < rows; row++) {
      const base = kept[row] * block;
      values[row] = of((k) => (y[base + k] - mean) / deviation);
    }
    columns.push(values);
  };
  const last = block - 1;
  for (let i = 0; i < dims; i++) column((at) => at(last) * (at(1 + i) - at(0)));
  for (let i = 0; i < dims; i++) column((at) => (at(0) - at(1 + i)) * (at(0) - at(1 + i)));
  if (isSecondOrder) {
    for (let i = 0; i < dims; i++) {
      for (let j = i + 1; j < dims; j++) {
        column((at) => at(1 + dims + i) * at(1 + j) - at(0) * at(last));
      }
    }
  }
  column((at) => at(0) + at(last));
  column((at) => at(0) * at(0) + at(last) * at(last));
  return { rows, columns };
}

function estimate(
  { rows, columns }: Products,
  weights: Float64Array,
  { dims, pairs, into }: { dims: number; pairs: number; into: Float64Array },
): void {
  const average = (column: Float64Array) => {
    let sum = 0;
    for (let row = 0; row < rows; row++) sum += weights[row] * column[row];
    return sum / rows;
  };
  const middle = average(columns[columns.length - 2]) / 2;
  const variance = average(columns[columns.length - 1]) / 2 - middle * middle;
  for (let i = 0; i < dims; i++) {
    into[i] = average(columns[i]) / variance;
    into[dims + i] = average(columns[dims + i]) / (2 * variance);
  }
  if (pairs === 0) return;
  for (let i = 0, k = 2 * dims; i < dims; i++) {
    for (let j = i + 1; j < dims; j++, k++) into[k] = average(columns[k]) / variance - into[i] - into[j];
  }
}

function spread(
  drawn: Float64Array,
  confidence: number,
): { low: number; high: number; standardError: number } {
  if (drawn.length < 2) return { low: NaN, high: NaN, standardError: NaN };
  let sum = 0, squares = 0;
  for (const value of drawn) sum += value;
  const mean = sum / drawn.length;
  for (const value of drawn) squares += (value - mean) * (value - mean);
  const ordered = drawn.toSorted(), tail = (1 - confidence) / 2;
  return {
    low: quantileSorted(ordered, tail),
    high: quantileSorted(ordered, 1 - tail),
    standardError: Math.sqrt(squares / (drawn.length - 1)),
  };
}
