// Calibration: where each simulated figure falls against its published target and range.

import { barX, dot, ruleX, text, tickX } from "@observablehq/plot";
import { type Absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { ink, verdictColours } from "#/server/colours.ts";
import { type Placed, placed } from "#/server/facts/calibration.ts";
import { inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

const edge = 2.5;

/** The closed run's targets with a simulated figure: the published world is the closed one. */
export function targetRows(
  report: Comparison,
): (Placed & { label: string; shown: number; verdict: string })[] {
  return placed(report.a).filter(({ position }) => position !== null).map((row) => ({
    ...row,
    label: `${row.name}, ${row.date}`,
    shown: Math.max(-edge, Math.min(edge, row.position!)),
    verdict: row.inside ? "inside" : "outside",
  }));
}

/** Which figure lies furthest from its target, measured by its range. */
function furthestOff(rows: readonly Placed[]): string {
  const { name, date, simulated, target, unit, inside } = rows.reduce((most, row) =>
    Math.abs(row.position!) > Math.abs(most.position!) ? row : most
  );
  return `Furthest off: ${name} (${date}), ${inUnit(simulated, unit)} against ${inUnit(target, unit)}, ` +
    `${inside ? "inside" : "outside"} its range`;
}

/** One line a target: the range as a band from −1 to 1, the target at 0, the simulated figure as a dot. */
export function calibration(report: Comparison): ChartOptions | Absent {
  const rows = targetRows(report);
  if (rows.length === 0) {
    const title = report.a.calibration.length === 0 ? "Uncalibrated" : "No published figure is reached";
    return { title, absent: "No published figure falls into this run's dates." };
  }
  const cut = rows.some(({ position }) => Math.abs(position!) > edge);
  return frame({
    title: furthestOff(rows),
    caption: "Where the closed run falls: the band is the published range, the tick its target." +
      (cut ? " A dot at the edge lies further out; the table says how far." : ""),
    marginLeft: 16,
    marginTop: 24,
    height: 60 + 44 * rows.length,
    x: {
      label: null,
      domain: [-edge - 0.1, edge + 0.1],
      ticks: [-1, 0, 1],
      tickFormat: (at: number) => at < 0 ? "low" : at > 0 ? "high" : "target",
    },
    y: { axis: null, domain: rows.map(({ label }) => label), paddingInner: 0.6, paddingOuter: 0.2 },
    color: {
      type: "ordinal",
      legend: true,
      domain: ["inside", "outside"],
      range: [verdictColours.inside, verdictColours.outside],
    },
    marks: [
      barX(rows, { x1: -1, x2: 1, y: "label", fill: ink.band }),
      tickX(rows, { x: 0, y: "label", stroke: ink.rule }),
      ruleX([-1, 1], { stroke: ink.frame, strokeDasharray: "2,3" }),
      text(rows, { x: -edge, y: "label", text: "label", textAnchor: "start", dy: -20 }),
      dot(rows, { x: "shown", y: "label", fill: "verdict", r: 5 }),
    ],
  });
}
