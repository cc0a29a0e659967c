// Early repayment of an instalment plan: all that is owed at once, the month's interest, perhaps a fee; later interest is saved.

import type { CostCap } from "#/model/credit/cost_cap.ts";
import { monthInterestFen, principalPartFen } from "#/model/credit/instalment.ts";
import { type Bps, bpsOf, type Day, type Fen } from "#/model/units/units.ts";

/**
 * The fee for repaying early that may be charged: what the contract says, but no more than the cap leaves beside the rate.
 *
 * Shapes and units: whole fen; `owedFen` what is repaid, `feeBps` of it; `monthsRun` months that the plan has run, this one
 * included. At least `owedFen` was owed all that time, so fee and interest together stay within the cap.
 * Errors: none. Source: all-in financing cost of 金规〔2025〕9号, which counts every fee.
 *
 * @example
 * ```ts
 * import { lawfulEarlyFeeFen } from "#/model/credit/early.ts";
 * import assert from "node:assert/strict";
 * const cap = { allInCostCapBps: 2_400, fromDay: 100 };
 * const plan = { owedFen: 100_000, feeBps: 300, aprBps: 2_100, monthsRun: 4 };
 * assert.equal(lawfulEarlyFeeFen(plan, 99, cap), 3_000);
 * assert.equal(lawfulEarlyFeeFen(plan, 100, cap), 1_000); // 3 % a year over four months
 * ```
 */
export function lawfulEarlyFeeFen(
  { owedFen, feeBps, aprBps, monthsRun }: { owedFen: Fen; feeBps: Bps; aprBps: Bps; monthsRun: number },
  day: Day,
  { allInCostCapBps, fromDay }: CostCap,
): Fen {
  const feeFen = bpsOf(owedFen, feeBps);
  if (day < fromDay) return feeFen;
  const roomBps = Math.max(0, allInCostCapBps - aprBps);
  return Math.min(feeFen, Math.floor(owedFen * roomBps * monthsRun / 120_000));
}

/**
 * The interest that a plan would still have charged after this month's.
 *
 * Shapes and units: whole fen; `monthsLeft` this month's payment included. Zero in the last month.
 *
 * @example
 * ```ts
 * import { interestAheadFen } from "#/model/credit/early.ts";
 * import assert from "node:assert/strict";
 * assert.equal(interestAheadFen(100_000, { paymentFen: 51_000, aprBps: 1_200, monthsLeft: 2 }), 500);
 * assert.equal(interestAheadFen(100_000, { paymentFen: 101_000, aprBps: 1_200, monthsLeft: 1 }), 0);
 * ```
 */
export function interestAheadFen(
  owedFen: Fen,
  { paymentFen, aprBps, monthsLeft }: { paymentFen: Fen; aprBps: Bps; monthsLeft: number },
): Fen {
  let leftFen = owedFen, aheadFen = 0;
  for (let months = monthsLeft; months > 1; months--) {
    leftFen -= principalPartFen(leftFen, { paymentFen, aprBps, monthsLeft: months });
    aheadFen += monthInterestFen(leftFen, aprBps);
  }
  return aheadFen;
}
