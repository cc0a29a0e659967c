// What a reverse stress test found, in words: the bracket, what it was certified by, and what cannot be said.

import { normalTail } from "#/model/statistics/distributions.ts";
import { exactly, inFull } from "#/server/format.ts";
import type { Ended, Reverse, Tested } from "#/sim/experiments/reverse.ts";
import type { DimensionLaw } from "#/sim/experiments/reverse_space.ts";

/** What is told beside the searches. */
export interface Told {
  dimensions: readonly ToldDimension[];
  condition: string;
  /** The condition in comparisons. */
  definition: string;
  replay: string;
  alpha: number;
  beta: number;
  /** Of the laws, a row a dimension. */
  correlations: readonly (readonly number[])[];
}

/** One dimension as it is told. */
export interface ToldDimension {
  path: string;
  /** In words, where it was proposed; else the path. */
  title: string;
  base: number;
  low: number;
  high: number;
  isLog: boolean;
  law: DimensionLaw | null;
  /** Where a proposed law is from; empty for one's own. */
  source: string;
}

/** A number on the scale on which its dimension is measured. */
export const onScale = ({ isLog }: Pick<ToldDimension, "isLog">, value: number): number =>
  isLog ? Math.log(value) : value;

/** How large a shock is by itself: in standard deviations from its law's middle, or in ranges from where the scenario stands. */
export function stepOf(dimension: ToldDimension, value: number, metric: Reverse["metric"]): number {
  const { law, base, low, high } = dimension, on = (x: number) => onScale(dimension, x);
  return metric === "plausibility" && law
    ? (on(value) - on(law.middle)) / law.sd
    : (on(value) - on(base)) / (on(high) - on(low));
}

/** Which breach a metric looks for. */
export const metricWord = (metric: Reverse["metric"]): string =>
  metric === "scaled" ? "smallest" : "likeliest";

/** How a search ended, in a sentence. */
export function endedWords(
  { ended, passing, directions, finestTurn, origin }: Pick<
    Reverse,
    "ended" | "passing" | "directions" | "finestTurn" | "origin"
  >,
): string {
  const looked =
    `${passing} of ${directions} directions hold as near as that, or to the ends of the ranges, by screening`;
  const turns = finestTurn === null
    ? "; the way was not turned in full, and a nearer breach may exist beside it"
    : `; turns of the way down to ${finestTurn} show none nearer`;
  const words: Record<Ended, string> = {
    found: origin.values.length === 1
      ? "along the one shock, up and down as far as the range goes"
      : looked + turns,
    "nothing breaks":
      `at ${directions} places at the ends of the ranges and half-way there screening saw no breach; the worst of them holds by test (last pass); no more is claimed`,
    "broken as it stands": "the condition is broken before anything is shocked",
    "cannot be told as it stands":
      "before anything is shocked no test can tell whether it breaks: its share lies between 30 % and 70 %, or more --replications are needed",
    "not confirmed": "screening saw breaches, and no test confirmed one: nothing is certified",
    "budget spent":
      "the budget is spent before the bracket closed: nothing is certified; a larger --budget goes on from here",
  };
  return words[ended];
}

/** Whether more shock broke no less on the way to the breach, as far as was looked. */
export function monotoneWords({ monotone }: Pick<Reverse, "monotone">): string {
  if (!monotone) return "whether more shock breaks no less was not checked";
  const { points, nearer, farther, passesBeyond } = monotone;
  if (passesBeyond?.by === "test") {
    return `NOT MONOTONE: a farther point on the way passes its test, at ${
      passesBeyond.distance.toFixed(3)
    } (${share(passesBeyond)}); the first fail is the nearest that was seen`;
  }
  if (passesBeyond) {
    return `whether more shock breaks no less is not settled: at ${
      passesBeyond.distance.toFixed(3)
    } screening saw it hold (${share(passesBeyond)}), and that was not tested`;
  }
  const checks = [
    nearer
      ? `half-way to the last pass ${verdictWord(nearer)} (${share(nearer)})`
      : "half-way to the last pass was not tested",
    farther
      ? `the end of the range ${verdictWord(farther)} (${share(farther)})`
      : "the end of the range was not tested",
  ];
  return `more shock broke no less at the ${points} points of the way that were looked at: ${
    checks.join(", ")
  }`;
}

/** What a point does. */
export const verdictWord = ({ verdict }: Pick<Tested, "verdict">): string =>
  ({ passes: "holds", fails: "breaks", open: "cannot be told" })[verdict];

/** In how many of how many replications a point broke. */
export const share = ({ events, trials }: Pick<Tested, "events" | "trials">): string =>
  `broke in ${events} of ${trials}`;

