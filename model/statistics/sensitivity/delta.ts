// Borgonovo's delta: how much the density of an outcome moves, on average, once an input is known; from any sample.

import { exp, pow } from "#/model/units/elementary.ts";
import { philox } from "#/model/statistics/philox.ts";
import { quantileSorted } from "#/model/statistics/quantile.ts";
import { allFinite, wholeWithin } from "#/model/statistics/designs/refuse.ts";
import { DensityEstimate, gridPoints, place, type Placed } from "./density.ts";

/** What the given-data method says of one input. */
export interface Delta {
  /** Half the area between the density and that with the input known, averaged: 0 where it does not matter, at most 1. */
  delta: number;
  low: number;
  high: number;
  /** Without the correction of its bias. */
  raw: number;
  /** The share of variance of the means by class of the input: its Sobol' index of the first order, roughly. */
  first: number;
  firstLow: number;
  firstHigh: number;
}

/** Fewest rows from which delta is worked out. */
export const deltaRowsMin = 50;

/**
 * Delta of each input from any sample.
 *
 * Shapes: `rows` · `dims` inputs, row by row; `rows` outcomes, NaN where a row failed (it is left out). Rows are parted into classes
 * of equal size by the input's order; densities stand on a grid of 100 points. `delta` is corrected for its bias by the bootstrap
 * (twice the raw number less the mean of `resamples`), which takes off about half of it: an idle input reads a few hundredths. The
 * interval is that of the corrected resamples. Without resamples it is the raw number.
 * Errors: `RangeError` when numbers do not fit, an input is not finite, fewer than {@link deltaRowsMin} rows are left, or the outcome
 * never changes.
 * Source: E. Borgonovo (2007); estimator, number of classes and correction (equations 26 and 30) by E. Plischke, E. Borgonovo,
 * C. L. Smith (2013).
 *
 * @example
 * ```ts
 * import { latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
 * import { givenDataDelta } from "#/model/statistics/sensitivity/delta.ts";
 * import assert from "node:assert/strict";
 * const x = latinHypercube({ rows: 400, dims: 2, seed: [1, 2] });
 * const y = Float64Array.from({ length: 400 }, (_, row) => x[2 * row]);
 * const { inputs: [a, b] } = givenDataDelta(x, y, { dims: 2, resamples: 50, seed: [1, 2] });
 * assert.ok(a.delta > 0.6 && Math.abs(b.delta) < 0.1);
 * ```
 */
export function givenDataDelta(
  inputs: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  { dims, resamples = 1_000, confidence = 0.95, seed }: {
    dims: number;
    resamples?: number;
    confidence?: number;
    seed: readonly [number, number];
  },
): { inputs: Delta[]; rows: number; dropped: number; classes: number } {
  wholeWithin(dims, [1, 1_000], "dimensions of delta");
  wholeWithin(resamples, [0, 100_000], "resamples of delta");
  if (inputs.length !== outcomes.length * dims) {
    throw new RangeError(
      `${outcomes.length} outcomes need ${outcomes.length * dims} inputs, not ${inputs.length}`,
    );
  }
  allFinite(inputs, "Inputs of delta");
  const kept: number[] = [];
  for (let row = 0; row < outcomes.length; row++) if (Number.isFinite(outcomes[row])) kept.push(row);
  const n = kept.length;
  if (n < deltaRowsMin) {
    throw new RangeError(`Too few rows for delta: ${n} are left, at least ${deltaRowsMin} are needed`);
  }
  const y = Float64Array.from(kept, (row) => outcomes[row]);
  if (y.every((value) => value === y[0])) {
    throw new RangeError("Cannot tell what moves an outcome that is the same in every row");
  }
  // Rows in the order of each input, those with the same value in the order of the sample.
  const orders = Array.from(
    { length: dims },
    (_, d) =>
      Int32Array.from(kept.keys()).sort((a, b) =>
        inputs[kept[a] * dims + d] - inputs[kept[b] * dims + d] || a - b
      ),
  );
  const classes = classesOf(n), measure = new Measure(y, { orders, classes });
  const raw = new Float64Array(2 * dims), drawn = Array.from(raw, () => new Float64Array(resamples));
  const weights = new Int32Array(n).fill(1), words = new Uint32Array(4), one = new Float64Array(2 * dims);
  measure.write(weights, raw);
  for (let sample = 0; sample < resamples; sample++) {
    weights.fill(0);
    for (let i = 0; i < n; i++) {
      if (i % 4 === 0) philox(i / 4, sample, 0, 0xde17a, seed[0], seed[1], words);
      weights[Math.floor(words[i % 4] / 4_294_967_296 * n)]++;
    }
    measure.write(weights, one);
    for (const [k, value] of one.entries()) drawn[k][sample] = k < dims ? 2 * raw[k] - value : value;
  }
  const tail = (1 - confidence) / 2;
  const found = Array.from({ length: dims }, (_, d): Delta => {
    const delta = drawn[d].toSorted(), first = drawn[dims + d].toSorted();
    let sum = 0;
    for (const value of delta) sum += value;
    const at = (ordered: Float64Array, p: number) => resamples > 1 ? quantileSorted(ordered, p) : NaN;
    return {
      delta: resamples > 0 ? sum / resamples : raw[d],
      low: at(delta, tail),
      high: at(delta, 1 - tail),
      raw: raw[d],
      first: raw[dims + d],
      firstLow: at(first, tail),
      firstHigh: at(first, 1 - tail),
    };
  });
  return { inputs: found, rows: n, dropped: outcomes.length - n, classes };
}

