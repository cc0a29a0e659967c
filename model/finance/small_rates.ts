// Compounding that keeps its digits where rates are small: 1 + r and e to the x less one lose them.

import { exp, log } from "#/model/units/elementary.ts";

/**
 * The logarithm of 1 + r. Errors: none; NaN below -1.
 *
 * @example
 * ```ts
 * import { logOnePlus } from "#/model/finance/small_rates.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(logOnePlus(1e-10) / 1e-10 - (1 - 5e-11)) < 1e-15);
 * ```
 */
export function logOnePlus(r: number): number {
  const grown = 1 + r, kept = grown - 1;
  // What rounding left of r has this logarithm; the quotient brings back what it took (Goldberg 1991).
  return kept === 0 ? r : log(grown) * (r / kept);
}

/**
 * e to the power x, less one. Errors: none.
 *
 * @example
 * ```ts
 * import { expLessOne } from "#/model/finance/small_rates.ts";
 * import assert from "node:assert/strict";
 * assert.equal(expLessOne(1e-20), 1e-20);
 * ```
 */
export function expLessOne(x: number): number {
  if (Math.abs(x) > 0.35) return exp(x) - 1;
  let term = x, sum = x;
  for (let k = 2; Math.abs(term) > Math.abs(sum) * 1e-18 && k < 40; k++) sum += term *= x / k;
  return sum;
}
