// Stages of collection: message, call, agency, law. Each has its day, its places, its cost and its effect, and the
// effect on who has forgotten is another one than on who cannot pay.

import type { Bps } from "#/model/units/units.ts";
import type { CollectionTerms, IssuerCollectionTerms } from "./collection_terms.ts";

/** The stages in order; the index is what tables hold. `dismissed`: the court did not order payment. */
export const stages = ["none", "message", "call", "agency", "law", "dismissed"] as const;

/** Places of {@link stages}. */
export const stage = { none: 0, message: 1, call: 2, agency: 3, law: 4, dismissed: 5 } as const;

/** From which day past due each stage begins at an issuer. */
export type StageTerms = Pick<
  IssuerCollectionTerms,
  "messageFromDpd" | "callFromDpd" | "agencyFromDpd" | "lawFromDpd"
>;

/**
 * The stage of collection whose day has come at a number of days past due, as an index into {@link stages}; whether there is
 * a place for the case is another question.
 *
 * @example
 * ```ts
 * import { stageOf } from "#/model/credit/collections.ts";
 * import assert from "node:assert/strict";
 * const terms = { messageFromDpd: 1, callFromDpd: 15, agencyFromDpd: 60, lawFromDpd: 90 };
 * assert.deepEqual([0, 1, 15, 60, 120].map((dpd) => stageOf(dpd, terms)), [0, 1, 2, 3, 4]);
 * ```
 */
export function stageOf(
  dpd: number,
  { messageFromDpd, callFromDpd, agencyFromDpd, lawFromDpd }: StageTerms,
): number {
  if (dpd <= 0) return stage.none;
  if (dpd >= lawFromDpd) return stage.law;
  if (dpd >= agencyFromDpd) return stage.agency;
  return dpd >= callFromDpd ? stage.call : dpd >= messageFromDpd ? stage.message : stage.none;
}

/**
 * What each stage multiplies the daily chance to catch up by, bps: two factors a stage, for who forgets (2 · stage) and who
 * cannot (2 · stage + 1). A dismissed claim is worked like a call.
 *
 * @example
 * ```ts
 * import { stageFactorsBps } from "#/model/credit/collections.ts";
 * import assert from "node:assert/strict";
 * const none = { messageFactorBps: 10_000, callFactorBps: 12_000, agencyFactorBps: 13_000, lawFactorBps: 14_000, reportedFactorBps: 10_500 };
 * const factors = stageFactorsBps({ forgets: none, cannot: { ...none, callFactorBps: 11_000 } });
 * assert.deepEqual(factors.slice(4, 6), [12_000, 11_000]);
 * ```
 */
export function stageFactorsBps(
  { forgets, cannot }: Pick<CollectionTerms, "forgets" | "cannot">,
): Bps[] {
  const of = (it: CollectionTerms["forgets"]) => [
    10_000,
    it.messageFactorBps,
    it.callFactorBps,
    it.agencyFactorBps,
    it.lawFactorBps,
    it.callFactorBps,
  ];
  const first = of(forgets), second = of(cannot);
  return stages.flatMap((_, k) => [first[k], second[k]]);
}

/**
 * The places that a stage has today: yesterday's that were not taken and today's, never more than `keepDays` of them nor fewer
 * than one whole place can grow from.
 *
 * Shapes and units: `perDay` places a day, a fraction in a small world; result places, of which the whole ones can be taken.
 *
 * @example
 * ```ts
 * import { refilled } from "#/model/credit/collections.ts";
 * import assert from "node:assert/strict";
 * assert.equal(refilled(0.75, { perDay: 0.5, keepDays: 1 }), 1);
 * assert.equal(refilled(5, { perDay: 4, keepDays: 1 }), 4);
 * assert.equal(refilled(5, { perDay: 4, keepDays: 30 }), 9);
 * ```
 */
export function refilled(
  places: number,
  { perDay, keepDays }: { perDay: number; keepDays: number },
): number {
  return Math.min(places + perDay, Math.max(perDay > 0 ? 1 : 0, perDay * keepDays));
}

/** In which order cases wait for a place: the largest claim first, or the oldest. */
export const queueOrders = ["amount", "age"] as const;
