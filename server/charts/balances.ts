// What is owed on one credit product by day, closed and open.

import type { Product } from "#/model/names.ts";
import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, lacking } from "#/server/facts/days.ts";
import { money, relative } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { productWord } from "#/server/words.ts";

/** The balance of a product. */
export function balanceOf(product: Product): (report: Comparison) => ChartOptions | Absent {
  return (report) => {
    const column = `balance.${product}`, name = productWord(product);
    const missing = lacking(report, [column]);
    if (missing.length) return absent(`Balance of ${name}`, missing);
    const closed = report.a.daily.columns[column]?.at(-1), open = report.b.daily.columns[column]?.at(-1);
    const change = closed == null || open == null ? undefined : relative(closed, open);
    return twoWorlds(dayRows(report, { balance: column }), {
      title: open == null
        ? `Balance of ${name}`
        : `${name}: ${money(open)} owed at the end${change ? `, ${change} by opening` : ""}`,
      caption: `Balance of ${name} by day. The scale does not start at zero.`,
      y: amountAxis("CNY"),
    });
  };
}
