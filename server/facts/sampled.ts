// What the pictures of a sampled sweep are made of: an outcome row by row, where settings lie on their axes, words for both.

import { quantileSorted, sorted } from "#/model/statistics/quantile.ts";
import type { Axis, Setting } from "#/scenarios/sweep_schema.ts";
import { difference, inUnit, shareTick, tick } from "#/server/format.ts";
import { axisWord, outcomeWord } from "#/server/words.ts";
import { axesOf } from "#/sim/experiments/design.ts";
import { samples, type Settings } from "#/sim/experiments/design_rows.ts";
import type { Condition } from "#/sim/experiments/discover.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";
import {
  type Measure,
  type Method,
  methodsFor,
  outcomeByRow,
  rowsOf,
  type Sensitivity,
  sensitivityOf,
  type Wanted,
} from "#/sim/experiments/sensitivity.ts";

/** An axis as pictures need it. */
export interface AxisScale {
  name: string;
  /** Its name and its title as words, short enough for a picture. */
  word: string;
  title: string;
  /** The words of its ends. */
  low: string;
  high: string;
  /** Words in file order, where its values are no numbers. */
  categories: string[] | null;
  /** Where a value lies, from 0 to 1, on the axis's own scale. */
  place(value: Setting): number;
}

/** A text that ends in an ellipsis where it would be longer than so many letters. */
export const cut = (text: string, letters: number): string =>
  text.length <= letters ? text : `${text.slice(0, letters - 1).trimEnd()}…`;

/** What a picture has no room to name, said in its caption; nothing where it names all. */
export const unnamed = (words: readonly string[], most = 6): string =>
  words.length === 0
    ? ""
    : ` Without a word beside them for want of room: ${words.slice(0, most).join(", ")}${
      words.length > most ? ` and ${words.length - most} more` : ""
    }.`;

/** A number on an axis, at most four digits that mean something. */
export const limitWord = (value: number): string => axisWord(Number(value.toPrecision(4)));

/**
 * How an axis is drawn. A list is parted evenly; a number between two of its values lies between their places.
 *
 * @example
 * ```ts
 * import { scaleOf } from "#/server/facts/sampled.ts";
 * import assert from "node:assert/strict";
 * const axis = { name: "bankLine", title: "The bank's line", path: "p", values: [] };
 * const { place, word } = scaleOf({ ...axis, range: { low: 1, high: 100, scale: "log" } });
 * assert.deepEqual([word, place(1), place(10)], ["bank line", 0, 0.5]);
 * assert.equal(scaleOf({ ...axis, values: [2, 4] }).place(3), 0.5);
 * ```
 */
export function scaleOf({ name, title, values, range }: Axis): AxisScale {
  const said = { name, word: cut(axisWord(name), 26), title };
  if (range) {
    const { low, high, scale } = range, isLog = scale === "log";
    const place = (value: Setting) =>
      isLog
        ? Math.log(Number(value) / low) / Math.log(high / low)
        : (Number(value) - low) / (high - low || 1);
    return { ...said, low: limitWord(low), high: limitWord(high), categories: null, place };
  }
  const n = values.length;
  if (values.some((value) => typeof value !== "number")) {
    const categories = values.map((value) => axisWord(value));
    return {
      ...said,
      low: categories[0],
      high: categories[n - 1],
      categories,
      place: (value) => (values.indexOf(value) + 0.5) / n,
    };
  }
  const ordered = (values as number[]).toSorted((a, b) => a - b);
  const place = (value: Setting) => {
    const at = Number(value), above = ordered.findIndex((one) => one >= at);
    if (above < 0) return 1 - 0.5 / n;
    const next = ordered[above], last = ordered[above - 1];
    return next === at || above === 0 ? (above + 0.5) / n : (above - 0.5 + (at - last) / (next - last)) / n;
  };
  return { ...said, low: limitWord(ordered[0]), high: limitWord(ordered[n - 1]), categories: null, place };
}

/** The rows of a sampled sweep with one outcome. */
export interface SampledRows {
  wanted: Wanted;
  unit: string;
  axes: AxisScale[];
  settings: Settings[];
  /** By row: the mean over replications, NaN where no result is there. */
  values: Float64Array;
}

