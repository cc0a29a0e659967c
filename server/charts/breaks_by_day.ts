// Breaks between the files of two platforms: found on a day, and open at its end.

import { lineY, rectY, ruleY } from "@observablehq/plot";
import {
  type Absent,
  absent,
  amountAxis,
  type ChartOptions,
  colours,
  dayAxis,
  frame,
} from "#/server/charts/chart.ts";
import { breakColours } from "#/server/colours.ts";
import { lacking } from "#/server/facts/days.ts";
import { breakRows, breakSums } from "#/server/facts/faults.ts";
import { count } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Bars of what is found, a line of what is open. */
export function breaksByDay(report: Comparison): ChartOptions | Absent {
  const needed = ["breaksFound", "breaksOpen"], missing = lacking(report, needed), sums = breakSums(report);
  if (missing.length === needed.length) return absent("Breaks between the platforms' files", missing);
  const rows = breakRows(report), found = rows.filter(({ series }) => series === "found");
  return frame({
    title: !sums || sums.found === 0
      ? "The platforms' files agree on every payment"
      : `${count(sums.found)} payments disagree in the platforms' files; at most ${
        count(sums.mostOpen)
      } are open`,
    caption:
      "Payments across platforms whose entries disagree: found at the day's end, and open until somebody has " +
      "looked, by day, open world.",
    x: dayAxis,
    y: amountAxis("breaks"),
    color: colours(breakColours),
    marks: [
      rectY(found, { x: "date", interval: "day", y: "value", fill: "series", inset: 0 }),
      lineY(rows.filter(({ series }) => series !== "found"), {
        ...{ x: "date", y: "value", stroke: "series", strokeWidth: 2, curve: "step-after" },
      }),
      ruleY([0]),
    ],
  });
}
