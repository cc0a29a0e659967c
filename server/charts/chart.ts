// What a chart is here: a table in, Plot options out, with a title that states the finding. And the frame all share.

import type { PlotOptions, ScaleOptions } from "@observablehq/plot";
import { ink } from "#/server/colours.ts";
import { shareTick, tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Plot options whose title states the finding and whose caption says what is drawn and in which unit. */
export type ChartOptions = PlotOptions & { title: string; caption: string };

/** A chart that cannot be drawn from this report, and why. */
export interface Absent {
  title: string;
  absent: string;
}

/** A chart of a comparison. */
export type Chart = (report: Comparison) => ChartOptions | Absent;

/** The width that every chart is drawn for: half a page; a phone shows it at nearly full size. */
export const chartWidth = 520;

/** The frame that all charts share: size, letters, margins. What a chart says itself comes on top. */
export function frame(own: ChartOptions): ChartOptions {
  return {
    width: chartWidth,
    height: 270,
    marginLeft: 58,
    marginRight: 16,
    marginTop: 26,
    marginBottom: 34,
    className: "plot",
    style: { fontSize: "12px", fontFamily: "system-ui, sans-serif" },
    ...own,
  };
}

/** An axis of days. */
export const dayAxis = { type: "utc", label: null, ticks: 5 } as const;

/** A vertical axis of CNY or of counts, ticks as `1.2 bn`. */
export function amountAxis(label: string): ScaleOptions & { label: string } {
  return {
    label: `↑ ${label}`,
    labelArrow: "none",
    tickFormat: tick,
    grid: true,
    ticks: 5,
    nice: true,
  };
}

/** A vertical axis of shares, ticks as `12 %`. */
export function shareAxis(label: string): ScaleOptions & { label: string } {
  return {
    label: `↑ ${label}`,
    labelArrow: "none",
    tickFormat: shareTick,
    grid: true,
    ticks: 5,
    nice: true,
  };
}

/** What a chart needs that stands in two panels, closed beside open: fewer dates, and its axis title at the side. */
export const panels = {
  marginLeft: 70,
  x: { ...dayAxis, ticks: 3 },
  fx: { label: null, domain: ["closed", "open"], padding: 0.14 },
};

/** Puts the title of a vertical axis at its side, where no panel's name is in the way. */
export function atSide(axis: ScaleOptions & { label: string }): ScaleOptions & { label: string } {
  return { ...axis, label: axis.label.replace("↑ ", ""), labelAnchor: "center" };
}

/** How far a logarithmic axis reaches below its least and above its greatest value. */
const logRoom = { below: 0.7, above: 1.3 } as const;

/** A logarithmic axis of counts over some positive values, with room for a word above and below. */
export function logAxis(label: string, values: readonly number[]): ScaleOptions {
  const low = Math.min(...values), high = Math.max(...values);
  return {
    ...amountAxis(`${label}, log scale`),
    type: "log",
    nice: false,
    ticks: logTicks(values),
    domain: values.length ? [low * logRoom.below, high * logRoom.above] : [1, 10],
  };
}

/**
 * The ticks of a logarithmic axis over some values: 1, 2 and 5 times the powers of ten, as far as the axis reaches; finer
 * where that gives fewer than six, so that a band of values beside one outlier is labelled too.
 */
export function logTicks(values: readonly number[]): number[] {
  const low = Math.min(...values) * logRoom.below, high = Math.max(...values) * logRoom.above;
  const every = (steps: readonly number[]) =>
    Array.from({ length: 18 }, (_, i) => steps.map((step) => step * 10 ** (i - 2))).flat()
      .filter((at) => at >= low && at <= high);
  const coarse = every([1, 2, 5]);
  return coarse.length >= 6 ? coarse : every([1, 1.5, 2, 3, 5, 7]);
}

/**
 * A scale of named colours with its legend, in the order of the table.
 *
 * Shapes: `shown` keeps those that occur; `word` says a name as the reader knows it, and the chart's data must too.
 */
export function colours(
  table: Record<string, string>,
  shown: readonly string[] = Object.keys(table),
  word: (name: string) => string = (name) => name,
): ScaleOptions {
  const names = Object.keys(table).filter((name) => shown.includes(name));
  return { type: "ordinal", legend: true, domain: names.map(word), range: names.map((name) => table[name]) };
}

/** Words inside a picture: dark, with a pale edge where lines run behind them. */
export const halo = { fill: ink.rule, stroke: "#ffffff", strokeWidth: 4 } as const;

/** Says which daily columns or outcomes a chart would need. */
export function absent(title: string, needed: readonly string[]): Absent {
  return { title, absent: `Not recorded by these runs: ${needed.join(", ")}.` };
}
