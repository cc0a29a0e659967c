// Coverage against density: every box of a discovery from the whole sample to the smallest, the chosen one marked.

import { dot, line, ruleY, text } from "@observablehq/plot";
import { type ChartOptions, chartWidth, frame, halo } from "#/server/charts/chart.ts";
import { labelPlaces } from "#/server/charts/experiments/label_places.ts";
import { boxColours, ink } from "#/server/colours.ts";
import { cut, unnamed } from "#/server/facts/sampled.ts";
import { inFull, share, shareTick } from "#/server/format.ts";
import { axisWord } from "#/server/words.ts";
import type { Discovery } from "#/sim/experiments/discover.ts";

const box = { height: 320, marginLeft: 58, marginRight: 20, marginTop: 26, marginBottom: 38 } as const;

/** A dot a box; words where a box restricts one axis more than the one before it. */
export function boxPathChart(found: Discovery, { condition }: { condition: string }): ChartOptions {
  const { trajectory, chosen, densityMin } = found, taken = trajectory[chosen];
  const points = trajectory.map((one, i) => {
    const before = trajectory[i - 1]?.restricted ?? [];
    const added = one.restricted.filter((axis) => !before.includes(axis)).map((axis) =>
      cut(axisWord(axis), 22)
    );
    return {
      ...one,
      words: i === chosen ? "chosen" : i === 0 ? "all rows" : added.length > 0 ? `+ ${added.join(", ")}` : "",
      tip: `${inFull(one.rows)} rows: coverage ${share(one.coverage)}, density ${share(one.density)}` +
        (one.restricted.length > 0 ? `\nrestricts ${one.restricted.map(axisWord).join(", ")}` : ""),
    };
  });
  const top = 1.04,
    inner = {
      left: box.marginLeft,
      right: chartWidth - box.marginRight,
      top: box.marginTop,
      bottom: box.height - box.marginBottom,
    };
  const px = (coverage: number) => inner.left + coverage / top * (inner.right - inner.left);
  const py = (density: number) => inner.bottom - density / top * (inner.bottom - inner.top);
  // The chosen box has its words first; every dot stands in the way of words, said or not.
  const order = [points[chosen], ...points.filter((_, i) => i !== chosen)];
  const said = order.filter(({ words }) => words !== ""), quiet = order.filter(({ words }) => words === "");
  const around = (x: number, y: number) => ({ left: x - 4, right: x + 4, top: y - 4, bottom: y + 4 });
  const bound = {
    left: inner.left,
    right: inner.left + 150,
    top: py(densityMin) - 16,
    bottom: py(densityMin) + 3,
  };
  const placed = labelPlaces(
    said.map(({ coverage, density, words }) => ({ x: px(coverage), y: py(density), text: words })),
    {
      area: inner,
      taken: [...quiet.map(({ coverage, density }) => around(px(coverage), py(density))), bound],
    },
  );
  const bare = said.filter((_, i) => placed[i] === undefined).map(({ words }) => words.replace("+ ", ""));
  return frame({
    title: `A box of ${inFull(taken.rows)} rows: ${share(taken.density)} of them meet the condition, ${
      share(taken.coverage)
    } of all that do lie in it`,
    caption:
      `${condition}. A dot a box, peeled off the sample step by step (right to left) and widened again at the end: the ` +
      "share of all rows of interest that it holds (coverage) against the share of its rows that are of interest (density). " +
      "“+” names an axis that a box is the first to restrict." +
      unnamed(bare),
    ...box,
    x: {
      label: "coverage →",
      labelArrow: "none",
      tickFormat: shareTick,
      ticks: 5,
      grid: true,
      domain: [0, top],
    },
    y: {
      label: "↑ density",
      labelArrow: "none",
      tickFormat: shareTick,
      ticks: 5,
      grid: true,
      domain: [0, top],
    },
    marks: [
      ruleY([densityMin], { stroke: ink.rule, strokeOpacity: 0.6, strokeDasharray: "4,3" }),
      text([densityMin], {
        y: (at: number) => at,
        text: (at: number) => `wanted density ${share(at)}`,
        frameAnchor: "left",
        textAnchor: "start",
        dx: 4,
        dy: -7,
        fontSize: 11,
        ...halo,
      }),
      line(points, { x: "coverage", y: "density", stroke: ink.rule, strokeOpacity: 0.35 }),
      dot(points, {
        x: "coverage",
        y: "density",
        fill: "#ffffff",
        stroke: boxColours.box,
        r: 2.6,
        title: "tip",
      }),
      dot([points[chosen]], { x: "coverage", y: "density", fill: boxColours.box, r: 6 }),
      ...said.flatMap((point, i) =>
        placed[i]
          ? [text([point], {
            x: "coverage",
            y: "density",
            text: "words",
            fontSize: 11,
            fontWeight: point === points[chosen] ? 600 : 400,
            ...placed[i],
            ...halo,
          })]
          : []
      ),
    ],
  });
}
