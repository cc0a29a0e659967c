// Instalment plans: equal payments, interest on what is still owed, exact to the fen.

import { pow } from "#/model/units/elementary.ts";
import { type Bps, type Fen, mulDiv } from "#/model/units/units.ts";

/** Tenors that can be chosen, in months. */
export const tenorsMonths = [3, 6, 12, 24] as const;

/**
 * The level payment that repays a principal, not rounded.
 *
 * Shapes and units: any money unit; `ratePerPeriod` as a fraction; `periods` 1 or more. Errors: `RangeError` for fewer.
 * Source: the annuity formula, payments at the end of each period.
 *
 * @example
 * ```ts
 * import { annuityPayment } from "#/model/credit/instalment.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(annuityPayment(1_000, 0.01, 12) - 88.8487886783417) < 1e-9);
 * ```
 */
export function annuityPayment(principal: number, ratePerPeriod: number, periods: number): number {
  if (!(periods >= 1)) {
    throw new RangeError(`Cannot repay in ${periods} periods: at least 1 is needed`);
  }
  if (ratePerPeriod === 0) return principal / periods;
  return principal * ratePerPeriod / (1 - pow(1 + ratePerPeriod, -periods));
}

/** The level payment of a plan in whole fen; `aprBps` a year, twelve periods. */
export function instalmentFen(principalFen: Fen, aprBps: Bps, months: number): Fen {
  return Math.round(annuityPayment(principalFen, aprBps / 120_000, months));
}

/** Interest of one month on what is still owed, rounded to the fen. */
export function monthInterestFen(owedFen: Fen, aprBps: Bps): Fen {
  return mulDiv(owedFen, aprBps, 120_000);
}

/**
 * The part of the next payment that repays principal; the last payment repays whatever is left.
 *
 * Shapes and units: whole fen; `monthsLeft` this payment included. Result between 0 and `owedFen`.
 *
 * @example
 * ```ts
 * import { instalmentFen, principalPartFen } from "#/model/credit/instalment.ts";
 * import assert from "node:assert/strict";
 * const paymentFen = instalmentFen(100_000, 1_635, 3);
 * let owedFen = 100_000;
 * for (let monthsLeft = 3; monthsLeft > 0; monthsLeft--) {
 *   owedFen -= principalPartFen(owedFen, { paymentFen, aprBps: 1_635, monthsLeft });
 * }
 * assert.equal(owedFen, 0);
 * ```
 */
export function principalPartFen(
  owedFen: Fen,
  { paymentFen, aprBps, monthsLeft }: { paymentFen: Fen; aprBps: Bps; monthsLeft: number },
): Fen {
  if (monthsLeft <= 1) return owedFen;
  return Math.max(0, Math.min(owedFen, paymentFen - monthInterestFen(owedFen, aprBps)));
}
