// Minimum payment and revolving: who pays the least part of a bill owes interest by the day on the rest, and is not late.

import { type CostCap, lawfulAprBps } from "#/model/credit/cost_cap.ts";
import { type Bps, type Day, type Fen, mulDiv } from "#/model/units/units.ts";

/**
 * The least part of a bill that keeps the account in order.
 *
 * Shapes and units: whole fen, bps of the bill; rounded up, so that the least payment of any bill is at least one fen.
 * 10,000 bps: nothing less than all will do. Errors: none. Source: the 10 % that Chinese card and wallet bills ask for.
 *
 * @example
 * ```ts
 * import { minimumPaymentFen } from "#/model/credit/revolving.ts";
 * import assert from "node:assert/strict";
 * assert.equal(minimumPaymentFen(100_001, 1_000), 10_001);
 * assert.equal(minimumPaymentFen(100_001, 10_000), 100_001);
 * ```
 */
export function minimumPaymentFen(billedFen: Fen, minimumPaymentBps: Bps): Fen {
  return Math.min(billedFen, Math.ceil(billedFen * minimumPaymentBps / 10_000));
}

/**
 * Simple interest by the day, each day at the rate that is lawful on it, rounded once to the fen.
 *
 * Shapes and units: whole fen; a yearly rate over 365 days; from `fromDay` (included) to `untilDay` (not included). A cap
 * that begins on the way binds from its day. Errors: `RangeError` when the days run backwards.
 * Source: actual/365, as Chinese issuers state a daily rate (0.05 % a day is 18.25 % a year).
 *
 * @example
 * ```ts
 * import { interestOfDaysFen } from "#/model/credit/revolving.ts";
 * import assert from "node:assert/strict";
 * const cap = { allInCostCapBps: 2_400, fromDay: 20 };
 * assert.equal(interestOfDaysFen(100_000, { aprBps: 1_825, fromDay: 0, untilDay: 30, cap }), 1_500); // 0.05 % · 30
 * assert.equal(interestOfDaysFen(100_000, { aprBps: 3_650, fromDay: 0, untilDay: 30, cap }), 2_658); // 20 at 10, 10 at 6.58
 * ```
 */
export function interestOfDaysFen(
  amountFen: Fen,
  { aprBps, fromDay, untilDay, cap }: { aprBps: Bps; fromDay: Day; untilDay: Day; cap: CostCap },
): Fen {
  if (untilDay < fromDay) {
    throw new RangeError(`Cannot charge interest from day ${fromDay} to day ${untilDay}: days run backwards`);
  }
  const lawfulBps = lawfulAprBps(aprBps, cap.fromDay, cap);
  const freeDays = Math.max(0, Math.min(untilDay, cap.fromDay) - fromDay);
  const cappedDays = untilDay - fromDay - freeDays;
  return mulDiv(amountFen, aprBps * freeDays + lawfulBps * cappedDays, 3_650_000);
}
