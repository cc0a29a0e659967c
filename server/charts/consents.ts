// Consents given and withdrawn, by the class of data that they cover, closed beside open.

import { binX, rectY, ruleY } from "@observablehq/plot";
import {
  type Absent,
  absent,
  amountAxis,
  atSide,
  type ChartOptions,
  colours,
  frame,
  panels,
} from "#/server/charts/chart.ts";
import { dataColours } from "#/server/colours.ts";
import { type ConsentRow, consentRows, dataClasses } from "#/server/facts/consents.ts";
import { count } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { dataWord } from "#/server/words.ts";

/** Bars wide enough to be seen: of days up to a month, of weeks up to a quarter of a year, else of months. */
function periodOf(days: number): "day" | "week" | "month" {
  return days <= 31 ? "day" : days <= 100 ? "week" : "month";
}

/** What was given stands above zero, what was withdrawn below. */
export function consents(report: Comparison): ChartOptions | Absent {
  const rows = consentRows(report).filter(({ value }) => value !== null);
  if (rows.length === 0) return absent("Consents given and withdrawn", ["consentsGiven.<consent>"]);
  const sum = (change: ConsentRow["change"]) =>
    Math.abs(
      rows.filter((row) => row.world === "open" && row.change === change).reduce((s, x) => s + x.value!, 0),
    );
  const period = periodOf(new Set(rows.map(({ date }) => date.getTime())).size);
  const bars = {
    x: "date",
    y: "value",
    fx: "world",
    z: (row: ConsentRow) => `${row.series} ${row.change}`,
    fill: ({ series }: ConsentRow) => dataWord(series),
    order: dataClasses.flatMap((data) => [`${data} given`, `${data} withdrawn`]),
    interval: period === "week" ? "monday" : period,
    inset: 0.5,
  } as const;
  return frame({
    title: `People give ${count(sum("given"))} consents and withdraw ${count(sum("withdrawn"))} (open)`,
    caption:
      `Consents given (above zero) and withdrawn (below), by ${period} and by the class of data that ` +
      "they cover. The first and the last bar may hold fewer days.",
    ...panels,
    fx: { ...panels.fx, padding: 0.2 },
    y: atSide(amountAxis(`consents a ${period}`)),
    color: colours(dataColours, rows.map(({ series }) => series), dataWord),
    marks: [
      rectY(rows, binX({ y: "sum" }, bars)),
      ruleY([0]),
    ],
  });
}
