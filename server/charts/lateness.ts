// The late part of one product's balance by bucket and day, closed beside open.

import { areaY, ruleY } from "@observablehq/plot";
import { issuerOf, type Product } from "#/model/names.ts";
import {
  type Absent,
  absent,
  atSide,
  type ChartOptions,
  colours,
  frame,
  panels,
  shareAxis,
} from "#/server/charts/chart.ts";
import { bucketColours } from "#/server/colours.ts";
import { type DayRow, dayRows, lacking, shareOf } from "#/server/facts/days.ts";
import { pairOf } from "#/server/facts/outcomes.ts";
import { inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { productWord } from "#/server/words.ts";

const late = ["M1", "M2", "M3", "M4+"];

/** Shares of the product's whole balance, one series a late bucket. */
export function lateShares(report: Comparison, product: Product): DayRow[] {
  const columns = Object.fromEntries(late.map((bucket) => [bucket, `dpd.${product}.${bucket}`]));
  return shareOf(dayRows(report, { ...columns, balance: `balance.${product}` }), "balance");
}

/** The late buckets of a product, stacked. */
export function latenessOf(product: Product): (report: Comparison) => ChartOptions | Absent {
  return (report) => {
    const name = productWord(product);
    const missing = lacking(report, [
      `balance.${product}`,
      ...late.map((bucket) => `dpd.${product}.${bucket}`),
    ]);
    if (missing.length) return absent(`Lateness of ${name}`, missing);
    const found = pairOf(report, `dpd30Share.${issuerOf[product]}`) ??
      pairOf(report, `dpd30Share.${product}`);
    const rows = lateShares(report, product).map((row) => ({ ...row, value: row.value ?? 0 }));
    return frame({
      title: found
        ? `${name}: 30+ days late ${inUnit(found.closed, "share")} closed, ${
          inUnit(found.open, "share")
        } open`
        : `Lateness of ${name}`,
      caption:
        `Late balance of ${name} as a share of all that is owed: M1 is 1 to 30 days past due, M2 31 to 60, ` +
        "M3 61 to 90, M4+ more.",
      ...panels,
      y: atSide(shareAxis("share of balance")),
      color: colours(bucketColours, late),
      marks: [
        // The latest bucket lies at the bottom: it moves least and carries most of the loss.
        areaY(rows, {
          x: "date",
          y: "value",
          fx: "world",
          z: "series",
          fill: "series",
          order: [...late].reverse(),
        }),
        ruleY([0]),
      ],
    });
  };
}
