// The world that both runs live in: the share of shoppers in hardship by day, with unemployment beside it.

import { lineY, text } from "@observablehq/plot";
import {
  type Absent,
  absent,
  type ChartOptions,
  dayAxis,
  frame,
  halo,
  shareAxis,
} from "#/server/charts/chart.ts";
import { ink } from "#/server/colours.ts";
import { type DayRow, dayRows } from "#/server/facts/days.ts";
import { inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Unemployment and hardship of the open run, as shares. */
export function hardshipRows(report: Comparison): DayRow[] {
  return dayRows(report, { "unemployment": "unemployment", "in hardship": "inHardship" })
    .filter(({ world, value }) => world === "open" && value !== null);
}

/** Two lines, named where they end. */
export function hardship(report: Comparison): ChartOptions | Absent {
  const rows = hardshipRows(report);
  if (rows.length === 0) return absent("Unemployment and hardship", ["unemployment", "inHardship"]);
  const series = [...new Set(rows.map((row) => row.series))];
  const lasts = series.map((name) => rows.filter((row) => row.series === name).at(-1)!);
  return frame({
    title: `At the end: ${
      lasts.map(({ series, value }) => `${series} ${inUnit(value, "share")}`).join(", ")
    }`,
    caption:
      "The world that both runs live in, by day: unemployment from the scenario, hardship as it struck.",
    x: dayAxis,
    y: { ...shareAxis("share"), zero: true },
    marks: [
      lineY(rows.filter((row) => row.series === "in hardship"), { x: "date", y: "value", stroke: ink.rule }),
      lineY(rows.filter((row) => row.series === "unemployment"), {
        x: "date",
        y: "value",
        stroke: ink.rule,
        strokeDasharray: "5,3",
      }),
      text(lasts, { x: "date", y: "value", text: "series", dy: -9, textAnchor: "end", ...halo }),
    ],
  });
}