/** The errors behind a bracket, an entry a sentence. */
export function errorWords(
  { tests, secondTests, isNarrowed, tested, firstFail, lastPass }: Pick<
    Reverse,
    "tests" | "secondTests" | "isNarrowed" | "tested" | "firstFail" | "lastPass"
  >,
  { alpha, beta }: Pick<Told, "alpha" | "beta">,
): string[] {
  const percent = (share: number) => `${+(Math.min(1, share) * 100).toPrecision(3)} %`;
  const each = `a test says wrongly that a point breaks (a share of 30 % or less) in at most ${
    percent(alpha)
  } of cases, that it holds (70 % or more) in at most ${percent(beta)}`;
  if (!firstFail?.again || !lastPass?.again) {
    const all = tests + 1;
    return [
      "not both ends were tested a second time: the budget is spent, and a larger --budget goes on from here",
      `${each}; for all ${all} tests of this search together the bounds are ${percent(alpha * all)} and ${
        percent(beta * all)
      }`,
    ];
  }
  const untold = tested.filter(({ again, verdict }) => again && verdict === "open").length;
  // Of all points on the wrong side the one with the least shock (for the fail: the most) is let through the most easily, and with
  // it every other, where breaks rise with the shock replication by replication. So one error bounds them all.
  return [
    `both ends held a second time, on replications that chose nothing: the first fail ${
      share(firstFail.again)
    }, the last pass ${share(lastPass.again)}` +
    (untold > 0 ? `; ${untold} other ${untold === 1 ? "point" : "points"} did not` : ""),
    each,
    `second tests share their replications: where more shock breaks no less in each of these, the bracket is wrong at ` +
    `one of its ends in at most ${percent(alpha + beta)} of searches, however many tests chose it` +
    (secondTests > 2 ? `; where it may, each of the ${secondTests} second tests has its own errors` : ""),
    ...isNarrowed ? [] : [
      "the budget was spent before the bracket was as narrow as tests can tell: a larger --budget goes on from here",
    ],
  ];
}

/**
 * How probable a breach is under the laws, were its border flat where it is nearest: between the first fail and the last pass.
 * Source: the first-order reliability method; a border that curves towards the middle makes it more.
 */
export function probabilityWords(
  { metric, firstFail, lastPass }: Pick<Reverse, "metric" | "firstFail" | "lastPass">,
): string[] {
  if (metric !== "plausibility" || !firstFail || !lastPass) return [];
  const [low, high] = [firstFail, lastPass].map(({ distance }) =>
    `${+(normalTail(distance) * 100).toPrecision(2)} %`
  );
  return [
    `were the border of breaches flat there, one would have a probability of ${low} to ${high} under the laws`,
  ];
}

/** The searches for people. */
export function reverseInWords(scenario: string, found: readonly Reverse[], told: Told): string {
  const { dimensions, condition, definition } = told;
  const point = (it: Tested) =>
    `${dimensions.map(({ path }, i) => `${path} ${exactly(it.values[i])}`).join(", ")}; distance ${
      it.distance.toFixed(3)
    }; ${share(it)} replications${it.again ? `, then in ${it.again.events} of ${it.again.trials}` : ""}`;
  return found.flatMap((one) => {
    const { metric, origin, firstFail, lastPass, between, ended, runs } = one;
    return [
      `${scenario}: the ${metricWord(metric)} breach of ${condition} ${
        metric === "scaled"
          ? "(distance: shares of the ranges)"
          : "(distance: Mahalanobis, in standard deviations from the laws' middles)"
      }`,
      ...definition === condition ? [] : [`  breaks where   ${definition}`],
      `  unshocked      ${point(origin)}`,
      ...lastPass && lastPass !== origin ? [`  last pass      ${point(lastPass)}`] : [],
      ...between.map((it) => `  cannot be told ${point(it)}`),
      ...firstFail && ended !== "broken as it stands" ? [`  first fail     ${point(firstFail)}`] : [],
      `  ${ended}: ${endedWords(one)}; ${inFull(runs)} runs`,
      ...firstFail && ended === "found"
        ? [monotoneWords(one), ...errorWords(one, told), ...probabilityWords(one)].map((line) => `  ${line}`)
        : [],
    ];
  }).concat(lawLines(dimensions)).join("\n");
}

/** The laws that were proposed, with their sources. */
export function lawLines(dimensions: readonly ToldDimension[]): string[] {
  return dimensions.filter(({ source }) => source !== "").map(({ path, low, high, isLog, law, source }) =>
    `${path}: ${exactly(low)} to ${exactly(high)}${isLog ? " on a log scale" : ""}; ${
      law
        ? `${isLog ? "median" : "mean"} ${exactly(law.middle)}, sd ${exactly(law.sd)}${
          isLog ? " of the logarithm" : ""
        }; `
        : ""
    }${source}`
  );
}
