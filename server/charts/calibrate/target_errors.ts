// Errors of a calibration: where each simulated figure falls in its published range, before and after a search.

import { barX, dot, ruleX, ruleY, text, tickX } from "@observablehq/plot";
import { type Absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { ink, verdictColours } from "#/server/colours.ts";
import { positionIn, verdict } from "#/server/facts/targets.ts";
import type { ErrorRow } from "#/sim/experiments/calibrate_table.ts";

const edge = 2.5;
const shown = (at: number) => Math.max(-edge, Math.min(edge, at));

/** One line a target: its range as a band, the mean as a dot with its interval; a ring where it was before a search. */
export function targetErrors(
  { rows, before }: { rows: readonly ErrorRow[]; before?: readonly ErrorRow[] },
): ChartOptions | Absent {
  const reached = rows.filter(({ mean }) => mean !== null).map((row) => ({
    label: row.title + (row.searched ? "" : " (compared only)"),
    at: shown(positionIn(row, row.mean!)),
    from: shown(positionIn(row, row.from ?? row.mean!)),
    to: shown(positionIn(row, row.to ?? row.mean!)),
    verdict: row.inside ? "inside" : "outside",
    was: oldPlace(before?.find(({ name }) => name === row.name)),
  }));
  if (reached.length === 0) return { title: verdict(rows), absent: "No target's date is reached." };
  return frame({
    title: furthest(reached),
    caption:
      "The band is the published range, the tick the published figure, the dot the mean over replications with " +
      "its 95 % interval." + (before ? " The ring is where the world stood before the search." : "") +
      " What lies further out stands at the edge.",
    width: 760,
    marginLeft: 16,
    marginTop: 24,
    height: 50 + 40 * reached.length,
    x: {
      label: null,
      domain: [-edge - 0.1, edge + 0.1],
      ticks: [-1, 0, 1],
      tickFormat: (at: number) => at < 0 ? "low" : at > 0 ? "high" : "published",
    },
    y: { axis: null, domain: reached.map(({ label }) => label), paddingInner: 0.6, paddingOuter: 0.2 },
    color: {
      type: "ordinal",
      legend: true,
      domain: ["inside", "outside"],
      range: [verdictColours.inside, verdictColours.outside],
    },
    marks: [
      barX(reached, { x1: -1, x2: 1, y: "label", fill: ink.band }),
      tickX(reached, { x: 0, y: "label", stroke: ink.rule }),
      ruleX([-1, 1], { stroke: ink.frame, strokeDasharray: "2,3" }),
      text(reached, { x: -edge, y: "label", text: "label", textAnchor: "start", dy: -18 }),
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
  row === undefined || row.mean === null ? null : shown(positionIn(row, row.mean));
