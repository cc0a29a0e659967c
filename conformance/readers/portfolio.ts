// fin/basel_irb_annex5.json, vasicek.json and portfolio_credit.json: capital, worst-case default rates, CreditRisk+.

import { lossQuantile } from "#/model/credit/portfolio/asrf.ts";
import { creditRiskPlus, distributionQuantile } from "#/model/credit/portfolio/credit_risk_plus.ts";
import { irbCapital, type IrbExposure } from "#/model/credit/portfolio/irb.ts";
import { type CaseResult, examine, unread } from "../case.ts";
import { protectionCase, trancheCases } from "./credit_derivatives.ts";

const within = (own: number, expected: number, { tolerance, what }: { tolerance: number; what: string }) => {
  if (!(Math.abs(own - expected) <= tolerance)) {
    throw new RangeError(`${what} is ${own}, expected ${expected} within ${tolerance}`);
  }
};

interface Weight extends IrbExposure {
  index: number;
  expectedRiskWeightPct: number;
  /** Worked out again from the formula, without the print's rounding. */
  recomputedRWpct?: number;
  recomputedK?: number;
  correlation?: number;
}

/** Reads printed risk weights; they hold within 0.01 percentage points. */
export function riskWeightCases(text: string): CaseResult[] {
  const { cases, tolerancePct } = JSON.parse(text) as { cases: Weight[]; tolerancePct: number };
  return cases.map((
    { index, expectedRiskWeightPct, recomputedRWpct, recomputedK, correlation, ...exposure },
  ) =>
    examine(`${index}: ${exposure.assetClass}, pd ${exposure.pd}, lgd ${exposure.lgd}`, () => {
      const { riskWeightPct, capitalShare, correlation: own } = irbCapital(exposure);
      const again = [[own, correlation], [capitalShare, recomputedK]] as const;
      for (const [figure, expected] of again) {
        if (expected !== undefined) {
          within(figure, expected, { tolerance: 1e-9, what: "correlation or capital" });
        }
      }
      // Told with four digits.
      const told = recomputedRWpct ?? riskWeightPct;
      within(riskWeightPct, told, { tolerance: 5.1e-5, what: "the risk weight, worked out again" });
      // Printed with two digits, so that a hair more than the tolerance is still the printed number.
      within(riskWeightPct, expectedRiskWeightPct, {
        tolerance: tolerancePct + 1e-9,
        what: "the risk weight in per cent",
      });
    })
  );
}

interface WorstCase {
  source: string;
  exposure: number;
  pd: number;
  lgd: number;
  rho: number;
  quantile: number;
  expectedWCDR: number;
  tolerance: number;
  recomputed?: number;
  expectedLossAtQuantile?: number;
}

/** Reads worst-case default rates, and the loss that goes with them. */
export function vasicekCases(text: string): CaseResult[] {
  const { cases } = JSON.parse(text) as { cases: WorstCase[] };
  return cases.map((one, i) =>
    examine(`${i}: pd ${one.pd}, correlation ${one.rho}, ${one.quantile}`, () => {
      const pool = { pd: one.pd, correlation: one.rho };
      const { tolerance } = one;
      within(lossQuantile(pool, one.quantile), one.expectedWCDR, {
        tolerance,
        what: "the worst-case default rate",
      });
      if (one.recomputed !== undefined) {
        const what = "the rate, worked out again";
        within(lossQuantile(pool, one.quantile), one.recomputed, { tolerance: 1e-10, what });
      }
      if (one.expectedLossAtQuantile !== undefined) {
        const loss = one.exposure * lossQuantile({ ...pool, lgd: one.lgd }, one.quantile);
        within(loss, one.expectedLossAtQuantile, {
          tolerance: tolerance * one.lgd * one.exposure,
          what: "the loss",
        });
      }
    })
  );
}

interface RiskPlus {
  inputs: {
    [sector: string]: unknown;
    relativeDefaultStd: number[];
    sectorCorrelation: number;
    unit: number;
  };
  expected: {
    sectorExposure: number[];
    sectorEL: number[];
    sectorUL: number[];
    totalExposure: number;
    EL: number;
    UL: number;
    relativeDefaultVariance: number;
    quantile99: number;
  };
  tolerances: { exposureAndEL: number; sectorUL: number; UL: number; relVar: number; quantile: number };
}

/** Reads CreditRisk+, protection against a default, and tranches. */
export function portfolioCases(text: string): CaseResult[] {
  return Object.entries(JSON.parse(text) as Record<string, unknown>).flatMap(
    ([part, content]): CaseResult[] => {
      if (part === "creditRiskPlus") return riskPlus(content as RiskPlus);
      if (part === "cds") return [protectionCase(content as Parameters<typeof protectionCase>[0])];
      if (part === "cdoHullWhite") return trancheCases(content as Parameters<typeof trancheCases>[0]);
      return [unread(part, `part "${part}"`)];
    },
  );
}

function riskPlus({ inputs, expected, tolerances }: RiskPlus): CaseResult[] {
  const loans = Object.entries(inputs).filter(([key]) => /^sector\d+$/.test(key))
    .map(([, band]) => band as { n: number; exposure: number; pd: number });
  const found = creditRiskPlus({
    sectors: loans.map(({ n, exposure, pd }, i) => (
      { bands: [{ count: n, exposure, pd }], relativeStd: inputs.relativeDefaultStd[i] }
    )),
    combine: { correlation: inputs.sectorCorrelation },
    unit: inputs.unit,
  });
  const check = (name: string, pairs: [number, number][], tolerance: number) =>
    examine(`CreditRisk+ ${name}`, () => {
      for (const [own, given] of pairs) within(own, given, { tolerance, what: name });
    });
  const { sectors } = found;
  const both = (given: number[], own: (sector: typeof sectors[number]) => number) =>
    given.map((value, i): [number, number] => [own(sectors[i]), value]);
  return [
    check("exposure", [
      ...both(expected.sectorExposure, ({ exposure }) => exposure),
      [sectors.reduce((sum, { exposure }) => sum + exposure, 0), expected.totalExposure],
    ], tolerances.exposureAndEL),
    check("expected loss", [
      ...both(expected.sectorEL, ({ expectedLoss }) => expectedLoss),
      [found.expectedLoss, expected.EL],
    ], tolerances.exposureAndEL),
    check(
      "unexpected loss of sectors",
      both(expected.sectorUL, (it) => it.unexpectedLoss),
      tolerances.sectorUL,
    ),
    check("unexpected loss", [[found.unexpectedLoss, expected.UL]], tolerances.UL),
    check(
      "relative variance",
      [[found.relativeVariance, expected.relativeDefaultVariance]],
      tolerances.relVar,
    ),
    check("99 % quantile", [[distributionQuantile(found, 0.99), expected.quantile99]], tolerances.quantile),
  ];
}
