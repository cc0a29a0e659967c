// wb/bootstrap_ci.json: bootstrap, Student, Wilson and Clopper-Pearson intervals, common random numbers, stopping rules.

import { mean, sampleCorrelation, sampleStandardDeviation } from "simple-statistics";
import {
  bcaInterval,
  bcaProbability,
  biasCorrection,
  jackknife,
  percentileInterval,
} from "#/model/statistics/bootstrap.ts";
import { studentQuantile } from "#/model/statistics/distributions.ts";
import {
  clopperPearsonInterval,
  meanHalfWidth,
  meanInterval,
  wilsonInterval,
} from "#/model/statistics/interval.ts";
import { pairedDifference } from "#/model/statistics/paired_difference.ts";
import { precision, replicationsForHalfWidth } from "#/model/statistics/replications.ts";
import type { QuantileType } from "#/model/statistics/quantile.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";

const tolerance = 1e-10;
const same = (own: number, expected: number, what: string) => near(own, expected, { tolerance, what });
type Numbers = Record<string, number>;

/** Reads every part of the file; a part that is not known fails. */
export function intervalCases(text: string): CaseResult[] {
  return Object.entries(JSON.parse(text) as Record<string, never>).flatMap(([part, content]) => {
    const read = parts.find(([pattern]) => pattern.test(part))?.[1];
    return read ? read(content, part) : [unread(part, `part "${part}"`)];
  });
}

// deno-lint-ignore no-explicit-any -- each part has its own shape; a missing field fails its case
const parts: [RegExp, (content: any, part: string) => CaseResult[]][] = [
  [/^law_school/, lawSchool],
  [/^exhaustive/, exhaustive],
  [/^t_interval/, (content, part) => [examine(part, () => tInterval(content))]],
  [/^t_quantiles_(\d+)$/, tQuantiles],
  [/^wilson_(\d+)$/, shares],
  [/^clopper_pearson_(\d+)$/, shares],
  [/^common_random_numbers/, commonRandomNumbers],
  [/^sequential_stopping/, (content, part) => [examine(part, () => stopping(content))]],
  [/^replications_for_halfwidth/, replications],
];

function lawSchool(content: { LSAT: number[]; GPA: number[] } & Numbers, part: string): CaseResult[] {
  const rows = content.LSAT.map((score, i) => [score, content.GPA[i]]);
  const correlation = (sample: readonly number[][]) =>
    sampleCorrelation(sample.map(([score]) => score), sample.map(([, grade]) => grade));
  return [examine(part, () => {
    same(correlation(rows), content.r, "the correlation");
    const own = jackknife(rows, correlation);
    same(own.standardError, content.jackknife_se, "the jackknife's standard error");
    same(own.acceleration, content.bca_acceleration, "the acceleration");
  })];
}

interface Exhaustive {
  data: number[];
  n_resamples: number;
  mean: number;
  boot_se_exact: number;
  z0_strict_less: number;
  z0_half_ties: number;
  acceleration: number;
  bca_levels_strict: Numbers;
  bca_interval_95_type7: [number, number];
  [percentiles: `percentile_type${number}`]: Numbers;
}

function exhaustive(content: Exhaustive, part: string): CaseResult[] {
  const { data } = content;
  let resamples: number[][] = [[]];
  for (let i = 0; i < data.length; i++) {
    resamples = resamples.flatMap((list) => data.map((value) => [...list, value]));
  }
  const average = (sample: readonly number[]) => mean(sample as number[]);
  const estimates = resamples.map(average), estimate = average(data);
  const { acceleration } = jackknife(data, average);

  const percentiles = (Object.keys(content) as (keyof Exhaustive & string)[])
    .filter((key) => /^percentile_type\d$/.test(key))
    .map((key) =>
      examine(`${part} ${key}`, () => {
        const type = Number(key.at(-1)) as QuantileType;
        for (const [p, expected] of Object.entries(content[key] as Numbers)) {
          const lower = Math.min(Number(p), 1 - Number(p));
          const own = percentileInterval(estimates, { confidence: 1 - 2 * lower, type });
          same(Number(p) < 0.5 ? own.low : own.high, expected, `the percentile at ${p}`);
        }
      })
    );
  return [
    examine(`${part} mean`, () => {
      same(estimates.length, content.n_resamples, "the number of resamples");
      same(estimate, content.mean, "the mean");
      // Over all resamples the deviation divides by their number, not by one less.
      const n = estimates.length;
      same(
        sampleStandardDeviation(estimates) * Math.sqrt((n - 1) / n),
        content.boot_se_exact,
        "the standard error",
      );
    }),
    ...percentiles,
    examine(`${part} BCa`, () => {
      const strict = biasCorrection(estimates, estimate);
      same(strict, content.z0_strict_less, "the bias correction");
      same(
        biasCorrection(estimates, estimate, { ties: "half" }),
        content.z0_half_ties,
        "the bias correction, ties halved",
      );
      same(acceleration, content.acceleration, "the acceleration");
      for (const [p, expected] of Object.entries(content.bca_levels_strict)) {
        same(
          bcaProbability(Number(p), { biasCorrection: strict, acceleration }),
          expected,
          `the BCa level of ${p}`,
        );
      }
      const { low, high } = bcaInterval(estimates, estimate, { acceleration });
      same(low, content.bca_interval_95_type7[0], "the lower BCa limit");
      same(high, content.bca_interval_95_type7[1], "the upper BCa limit");
    }),
  ];
}

