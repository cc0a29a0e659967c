// A committed revolving bank line: drawn and repaid at will within its commitment and its borrowing base, unless a covenant is broken.

import { z } from "zod";
import { bpsOf, type Fen } from "#/model/units/units.ts";
import type { FundingSource } from "./registry.ts";
import { actual365, drawnFor, number, upTo } from "./rules.ts";

/** What a scenario says of the committed line. */
export const bankLineTerms = z.strictObject({
  active: z.boolean(),
  commitmentCny: number.cny(),
  spreadBps: number.bps(2_000),
  /** A year, on what is committed and not drawn. */
  commitmentFeeBps: number.bps(500),
  /** Whether receivables are pledged and bound what can be drawn. */
  secured: z.boolean(),
  advanceRateBps: number.bps(),
  /** A receivable later than this is not lent on. */
  eligibleDpd: number.days(1, 360),
  /** More of the balance 90 and more days late than this breaks a covenant. */
  late90MaxBps: number.bps(),
  /** Less worth than this breaks a covenant. */
  netAssetsMinCny: number.cny(),
  /** What is still broken so many days after it was is called: the line is to be repaid. */
  cureDays: number.days(0, 360),
});

/** Draws up to what is left of the commitment; interest actual/365, the commitment fee apart. */
export const bankLine: FundingSource = {
  title: "committed bank line",
  lender: "banks",
  kind: "revolving",
  terms: bankLineTerms,
  draw: upTo,
  interestOfDay: actual365,
  quote: drawnFor(90),
};

/**
 * What may be drawn at most today: the commitment, or what the pledged receivables carry; nothing new while a covenant is
 * broken, nothing at all once its cure period is over.
 *
 * Shapes: whole fen; `brokenDays` is −1 while no covenant is broken.
 *
 * @example
 * ```ts
 * import { commitmentInForceFen } from "#/model/funding/sources/bank_line.ts";
 * import assert from "node:assert/strict";
 * const terms = { secured: true, advanceRateBps: 8_000, cureDays: 30 };
 * const state = { committedFen: 900, eligibleFen: 1_000, drawnFen: 300, brokenDays: -1 };
 * assert.equal(commitmentInForceFen(terms, state), 800);
 * assert.equal(commitmentInForceFen(terms, { ...state, brokenDays: 4 }), 300);
 * assert.equal(commitmentInForceFen(terms, { ...state, brokenDays: 31 }), 0);
 * ```
 */
export function commitmentInForceFen(
  { secured, advanceRateBps, cureDays }: { secured: boolean; advanceRateBps: number; cureDays: number },
  { committedFen, eligibleFen, drawnFen, brokenDays }: {
    committedFen: Fen;
    eligibleFen: Fen;
    drawnFen: Fen;
    brokenDays: number;
  },
): Fen {
  if (brokenDays > cureDays) return 0;
  const baseFen = secured ? Math.min(committedFen, bpsOf(eligibleFen, advanceRateBps)) : committedFen;
  return brokenDays >= 0 ? Math.min(baseFen, drawnFen) : baseFen;
}

/** The covenants of a line. */
export const covenants = ["late90", "netAssets"] as const;

/**
 * The covenants that are broken.
 *
 * @example
 * ```ts
 * import { brokenCovenants } from "#/model/funding/sources/bank_line.ts";
 * import assert from "node:assert/strict";
 * const terms = { late90MaxBps: 300, netAssetsMinFen: 0 };
 * assert.deepEqual(brokenCovenants(terms, { late90Bps: 310, netAssetsFen: 5 }), ["late90"]);
 * ```
 */
export function brokenCovenants(
  { late90MaxBps, netAssetsMinFen }: { late90MaxBps: number; netAssetsMinFen: Fen },
  { late90Bps, netAssetsFen }: { late90Bps: number; netAssetsFen: Fen },
): (typeof covenants[number])[] {
  const isBroken = { late90: late90Bps > late90MaxBps, netAssets: netAssetsFen < netAssetsMinFen };
  return covenants.filter((name) => isBroken[name]);
}
