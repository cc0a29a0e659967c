// wb/var_es_closed_form.json, reverse_stress_closed_form.json and stress_scenarios.json.

import { lossQuantile } from "#/model/credit/portfolio/asrf.ts";
import {
  badLoanBreakPoint,
  factorBreakPoint,
  likeliestBreach,
  mahalanobisDistance,
  maximumLoss,
  worstExponentialMean,
  worstNormalMean,
} from "#/model/statistics/reverse_stress.ts";
import { type LossLaw, lossLaws, tailRisk } from "#/model/statistics/tail_risk.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";

const tolerance = 1e-10;
/**
 * The file's quantiles of Student's law come from a solver that is good to nine digits: with 3 degrees of freedom the closed
 * form of the distribution puts the one at 0.9 at 1.6377443536962, the file at 1.6377443572159.
 */
const studentTolerance = 1e-8;
type Numbers = Record<string, number>;

const lawsByKey: Record<string, (parameter: number) => LossLaw> = {
  normal01: () => lossLaws.normal(),
  student_t: (degreesOfFreedom) => lossLaws.student({ degreesOfFreedom }),
  exponential1: () => lossLaws.exponential(),
  uniform01: () => lossLaws.uniform(),
  lognormal_0_1: () => lossLaws.lognormal(),
  pareto_xm1_alpha3: () => lossLaws.pareto({ index: 3 }),
  laplace01: () => lossLaws.laplace(),
};

/** Reads value at risk and expected shortfall by law, Vasicek's quantiles, and the sample with ties. */
export function tailRiskCases(text: string): CaseResult[] {
  const { alpha, ...parts } = JSON.parse(text) as { alpha: number[] } & Record<string, unknown>;
  const tails = (
    name: string,
    given: { VaR: number[]; ES: number[] },
    law: LossLaw,
    within = tolerance,
  ) =>
    examine(name, () => {
      for (const [i, level] of alpha.entries()) {
        near(law.quantile(level), given.VaR[i], { tolerance: within, what: `value at risk at ${level}` });
        near(law.shortfall(level), given.ES[i], {
          tolerance: within,
          what: `expected shortfall at ${level}`,
        });
      }
    });
  return Object.entries(parts).flatMap(([key, part]): CaseResult[] => {
    if (key === "convention" || key === "split") return [];
    if (key === "student_t") {
      return Object.entries(part as Record<string, { VaR: number[]; ES: number[] }>).map(([v, given]) =>
        tails(`${key} ${v}`, given, lawsByKey.student_t(Number(v)), studentTolerance)
      );
    }
    if (Object.hasOwn(lawsByKey, key)) return [tails(key, part as never, lawsByKey[key](0))];
    if (key === "vasicek_loss") {
      return (part as { cases: Numbers[] }).cases.map(({ PD, rho, q, L }) =>
        examine(
          `${key} ${PD} ${rho} ${q}`,
          () => near(lossQuantile({ pd: PD, correlation: rho }, q), L, { tolerance, what: "the loss" }),
        )
      );
    }
    if (key === "discrete") {
      const { losses, cases } = part as { losses: number[]; cases: Numbers[] };
      return cases.map(({ a, VaR_lower, VaR_upper, ES }) =>
        examine(`${key} ${a}`, () => {
          const own = tailRisk(losses, a);
          near(own.valueAtRisk, VaR_lower, { tolerance, what: "value at risk" });
          if (VaR_upper !== undefined) {
            near(own.valueAtRiskUpper, VaR_upper, { tolerance, what: "upper value at risk" });
          }
          near(own.expectedShortfall, ES, { tolerance, what: "expected shortfall" });
        })
      );
    }
    return [unread(key, `part "${key}"`)];
  });
}

interface ReverseFile {
  most_likely_linear: {
    S: number[][];
    a: number[];
    mu: number[];
    c: number;
    x: number[];
    d: number;
    prob: number;
  };
  maxloss_ellipsoid: { k: number; loss: number; x: number[] };
  kl_worst_case: { cases: Numbers[]; exponential_rate1: Numbers[] };
  cihak_breakpoint: { cases: Numbers[] };
  portfolio_factor: { cases: Numbers[] };
}

/** Reads likeliest breaches, the greatest loss, worst means and break points. */
export function reverseStressCases(text: string): CaseResult[] {
  const { split: _split, ...file } = JSON.parse(text) as ReverseFile & { split?: unknown };
  const linear = file.most_likely_linear;
  const known = [
    "most_likely_linear",
    "maxloss_ellipsoid",
    "kl_worst_case",
    "cihak_breakpoint",
    "portfolio_factor",
  ];
  const all = (own: readonly number[], given: number[], what: string) =>
    given.forEach((value, i) => near(own[i], value, { tolerance, what: `${what} ${i}` }));
  const law = linear && { mean: linear.mu, covariance: linear.S };
  return [
    ...Object.keys(file).filter((key) => !known.includes(key)).map((key) => unread(key, `part "${key}"`)),
    ...linear
      ? [examine("likeliest linear breach", () => {
        const own = likeliestBreach({ law, weights: linear.a, threshold: linear.c });
        all(own.point, linear.x, "shock");
        near(own.distance, linear.d, { tolerance, what: "the distance" });
        near(own.probability, linear.prob, { tolerance, what: "the probability" });
        near(mahalanobisDistance(own.point, law), linear.d, { tolerance, what: "the distance of the point" });
      })]
      : [],
    ...file.maxloss_ellipsoid && linear
      ? [examine("greatest loss on an ellipsoid", () => {
        const { k, loss, x } = file.maxloss_ellipsoid;
        const own = maximumLoss({ law, weights: linear.a, radius: k });
        near(own.loss, loss, { tolerance, what: "the loss" });
        all(own.point, x, "shock");
      })]
      : [],
    ...(file.kl_worst_case?.cases ?? []).map(({ m, s, k, value }) =>
      examine(
        `worst normal mean ${m} ${s} ${k}`,
        () =>
          near(worstNormalMean({ mean: m, sd: s, divergence: k }), value, {
            tolerance,
            what: "the worst mean",
          }),
      )
    ),
    ...(file.kl_worst_case?.exponential_rate1 ?? []).map(({ theta, k, worst_mean }) =>
      examine(`worst exponential mean ${k}`, () => {
        const own = worstExponentialMean({ divergence: k });
        near(own.tilt, theta, { tolerance, what: "the tilt" });
        near(own.mean, worst_mean, { tolerance, what: "the worst mean" });
      })
    ),
    ...(file.cihak_breakpoint?.cases ?? []).map(({ C, RWA, NPL, prov, m, x }, i) =>
      examine(`break point of bad loans ${i}`, () => {
        const own = badLoanBreakPoint({
          ...{ capital: C, riskWeightedAssets: RWA, nonPerforming: NPL, provisionShare: prov, leastRatio: m },
        });
        near(own, x, { tolerance, what: "the multiple" });
      })
    ),
    ...(file.portfolio_factor?.cases ?? []).map(({ PD, rho, L, z, prob }, i) =>
      examine(`break point of the common factor ${i}`, () => {
        const own = factorBreakPoint({ pd: PD, correlation: rho, lossShare: L });
        near(own.factor, z, { tolerance, what: "the factor" });
        near(own.probability, prob, { tolerance, what: "the probability" });
      })
    ),
  ];
}