function tInterval(content: { data: number[]; mean: number; sd: number; ci95: [number, number] }): void {
  const own = meanInterval(content.data);
  same(own.mean, content.mean, "the mean");
  same(own.sd, content.sd, "the deviation");
  same(own.low, content.ci95[0], "the lower limit");
  same(own.high, content.ci95[1], "the upper limit");
}

function tQuantiles(content: Numbers, part: string): CaseResult[] {
  const probability = Number(`0.${/\d+$/.exec(part)![0]}`);
  return Object.entries(content).map(([degrees, expected]) =>
    examine(
      `${part} ${degrees}`,
      () => same(studentQuantile(probability, Number(degrees)), expected, "the quantile"),
    )
  );
}

function shares(content: { k: number; n: number; ci: [number, number] }[], part: string): CaseResult[] {
  const confidence = Number(`0.${/\d+$/.exec(part)![0]}`);
  const interval = part.startsWith("wilson") ? wilsonInterval : clopperPearsonInterval;
  return content.map(({ k, n, ci }) =>
    examine(`${part} ${k} of ${n}`, () => {
      const own = interval(k, n, { confidence });
      same(own.low, ci[0], "the lower limit");
      same(own.high, ci[1], "the upper limit");
    })
  );
}

/** The pairs that the file describes in words, as functions of one uniform draw. */
const pairs: [RegExp, (u: number) => [number, number]][] = [
  [/Y1=U, Y2=U\^2/, (u) => [u, u * u]],
  [/Exp means a=1,b=1\.2/, (u) => [-Math.log(u), -1.2 * Math.log(u)]],
  [/antithetic .*exp\(U\)/, (u) => [Math.exp(u), Math.exp(1 - u)]],
];

/**
 * The file gives exact variances over a uniform draw; our paired difference meets them on an even grid of draws, up to
 * the grid's own error of about one in ten thousand.
 */
function commonRandomNumbers(content: Record<string, string | number>[], part: string): CaseResult[] {
  const grid = Array.from({ length: 100_000 }, (_, i) => (i + 0.5) / 100_000);
  return content.map((given, i) => {
    const pair = pairs.find(([pattern]) => pattern.test(String(given.desc)))?.[1];
    if (!pair) return unread(`${part} ${i}`, `pair "${given.desc}"`);
    return examine(`${part} ${i}`, () => {
      const draws = grid.map(pair);
      const own = pairedDifference(draws.map(([a]) => a), draws.map(([, b]) => b));
      const together = own.sdIndependent * own.sdIndependent, paired = own.sdPaired * own.sdPaired;
      const covariance = (together - paired) / 2;
      const spreads = [0, 1].map((side) => sampleStandardDeviation(draws.map((draw) => draw[side])));
      const found: Numbers = {
        var_diff_crn: paired,
        var_diff_indep: together,
        ratio: own.gain,
        corr: covariance / (spreads[0] * spreads[1]),
        cov: covariance,
        var: together / 2,
      };
      for (const [key, expected] of Object.entries(given)) {
        if (key === "desc") continue;
        if (!(key in found)) throw new RangeError(`no reader for "${key}"`);
        const wanted = Number(expected), gap = Math.abs(found[key] - wanted);
        if (!(gap <= 1e-3 * Math.abs(wanted))) {
          throw new RangeError(`${key} is ${found[key]}, expected ${expected}`);
        }
      }
    });
  });
}

function stopping(
  { example }: { example: { n: number; mean: number; s2: number; hw95: number; rel: number } },
): void {
  const halfWidth = meanHalfWidth(Math.sqrt(example.s2), example.n);
  same(halfWidth, example.hw95, "the half-width");
  const own = precision({ mean: example.mean, halfWidth }, { relativeError: 0.1 });
  same(own.relativeHalfWidth, example.rel, "the relative half-width");
  if (own.isEnough !== example.rel <= 0.1 / 1.1) {
    throw new RangeError(`the rule says ${own.isEnough} at 10 %`);
  }
}

function replications(
  content: { sd?: number; p?: number; halfwidth: number; z_n: number }[],
  part: string,
): CaseResult[] {
  return content.map(({ sd, p, halfwidth, z_n }, i) =>
    examine(`${part} ${i}`, () => {
      const deviation = sd ?? Math.sqrt(p! * (1 - p!));
      same(replicationsForHalfWidth(deviation, halfwidth), z_n, "the number of replications");
    })
  );
}
