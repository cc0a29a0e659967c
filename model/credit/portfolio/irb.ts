// Capital of the internal-ratings approach of Basel: correlation, capital share and risk weight by class of exposure.

import { exp, log } from "#/model/units/elementary.ts";
import { lossQuantile } from "./asrf.ts";

/** The classes whose formulas are here. */
export const irbClasses = [
  "corporate",
  "residentialMortgage",
  "qualifyingRevolvingRetail",
  "otherRetail",
] as const;

/** A class of exposure. */
export type IrbClass = typeof irbClasses[number];

/** An exposure as its class sees it. Probabilities and losses as shares; maturity in years; turnover in EUR m. */
export interface IrbExposure {
  assetClass: IrbClass;
  pd: number;
  lgd: number;
  /** Corporates only; 2.5 where absent. */
  maturity?: number;
  /** Corporates only; no relief for size where absent or from 50 on. */
  turnoverMEUR?: number;
}

/** Capital of an exposure: correlation, capital as a share of exposure, risk weight in per cent (without a scaling factor). */
export interface IrbCapital {
  correlation: number;
  capitalShare: number;
  riskWeightPct: number;
}

/** Between two correlations, the higher for the safest: weights fall with exp(−speed × pd). */
function between(low: number, high: number, { pd, speed }: { pd: number; speed: number }): number {
  const weight = (1 - exp(-speed * pd)) / (1 - exp(-speed));
  return low * weight + high * (1 - weight);
}

function correlationOf({ assetClass, pd, turnoverMEUR = 50 }: IrbExposure): number {
  switch (assetClass) {
    case "corporate": {
      const size = Math.min(50, Math.max(5, turnoverMEUR));
      return between(0.12, 0.24, { pd, speed: 50 }) - 0.04 * (1 - (size - 5) / 45);
    }
    case "residentialMortgage":
      return 0.15;
    case "qualifyingRevolvingRetail":
      return 0.04;
    case "otherRetail":
      return between(0.03, 0.16, { pd, speed: 35 });
  }
}

/**
 * Capital for unexpected loss at 99.9 % over a year.
 *
 * Errors: `RangeError` for an unknown class, a probability outside 0 (excluded) to 1 (excluded), an lgd outside 0 to 1 or a
 * maturity outside 1 to 5 years.
 * Source: BCBS, International Convergence of Capital Measurement and Capital Standards (June 2006), paragraphs 272, 328 to
 * 330; the scaling factor of 1.06 is left off, as in its Annex 5 and in Basel III (CRE31).
 *
 * @example
 * ```ts
 * import { irbCapital } from "#/model/credit/portfolio/irb.ts";
 * import assert from "node:assert/strict";
 * // Annex 5: other retail, pd 2.50 %, lgd 45 %: 60.90 %.
 * const { riskWeightPct } = irbCapital({ assetClass: "otherRetail", pd: 0.025, lgd: 0.45 });
 * assert.ok(Math.abs(riskWeightPct - 60.9) < 0.01);
 * ```
 */
export function irbCapital(exposure: IrbExposure): IrbCapital {
  const { assetClass, pd, lgd, maturity = 2.5 } = exposure;
  const refuse = (what: string) => new RangeError(`Cannot work out IRB capital: ${what}`);
  if (!irbClasses.includes(assetClass)) {
    throw refuse(`class is ${assetClass}; allowed are ${irbClasses.join(", ")}`);
  }
  if (!(pd > 0 && pd < 1)) throw refuse(`pd is ${pd}; allowed is above 0 to below 1`);
  if (!(lgd >= 0 && lgd <= 1)) throw refuse(`lgd is ${lgd}; allowed is 0 to 1`);
  if (!(maturity >= 1 && maturity <= 5)) throw refuse(`maturity is ${maturity}; allowed are 1 to 5 years`);
  const correlation = correlationOf(exposure);
  const unexpected = lossQuantile({ pd, correlation, lgd }, 0.999) - pd * lgd;
  const root = 0.11852 - 0.05478 * log(pd), b = root * root;
  const adjustment = assetClass === "corporate" ? (1 + (maturity - 2.5) * b) / (1 - 1.5 * b) : 1;
  const capitalShare = Math.max(0, unexpected) * adjustment;
  return { correlation, capitalShare, riskWeightPct: capitalShare * 1250 };
}
