// Net loss of the lenders so far, by credit and by fraud together, closed and open.

import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { cumulated, dayRows, lacking } from "#/server/facts/days.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { difference, inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Charge-offs less recoveries and losses by fraud, added up from the first day. */
export function netLoss(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["netLoss"]);
  if (missing.length) return absent("Net loss", missing);
  const found = pairOf(report, "netLoss");
  return twoWorlds(cumulated(dayRows(report, { loss: "netLoss" })), {
    title: found
      ? `Net loss: ${inUnit(found.open, found.unit)} open, ${difference(found.difference, found.unit)} ` +
        "against closed"
      : "Net loss",
    caption: "Charge-offs less recoveries, and losses by fraud, since the first day.",
    y: amountAxis("CNY so far"),
    zero: true,
  });
}
