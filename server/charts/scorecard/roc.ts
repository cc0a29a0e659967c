// The ROC curve out of sample: how many bads are caught for how many goods refused.

import { areaY, line, text } from "@observablehq/plot";
import type { ScorecardStudy } from "#/model/scoring/study/study.ts";
import { type ChartOptions, frame, halo } from "#/server/charts/chart.ts";
import { borrowerColours, ink } from "#/server/colours.ts";
import { shareTick } from "#/server/format.ts";

/** The curve with the diagonal of a score that says nothing. */
export function roc({ roc: points, auc, ks }: ScorecardStudy): ChartOptions {
  const { low, high } = auc.interval;
  return frame({
    title: `Out of sample the AUC is ${auc.crossValidated.toFixed(3)}`,
    caption: `Bads caught for goods refused, each row scored by a card that has not seen it. ` +
      `95 % interval ${low.toFixed(3)} to ${high.toFixed(3)} (DeLong); KS ${ks.toFixed(3)}.`,
    height: 400,
    marginBottom: 44,
    x: { label: "goods refused →", labelArrow: "none", domain: [0, 1], tickFormat: shareTick, ticks: 5 },
    y: {
      label: "↑ bads caught",
      labelArrow: "none",
      domain: [0, 1],
      tickFormat: shareTick,
      ticks: 5,
      grid: true,
    },
    marks: [
      areaY(points, { x: "falsePositive", y: "truePositive", fill: ink.band, fillOpacity: 0.6 }),
      line([[0, 0], [1, 1]], { stroke: ink.rule, strokeDasharray: "3,3" }),
      line(points, { x: "falsePositive", y: "truePositive", stroke: borrowerColours.bad, strokeWidth: 2 }),
      text([{ x: 0.62, y: 0.55, words: "a score that says nothing" }], {
        x: "x",
        y: "y",
        text: "words",
        ...halo,
        dy: 14,
      }),
    ],
  });
}
