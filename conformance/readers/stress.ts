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
import { type CaseResult, examine, near, unread, unreadMembers } from "../case.ts";

const tolerance = 1e-10;
/**
 * The file's quantiles of Student's law come from a solver that is good to nine digits: with 3 degrees of freedom the closed
 * form of the distribution puts the one at 0.9 at 1.6377443536962, the file at 1.6377443572159.
 */
const studentTolerance = 1e-8;
type Numbers = Record<string, number>;
interface Tails {
  VaR: number[];
  ES: number[];
}

const number = "(-?\\d+(?:\\.\\d+)?(?:e-?\\d+)?)";
/** Laws by the names of their parts, which say the parameters; `normal01`, `uniform01` and `laplace01` are those of 0 and 1. */
const lawsByKey: [RegExp, (...parameters: number[]) => LossLaw][] = [
  [named("normal"), (mean = 0, sd = 1) => lossLaws.normal({ mean, sd })],
  [new RegExp(`^exponential_?(?:rate)?${number}$`), (rate) => lossLaws.exponential({ rate })],
  [named("uniform"), (low = 0, high = 1) => lossLaws.uniform({ low, high })],
  [named("lognormal"), (mu = 0, sigma = 1) => lossLaws.lognormal({ mu, sigma })],
  [new RegExp(`^pareto_xm${number}_alpha${number}$`), (least, index) => lossLaws.pareto({ least, index })],
  [named("laplace"), (mean = 0, scale = 1) => lossLaws.laplace({ mean, scale })],
  [new RegExp(`^student_t_?${number}$`), (degreesOfFreedom) => lossLaws.student({ degreesOfFreedom })],
];

function named(law: string): RegExp {
  return new RegExp(`^${law}(?:01|_${number}_${number})$`);
}

function lawOf(key: string): LossLaw | undefined {
  for (const [pattern, make] of lawsByKey) {
    const found = pattern.exec(key);
    if (found) return make(...found.slice(1).filter((one) => one !== undefined).map(Number));
  }
  return undefined;
}

/** Reads value at risk and expected shortfall by law, Vasicek's quantiles, and the sample with ties. */
export function tailRiskCases(text: string): CaseResult[] {
  const { alpha, ...parts } = JSON.parse(text) as { alpha: number[] } & Record<string, unknown>;
  const tails = (name: string, given: Tails, law: LossLaw) =>
    examine(name, () => {
      const within = name.startsWith("student_t") ? studentTolerance : tolerance;
      for (const [i, level] of alpha.entries()) {
        near(law.quantile(level), given.VaR[i], { tolerance: within, what: `value at risk at ${level}` });
        // A law without a mean beyond the level has none in the file either.
        if (given.ES[i] === null && law.shortfall(level) === Infinity) continue;
        near(law.shortfall(level), given.ES[i], {
          tolerance: within,
          what: `expected shortfall at ${level}`,
        });
      }
    });
  return Object.entries(parts).flatMap(([key, part]): CaseResult[] => {
    if (typeof part === "string" || key === "split") return [];
    if (key === "student_t") {
      return Object.entries(part as Record<string, Tails>).map(([v, given]) =>
        tails(`${key} ${v}`, given, lossLaws.student({ degreesOfFreedom: Number(v) }))
      );
    }
    const law = lawOf(key);
    if (law) return [tails(key, part as Tails, law)];
    if (key === "vasicek_loss") {
      return (part as { cases: Numbers[] }).cases.map(({ PD, rho, q, L }) =>
        examine(
          `${key} ${PD} ${rho} ${q}`,
          () => near(lossQuantile({ pd: PD, correlation: rho }, q), L, { tolerance, what: "the loss" }),
        )
      );
    }
    if (key === "discrete") {
      const { losses, cases, equal_prob: share } = part as {
        losses: number[];
        cases: Numbers[];
        equal_prob?: number;
      };
      return cases.flatMap((given) => {
        const { a, VaR_lower, VaR_upper, ES } = given, name = `${key} ${a}`;
        return [
          examine(name, () => {
            near(1 / losses.length, share ?? 1 / losses.length, { tolerance, what: "a loss's probability" });
            const own = tailRisk(losses, a);
            near(own.valueAtRisk, VaR_lower, { tolerance, what: "value at risk" });
            if (VaR_upper !== undefined) {
              near(own.valueAtRiskUpper, VaR_upper, { tolerance, what: "upper value at risk" });
            }
            near(own.expectedShortfall, ES, { tolerance, what: "expected shortfall" });
          }),
          ...unreadMembers(name, given, ["a", "VaR_lower", "VaR_upper", "ES"]),
        ];
      });
    }
    return [unread(key, `part "${key}"`)];
  });
}

