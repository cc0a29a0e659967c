// What may be said of loss allowances: where stages begin, how long a lifetime is, and the rolls supposed before any is seen.

import { z } from "zod";
import { buckets } from "./delinquency.ts";

const shareBps = z.int().min(0).max(10_000);

/** Terms of expected credit loss. */
export const provisionTerms = z.strictObject({
  rates: z.enum(["measured", "stated"]),
  stage2FromDpd: z.int().min(1).max(720),
  stage3FromDpd: z.int().min(1).max(720),
  lifetimeMonths: z.int().min(1).max(120),
  conversionBps: shareBps,
  lossGivenDefaultBps: shareBps,
  credibilityCases: z.int().min(0).max(10_000_000),
  rolls: z.strictObject({
    fromCurrentBps: shareBps,
    fromM1Bps: shareBps,
    fromM2Bps: shareBps,
    fromM3Bps: shareBps,
    writtenOffBps: shareBps,
    curedBps: shareBps,
  }),
});
/** Terms of expected credit loss as a scenario says them. */
export type ProvisionTerms = z.infer<typeof provisionTerms>;

/**
 * The monthly roll matrix that a scenario states: each bucket moves one on with its share, else all is paid; beyond 90 days
 * a share is written off, a share cures, the rest stays.
 *
 * Shapes: rows and columns are the buckets, then written off, then closed (both absorb). Errors: `RangeError` when what is
 * written off and cured exceeds one.
 *
 * @example
 * ```ts
 * import { statedRolls } from "#/model/credit/provision_terms.ts";
 * import assert from "node:assert/strict";
 * const rolls = { fromCurrentBps: 100, fromM1Bps: 5_000, fromM2Bps: 8_000, fromM3Bps: 9_000, writtenOffBps: 3_000, curedBps: 500 };
 * assert.deepEqual(statedRolls(rolls)[1], [0.5, 0, 0.5, 0, 0, 0, 0]);
 * ```
 */
export function statedRolls(rolls: ProvisionTerms["rolls"]): number[][] {
  const { fromCurrentBps, fromM1Bps, fromM2Bps, fromM3Bps, writtenOffBps, curedBps } = rolls;
  if (writtenOffBps + curedBps > 10_000) {
    throw new RangeError(
      `Cannot state rolls: ${writtenOffBps} bps are written off and ${curedBps} bps cured; allowed are 10000 together`,
    );
  }
  const size = buckets.length + 2, last = buckets.length - 1;
  const row = (entries: Record<number, number>) =>
    Array.from({ length: size }, (_, c) => (entries[c] ?? 0) / 10_000);
  const forward = [fromCurrentBps, fromM1Bps, fromM2Bps, fromM3Bps];
  return [
    ...forward.map((bps, b) =>
      b === 0 ? row({ 0: 10_000 - bps, 1: bps }) : row({ 0: 10_000 - bps, [b + 1]: bps })
    ),
    row({ 0: curedBps, [last]: 10_000 - writtenOffBps - curedBps, [last + 1]: writtenOffBps }),
    row({ [last + 1]: 10_000 }),
    row({ [last + 2]: 10_000 }),
  ];
}
