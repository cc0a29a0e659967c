// Where accounts of an issuer go in a month: from bucket to bucket, closed beside open.

import { cell, text } from "@observablehq/plot";
import type { Product } from "#/model/names.ts";
import { issuerOf } from "#/model/names.ts";
import { type Absent, absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { ink, levelRamp } from "#/server/colours.ts";
import { rollRows } from "#/server/facts/servicing.ts";
import { inUnit, share } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";
import { productWord } from "#/server/words.ts";

const words: Record<string, string> = {
  "M0": "current",
  "M1": "1–30",
  "M2": "31–60",
  "M3": "61–90",
  "M4+": "91+",
  "written off": "lost",
  "closed": "closed",
};
const word = (state: string) => words[state] ?? state;

/** The monthly roll matrix of a product's accounts. */
export function rollMatrixOf(product: Product): (report: Comparison) => ChartOptions | Absent {
  return (report) => {
    const name = productWord(product);
    const rows = rollRows(report, issuerOf[product]).filter((row) => row.share !== null);
    if (rows.length === 0) return absent(`Monthly roll matrix of ${name}`, ["servicing.rolls"]);
    const of = (world: string) =>
      rows.find((row) => row.world === world && row.from === "M1" && row.to === "M2")?.share;
    const states = [...new Set(rows.map(({ to }) => to))];
    const buckets = states.slice(0, 5);
    return frame({
      title: of("closed") === undefined && of("open") === undefined
        ? `${name}: nobody was 1 to 30 days late at a month's end`
        : `${name}: of accounts 1–30 days late, ${inUnit(of("closed"), "share")} closed and ${
          inUnit(of("open"), "share")
        } open are 31–60 a month later`,
      caption:
        `Accounts of ${name} by days past due at a month's end (down), and where they are at the next (across); all months ` +
        "of the run pooled. Each row sums to 100 %; idle accounts count as current.",
      height: 260,
      marginLeft: 62,
      marginBottom: 48,
      x: {
        label: null,
        domain: states.map(word),
        tickSize: 0,
        tickRotate: -90,
      },
      y: { label: null, domain: buckets.map(word), tickSize: 0 },
      fx: { label: null, domain: ["closed", "open"], padding: 0.06 },
      color: { type: "linear", domain: [0, 1], range: [...levelRamp] },
      marks: [
        cell(rows, {
          x: ({ to }) => word(to),
          y: ({ from }) => word(from),
          fx: "world",
          fill: "share",
          stroke: ink.frame,
          inset: 0.5,
        }),
        text(rows.filter((row) => row.share! > 0), {
          x: ({ to }) => word(to),
          y: ({ from }) => word(from),
          fx: "world",
          text: (row) => share(row.share!).replace(/\s?%/, ""),
          fontSize: 8.5,
          fill: ink.rule,
        }),
      ],
    });
  };
}
