// Whether a person pays the least part of a bill instead of all of it, or instead of nothing; and repays a plan early.

/** What makes people pay the least part, as bps of probability. */
export interface MinimumTerms {
  minimumBps: number;
  minimumPerBurdenBps: number;
  minimumInsteadOfMissBps: number;
}

/**
 * The probability that a bill is met with the least part.
 *
 * Shapes and units: `missed` the person would else pay nothing; `inHardship` income has failed; `burden` what is due on all
 * lines over monthly income. Who could pay all does so less often the heavier the bill; who cannot, for hardship or a bill
 * above an income, pays the least part now and then rather than nothing; who forgot, forgot. Result 0 to 1. Errors: none.
 * Source: assumption.
 *
 * @example
 * ```ts
 * import { minimumProbability } from "#/model/shoppers/minimum_payment.ts";
 * import assert from "node:assert/strict";
 * const terms = { minimumBps: 100, minimumPerBurdenBps: 1_000, minimumInsteadOfMissBps: 2_000 };
 * const calm = { missed: false, inHardship: false, burden: 0.1 };
 * assert.equal(minimumProbability(calm, terms), 0.02);
 * assert.equal(minimumProbability({ ...calm, missed: true }, terms), 0);
 * assert.equal(minimumProbability({ ...calm, missed: true, inHardship: true }, terms), 0.2);
 * ```
 */
export function minimumProbability(
  { missed, inHardship, burden }: { missed: boolean; inHardship: boolean; burden: number },
  { minimumBps, minimumPerBurdenBps, minimumInsteadOfMissBps }: MinimumTerms,
): number {
  if (missed) return inHardship || burden > 1 ? minimumInsteadOfMissBps / 10_000 : 0;
  return Math.min(1, (minimumBps + minimumPerBurdenBps * burden) / 10_000);
}

/**
 * The probability that a plan is repaid early on one of its due days.
 *
 * Shapes and units: `burden` what the plan still owes over monthly income: who owes more than an income cannot. Nobody in
 * hardship does. Result 0 to 1. Errors: none. Source: assumption.
 *
 * @example
 * ```ts
 * import { earlyProbability } from "#/model/shoppers/minimum_payment.ts";
 * import assert from "node:assert/strict";
 * assert.equal(earlyProbability({ inHardship: false, burden: 0.5 }, { earlyRepayBps: 200 }), 0.01);
 * assert.equal(earlyProbability({ inHardship: true, burden: 0.5 }, { earlyRepayBps: 200 }), 0);
 * ```
 */
export function earlyProbability(
  { inHardship, burden }: { inHardship: boolean; burden: number },
  { earlyRepayBps }: { earlyRepayBps: number },
): number {
  return inHardship ? 0 : Math.max(0, 1 - burden) * earlyRepayBps / 10_000;
}
