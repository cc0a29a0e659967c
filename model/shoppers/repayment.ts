// Whether a person pays on the due day, and when someone in arrears catches up.

/** What bears on paying, as bps of probability. */
export interface RepaymentTerms {
  hardshipMissBps: number;
  forgetBps: number;
  reminderEffectBps: number;
  burdenMissBps: number;
}

/**
 * The probability of missing a due day.
 *
 * Shapes and units: `inHardship` income has failed; `indiscipline` 0 to 1, the share of forgetfulness that is the
 * person's; `burden` debt due on all lines over monthly income; `reminded` a message was sent; `autoDebit` a bound bank
 * card pays by itself, so nobody can forget. Result 0 to 1. Errors: none.
 * Source: assumption; hardship and forgetting are kept apart because only the second is cured by a reminder.
 *
 * @example
 * ```ts
 * import { missProbability } from "#/model/shoppers/repayment.ts";
 * import assert from "node:assert/strict";
 * const terms = { hardshipMissBps: 6_000, forgetBps: 400, reminderEffectBps: 5_000, burdenMissBps: 200 };
 * const calm = { inHardship: false, indiscipline: 0, burden: 0.2, reminded: true, autoDebit: false };
 * assert.equal(missProbability(calm, terms), 0);
 * assert.equal(missProbability({ ...calm, inHardship: true, burden: 0 }, terms), 0.6);
 * ```
 */
export function missProbability(
  facts: { inHardship: boolean; indiscipline: number; burden: number; reminded: boolean; autoDebit: boolean },
  terms: RepaymentTerms,
): number {
  let forget = facts.autoDebit ? 0 : facts.indiscipline * terms.forgetBps / 10_000;
  if (facts.reminded) forget *= 1 - terms.reminderEffectBps / 10_000;
  const strained = facts.burden > 1 ? Math.min(facts.burden - 1, 3) * terms.burdenMissBps / 10_000 : 0;
  const cannot = Math.max(strained, facts.inHardship ? terms.hardshipMissBps / 10_000 : 0);
  return 1 - (1 - forget) * (1 - Math.min(cannot, 1));
}

/**
 * The probability that someone in arrears catches up today.
 *
 * Shapes and units: daily bps for people with and without hardship; `stageFactorBps` what the stage of collection multiplies it
 * by, `reportedFactorBps` what being on file at the bureau does (10,000 = nothing; both differ between who forgets and who
 * cannot, and the caller takes the one of the person's state). Result 0 to 1.
 *
 * @example
 * ```ts
 * import { cureProbability } from "#/model/shoppers/repayment.ts";
 * import assert from "node:assert/strict";
 * assert.equal(cureProbability({ inHardship: false, stageFactorBps: 20_000 },
 *   { cureBpsPerDay: 700, hardshipCureBpsPerDay: 40 }), 0.14);
 * ```
 */
export function cureProbability(
  { inHardship, stageFactorBps, reportedFactorBps = 10_000 }: {
    inHardship: boolean;
    stageFactorBps: number;
    reportedFactorBps?: number;
  },
  { cureBpsPerDay, hardshipCureBpsPerDay }: { cureBpsPerDay: number; hardshipCureBpsPerDay: number },
): number {
  const base = (inHardship ? hardshipCureBpsPerDay : cureBpsPerDay) / 10_000;
  return Math.min(1, base * (stageFactorBps / 10_000) * (reportedFactorBps / 10_000));
}
