// The largest intraday need for liquidity by day, closed and open.

import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, lacking } from "#/server/facts/days.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Peak intraday debit by day, in CNY. */
export function peakLiquidity(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["peakLiquidity"]);
  if (missing.length) return absent("Peak intraday liquidity", missing);
  const found = pairOf(report, "peakLiquidity");
  return twoWorlds(dayRows(report, { peak: "peakLiquidity" }), {
    title: found
      ? `Peak liquidity: ${inUnit(found.closed, found.unit)} closed, ${inUnit(found.open, found.unit)} open`
      : "Peak intraday liquidity",
    caption:
      "Largest intraday debit of all settling parties together, by day. Peaks depend on how lumpy the sample " +
      "of shoppers is; more shoppers make them smaller.",
    y: amountAxis("CNY"),
    zero: true,
  });
}
