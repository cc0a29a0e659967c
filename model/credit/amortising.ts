// Amortising debt of any shape: the principal flows and the coupons that a path of notionals implies, up as well as down.

import { pow } from "#/model/units/elementary.ts";

/**
 * What is repaid at the end of each period; negative where more is drawn.
 *
 * Shapes and units: `notionals` what is owed during each period, any money unit; the last one is repaid at its end. The
 * flows sum to the first notional. Errors: none. Source: as QuantLib's amortising bonds count principal.
 *
 * @example
 * ```ts
 * import { principalFlows } from "#/model/credit/amortising.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(principalFlows([100, 101, 60]), [-1, 41, 60]);
 * ```
 */
export function principalFlows(notionals: readonly number[]): number[] {
  return notionals.map((notional, k) => notional - (notionals[k + 1] ?? 0));
}

/**
 * Interest of a period at an effective yearly rate, compounded by the part of a year.
 *
 * Shapes and units: any money unit; `rate` a fraction; `years` of the period by the bond's day count, such as business days
 * over 252. Errors: none.
 *
 * @example
 * ```ts
 * import { compoundedInterest } from "#/model/credit/amortising.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(compoundedInterest(1_000, { rate: 0.0675, years: 23 / 252 }) - 5.97950399) < 1e-6);
 * ```
 */
export function compoundedInterest(
  notional: number,
  { rate, years }: { rate: number; years: number },
): number {
  return notional * (pow(1 + rate, years) - 1);
}
