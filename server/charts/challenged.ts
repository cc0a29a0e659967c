// Who is challenged: the share of purchases wanted for which the shopper has to prove who pays, by day.

import { type Absent, absent, type ChartOptions, shareAxis } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, lacking, shareOf, sumOf } from "#/server/facts/days.ts";
import { share } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Two lines. */
export function challenged(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["challenges", "wanted"]);
  if (missing.length) return absent("Purchases challenged", missing);
  const part = (run: Comparison["a"]) => {
    const asked = sumOf(run, "challenges"), wanted = sumOf(run, "wanted");
    return asked === null || !wanted ? "–" : share(asked / wanted);
  };
  return twoWorlds(shareOf(dayRows(report, { asked: "challenges", wanted: "wanted" }), "wanted"), {
    title: `Challenged: ${part(report.b)} of purchases open, ${part(report.a)} closed`,
    caption: "Challenges (a code, a bound card) as a share of purchases wanted, by day. Amount, shop and " +
      "fraud rules ask for them.",
    y: shareAxis("share of wants"),
    zero: true,
  });
}