/** The number of classes for so many rows: more rows, more classes, 48 at most. */
function classesOf(rows: number): number {
  const twice = exp(Math.min(700, Math.max(-700, 2 * (1_500 - rows) / 500)));
  return Math.min(48, Math.ceil(pow(rows, 2 / (7 + (twice - 1) / (twice + 1)))));
}

/** Works out all inputs' measures of one weighted sample. */
class Measure {
  readonly #y: Float64Array;
  readonly #placed: Placed;
  readonly #orders: readonly Int32Array[];
  readonly #classes: number;
  readonly #estimate: DensityEstimate;
  readonly #whole = new Float64Array(gridPoints);
  readonly #part = new Float64Array(gridPoints);

  constructor(y: Float64Array, { orders, classes }: { orders: readonly Int32Array[]; classes: number }) {
    let sum = 0;
    for (const value of y) sum += value;
    const middle = sum / y.length;
    this.#placed = place(y);
    // Measured from the middle, squares keep their digits.
    this.#y = y.map((value) => value - middle);
    this.#orders = orders;
    this.#classes = classes;
    this.#estimate = new DensityEstimate(this.#placed.step);
  }

  #add(i: number, weight: number): void {
    this.#estimate.add(this.#placed, i, { value: this.#y[i], weight });
  }

  /** Writes the deltas, then the shares of variance. Shapes: whole weights that sum to the number of rows. */
  write(weights: Int32Array, into: Float64Array): void {
    const n = weights.length, dims = this.#orders.length, estimate = this.#estimate;
    estimate.clear();
    let squares = 0;
    for (let i = 0; i < n; i++) {
      this.#add(i, weights[i]);
      squares += weights[i] * this.#y[i] * this.#y[i];
    }
    const mean = estimate.mean, variance = squares / n - mean * mean;
    estimate.write(this.#whole);
    for (const [d, order] of this.#orders.entries()) {
      let area = 0, between = 0, passed = 0, cut = 1;
      const close = () => {
        const inside = estimate.weight, away = estimate.mean - mean;
        estimate.write(this.#part);
        area += inside / (2 * n) * this.#between();
        between += inside / n * away * away;
        estimate.clear();
      };
      estimate.clear();
      for (const i of order) {
        let left = weights[i];
        while (left > 0) {
          // The class ends with the last whole row below its share.
          const end = Math.floor(cut * n / this.#classes + 1e-9), taken = Math.min(left, end - passed);
          if (taken > 0) this.#add(i, taken);
          passed += taken;
          left -= taken;
          if (passed === end) {
            close();
            cut++;
          }
        }
      }
      into[d] = area;
      into[dims + d] = variance > 0 ? between / variance : 0;
    }
  }

  /** The area between the two densities, by trapezia. */
  #between(): number {
    let sum = 0;
    for (let point = 0; point < gridPoints; point++) {
      const height = Math.abs(this.#whole[point] - this.#part[point]);
      sum += point === 0 || point === gridPoints - 1 ? height / 2 : height;
    }
    return sum * this.#placed.step;
  }
}
