// exp, log and pow with the same bits on every machine: made of + - * / alone, since the engine's own differ between
// processors (fused multiply-add) and between versions.

const ln2Hi = 0.6931471803691238; // the upper bits of ln 2, so that k * ln2Hi is exact for |k| < 2^20
const ln2Lo = 1.9082149292705877e-10;
const powerOf2 = Float64Array.from({ length: 2098 }, (_, i) => {
  let value = 1;
  for (let k = i - 1074; k > 0; k--) value *= 2;
  for (let k = i - 1074; k < 0; k++) value /= 2;
  return value;
});
const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);
const little = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
const high = little ? 1 : 0;

/**
 * e to the power x, within two units in the last place, with the same bits everywhere.
 *
 * Errors: none; overflows to Infinity, underflows to 0, NaN stays NaN.
 * Source: reduction by ln 2 in two parts, then the Taylor polynomial of degree 13 on |r| <= ln 2 / 2.
 *
 * @example
 * ```ts
 * import { exp } from "#/model/units/elementary.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(exp(1) - Math.E) < 1e-15);
 * ```
 */
export function exp(x: number): number {
  if (x !== x) return x;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.2) return 0;
  const k = Math.floor(x * 1.4426950408889634 + 0.5);
  const r = (x - k * ln2Hi) - k * ln2Lo;
  let p = 1 / 6227020800;
  p = p * r + 1 / 479001600;
  p = p * r + 1 / 39916800;
  p = p * r + 1 / 3628800;
  p = p * r + 1 / 362880;
  p = p * r + 1 / 40320;
  p = p * r + 1 / 5040;
  p = p * r + 1 / 720;
  p = p * r + 1 / 120;
  p = p * r + 1 / 24;
  p = p * r + 1 / 6;
  p = p * r + 0.5;
  p = p * r * r + r + 1;
  if (k === 1024) return p * 2 * powerOf2[1074 + 1023];
  if (k < -1021) return p * powerOf2[k + 200 + 1074] * powerOf2[1074 - 200];
  return p * powerOf2[k + 1074];
}

/**
 * The natural logarithm, within two units in the last place, with the same bits everywhere.
 *
 * Errors: none; `log(0)` is -Infinity, a negative number gives NaN.
 * Source: x = m 2^e with m in [sqrt 1/2, sqrt 2), ln m = 2 artanh((m - 1) / (m + 1)) by its odd series.
 *
 * @example
 * ```ts
 * import { log } from "#/model/units/elementary.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(log(10) - 2.302585092994046) < 1e-15);
 * ```
 */
export function log(x: number): number {
  if (x !== x || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  let e = 0;
  if (x < 2.2250738585072014e-308) {
    x *= 18014398509481984;
    e = -54;
  }
  bits[0] = x;
  const top = words[high];
  e += (top >>> 20) - 1023;
  words[high] = (top & 0xfffff) | 0x3ff00000;
  let m = bits[0];
  if (m > 1.4142135623730951) {
    m *= 0.5;
    e += 1;
  }
  const f = m - 1, s = f / (2 + f), z = s * s;
  let p = 1 / 25;
  p = p * z + 1 / 23;
  p = p * z + 1 / 21;
  p = p * z + 1 / 19;
  p = p * z + 1 / 17;
  p = p * z + 1 / 15;
  p = p * z + 1 / 13;
  p = p * z + 1 / 11;
  p = p * z + 1 / 9;
  p = p * z + 1 / 7;
  p = p * z + 1 / 5;
  p = p * z + 1 / 3;
  return e * ln2Hi + (2 * s + (2 * s * z * p + e * ln2Lo));
}

/**
 * x to the power y, with the same bits everywhere: whole exponents by squaring, others through `exp` and `log`.
 *
 * Errors: none; a negative base with a broken exponent gives NaN.
 *
 * @example
 * ```ts
 * import { pow } from "#/model/units/elementary.ts";
 * import assert from "node:assert/strict";
 * assert.equal(pow(2, 10), 1024);
 * assert.ok(Math.abs(pow(1.01, 12) - 1.1268250301319698) < 1e-15);
 * ```
 */
export function pow(x: number, y: number): number {
  if (y === Math.floor(y) && y <= 4096 && y >= -4096) {
    let result = 1, base = x;
    for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) result *= base;
      base *= base;
    }
    return y < 0 ? 1 / result : result;
  }
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * log(x));
}
