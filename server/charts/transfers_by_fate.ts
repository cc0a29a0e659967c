// Transfers over the bridge that met a fault, by how they ended and by day.

import { rectY, ruleY } from "@observablehq/plot";
import {
  type Absent,
  absent,
  amountAxis,
  type ChartOptions,
  colours,
  dayAxis,
  frame,
} from "#/server/charts/chart.ts";
import { transferColours } from "#/server/colours.ts";
import { lacking } from "#/server/facts/days.ts";
import { transferEnds, transferRows, transferSums } from "#/server/facts/faults.ts";
import { count, share } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** Stacked bars, a day each. */
export function transfersByFate(report: Comparison): ChartOptions | Absent {
  const columns = Object.values(transferEnds),
    missing = lacking(report, columns),
    sums = transferSums(report);
  if (missing.length === columns.length) return absent("Transfers that met a fault", missing);
  const back = sums ? sums.ends["given back"] : 0;
  return frame({
    title: !sums || sums.all === 0
      ? "No transfer over the bridge met a fault"
      : `${count(sums.all)} transfers met a fault; ${share(back / sums.all)} of them were given back`,
    caption:
      "Payments over the bridge that a fault of messages, clocks or participants concerned and that went in " +
      "two phases, by how they ended and by day, open world.",
    x: dayAxis,
    y: amountAxis("transfers a day"),
    color: colours(transferColours),
    marks: [
      rectY(transferRows(report), {
        ...{ x: "date", interval: "day", y: "value", fill: "series", inset: 0 },
        order: Object.keys(transferEnds),
      }),
      ruleY([0]),
    ],
  });
}
