// What lenders' payments go over which rail, by hour of the day, in the open world.

import { rectY, ruleY } from "@observablehq/plot";
import { type Absent, absent, amountAxis, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { railColours } from "#/server/colours.ts";
import { railHours, railSums } from "#/server/facts/rails.ts";
import { share } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { railWord } from "#/server/words.ts";

/** Stacked bars, an hour each. */
export function railsByHour(report: Comparison): ChartOptions | Absent {
  const rows = railHours(report);
  if (rows.length === 0) return absent("Payments by rail and hour", ["clearing.rails"]);
  const sums = railSums(report), all = sums.reduce((sum, { value }) => sum + value, 0);
  const bridge = sums.find(({ rail }) => rail === railWord("rtgs"))?.value ?? 0;
  const worded = Object.fromEntries(
    Object.entries(railColours).map(([rail, colour]) => [railWord(rail), colour]),
  );
  return frame({
    title: `${share(bridge / all)} of what lenders pay goes over the bridge`,
    caption:
      "Lenders' payments for purchases and institutions' payments over the bridge, by rail and hour of entry, " +
      "CNY a day, open world.",
    x: { label: "hour of the day →", labelArrow: "none", domain: [0, 24], ticks: 6 },
    y: amountAxis("CNY a day"),
    color: colours(worded, rows.map(({ rail }) => rail)),
    marks: [
      rectY(rows, {
        x1: "hour",
        x2: ({ hour }: { hour: number }) => hour + 1,
        y: "value",
        fill: "rail",
        insetLeft: 1,
      }),
      ruleY([0]),
    ],
  });
}
