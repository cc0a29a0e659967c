// Amounts of a deal: CNY in the file, whole fen inside, and one rule of rounding.

import { split } from "#/model/units/units.ts";

/** CNY of a file in whole fen. Errors: `RangeError` for more than two decimals. */
export function fenOf(cny: number): number {
  const fen = Math.round(cny * 100);
  if (Math.abs(fen - cny * 100) > 1e-6 * Math.max(1, Math.abs(cny))) {
    throw new RangeError(`${cny} CNY has more than two decimals`);
  }
  return fen;
}

/** Cuts to whole fen; what lies within a millionth of a fen below a whole one is that one. */
export function wholeFen(fen: number): number {
  return Math.floor(fen + 1e-6);
}

/**
 * Pays claims out of an amount in proportion to them, none more than it claims.
 *
 * Shapes: whole fen; parts sum to the smaller of the amount and all claims.
 *
 * @example
 * ```ts
 * import { proRata } from "#/model/funding/deal/money.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(proRata(100, [100, 200]), [33, 67]);
 * assert.deepEqual(proRata(500, [100, 200]), [100, 200]);
 * ```
 */
export function proRata(amountFen: number, claimsFen: readonly number[]): number[] {
  let sum = 0;
  for (const claim of claimsFen) sum += claim;
  if (amountFen >= sum) return [...claimsFen];
  return claimsFen.length === 1 ? [amountFen] : split(amountFen, claimsFen);
}
