// What went wrong in clearing in the open world: transfers that met a fault by how they ended, and breaks between files.

import type { DayRow } from "#/server/facts/days.ts";
import { dayRows, sumOf } from "#/server/facts/days.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** How a transfer that met a fault ended, as the reader knows it → the daily column. */
export const transferEnds = {
  "fulfilled in time": "transfersInTime",
  "fulfilled late": "transfersLate",
  "given back": "transfersTimedOut",
  "no money": "transfersUnfunded",
} as const;

/** Transfers of the open world that met a fault, by day and end. */
export function transferRows(report: Comparison): DayRow[] {
  return open(dayRows(report, transferEnds));
}

/** Transfers that met a fault over the whole period, by end; null where the run did not record them. */
export function transferSums({ b }: Comparison): { all: number; ends: Record<string, number> } | null {
  const all = sumOf(b, "transfersPrepared");
  if (all === null) return null;
  const ends = Object.entries(transferEnds).map(([end, column]) => [end, sumOf(b, column) ?? 0]);
  return { all, ends: Object.fromEntries(ends) };
}

/** Breaks between the files of two platforms in the open world, by day: found, and open at the day's end. */
export function breakRows(report: Comparison): DayRow[] {
  return open(dayRows(report, { "found": "breaksFound", "open at the end of the day": "breaksOpen" }));
}

/** Breaks over the whole period: found, worked off, and the most that were open on a day; null where not recorded. */
export function breakSums({ b }: Comparison): { found: number; workedOff: number; mostOpen: number } | null {
  const found = sumOf(b, "breaksFound"), workedOff = sumOf(b, "breaksWorkedOff");
  if (found === null) return null;
  const mostOpen = Math.max(0, ...(b.daily.columns.breaksOpen ?? []).map((value) => value ?? 0));
  return { found, workedOff: workedOff ?? 0, mostOpen };
}

const open = (rows: DayRow[]) => rows.filter(({ world, value }) => world === "open" && value !== null);
