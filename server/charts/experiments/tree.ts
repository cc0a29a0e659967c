// A regression tree as an indented list: each part under the part that it was cut from, its mean on one scale.

import { dot, ruleX, text } from "@observablehq/plot";
import { type Absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { boxColours, ink } from "#/server/colours.ts";
import { cut, limitWord } from "#/server/facts/sampled.ts";
import { inFull, share, shareTick, tick } from "#/server/format.ts";
import { axisWord } from "#/server/words.ts";
import type { Discovery, NamedNode } from "#/sim/experiments/discover.ts";

interface Line {
  id: string;
  depth: number;
  words: string;
  rows: number;
  mean: number;
  isLeaf: boolean;
}

const indent = 13, left = 186;

/** A line a part of the tree; those that are cut no further are filled. */
export function treeChart(
  { tree, explained }: Pick<Discovery, "tree" | "explained">,
  { name, unit, write }: { name: string; unit: string; write: (value: number) => string },
): ChartOptions | Absent {
  if (!tree.cut) {
    return {
      title: `A tree finds nothing to cut in ${name}`,
      absent: "No cut of any axis tells enough of how the outcome varies, or there are too few rows.",
    };
  }
  const lines = linesOf(tree, { words: "all rows", depth: 0, id: "0" }), depths = [0, 1, 2, 3, 4, 5];
  const means = lines.map(({ mean }) => mean), low = Math.min(...means), high = Math.max(...means);
  const room = 0.06 * (high - low) || 1;
  return frame({
    title: `A tree of ${lines.filter(({ isLeaf }) => isLeaf).length} parts explains ${
      share(explained)
    } of how ${name} varies; it cuts ${axisWord(tree.cut.axis)} first`,
    caption:
      "The rows are cut in two where that tells most of the outcome, and each part again. Dots are means (filled where a " +
      "part is cut no further), as large as the part has rows. The share is that of these same rows: new rows would fit less.",
    height: 46 + 19 * lines.length,
    marginLeft: left,
    marginRight: 152,
    marginTop: 8,
    x: {
      label: null,
      tickFormat: unit === "share" ? shareTick : tick,
      ticks: 2,
      grid: true,
      domain: [low - room, high + room],
    },
    y: { axis: null, domain: lines.map(({ id }) => id) },
    r: { range: [2, 7], type: "sqrt" },
    marks: [
      ruleX([tree.mean], { stroke: ink.rule, strokeOpacity: 0.4, strokeDasharray: "3,3" }),
      dot(lines, {
        x: "mean",
        y: "id",
        r: "rows",
        stroke: boxColours.box,
        fill: ({ isLeaf }: Line) => isLeaf ? boxColours.box : "#ffffff",
      }),
      ...depths.map((depth) =>
        text(lines.filter((line) => line.depth === depth), {
          y: "id",
          text: "words",
          frameAnchor: "left",
          textAnchor: "start",
          dx: 12 - left + indent * depth,
          fontSize: 11,
          fontWeight: depth === 0 ? 600 : 400,
          fill: ink.rule,
        })
      ),
      text(lines, {
        y: "id",
        text: ({ mean, rows }: Line) => `${write(mean)}, ${inFull(rows)} rows`,
        frameAnchor: "right",
        textAnchor: "start",
        dx: 8,
        fontSize: 11,
        fill: ink.rule,
      }),
    ],
  });
}

/** The parts top to bottom, each with the cut that leads to it. */
function linesOf(
  { rows, mean, cut: parted }: NamedNode,
  { words, depth, id }: { words: string; depth: number; id: string },
): Line[] {
  const own = { id, depth, words, rows, mean, isLeaf: !parted };
  if (!parted) return [own];
  const { axis, at, isCategory, below, rest } = parted, name = cut(axisWord(axis), 20 - depth);
  const [first, second] = isCategory
    ? [`${name}: ${cut(axisWord(at), 10)}`, `${name}: not ${cut(axisWord(at), 10)}`]
    : [`${name} ≤ ${limitWord(at as number)}`, `${name} > ${limitWord(at as number)}`];
  return [
    own,
    ...linesOf(below, { words: first, depth: depth + 1, id: `${id}.0` }),
    ...linesOf(rest, { words: second, depth: depth + 1, id: `${id}.1` }),
  ];
}
