// What a reverse stress test looked at: along one shock, over two, and how large each of several is at the breach.

import { areaY, barX, dot, line, link, ruleX, ruleY, text, tickX } from "@observablehq/plot";
import { choleskyOf } from "#/model/statistics/reverse_stress.ts";
import { type Absent, type ChartOptions, frame, halo } from "#/server/charts/chart.ts";
import { ink, scenarioColours, verdictColours } from "#/server/colours.ts";
import { metricWord, onScale, stepOf, type Told, type ToldDimension } from "#/server/facts/reverse.ts";
import { counted } from "#/server/format.ts";
import type { Reverse, Tested } from "#/sim/experiments/reverse.ts";

const [plain, , , , , broken] = scenarioColours;
const words = { passes: "holds", fails: "breaks", open: "cannot be told" } as const;
const color = {
  type: "ordinal",
  legend: true,
  domain: Object.values(words),
  range: [plain, broken, verdictColours.outside],
} as const;

type What = Pick<Told, "dimensions" | "condition" | "correlations">;

/** The picture of a search: of one dimension a line, of two a map, of more the sizes of the shocks. */
export function reverseChart(found: Reverse, what: What): ChartOptions | Absent {
  const { dimensions } = what;
  return dimensions.length === 1
    ? alongOne(found, what)
    : dimensions.length === 2
    ? overTwo(found, what)
    : sizes(found, what);
}

function title({ ended, metric, firstFail }: Reverse, condition: string): string {
  const far = metric === "scaled" ? "of the ranges" : "standard deviations";
  if (ended === "broken as it stands") return `${condition} is broken before anything is shocked`;
  return firstFail
    ? `The ${metricWord(metric)} breach of ${condition} lies at ${firstFail.distance.toFixed(2)} ${far}`
    : ended === "nothing breaks"
    ? `Nothing in the ranges breaks ${condition}`
    : `No breach of ${condition} is certified: ${ended}`;
}

const dotsCaption = "Small: screened by two or three replications. Large: tested.";
const kindOf = ({ verdict, by }: Tested) => ({ what: words[verdict], isTest: by === "test" });

/** Points that break lie above those that hold. */
function dots(all: { x: number; y: number; what: string; isTest: boolean }[]) {
  const rows = [...all].sort((a, b) => Number(a.what === words.fails) - Number(b.what === words.fails));
  return [
    dot(rows.filter(({ isTest }) => !isTest), { x: "x", y: "y", stroke: "what", r: 3, strokeWidth: 1.4 }),
    dot(rows.filter(({ isTest }) => isTest), { x: "x", y: "y", fill: "what", stroke: "#ffffff", r: 5.5 }),
  ];
}

const axisOf = ({ title, isLog, low, high }: ToldDimension, side: "→" | "↑") => ({
  label: side === "→" ? `${title} →` : `↑ ${title}`,
  labelArrow: "none" as const,
  type: isLog ? "log" as const : "linear" as const,
  ticks: 5,
  tickFormat: isLog ? "~s" : undefined,
  grid: true,
  domain: [low, high],
});

function alongOne(found: Reverse, { dimensions: [dimension], condition }: What): ChartOptions {
  const { tested, origin, lastPass, firstFail } = found;
  const rows = tested.map((it) => ({ x: it.values[0], y: it.events / it.trials, ...kindOf(it) }));
  const band = lastPass && firstFail ? [lastPass, firstFail].map(({ values: [x] }) => ({ x })) : [];
  return frame({
    title: title(found, condition),
    caption: `Share of replications that broke by the size of the shock. ${dotsCaption} ` +
      "The band goes from the last pass to the first fail, the dashed line stands where nothing is shocked.",
    height: 280,
    marginTop: 30,
    marginBottom: 42,
    x: axisOf(dimension, "→"),
    y: {
      label: "↑ share of replications that broke",
      labelArrow: "none",
      domain: [0, 1],
      grid: true,
      ticks: 5,
    },
    color,
    marks: [
      areaY(band, { x: "x", y1: 0, y2: 1, fill: broken, fillOpacity: 0.15 }),
      ruleY([0.5], { stroke: ink.rule, strokeDasharray: "4 3", strokeOpacity: 0.5 }),
      ruleX([origin.values[0]], { stroke: ink.rule, strokeDasharray: "4 3" }),
      ...dots(rows),
    ],
  });
}

