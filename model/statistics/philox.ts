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

/**
 * Writes two blocks whose counters differ in the first word only, side by side: the processor works on both at once, which
 * takes three quarters of the time of one after the other.
 *
 * Shapes: as for {@link philox}; `out` holds at least eight words, the second block from place 4.
 *
 * @example
 * ```ts
 * import { philox, philoxPair } from "#/model/statistics/philox.ts";
 * import assert from "node:assert/strict";
 * const both = new Uint32Array(8), one = new Uint32Array(4);
 * philoxPair(4, 5, 17, 3, 1, 99, 7, both);
 * philox(5, 17, 3, 1, 99, 7, one);
 * assert.deepEqual(both.slice(4), one);
 * ```
 */
export function philoxPair(
  first: number,
  second: number,
  c1: number,
  c2: number,
  c3: number,
  key0: number,
  key1: number,
  out: Uint32Array,
): void {
  let k0 = key0 | 0, k1 = key1 | 0;
  let a0 = first | 0, a1 = c1 | 0, a2 = c2 | 0, a3 = c3 | 0;
  let b0 = second | 0, b1 = a1, b2 = a2, b3 = a3;
  for (let round = 0; round < 10; round++) {
    const aHigh0 = high(a0, m0Low, m0High), bHigh0 = high(b0, m0Low, m0High);
    const aHigh1 = high(a2, m1Low, m1High), bHigh1 = high(b2, m1Low, m1High);
    const aLow0 = Math.imul(a0, multiplier0), bLow0 = Math.imul(b0, multiplier0);
    const aLow1 = Math.imul(a2, multiplier1), bLow1 = Math.imul(b2, multiplier1);
    a0 = aHigh1 ^ a1 ^ k0;
    a1 = aLow1;
    a2 = aHigh0 ^ a3 ^ k1;
    a3 = aLow0;
    b0 = bHigh1 ^ b1 ^ k0;
    b1 = bLow1;
    b2 = bHigh0 ^ b3 ^ k1;
    b3 = bLow0;
    k0 = (k0 + weyl0) | 0;
    k1 = (k1 + weyl1) | 0;
  }
  out[0] = a0;
  out[1] = a1;
  out[2] = a2;
  out[3] = a3;
  out[4] = b0;
  out[5] = b1;
  out[6] = b2;
  out[7] = b3;
}

/** The upper 32 bits of the product of a 32-bit word and a multiplier given by its halves. */
function high(word: number, low: number, top: number): number {
  const a = word & 0xffff, b = word >>> 16;
  const carry = Math.imul(a, low) >>> 16;
  const middle = (Math.imul(b, low) + carry) >>> 0;
  const cross = (Math.imul(a, top) + (middle & 0xffff)) >>> 0;
  return (Math.imul(b, top) + (middle >>> 16) + (cross >>> 16)) | 0;
}

/** Turns a 32-bit word into a number strictly between 0 and 1; antithetic words give 1 - u. */
export function unit(word: number): number {
  return ((word >>> 0) + 0.5) * 2.3283064365386963e-10;
}
