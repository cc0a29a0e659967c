// How far a result may be from what endless replication would give: intervals for means and for shares.

import { mean as meanOf, sampleStandardDeviation } from "simple-statistics";
import { betaQuantile, preciseNormalQuantile, studentQuantile } from "./distributions.ts";

/** A mean with its interval. With a single observation nothing is known: the half-width is Infinity, the sd is 0. */
export interface MeanInterval {
  /** The sample's mean, in the unit of its values. */
  mean: number;
  /** Half of the interval's width, in the same unit. */
  halfWidth: number;
  /** The lower end. */
  low: number;
  /** The upper end. */
  high: number;
  /** How many observations. */
  n: number;
  /** The standard deviation of one observation. */
  sd: number;
}

/** The two ends of an interval; for a share they lie in [0, 1]. */
export interface Interval {
  /** The lower end. */
  low: number;
  /** The upper end. */
  high: number;
}

/** How sure an interval is meant to be. */
export interface Confidence {
  /** The share of intervals that cover the truth, between 0 and 1; 0.95 where nothing is said. */
  confidence?: number;
}

/**
 * Student's interval for the mean of independent observations.
 *
 * Shapes: `values` at least one finite number, in the order of replications; units as the values'.
 * Errors: `RangeError` for no values, a value that is not finite, a confidence outside (0, 1).
 * Source: W. S. Gosset (1908); exact for normal observations, near enough for means of replications.
 *
 * @example
 * ```ts
 * import { meanInterval } from "#/model/statistics/interval.ts";
 * import assert from "node:assert/strict";
 * const { mean, low, high } = meanInterval([12.1, 11.4, 13.0, 12.7, 11.9]);
 * assert.deepEqual([mean, low, high].map((x) => x.toFixed(3)), ["12.220", "11.428", "13.012"]);
 * ```
 */
export function meanInterval(
  values: readonly number[],
  { confidence = 0.95 }: Confidence = {},
): MeanInterval {
  refuseUnlessFinite(values);
  const n = values.length, mean = meanOf(values as number[]), sd = sampleDeviation(values);
  const halfWidth = meanHalfWidth(sd, n, { confidence });
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, n, sd };
}

/**
 * The half-width of Student's interval for a mean, from the standard deviation of n observations.
 *
 * Errors: `RangeError` for a negative deviation, n below 1 or a confidence outside (0, 1). n = 1 gives Infinity.
 */
export function meanHalfWidth(sd: number, n: number, { confidence = 0.95 }: Confidence = {}): number {
  if (!(sd >= 0)) {
    throw new RangeError(`Cannot take an interval with a standard deviation of ${sd}: 0 or more is needed`);
  }
  if (!(n >= 1)) throw new RangeError(`Cannot take an interval of ${n} observations: at least one is needed`);
  const upper = upperProbability(confidence);
  if (n < 2) return Infinity;
  return studentQuantile(upper, n - 1) * sd / Math.sqrt(n);
}

/**
 * Wilson's interval for a share: near its nominal cover also for few or no successes, never outside [0, 1].
 *
 * Shapes: `successes` from 0 to `trials`, `trials` at least 1.
 * Errors: `RangeError` for other counts or a confidence outside (0, 1).
 * Source: E. B. Wilson (1927), the score interval without continuity correction.
 *
 * @example
 * ```ts
 * import { wilsonInterval } from "#/model/statistics/interval.ts";
 * import assert from "node:assert/strict";
 * assert.equal(wilsonInterval(0, 10).high.toFixed(6), "0.277533");
 * ```
 */
export function wilsonInterval(
  successes: number,
  trials: number,
  { confidence = 0.95 }: Confidence = {},
): Interval {
  refuseUnlessCounts(successes, trials);
  const z = preciseNormalQuantile(upperProbability(confidence));
  const scale = trials + z * z;
  const middle = (successes + z * z / 2) / scale;
  const half = z * Math.sqrt(successes * (trials - successes) / trials + z * z / 4) / scale;
  return {
    low: successes === 0 ? 0 : Math.max(0, middle - half),
    high: successes === trials ? 1 : Math.min(1, middle + half),
  };
}

/**
 * The exact interval of Clopper and Pearson for a share: covers at least its nominal probability, so it is wide.
 *
 * Shapes and errors: as {@link wilsonInterval}.
 * Source: C. J. Clopper and E. S. Pearson (1934), through quantiles of the beta distribution.
 *
 * @example
 * ```ts
 * import { clopperPearsonInterval } from "#/model/statistics/interval.ts";
 * import assert from "node:assert/strict";
 * assert.equal(clopperPearsonInterval(0, 10).high.toFixed(6), "0.308497");
 * ```
 */
export function clopperPearsonInterval(
  successes: number,
  trials: number,
  { confidence = 0.95 }: Confidence = {},
): Interval {
  refuseUnlessCounts(successes, trials);
  const upper = upperProbability(confidence), failures = trials - successes;
  return {
    low: successes === 0 ? 0 : betaQuantile(1 - upper, { a: successes, b: failures + 1 }),
    high: failures === 0 ? 1 : betaQuantile(upper, { a: successes + 1, b: failures }),
  };
}

/** The standard deviation of a sample, with n - 1; 0 for a single value. */
export function sampleDeviation(values: readonly number[]): number {
  // Where all values are equal, the mean's last place must not give them a spread.
  if (values.every((value) => value === values[0])) return 0;
  return sampleStandardDeviation(values as number[]);
}

/** The probability up to which a two-sided interval reaches. Errors: `RangeError` for a confidence outside (0, 1). */
export function upperProbability(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(
      `Cannot take an interval with confidence ${confidence}: a number between 0 and 1 is needed`,
    );
  }
  return (1 + confidence) / 2;
}

/** Errors: `RangeError` for no values, or naming the value that is not finite and its place. */
export function refuseUnlessFinite(values: ArrayLike<number>): void {
  if (values.length === 0) {
    throw new RangeError("Cannot take an interval of no values: at least one is needed");
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      throw new RangeError(
        `Cannot take an interval with value ${values[i]} at place ${i}: it must be finite`,
      );
    }
  }
}

function refuseUnlessCounts(successes: number, trials: number): void {
  if (!Number.isInteger(trials) || trials < 1) {
    throw new RangeError(`Cannot take a share of ${trials} trials: a whole number above 0 is needed`);
  }
  if (!Number.isInteger(successes) || successes < 0 || successes > trials) {
    throw new RangeError(
      `Cannot take a share of ${successes} successes in ${trials} trials: 0 to ${trials} are possible`,
    );
  }
}