function overTwo(found: Reverse, { dimensions, condition, correlations }: What): ChartOptions {
  const { tested, origin, lastPass, firstFail, metric } = found;
  const ellipse = (radius: number) => contour(dimensions, { radius, metric, correlations });
  const far = firstFail && firstFail !== origin ? firstFail.distance : null;
  // Where there is a breach the map shows as far as half as much again; what lies beyond is counted.
  const [x, y] = far === null ? dimensions : zoomed(dimensions, ellipse(1.5 * far));
  const inside = ({ values: [a, b] }: Tested) => a >= x.low && a <= x.high && b >= y.low && b <= y.high;
  const rows = tested.filter(inside).map((it) => ({ x: it.values[0], y: it.values[1], ...kindOf(it) }));
  const rings = metric === "plausibility"
    ? [1, 2, 3, 4, 6, 8].filter((radius) => radius <= Math.ceil((far ?? 3) + 0.5))
    : [];
  const labels = [
    { at: origin, say: "unshocked", side: 1 },
    ...lastPass && lastPass !== origin ? [{ at: lastPass, say: "last pass", side: -1 }] : [],
    ...far !== null ? [{ at: firstFail!, say: "first fail", side: 1 }] : [],
  ].filter(({ at }) => inside(at)).map(({ at, say, side }) => ({
    x: at.values[0],
    y: at.values[1],
    say,
    side,
  }));
  const labelled = (side: number) =>
    text(labels.filter((it) => it.side === side), {
      ...{ x: "x", y: "y", text: "say", dx: 9 * side, dy: 4 * side, fontWeight: 600 },
      ...{ textAnchor: side > 0 ? "start" as const : "end" as const, ...halo },
    });
  return frame({
    title: title(found, condition),
    caption: [
      `A dot a point of both shocks. ${dotsCaption}`,
      ...rings.length > 0
        ? [
          "Grey rings: combinations as plausible as one another, 1, 2, 3 … standard deviations from the laws' middles.",
        ]
        : [],
      ...far === null
        ? []
        : ["The red ring goes through the first fail, the line to it from where nothing is shocked."],
      ...rows.length < tested.length
        ? [`${counted(tested.length - rows.length, "point lies", "points lie")} farther out.`]
        : [],
    ].join(" "),
    height: 400,
    marginTop: 30,
    marginBottom: 42,
    x: axisOf(x, "→"),
    y: axisOf(y, "↑"),
    color,
    marks: [
      ...rings.map((radius) =>
        line(ellipse(radius), { x: "x", y: "y", stroke: ink.rule, strokeOpacity: 0.35, clip: true })
      ),
      line(far === null ? [] : ellipse(far), {
        x: "x",
        y: "y",
        stroke: broken,
        strokeOpacity: 0.6,
        clip: true,
      }),
      link(far === null ? [] : [origin], {
        ...{ x1: (it: Tested) => it.values[0], y1: (it: Tested) => it.values[1] },
        ...{ x2: () => firstFail!.values[0], y2: () => firstFail!.values[1], stroke: ink.rule },
      }),
      ...dots(rows),
      labelled(1),
      labelled(-1),
    ],
  });
}

/** The dimensions with ranges no wider than some points. */
function zoomed(
  dimensions: readonly ToldDimension[],
  points: readonly { x: number; y: number }[],
): ToldDimension[] {
  return dimensions.map((dimension, i) => {
    const on = points.map(({ x, y }) => i === 0 ? x : y);
    return {
      ...dimension,
      low: Math.max(dimension.low, Math.min(...on)),
      high: Math.min(dimension.high, Math.max(...on)),
    };
  });
}

/** The numbers that lie at one distance, all round. */
function contour(
  dimensions: readonly ToldDimension[],
  { radius, metric, correlations }: {
    radius: number;
    metric: Reverse["metric"];
    correlations: readonly (readonly number[])[];
  },
): { x: number; y: number }[] {
  const covariance = metric === "plausibility" ? correlations : [[1, 0], [0, 1]];
  const root = choleskyOf({ mean: [0, 0], covariance });
  const valueOf = (dimension: ToldDimension, step: number) => {
    const { law, base, low, high, isLog } = dimension, on = (value: number) => onScale(dimension, value);
    const value = metric === "plausibility" && law
      ? on(law.middle) + law.sd * step
      : on(base) + (on(high) - on(low)) * step;
    return isLog ? Math.exp(value) : value;
  };
  return Array.from({ length: 121 }, (_, i) => {
    const z = [radius * Math.cos(i * Math.PI / 60), radius * Math.sin(i * Math.PI / 60)];
    const [a, b] = root.map((row) => row[0] * z[0] + row[1] * z[1]);
    return { x: valueOf(dimensions[0], a), y: valueOf(dimensions[1], b) };
  });
}

function sizes(found: Reverse, { dimensions, condition }: What): ChartOptions | Absent {
  const { firstFail, lastPass, metric } = found;
  if (!firstFail || found.ended === "broken as it stands") {
    return { title: title(found, condition), absent: "There is no breach whose shocks could be drawn." };
  }
  const rows = dimensions.map((dimension, i) => ({
    name: dimension.path,
    say: `${dimension.title}: ${firstFail.values[i]}`,
    fail: stepOf(dimension, firstFail.values[i], metric),
    pass: lastPass ? stepOf(dimension, lastPass.values[i], metric) : 0,
  }));
  const unit = metric === "plausibility" ? "standard deviations of its law" : "shares of its range";
  return frame({
    title: title(found, condition),
    caption: `How large each shock is at the first fail, in ${unit}; the stroke marks the last pass.`,
    height: 46 + 50 * rows.length,
    marginLeft: 16,
    marginBottom: 36,
    marginTop: 8,
    x: { label: `${unit} →`, labelArrow: "none", grid: true, ticks: 6, nice: true },
    y: { domain: rows.map(({ name }) => name), axis: null, paddingInner: 0.55, paddingOuter: 0.3 },
    marks: [
      barX(rows, { x: "fail", y: "name", fill: broken, fillOpacity: 0.75 }),
      tickX(lastPass ? rows : [], { x: "pass", y: "name", stroke: ink.rule, strokeWidth: 2 }),
      ruleX([0]),
      text(rows, {
        y: "name",
        text: "say",
        frameAnchor: "left",
        dy: -20,
        dx: 4,
        textAnchor: "start",
        ...halo,
      }),
    ],
  });
}
