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
import { quantileSorted, type QuantileType, sorted } from "#/model/statistics/quantile.ts";
import { type CaseResult, examine, near, unread, unreadMembers } from "../case.ts";

const tolerance = 1e-10;
const same = (own: number, expected: number, what: string) => near(own, expected, { tolerance, what });
type Numbers = Record<string, number>;

/** Reads every part of the file; a part that is not known fails. */
export function intervalCases(text: string): CaseResult[] {
  return Object.entries(JSON.parse(text) as Record<string, never>).flatMap(([part, content]) => {
    const read = parts.find(([pattern]) => pattern.test(part))?.[1];
    if (read) return read(content, part);
    return part === "split" || typeof content === "string" ? [] : [unread(part, `part "${part}"`)];
  });
}

// deno-lint-ignore no-explicit-any -- each part has its own shape; a missing field fails its case
const parts: [RegExp, (content: any, part: string) => CaseResult[]][] = [
  [/^law_school/, lawSchool],
  [/^exhaustive/, exhaustive],
  [/^t_interval/, (content, part) => listed(content, part).flatMap(([one, name]) => tInterval(one, name))],
  [/^t_quantiles_(\d+)$/, tQuantiles],
  [/^wilson_(\d+)$/, shares],
  [/^clopper_pearson_(\d+)$/, shares],
  [/^common_random_numbers/, commonRandomNumbers],
  [/^sequential_stopping/, stopping],
  [/^replications_for_halfwidth/, replications],
];

/** One content, or each of a list with its number in the name. */
// deno-lint-ignore no-explicit-any -- as above
const listed = (content: any, part: string): [any, string][] =>
  Array.isArray(content) ? content.map((one, i) => [one, `${part} ${i}`]) : [[content, part]];

/** The confidence that the digits at a name's end say: 95 is 0.95, 999 is 0.999. */
const saidConfidence = (name: string) => Number(`0.${/\d+$/.exec(name)![0]}`);

function lawSchool(content: { LSAT: number[]; GPA: number[] } & Numbers, part: string): CaseResult[] {
  const rows = content.LSAT.map((score, i) => [score, content.GPA[i]]);
  const correlation = (sample: readonly number[][]) =>
    sampleCorrelation(sample.map(([score]) => score), sample.map(([, grade]) => grade));
  return [
    examine(part, () => {
      same(correlation(rows), content.r, "the correlation");
      const own = jackknife(rows, correlation);
      same(own.standardError, content.jackknife_se, "the jackknife's standard error");
      same(own.acceleration, content.bca_acceleration, "the acceleration");
    }),
    ...unreadMembers(part, content, ["LSAT", "GPA", "r", "jackknife_se", "bca_acceleration"]),
  ];
}

interface Exhaustive {
  data: number[];
  n_resamples: number;
  mean: number;
  boot_se_exact: number;
  z0_strict_less: number;
  z0_half_ties: number;
  acceleration: number;
  [levels: `bca_levels_${string}`]: Numbers;
  [interval: `bca_interval_${string}`]: [number, number];
  [percentiles: `percentile_type${number}`]: Numbers;
}

/** Every resample of so many values: their means, those equal to the sample's mean but for rounding set to it. */
function everyMean(data: readonly number[], estimate: number): number[] {
  let resamples: number[][] = [[]];
  for (let i = 0; i < data.length; i++) {
    resamples = resamples.flatMap((list) => data.map((value) => [...list, value]));
  }
  const room = 1e-12 * Math.max(...data.map(Math.abs));
  return resamples.map((sample) => mean(sample)).map((one) =>
    Math.abs(one - estimate) <= room ? estimate : one
  );
}

function exhaustive(content: Exhaustive, part: string): CaseResult[] {
  const { data } = content, estimate = mean(data), estimates = everyMean(data, estimate);
  const { acceleration } = jackknife(data, (sample) => mean(sample as number[]));
  const keys = (pattern: RegExp) =>
    Object.keys(content).flatMap((key) => {
      const found = pattern.exec(key);
      return found ? [{ key: key as "bca_interval_", groups: found.slice(1) }] : [];
    });
  const ordered = sorted(estimates);
  const percentiles = keys(/^percentile_type(\d)$/).map(({ key, groups: [type] }) =>
    examine(`${part} ${key}`, () => {
      for (const [p, expected] of Object.entries(content[key] as unknown as Numbers)) {
        const own = quantileSorted(ordered, Number(p), { type: Number(type) as QuantileType });
        same(own, expected, `the percentile at ${p}`);
        const confidence = Math.abs(1 - 2 * Number(p));
        if (confidence === 0) continue;
        const ends = percentileInterval(estimates, { confidence, type: Number(type) as QuantileType });
        same(Number(p) < 0.5 ? ends.low : ends.high, expected, `the interval's end at ${p}`);
      }
    })
  );
  const shifts = {
    strict: biasCorrection(estimates, estimate),
    half: biasCorrection(estimates, estimate, { ties: "half" }),
  };
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
      same(shifts.strict, content.z0_strict_less, "the bias correction");
      same(shifts.half, content.z0_half_ties, "the bias correction, ties halved");
      same(acceleration, content.acceleration, "the acceleration");
    }),
    ...keys(/^bca_levels_(strict|half)/).map(({ key, groups: [ties] }) =>
      examine(`${part} ${key}`, () => {
        for (const [p, expected] of Object.entries(content[key] as unknown as Numbers)) {
          const shift = { biasCorrection: shifts[ties as "strict" | "half"], acceleration };
          same(bcaProbability(Number(p), shift), expected, `the BCa level of ${p}`);
        }
      })
    ),
    ...keys(/^bca_interval_(\d+)_type(\d)$/).map(({ key, groups: [digits, type] }) =>
      examine(`${part} ${key}`, () => {
        const confidence = saidConfidence(digits);
        const { low, high } = bcaInterval(estimates, estimate, {
          ...{ acceleration, confidence, type: Number(type) as QuantileType },
        });
        same(low, content[key][0], "the lower BCa limit");
        same(high, content[key][1], "the upper BCa limit");
      })
    ),
    ...unreadMembers(part, content, [
      ...["data", "n_resamples", "mean", "boot_se_exact", "z0_strict_less", "z0_half_ties", "acceleration"],
      ...[/^percentile_type\d$/, /^bca_levels_(strict|half)/, /^bca_interval_\d+_type\d$/],
    ]),
  ];
}

