// What the spread of quotes abroad has earned and what the rate of exchange has cost, added up by day, in the open world.

import { lineY, ruleY } from "@observablehq/plot";
import { type Absent, absent, amountAxis, type ChartOptions, dayAxis, frame } from "#/server/charts/chart.ts";
import { exchangeColours } from "#/server/colours.ts";
import { columnsOf, datesOf } from "#/server/facts/days.ts";
import { money } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** A day of one of the two sums since the start, of all parties that quote. */
export interface ExchangeRow {
  date: Date;
  series: keyof typeof exchangeColours;
  value: number;
}

/** Both sums by day; none where no shop abroad takes a line. */
export function exchangeRows(report: Comparison): ExchangeRow[] {
  const run = report.b;
  return ([["spread", "spreadIncome."], ["rate of exchange", "rateResult."]] as const).flatMap(
    ([series, prefix]) => {
      const columns = columnsOf(report, prefix).map((party) => run.daily.columns[prefix + party] ?? []);
      const days = columns.reduce((most, { length }) => Math.max(most, length), 0);
      let value = 0;
      return datesOf(run, days).map((date, day) => {
        for (const column of columns) value += column[day] ?? 0;
        return { date, series, value };
      });
    },
  );
}

/** Two lines that begin at nothing. */
export function foreignExchange(report: Comparison): ChartOptions | Absent {
  const rows = exchangeRows(report);
  if (rows.length === 0) {
    return absent("Spread and rate of exchange", ["spreadIncome.<party>", "rateResult.<party>"]);
  }
  const last = (series: ExchangeRow["series"]) => rows.findLast((row) => row.series === series)?.value ?? 0;
  const spread = last("spread"), rate = last("rate of exchange");
  return frame({
    title: `Quotes abroad earn ${money(spread)} by their spread; the rate of exchange ${
      rate < 0 ? `takes ${money(-rate)}` : `adds ${money(rate)}`
    }`,
    caption:
      "Result of whoever quotes, since the start, open world: the spread between quote and mid rate, and the " +
      "change of what is owed abroad from quote to settlement.",
    x: dayAxis,
    y: amountAxis("CNY since the start"),
    color: {
      type: "ordinal",
      legend: true,
      domain: Object.keys(exchangeColours),
      range: Object.values(exchangeColours),
    },
    marks: [
      ruleY([0]),
      lineY(rows, { x: "date", y: "value", z: "series", stroke: "series", strokeWidth: 2 }),
    ],
  });
}
