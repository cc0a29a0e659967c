// What changed between two scenarios that share their people and their luck, replication by replication.

import { type Confidence, meanInterval, refuseUnlessFinite, sampleDeviation } from "./interval.ts";

/** The mean difference of pairs with its interval, and what sharing the luck was worth. */
export interface PairedDifference {
  /** The mean of compared minus base. */
  mean: number;
  /** Half of the interval's width; Infinity with a single pair, of which nothing is known. */
  halfWidth: number;
  /** The lower end. */
  low: number;
  /** The upper end. */
  high: number;
  /** How many pairs. */
  n: number;
  /** The standard deviation of the differences. */
  sdPaired: number;
  /** What the standard deviation of the differences would be if the two sides had separate luck. */
  sdIndependent: number;
  /** How many times more replications separate luck would need for the same width; 1 means that pairing gave nothing. */
  gain: number;
}

/**
 * The paired difference of two scenarios over the same replications (common random numbers).
 *
 * Shapes: `compared[i]` and `base[i]` belong to replication i; equal lengths, at least one pair; units as the values'.
 * `gain` is Infinity when all differences are equal though the sides vary.
 * Errors: `RangeError` for unequal lengths, no pairs or a value that is not finite.
 * Source: A. M. Law and W. D. Kelton, "Simulation Modeling and Analysis", chapter on variance reduction; Student's t.
 *
 * @example
 * ```ts
 * import { pairedDifference } from "#/model/statistics/paired_difference.ts";
 * import assert from "node:assert/strict";
 * const { mean, gain } = pairedDifference([11, 21, 32], [10, 20, 30]);
 * assert.equal(mean.toFixed(4), "1.3333");
 * assert.ok(gain > 100);
 * ```
 */
export function pairedDifference(
  compared: readonly number[],
  base: readonly number[],
  { confidence = 0.95 }: Confidence = {},
): PairedDifference {
  if (compared.length !== base.length) {
    throw new RangeError(
      `Cannot pair ${compared.length} results with ${base.length}: each replication needs one on both sides`,
    );
  }
  refuseUnlessFinite(compared);
  refuseUnlessFinite(base);
  const { sd: sdPaired, ...interval } = meanInterval(compared.map((value, i) => value - base[i]), {
    confidence,
  });
  const sdIndependent = Math.sqrt(square(sampleDeviation(compared)) + square(sampleDeviation(base)));
  const gain = sdIndependent === sdPaired ? 1 : square(sdIndependent) / square(sdPaired);
  return { ...interval, sdPaired, sdIndependent, gain };
}

function square(x: number): number {
  return x * x;
}
