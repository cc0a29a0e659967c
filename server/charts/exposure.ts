// What would leak: the attributes that each platform holds of the other side's customers at the end.

import { barX, ruleX } from "@observablehq/plot";
import { type Absent, absent, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { partyColours } from "#/server/colours.ts";
import { pairOf, partsOf } from "#/server/facts/outcomes.ts";
import { count, tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord } from "#/server/words.ts";

/** Attributes by holder and world. */
export function exposureRows(report: Comparison): { party: string; world: string; value: number }[] {
  return partsOf(report, "exposure").flatMap((party) => {
    const { closed, open } = pairOf(report, `exposure.${party}`)!;
    return [{ party, world: "closed", value: closed ?? 0 }, { party, world: "open", value: open ?? 0 }];
  });
}

/** Two stacked bars in the holders' colours. */
export function exposure(report: Comparison): ChartOptions | Absent {
  const rows = exposureRows(report);
  if (rows.length === 0) return absent("What would leak", ["exposure.<issuer>"]);
  const most = rows.filter(({ world }) => world === "open").reduce((x, y) => y.value > x.value ? y : x);
  const holders = Object.keys(partyColours).filter((party) => rows.some((row) => row.party === party));
  return frame({
    title: most.value > 0
      ? `A leak at ${partyWord(most.party)} would expose ${count(most.value)} attributes of the other ` +
        "side's customers (open)"
      : "Neither platform holds anything of the other side's customers",
    caption:
      "Attributes that each platform holds of the other side's customers on the last day: what would " +
      "leak from its store.",
    height: 130,
    x: { label: "attributes →", labelArrow: "none", tickFormat: tick, grid: true, ticks: 4 },
    y: { label: null, tickSize: 0, domain: ["closed", "open"] },
    color: colours(partyColours, holders, partyWord),
    marks: [
      barX(rows, {
        x: "value",
        y: "world",
        fill: ({ party }: { party: string }) => partyWord(party),
        order: null,
      }),
      ruleX([0]),
    ],
  });
}
