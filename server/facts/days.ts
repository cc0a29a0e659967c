// The daily record of both runs as one tidy table: date, world, series, value.

import { type ColumnTable, escape, table } from "arquero";
import type { RunResult } from "#/sim/result.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Which of the two runs: `closed` is the report's `a`, `open` its `b`. */
export type World = "closed" | "open";

/** One day of one series in one world; null where the run recorded no number. */
export interface DayRow {
  date: Date;
  world: World;
  series: string;
  value: number | null;
}

/** The two worlds of a report, closed first. */
export function worldsOf(report: Comparison): [World, RunResult][] {
  return [["closed", report.a], ["open", report.b]];
}

/** The dates of a run's days, as UTC midnights. */
export function datesOf(run: RunResult, days: number): Date[] {
  const start = Date.parse(`${run.world.startDate}T00:00:00Z`);
  return Array.from({ length: days }, (_, day) => new Date(start + day * 86_400_000));
}

/**
 * Chosen columns of both runs, folded.
 *
 * Shapes: `columns` maps the series' name to the column's; a run that lacks a column gives no rows for it.
 *
 * @example
 * ```ts
 * import { dayRows } from "#/server/facts/days.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * const rows = dayRows(fixtureComparison({ days: 2 }), { lost: "lost" });
 * assert.deepEqual(rows.map(({ world }) => world), ["closed", "closed", "open", "open"]);
 * ```
 */
export function dayRows(report: Comparison, columns: Record<string, string>): DayRow[] {
  return worldsOf(report).flatMap(([world, run]) => {
    const present = Object.entries(columns).filter(([, column]) =>
      (run.daily.columns[column]?.length ?? 0) > 0
    );
    if (present.length === 0) return [];
    const series = present.map(([name]) => name);
    const days = Math.max(...present.map(([, column]) => run.daily.columns[column].length));
    const wide: ColumnTable = table({
      date: datesOf(run, days),
      ...Object.fromEntries(present.map(([name, column]) => [name, run.daily.columns[column]])),
    });
    return wide.fold(series, { as: ["series", "value"] }).derive({ world: escape(() => world) })
      .objects() as unknown as DayRow[];
  });
}

/** The names after a prefix of the columns that either run has: `columnsOf(report, "balance.")` → products. */
export function columnsOf(report: Comparison, prefix: string): string[] {
  const names = new Set([report.a, report.b].flatMap((run) => Object.keys(run.daily.columns)));
  return [...names].filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length)).sort();
}

/** Those of some columns that neither run has. */
export function lacking(report: Comparison, columns: readonly string[]): string[] {
  return columns.filter((name) =>
    [report.a, report.b].every((run) => (run.daily.columns[name]?.length ?? 0) === 0)
  );
}

/**
 * Rows as parts of a whole: each value over the `whole` series of the same day and world.
 *
 * A day whose whole is zero or missing has no share: null.
 */
export function shareOf(rows: readonly DayRow[], whole: string): DayRow[] {
  const key = ({ date, world }: DayRow) => `${world} ${date.getTime()}`;
  const wholes = new Map(rows.filter(({ series }) => series === whole).map((row) => [key(row), row.value]));
  return rows.filter(({ series }) => series !== whole).map((row) => {
    const over = wholes.get(key(row));
    return { ...row, value: over && row.value !== null ? row.value / over : null };
  });
}

/** The row with the smallest value of some rows (the earliest of equals); undefined without numbers. */
export function lowest(rows: readonly DayRow[]): DayRow | undefined {
  return rows.filter(({ value }) => value !== null).reduce<DayRow | undefined>(
    (least, row) => least === undefined || row.value! < least.value! ? row : least,
    undefined,
  );
}

/** The row with the largest value of some rows (the earliest of equals); undefined without numbers. */
export function highest(rows: readonly DayRow[]): DayRow | undefined {
  return rows.filter(({ value }) => value !== null).reduce<DayRow | undefined>(
    (most, row) => most === undefined || row.value! > most.value! ? row : most,
    undefined,
  );
}

/** A column of a run added up over its days; null where the run recorded none. */
export function sumOf(run: RunResult, column: string): number | null {
  const values = run.daily.columns[column];
  return values?.length ? values.reduce((sum, value) => sum + (value ?? 0), 0) : null;
}

/** Rows added up from the first day on, each series of each world for itself. */
export function cumulated(rows: readonly DayRow[]): DayRow[] {
  const sofar = new Map<string, number>();
  return rows.map((row) => {
    const key = `${row.world} ${row.series}`;
    const value = (sofar.get(key) ?? 0) + (row.value ?? 0);
    sofar.set(key, value);
    return { ...row, value };
  });
}
