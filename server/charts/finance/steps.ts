// A waterfall from what is built to what is left to the owners, in present value.

import { barX, ruleX, text } from "@observablehq/plot";
import type { WorthStep } from "#/model/project/steps.ts";
import { type ChartOptions, frame, halo } from "#/server/charts/chart.ts";
import { ink, stepColours } from "#/server/colours.ts";
import { difference, money, tick } from "#/server/format.ts";

const words = { up: "adds", down: "takes", sum: "sum" } as const;

/** Bars that stand on the sum of those before; sums stand on zero. */
export function stepsChart(steps: readonly WorthStep[], { plan }: { plan: string }): ChartOptions {
  let level = 0;
  const rows = steps.map(({ name, fen, isSum }, i) => {
    const from = isSum ? 0 : level, to = isSum ? fen / 100 : level + fen / 100;
    level = to;
    return {
      i,
      name,
      from,
      to,
      kind: isSum ? words.sum : fen < 0 ? words.down : words.up,
      says: (isSum ? money(fen / 100) : difference(fen / 100, "CNY")).replace("CNY ", ""),
    };
  });
  const owners = steps.at(-1)!.fen / 100, project = steps.find(({ isSum }) => isSum)!.fen / 100;
  const ends = rows.flatMap(({ from, to }) => [from, to]),
    low = Math.min(0, ...ends),
    high = Math.max(0, ...ends);
  // Words stand to the right of their bars.
  const room = (high - low) * 0.16;
  const names = rows.map(({ name }) => name);
  return frame({
    title: `${plan}: a project worth ${money(project)} leaves its owners ${money(owners)}`,
    caption: "Present values in CNY at the plan's discount rate, under the plan as given; taxed as financed.",
    height: 56 + 24 * rows.length,
    marginLeft: 132,
    x: {
      label: "CNY →",
      labelArrow: "none",
      tickFormat: tick,
      ticks: 5,
      grid: true,
      domain: [low, high + room],
    },
    y: { label: null, domain: rows.map(({ i }) => i), tickFormat: (i: number) => names[i], tickSize: 0 },
    color: {
      type: "ordinal",
      legend: true,
      domain: Object.values(words),
      range: [stepColours.adds, stepColours.takes, ink.rule],
    },
    marks: [
      barX(rows, { y: "i", x1: "from", x2: "to", fill: "kind", title: (row) => `${row.name}: ${row.says}` }),
      ruleX([0], { stroke: ink.rule }),
      text(rows, {
        y: "i",
        x: (row) => Math.max(row.from, row.to),
        text: "says",
        dx: 4,
        textAnchor: "start",
        fontSize: 11,
        ...halo,
      }),
    ],
  });
}
