// What each opening of a project is worth to those who sign: over all orders on average, as the first, and as the last, with intervals.

import { dot, ruleX, ruleY, text } from "@observablehq/plot";
import { type ChartOptions, frame } from "#/server/charts/chart.ts";
import { ink, scenarioColours } from "#/server/colours.ts";
import { money, tick } from "#/server/format.ts";
import { openingWord } from "#/server/words.ts";
import type { Estimate } from "#/sim/experiments/analyse.ts";
import type { CellValues } from "#/sim/experiments/cell_values.ts";

const kinds = ["as the first", "over all orders", "as the last"] as const;
const kindColours: Record<typeof kinds[number], string> = {
  "as the first": scenarioColours[2],
  "over all orders": scenarioColours[1],
  "as the last": scenarioColours[3],
};

/** Three dots an opening. */
export function cellsChart({ cells, best, isCounted }: CellValues): ChartOptions {
  const row = (cell: string, kind: typeof kinds[number], { mean, low, high }: Estimate) => ({
    ...{ cell, kind },
    mean: mean / 100,
    low: (low ?? mean) / 100,
    high: (high ?? mean) / 100,
  });
  const rows = cells.flatMap(({ name, alone, shapley, last }) => [
    row(openingWord(name), "as the first", alone),
    row(openingWord(name), "over all orders", shapley),
    row(openingWord(name), "as the last", last),
  ]);
  const most = cells.reduce((a, b) => b.shapley.mean > a.shapley.mean ? b : a);
  const first = best.order.length < 2
    ? ""
    : best.order[0] === most.name
    ? "; open it first"
    : `; open ${openingWord(best.order[0])} first`;
  return frame({
    title: `${openingWord(most.name)} is worth most, ${money(most.shapley.mean / 100)}${first}`,
    caption:
      "Gain of those who sign, CNY, discounted, over the project with nothing open; the middle dots sum to the whole" +
      `${
        isCounted ? "" : ", over drawn orders"
      }. Lines are 95 % intervals over replications, where there are three.`,
    height: 70 + 66 * cells.length,
    marginLeft: 128,
    x: { label: "CNY →", labelArrow: "none", tickFormat: tick, ticks: 4, grid: true, nice: true },
    y: { label: null, domain: [...kinds], tickSize: 0, axis: null },
    fy: { label: null, domain: cells.map(({ name }) => openingWord(name)), axis: null, padding: 0.2 },
    color: { domain: [...kinds], range: kinds.map((kind) => kindColours[kind]), legend: true },
    marks: [
      ruleX([0], { stroke: ink.rule }),
      ruleY(rows, { fy: "cell", y: "kind", x1: "low", x2: "high", stroke: "kind", strokeWidth: 2 }),
      dot(rows, { fy: "cell", y: "kind", x: "mean", fill: "kind", r: 4 }),
      text(cells.map(({ name }) => ({ cell: openingWord(name) })), {
        fy: "cell",
        text: "cell",
        frameAnchor: "left",
        textAnchor: "end",
        dx: -8,
        fill: ink.rule,
      }),
    ],
  });
}