interface Linear {
  S: number[][];
  a: number[];
  mu: number[];
  c: number;
  x: number[];
  d: number;
  prob: number;
}

interface Ball {
  k: number;
  loss: number;
  x: number[];
}

interface ReverseFile {
  most_likely_linear?: Linear | Linear[] | { cases: Linear[] };
  /** On the law and weights of the part before: of the same place, where there are several, or else of the first. */
  maxloss_ellipsoid?: Ball | Ball[] | { cases: Ball[] };
  kl_worst_case?: { cases?: Numbers[]; [law: `exponential_rate${string}`]: Numbers[] };
  cihak_breakpoint?: { cases: Numbers[] };
  portfolio_factor?: { cases: Numbers[] };
}

/** One case, a list of them, or one that keeps them under `cases`. */
function casesOf<T>(part: T | T[] | { cases: T[] } | undefined): T[] {
  if (part === undefined) return [];
  if (Array.isArray(part)) return part;
  return typeof part === "object" && part !== null && "cases" in part ? part.cases : [part];
}

/** Reads likeliest breaches, the greatest loss, worst means and break points. */
export function reverseStressCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as ReverseFile, linear = casesOf(file.most_likely_linear);
  const named = (name: string, list: readonly unknown[], i: number) =>
    list.length > 1 ? `${name} ${i}` : name;
  const all = (own: readonly number[], given: number[], what: string) => {
    near(own.length, given.length, { tolerance: 0, what: `numbers of ${what}` });
    given.forEach((value, i) => near(own[i], value, { tolerance, what: `${what} ${i}` }));
  };
  const meets = (own: number, expected: number, what: string) => near(own, expected, { tolerance, what });
  const known = [
    "most_likely_linear",
    "maxloss_ellipsoid",
    "kl_worst_case",
    "cihak_breakpoint",
    "portfolio_factor",
  ];
  const balls = casesOf(file.maxloss_ellipsoid), worst = file.kl_worst_case ?? {};
  return [
    ...Object.entries(file)
      .filter(([key, part]) => key !== "split" && typeof part !== "string" && !known.includes(key))
      .map(([key]) => unread(key, `part "${key}"`)),
    ...linear.map(({ S, a, mu, c, x, d, prob }, i) =>
      examine(named("likeliest linear breach", linear, i), () => {
        const law = { mean: mu, covariance: S }, own = likeliestBreach({ law, weights: a, threshold: c });
        all(own.point, x, "shock");
        meets(own.distance, d, "the distance");
        meets(own.probability, prob, "the probability");
        // Where the mean is beyond the threshold already, the distance is told below 0.
        meets(mahalanobisDistance(own.point, law), Math.abs(d), "the distance of the point");
      })
    ),
    ...balls.map((ball, i) => {
      const at = { ...linear[linear.length === balls.length ? i : 0], ...ball };
      return examine(named("greatest loss on an ellipsoid", balls, i), () => {
        const own = maximumLoss({ law: { mean: at.mu, covariance: at.S }, weights: at.a, radius: at.k });
        meets(own.loss, at.loss, "the loss");
        all(own.point, at.x, "shock");
      });
    }),
    ...Object.entries(worst).flatMap(([key, cases]) => {
      const rate = /^exponential_rate([\d.]+)$/.exec(key)?.[1];
      if (key === "cases") {
        return (cases as Numbers[]).map(({ m, s, k, value }) =>
          examine(
            `worst normal mean ${m} ${s} ${k}`,
            () => meets(worstNormalMean({ mean: m, sd: s, divergence: k }), value, "the worst mean"),
          )
        );
      }
      if (rate === undefined) return unreadMembers("kl_worst_case", { [key]: cases }, []);
      return (cases as Numbers[]).map(({ theta, k, worst_mean }) =>
        examine(`worst exponential mean of rate ${rate} ${k}`, () => {
          const own = worstExponentialMean({ rate: Number(rate), divergence: k });
          meets(own.tilt, theta, "the tilt");
          meets(own.mean, worst_mean, "the worst mean");
        })
      );
    }),
    ...casesOf(file.cihak_breakpoint).map(({ C, RWA, NPL, prov, m, x }, i) =>
      examine(`break point of bad loans ${i}`, () => {
        const own = badLoanBreakPoint({
          ...{ capital: C, riskWeightedAssets: RWA, nonPerforming: NPL, provisionShare: prov, leastRatio: m },
        });
        meets(own, x, "the multiple");
      })
    ),
    ...casesOf(file.portfolio_factor).map(({ PD, rho, L, z, prob }, i) =>
      examine(`break point of the common factor ${i}`, () => {
        const own = factorBreakPoint({ pd: PD, correlation: rho, lossShare: L });
        meets(own.factor, z, "the factor");
        meets(own.probability, prob, "the probability");
      })
    ),
  ];
}
