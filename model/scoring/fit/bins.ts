// The bins of one variable as plain data: where a value falls, and how each bin is called.

import type { Column } from "./columns.ts";

/** Bins of numbers: bin i holds the values from `cuts[i - 1]` up to, but not including, `cuts[i]`. */
export interface NumericBins {
  kind: "numeric";
  cuts: number[];
}

/** Bins of levels: bin i holds the levels in `groups[i]`. */
export interface CategoricalBins {
  kind: "categorical";
  groups: string[][];
}

/**
 * The bins of a variable. After the bins of values stand two more, whether or not a row fell into them: one for missing
 * values and one for levels never seen while fitting.
 */
export type Bins = NumericBins | CategoricalBins;

/** How many bins hold values: the place of the bin for missing values. */
export function missingIndex(bins: Bins): number {
  return bins.kind === "numeric" ? bins.cuts.length + 1 : bins.groups.length;
}

/** The place of the bin for levels never seen while fitting; the last bin. */
export function unseenIndex(bins: Bins): number {
  return missingIndex(bins) + 1;
}

/**
 * The place of the bin into which a value falls.
 *
 * Shapes: a number for numeric bins, a text for categorical ones; NaN, null, undefined and "" are missing.
 * Errors: `TypeError` for a text where numbers are expected; a number is looked up among levels by its text.
 *
 * @example
 * ```ts
 * import { binIndex } from "#/model/scoring/fit/bins.ts";
 * import assert from "node:assert/strict";
 * const bins = { kind: "numeric", cuts: [18, 65] } as const;
 * assert.deepEqual([17, 18, 70, NaN].map((age) => binIndex({ ...bins, cuts: [18, 65] }, age)), [0, 1, 2, 3]);
 * ```
 */
export function binIndex(bins: Bins, value: number | string | null | undefined): number {
  if (value === null || value === undefined || value === "" || value !== value) return missingIndex(bins);
  if (bins.kind === "categorical") {
    const text = String(value);
    const found = bins.groups.findIndex((group) => group.includes(text));
    return found < 0 ? unseenIndex(bins) : found;
  }
  if (typeof value !== "number") {
    throw new TypeError(`Cannot bin ${JSON.stringify(value)}: allowed is a number, or null for missing`);
  }
  return cutIndex(bins.cuts, value);
}

/** How many cuts do not exceed a number: the place of its bin. */
function cutIndex(cuts: readonly number[], value: number): number {
  let low = 0, high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The bins of a whole column, one small number a row, for scoring in a loop.
 *
 * Errors: `TypeError` where a column of levels meets bins of numbers or the other way round.
 *
 * @example
 * ```ts
 * import { binColumn } from "#/model/scoring/fit/bins.ts";
 * import { columnOf } from "#/model/scoring/fit/columns.ts";
 * import assert from "node:assert/strict";
 * const tiers = { kind: "categorical" as const, groups: [["first"], ["second", "third"]] };
 * assert.deepEqual([...binColumn(tiers, columnOf("tier", ["third", "", "moon"]))], [1, 2, 3]);
 * ```
 */
export function binColumn(bins: Bins, column: Column): Uint8Array {
  if (bins.kind !== column.kind) {
    throw new TypeError(
      `Cannot bin column ${column.name}: found a ${column.kind} column; its bins are ${bins.kind}`,
    );
  }
  if (column.kind === "categorical") {
    const places = column.levels.map((level) => binIndex(bins, level)), missing = missingIndex(bins);
    return Uint8Array.from(column.codes, (code) => code < 0 ? missing : places[code]);
  }
  const { cuts } = bins as NumericBins, missing = missingIndex(bins);
  const out = new Uint8Array(column.values.length);
  for (let i = 0; i < out.length; i++) {
    const value = column.values[i];
    out[i] = value !== value ? missing : cutIndex(cuts, value);
  }
  return out;
}

/** How many levels a label names before it only counts them. */
const namedLevels = 4;

/**
 * How each bin is called, in order, the last two included: `from 2 to below 5`, `missing`, `never seen`. Where all values are
 * whole (`isWhole`) as people say it: `2 to 4`, `5 or more`.
 */
export function binLabels(bins: Bins, { isWhole = false }: { isWhole?: boolean } = {}): string[] {
  return [...valueLabels(bins, isWhole), "missing", "never seen"];
}

function valueLabels(bins: Bins, isWhole: boolean): string[] {
  if (bins.kind === "categorical") {
    return bins.groups.map((group) =>
      group.length <= namedLevels
        ? group.join(", ")
        : `${group.slice(0, namedLevels).join(", ")} and ${group.length - namedLevels} more`
    );
  }
  const { cuts } = bins, shown = (value: number) => String(Number(value.toPrecision(8)));
  if (cuts.length === 0) return ["all values"];
  const first = shown(cuts[0]), last = shown(cuts[cuts.length - 1]);
  // Beyond eight digits a cut is not written in full, so one less would not be either.
  if (isWhole && cuts.every((cut) => Math.abs(cut) < 1e8)) {
    return [
      `${shown(cuts[0] - 1)} or less`,
      ...cuts.slice(1).map((cut, i) =>
        cut - 1 === cuts[i] ? shown(cuts[i]) : `${shown(cuts[i])} to ${shown(cut - 1)}`
      ),
      `${last} or more`,
    ];
  }
  return [
    `below ${first}`,
    ...cuts.slice(1).map((cut, i) => `from ${shown(cuts[i])} to below ${shown(cut)}`),
    `${last} and above`,
  ];
}
