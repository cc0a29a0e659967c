// Folds for cross-validation: each class dealt out evenly, in an order that the seed alone decides.

import { philox } from "#/model/statistics/philox.ts";

/** The second word of the key under which folds are drawn; it parts them from every other use of a seed. */
const foldKey = 0x464f4c44;

/**
 * The fold of each row, 0 upward, with equally many of each class in each fold, but for one.
 *
 * Shapes: `isBad` 0 or 1 a row; a seed is a whole number from 0 below 2^32. The same seed gives the same folds everywhere.
 * Errors: `RangeError` for a number of folds that is not whole or below 2, or a class with fewer rows than folds.
 *
 * @example
 * ```ts
 * import { foldsOf } from "#/model/scoring/study/folds.ts";
 * import assert from "node:assert/strict";
 * const folds = foldsOf([0, 0, 0, 0, 1, 1, 1, 1], { folds: 2, seed: 1 });
 * assert.equal(folds.filter((fold) => fold === 0).length, 4);
 * assert.equal(folds.slice(4).filter((fold) => fold === 0).length, 2);
 * ```
 */
export function foldsOf(
  isBad: ArrayLike<number>,
  { folds, seed }: { folds: number; seed: number },
): Uint8Array {
  if (!(Number.isInteger(folds) && folds >= 2 && folds <= 255)) {
    throw new RangeError(`Cannot make ${folds} folds: allowed is a whole number from 2 to 255`);
  }
  const out = new Uint8Array(isBad.length), words = new Uint32Array(4);
  const luck = Uint32Array.from({ length: isBad.length }, (_, row) => {
    philox(row, 0, 0, 0, seed, foldKey, words);
    return words[0];
  });
  for (const flag of [0, 1]) {
    const rows = Uint32Array.from({ length: isBad.length }, (_, row) => row)
      .filter((row) => isBad[row] === flag)
      .sort((a, b) => luck[a] - luck[b] || a - b);
    if (rows.length < folds) {
      throw new RangeError(
        `Cannot make ${folds} folds of ${rows.length} ${flag === 1 ? "bads" : "goods"}: ` +
          "each fold needs one of each class",
      );
    }
    // Bads are dealt from the other end, so that fold sizes differ by one at most.
    rows.forEach((row, i) => out[row] = flag === 0 ? i % folds : folds - 1 - i % folds);
  }
  return out;
}
