// The formulas fitted to what agents lost: the same expected loss, the same loss given default, the same spread beyond chance.

import { creditRiskPlus, type LossDistribution } from "./credit_risk_plus.ts";
import { conditionalDefaultRate } from "./asrf.ts";
import { preciseNormalQuantile } from "#/model/statistics/distributions.ts";
import { thousands } from "#/model/units/thousands.ts";

/** Yearly losses as parts of the exposure, and what they are losses of. */
export interface LossSample {
  /** One entry a simulated year. */
  losses: readonly number[];
  lgd: number;
  /** Borrowers that would spread chance as these do: 1 ÷ Σ (part of the exposure)². */
  borrowers: number;
}

/** What a sample says to the formulas. */
export interface FittedPool {
  pd: number;
  lgd: number;
  borrowers: number;
  /** Standard deviation of the yearly loss, and the part of it that independent defaults explain. */
  lossStd: number;
  chanceStd: number;
  /** Standard deviation of the rate of default that is left, and the asset correlation that gives it. */
  rateStd: number;
  correlation: number;
}

/** Points of the normal quadrature, by equal probability. */
const points = 2_000;
const factors = Float64Array.from({ length: points }, (_, i) => preciseNormalQuantile((i + 0.5) / points));

/**
 * The standard deviation of the rate of default under one normal factor.
 *
 * Source: quadrature of the conditional rate over 2,000 points of equal probability.
 */
export function rateDeviation(pd: number, correlation: number): number {
  let sum = 0, squares = 0;
  for (const factor of factors) {
    const rate = conditionalDefaultRate({ pd, correlation }, factor);
    sum += rate;
    squares += rate * rate;
  }
  return Math.sqrt(Math.max(0, squares / points - (sum / points) * (sum / points)));
}

/**
 * The asset correlation under which a rate of default has a standard deviation; 0 for none, at most 0.99.
 *
 * @example
 * ```ts
 * import { correlationOf, rateDeviation } from "#/model/credit/portfolio/fit.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(correlationOf(0.03, rateDeviation(0.03, 0.12)) - 0.12) < 1e-6);
 * assert.equal(correlationOf(0.03, 0), 0);
 * ```
 */
export function correlationOf(pd: number, rateStd: number): number {
  if (!(rateStd > 0) || pd <= 0 || pd >= 1) return 0;
  let low = 0, high = 0.99;
  if (rateDeviation(pd, high) <= rateStd) return high;
  for (let k = 0; k < 50; k++) {
    const middle = (low + high) / 2;
    if (rateDeviation(pd, middle) < rateStd) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Fits a pool to a sample of yearly losses.
 *
 * Shapes: two years or more; losses in parts of the exposure. The part of the variance that independent defaults of so many
 * borrowers give is taken off; what is left is the factor's.
 * Errors: `RangeError` for fewer than two losses, a mean that is not above 0, or a loss given default outside 0 to 1.
 */
export function fitPool({ losses, lgd, borrowers }: LossSample): FittedPool {
  const n = losses.length;
  if (n < 2) throw new RangeError(`Cannot fit a pool to ${n} years; 2 or more are needed`);
  const mean = losses.reduce((sum, x) => sum + x, 0) / n;
  if (!(mean > 0 && lgd > 0 && lgd <= 1 && mean <= lgd && borrowers >= 1)) {
    throw new RangeError(
      `Cannot fit a pool: mean loss ${mean}, lgd ${lgd}, ${
        thousands(borrowers, 1)
      } borrowers; needed is a mean above 0 and up to lgd`,
    );
  }
  const variance = losses.reduce((sum, x) => sum + (x - mean) * (x - mean), 0) / (n - 1);
  const pd = Math.min(0.999, mean / lgd);
  const chance = lgd * lgd * pd * (1 - pd) / borrowers;
  const rateStd = Math.sqrt(Math.max(0, variance - chance)) / lgd;
  return {
    pd,
    lgd,
    borrowers,
    lossStd: Math.sqrt(variance),
    chanceStd: Math.sqrt(chance),
    rateStd,
    correlation: correlationOf(pd, rateStd),
  };
}

/** CreditRisk+ of a fitted pool: one sector of equal borrowers; losses in parts of the exposure. */
export function fittedCreditRiskPlus({ pd, lgd, borrowers, rateStd }: FittedPool): LossDistribution {
  const count = Math.max(1, Math.round(borrowers)), each = lgd / count;
  return creditRiskPlus({
    sectors: [{ bands: [{ count, exposure: each, pd }], relativeStd: rateStd / pd }],
    combine: "independent",
    unit: each,
  });
}
