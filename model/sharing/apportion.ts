// Dividing a loss among parties so that they bear all of it, and a larger loss is never less for anybody.

import type { Fen } from "#/model/units/units.ts";

/**
 * Divides an amount by weights in whole fen, so that one fen more never takes a fen from anybody.
 *
 * `split` gives spare fen to the largest fractions; among three or more parties that can cost one of them a fen when the
 * amount grows (the Alabama paradox). Here every fen goes, in turn, to whoever is then owed it most by weight, so the
 * parts of a larger amount contain the parts of a smaller one. Between two parties both give the same.
 *
 * Shapes and units: `amountFen` whole fen, zero or more; `weights` whole numbers, none negative, not all zero.
 * Errors: `RangeError` naming the amount or the weight that does not fit.
 * Source: Webster's (Sainte-Laguë's) divisor method: the k-th fen of a party ranks by (2k − 1) / weight, ties to the
 * earliest; M. Balinski, H. P. Young, "Fair Representation", 2nd ed. 2001: divisor methods alone are free of paradoxes.
 *
 * @example
 * ```ts
 * import { apportion } from "#/model/sharing/apportion.ts";
 * import { split } from "#/model/units/units.ts";
 * import assert from "node:assert/strict";
 * const weights = [5, 3, 1];
 * assert.deepEqual([split(4, weights), split(5, weights)], [[2, 1, 1], [3, 2, 0]]); // the third bears less of more
 * assert.deepEqual([apportion(4, weights), apportion(5, weights)], [[3, 1, 0], [3, 2, 0]]);
 * ```
 */
export function apportion(amountFen: Fen, weights: readonly number[]): Fen[] {
  if (!Number.isSafeInteger(amountFen) || amountFen < 0) {
    throw new RangeError(`Cannot share ${amountFen} fen: the amount must be a whole number, zero or more`);
  }
  const at = weights.findIndex((weight) => !Number.isSafeInteger(weight) || weight < 0);
  if (at >= 0) {
    throw new RangeError(
      `Cannot share by weight ${weights[at]} at place ${at}: weights must be whole and not negative`,
    );
  }
  const exact = weights.map(BigInt), sum = exact.reduce((total, weight) => total + weight, 0n);
  if (sum === 0n) {
    throw new RangeError(
      `Cannot share ${amountFen} fen as the weights sum to 0: at least one must be positive`,
    );
  }
  // Every fen that ranks at or before (2 · amount − parties) / sum comes first; they never exceed the amount, and at
  // most one fen a party is left to hand out in turn.
  const doubled = 2n * BigInt(amountFen) - BigInt(weights.length);
  const parts = exact.map((weight) => doubled > 0n ? (weight * doubled + sum) / (2n * sum) : 0n);
  for (let spare = BigInt(amountFen) - parts.reduce((total, part) => total + part, 0n); spare > 0n; spare--) {
    parts[nextInTurn(parts, exact)] += 1n;
  }
  return parts.map(Number);
}

function nextInTurn(parts: readonly bigint[], weights: readonly bigint[]): number {
  let next = weights.findIndex((weight) => weight > 0n);
  for (let i = next + 1; i < parts.length; i++) {
    if ((2n * parts[i] + 1n) * weights[next] < (2n * parts[next] + 1n) * weights[i]) next = i;
  }
  return next;
}
