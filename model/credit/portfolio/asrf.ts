// Loss of an infinitely fine pool under one systematic factor (Vasicek), the law behind the Basel formulas.

import { normalTail, preciseNormalQuantile } from "#/model/statistics/distributions.ts";

/** A pool of equal loans: yearly probability of default, correlation of assets, loss given default as a share. */
export interface HomogeneousPool {
  pd: number;
  correlation: number;
  /** 1 where absent: rates of default instead of loss. */
  lgd?: number;
}

const cumulative = (z: number) => normalTail(-z);

function checked({ pd, correlation, lgd = 1 }: HomogeneousPool): Required<HomogeneousPool> {
  for (const [name, value, most] of [["pd", pd, 1], ["lgd", lgd, 1]] as const) {
    if (!(value >= 0 && value <= most)) {
      throw new RangeError(`Cannot work out a pool's loss: ${name} is ${value}; allowed is 0 to 1`);
    }
  }
  if (!(correlation >= 0 && correlation < 1)) {
    throw new RangeError(
      `Cannot work out a pool's loss: correlation is ${correlation}; allowed is 0 to below 1`,
    );
  }
  return { pd, correlation, lgd };
}

/**
 * The rate of default when the systematic factor stands at a normal value, low ones being bad times.
 *
 * Source: O. Vasicek, "Loan portfolio value", Risk, December 2002: N((N⁻¹(pd) − √ρ·factor) ÷ √(1 − ρ)).
 */
export function conditionalDefaultRate(pool: HomogeneousPool, factor: number): number {
  const { pd, correlation } = checked(pool);
  if (pd === 0 || pd === 1) return pd;
  return cumulative(
    (preciseNormalQuantile(pd) - Math.sqrt(correlation) * factor) / Math.sqrt(1 - correlation),
  );
}

/**
 * The share lost that is not exceeded with a probability: the worst-case loss rate.
 *
 * Shapes and units: `probability` above 0 and below 1; the answer is a share of exposure at default.
 * Errors: `RangeError` for a pool or a probability out of range.
 *
 * @example
 * ```ts
 * import { lossQuantile } from "#/model/credit/portfolio/asrf.ts";
 * import assert from "node:assert/strict";
 * // Hull, Risk Management and Financial Institutions: 2 % default, correlation 0.1, 99.9 %: 12.8 %.
 * const rate = lossQuantile({ pd: 0.02, correlation: 0.1 }, 0.999);
 * assert.ok(Math.abs(rate - 0.128) < 5e-4);
 * ```
 */
export function lossQuantile(pool: HomogeneousPool, probability: number): number {
  if (!(probability > 0 && probability < 1)) {
    throw new RangeError(
      `Cannot find the loss not exceeded with ${probability}; allowed is above 0 to below 1`,
    );
  }
  return checked(pool).lgd * conditionalDefaultRate(pool, preciseNormalQuantile(1 - probability));
}

/**
 * The probability that the share lost is at most x.
 *
 * @example
 * ```ts
 * import { lossCumulative, lossQuantile } from "#/model/credit/portfolio/asrf.ts";
 * import assert from "node:assert/strict";
 * const pool = { pd: 0.03, correlation: 0.15, lgd: 0.45 };
 * assert.ok(Math.abs(lossCumulative(pool, lossQuantile(pool, 0.99)) - 0.99) < 1e-12);
 * ```
 */
export function lossCumulative(pool: HomogeneousPool, x: number): number {
  const { pd, correlation, lgd } = checked(pool);
  if (x < 0) return 0;
  if (x >= lgd) return 1;
  if (pd === 0 || lgd === 0) return 1;
  if (pd === 1) return 0;
  const rate = x / lgd;
  if (rate === 0) return 0;
  if (correlation === 0) return rate >= pd ? 1 : 0;
  return cumulative(
    (Math.sqrt(1 - correlation) * preciseNormalQuantile(rate) - preciseNormalQuantile(pd)) /
      Math.sqrt(correlation),
  );
}

/** The expected share lost: pd × lgd, whatever the correlation. */
export function expectedLossShare(pool: HomogeneousPool): number {
  const { pd, lgd } = checked(pool);
  return pd * lgd;
}
