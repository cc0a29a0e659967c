// What two axes explain together and neither alone: a map of Sobol' indices of second order.

import { cell, text } from "@observablehq/plot";
import { type Absent, type ChartOptions, chartWidth, frame } from "#/server/charts/chart.ts";
import { inLines } from "#/server/charts/heatmap.ts";
import { differenceRamp, ink } from "#/server/colours.ts";
import { cut, intervalOf, ranked } from "#/server/facts/sampled.ts";
import { share } from "#/server/format.ts";
import { axisWord } from "#/server/words.ts";
import type { Sensitivity } from "#/sim/experiments/sensitivity.ts";

/** The most axes that the map has room for. */
const mostAxes = 8;

/** A field a pair of the axes that matter most. */
export function pairsChart(found: Sensitivity, { name }: { name: string }): ChartOptions | Absent {
  const { pairs, axes } = found;
  if (pairs.length === 0) {
    return {
      title: `Pairs of axes and ${name}`,
      absent: "The design has no rows for pairs: `pairs: true` in a saltelli design adds them.",
    };
  }
  const order = ranked(found).slice(0, mostAxes).map(({ name }) => name);
  const isTold = (pair: typeof pairs[number]) => {
    const interval = intervalOf(pair);
    return interval !== undefined && (interval[0] > 0 || interval[1] < 0);
  };
  const fields = pairs.flatMap((pair) => {
    const [a, b] = [order.indexOf(pair.first), order.indexOf(pair.second)].sort((a, b) => a - b);
    if (a < 0) return [];
    const interval = intervalOf(pair), told = isTold(pair);
    return [{
      x: order[a],
      y: order[b],
      value: told || !interval ? pair.value : 0,
      words: told || !interval ? percent(pair.value) : "·",
      interval: told ? `${percent(interval![0])} to ${percent(interval![1])}` : "",
      tip: `${axisWord(pair.first)} with ${axisWord(pair.second)}: ${share(pair.value)}` +
        (interval ? ` (95 %: ${share(interval[0])} to ${share(interval[1])})` : ""),
    }];
  });
  const told = pairs.filter(isTold).sort((a, b) => b.value - a.value), [strongest] = told;
  const label = (axis: string) => inLines(cut(axisWord(axis), 24), 12);
  const width = chartWidth - 112, n = order.length - 1;
  const isWide = width / n >= 78;
  return frame({
    title: strongest
      ? `${axisWord(strongest.first)} with ${axisWord(strongest.second)} explains ${
        share(strongest.value)
      } of how ${name} varies, beyond what each does alone`
      : `No pair of axes is told from nothing in how ${name} varies`,
    caption:
      "Share of the variance that two axes explain together and neither alone, with its 95 % bootstrap interval. " +
      "A point: not told from nothing." +
      (axes.length > mostAxes ? ` Of ${axes.length} axes the ${mostAxes} that matter most.` : ""),
    height: (isWide ? 60 : 124) + 40 * n,
    marginLeft: 96,
    marginTop: 8,
    marginBottom: isWide ? 48 : 112,
    // Where columns are narrow their names stand aslant.
    x: {
      label: null,
      domain: order.slice(0, -1),
      tickFormat: isWide ? label : (axis: string) => cut(axisWord(axis), 20),
      tickRotate: isWide ? 0 : -45,
      tickSize: 0,
    },
    y: { label: null, domain: order.slice(1), tickFormat: label, tickSize: 0 },
    color: { type: "linear", domain: [-0.3, 0, 0.3], range: [...differenceRamp], clamp: true },
    marks: [
      cell(fields, { x: "x", y: "y", fill: "value", inset: 1, title: "tip" }),
      text(fields, {
        x: "x",
        y: "y",
        text: "words",
        fill: ink.rule,
        fontWeight: 600,
        dy: isWide ? -6 : 0,
        fontSize: 11,
      }),
      text(isWide ? fields : [], { x: "x", y: "y", text: "interval", fill: ink.rule, dy: 8, fontSize: 9.5 }),
    ],
  });
}

/** A share in so few letters that a small field has room for it. */
const percent = (value: number) =>
  `${(100 * value).toFixed(Math.abs(value) < 0.0995 ? 1 : 0)}\u202f%`.replace("-", "\u2212");
