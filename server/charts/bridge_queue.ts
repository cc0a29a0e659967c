// Payments that had to wait on the bridge, and those that ran out of time, by day.

import { rectY, ruleY } from "@observablehq/plot";
import { type Absent, absent, amountAxis, type ChartOptions, dayAxis, frame } from "#/server/charts/chart.ts";
import { fateColours } from "#/server/colours.ts";
import { type DayRow, dayRows, lacking, sumOf } from "#/server/facts/days.ts";
import { count } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

const settledLate = "settled after waiting", expired = "expired";

/**
 * Bridge payments of the open world that had to wait, told apart by how their waiting ended: the two together are all
 * that waited. The record counts every payment that joins a queue, those that expire among them.
 */
export function queueRows(report: Comparison): DayRow[] {
  const rows = dayRows(report, { [settledLate]: "bridgeQueued", [expired]: "bridgeExpired" })
    .filter(({ world, value }) => world === "open" && value !== null);
  const gone = new Map(
    rows.filter(({ series }) => series === expired).map(({ date, value }) => [date.getTime(), value!]),
  );
  return rows.map((row) =>
    row.series === expired ? row : { ...row, value: row.value! - (gone.get(row.date.getTime()) ?? 0) }
  );
}

/** Two bars a day. */
export function bridgeQueue(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["bridgeQueued", "bridgeExpired"]);
  if (missing.length === 2) return absent("The bridge's queue", missing);
  const queued = sumOf(report.b, "bridgeQueued") ?? 0, unsettled = sumOf(report.b, "bridgeExpired") ?? 0;
  return frame({
    title: queued === 0
      ? "No payment had to wait on the bridge"
      : `${count(queued)} bridge payments had to wait; ${count(unsettled)} of them expired unsettled`,
    caption:
      "Payments over the bridge that waited for liquidity, by how their waiting ended and by day, open world.",
    x: dayAxis,
    y: amountAxis("payments a day"),
    color: {
      type: "ordinal",
      legend: true,
      domain: [settledLate, expired],
      range: [fateColours["put off"], fateColours.lost],
    },
    marks: [
      rectY(queueRows(report), { x: "date", interval: "day", y: "value", fill: "series", inset: 0 }),
      ruleY([0]),
    ],
  });
}
