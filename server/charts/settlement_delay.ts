// How long a purchase waits for its settlement, by day, closed and open.

import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, lacking } from "#/server/facts/days.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Mean delay from authorisation to settlement, in minutes. */
export function settlementDelay(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["settlementDelay"]);
  if (missing.length) return absent("Delay to settlement", missing);
  const found = pairOf(report, "settlementDelay");
  return twoWorlds(dayRows(report, { delay: "settlementDelay" }), {
    title: found
      ? `Settlement takes ${inUnit(found.closed, found.unit)} minutes closed, ` +
        `${inUnit(found.open, found.unit)} open`
      : "Delay to settlement",
    caption: "Mean minutes from authorisation to settlement, by day.",
    y: amountAxis("minutes"),
  });
}
