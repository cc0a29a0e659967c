// Errors of a calibration: where each simulated figure falls in its published range, before and after a search.

import { dot, ruleY } from "@observablehq/plot";
import { bands, withinEdge } from "#/server/charts/band.ts";
import { type Absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { ink } from "#/server/colours.ts";
import { positionIn, verdict } from "#/server/facts/targets.ts";
import type { ErrorRow } from "#/sim/experiments/calibrate_table.ts";

/** One line a target: its range as a band, the mean as a dot with its interval; a ring where it was before a search. */
export function targetErrors(
  { rows, before }: { rows: readonly ErrorRow[]; before?: readonly ErrorRow[] },
): ChartOptions | Absent {
  const reached = rows.filter(({ mean }) => mean !== null).map((row) => ({
    label: row.title + (row.searched ? "" : " (compared only)"),
    at: withinEdge(positionIn(row, row.mean!)),
    from: withinEdge(positionIn(row, row.from ?? row.mean!)),
    to: withinEdge(positionIn(row, row.to ?? row.mean!)),
    verdict: row.inside ? "inside" : "outside",
    was: oldPlace(before?.find(({ name }) => name === row.name)),
  }));
  if (reached.length === 0) return { title: verdict(rows), absent: "No target's date is reached." };
  const { options, under } = bands(reached, { middle: "published", labelDy: -18 });
  return frame({
    ...options,
    title: furthest(reached),
    caption:
      "The band is the published range, the tick the published figure, the dot the mean over replications with " +
      "its 95 % interval." + (before ? " The ring is where the world stood before the search." : "") +
      " What lies further out stands at the edge.",
    width: 760,
    height: 50 + 40 * reached.length,
    marks: [
      ...under,
      ruleY(reached, { x1: "from", x2: "to", y: "label", stroke: "verdict", strokeWidth: 2 }),
      dot(reached.filter(({ was }) => was !== null), { x: "was", y: "label", stroke: ink.rule, r: 5 }),
      dot(reached, { x: "at", y: "label", fill: "verdict", r: 5 }),
    ],
  });
}

/** Which figure lies furthest from the published one, measured by its range. */
function furthest(rows: readonly { label: string; at: number; verdict: string }[]): string {
  const worst = rows.reduce((most, row) => Math.abs(row.at) > Math.abs(most.at) ? row : most);
  return `Furthest off, and ${worst.verdict}: ${worst.label}`;
}

const oldPlace = (row: ErrorRow | undefined) =>
  row === undefined || row.mean === null ? null : withinEdge(positionIn(row, row.mean));
