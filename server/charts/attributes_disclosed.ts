// Attributes of people disclosed for each purchase wanted, closed and open: so festivals do not hide the rest.

import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, lacking, shareOf } from "#/server/facts/days.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Two lines. */
export function attributesDisclosed(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["attributesDisclosed", "wanted"]);
  if (missing.length) return absent("Attributes disclosed", missing);
  const found = pairOf(report, "attributesDisclosed");
  const rows = shareOf(dayRows(report, { disclosed: "attributesDisclosed", wanted: "wanted" }), "wanted");
  return twoWorlds(rows, {
    title: found
      ? `Attributes disclosed: ${inUnit(found.open, found.unit)} open, ${
        inUnit(found.closed, found.unit)
      } closed`
      : "Attributes disclosed",
    caption:
      "Attributes of people shown or looked at for each purchase wanted, by day, each time counted anew: " +
      "a name, a balance, a place.",
    y: amountAxis("attributes for each purchase"),
    zero: true,
  });
}
