// How many replications are enough.

import { preciseNormalQuantile } from "./distributions.ts";
import { type Confidence, upperProbability } from "./interval.ts";

/**
 * The replications that an interval of a given half-width needs, from a pilot's standard deviation.
 *
 * Shapes: `sd` and `halfWidth` in the outcome's unit; for a share p the deviation is sqrt(p (1 - p)).
 * Errors: `RangeError` for a negative deviation or a half-width that is not positive.
 * Source: n = (z sd / halfWidth)^2, rounded up; the normal z, since n is large where the question matters.
 *
 * @example
 * ```ts
 * import { replicationsForHalfWidth } from "#/model/statistics/replications.ts";
 * import assert from "node:assert/strict";
 * assert.equal(replicationsForHalfWidth(10, 1), 385);
 * ```
 */
export function replicationsForHalfWidth(
  sd: number,
  halfWidth: number,
  { confidence = 0.95 }: Confidence = {},
): number {
  if (!(sd >= 0 && sd < Infinity)) {
    throw new RangeError(`Cannot plan replications for a standard deviation of ${sd}: 0 or more is needed`);
  }
  if (!(halfWidth > 0)) {
    throw new RangeError(`Cannot plan replications for a half-width of ${halfWidth}: more than 0 is needed`);
  }
  const ratio = preciseNormalQuantile(upperProbability(confidence)) * sd / halfWidth;
  return Math.max(1, Math.ceil(ratio * ratio));
}

/** How wide an interval is beside its mean, and whether that is narrow enough to stop. */
export interface Precision {
  /** Half-width over the size of the mean; Infinity for a mean of zero. */
  relativeHalfWidth: number;
  /** Whether that is narrow enough. */
  isEnough: boolean;
}

/**
 * Whether the replications so far meet a relative error, for a sequence that stops when they do.
 *
 * Shapes: `relativeError` above 0, such as 0.05; the half-width is that of Student's interval at the n reached.
 * Errors: `RangeError` for a relative error that is not positive.
 * Source: Law and Kelton's sequential procedure: stop when halfWidth / |mean| <= g / (1 + g), where g is the relative
 * error; the smaller bound makes up for dividing by the estimated mean.
 *
 * @example
 * ```ts
 * import { precision } from "#/model/statistics/replications.ts";
 * import assert from "node:assert/strict";
 * assert.equal(precision({ mean: 100, halfWidth: 4.7 }, { relativeError: 0.05 }).isEnough, true);
 * assert.equal(precision({ mean: 100, halfWidth: 4.9 }, { relativeError: 0.05 }).isEnough, false);
 * ```
 */
export function precision(
  { mean, halfWidth }: { mean: number; halfWidth: number },
  { relativeError }: { relativeError: number },
): Precision {
  if (!(relativeError > 0)) {
    throw new RangeError(`Cannot stop at a relative error of ${relativeError}: more than 0 is needed`);
  }
  const relativeHalfWidth = halfWidth === 0 ? 0 : halfWidth / Math.abs(mean);
  return { relativeHalfWidth, isEnough: relativeHalfWidth <= relativeError / (1 + relativeError) };
}
