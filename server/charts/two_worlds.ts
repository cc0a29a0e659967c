// One daily fact in both worlds: the closed run under the open one, on one scale. Most daily charts are this one.

import { lineY, ruleY, type ScaleOptions } from "@observablehq/plot";
import { type ChartOptions, colours, dayAxis, frame } from "#/server/charts/chart.ts";
import { worlds } from "#/server/colours.ts";
import type { DayRow } from "#/server/facts/days.ts";

/**
 * Lines of one series, closed and open.
 *
 * Shapes: `y` is an axis of `chart.ts`; `zero` draws the zero line into the picture.
 */
export function twoWorlds(
  rows: readonly DayRow[],
  { title, caption, y, zero = false }: {
    title: string;
    caption: string;
    y: ScaleOptions;
    zero?: boolean;
  },
): ChartOptions {
  const shown = [...new Set(rows.map(({ world }) => world))];
  const data = rows.map((row) => ({ ...row, value: row.value ?? NaN }));
  return frame({
    title,
    caption,
    x: dayAxis,
    y,
    color: colours(worlds, shown),
    marks: [
      ...(zero ? [ruleY([0])] : []),
      lineY(data.filter(({ world }) => world === "closed"), {
        x: "date",
        y: "value",
        z: "world",
        stroke: "world",
        strokeWidth: 2.5,
      }),
      lineY(data.filter(({ world }) => world === "open"), {
        x: "date",
        y: "value",
        z: "world",
        stroke: "world",
        strokeWidth: 1.5,
      }),
    ],
  });
}
