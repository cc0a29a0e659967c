// The rate that a plan's payments give back: what its lender earns a year when everything is paid.

import type { Bps, Fen } from "#/model/units/units.ts";

/**
 * The yearly rate, in basis points and not rounded, at which equally spaced payments are worth what was lent.
 *
 * Shapes and units: `lentFen` above zero; `payments` a month apart, the first a month after lending, none negative; twelve
 * periods, not compounded. Answers "none" where payments sum to less than was lent: no rate from zero up is right. With
 * payments that are not negative there is one root and no other. Errors: `RangeError` for a principal that is not positive.
 * Source: internal rate of return; halving, since worth falls with the rate.
 *
 * @example
 * ```ts
 * import { planRateBps } from "#/model/credit/plan_rate.ts";
 * import assert from "node:assert/strict";
 * const rate = planRateBps(100_000, [34_002, 34_002, 34_003]);
 * assert.ok(rate !== "none" && Math.abs(rate - 1_200) < 1);
 * assert.equal(planRateBps(100_000, [50_000, 49_999]), "none");
 * ```
 */
export function planRateBps(lentFen: Fen, payments: readonly Fen[]): Bps | "none" {
  if (!(lentFen > 0)) {
    throw new RangeError(`Cannot give the rate of ${lentFen} fen lent: it must be positive`);
  }
  const worth = (rate: number) => payments.reduceRight((later, paid) => (later + paid) / (1 + rate), 0);
  if (worth(0) < lentFen) return "none";
  let low = 0, high = 1;
  while (worth(high) > lentFen) high *= 2;
  for (let step = 0; step < 60; step++) {
    const rate = (low + high) / 2;
    if (worth(rate) > lentFen) low = rate;
    else high = rate;
  }
  return low * 120_000;
}
