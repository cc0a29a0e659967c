// How scores are spread, goods above and bads below the line.

import { rectY, ruleY } from "@observablehq/plot";
import type { ScorecardStudy } from "#/model/scoring/study/study.ts";
import { type ChartOptions, colours, frame, shareAxis } from "#/server/charts/chart.ts";
import { borrowerColours, ink } from "#/server/colours.ts";
import { shareTick } from "#/server/format.ts";

/** Shares of each class by band of score, so that few bads are seen as well as many goods. */
export function scoreDistribution({ scores, rows, bads }: ScorecardStudy): ChartOptions {
  const goods = rows - bads;
  const bars = scores.flatMap((band) => [
    { ...band, who: "good", value: band.goods / goods },
    { ...band, who: "bad", value: -band.bads / bads },
  ]);
  const mean = (which: "goods" | "bads", all: number) =>
    scores.reduce((sum, band) => sum + band[which] / all * (band.from + band.to) / 2, 0);
  const gap = Math.round(mean("goods", goods) - mean("bads", bads));
  const axis = shareAxis("of the goods; below the line: of the bads");
  return frame({
    title: gap > 0 ? `Goods score ${gap} points more than bads on average` : "Goods and bads score alike",
    caption: `Score out of sample, by bands of ${
      scores[0].to - scores[0].from
    } points, as shares of each class.`,
    height: 300,
    marginBottom: 44,
    x: { label: "points →", labelArrow: "none", ticks: 6, tickFormat: (at: number) => String(at) },
    y: { ...axis, tickFormat: (at: number) => shareTick(Math.abs(at)) },
    color: colours(borrowerColours),
    marks: [
      rectY(bars, { x1: "from", x2: "to", y: "value", fill: "who" }),
      ruleY([0], { stroke: ink.rule }),
    ],
  });
}
