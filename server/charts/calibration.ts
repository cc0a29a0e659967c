// Calibration: where each simulated figure falls against its published target and range.

import { dot } from "@observablehq/plot";
import { bands, edge, withinEdge } from "#/server/charts/band.ts";
import { type Absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { type Placed, placed } from "#/server/facts/calibration.ts";
import { inUnit } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** The closed run's targets with a simulated figure: the published world is the closed one. */
export function targetRows(
  report: Comparison,
): (Placed & { label: string; shown: number; verdict: string })[] {
  return placed(report.a).filter(({ position }) => position !== null).map((row) => ({
    ...row,
    label: `${row.name}, ${row.date}`,
    shown: withinEdge(row.position!),
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
  const { options, under } = bands(rows, { middle: "target", labelDy: -20 });
  return frame({
    ...options,
    title: furthestOff(rows),
    caption: "Where the closed run falls: the band is the published range, the tick its target." +
      (cut ? " A dot at the edge lies further out; the table says how far." : ""),
    height: 60 + 44 * rows.length,
    marks: [
      ...under,
      dot(rows, { x: "shown", y: "label", fill: "verdict", r: 5 }),
    ],
  });
}
