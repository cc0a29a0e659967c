// What crosses the bridge between the platforms, in money a day.

import { type Absent, absent, amountAxis, type ChartOptions } from "#/server/charts/chart.ts";
import { twoWorlds } from "#/server/charts/two_worlds.ts";
import { dayRows, highest, lacking } from "#/server/facts/days.ts";
import { money } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Bridged purchases by day, in CNY. */
export function bridged(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, ["bridgedGmv"]);
  if (missing.length) return absent("Purchases over the bridge", missing);
  const rows = dayRows(report, { bridged: "bridgedGmv" });
  const most = highest(rows.filter(({ world }) => world === "open"));
  return twoWorlds(rows, {
    title: most?.value
      ? `The busiest day carries ${money(most.value)} over the bridge (${
        most.date.toISOString().slice(0, 10)
      })`
      : "Nothing crosses the bridge",
    caption: "Settled purchases whose credit line and shop belong to different platforms, by day.",
    y: amountAxis("CNY a day"),
    zero: true,
  });
}
