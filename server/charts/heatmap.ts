// A sweep as a map: one field a setting, its mean as a colour and in words, its interval below.

import { cell, type ScaleOptions, text } from "@observablehq/plot";
import type { HeatmapCell } from "#/sim/experiments/read.ts";
import { type Absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { differenceRamp, ink, levelRamp } from "#/server/colours.ts";
import { difference, inFull, inUnit, shareTick, tick } from "#/server/format.ts";
import { axisWord } from "#/server/words.ts";

/** What a map is drawn of. `kind` picks the level of one scenario, or its paired difference to the reference. */
export interface HeatmapTable {
  cells: readonly HeatmapCell[];
  kind: "level" | "difference";
  /** The range of the colours, so that maps side by side can share it; that of the cells unless said. */
  span?: readonly [low: number, high: number];
  unit: string;
  /** Of differences: the scenario that the others are held against. */
  against?: string;
  x: { title: string; values: readonly (string | number | boolean)[] };
  y: { title: string; values: readonly (string | number | boolean)[] };
}

/** One field in words. */
export interface Field {
  x: string;
  y: string;
  mean: number | null;
  words: string;
  interval: string;
  tip: string;
}

/** What stands in the place of an interval that too few runs would make. */
export const tooFew = "too few replications";

/** A title of an axis in lines of at most so many letters: along the side of a map there is no room for more. */
export function inLines(title: string, letters: number): string {
  return title.split(" ").reduce<string[]>((lines, word) => {
    const last = lines.at(-1);
    if (last === undefined || last.length + 1 + word.length > letters) return [...lines, word];
    return [...lines.slice(0, -1), `${last} ${word}`];
  }, []).join("\n");
}

/** What the legend says above its colours: the unit, and what the two sides mean. */
function legendTitle({ kind, unit, against = "the reference" }: HeatmapTable): string {
  if (kind === "level") return unit === "share" ? "%" : unit;
  return `${unit === "share" ? "pp" : unit}, less \u2190 \u2192 more than in ${against}`;
}

/** A tick of a difference of shares: `−0.2 pp`. */
const pointTick = (value: number) => shareTick(value).replace("%", "pp");

/** The fields of the map in words. */
export function fields({ cells, kind, unit, x, y }: HeatmapTable): Field[] {
  // The currency stands in the caption: fields are small.
  const write = (value: number) =>
    (kind === "difference" ? difference(value, unit) : inUnit(value, unit)).replace("CNY ", "");
  return cells.map((one) => {
    const estimate = one[kind];
    const interval = !estimate
      ? ""
      : estimate.low === null || estimate.high === null
      ? tooFew
      : `${write(estimate.low)} to ${write(estimate.high)}`;
    const words = estimate ? write(estimate.mean) : one.failed > 0 ? "failed" : "to do";
    return {
      x: axisWord(one.x),
      y: axisWord(one.y),
      mean: estimate?.mean ?? null,
      words,
      interval,
      tip: `${x.title}: ${axisWord(one.x)}\n${y.title}: ${axisWord(one.y)}\n${words}` +
        (interval === ""
          ? ""
          : interval === tooFew
          ? ` (${tooFew} for an interval)`
          : ` (95 %: ${interval})`) +
        `\n${inFull(one.done)} runs done, ${inFull(one.failed)} failed`,
    };
  });
}

/** The least and the greatest mean of some fields; zero and zero where there is none. */
export function spanOf(
  cells: readonly HeatmapCell[],
  kind: HeatmapTable["kind"],
): [low: number, high: number] {
  const means = cells.map((one) => one[kind]?.mean).filter((mean) => mean !== undefined);
  return means.length ? [Math.min(...means), Math.max(...means)] : [0, 0];
}

/** The map. Ranges are symmetric around zero for differences, so that no change is always the same pale grey. */
export function heatmap(
  table: HeatmapTable,
  { title, caption }: { title: string; caption: string },
): ChartOptions | Absent {
  const data = fields(table);
  if (data.length === 0) return { title, absent: "The sweep has no field for these axes." };
  const [low, high] = table.span ?? spanOf(table.cells, table.kind);
  const most = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const colour = table.kind === "difference"
    ? { domain: [-most, 0, most], range: [...differenceRamp] }
    : { domain: low < high ? [low, high] : [low - most, high + most], range: [...levelRamp] };
  // The reference has no difference to itself: its row would stand empty.
  const beside = [...table.y.values].reverse().map(axisWord).filter((word) =>
    data.some(({ y }) => y === word)
  );
  const rows = beside.length,
    longest = Math.max(...beside.map((word) => word.length)),
    side = inLines(table.y.title, 9 * rows),
    small = table.x.values.length > 4 ? 9 : 11;
  return frame({
    title,
    caption,
    height: 70 + 64 * rows,
    marginLeft: Math.max(56, 8 + 6 * longest) + 14 * side.split("\n").length,
    marginTop: 10,
    marginBottom: 44,
    x: {
      label: inLines(table.x.title, 70),
      labelAnchor: "center",
      labelArrow: "none",
      domain: table.x.values.map(axisWord),
      tickSize: 0,
    },
    y: {
      label: side,
      labelAnchor: "center",
      labelArrow: "none",
      domain: beside,
      tickSize: 0,
    },
    color: {
      type: "linear",
      ...colour,
      unknown: "#ffffff",
      legend: true,
      label: legendTitle(table),
      tickFormat: table.unit !== "share" ? tick : table.kind === "difference" ? pointTick : shareTick,
      ticks: 4,
    } as ScaleOptions,
    marks: [
      cell(data, { x: "x", y: "y", fill: "mean", stroke: ink.frame, inset: 1, title: "tip" }),
      text(data, {
        x: "x",
        y: "y",
        text: "words",
        dy: -7,
        fontWeight: 600,
        fontSize: small + 1,
        fill: ink.rule,
      }),
      text(data, {
        x: "x",
        y: "y",
        text: "interval",
        dy: 9,
        fontSize: small - 1.5,
        fill: ink.rule,
        lineWidth: 11,
      }),
    ],
  });
}
