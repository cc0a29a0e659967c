// Days past due and their buckets.

/** Buckets in report order. */
export const buckets = ["M0", "M1", "M2", "M3", "M4+"] as const;

/**
 * The bucket of an account: 0 current, 1 for 1–30 days past due, 2 for 31–60, 3 for 61–90, 4 beyond.
 *
 * @example
 * ```ts
 * import { bucketOf } from "#/model/credit/delinquency.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([0, 1, 30, 31, 90, 91].map(bucketOf), [0, 1, 1, 2, 3, 4]);
 * ```
 */
export function bucketOf(dpd: number): number {
  return dpd <= 0 ? 0 : dpd <= 30 ? 1 : dpd <= 60 ? 2 : dpd <= 90 ? 3 : 4;
}
