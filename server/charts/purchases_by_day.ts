// Purchases a day: wanted, settled and lost, closed and open, on one logarithmic scale that bears festivals.

import { lineY, text } from "@observablehq/plot";
import {
  type Absent,
  absent,
  amountAxis,
  type ChartOptions,
  colours,
  dayAxis,
  frame,
} from "#/server/charts/chart.ts";
import { worlds } from "#/server/colours.ts";
import { type DayRow, dayRows, lacking, sumOf } from "#/server/facts/days.ts";
import { count, relative } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Wanted, settled (credit and debit together) and lost purchases by day and world. */
export function purchaseRows(report: Comparison): DayRow[] {
  const rows = dayRows(report, {
    wanted: "wanted",
    credit: "settledOnCredit",
    debit: "settledOnDebit",
    lost: "lost",
  });
  const key = ({ world, date }: DayRow) => `${world} ${date.getTime()}`;
  const debit = new Map(rows.filter(({ series }) => series === "debit").map((row) => [key(row), row.value]));
  return rows.filter(({ series }) => series !== "debit").map((row) =>
    row.series === "credit"
      ? { ...row, series: "settled", value: (row.value ?? 0) + (debit.get(key(row)) ?? 0) }
      : row
  );
}

/** Three pairs of lines; each pair is named at its first day. */
export function purchasesByDay(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["wanted", "settledOnCredit", "settledOnDebit", "lost"]);
  if (missing.length) return absent("Purchases wanted, settled and lost by day", missing);
  const rows = purchaseRows(report).filter(({ value }) => value !== null && value > 0);
  const lost = [sumOf(report.a, "lost"), sumOf(report.b, "lost")];
  const change = lost[0] === null || lost[1] === null ? undefined : relative(lost[0], lost[1]);
  const firsts = ["wanted", "settled", "lost"].map((series) => rows.find((row) => row.series === series)!)
    .filter(Boolean);
  const title = lost[0] === null || lost[1] === null
    ? "Purchases wanted, settled and lost by day"
    : `Lost purchases: ${count(lost[0])} closed, ${count(lost[1])} open${change ? ` (${change})` : ""}`;
  return frame({
    title,
    caption: "Purchases a day, logarithmic scale; festivals stand out in all three.",
    x: dayAxis,
    y: { ...amountAxis("purchases a day (log)"), type: "log" },
    color: colours(worlds),
    marks: [
      lineY(rows, { x: "date", y: "value", stroke: "world", z: (row: DayRow) => row.world + row.series }),
      text(firsts, { x: "date", y: "value", text: "series", dy: -9, textAnchor: "start", fontWeight: 600 }),
    ],
  });
}
