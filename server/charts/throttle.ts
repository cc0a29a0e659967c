// The share of new credit that an issuer's funding allows, by day, closed beside open.

import { lineY } from "@observablehq/plot";
import {
  type Absent,
  absent,
  atSide,
  type ChartOptions,
  colours,
  frame,
  panels,
  shareAxis,
} from "#/server/charts/chart.ts";
import { partyColours } from "#/server/colours.ts";
import { columnsOf, type DayRow, dayRows, lowest } from "#/server/facts/days.ts";
import { share } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord } from "#/server/words.ts";

/** Granted share of new credit by issuer. */
export function throttle(report: Comparison): ChartOptions | Absent {
  const issuers = columnsOf(report, "throttle.");
  const rows = dayRows(report, Object.fromEntries(issuers.map((issuer) => [issuer, `throttle.${issuer}`])));
  if (rows.length === 0) return absent("New credit granted", ["throttle.<issuer>"]);
  const least = lowest(rows);
  return frame({
    title: least && least.value! < 1
      ? `${partyWord(least.series)} grants down to ${share(least.value!)} of new credit (${least.world}, ` +
        `${least.date.toISOString().slice(0, 10)})`
      : "Funding never throttles new credit",
    caption: "Share of new credit that is granted as funding allows, by issuer and day.",
    ...panels,
    y: { ...atSide(shareAxis("share granted")), domain: [0, 1] },
    color: colours(partyColours, issuers, partyWord),
    marks: [
      lineY(rows, {
        x: "date",
        y: "value",
        fx: "world",
        z: "series",
        stroke: ({ series }: DayRow) => partyWord(series),
        curve: "step-after",
      }),
    ],
  });
}
