// What moves what: the slope of each target over each searched parameter, as a map.

import { cell, text } from "@observablehq/plot";
import { type Absent, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { inLines } from "#/server/charts/heatmap.ts";
import { differenceRamp } from "#/server/colours.ts";
import type { ErrorRow } from "#/sim/experiments/calibrate_table.ts";
import type { Calibration } from "#/sim/experiments/calibrate_result.ts";

const reach = 8;

/** A field a target and parameter: tolerances that the target moves over the parameter's whole range. */
export function sensitivity({ parameters, after, slopes, halfWidths }: Calibration): ChartOptions | Absent {
  const names = parameters.map(({ path }) =>
    inLines(path.split(".").slice(-2).join(". ").replace(/(?=[A-Z])/g, " "), 14)
  );
  const label = (row: ErrorRow) => inLines(row.title, 46) + (row.searched ? "" : " *");
  const fields = after.flatMap((row, i) =>
    parameters.map((_, j) => {
      const slope = slopes[i][j], half = halfWidths[i][j], told = Math.abs(slope) > half;
      return {
        parameter: names[j],
        target: label(row),
        slope: told ? slope : 0,
        words: told ? signed(slope) : "·",
        interval: told ? `± ${half.toFixed(1)}` : "",
      };
    })
  );
  if (fields.length === 0) return { title: "Nothing was searched", absent: "No parameter was free." };
  const strongest = fields.reduce((most, one) => Math.abs(one.slope) > Math.abs(most.slope) ? one : most);
  return frame({
    title: strongest.slope === 0
      ? "No target moves with any parameter by more than its interval"
      : `${strongest.target.replace(" *", "").replaceAll("\n", " ")} moves most with ${
        strongest.parameter.replace(/\s/g, "")
      }`,
    caption:
      "Tolerances (half a target's range) by which a target rises when a parameter goes through its whole range, " +
      "with the 95 % interval. A point: not told from nothing. * compared only, never searched.",
    width: 760,
    height: 80 + 40 * after.length,
    marginLeft: 330,
    marginTop: 70,
    marginBottom: 10,
    x: { label: null, domain: names, axis: "top", tickSize: 0 },
    y: { label: null, domain: after.map(label), tickSize: 0 },
    color: {
      type: "linear",
      domain: [-reach, 0, reach],
      range: [...differenceRamp],
      clamp: true,
    },
    marks: [
      cell(fields, { x: "parameter", y: "target", fill: "slope", inset: 1 }),
      text(fields, { x: "parameter", y: "target", text: "words", dy: -5 }),
      text(fields, { x: "parameter", y: "target", text: "interval", dy: 9, fontSize: 9.5 }),
    ],
  });
}

const signed = (x: number) => `${x > 0 ? "+" : "\u2212"}${Math.abs(x).toFixed(1)}`;
