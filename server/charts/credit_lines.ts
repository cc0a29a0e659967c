// What the issuers have drawn on their funding lines by day, closed beside open.

import { lineY } from "@observablehq/plot";
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
import { partyColours } from "#/server/colours.ts";
import { columnsOf, type DayRow, dayRows, highest } from "#/server/facts/days.ts";
import { money } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord } from "#/server/words.ts";

/** Drawn amounts by issuer. */
export function creditLines(report: Comparison): ChartOptions | Absent {
  const issuers = columnsOf(report, "lineDrawn.");
  const rows = dayRows(report, Object.fromEntries(issuers.map((issuer) => [issuer, `lineDrawn.${issuer}`])));
  if (rows.length === 0) return absent("Drawn funding lines", ["lineDrawn.<issuer>"]);
  const most = highest(rows.filter(({ world }) => world === "open"));
  return frame({
    title: most?.value ? `${partyWord(most.series)} draws up to ${money(most.value)}` : "Nothing is drawn",
    caption: "Drawn on funding lines by issuer and day.",
    ...panels,
    y: { ...atSide(amountAxis("CNY")), zero: true },
    color: colours(partyColours, issuers, partyWord),
    marks: [
      lineY(rows, {
        x: "date",
        y: "value",
        fx: "world",
        z: "series",
        stroke: ({ series }: DayRow) => partyWord(series),
      }),
    ],
  });
}
