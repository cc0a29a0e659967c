// A backtest: the simulated path with the band of one more replication, and what was observed.

import { areaY, dot, lineY, text } from "@observablehq/plot";
import {
  type Absent,
  amountAxis,
  type ChartOptions,
  dayAxis,
  frame,
  halo,
  shareAxis,
} from "#/server/charts/chart.ts";
import { ink, partyColours } from "#/server/colours.ts";
import { share } from "#/server/format.ts";
import type { BacktestPath, BacktestResult } from "#/sim/experiments/backtest.ts";

/** The path of a backtest. */
export function backtestPath(found: BacktestResult): ChartOptions | Absent {
  const { path, without, startDate } = found;
  const start = Date.parse(`${startDate}T00:00:00Z`), dayMs = 86_400_000;
  const rowsOf = ({ mean, low, high }: BacktestPath) =>
    mean.map((value, d) => ({ date: new Date(start + d * dayMs), mean: value, low: low[d], high: high[d] }));
  const rows = rowsOf(path.simulated);
  if (rows.length === 0) return { title: found.title, absent: "No day was simulated." };
  const dots = path.points.map(({ on, observed }) => ({ date: new Date(`${on}T00:00:00Z`), observed }))
    .sort((a, b) => a.date.getTime() - b.date.getTime());
  // Words above dots that stand close would run into each other: they go to the outer sides.
  const close = (i: number) =>
    i >= 0 && i + 1 < dots.length &&
    dots[i + 1].date.getTime() - dots[i].date.getTime() < rows.length * dayMs / 8;
  const points = dots.map((point, i) => ({
    ...point,
    side: close(i) ? "end" as const : close(i - 1) ? "start" as const : "middle" as const,
  }));
  const said = (value: number) => path.unit === "share" ? share(value) : value.toFixed(2);
  const apart = without ? rowsOf(without.simulated) : [];
  return frame({
    title: `${found.inside} of ${
      found.inside + found.outside
    } observed figures lie where one more replication would`,
    caption:
      `${path.title}: mean of ${found.replications} replications, band in which 95 % of replications lie, and what was ` +
      "observed (dots).",
    marginTop: 40,
    marginRight: 24,
    x: dayAxis,
    y: path.unit === "share" ? shareAxis(path.title) : amountAxis(path.title),
    marks: [
      areaY(rows, { x: "date", y1: "low", y2: "high", fill: partyColours.ant, fillOpacity: 0.2 }),
      lineY(rows, { x: "date", y: "mean", stroke: partyColours.ant, strokeWidth: 2 }),
      lineY(apart, { x: "date", y: "mean", stroke: partyColours.project, strokeDasharray: "4,3" }),
      dot(points, { x: "date", y: "observed", fill: ink.rule, r: 4.5 }),
      ...(["end", "start", "middle"] as const).map((side) =>
        text(points.filter((point) => point.side === side), {
          x: "date",
          y: "observed",
          text: ({ observed }: { observed: number }) => said(observed),
          ...{ textAnchor: side, dx: { end: 5, start: -5, middle: 0 }[side], dy: -12 },
          ...halo,
        })
      ),
      text(["simulated"], { frameAnchor: "top-right", dy: -20, fill: partyColours.ant, fontWeight: 600 }),
      text(without ? [without.title] : [], {
        frameAnchor: "top-right",
        dy: -6,
        fill: partyColours.project,
        fontWeight: 600,
      }),
    ],
  });
}
