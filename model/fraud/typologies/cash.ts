// What cash-out costs: the merchant's fee, and what becomes of a debt whose cash is gone.

import { type Bps, bpsOf, type Fen, mulDiv } from "#/model/units/units.ts";

/**
 * The cash that a complicit merchant hands back for a purchase of nothing.
 *
 * Shapes and units: whole fen; the fee in bps of the purchase, rounded to the fen. Errors: none.
 * Source: 7 to 10 % in the first case that went to court over Huabei (Jiangbei District, Chongqing, 2017).
 *
 * @example
 * ```ts
 * import { cashInHandFen } from "#/model/fraud/typologies/cash.ts";
 * import assert from "node:assert/strict";
 * assert.equal(cashInHandFen(100_000, 800), 92_000);
 * ```
 */
export function cashInHandFen(purchaseFen: Fen, feeBps: Bps): Fen {
  return purchaseFen - bpsOf(purchaseFen, feeBps);
}

/**
 * The smallest purchase of nothing that leaves the needed cash in hand.
 *
 * Shapes and units: whole fen; the fee below 10,000 bps. Errors: `RangeError` for a fee that leaves nothing.
 *
 * @example
 * ```ts
 * import { cashInHandFen, purchaseForCashFen } from "#/model/fraud/typologies/cash.ts";
 * import assert from "node:assert/strict";
 * assert.equal(purchaseForCashFen(92_000, 800), 100_000);
 * assert.equal(cashInHandFen(purchaseForCashFen(33_333, 800), 800), 33_333);
 * ```
 */
export function purchaseForCashFen(needFen: Fen, feeBps: Bps): Fen {
  if (!(feeBps >= 0 && feeBps < 10_000)) {
    throw new RangeError(
      `Cannot cash out at a fee of ${feeBps} bps: 0 to 9,999 bps leave some cash in hand`,
    );
  }
  // Rounding never leaves this one short, but where the fee is high, smaller ones may round to the same cash.
  let purchaseFen = mulDiv(needFen, 10_000, 10_000 - feeBps);
  while (purchaseFen > 0 && cashInHandFen(purchaseFen - 1, feeBps) >= needFen) purchaseFen--;
  return purchaseFen;
}

/**
 * The probability of missing a due day for somebody who has cashed out: the cash is gone, and no goods were had for it.
 *
 * Shapes and units: probabilities 0 to 1; the factor in bps, 10,000 changes nothing. Errors: none. Source: assumption.
 *
 * @example
 * ```ts
 * import { missAfterCashOut } from "#/model/fraud/typologies/cash.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(missAfterCashOut(0.2, 15_000) - 0.3) < 1e-15);
 * assert.equal(missAfterCashOut(0.8, 15_000), 1);
 * ```
 */
export function missAfterCashOut(missProbability: number, missFactorBps: Bps): number {
  return Math.min(1, missProbability * (missFactorBps / 10_000));
}
