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

/**
 * The reason why a line refuses a purchase, or `reason.none`.
 *
 * Shapes and units: whole fen; `usedFen` everything owed on the line, `reservedFen` promised earlier today; `late` the
 * line, or one that is seen with it, is past due; `throttled` the issuer grants less new credit today.
 *
 * @example
 * ```ts
 * import { decide } from "#/model/credit/limits.ts";
 * import { reason } from "#/model/reasons.ts";
 * import assert from "node:assert/strict";
 * const facts = { limitFen: 100_000, usedFen: 60_000, reservedFen: 30_000, late: false, throttled: false };
 * assert.equal(decide(10_000, facts), reason.none);
 * assert.equal(decide(10_001, facts), reason.limitExceeded);
 * ```
 */
export function decide(
  amountFen: Fen,
  { limitFen, usedFen, reservedFen, late, throttled }: {
    limitFen: Fen;
    usedFen: Fen;
    reservedFen: Fen;
    late: boolean;
    throttled: boolean;
  },
): number {
  if (late) return reason.lateAccount;
  if (usedFen + reservedFen + amountFen > limitFen) return reason.limitExceeded;
  if (throttled) return reason.fundingThrottle;
  return reason.none;
}
