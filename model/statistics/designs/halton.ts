// Halton's sequence: one prime base a dimension, the digits of the row's number mirrored at the point.

import { philox } from "#/model/statistics/philox.ts";
import { wholeWithin } from "./refuse.ts";

/** Most dimensions that are served; beyond some thirty its points line up, and Sobol's are better. */
export const haltonDimensionsMax = 64;

/** The first primes. */
function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}

/** A random permutation of as many digits; drawn from counters alone. */
function shuffledDigits(
  base: number,
  { dim, seed }: { dim: number; seed: readonly [number, number] },
): Uint16Array {
  const digits = Uint16Array.from({ length: base }, (_, digit) => digit), block = new Uint32Array(4);
  for (let i = base - 1; i > 0; i--) {
    philox(i, dim, 0, 0x4a170, seed[0], seed[1], block);
    const j = block[0] % (i + 1);
    [digits[i], digits[j]] = [digits[j], digits[i]];
  }
  return digits;
}

/**
 * The radical inverse: the digits of a whole number in a base, mirrored at the point.
 *
 * Shapes: `index` from 0 on, `base` from 2 on, both whole; a number in [0, 1). Errors: none.
 *
 * @example
 * ```ts
 * import { radicalInverse } from "#/model/statistics/designs/halton.ts";
 * import assert from "node:assert/strict";
 * assert.equal(radicalInverse(6, 2), 0.375); // 110 → .011
 * ```
 */
export function radicalInverse(index: number, base: number, digits?: ArrayLike<number>): number {
  let scale = 1, sum = 0;
  for (let left = index; left > 0; left = Math.floor(left / base)) {
    const digit = left % base;
    scale /= base;
    sum += (digits ? digits[digit] : digit) * scale;
  }
  return sum;
}

/**
 * The first points of Halton's sequence.
 *
 * Shapes: `rows` · `dims` numbers in [0, 1), row by row, from index 0 on; a longer sequence begins with the shorter one. With a
 * `seed` the digits of each base are permuted, 0 staying 0, and the whole is shifted by a random number modulo 1, so that
 * neighbouring large bases do not run together.
 * Errors: `RangeError` for fewer than 1 or more than 2^31 rows, or more than 64 dimensions.
 * Source: J. H. Halton (1960).
 *
 * @example
 * ```ts
 * import { haltonPoints } from "#/model/statistics/designs/halton.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([...haltonPoints({ rows: 2, dims: 2 })], [0, 0, 1 / 2, 1 / 3]);
 * ```
 */
export function haltonPoints(
  { rows, dims, seed }: { rows: number; dims: number; seed?: readonly [number, number] },
): Float64Array {
  wholeWithin(rows, [1, 2_147_483_648], "rows of a Halton design");
  wholeWithin(dims, [1, haltonDimensionsMax], "dimensions of a Halton design");
  const bases = primes(dims), points = new Float64Array(rows * dims), block = new Uint32Array(4);
  for (let d = 0; d < dims; d++) {
    let digits: Uint16Array | undefined, shift = 0;
    if (seed) {
      const moved = shuffledDigits(bases[d] - 1, { dim: d, seed });
      digits = Uint16Array.from({ length: bases[d] }, (_, digit) => digit === 0 ? 0 : moved[digit - 1] + 1);
      philox(0, d, 1, 0x4a170, seed[0], seed[1], block);
      shift = block[0] / 4_294_967_296;
    }
    for (let row = 0; row < rows; row++) {
      const x = radicalInverse(row, bases[d], digits) + shift;
      points[row * dims + d] = x >= 1 ? x - 1 : x;
    }
  }
  return points;
}
