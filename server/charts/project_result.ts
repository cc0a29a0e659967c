// What the project company and the bridge's operator have gained or lost so far, open world.

import { lineY, ruleY } from "@observablehq/plot";
import {
  type Absent,
  absent,
  amountAxis,
  type ChartOptions,
  colours,
  dayAxis,
  frame,
} from "#/server/charts/chart.ts";
import { partyColours } from "#/server/colours.ts";
import { type DayRow, dayRows } from "#/server/facts/days.ts";
import { money } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord } from "#/server/words.ts";

const builders = ["operator", "project"] as const;

/** Results since the first day of those who build and run the bridge. */
export function projectResult(report: Comparison): ChartOptions | Absent {
  const columns = builders.map((party) => `result.${party}`);
  const rows = dayRows(report, Object.fromEntries(builders.map((party) => [party, `result.${party}`])))
    .filter(({ world }) => world === "open");
  if (rows.length === 0) return absent("Results of the bridge's builders", columns);
  const last = (party: string) => rows.filter(({ series }) => series === party).at(-1)?.value;
  const said = builders.filter((party) => last(party) != null)
    .map((party) => `${partyWord(party)} ${money(last(party)!)}`);
  return frame({
    title: `Result so far: ${said.join(", ")}`,
    caption: "Results since the first day of those who build and run the bridge, open world.",
    x: dayAxis,
    y: amountAxis("CNY"),
    color: colours(partyColours, builders, partyWord),
    marks: [
      ruleY([0]),
      lineY(rows, { x: "date", y: "value", z: "series", stroke: ({ series }: DayRow) => partyWord(series) }),
    ],
  });
}
