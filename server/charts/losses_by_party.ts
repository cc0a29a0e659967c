// Who bears the losses by credit and fraud: one stacked bar a world, in the parties' colours.

import { barX, ruleX } from "@observablehq/plot";
import { type Absent, absent, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { partyColours } from "#/server/colours.ts";
import { pairOf, partsOf } from "#/server/facts/outcomes.ts";
import { money, tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord } from "#/server/words.ts";

/** Losses by party and world. */
export function lossRows(report: Comparison): { party: string; world: string; value: number }[] {
  return partsOf(report, "lossBy").flatMap((party) => {
    const found = pairOf(report, `lossBy.${party}`)!;
    return [
      { party, world: "closed", value: found.closed ?? 0 },
      { party, world: "open", value: found.open ?? 0 },
    ];
  });
}

/** Two stacked bars. */
export function lossesByParty(report: Comparison): ChartOptions | Absent {
  const rows = lossRows(report);
  if (rows.length === 0) return absent("Losses by party", ["lossBy.<party>"]);
  const bearing = Object.keys(partyColours).filter((party) =>
    rows.some((row) => row.party === party && row.value !== 0)
  );
  const heaviest = rows.filter(({ world }) => world === "open")
    .reduce((most, row) => row.value > most.value ? row : most);
  return frame({
    title: heaviest.value > 0
      ? `${partyWord(heaviest.party)} bears most: ${money(heaviest.value)} open`
      : "No lender bears a loss",
    caption: "Net loss by credit and fraud together, by the party that bears it, whole period.",
    height: 130,
    x: { label: "CNY →", labelArrow: "none", tickFormat: tick, grid: true, ticks: 4 },
    y: { label: null, tickSize: 0, domain: ["closed", "open"] },
    color: colours(partyColours, bearing, partyWord),
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
