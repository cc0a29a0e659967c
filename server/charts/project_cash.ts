// The cash of the project company by day, closed and open.

import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, lacking, lowest } from "#/server/facts/days.ts";
import { money } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Cash of the company that builds and runs the bridge, in CNY. */
export function projectCash(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["projectCash"]);
  if (missing.length) return absent("Cash of the project company", missing);
  const rows = dayRows(report, { cash: "projectCash" });
  const least = lowest(rows.filter(({ world }) => world === "open"));
  const last = report.b.daily.columns.projectCash?.at(-1);
  const flat = rows.every(({ value }) => !value);
  return twoWorlds(rows, {
    title: flat
      ? "The project company holds no cash of its own at any day's close"
      : least && last != null
      ? `Cash ends at ${money(last)}; lowest ${money(least.value!)} on ${
        least.date.toISOString().slice(0, 10)
      }`
      : "Cash of the project company",
    caption: "Cash of the project company by day.",
    y: amountAxis("CNY"),
    zero: true,
  });
}
