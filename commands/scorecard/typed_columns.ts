// Columns of text as numbers or levels, with the marks for a missing value.

import { type Column, columnOf } from "#/model/scoring/fit/columns.ts";

/** Texts that mean "no value", capitals aside, whatever else stands in the column. */
const missingMarks = new Set(["na", "n/a", "#n/a", "nan", "null", "nil", "?", "."]);
/** Texts that mean it in a column of numbers only; elsewhere they may be a level. */
const missingAmongNumbers = new Set(["none", "-", "--", "missing", "unknown"]);

/** From which share of numbers on, of 1, a column with a few texts in it is one of numbers. */
const numbersFrom = 0.95;

/** A column and what had to be said about it. */
export interface TypedColumn {
  column: Column;
  note?: string;
}

/**
 * A column of numbers where (nearly) all present cells are numbers, else of levels.
 *
 * Numbers may have thousands set apart by commas, a currency sign or a percent sign (which is dropped), or be infinite, which
 * then is the largest number. Few texts among numbers count as missing, and the note says so.
 *
 * Shapes: a cell is null where it is empty. `hasDecimalComma` reads 1,5 as one and a half. Errors: none.
 */
export function typedColumn(
  name: string,
  cells: readonly (string | null)[],
  { hasDecimalComma = false }: { hasDecimalComma?: boolean } = {},
): TypedColumn {
  const present = cells.map((cell) => cell === null || isMark(missingMarks, cell) ? null : cell);
  const numbers = present.map((cell) => cell === null ? NaN : numberOf(cell, { hasDecimalComma }));
  const texts = new Map<string, number>();
  let count = 0, filled = 0;
  present.forEach((cell, i) => {
    if (cell === null || isMark(missingAmongNumbers, cell)) return;
    filled++;
    if (Number.isNaN(numbers[i])) texts.set(cell, (texts.get(cell) ?? 0) + 1);
    else count++;
  });
  if (count === 0 && texts.size > 0 || count < numbersFrom * filled) {
    return { column: columnOf(name, present) };
  }
  const column: Column = { name, kind: "numeric", values: Float64Array.from(numbers) };
  if (texts.size === 0) return { column };
  const shown = [...texts].slice(0, 3).map(([text, times]) => `${JSON.stringify(text)} ${times} times`).join(
    ", ",
  );
  return {
    column,
    note: `${name}: texts among numbers count as missing: ${shown}${texts.size > 3 ? ", …" : ""}`,
  };
}

/** Whether a cell is one of some short marks; most cells are too long or begin with a digit. */
const isMark = (marks: ReadonlySet<string>, cell: string) =>
  cell.length <= 7 && !/^\d/.test(cell) && marks.has(cell.toLowerCase());

const plain = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const grouped = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** The number that a text is, or NaN. */
export function numberOf(
  text: string,
  { hasDecimalComma = false }: { hasDecimalComma?: boolean } = {},
): number {
  // A whole number of more than fifteen digits is a name: as a number it would lose some.
  if (/^\d{16,}$/.test(text)) return NaN;
  if (plain.test(text)) return finite(Number(text));
  if (/^[+-]?inf(inity)?$/i.test(text)) return text.startsWith("-") ? -Number.MAX_VALUE : Number.MAX_VALUE;
  const bare = text.replace(/^([+-]?)\s*[$€£¥]\s*/, "$1").replace(/\s*%$/, "");
  if (hasDecimalComma && /^[+-]?\d+,\d+$/.test(bare)) return Number(bare.replace(",", "."));
  if (grouped.test(bare)) return Number(bare.replaceAll(",", ""));
  return plain.test(bare) ? finite(Number(bare)) : NaN;
}

/** What passes the largest number is the largest number, so that it can be written down. */
function finite(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}
