// The standard normal distribution without the engine's own functions.

import { exp, log } from "#/model/units/elementary.ts";

const a = [
  -3.969683028665376e1,
  2.209460984245205e2,
  -2.759285104469687e2,
  1.38357751867269e2,
  -3.066479806614716e1,
  2.506628277459239,
];
const b = [
  -5.447609879822406e1,
  1.615858368580409e2,
  -1.556989798598866e2,
  6.680131188771972e1,
  -1.328068155288572e1,
];
const c = [
  -7.784894002430293e-3,
  -3.223964580411365e-1,
  -2.400758277161838,
  -2.549732539343734,
  4.374664141464968,
  2.938163982698783,
];
const d = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];

/**
 * The standard normal deviate below which a share `u` of the distribution lies.
 *
 * Shapes and units: 0 < u < 1; relative error below 1.2e-9. Errors: `RangeError` outside that interval.
 * Source: P. J. Acklam's rational approximation.
 *
 * @example
 * ```ts
 * import { normalQuantile } from "#/model/statistics/normal.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(normalQuantile(0.975) - 1.959963985) < 1e-8);
 * ```
 */
export function normalQuantile(u: number): number {
  if (!(u > 0 && u < 1)) throw new RangeError(`Cannot find a normal quantile at ${u}: 0 < u < 1 is needed`);
  if (u < 0.02425) {
    const q = Math.sqrt(-2 * log(u));
    return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
      ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
  }
  if (u > 1 - 0.02425) return -normalQuantile(1 - u);
  const q = u - 0.5, r = q * q;
  return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
    (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

/**
 * The quantile of a lognormal distribution given by its median and the standard deviation of its logarithm.
 *
 * @example
 * ```ts
 * import { lognormalQuantile } from "#/model/statistics/normal.ts";
 * import assert from "node:assert/strict";
 * assert.equal(lognormalQuantile(0.5, { median: 100, sigma: 0.7 }), 100);
 * ```
 */
export function lognormalQuantile(u: number, { median, sigma }: { median: number; sigma: number }): number {
  return median * exp(sigma * normalQuantile(u));
}
