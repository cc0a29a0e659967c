// Vintages: how much of what was lent was ever more than 90 days late, by months on book.

import { dot, lineY, text } from "@observablehq/plot";
import { products } from "#/model/names.ts";
import { type Absent, type ChartOptions, colours, frame, shareAxis } from "#/server/charts/chart.ts";
import { partyColours } from "#/server/colours.ts";
import { share } from "#/server/format.ts";
import { vintageName } from "#/sim/experiments/calibrate_read.ts";

const bookColours = { baitiao: partyColours.jd, huabei: partyColours.ant };

const months = (points: readonly { month: number }[]) =>
  [...new Set(points.map(({ month }) => month))].sort((a, b) => a - b);

/** One curve a book; months on book without a figure are left out. */
export function vintageCurves(pictures: Readonly<Record<string, number>>): ChartOptions | Absent {
  const points = products.flatMap((book) =>
    Array.from({ length: 61 }, (_, month) => ({ book, month, share: pictures[vintageName(book, month)] }))
      .filter((point) => point.share !== undefined)
  );
  if (points.length === 0) {
    return { title: "No vintage is a month old", absent: "The run is too short for vintages." };
  }
  const last = products.flatMap((book) => points.filter((point) => point.book === book).slice(-1));
  const worst = last.reduce((most, point) => point.share > most.share ? point : most);
  return frame({
    title: `${share(worst.share)} of what ${worst.book} lent was 90 days late within ${worst.month} months`,
    caption:
      "Share of the amount lent in the first months of the run that was ever more than 90 days late; repayments are " +
      "taken off the oldest loans first.",
    width: 760,
    marginRight: 60,
    x: {
      label: "months on book",
      labelAnchor: "center",
      labelArrow: "none",
      tickFormat: "d",
      ticks: months(points),
    },
    y: shareAxis("ever more than 90 days late"),
    color: colours(bookColours, products),
    marks: [
      lineY(points, { x: "month", y: "share", stroke: "book", strokeWidth: 2 }),
      dot(points, { x: "month", y: "share", fill: "book", r: 3 }),
      text(last, { x: "month", y: "share", text: (point) => share(point.share), dx: 8, textAnchor: "start" }),
    ],
  });
}
