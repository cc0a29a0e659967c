// Consents and uses of personal data in both runs: what was given, taken back and used, by kind.

import { consentKinds, dataOf } from "#/model/identity/consents.ts";
import { type DayRow, dayRows, shareOf, sumOf } from "#/server/facts/days.ts";
import type { Pair } from "#/server/facts/outcomes.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** The classes of personal data, in the order of the consents that cover them. */
export const dataClasses: readonly string[] = consentKinds.map((kind) => dataOf[kind]);

/** A day's change of the consents of one kind; `value` is below zero for those withdrawn. */
export interface ConsentRow extends DayRow {
  change: "given" | "withdrawn";
}

/**
 * Consents given and withdrawn a day, by the class of data that each covers.
 *
 * @example
 * ```ts
 * import { consentRows } from "#/server/facts/consents.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * for (const { change, value } of consentRows(fixtureComparison({ days: 3 }))) {
 *   assert.ok(change === "given" ? value! >= 0 : value! <= 0);
 * }
 * ```
 */
export function consentRows(report: Comparison): ConsentRow[] {
  const of = (change: ConsentRow["change"], prefix: string, sign: number) =>
    dayRows(report, Object.fromEntries(consentKinds.map((kind) => [dataOf[kind], `${prefix}.${kind}`])))
      .map((row): ConsentRow => ({ ...row, change, value: row.value === null ? null : sign * row.value }));
  return [...of("given", "consentsGiven", 1), ...of("withdrawn", "consentsWithdrawn", -1)];
}

/**
 * Uses of personal data for each purchase wanted, by day, world and class, both issuers together; a class that a run never
 * recorded has no rows.
 */
export function usesPerWant(report: Comparison): DayRow[] {
  return shareOf([...usesByDay(report), ...dayRows(report, { wanted: "wanted" })], "wanted");
}

function usesByDay(report: Comparison): DayRow[] {
  const issuers = ["jd", "ant"];
  const columns = Object.fromEntries(
    dataClasses.flatMap((data) =>
      issuers.map((issuer) => [`${data}.${issuer}`, `dataUses.${data}.${issuer}`])
    ),
  );
  const sums = new Map<string, DayRow>();
  for (const row of dayRows(report, columns)) {
    const series = row.series.split(".")[0];
    const key = `${row.world} ${row.date.getTime()} ${series}`, sum = sums.get(key);
    sums.set(key, { ...row, series, value: (sum?.value ?? 0) + (row.value ?? 0) });
  }
  return [...sums.values()];
}

/** A daily column added up over the days, both runs side by side; undefined when neither run has it. */
export function summed(report: Comparison, name: string, unit: string): Pair | undefined {
  return paired({ name, unit, closed: sumOf(report.a, name), open: sumOf(report.b, name) });
}

/** Two values as a pair of runs; undefined when both are missing. */
export function paired(
  { name, unit, closed, open }: { name: string; unit: string; closed: number | null; open: number | null },
): Pair | undefined {
  if (closed === null && open === null) return undefined;
  return { name, unit, closed, open, difference: closed === null || open === null ? null : open - closed };
}
