// What each bin of one variable says: its weight of evidence as a bar, better to the right, with its points.

import { barX, ruleX, text } from "@observablehq/plot";
import type { VariableSummary } from "#/model/scoring/study/variables.ts";
import type { WoeConvention } from "#/model/scoring/fit/woe.ts";
import { type ChartOptions, frame } from "#/server/charts/chart.ts";
import { borrowerColours, ink } from "#/server/colours.ts";
import { inFull, share, signed } from "#/server/format.ts";

/** The longest label that stands beside a bar in full. */
const longest = 26;

/** One bar a bin that rows fell into; the sign of the convention is kept, and the better side is named. */
export function weights(variable: VariableSummary, convention: WoeConvention): ChartOptions {
  const rows = variable.bins.map((bin, i) => ({
    ...bin,
    place: String(i),
    share: bin.bads / (bin.goods + bin.bads),
    isBetter: convention === "goodOverBad" ? bin.woe >= 0 : bin.woe <= 0,
  }));
  const worst = rows.reduce((most, row) => row.share > most.share ? row : most);
  const reach = 1.35 * Math.max(0.1, ...rows.map(({ woe }) => Math.abs(woe)));
  const names = new Map(rows.map(({ place, label }) => [place, short(label)]));
  return frame({
    title: `${variable.name}: ${share(worst.share)} bad where it is ${worst.label}`,
    caption:
      `Weight of evidence by bin, ${
        convention === "goodOverBad" ? "better" : "riskier"
      } to the right; information value ${variable.iv.toFixed(3)}. ` +
      (variable.isUsed ? "Beside each bar: its points." : `Not on the card: ${variable.notUsed}.`),
    height: 64 + 24 * rows.length,
    marginLeft: 172,
    x: { label: null, domain: [-reach, reach], ticks: 5, grid: true },
    y: {
      label: null,
      domain: rows.map(({ place }) => place),
      tickFormat: (at: string) => names.get(at)!,
      tickSize: 0,
    },
    marks: [
      barX(rows, {
        x: "woe",
        y: "place",
        fill: (row: { isBetter: boolean }) => row.isBetter ? borrowerColours.good : borrowerColours.bad,
        title: (row: { label: string; goods: number; bads: number; share: number }) =>
          `${row.label}: ${inFull(row.goods + row.bads)} rows, ${share(row.share)} bad`,
      }),
      ruleX([0], { stroke: ink.rule }),
      ...[1, -1].map((side) =>
        text(rows.filter(({ woe }) => woe >= 0 === side > 0), {
          x: "woe",
          y: "place",
          text: (row: { points: number; share: number }) =>
            variable.isUsed ? signed(row.points) : share(row.share),
          textAnchor: side > 0 ? "start" : "end",
          dx: 4 * side,
          fill: ink.rule,
        })
      ),
    ],
  });
}

function short(label: string): string {
  return label.length > longest ? `${label.slice(0, longest - 1)}…` : label;
}
