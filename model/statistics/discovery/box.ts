// Boxes: limits on some inputs of a sample, and how well the rows inside them are the ones of interest.

import { betaCumulative } from "#/model/statistics/distributions.ts";
import { wholeWithin } from "#/model/statistics/designs/refuse.ts";

/** An input of a sample, a value a row. */
export interface Column {
  name: string;
  /** Numbers; for a category the code of its value, from 0 on. */
  values: ArrayLike<number>;
  kind?: "number" | "category";
}

/** The limit of a box on one input: both ends belong to it; of a category the codes that it keeps. */
export interface Limit {
  low: number;
  high: number;
  codes?: readonly number[];
}

/** A box and what it holds. */
export interface Box {
  /** By input; undefined where the box does not restrict it. */
  limits: (Limit | undefined)[];
  rows: number;
  /** Rows of interest inside. */
  hits: number;
  /** Share of all rows that lie inside. */
  mass: number;
  /** Share of all rows of interest that lie inside. */
  coverage: number;
  /** Share of the rows inside that are of interest. */
  density: number;
}

/** A sample that has been checked: numbers of rows and hits, and the range of each input. */
export interface Sample {
  columns: readonly Column[];
  interest: Uint8Array;
  rows: number;
  hits: number;
  ranges: Limit[];
}

/**
 * Checks a sample.
 *
 * Errors: `RangeError` naming the column and row when lengths differ, a value is not finite or no code, or when no row or every
 * row is of interest (then there is nothing to tell apart).
 */
export function sampleOf(columns: readonly Column[], isOfInterest: ArrayLike<number | boolean>): Sample {
  const rows = isOfInterest.length;
  wholeWithin(rows, [20, 50_000_000], "rows of a sample in which boxes are looked for");
  wholeWithin(columns.length, [1, 10_000], "inputs of such a sample");
  const ranges = columns.map(({ name, values, kind }): Limit => {
    if (values.length !== rows) {
      throw new RangeError(`Input "${name}" has ${values.length} values, the sample ${rows} rows`);
    }
    let low = Infinity, high = -Infinity;
    for (let row = 0; row < rows; row++) {
      const value = values[row];
      if (!Number.isFinite(value) || kind === "category" && !(Number.isInteger(value) && value >= 0)) {
        const allowed = kind === "category" ? "whole codes from 0 on" : "finite numbers";
        throw new RangeError(`Input "${name}" is ${value} in row ${row}; allowed are ${allowed}`);
      }
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    return kind === "category"
      ? { low, high, codes: Array.from({ length: high + 1 }, (_, code) => code) }
      : { low, high };
  });
  const interest = Uint8Array.from(isOfInterest, Number);
  let hits = 0;
  for (const is of interest) hits += is === 0 ? 0 : 1;
  if (hits === 0 || hits === rows) {
    throw new RangeError(
      `${hits} of ${rows} rows are of interest; boxes need some that are and some that are not`,
    );
  }
  return { columns, interest, rows, hits, ranges };
}

/** Whether a value lies within a limit. */
export const within = (value: number, limit: Limit | undefined): boolean =>
  limit === undefined ||
  (limit.codes ? limit.codes.includes(value) : value >= limit.low && value <= limit.high);

/** A box with these limits, counted on a sample. */
export function boxOf(sample: Sample, limits: (Limit | undefined)[]): Box {
  let rows = 0, hits = 0;
  for (let row = 0; row < sample.rows; row++) {
    if (!limits.every((limit, i) => within(sample.columns[i].values[row], limit))) continue;
    rows++;
    hits += sample.interest[row];
  }
  return counted(sample, { limits, rows, hits });
}

/** A box of which the counts are known. */
export function counted(
  sample: Sample,
  { limits, rows, hits }: { limits: (Limit | undefined)[]; rows: number; hits: number },
): Box {
  return {
    limits,
    rows,
    hits,
    mass: rows / sample.rows,
    coverage: hits / sample.hits,
    density: rows === 0 ? 0 : hits / rows,
  };
}

/**
 * How likely each limit of a box would be by chance: the probability of as many rows of interest, or more, among those inside,
 * had the rows the density of the box without that limit. Small values speak for the limit.
 *
 * Shapes: by input; NaN where the box does not restrict it. Errors: none.
 * Source: B. P. Bryant and R. J. Lempert (2010), quasi-p values: an exact binomial tail.
 */
export function quasiP(sample: Sample, box: Box): number[] {
  return box.limits.map((limit, i) => limit ? byChance(sample, box, box.limits.with(i, undefined)) : NaN);
}

/**
 * The same for each end of a limit alone: what the end adds while the other end stays. A category has one figure, at `low`.
 *
 * Shapes: by input; undefined where the box does not restrict it, NaN at an end that is no further in than the sample's.
 * Errors: none. Source: as of {@link quasiP}; by ends as Kwakkel and Jaxa-Rozen (2016) tell them.
 */
export function quasiPOfEnds(
  sample: Sample,
  box: Box,
): ({ low: number; high: number } | undefined)[] {
  return box.limits.map((limit, i) => {
    if (!limit) return undefined;
    const whole = sample.ranges[i];
    const chance = (freed: Limit | undefined) => byChance(sample, box, box.limits.with(i, freed));
    if (limit.codes) return { low: chance(undefined), high: NaN };
    return {
      low: limit.low > whole.low ? chance({ ...limit, low: whole.low }) : NaN,
      high: limit.high < whole.high ? chance({ ...limit, high: whole.high }) : NaN,
    };
  });
}

/** How likely so many hits, or more, are among the rows of a box if they had the density of a wider one. */
function byChance(sample: Sample, { rows, hits }: Box, wider: (Limit | undefined)[]): number {
  if (hits === 0) return 1;
  return betaCumulative(boxOf(sample, wider).density, { a: hits, b: rows - hits + 1 });
}