/** An outcome of a sweep row by row. */
export function sampledRows(table: SweepTable, wanted: Wanted): SampledRows {
  return {
    wanted,
    unit: table.analysis.units[wanted.outcome] ?? "",
    axes: axesOf(table.design).map(scaleOf),
    settings: rowsOf(table),
    values: outcomeByRow(table, wanted),
  };
}

/** What is looked at, in words: `Net loss of interop`, or `Net loss, interop less baseline`. */
export function wantedWords({ outcome, scenario, isDifference }: Wanted, reference: string): string {
  return isDifference
    ? `${outcomeWord(outcome)}, ${scenario} less ${reference}`
    : `${outcomeWord(outcome)} of ${scenario}`;
}

/** How a value of what is looked at is written: a level in its unit, a difference with its sign. */
export const writeOf = ({ isDifference }: Wanted, unit: string) => (value: number): string =>
  isDifference ? difference(value, unit) : inUnit(value, unit);

/**
 * How the size of a change is written: of shares in percentage points, and without a sign where it goes up.
 *
 * @example
 * ```ts
 * import { changeOf } from "#/server/facts/sampled.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([changeOf("share")(0.0123), changeOf("CNY")(1e9)], ["1.23 pp", "CNY 1.00 bn"]);
 * ```
 */
export const changeOf = (unit: string) => (value: number): string => difference(value, unit).replace("+", "");

/** Ticks of an axis of such changes. */
export const changeTick = (unit: string): (value: number) => string =>
  unit === "share" ? (value) => shareTick(value).replace("%", "pp") : tick;

const comparisonWords = { "<": "below", "<=": "at most", ">": "above", ">=": "at least" } as const;

/** A condition in words: `Net loss of interop above CNY 2.00 bn`. */
export function conditionWords(
  { comparison, bound }: Condition,
  { wanted, unit, reference }: { wanted: Wanted; unit: string; reference: string },
): string {
  return `${wantedWords(wanted, reference)} ${comparisonWords[comparison]} ${writeOf(wanted, unit)(bound)}`;
}

/** The share of rows that a condition marks as of interest unless the reader says one. */
export const tailShare = 0.2;

/**
 * The condition that the highest (or lowest) fifth of rows meets, its bound as round as that allows; undefined where rows
 * do not differ.
 *
 * @example
 * ```ts
 * import { tailCondition } from "#/server/facts/sampled.ts";
 * import assert from "node:assert/strict";
 * const values = Array.from({ length: 100 }, (_, i) => i + 0.123);
 * assert.deepEqual(tailCondition("gmv", values, "high"), { outcome: "gmv", comparison: ">", bound: 79 });
 * assert.equal(tailCondition("gmv", [1, 1, NaN], "low"), undefined);
 * ```
 */
export function tailCondition(
  outcome: string,
  values: ArrayLike<number>,
  side: "high" | "low",
): Condition | undefined {
  const ordered = sorted(Array.from(values).filter(Number.isFinite)), n = ordered.length;
  if (n === 0 || ordered[0] === ordered[n - 1]) return undefined;
  const exact = quantileSorted(ordered, side === "high" ? 1 - tailShare : tailShare);
  const met = (bound: number) =>
    ordered.reduce((count, value) => count + Number(side === "high" ? value > bound : value < bound), 0);
  const wanted = met(exact);
  // Where many rows share the extreme, they alone are of interest.
  if (wanted === 0) {
    return {
      outcome,
      comparison: side === "high" ? ">=" : "<=",
      bound: ordered[side === "high" ? n - 1 : 0],
    };
  }
  const rounded = Array.from({ length: 16 }, (_, i) => Number(exact.toPrecision(i + 2)));
  const bound = rounded.find((one) => Math.abs(met(one) - wanted) <= 0.01 * n && met(one) > 0) ?? exact;
  return { outcome, comparison: side === "high" ? ">" : "<", bound };
}

