// What it is worth to bear a slice of a pool's losses: the yearly spread at which premiums pay for what is expected to be lost.

import { exp } from "#/model/units/elementary.ts";
import { checked } from "#/model/finance/checks.ts";
import { defaultCounts, expectedTrancheLoss, type FactorModel } from "./factor_pool.ts";

/** A pool of equal loans that default at a constant rate a year, and how money is discounted, continuously. */
export interface TranchePool {
  loans: number;
  /** Defaults a year as a share of the loans that live. */
  hazard: number;
  lgd: number;
  rate: number;
  years: number;
  paymentsPerYear?: number;
  model: FactorModel;
}

/**
 * The fair spread of each tranche, a share of what it still guards a year.
 *
 * Premiums are paid in arrears on what is left of the tranche; losses fall in the middle of a period, with the premium accrued by then.
 * Shapes: tranches as [attachment, detachment), shares of the pool. Errors: `RangeError` for figures out of range.
 * Source: J. Hull and A. White (2004).
 *
 * @example
 * ```ts
 * import { trancheSpreads } from "#/model/credit/portfolio/tranche_spread.ts";
 * import assert from "node:assert/strict";
 * const pool = { loans: 100, hazard: 0.01, lgd: 0.6, rate: 0.05, years: 5, model: { correlation: 0.3 } };
 * const [first, second] = trancheSpreads(pool, [[0, 0.03], [0.03, 0.06]]);
 * // Hull and White print 1,487 and 472 basis points.
 * assert.ok(Math.abs(first * 1e4 - 1_487) < 10 && Math.abs(second * 1e4 - 472) < 5);
 * ```
 */
export function trancheSpreads(
  { loans, hazard, lgd, rate, years, paymentsPerYear = 4, model }: TranchePool,
  tranches: readonly (readonly [number, number])[],
): number[] {
  checked("hazard", hazard, { least: 0 });
  checked("rate", rate, { least: -1, most: 10 });
  checked("years", years, { above: 0, most: 100 });
  checked("paymentsPerYear", paymentsPerYear, { least: 1, most: 366, isWhole: true });
  const periods = Math.max(1, Math.round(years * paymentsPerYear)), length = years / periods;
  const lost = tranches.map(() => 0), premiums = tranches.map(() => 0), claims = tranches.map(() => 0);
  for (let period = 1; period <= periods; period++) {
    const end = period * length, atEnd = exp(-rate * end), atMiddle = exp(-rate * (end - length / 2));
    const counts = defaultCounts(1 - exp(-hazard * end), { loans, model });
    for (const [i, [attachment, detachment]] of tranches.entries()) {
      const expected = expectedTrancheLoss(counts, { lgd, attachment, detachment }),
        more = expected - lost[i];
      claims[i] += more * atMiddle;
      premiums[i] += length * ((detachment - attachment - expected) * atEnd + more / 2 * atMiddle);
      lost[i] = expected;
    }
  }
  return claims.map((claim, i) => claim / premiums[i]);
}
