// The lowest prefunded balance of each party's bridge account by day, in the open world.

import { lineY, ruleY } from "@observablehq/plot";
import { type Absent, absent, amountAxis, type ChartOptions, dayAxis, frame } from "#/server/charts/chart.ts";
import { partyColours } from "#/server/colours.ts";
import { columnsOf, type DayRow, dayRows, lowest } from "#/server/facts/days.ts";
import { money } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord } from "#/server/words.ts";

/** The lowest balance of the day by party, open run only: in the closed world nothing is prefunded. */
export function prefundRows(report: Comparison): DayRow[] {
  const parties = columnsOf(report, "prefundLow.");
  return dayRows(report, Object.fromEntries(parties.map((party) => [party, `prefundLow.${party}`])))
    .filter(({ world }) => world === "open");
}

/** A line a party. */
export function prefunding(report: Comparison): ChartOptions | Absent {
  const rows = prefundRows(report);
  if (rows.length === 0) return absent("Prefunded liquidity on the bridge", ["prefundLow.<party>"]);
  const shown = [...new Set(rows.map(({ series }) => series))];
  const least = lowest(rows);
  const domain = Object.keys(partyColours).filter((party) => shown.includes(party));
  return frame({
    title: least
      ? `Prefunding is tightest for ${partyWord(least.series)}: ${money(least.value!)} left on ` +
        least.date.toISOString().slice(0, 10)
      : "Prefunded liquidity on the bridge",
    caption: "Lowest balance of each prefunded bridge account within the day, open world.",
    x: dayAxis,
    y: amountAxis("CNY"),
    color: {
      type: "ordinal",
      legend: true,
      domain: domain.map(partyWord),
      range: domain.map((party) => partyColours[party as keyof typeof partyColours]),
    },
    marks: [
      ruleY([0]),
      lineY(rows, {
        x: "date",
        y: "value",
        stroke: ({ series }: DayRow) => partyWord(series),
      }),
    ],
  });
}
