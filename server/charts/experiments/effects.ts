// Morris' picture: how far each axis moves an outcome, against how much that depends on where the others stand.

import { dot, line, ruleY, text } from "@observablehq/plot";
import { type Absent, type ChartOptions, chartWidth, frame, halo } from "#/server/charts/chart.ts";
import { labelPlaces } from "#/server/charts/experiments/label_places.ts";
import { indexColours, ink } from "#/server/colours.ts";
import { changeOf, changeTick, cut, intervalOf, ranked, unnamed } from "#/server/facts/sampled.ts";
import { axisWord } from "#/server/words.ts";
import type { Sensitivity } from "#/sim/experiments/sensitivity.ts";

/** Deviation over mean size, with what an axis below the line does (Garcia Sanchez and others, 2014). */
const guides = [
  { slope: 1, text: "σ = μ*" },
  { slope: 0.5, text: "0.5 μ*" },
  { slope: 0.1, text: "0.1 μ*" },
] as const;

const box = { height: 330, marginLeft: 58, marginRight: 62, marginTop: 26, marginBottom: 38 } as const;

/** A dot an axis: mean size of its effect to the right, the deviation of its effects upwards. */
export function effectsChart(found: Sensitivity, { name }: { name: string }): ChartOptions | Absent {
  if (found.method !== "morris" || found.axes.length === 0) {
    return { title: `Effects on ${name}`, absent: "Only Morris' method has effects to draw." };
  }
  const { unit } = found,
    rows = ranked(found).map(({ name, measures: { muStar, sigma } }) => {
      const [low, high] = intervalOf(muStar) ?? [muStar.value, muStar.value];
      return { name, muStar: muStar.value, sigma: sigma.value, low, high };
    });
  const widest = Math.max(...rows.map(({ high }) => high)),
    tallest = Math.max(...rows.map(({ sigma }) => sigma));
  if (!(widest > 0)) {
    return {
      title: `No axis moves ${name}`,
      absent: "Every effect is nothing: the outcome is the same in every row.",
    };
  }
  const { right, top, labels, placed, ends } = layoutOf(rows, { widest, tallest });
  const bare = labels.filter((_, i) => placed[i] === undefined).map(({ text }) => text);
  const ticks = changeTick(unit);
  const [first] = rows;
  return frame({
    title: `${cut(axisWord(first.name), 40)} moves ${name} most, ${effectWord(first)}`,
    caption:
      `Mean size of effect (μ*) against the deviation of effects (σ), ${
        unit === "share" ? "percentage points" : unit || "in the outcome's unit"
      }; a dot an axis, lines 95 % intervals of μ*. Below 0.1 μ* an axis acts almost in a straight line, below 0.5 μ* in one ` +
      "direction, near and above μ* it is bent or depends on the others." +
      unnamed(bare),
    ...box,
    x: {
      label: "mean size of effect, μ* →",
      labelArrow: "none",
      tickFormat: ticks,
      ticks: 5,
      grid: true,
      domain: [0, right],
    },
    y: {
      label: "↑ deviation, σ",
      labelArrow: "none",
      tickFormat: ticks,
      ticks: 5,
      grid: true,
      domain: [0, top],
    },
    marks: [...guideMarks(ends), ...axisMarks(rows, { unit, labels, placed })],
  });
}

/** One axis of the picture. */
interface Dot {
  name: string;
  muStar: number;
  sigma: number;
  low: number;
  high: number;
}

/** How far the picture reaches, where names stand beside their dots, and where the guides leave it. */
function layoutOf(rows: readonly Dot[], { widest, tallest }: { widest: number; tallest: number }) {
  // The guides leave the picture at places of their own whatever the shape of the cloud.
  const right = Math.max(1.05 * widest, 0.4 * 1.1 * tallest), top = Math.max(1.1 * tallest, 0.25 * right);
  const inner = {
    left: box.marginLeft,
    right: chartWidth - box.marginRight,
    top: box.marginTop,
    bottom: box.height - box.marginBottom,
  };
  const px = (x: number) => inner.left + x / right * (inner.right - inner.left);
  const py = (y: number) => inner.bottom - y / top * (inner.bottom - inner.top);
  const labels = rows.map(({ name, muStar, sigma }) => ({
    x: muStar,
    y: sigma,
    text: cut(axisWord(name), 26),
  }));
  const placed = labelPlaces(labels.map(({ x, y, text }) => ({ x: px(x), y: py(y), text })), {
    area: { ...inner, right: chartWidth },
  });
  const ends = guides.map(({ slope, text }) => {
    const isAbove = slope * right > top;
    return { text, isAbove, x: isAbove ? top / slope : right, y: isAbove ? top : slope * right };
  });
  return { right, top, labels, placed, ends };
}

/** The lines of equal form, each with its word where it leaves the picture. */
function guideMarks(ends: ReturnType<typeof layoutOf>["ends"]) {
  return [
    ...ends.map(({ x, y }) =>
      line([{ x: 0, y: 0 }, { x, y }], {
        x: "x",
        y: "y",
        stroke: ink.rule,
        strokeOpacity: 0.5,
        strokeDasharray: "4,3",
      })
    ),
    ...[true, false].map((isAbove) =>
      text(ends.filter((end) => end.isAbove === isAbove), {
        x: "x",
        y: "y",
        text: "text",
        ...(isAbove ? { dy: -8 } : { dx: 5, textAnchor: "start" as const }),
        fill: ink.rule,
        fontSize: 11,
      })
    ),
  ];
}

/** A dot an axis, its interval, and its name where there is room. */
function axisMarks(
  rows: readonly Dot[],
  { unit, labels, placed }: { unit: string } & Pick<ReturnType<typeof layoutOf>, "labels" | "placed">,
) {
  return [
    ruleY(rows, {
      y: "sigma",
      x1: "low",
      x2: "high",
      stroke: indexColours["size of its effect"],
      strokeOpacity: 0.5,
    }),
    dot(rows, {
      x: "muStar",
      y: "sigma",
      fill: indexColours["size of its effect"],
      r: 4,
      title: ({ name, muStar, sigma }: typeof rows[number]) => {
        const write = changeOf(unit);
        return `${name}: μ* ${write(muStar)}, σ ${write(sigma)}`;
      },
    }),
    ...labels.flatMap((label, i) =>
      placed[i] ? [text([label], { x: "x", y: "y", text: "text", fontSize: 11, ...placed[i], ...halo })] : []
    ),
  ];
}

/** What the strongest axis's place says of how it acts. */
function effectWord({ muStar, sigma }: { muStar: number; sigma: number }): string {
  const ratio = sigma / muStar;
  if (ratio < 0.1) return "almost in a straight line";
  if (ratio < 0.5) return "and always in one direction";
  return ratio < 1
    ? "more in some places than in others"
    : "and how depends on where it and the others stand";
}
