// Whether probabilities mean what they say: expected against observed share of bads, by tenth of the rows.

import { dot, line, link } from "@observablehq/plot";
import type { ScorecardStudy } from "#/model/scoring/study/study.ts";
import { type ChartOptions, frame } from "#/server/charts/chart.ts";
import { borrowerColours, ink } from "#/server/colours.ts";
import { share, shareTick } from "#/server/format.ts";

/** One dot a tenth with Wilson's interval; on the diagonal is right. */
export function scoreCalibration({ calibration: { bands }, brier }: ScorecardStudy): ChartOptions {
  const worst = bands.reduce((most, band) =>
    Math.abs(band.observed - band.expected) > Math.abs(most.observed - most.expected) ? band : most
  );
  const top = Math.max(...bands.map(({ high, expected }) => Math.max(high, expected))) * 1.05;
  const held = bands.filter(({ low, high, expected }) => expected >= low && expected <= high).length;
  return frame({
    title: `The probability lies within the interval in ${held} of ${bands.length} bands; furthest off: ` +
      `${share(worst.expected)} expected, ${share(worst.observed)} observed`,
    caption:
      `Expected against observed share of bads by tenth of the rows, out of sample, with 95 % intervals; ` +
      `on the dashed line is right. Brier score ${brier.toFixed(4)}.`,
    height: 400,
    marginBottom: 44,
    x: { label: "expected →", labelArrow: "none", domain: [0, top], tickFormat: shareTick, ticks: 5 },
    y: {
      label: "↑ observed",
      labelArrow: "none",
      domain: [0, top],
      tickFormat: shareTick,
      ticks: 5,
      grid: true,
    },
    marks: [
      line([[0, 0], [top, top]], { stroke: ink.rule, strokeDasharray: "3,3" }),
      link(bands, { x: "expected", y1: "low", y2: "high", stroke: borrowerColours.bad, strokeWidth: 1.5 }),
      dot(bands, { x: "expected", y: "observed", fill: borrowerColours.bad, r: 4 }),
    ],
  });
}
