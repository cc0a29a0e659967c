// Cash at hand: what is left of a month's wage to pay with. Who would have to pay more than that leaves more often.

import type { Bps, Fen } from "#/model/units/units.ts";

const monthDays = 30;

/**
 * What is left of the wage on a day: all of it on payday, falling evenly to a thirtieth on the eve of the next.
 *
 * Shapes and units: `incomeFen` a month; whole days; paydays come every 30 days, `payday` is any of them. Result in fen, not
 * rounded. Source: assumption; that paying later works by easing such bounds is what S. Maesen and D. Ang, "Buy Now Pay Later:
 * Impact of Installment Payments on Customer Purchases", Journal of Marketing 2025, find in experiments.
 *
 * @example
 * ```ts
 * import { cashLeftFen } from "#/model/shoppers/cash.ts";
 * import assert from "node:assert/strict";
 * assert.equal(cashLeftFen(300_000, { day: 37, payday: 7 }), 300_000);
 * assert.equal(cashLeftFen(300_000, { day: 36, payday: 7 }), 10_000);
 * ```
 */
export function cashLeftFen(incomeFen: Fen, { day, payday }: { day: number; payday: number }): Fen {
  const since = ((day - payday) % monthDays + monthDays) % monthDays;
  return incomeFen * (monthDays - since) / monthDays;
}

/**
 * The share of buyers that leaves without buying where the amount is more than what is left of the wage.
 *
 * Shapes and units: bps; `leaveBps` where cash suffices, `shortLeaveFactorBps` how many times likelier it is where not, 10,000 =
 * no likelier than where a line does not work; waiting and leaving together are everybody at most. Who never leaves does not leave for want of cash either.
 *
 * @example
 * ```ts
 * import { shortLeaveBps } from "#/model/shoppers/cash.ts";
 * import assert from "node:assert/strict";
 * assert.equal(shortLeaveBps({ leaveBps: 700, waitBps: 800, shortLeaveFactorBps: 30_000 }), 2_100);
 * assert.equal(shortLeaveBps({ leaveBps: 5_000, waitBps: 800, shortLeaveFactorBps: 30_000 }), 9_200);
 * ```
 */
export function shortLeaveBps(
  { leaveBps, waitBps, shortLeaveFactorBps }: { leaveBps: Bps; waitBps: Bps; shortLeaveFactorBps: Bps },
): Bps {
  return Math.min(10_000 - waitBps, Math.round(leaveBps * shortLeaveFactorBps / 10_000));
}
