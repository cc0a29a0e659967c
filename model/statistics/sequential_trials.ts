// Wald's sequential test of a share: trials are looked at one by one until one of two shares is unlikely enough.

import { log } from "#/model/units/elementary.ts";

/** What is told apart, and how often it may be told wrongly. */
export interface SequentialTerms {
  /** The share of events up to which the answer is to be `low`, and from which it is to be `high`. */
  lowShare: number;
  highShare: number;
  /** Most often that `high` is said at the low share, and `low` at the high one. */
  alpha: number;
  beta: number;
}

/** Where a test stands. */
export interface SequentialAnswer {
  /** `open` while neither share is unlikely enough. */
  verdict: "low" | "high" | "open";
  trials: number;
  events: number;
}

/**
 * The answer after the trials so far; what comes after the first answer is not looked at.
 *
 * Shapes: 0 < lowShare < highShare < 1; alpha and beta above 0, together below 1. Errors: `RangeError` for others.
 * Source: A. Wald, "Sequential tests of statistical hypotheses", 1945: stop where the likelihood ratio passes
 * (1 − beta) / alpha or beta / (1 − alpha); the stated errors hold up to the overshoot of one trial.
 *
 * @example
 * ```ts
 * import { sequentialTest } from "#/model/statistics/sequential_trials.ts";
 * import assert from "node:assert/strict";
 * const terms = { lowShare: 0.3, highShare: 0.7, alpha: 0.05, beta: 0.05 };
 * assert.equal(sequentialTest([true, true, true], terms).verdict, "open");
 * assert.equal(sequentialTest([true, true, true, true], terms).verdict, "high");
 * ```
 */
export function sequentialTest(trials: readonly boolean[], terms: SequentialTerms): SequentialAnswer {
  const { lowShare, highShare, alpha, beta } = terms;
  if (!(lowShare > 0 && lowShare < highShare && highShare < 1)) {
    throw new RangeError(
      `Cannot tell a share of ${lowShare} from ${highShare}: 0 < low < high < 1 is needed`,
    );
  }
  if (!(alpha > 0 && beta > 0 && alpha + beta < 1)) {
    throw new RangeError(
      `Cannot test with errors ${alpha} and ${beta}: both above 0, together below 1, are needed`,
    );
  }
  const upper = log((1 - beta) / alpha), lower = log(beta / (1 - alpha));
  const event = log(highShare / lowShare), none = log((1 - highShare) / (1 - lowShare));
  let ratio = 0, events = 0;
  for (const [i, happened] of trials.entries()) {
    ratio += happened ? event : none;
    if (happened) events++;
    if (ratio >= upper) return { verdict: "high", trials: i + 1, events };
    if (ratio <= lower) return { verdict: "low", trials: i + 1, events };
  }
  return { verdict: "open", trials: trials.length, events };
}
