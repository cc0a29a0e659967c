// The lowest prefunded balance of each party's bridge account by day, in the open world.

import { lineY, ruleY } from "@observablehq/plot";
import {
  type Absent,
  amountAxis,
  type ChartOptions,
  colours,
  dayAxis,
  frame,
} from "#/server/charts/chart.ts";
import { partyColours } from "#/server/colours.ts";
import { type DayRow, dayRows } from "#/server/facts/days.ts";
import { prefunds } from "#/server/facts/prefunds.ts";
import { money } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord } from "#/server/words.ts";

/** The lowest balance of the day by party, open run only: in the closed world nothing is prefunded. */
export function prefundRows(report: Comparison): DayRow[] {
  const columns = prefunds(report).map(({ party }) => [party, `prefundLow.${party}`]);
  return dayRows(report, Object.fromEntries(columns)).filter(({ world }) => world === "open");
}

/** A line a party that ever held money there. */
export function prefunding(report: Comparison): ChartOptions | Absent {
  const rows = prefundRows(report);
  if (rows.length === 0) {
    return {
      title: "Prefunded liquidity on the bridge",
      absent: "Nobody keeps money on the bridge here: no cell of the open world uses it.",
    };
  }
  const [tightest] = prefunds(report);
  return frame({
    title: tightest.dryDays > 0
      ? `${
        partyWord(tightest.party)
      }'s account runs dry on ${tightest.dryDays} of ${report.b.world.days} days: ${
        money(tightest.low)
      } left at worst`
      : `${partyWord(tightest.party)}'s account is tightest: ${money(tightest.low)} left at worst`,
    caption:
      "Lowest balance of each prefunded bridge account within the day, open world. Dry: below a thousandth of its " +
      "fullest, or too little for a payment, which then waits.",
    x: dayAxis,
    y: amountAxis("CNY"),
    color: colours(partyColours, rows.map(({ series }) => series), partyWord),
    marks: [
      ruleY([0]),
      lineY(rows, { x: "date", y: "value", z: "series", stroke: ({ series }: DayRow) => partyWord(series) }),
    ],
  });
}
