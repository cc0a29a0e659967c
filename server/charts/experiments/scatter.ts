// The rows themselves: an outcome against each axis, a small picture each, so that people see before they trust an index.

import { dot, frame as edge, lineY, ruleY, text } from "@observablehq/plot";
import { type Absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { boxColours, ink } from "#/server/colours.ts";
import { cut, type SampledRows } from "#/server/facts/sampled.ts";
import { inFull, shareTick, tick } from "#/server/format.ts";

/** The most pictures of one chart, dots of one picture and dots of the whole chart. */
const most = { axes: 12, dots: 500, allDots: 3_000 } as const;

/** Parts of an axis's range over each of which a mean is taken. */
const slices = 8;

const columns = 3;

/**
 * Small pictures, an axis each, in the order of `order` (names of axes) where it is said. `isMet` colours rows that meet a
 * condition, `bound` is its line.
 */
export function scatterChart(
  { values, settings, axes, unit }: SampledRows,
  { name, order, isMet, bound }: {
    name: string;
    order?: readonly string[];
    isMet?: (value: number) => boolean;
    bound?: number;
  },
): ChartOptions | Absent {
  const there = [...values.keys()].filter((row) => Number.isFinite(values[row]));
  if (there.length === 0) {
    return { title: `${name}, row by row`, absent: `None of ${inFull(values.length)} rows has a result.` };
  }
  const place = (axis: string) => order ? order.indexOf(axis) : 0;
  const shown = axes.toSorted((a, b) => place(a.name) - place(b.name)).slice(0, most.axes);
  const wide = Math.min(columns, shown.length), high = Math.ceil(shown.length / wide);
  const drawn = evenly(there, Math.min(most.dots, Math.floor(most.allDots / shown.length)));
  const at = (i: number) => ({ fx: i % wide, fy: Math.floor(i / wide) });
  const dots = shown.flatMap(({ name, place }, i) =>
    drawn.map((row) => ({
      ...at(i),
      x: place(settings[row][name]),
      y: values[row],
      fill: isMet?.(values[row]) ? boxColours["meets the condition"] : boxColours["does not"],
    }))
  );
  const middles = shown.flatMap(({ name, place, categories }, i) => {
    const parts = categories?.length ?? slices;
    const sums = Array.from({ length: parts }, () => ({ x: 0, y: 0, n: 0 }));
    for (const row of there) {
      const x = place(settings[row][name]),
        part = sums[Math.min(parts - 1, Math.max(0, Math.floor(x * parts)))];
      part.x += x;
      part.y += values[row];
      part.n++;
    }
    return sums.filter(({ n }) => n > 0).map(({ x, y, n }) => ({ ...at(i), x: x / n, y: y / n }));
  });
  const words = shown.map(({ word, low, high, categories }, i) => ({
    ...at(i),
    word: cut(word, 19),
    low: cut(categories?.length === 1 ? "" : low, 11),
    high: cut(high, 11),
  }));
  const ys = there.map((row) => values[row]), isOne = Math.min(...ys) === Math.max(...ys);
  return frame({
    title: isOne
      ? `${name} is the same in every row`
      : `${name} in ${inFull(there.length)} rows, against each axis`,
    caption:
      "Each dot is a row, a mean over its replications; the line goes through the means of parts of the range. A cloud " +
      "that is level and as wide everywhere says that the axis does nothing." +
      (isMet ? " Coloured rows meet the condition." : "") +
      (drawn.length < there.length
        ? ` Of ${inFull(there.length)} rows ${inFull(drawn.length)} are drawn, evenly.`
        : "") +
      (shown.length < axes.length ? ` Of ${axes.length} axes the first ${shown.length} are drawn.` : ""),
    height: 24 + 142 * high,
    marginLeft: 66,
    marginRight: 10,
    marginTop: 24,
    marginBottom: 22,
    x: { axis: null, domain: [0, 1], round: true, clamp: true, insetLeft: 4, insetRight: 4 },
    y: {
      label: null,
      tickFormat: unit === "share" ? shareTick : tick,
      ticks: 4,
      grid: true,
      nice: true,
      round: true,
      ...(isOne ? { domain: [ys[0] - 1, ys[0] + 1] } : {}),
    },
    fx: { axis: null, domain: Array.from({ length: wide }, (_, i) => i), padding: 0.08 },
    fy: { axis: null, domain: Array.from({ length: high }, (_, i) => i), padding: 0.3 },
    marks: [
      edge({ stroke: ink.frame }),
      ...(bound === undefined ? [] : [ruleY([bound], { stroke: ink.rule, strokeDasharray: "3,3" })]),
      dot(dots, { fx: "fx", fy: "fy", x: "x", y: "y", r: 1.6, fill: "fill", fillOpacity: 0.75 }),
      lineY(middles, { fx: "fx", fy: "fy", x: "x", y: "y", z: null, stroke: ink.rule, strokeWidth: 1.6 }),
      text(words, {
        fx: "fx",
        fy: "fy",
        text: "word",
        frameAnchor: "top-left",
        dy: -14,
        fontWeight: 600,
        fontSize: 11,
      }),
      text(words, { fx: "fx", fy: "fy", text: "low", frameAnchor: "bottom-left", dy: 12, fontSize: 10 }),
      text(words, { fx: "fx", fy: "fy", text: "high", frameAnchor: "bottom-right", dy: 12, fontSize: 10 }),
    ],
  });
}

/** So many of some rows, the same distance apart. */
function evenly(rows: readonly number[], count: number): readonly number[] {
  if (rows.length <= count) return rows;
  return Array.from({ length: count }, (_, i) => rows[Math.floor(i * rows.length / count)]);
}
