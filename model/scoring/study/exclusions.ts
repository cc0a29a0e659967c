// Which columns of a file a scorecard must not be fitted on, each with its reason by name.

import type { Column } from "#/model/scoring/fit/columns.ts";
import { rowsOf } from "#/model/scoring/fit/columns.ts";

/** The reasons for which a column is not looked at. */
export const exclusionReasons = {
  asked: "left out on request",
  personal: "says who somebody is, not how they pay; it is used for the fairness table only",
  empty: "has no value in any row",
  constant: "has the same value in every row",
  identifier: "numbers the rows: each has its own value",
  freeText: "is text that is nearly always different",
} as const;

/** A reason by its name. */
export type ExclusionReason = keyof typeof exclusionReasons;

/** A column that is not looked at. */
export interface Exclusion {
  name: string;
  reason: ExclusionReason;
  /** The reason in words, with the numbers behind it. */
  words: string;
}

/** Names of columns about the person, capitals, spaces and signs aside. */
const personalNames = new Set([
  "age",
  "agegroup",
  "ageyears",
  "birthdate",
  "birthyear",
  "citizenship",
  "civilstatus",
  "codegender",
  "dateofbirth",
  "daysbirth",
  "dob",
  "education",
  "educationlevel",
  "ethnicity",
  "familystatus",
  "foreignworker",
  "gender",
  "marital",
  "maritalstatus",
  "marriage",
  "nationality",
  "personalstatus",
  "personalstatusandsex",
  "personalstatussex",
  "race",
  "religion",
  "sex",
]);

/**
 * Whether a column's name says that it is about the person: sex, age, marriage, education and their like.
 *
 * @example
 * ```ts
 * import { isPersonal } from "#/model/scoring/study/exclusions.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(["SEX", "Marital_Status", "average"].map(isPersonal), [true, true, false]);
 * ```
 */
export function isPersonal(name: string): boolean {
  return personalNames.has(name.toLowerCase().replace(/[^a-z]/g, ""));
}

/** From how many rows on a column of whole numbers that never repeat is taken for an identifier. */
const leastRowsForIdentifiers = 20;

/**
 * Parts columns into those to fit on and those left out, with reasons.
 *
 * An identifier is a column of whole numbers, all different, which is called one (`id`, `customer_no`, `Unnamed: 0`),
 * or whose numbers leave hardly a gap, or only rise from row to row. Free text has more than half as many values as rows.
 *
 * Shapes: `asked` names columns to leave out; `usesPersonal` keeps columns about the person. Errors: none.
 *
 * @example
 * ```ts
 * import { columnOf } from "#/model/scoring/fit/columns.ts";
 * import { exclude } from "#/model/scoring/study/exclusions.ts";
 * import assert from "node:assert/strict";
 * const rows = Array.from({ length: 40 }, (_, i) => i);
 * const { excluded } = exclude([columnOf("row", rows), columnOf("SEX", rows.map((i) => i % 2)), columnOf("x", rows.map((i) => i % 7))]);
 * assert.deepEqual(excluded.map(({ name, reason }) => `${name}: ${reason}`), ["row: identifier", "SEX: personal"]);
 * ```
 */
export function exclude(
  columns: readonly Column[],
  { asked = [], usesPersonal = false }: { asked?: readonly string[]; usesPersonal?: boolean } = {},
): { kept: Column[]; excluded: Exclusion[] } {
  const kept: Column[] = [], excluded: Exclusion[] = [];
  for (const column of columns) {
    const found = reasonFor(column, { asked, usesPersonal });
    if (!found) kept.push(column);
    else {
      const [reason, detail] = found;
      excluded.push({ name: column.name, reason, words: exclusionReasons[reason] + detail });
    }
  }
  return { kept, excluded };
}

function reasonFor(
  column: Column,
  { asked, usesPersonal }: { asked: readonly string[]; usesPersonal: boolean },
): [ExclusionReason, string] | undefined {
  if (asked.includes(column.name)) return ["asked", ""];
  const { present, distinct } = sizes(column), rows = rowsOf(column);
  if (present === 0) return ["empty", ""];
  if (distinct === 1 && present === rows) return ["constant", `: ${firstValue(column)}`];
  if (isPersonal(column.name) && !usesPersonal) return ["personal", ""];
  if (column.kind === "categorical") {
    return distinct >= 20 && distinct > present / 2
      ? ["freeText", `: ${distinct} values in ${present} rows`]
      : undefined;
  }
  return isIdentifier(column.name, column.values, { present, distinct })
    ? ["identifier", `: ${distinct} in ${present} rows`]
    : undefined;
}

function sizes(column: Column): { present: number; distinct: number } {
  if (column.kind === "numeric") {
    const present = column.values.filter((value) => value === value);
    return { present: present.length, distinct: new Set(present).size };
  }
  const present = column.codes.filter((code) => code >= 0);
  return { present: present.length, distinct: new Set(present).size };
}

function firstValue(column: Column): string {
  return column.kind === "numeric" ? String(column.values[0]) : column.levels[column.codes[0]];
}

const namesAnIdentifier =
  /(^|[^a-z])(id|ids|key|index|rownum|rowid|uuid|guid|unnamed)([^a-z]|$)|[a-z]ID$|^id|_?(no|nr|number|num)$|^column \d+$/i;

function isIdentifier(
  name: string,
  values: Float64Array,
  { present, distinct }: { present: number; distinct: number },
): boolean {
  if (present < leastRowsForIdentifiers || present < values.length || distinct < present) return false;
  let low = Infinity, high = -Infinity, rises = true;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isInteger(values[i])) return false;
    low = Math.min(low, values[i]);
    high = Math.max(high, values[i]);
    rises &&= i === 0 || values[i] > values[i - 1];
  }
  return rises || namesAnIdentifier.test(name) || high - low < 1.5 * present;
}
