// A row a sharing rule, in it a dot and an interval an issuer: what the charts of sharing have in common.

import { dot, ruleX, ruleY, text } from "@observablehq/plot";
import { type ChartOptions, colours } from "#/server/charts/chart.ts";
import { ink, partyColours } from "#/server/colours.ts";
import { partyWord } from "#/server/words.ts";
import { issuers } from "#/sim/experiments/sharing.ts";

/** One issuer under one rule. */
export interface RuleRow {
  rule: string;
  /** The issuer in words. */
  issuer: string;
  mean: number;
  low: number;
  high: number;
}

/** Facets, colours and marks of such a chart; its title, caption and x axis are its own. */
export function byRule(rows: readonly RuleRow[], rules: readonly { rule: string }[]): Partial<ChartOptions> {
  return {
    height: 60 + 52 * rules.length,
    marginLeft: 104,
    fy: { label: null, domain: rules.map(({ rule }) => rule), axis: null, padding: 0.2 },
    color: colours(partyColours, [...issuers], partyWord),
    marks: [
      ruleX([0], { stroke: ink.rule }),
      ruleY([...rows], { fy: "rule", y: "issuer", x1: "low", x2: "high", stroke: "issuer", strokeWidth: 2 }),
      dot([...rows], { fy: "rule", y: "issuer", x: "mean", fill: "issuer", r: 4 }),
      text([...rules], {
        fy: "rule",
        text: "rule",
        frameAnchor: "left",
        textAnchor: "end",
        dx: -8,
        fill: ink.rule,
      }),
    ],
  };
}
