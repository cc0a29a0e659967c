// Purchases a day, wanted and settled, closed and open: on a logarithmic scale that bears festivals.

import { lineY, text } from "@observablehq/plot";
import {
  type Absent,
  absent,
  type ChartOptions,
  colours,
  dayAxis,
  frame,
  halo,
  logAxis,
} from "#/server/charts/chart.ts";
import { worlds } from "#/server/colours.ts";
import { type DayRow, dayRows, highest, lacking } from "#/server/facts/days.ts";
import { count } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Wanted and settled purchases (credit and debit together) by day and world. */
export function purchaseRows(report: Comparison): DayRow[] {
  const rows = dayRows(report, { wanted: "wanted", credit: "settledOnCredit", debit: "settledOnDebit" });
  const key = ({ world, date }: DayRow) => `${world} ${date.getTime()}`;
  const debit = new Map(rows.filter(({ series }) => series === "debit").map((row) => [key(row), row.value]));
  return rows.filter(({ series }) => series !== "debit").map((row) =>
    row.series === "credit"
      ? { ...row, series: "settled", value: (row.value ?? 0) + (debit.get(key(row)) ?? 0) }
      : row
  );
}

/** Two pairs of lines: above what was wanted, below what was settled. */
export function purchasesByDay(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["wanted", "settledOnCredit", "settledOnDebit"]);
  if (missing.length) return absent("Purchases wanted and settled by day", missing);
  const rows = purchaseRows(report).filter(({ value }) => value !== null && value > 0);
  const busiest = highest(rows.filter(({ world, series }) => world === "open" && series === "wanted"));
  const first = (series: string) => rows.filter((row) => row.series === series).slice(0, 1);
  const name = {
    x: "date",
    y: "value",
    text: "series",
    textAnchor: "start",
    dx: 2,
    fontWeight: 600,
    ...halo,
  } as const;
  return frame({
    title: busiest
      ? `The busiest day, ${busiest.date.toISOString().slice(0, 10)}, brings ${count(busiest.value!)} wants`
      : "Purchases wanted and settled by day",
    caption: "Purchases wanted and settled (credit and debit together) a day, logarithmic scale.",
    x: dayAxis,
    y: logAxis("purchases a day", rows.map(({ value }) => value!)),
    color: colours(worlds),
    marks: [
      lineY(rows, { x: "date", y: "value", stroke: "world", z: (row: DayRow) => row.world + row.series }),
      text(first("wanted"), { ...name, dy: -12 }),
      text(first("settled"), { ...name, dy: 16 }),
    ],
  });
}
