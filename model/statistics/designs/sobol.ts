// Sobol's sequence: points that fill the unit cube evenly, in Gray-code order, plain or scrambled.

import { philox } from "#/model/statistics/philox.ts";
import { joeKuo, sobolDimensionsMax } from "./joe_kuo.ts";
import { wholeWithin } from "./refuse.ts";

const bits = 32;

/** Direction numbers: bit b of dimension d at d · 32 + b, leading bit first. */
function directions(dims: number): Uint32Array {
  const v = new Uint32Array(dims * bits);
  for (let b = 0; b < bits; b++) v[b] = 1 << bits - 1 - b;
  for (let d = 1; d < dims; d++) {
    const { polynomial, first } = joeKuo[d - 1], degree = first.length, at = d * bits;
    for (let b = 0; b < degree; b++) v[at + b] = first[b] << bits - 1 - b;
    for (let b = degree; b < bits; b++) {
      let word = v[at + b - degree] ^ v[at + b - degree] >>> degree;
      for (let k = 1; k < degree; k++) {
        if (polynomial >>> degree - k & 1) word ^= v[at + b - k];
      }
      v[at + b] = word;
    }
  }
  return v;
}

/** Bits in the opposite order. */
function reversed(word: number): number {
  let x = word;
  x = x >>> 1 & 0x55555555 | (x & 0x55555555) << 1;
  x = x >>> 2 & 0x33333333 | (x & 0x33333333) << 2;
  x = x >>> 4 & 0x0f0f0f0f | (x & 0x0f0f0f0f) << 4;
  x = x >>> 8 & 0x00ff00ff | (x & 0x00ff00ff) << 8;
  return x >>> 16 | x << 16;
}

/** Nested scrambling of a word: each bit is flipped or not by all bits before it. */
function scrambled(word: number, key0: number, key1: number): number {
  let x = reversed(word);
  x = x + key0 | 0;
  x ^= Math.imul(x, 0x6c50b47c);
  x ^= Math.imul(x, 0xb82f1e52);
  x = x + key1 | 0;
  x ^= Math.imul(x, 0xc7afe638);
  x ^= Math.imul(x, 0x8d22f6e6);
  return reversed(x);
}

/**
 * The first points of Sobol's sequence.
 *
 * Shapes: `rows` · `dims` numbers in [0, 1), row by row. The first rows of a longer sequence are the shorter one, scrambled or
 * not. Without a `seed` the points are the plain sequence and the first one is 0; with it every bit is flipped or not by the
 * bits before it (nested scrambling), which keeps the evenness and moves each point to a random place.
 * Errors: `RangeError` for fewer than 1 or more than 2^31 rows, or more than 64 dimensions.
 * Source: I. M. Sobol' (1967); Gray code by Antonov and Saleev (1979); direction numbers of Joe and Kuo (2008); scrambling by
 * A. Owen (1995) with a hash in the manner of Laine and Karras (2011), constants by N. Vegdahl (2021).
 *
 * @example
 * ```ts
 * import { sobolPoints } from "#/model/statistics/designs/sobol.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([...sobolPoints({ rows: 3, dims: 2 })], [0, 0, 0.5, 0.5, 0.75, 0.25]);
 * ```
 */
export function sobolPoints(
  { rows, dims, seed }: { rows: number; dims: number; seed?: readonly [number, number] },
): Float64Array {
  wholeWithin(rows, [1, 2_147_483_648], "rows of a Sobol' design");
  wholeWithin(dims, [1, sobolDimensionsMax], "dimensions of a Sobol' design");
  const v = directions(dims), points = new Float64Array(rows * dims);
  const word = new Uint32Array(dims), keys = new Uint32Array(dims * 2);
  if (seed) {
    const block = new Uint32Array(4);
    for (let d = 0; d < dims; d++) {
      philox(d, 0, 0, 0x50b01, seed[0], seed[1], block);
      keys[2 * d] = block[0];
      keys[2 * d + 1] = block[1];
    }
  }
  for (let row = 0; row < rows; row++) {
    if (row > 0) {
      // The lowest bit that is 0 in the number of the row before: the one that Gray code changes.
      const changed = 31 - Math.clz32(row & -row);
      for (let d = 0; d < dims; d++) word[d] ^= v[d * bits + changed];
    }
    const at = row * dims;
    for (let d = 0; d < dims; d++) {
      const x = seed ? scrambled(word[d], keys[2 * d], keys[2 * d + 1]) >>> 0 : word[d];
      points[at + d] = x / 4_294_967_296;
    }
  }
  return points;
}
