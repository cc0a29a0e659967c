// Vintages of an issuer: of the loans of each month, the share that was ever so late, by month on book, closed beside open.

import { lineY, ruleY } from "@observablehq/plot";
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
import { type VintageRow, vintageRows } from "#/server/facts/servicing.ts";
import { share } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { productWord } from "#/server/words.ts";

const series = { "30+": bucketColours.M2, "90+": bucketColours["M4+"] } as const;

/** The curves of a product's vintages. */
export function vintagesOf(product: Product): (report: Comparison) => ChartOptions | Absent {
  return (report) => {
    const name = productWord(product), rows = vintageRows(report, issuerOf[product]);
    if (rows.length === 0) return absent(`Vintages of ${name}`, ["servicing.vintages"]);
    const ends = rows.filter((row) => row.series === "30+" && row.world === "closed");
    const last = ends.reduce<VintageRow | undefined>(
      (most, row) => most === undefined || row.monthOnBook > most.monthOnBook ? row : most,
      undefined,
    );
    return frame({
      title: last
        ? `${name}: of the loans of ${last.month}, ${
          share(last.share)
        } was ever 30+ days late after ${last.monthOnBook} months (closed)`
        : `Vintages of ${name}`,
      caption:
        `Loans of ${name} by month of granting, one line a month: the share of their amount that was ever 30+ and ever 90+ days ` +
        "past due at a month's end, by months since granting.",
      ...panels,
      x: { label: "months on book", labelAnchor: "center", labelArrow: "none", ticks: 4 },
      y: atSide(shareAxis("share of amount lent")),
      color: colours(series, ["30+", "90+"]),
      marks: [
        lineY(rows, {
          x: "monthOnBook",
          y: "share",
          fx: "world",
          z: ({ month, series }: VintageRow) => `${month} ${series}`,
          stroke: "series",
          strokeWidth: 1.2,
          strokeOpacity: 0.75,
        }),
        ruleY([0]),
      ],
    });
  };
}
