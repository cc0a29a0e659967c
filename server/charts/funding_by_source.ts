// What an issuer owes by source of money and day, closed beside open: one stack from the line at the foot to early payment on top.

import { areaY, ruleY } from "@observablehq/plot";
import {
  type Absent,
  absent,
  amountAxis,
  atSide,
  type ChartOptions,
  colours,
  frame,
  panels,
} from "#/server/charts/chart.ts";
import { sourceColours } from "#/server/colours.ts";
import { columnsOf, type DayRow, dayRows } from "#/server/facts/days.ts";
import { money, share } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { partyWord, sourceWord } from "#/server/words.ts";

/** The stack of an issuer's sources. */
export function fundingOf(issuer: "jd" | "ant"): (report: Comparison) => ChartOptions | Absent {
  return (report) => {
    const prefix = `sourceOwed.${issuer}.`, there = columnsOf(report, prefix);
    const used = Object.keys(sourceColours).filter((source) => there.includes(source));
    const rows = dayRows(report, Object.fromEntries(used.map((source) => [source, prefix + source])));
    const name = partyWord(issuer);
    if (rows.length === 0) return absent(`Funding of ${name} by source`, [`${prefix}<source>`]);
    const last = used.map((source) => report.b.daily.columns[prefix + source]?.at(-1) ?? 0);
    const sum = last.reduce((total, cny) => total + cny, 0), most = last.indexOf(Math.max(...last));
    return frame({
      title: sum > 0
        ? `${name} owes ${money(sum)} at the end (open), ${share(last[most] / sum)} of it on ${
          sourceWord(used[most])
        }`
        : `${name} owes nothing at the end (open)`,
      caption:
        `Owed by ${name} by source and day: lines and loans, the banks' part of joint loans, notes, placements.`,
      ...panels,
      y: { ...atSide(amountAxis("CNY")), zero: true },
      color: colours(sourceColours, used, sourceWord),
      marks: [
        areaY(rows, {
          x: "date",
          y: "value",
          fx: "world",
          z: "series",
          order: used,
          fill: ({ series }: DayRow) => sourceWord(series),
        }),
        ruleY([0]),
      ],
    });
  };
}
