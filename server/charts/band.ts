// Figures against published ranges: one line a figure, its range as a band from −1 (low) over 0 (published) to 1 (high).

import { barX, type Markish, type PlotOptions, ruleX, text, tickX } from "@observablehq/plot";
import { ink, verdictColours } from "#/server/colours.ts";

/** How far to either side a figure is drawn; what lies further out stands here. */
export const edge = 2.5;

/** Where a figure is drawn. */
export const withinEdge = (at: number): number => Math.max(-edge, Math.min(edge, at));

/** Margins, scales and the marks under the figures' own; `labelDy` is how far a name stands above its band. */
export function bands(
  rows: readonly { label: string }[],
  { middle, labelDy }: { middle: string; labelDy: number },
): { options: PlotOptions; under: Markish[] } {
  return {
    options: {
      marginLeft: 16,
      marginTop: 24,
      x: {
        label: null,
        domain: [-edge - 0.1, edge + 0.1],
        ticks: [-1, 0, 1],
        tickFormat: (at: number) => at < 0 ? "low" : at > 0 ? "high" : middle,
      },
      y: { axis: null, domain: rows.map(({ label }) => label), paddingInner: 0.6, paddingOuter: 0.2 },
      color: {
        type: "ordinal",
        legend: true,
        domain: ["inside", "outside"],
        range: [verdictColours.inside, verdictColours.outside],
      },
    },
    under: [
      barX(rows, { x1: -1, x2: 1, y: "label", fill: ink.band }),
      tickX(rows, { x: 0, y: "label", stroke: ink.rule }),
      ruleX([-1, 1], { stroke: ink.frame, strokeDasharray: "2,3" }),
      text(rows, { x: -edge, y: "label", text: "label", textAnchor: "start", dy: labelDy }),
    ],
  };
}
