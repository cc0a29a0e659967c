// Intervals for any statistic, by drawing the sample again from itself.

import { mean as meanOf } from "simple-statistics";
import { normalTail, preciseNormalQuantile } from "./distributions.ts";
import { type Confidence, type Interval, upperProbability } from "./interval.ts";
import { quantileSorted, type QuantileType, sorted } from "./quantile.ts";

/** How an interval is read off a bootstrap. */
export interface Reading extends Confidence {
  /** The type of quantile; 7 where nothing is said. */
  type?: QuantileType;
}

/**
 * The statistic of resamples drawn with replacement, in the order drawn.
 *
 * Shapes: `values` at least one, of any kind (pairs, rows); `draw` gives numbers in [0, 1), one for each value of each
 * resample; `resamples` at least 1.
 * Errors: `RangeError` for no values or no resamples.
 * Source: B. Efron and R. J. Tibshirani, "An Introduction to the Bootstrap", 1993.
 */
export function bootstrapEstimates<T>(
  values: readonly T[],
  statistic: (sample: readonly T[]) => number,
  { draw, resamples }: { draw: () => number; resamples: number },
): number[] {
  if (values.length === 0) throw new RangeError("Cannot resample no values: at least one is needed");
  if (!Number.isInteger(resamples) || resamples < 1) {
    throw new RangeError(`Cannot draw ${resamples} resamples: a whole number above 0 is needed`);
  }
  const sample = values.slice();
  return Array.from({ length: resamples }, () => {
    for (let i = 0; i < sample.length; i++) sample[i] = values[Math.floor(draw() * values.length)];
    return statistic(sample);
  });
}

/**
 * The percentile interval of a bootstrap.
 *
 * Errors: `RangeError` for no estimates, an estimate that is not finite, a confidence outside (0, 1).
 *
 * @example
 * ```ts
 * import { bootstrapEstimates, percentileInterval } from "#/model/statistics/bootstrap.ts";
 * import assert from "node:assert/strict";
 * let turn = 0;
 * const draw = () => (turn = (turn * 5 + 3) % 16) / 16;
 * const largest = (sample: readonly number[]) => Math.max(...sample);
 * const { low, high } = percentileInterval(bootstrapEstimates([1, 2, 4], largest, { draw, resamples: 50 }));
 * assert.ok(low >= 1 && low <= high && high === 4);
 * ```
 */
export function percentileInterval(
  estimates: readonly number[],
  { confidence = 0.95, type = 7 }: Reading = {},
): Interval {
  const upper = upperProbability(confidence), ordered = sorted(estimates);
  return {
    low: quantileSorted(ordered, 1 - upper, { type }),
    high: quantileSorted(ordered, upper, { type }),
  };
}

/** The jackknife of a sample: what leaving one value out does to a statistic. */
export interface Jackknife {
  /** The statistic without value i. */
  estimates: number[];
  /** The standard error of the statistic. */
  standardError: number;
  /** How the standard error changes with the true value, for {@link bcaInterval}; 0 where nothing varies. */
  acceleration: number;
}

/**
 * The jackknife of a statistic.
 *
 * Errors: `RangeError` for fewer than two values.
 * Source: Efron and Tibshirani 1993, equations 11.5 and 14.15.
 *
 * @example
 * ```ts
 * import { jackknife } from "#/model/statistics/bootstrap.ts";
 * import assert from "node:assert/strict";
 * const mean = (sample: readonly number[]) => sample.reduce((a, b) => a + b, 0) / sample.length;
 * assert.equal(jackknife([1, 2, 3], mean).standardError.toFixed(6), "0.577350"); // sd / sqrt(n)
 * ```
 */
export function jackknife<T>(values: readonly T[], statistic: (sample: readonly T[]) => number): Jackknife {
  const n = values.length;
  if (n < 2) throw new RangeError(`Cannot leave one of ${n} values out: at least two are needed`);
  const estimates = values.map((_, left) => statistic(values.filter((_, i) => i !== left)));
  const middle = meanOf(estimates);
  let squares = 0, cubes = 0;
  for (const estimate of estimates) {
    const gap = middle - estimate;
    squares += gap * gap;
    cubes += gap * gap * gap;
  }
  return {
    estimates,
    standardError: Math.sqrt((n - 1) / n * squares),
    acceleration: squares === 0 ? 0 : cubes / (6 * squares * Math.sqrt(squares)),
  };
}

/** How far the bootstrap's middle lies from the estimate, in normal standard deviations. */
export function biasCorrection(
  estimates: readonly number[],
  estimate: number,
  { ties = "below" }: { ties?: "below" | "half" } = {},
): number {
  let below = 0, equal = 0;
  for (const one of estimates) {
    if (one < estimate) below += 1;
    else if (one === estimate) equal += 1;
  }
  // "below" counts only what is strictly less, as Efron's definition does; "half" shares ties, which suits few values.
  return preciseNormalQuantile((below + (ties === "half" ? equal / 2 : 0)) / estimates.length);
}

/** The probability at which the BCa interval reads the bootstrap, in place of a nominal one. */
export function bcaProbability(
  probability: number,
  { biasCorrection, acceleration }: { biasCorrection: number; acceleration: number },
): number {
  const shifted = biasCorrection + preciseNormalQuantile(probability);
  return 1 - normalTail(biasCorrection + shifted / (1 - acceleration * shifted));
}

/**
 * The bias-corrected and accelerated interval of a bootstrap.
 *
 * Shapes: `estimates` of the resamples, `estimate` of the sample itself, `acceleration` from its jackknife.
 * Errors: as {@link percentileInterval}.
 * Source: Efron and Tibshirani 1993, chapter 14.3.
 */
export function bcaInterval(
  estimates: readonly number[],
  estimate: number,
  { acceleration, confidence = 0.95, type = 7 }: Reading & { acceleration: number },
): Interval {
  const shift = { biasCorrection: biasCorrection(estimates, estimate), acceleration };
  const upper = upperProbability(confidence), ordered = sorted(estimates);
  return {
    low: quantileSorted(ordered, bcaProbability(1 - upper, shift), { type }),
    high: quantileSorted(ordered, bcaProbability(upper, shift), { type }),
  };
}
