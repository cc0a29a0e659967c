// What moves an outcome, axis by axis: a bar a measure, with its interval where the method gives one, the strongest axis first.

import { barX, ruleX, ruleY, text } from "@observablehq/plot";
import { type Absent, type ChartOptions, frame, halo } from "#/server/charts/chart.ts";
import { indexColours, ink } from "#/server/colours.ts";
import {
  chanceDistance,
  changeOf,
  changeTick,
  cut,
  intervalOf,
  ranked,
  rankedBy,
} from "#/server/facts/sampled.ts";
import { share, shareTick, tick } from "#/server/format.ts";
import type { Method, Sensitivity } from "#/sim/experiments/sensitivity.ts";

/** The most axes that one chart shows. */
const mostAxes = 16;

const alone = "alone",
  inAll = "in all",
  effect = "size of its effect",
  shift = "shift of the whole distribution",
  most = "in all, at most";

/** The measures of a method that are drawn, with the words of their legend. */
const drawn: Record<Method, Record<string, keyof typeof indexColours>> = {
  sobol: { first: alone, total: inAll },
  fast: { first: alone, total: inAll },
  rbdFast: { first: alone },
  pawn: { median: shift },
  delta: { delta: shift },
  dgsm: { totalBound: most },
  morris: { muStar: effect },
};

const captions: Record<Method, string> = {
  sobol:
    "Share of the outcome's variance over the rows that an axis explains alone, and with all its interplay. Lines are " +
    "95 % bootstrap intervals; a bar whose line reaches 0 is not told from nothing.",
  fast:
    "Share of the outcome's variance that an axis explains alone, and with all its interplay, by extended FAST, which " +
    "gives no intervals.",
  rbdFast:
    "Share of the outcome's variance that an axis explains alone, by RBD-FAST, which gives no intervals; bars below 0 " +
    "are nothing but chance.",
  pawn:
    "Greatest distance, from 0 to 1, between the outcome's distribution over all rows and over those in a tenth of the " +
    "axis's range: the median of ten tenths, and from the least to the greatest (lines). An axis that does nothing has " +
    "about the dashed value.",
  delta:
    "Half the area between the outcome's density over all rows and that over rows with the axis known, from 0 to 1 " +
    "(Borgonovo's delta). Lines are 95 % bootstrap intervals; an axis that does nothing reads a few hundredths.",
  dgsm:
    "The most that an axis can explain of the outcome's variance, by itself and with others, from the slopes along it. " +
    "A small bound rules an axis out; a large one proves nothing. Lines are 95 % bootstrap intervals.",
  morris:
    "Mean size of the change in the outcome when an axis goes through its whole range, the others being still (μ*). " +
    "Lines are 95 % bootstrap intervals over paths.",
};

/** The bars. `name` says what is looked at: `Net loss of interop`. */
export function indicesChart(found: Sensitivity, { name }: { name: string }): ChartOptions | Absent {
  const { method, unit, axes } = found, measures = drawn[method], words = Object.values(measures);
  if (axes.length === 0) return { title: `What moves ${name}`, absent: "The sweep varies nothing." };
  const shown = ranked(found).slice(0, mostAxes);
  const rows = shown.flatMap(({ name: axis, measures: of }) =>
    Object.entries(measures).map(([measure, word]) => {
      const [low, high] = intervalOf(of[measure]) ?? [NaN, NaN];
      return { axis, word, value: of[measure].value, low, high };
    })
  );
  const lines = rows.filter(({ low }) => Number.isFinite(low));
  const ends = rows.flatMap(({ value, low, high }) => [value, low, high]).filter(Number.isFinite);
  const isDistance = method === "pawn" || method === "delta", isShare = method !== "morris" && !isDistance;
  // Intervals of few rows reach far beyond what a share can be: there the line ends at the edge.
  const [least, greatest] = isShare ? [-0.3, 1.3] : [0, Infinity];
  const low = Math.max(least, Math.min(0, ...ends)), high = Math.min(greatest, Math.max(0, ...ends));
  const write = changeOf(unit);
  return frame({
    title: indicesTitle(found, { name }),
    caption: captions[method] +
      (shown.length < axes.length
        ? ` The ${axes.length - shown.length} weakest axes stand in the table.`
        : ""),
    height: 52 + shown.length * (22 + 13 * words.length),
    marginLeft: 16,
    marginRight: 24,
    marginTop: 8,
    x: {
      label: isShare
        ? "share of the variance →"
        : isDistance
        ? "distance of distributions →"
        : `${unit === "share" ? "percentage points" : unit || "effect"} →`,
      labelArrow: "none",
      tickFormat: isShare ? shareTick : method === "morris" ? changeTick(unit) : tick,
      domain: low < high ? [low, high] : [0, 1],
      clamp: true,
      ticks: 5,
      grid: true,
    },
    y: { axis: null, domain: ["", ...words], padding: 0.12 },
    fy: { axis: null, domain: shown.map(({ name }) => name), padding: 0.1 },
    color: {
      type: "ordinal",
      legend: words.length > 1,
      domain: words,
      range: words.map((word) => indexColours[word]),
    },
    marks: [
      barX(rows, {
        fy: "axis",
        y: "word",
        x1: () => 0,
        x2: "value",
        fill: "word",
        title: ({ word, value }: { word: string; value: number }) =>
          `${word}: ${isShare ? share(value) : isDistance ? value.toFixed(3) : write(value)}`,
      }),
      ruleY(lines, { fy: "axis", y: "word", x1: "low", x2: "high", stroke: ink.rule, strokeWidth: 1.3 }),
      ...(method === "pawn"
        ? [ruleX([chanceDistance(found.rows)], { stroke: ink.rule, strokeDasharray: "3,3" })]
        : []),
      ruleX([0], { stroke: ink.rule }),
      text(shown, {
        fy: "name",
        y: () => "",
        text: ({ title }: { title: string }) => cut(title, 66),
        frameAnchor: "left",
        textAnchor: "start",
        ...halo,
      }),
    ],
  });
}

/** The finding in a sentence: what moves the outcome most, and by how much. */
export function indicesTitle(found: Sensitivity, { name }: { name: string }): string {
  const { method, unit } = found, [first] = ranked(found), { title, measures } = first;
  const value = measures[rankedBy[method]].value, [low] = intervalOf(measures[rankedBy[method]]) ?? [NaN];
  if (!(value > 0)) return `No axis moves ${name}`;
  const what = cut(title, 70);
  switch (method) {
    case "morris":
      return `${what} moves ${name} most: ${changeOf(unit)(value)} over its whole range`;
    case "pawn":
      return value <= chanceDistance(found.rows)
        ? `No axis shifts the distribution of ${name} by more than chance would`
        : `${what} shifts the distribution of ${name} most`;
    case "delta":
      return `${what} shifts the distribution of ${name} most`;
    case "dgsm":
      return `${what} may explain most of how ${name} varies: ${share(Math.min(1, value))} at most`;
    case "rbdFast":
      return `${what} alone explains ${share(value)} of how ${name} varies`;
    default:
      return low <= 0
        ? `No axis is told from nothing: too few rows for ${name}`
        : `${what} explains most of how ${name} varies: ${share(Math.max(0, measures.first.value))} alone, ${
          share(value)
        } in all`;
  }
}
