// A tornado: what each uncertainty alone does to the project's worth, the widest first.

import { barX, ruleX, text } from "@observablehq/plot";
import { type TornadoBar, widthOf } from "#/model/project/evidence.ts";
import { type ChartOptions, frame, halo } from "#/server/charts/chart.ts";
import { evidenceColours, ink } from "#/server/colours.ts";
import { difference, tick } from "#/server/format.ts";

const words = { assumed: "assumed", sourced: "from a source" } as const;

/** Bars from the worse to the better end; dark ones rest on a source. */
export function tornadoChart(bars: readonly TornadoBar[], { plan }: { plan: string }): ChartOptions {
  const rows = bars.map((bar) => {
    const values = [bar.lowFen, bar.highFen, bar.usualFen].map((fen) => fen / 100);
    return {
      title: bar.title,
      from: Math.min(...values),
      to: Math.max(...values),
      kind: bar.isAssumed ? words.assumed : words.sourced,
      width: widthOf(bar) / 100,
      says: `${difference((bar.lowFen - bar.usualFen) / 100, "CNY")} ${bar.ends[0]}, ` +
        `${difference((bar.highFen - bar.usualFen) / 100, "CNY")} ${bar.ends[1]}`.replaceAll("CNY ", ""),
    };
  });
  const [widest] = bars, usual = widest.usualFen / 100;
  const low = Math.min(...rows.map(({ from }) => from)), high = Math.max(...rows.map(({ to }) => to));
  return frame({
    title: `${plan}: ${widest.title.charAt(0).toLowerCase()}${
      widest.title.slice(1)
    } moves its worth most, by ${difference(widthOf(widest) / 100, "CNY").replace("+", "")}`,
    caption:
      "NPV in CNY with one uncertainty at its 5 % and its 95 %, an event coming or not, all others as usual; the line is NPV " +
      "with all as usual.",
    height: 60 + 44 * rows.length,
    marginLeft: 16,
    x: {
      label: "NPV, CNY →",
      labelArrow: "none",
      tickFormat: tick,
      ticks: 5,
      grid: true,
      domain: [low, high],
      nice: true,
    },
    y: { axis: null, domain: rows.map(({ title }) => title), paddingInner: 0.62, paddingOuter: 0.5 },
    color: {
      type: "ordinal",
      legend: true,
      domain: Object.values(words),
      range: [evidenceColours.assumed, evidenceColours.sourced],
    },
    marks: [
      barX(rows, { x1: "from", x2: "to", y: "title", fill: "kind", title: "says" }),
      ruleX([usual], { stroke: ink.rule }),
      text(rows, {
        y: "title",
        text: "title",
        frameAnchor: "left",
        textAnchor: "start",
        dy: -17,
        ...halo,
      }),
    ],
  });
}
