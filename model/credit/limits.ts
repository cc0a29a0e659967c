// Limits: how much credit a line grants, and whether one more purchase fits.

import { type Bps, bpsOf, type Fen } from "#/model/units/units.ts";
import { reason } from "#/model/reasons.ts";

/** What an issuer grants, whole fen and bps of monthly income. */
export interface LimitTerms {
  limitFloorFen: Fen;
  limitCapFen: Fen;
  limitIncomeMultipleBps: Bps;
}

/**
 * The limit of a line: a multiple of income, moved by the score, between floor and cap, in whole CNY 100.
 *
 * Shapes and units: `incomeFen` a month; `points` the score; `cutoffPoints` the least accepted score. 100 points above
 * the cut-off give the plain multiple; each point more or less moves it by half a per cent, between a third and twice.
 * Errors: none. Source: assumption.
 *
 * @example
 * ```ts
 * import { grantedLimitFen } from "#/model/credit/limits.ts";
 * import assert from "node:assert/strict";
 * const terms = { limitFloorFen: 50_000, limitCapFen: 5_000_000, limitIncomeMultipleBps: 10_000 };
 * assert.equal(grantedLimitFen({ incomeFen: 600_000, points: 600, cutoffPoints: 500 }, terms), 600_000);
 * ```
 */
export function grantedLimitFen(
  { incomeFen, points, cutoffPoints }: { incomeFen: Fen; points: number; cutoffPoints: number },
  { limitFloorFen, limitCapFen, limitIncomeMultipleBps }: LimitTerms,
): Fen {
  const factor = Math.max(1 / 3, Math.min(2, 1 + (points - cutoffPoints - 100) / 200));
  const plain = bpsOf(incomeFen, limitIncomeMultipleBps) * factor;
  return Math.max(limitFloorFen, Math.min(limitCapFen, Math.floor(plain / 10_000) * 10_000));
}

/** How limits move once a month. */
export interface MovingTerms {
  /** Raise of a good score. */
  goodScoreRaiseBps: Bps;
  /** Cut of a line in arrears, of one whose holder is seen in hardship, of one whose score has fallen below the cut-off. */
  lateCutBps: Bps;
  hardshipCutBps: Bps;
  belowCutoffCutBps: Bps;
  limitCapFen: Fen;
}

/**
 * The limit after the issuer's monthly look: the largest cut that applies, else a raise for a good score.
 *
 * Shapes and units: whole fen; `points` the new score; `cutoffPoints` the usual cut-off, `risenPoints` that of today's economy;
 * `appetite` (0 to 1) the share of a raise that is granted today. A good score is 100 points above the usual cut-off. Moved
 * limits are rounded down to the yuan; a cut knows no floor and does not look at the balance, which may stay above the limit.
 * Errors: none. Source: assumption.
 *
 * @example
 * ```ts
 * import { movedLimitFen } from "#/model/credit/limits.ts";
 * import assert from "node:assert/strict";
 * const terms = { goodScoreRaiseBps: 100, lateCutBps: 3_000, hardshipCutBps: 2_000, belowCutoffCutBps: 500, limitCapFen: 5_000_000 };
 * const good = { points: 620, cutoffPoints: 480, risenPoints: 480, late: false, hardshipSeen: false, appetite: 1 };
 * assert.equal(movedLimitFen(1_000_000, good, terms), 1_010_000);
 * assert.equal(movedLimitFen(1_000_000, { ...good, late: true }, terms), 700_000);
 * ```
 */
export function movedLimitFen(
  limitFen: Fen,
  { points, cutoffPoints, risenPoints, late, hardshipSeen, appetite }: {
    points: number;
    cutoffPoints: number;
    risenPoints: number;
    late: boolean;
    hardshipSeen: boolean;
    appetite: number;
  },
  terms: MovingTerms,
): Fen {
  const cutBps = Math.max(
    late ? terms.lateCutBps : 0,
    hardshipSeen ? terms.hardshipCutBps : 0,
    points < risenPoints ? terms.belowCutoffCutBps : 0,
  );
  const isGood = points >= cutoffPoints + 100 && !late && !hardshipSeen;
  if (cutBps > 0) return Math.floor((limitFen - limitFen * cutBps / 10_000) / 100) * 100;
  if (!isGood || limitFen >= terms.limitCapFen) return limitFen;
  const raised = limitFen + limitFen * terms.goodScoreRaiseBps / 10_000 * appetite;
  return Math.min(terms.limitCapFen, Math.max(limitFen, Math.floor(raised / 100) * 100));
}

/**
 * The reason why a line refuses a purchase, or `reason.none`.
 *
 * Shapes and units: whole fen; `usedFen` everything owed on the line, `reservedFen` promised earlier today, `frozenFen` the part of
 * the limit on hold; `late` the line, or one that is seen with it, is past due; `throttled` the issuer grants less new credit
 * today. A balance above the limit refuses every amount.
 *
 * @example
 * ```ts
 * import { decide } from "#/model/credit/limits.ts";
 * import { reason } from "#/model/reasons.ts";
 * import assert from "node:assert/strict";
 * const facts = { limitFen: 100_000, usedFen: 60_000, reservedFen: 30_000, frozenFen: 0, late: false, throttled: false };
 * assert.equal(decide(10_000, facts), reason.none);
 * assert.equal(decide(10_001, facts), reason.limitExceeded);
 * assert.equal(decide(10_000, { ...facts, frozenFen: 1 }), reason.limitFrozen);
 * ```
 */
export function decide(
  amountFen: Fen,
  { limitFen, usedFen, reservedFen, frozenFen, late, throttled }: {
    limitFen: Fen;
    usedFen: Fen;
    reservedFen: Fen;
    frozenFen: Fen;
    late: boolean;
    throttled: boolean;
  },
): number {
  if (late) return reason.lateAccount;
  const neededFen = usedFen + reservedFen + amountFen;
  if (neededFen > limitFen) return reason.limitExceeded;
  if (neededFen > limitFen - frozenFen) return reason.limitFrozen;
  if (throttled) return reason.fundingThrottle;
  return reason.none;
}
