// How long a purchase waits for its settlement, by day, closed and open.

import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { type DayRow, dayRows, shareOf } from "#/server/facts/days.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Mean minutes by day: as recorded, or all minutes of the day over the purchases settled on credit. */
export function delayRows(report: Comparison): DayRow[] {
  const recorded = dayRows(report, { delay: "settlementDelay" });
  if (recorded.length > 0) return recorded;
  return shareOf(dayRows(report, { delay: "delayMinutesTotal", settled: "settledOnCredit" }), "settled");
}

/** Mean delay from authorisation to settlement, in minutes. */
export function settlementDelay(report: Comparison): ChartOptions | Absent {
  const rows = delayRows(report);
  if (rows.length === 0) return absent("Delay to settlement", ["settlementDelay"]);
  const found = pairOf(report, "settlementDelay");
  return twoWorlds(rows, {
    title: found
      ? `Settlement takes ${inUnit(found.closed, found.unit)} minutes closed, ` +
        `${inUnit(found.open, found.unit)} open`
      : "Delay to settlement",
    caption: "Mean minutes from authorisation to settlement, by day.",
    y: amountAxis("minutes"),
  });
}
