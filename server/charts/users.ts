// Users of one credit product by day, closed and open.

import type { Product } from "#/model/names.ts";
import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, lacking } from "#/server/facts/days.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { count, difference } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { productWord } from "#/server/words.ts";

/** The users of a product. */
export function usersOf(product: Product): (report: Comparison) => ChartOptions | Absent {
  return (report) => {
    const column = `users.${product}`, name = productWord(product);
    const missing = lacking(report, [column]);
    if (missing.length) return absent(`Users of ${name}`, missing);
    const found = pairOf(report, column);
    const title = found?.open == null
      ? `Users of ${name}`
      : `${name}: ${count(found.open)} users at the end, ${
        difference(found.difference, "people")
      } by opening`;
    return twoWorlds(dayRows(report, { users: column }), {
      title,
      caption: `People with a line of ${name}, by day. The scale does not start at zero.`,
      y: amountAxis("people"),
    });
  };
}