/** The measure by which a method ranks axes. */
export const rankedBy: Record<Method, string> = {
  sobol: "total",
  fast: "total",
  rbdFast: "first",
  pawn: "median",
  delta: "delta",
  dgsm: "totalBound",
  morris: "muStar",
};

/** The axes of a result, the one that matters most first. */
export function ranked({ axes, method }: Sensitivity): Sensitivity["axes"] {
  const by = ({ measures }: Sensitivity["axes"][number]) => measures[rankedBy[method]].value;
  return axes.toSorted((a, b) => by(b) - by(a));
}

/** The interval of a measure, where it has one. */
export const intervalOf = ({ low, high }: Measure): [low: number, high: number] | undefined =>
  low !== null && high !== null && Number.isFinite(low) && Number.isFinite(high) ? [low, high] : undefined;

/** What makes an axis matter, by method: as little as that is as good as nothing for a decision. */
const matters: Record<Method, { words: string; is: (value: number, of: Sensitivity) => boolean }> = {
  sobol: { words: "5 % of the variance or more in all", is: (value) => value >= 0.05 },
  fast: { words: "5 % of the variance or more in all", is: (value) => value >= 0.05 },
  rbdFast: { words: "5 % of the variance or more alone", is: (value) => value >= 0.05 },
  pawn: {
    words: "a median distance of more than one and a half times what chance makes",
    is: (value, { rows }) => value > 1.5 * chanceDistance(rows),
  },
  delta: { words: "a delta of a tenth or more", is: (value) => value >= 0.1 },
  dgsm: { words: "a bound of 5 % of the variance or more", is: (value) => value >= 0.05 },
  morris: {
    words: "a mean size of effect of a tenth or more of the largest",
    is: (value, found) => value > 0 && value >= 0.1 * ranked(found)[0].measures.muStar.value,
  },
};

/**
 * The distance that a tenth of `rows` rows has from all of them by chance: the mean of Kolmogorov's distribution, less the
 * tenth's own weight.
 *
 * @example
 * ```ts
 * import { chanceDistance } from "#/server/facts/sampled.ts";
 * import assert from "node:assert/strict";
 * assert.equal(chanceDistance(900).toFixed(4), "0.0869");
 * ```
 */
export const chanceDistance = (rows: number): number => 0.8687 * Math.sqrt(9 / rows);

/** The axes that matter, the strongest first, and what is meant by that. */
export function mattering(found: Sensitivity): { axes: Sensitivity["axes"]; words: string } {
  const { words, is } = matters[found.method], by = rankedBy[found.method];
  return { axes: ranked(found).filter(({ measures }) => is(measures[by].value, found)), words };
}

/** Which axes matter, in a sentence. */
export function indexFinding(found: Sensitivity, { name }: { name: string }): string {
  const { axes } = mattering(found), all = found.axes.length, shown = axes.slice(0, 4);
  if (axes.length === 0) return `None of ${all} axes matters to ${name}`;
  return `${axes.length} of ${all} axes ${axes.length === 1 ? "matters" : "matter"} to ${name}: ` +
    shown.map(({ name }) => cut(axisWord(name), 30)).join(", ") +
    (shown.length < axes.length ? " and others" : "");
}

/** The budget of rows up to which a list of sweeps looks for what moves an outcome. */
const mostListed = 5_000;

/**
 * What moves the first outcome of a sweep's last scenario, against its first one where there are several; nothing where the
 * design does not sample, is unfinished or too large for a list, or tells nothing.
 */
export function sampledFinding(table: SweepTable): string {
  const { design: { design, base, outcomes }, rows, jobs } = table;
  if (!samples(design) || rows < jobs || rows > mostListed) return "";
  const wanted = { outcome: outcomes[0], scenario: base.at(-1)!, isDifference: base.length > 1 };
  try {
    const found = sensitivityOf(table, { ...wanted, method: methodsFor(design)[0], resamples: 0 });
    return indexFinding(found, { name: wantedWords(wanted, base[0]) });
  } catch (error) {
    // Too few rows, or none that has a value.
    if (error instanceof RangeError) return "";
    throw error;
  }
}
