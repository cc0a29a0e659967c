// Lost purchases a day, closed and open: wants that ended without a sale.

import { type Absent, absent, type ChartOptions, logAxis } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, lacking, sumOf } from "#/server/facts/days.ts";
import { count, relative } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Lost purchases by day, on a logarithmic scale that bears festivals. */
export function lostByDay(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["lost"]);
  if (missing.length) return absent("Purchases lost by day", missing);
  const rows = dayRows(report, { lost: "lost" }).filter(({ value }) => value !== null && value > 0);
  const closed = sumOf(report.a, "lost"), open = sumOf(report.b, "lost");
  const change = closed === null || open === null ? undefined : relative(closed, open);
  return twoWorlds(rows, {
    title: closed === null || open === null
      ? "Purchases lost by day"
      : `Lost purchases: ${count(closed)} closed, ${count(open)} open${change ? ` (${change})` : ""}`,
    caption: "Wants that ended without a sale, by day, logarithmic scale.",
    y: logAxis("purchases a day", rows.map(({ value }) => value!)),
  });
}