function tInterval(
  content: { data: number[]; mean: number; sd: number; [ends: `ci${number}`]: [number, number] },
  part: string,
): CaseResult[] {
  const ends = Object.keys(content).filter((key) => /^ci\d+$/.test(key)) as `ci${number}`[];
  return [
    examine(part, () => {
      const own = meanInterval(content.data);
      same(own.mean, content.mean, "the mean");
      same(own.sd, content.sd, "the deviation");
      for (const key of ends) {
        const { low, high } = meanInterval(content.data, { confidence: saidConfidence(key) });
        same(low, content[key][0], `the lower limit of ${key}`);
        same(high, content[key][1], `the upper limit of ${key}`);
      }
    }),
    ...unreadMembers(part, content, ["data", "n", "mean", "sd", /^ci\d+$/]),
  ];
}

function tQuantiles(content: Numbers, part: string): CaseResult[] {
  const probability = saidConfidence(part);
  return Object.entries(content).map(([degrees, expected]) =>
    examine(
      `${part} ${degrees}`,
      () => same(studentQuantile(probability, Number(degrees)), expected, "the quantile"),
    )
  );
}

function shares(content: { k: number; n: number; ci: [number, number] }[], part: string): CaseResult[] {
  const confidence = saidConfidence(part);
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
function pairOf(words: string): ((u: number) => [number, number]) | undefined {
  const [, one, other] =
    /Y1=U(?:\^([\d.]+))?, *Y2=U(?:\^([\d.]+))?/.exec(words)?.map((x) => Number(x ?? 1)) ?? [];
  if (one !== undefined) return (u) => [u ** one, u ** other];
  const [, a, b] = /Exp means a=([\d.]+), *b=([\d.]+)/.exec(words)?.map(Number) ?? [];
  if (a !== undefined) return (u) => [-a * Math.log(u), -b * Math.log(u)];
  if (/antithetic .*exp\(U\)/.test(words)) return (u) => [Math.exp(u), Math.exp(1 - u)];
  return undefined;
}

/**
 * The file gives exact variances over a uniform draw; our paired difference meets them on an even grid of draws, up to
 * the grid's own error of about one in ten thousand.
 */
function commonRandomNumbers(content: Record<string, string | number>[], part: string): CaseResult[] {
  const grid = Array.from({ length: 100_000 }, (_, i) => (i + 0.5) / 100_000);
  return content.map((given, i) => {
    const pair = pairOf(String(given.desc));
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

interface Stop extends Numbers {
  n: number;
  mean: number;
  s2: number;
  rel: number;
}

/** The examples of the rule: half-width and its share of the mean, and on which side of the bound that share lies. */
function stopping(content: { example?: Stop; examples?: Stop[] }, part: string): CaseResult[] {
  const all = content.examples ?? (content.example ? [content.example] : []);
  if (all.length === 0) return [unread(part, "a stopping rule without an example")];
  return all.flatMap((example, i) => {
    const name = content.examples ? `${part} ${i}` : part;
    const widths = Object.keys(example).filter((key) => /^hw\d+$/.test(key));
    return [
      examine(name, () => {
        const half = (confidence: number) => meanHalfWidth(Math.sqrt(example.s2), example.n, { confidence });
        for (const key of widths) same(half(saidConfidence(key)), example[key], `the half-width ${key}`);
        const halfWidth = half(widths.length > 0 ? saidConfidence(widths[0]) : 0.95);
        const { relativeHalfWidth: own } = precision({ mean: example.mean, halfWidth }, {
          relativeError: 0.1,
        });
        same(own, example.rel, "the relative half-width");
        // The relative error that just meets the rule is rel / (1 - rel); a little less does not.
        const bound = example.rel / (1 - example.rel);
        for (const [relativeError, isEnough] of [[bound * 1.001, true], [bound * 0.999, false]] as const) {
          if (!(bound > 0 && bound < Infinity)) continue;
          const found = precision({ mean: example.mean, halfWidth }, { relativeError }).isEnough;
          if (found !== isEnough) throw new RangeError(`the rule says ${found} at ${relativeError}`);
        }
      }),
      ...unreadMembers(name, example, ["n", "mean", "s2", "rel", /^hw\d+$/]),
    ];
  });
}

function replications(
  content: { sd?: number; p?: number; halfwidth: number; z_n: number; confidence?: number }[],
  part: string,
): CaseResult[] {
  return content.flatMap((given, i) => [
    examine(`${part} ${i}`, () => {
      const { sd, p, halfwidth, z_n, confidence } = given, deviation = sd ?? Math.sqrt(p! * (1 - p!));
      const own = replicationsForHalfWidth(deviation, halfwidth, confidence ? { confidence } : {});
      same(own, z_n, "the number of replications");
    }),
    ...unreadMembers(`${part} ${i}`, given, ["sd", "p", "halfwidth", "z_n", "confidence"]),
  ]);
}
