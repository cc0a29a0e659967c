// Philox4x32-10: four random words from a counter and a key, without state or order.

const multiplier0 = 0xd2511f53, multiplier1 = 0xcd9e8d57;
const weyl0 = 0x9e3779b9, weyl1 = 0xbb67ae85;
const m0Low = multiplier0 & 0xffff, m0High = multiplier0 >>> 16;
const m1Low = multiplier1 & 0xffff, m1High = multiplier1 >>> 16;

/**
 * Writes the block of four 32-bit words that belongs to a counter and a key.
 *
 * Shapes: counters and keys are 32-bit integers (any sign, taken modulo 2^32); `out` holds at least four words.
 * Errors: none.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; ten rounds.
 *
 * @example
 * ```ts
 * import { philox } from "#/model/statistics/philox.ts";
 * import assert from "node:assert/strict";
 * const out = new Uint32Array(4);
 * philox(0, 0, 0, 0, 0, 0, out);
 * assert.equal(out[0], 0x6627e8d5);
 * ```
 */
export function philox(
  c0: number,
  c1: number,
  c2: number,
  c3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  let k0 = key0 | 0, k1 = key1 | 0;
  for (let round = 0; round < 10; round++) {
    // The upper 32 bits of a product of two 32-bit numbers, by 16-bit halves.
    const a0 = c0 & 0xffff, b0 = c0 >>> 16;
    const low0 = Math.imul(a0, m0Low);
    const mid0 = (Math.imul(b0, m0Low) + (low0 >>> 16)) >>> 0;
    const cross0 = (Math.imul(a0, m0High) + (mid0 & 0xffff)) >>> 0;
    const high0 = (Math.imul(b0, m0High) + (mid0 >>> 16) + (cross0 >>> 16)) | 0;
    const a1 = c2 & 0xffff, b1 = c2 >>> 16;
    const low1 = Math.imul(a1, m1Low);
    const mid1 = (Math.imul(b1, m1Low) + (low1 >>> 16)) >>> 0;
    const cross1 = (Math.imul(a1, m1High) + (mid1 & 0xffff)) >>> 0;
    const high1 = (Math.imul(b1, m1High) + (mid1 >>> 16) + (cross1 >>> 16)) | 0;
    const product0 = Math.imul(c0, multiplier0), product1 = Math.imul(c2, multiplier1);
    c0 = high1 ^ c1 ^ k0;
    c1 = product1;
    c2 = high0 ^ c3 ^ k1;
    c3 = product0;
    k0 = (k0 + weyl0) | 0;
    k1 = (k1 + weyl1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** Turns a 32-bit word into a number strictly between 0 and 1; antithetic words give 1 - u. */
export function unit(word: number): number {
  return ((word >>> 0) + 0.5) * 2.3283064365386963e-10;
}
