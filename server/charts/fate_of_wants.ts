// What became of each day's wants: settled on credit (own network or bridge), settled by debit card, lost.

import { areaY } from "@observablehq/plot";
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
import { fateColours } from "#/server/colours.ts";
import { type DayRow, dayRows, lacking, sumOf } from "#/server/facts/days.ts";
import { share } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

const needed = ["settledOnCredit", "settledOnDebit", "lost"];
const fates = Object.keys(fateColours);

/** Purchases by day, world and fate, counts. Those over the bridge are told apart where they are recorded. */
export function fatesByDay(report: Comparison): DayRow[] {
  const rows = dayRows(report, {
    "on credit, own network": "settledOnCredit",
    "on credit, over the bridge": "bridgedPurchases",
    "by debit card": "settledOnDebit",
    "lost": "lost",
  });
  const key = ({ world, date }: DayRow) => `${world} ${date.getTime()}`;
  const bridged = new Map(
    rows.filter(({ series }) => series === "on credit, over the bridge").map((row) => [key(row), row.value]),
  );
  return rows.map((row) =>
    row.series === "on credit, own network"
      ? { ...row, value: (row.value ?? 0) - (bridged.get(key(row)) ?? 0) }
      : row
  );
}

/** Shares of all wants of a day, one panel a world. */
export function fateOfWants(report: Comparison): ChartOptions | Absent {
  const missing = lacking(report, needed);
  if (missing.length) return absent("What became of each day's wants", missing);
  const onCredit = (run: Comparison["a"]) => {
    const wanted = sumOf(run, "wanted"), settled = sumOf(run, "settledOnCredit");
    return wanted && settled !== null ? share(settled / wanted) : "–";
  };
  const rows = fatesByDay(report);
  return frame({
    title: `Settled on credit: ${onCredit(report.a)} of wants closed, ${onCredit(report.b)} open`,
    caption: "What became of the wants that ended that day, as shares. Those put off stand in another chart.",
    ...panels,
    y: { ...atSide(shareAxis("share of wants that ended")), nice: false },
    color: colours(fateColours, rows.map(({ series }) => series)),
    marks: [
      areaY(rows, {
        x: "date",
        y: "value",
        fx: "world",
        z: "series",
        fill: "series",
        offset: "normalize",
        order: fates,
      }),
    ],
  });
}
