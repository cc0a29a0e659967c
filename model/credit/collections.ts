// Stages of collection: message, call, law; each helps some to catch up and each but the message costs money.

/** The stages in order; the index is what tables hold. */
export const stages = ["none", "message", "call", "law"] as const;

/** From which day past due each stage begins. */
export interface StageTerms {
  messageFromDpd: number;
  callFromDpd: number;
  lawFromDpd: number;
}

/**
 * The stage of collection at a number of days past due, as an index into {@link stages}.
 *
 * @example
 * ```ts
 * import { stageOf } from "#/model/credit/collections.ts";
 * import assert from "node:assert/strict";
 * const terms = { messageFromDpd: 1, callFromDpd: 15, lawFromDpd: 90 };
 * assert.deepEqual([0, 1, 15, 120].map((dpd) => stageOf(dpd, terms)), [0, 1, 2, 3]);
 * ```
 */
export function stageOf(dpd: number, { messageFromDpd, callFromDpd, lawFromDpd }: StageTerms): number {
  return dpd <= 0 ? 0 : dpd >= lawFromDpd ? 3 : dpd >= callFromDpd ? 2 : dpd >= messageFromDpd ? 1 : 0;
}
