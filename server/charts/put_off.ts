// Wants that were put off and wait for another try, by day, closed and open.

import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, lacking } from "#/server/facts/days.ts";
import { count } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** How many wants wait at the close of each day. */
export function putOff(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["waiting"]);
  if (missing.length) return absent("Wants put off", missing);
  const closed = report.a.daily.columns.waiting?.at(-1), open = report.b.daily.columns.waiting?.at(-1);
  return twoWorlds(dayRows(report, { waiting: "waiting" }), {
    title: closed == null || open == null
      ? "Wants put off"
      : `At the end ${count(closed)} wants wait in the closed world, ${count(open)} in the open one`,
    caption: "Wants that were put off and wait for another try, at the close of each day.",
    y: amountAxis("wants"),
    zero: true,
  });
}
