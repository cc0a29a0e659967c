// Who gains and who loses: each party's result and each external flow, closed and open, to both sides of zero.

import { barX, ruleX } from "@observablehq/plot";
import { type Absent, absent, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { worlds } from "#/server/colours.ts";
import { results } from "#/server/facts/results.ts";
import { difference, tick } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { flowWord, partyWord } from "#/server/words.ts";

/** Results by party and external flows, one row a world; a flow is marked as the outside's. */
export function resultRows(report: Comparison): { who: string; world: string; value: number }[] {
  const { parties, external } = results(report);
  // Wages are of another size than everything else and reach shoppers only: both stand aside, as one.
  const wages = external.find(({ flow }) => flow === "wages");
  const named = [
    ...parties.map((row) =>
      row.party === "shoppers" && wages
        ? {
          who: "Shoppers, without wages",
          closed: (row.closed ?? 0) + (wages.closed ?? 0),
          open: (row.open ?? 0) + (wages.open ?? 0),
        }
        : { ...row, who: partyWord(row.party) }
    ),
    ...external.filter((row) => row !== wages).map((row) => ({
      ...row,
      who: `${flowWord(row.flow)} (outside)`,
    })),
  ];
  return named.filter(({ closed, open }) => closed || open).flatMap(({ who, closed, open }) => [
    { who, world: "closed", value: closed ?? 0 },
    { who, world: "open", value: open ?? 0 },
  ]);
}

/** A pair of bars for each party. */
export function resultsByParty(report: Comparison): ChartOptions | Absent {
  const rows = resultRows(report);
  if (rows.length === 0) return absent("Results by party", ["resultOf.<party>"]);
  const { parties } = results(report);
  const moved = parties.filter((row) => row.difference !== null);
  const most = moved.reduce((x, y) => y.difference! > x.difference! ? y : x, moved[0]);
  const least = moved.reduce((x, y) => y.difference! < x.difference! ? y : x, moved[0]);
  const who = [...new Set(rows.map((row) => row.who))];
  return frame({
    title: most && least && most !== least
      ? `Largest gain by opening: ${partyWord(most.party)} (${
        difference(most.difference, "CNY")
      }); largest fall: ` +
        `${partyWord(least.party)} (${difference(least.difference, "CNY")})`
      : "Results by party",
    caption: "Result of each party over the whole period, and what the outside receives (+) or pays (−). " +
      "Shoppers' wages come from outside and are left out of both.",
    marginLeft: 196,
    marginTop: 8,
    height: 60 + 30 * who.length,
    x: { label: "CNY →", labelArrow: "none", tickFormat: tick, grid: true, ticks: 4 },
    y: { axis: null, domain: ["closed", "open"] },
    fy: { label: null, domain: who, padding: 0.25, axis: "left" },
    color: colours(worlds),
    marks: [barX(rows, { x: "value", y: "world", fy: "who", fill: "world" }), ruleX([0])],
  });
}
