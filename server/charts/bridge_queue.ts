// Payments that had to wait on the bridge, and those that ran out of time, by day.

import { rectY, ruleY } from "@observablehq/plot";
import { type Absent, absent, amountAxis, type ChartOptions, dayAxis, frame } from "#/server/charts/chart.ts";
import { fateColours } from "#/server/colours.ts";
import { type DayRow, dayRows, lacking, sumOf } from "#/server/facts/days.ts";
import { count } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Queued and expired bridge payments of the open world. */
export function queueRows(report: Comparison): DayRow[] {
  return dayRows(report, { "settled after waiting": "bridgeQueued", "expired": "bridgeExpired" })
    .filter(({ world, value }) => world === "open" && value !== null);
}

/** Two bars a day. */
export function bridgeQueue(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["bridgeQueued", "bridgeExpired"]);
  if (missing.length === 2) return absent("The bridge's queue", missing);
  const queued = sumOf(report.b, "bridgeQueued") ?? 0, expired = sumOf(report.b, "bridgeExpired") ?? 0;
  return frame({
    title: queued + expired === 0
      ? "No payment had to wait on the bridge"
      : `${count(queued)} bridge payments were queued, ${count(expired)} expired unsettled`,
    caption:
      "Payments over the bridge that were queued for liquidity, and those that expired, by day, open world.",
    x: dayAxis,
    y: amountAxis("payments a day"),
    color: {
      type: "ordinal",
      legend: true,
      domain: ["settled after waiting", "expired"],
      range: [fateColours["put off"], fateColours.lost],
    },
    marks: [
      rectY(queueRows(report), { x: "date", interval: "day", y: "value", fill: "series", inset: 0 }),
      ruleY([0]),
    ],
  });
}
