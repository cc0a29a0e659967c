// What waited on the bridge and the money that was in use there, by hour of the day, at the worst.

import { lineY, ruleY } from "@observablehq/plot";
import { type Absent, absent, amountAxis, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { bridgeColours } from "#/server/colours.ts";
import { money } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

const waits = "waiting", used = "money in use";

/** Two lines over the hours. */
export function bridgeByHour(report: Comparison): ChartOptions | Absent {
  const hours = report.b.clearing?.bridge ?? [];
  const most = Math.max(0, ...hours.map(({ liquidityPeakCny }) => liquidityPeakCny));
  if (hours.length === 0) return absent("The bridge by hour of the day", ["clearing.bridge"]);
  if (most === 0) {
    return {
      title: "The bridge by hour of the day",
      absent: "Nothing was paid over the bridge in the open world.",
    };
  }
  const rows = hours.flatMap(({ queuePeakCny, liquidityPeakCny }, hour) => [
    { hour: hour + 0.5, series: waits, value: queuePeakCny },
    { hour: hour + 0.5, series: used, value: liquidityPeakCny },
  ]);
  const gridlock = hours.reduce((sum, { gridlockMinutes }) => sum + gridlockMinutes, 0);
  const peak = Math.max(...hours.map(({ queuePeakCny }) => queuePeakCny));
  return frame({
    title: gridlock >= 1
      ? `Gridlock on ${Math.round(gridlock)} minutes of a mean day; ${money(peak)} wait at worst`
      : `No gridlock; ${money(peak)} wait at worst, ${money(most)} of the money there is in use`,
    caption:
      "The most that waited on the bridge and the most of its prefunded money that was in use, by hour of the " +
      `day, worst day, open world. Queue: ${report.b.clearing?.method}.`,
    x: { label: "hour of the day →", labelArrow: "none", domain: [0, 24], ticks: 6 },
    y: amountAxis("CNY"),
    color: colours(bridgeColours, [waits, used]),
    marks: [ruleY([0]), lineY(rows, { x: "hour", y: "value", z: "series", stroke: "series" })],
  });
}
