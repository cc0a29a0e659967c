// The columns that a scorecard is fitted on: numbers or named levels, with a place for what is missing.

/** A column of numbers; NaN is a missing value. */
export interface NumericColumn {
  name: string;
  kind: "numeric";
  values: Float64Array;
}

/** A column of named levels; a code is a place in `levels`, -1 is a missing value. */
export interface CategoricalColumn {
  name: string;
  kind: "categorical";
  levels: readonly string[];
  codes: Int32Array;
}

/** A column of a table whose rows are borrowers. */
export type Column = NumericColumn | CategoricalColumn;

/**
 * A column from plain values: numbers where all present values are numbers, levels where they are texts.
 *
 * Shapes: null, undefined, NaN and the empty text are missing; levels stand in order of code unit.
 * Errors: `TypeError` for a column that mixes numbers and texts, or holds anything else.
 *
 * @example
 * ```ts
 * import { columnOf } from "#/model/scoring/fit/columns.ts";
 * import assert from "node:assert/strict";
 * const tier = columnOf("tier", ["second", null, "first"]);
 * assert.ok(tier.kind === "categorical");
 * assert.deepEqual([tier.levels, [...tier.codes]], [["first", "second"], [1, -1, 0]]);
 * ```
 */
export function columnOf(name: string, values: readonly (number | string | null | undefined)[]): Column {
  const isMissing = (value: unknown) =>
    value === null || value === undefined || value === "" || Number.isNaN(value);
  const kinds = new Set(values.filter((value) => !isMissing(value)).map((value) => typeof value));
  for (const kind of kinds) {
    if (kind !== "number" && kind !== "string" || kinds.size > 1) {
      throw new TypeError(
        `Cannot make a column of ${name}: found ${[...kinds].sort().join(" and ")} values; ` +
          "allowed are numbers or texts, with null for missing",
      );
    }
  }
  if (kinds.has("string")) {
    const levels = [...new Set(values.filter((value) => !isMissing(value)) as string[])].sort();
    const codes = new Map(levels.map((level, code) => [level, code]));
    return {
      name,
      kind: "categorical",
      levels,
      codes: Int32Array.from(values, (value) => codes.get(value as string) ?? -1),
    };
  }
  return {
    name,
    kind: "numeric",
    values: Float64Array.from(values, (value) => isMissing(value) ? NaN : value as number),
  };
}

/** How many rows a column has. */
export function rowsOf(column: Column): number {
  return column.kind === "numeric" ? column.values.length : column.codes.length;
}

/**
 * Some rows of a column, in the order in which they are named.
 *
 * Errors: none; a row that does not exist is a missing value.
 */
export function pick(column: Column, rows: ArrayLike<number>): Column {
  if (column.kind === "numeric") {
    const values = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]] ?? NaN;
    return { ...column, values };
  }
  const codes = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]] ?? -1;
  return { ...column, codes };
}
