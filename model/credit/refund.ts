// Refunds: what the shop, its acquirer and the bridge give back of a purchase, and where it goes: off the debt, then to the person.

import { type Bps, bpsOf, type Fen, mulDiv } from "#/model/units/units.ts";

/**
 * What the shop gives back of a refund: its part of the price; the rest is the discount, which its acquirer gives back.
 *
 * Shapes and units: whole fen; `refundFen` at most `amountFen`, the price; `discountBps` of the price. Back and forth of a
 * whole purchase sum to zero to the fen. Errors: `RangeError` for more than the price.
 * Source: wallets return the merchant's fee with the purchase.
 *
 * @example
 * ```ts
 * import { shopPartFen } from "#/model/credit/refund.ts";
 * import assert from "node:assert/strict";
 * assert.equal(shopPartFen(10_000, { amountFen: 10_000, discountBps: 60 }), 9_940);
 * assert.equal(shopPartFen(5_000, { amountFen: 10_000, discountBps: 60 }), 4_970);
 * ```
 */
export function shopPartFen(
  refundFen: Fen,
  { amountFen, discountBps }: { amountFen: Fen; discountBps: Bps },
): Fen {
  if (refundFen > amountFen) {
    throw new RangeError(`Cannot give back ${refundFen} fen of a purchase of ${amountFen} fen`);
  }
  return mulDiv(amountFen - bpsOf(amountFen, discountBps), refundFen, amountFen);
}

/**
 * The part of a fee on a purchase that a refund brings back.
 *
 * Shapes and units: whole fen; `feeFen` what was paid for the whole purchase, `returnedBps` how much of it is given back,
 * 0 to 10,000. Source: a term of the contract with whoever took the fee.
 *
 * @example
 * ```ts
 * import { feeBackFen } from "#/model/credit/refund.ts";
 * import assert from "node:assert/strict";
 * assert.equal(feeBackFen(40, { refundFen: 5_000, amountFen: 10_000, returnedBps: 10_000 }), 20);
 * assert.equal(feeBackFen(40, { refundFen: 5_000, amountFen: 10_000, returnedBps: 0 }), 0);
 * ```
 */
export function feeBackFen(
  feeFen: Fen,
  { refundFen, amountFen, returnedBps }: { refundFen: Fen; amountFen: Fen; returnedBps: Bps },
): Fen {
  return bpsOf(mulDiv(feeFen, refundFen, amountFen), returnedBps);
}

/**
 * The part of what leaves a debt that belongs to purchases across platforms: that of the returned purchase itself, as far
 * as it is still owed.
 *
 * Shapes and units: whole fen; `offFen` leaves the debt of `owedFen`, of which `bridgedFen` was lent across platforms.
 * What is left of each part is not negative. Errors: none.
 *
 * @example
 * ```ts
 * import { bridgedPartFen } from "#/model/credit/refund.ts";
 * import assert from "node:assert/strict";
 * const debt = { owedFen: 100, bridgedFen: 30 };
 * assert.equal(bridgedPartFen(40, { ...debt, isBridged: true }), 30);
 * assert.equal(bridgedPartFen(80, { ...debt, isBridged: false }), 10);
 * ```
 */
export function bridgedPartFen(
  offFen: Fen,
  { owedFen, bridgedFen, isBridged }: { owedFen: Fen; bridgedFen: Fen; isBridged: boolean },
): Fen {
  return isBridged ? Math.min(offFen, bridgedFen) : Math.max(0, offFen - (owedFen - bridgedFen));
}
