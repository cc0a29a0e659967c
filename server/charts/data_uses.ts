// Uses of personal data for each purchase wanted, by class, closed beside open: so festivals do not hide the rest.

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
import { dataColours } from "#/server/colours.ts";
import { dataClasses, usesPerWant } from "#/server/facts/consents.ts";
import type { DayRow } from "#/server/facts/days.ts";
import { totalOf } from "#/server/facts/outcomes.ts";
import { inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { dataWord } from "#/server/words.ts";

/** Stacked areas of the classes of data. */
export function dataUses(report: Comparison): ChartOptions | Absent {
  const rows = usesPerWant(report).map((row) => ({ ...row, value: row.value ?? 0 }));
  if (rows.length === 0) return absent("Uses of personal data", ["dataUses.<data>.<issuer>", "wanted"]);
  const found = totalOf(report, "dataUses");
  const used = dataClasses.filter((data) => rows.some(({ series, value }) => series === data && value > 0));
  return frame({
    title: found
      ? `Personal data are used ${inUnit(found.open, "uses")} times open, ${
        inUnit(found.closed, "uses")
      } closed`
      : "Uses of personal data",
    caption:
      "Uses of personal data for each purchase wanted, by day and class: identity to recognise a shopper " +
      "across platforms, account data of the other side to decide on credit, location for fraud rules.",
    ...panels,
    y: atSide(amountAxis("uses for each purchase")),
    color: colours(dataColours, used, dataWord),
    marks: [
      areaY(rows, {
        x: "date",
        y: "value",
        fx: "world",
        z: "series",
        fill: ({ series }: DayRow) => dataWord(series),
        order: [...dataClasses],
      }),
      ruleY([0]),
    ],
  });
}
