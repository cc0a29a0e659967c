// The loss allowance of both issuers at each month's end, by stage of impairment, closed beside open.

import { barY, ruleY } from "@observablehq/plot";
import { lossStages } from "#/model/credit/expected_loss.ts";
import {
  type Absent,
  absent,
  amountAxis,
  atSide,
  type ChartOptions,
  colours,
  frame,
  panels,
} from "#/server/charts/chart.ts";
import { bucketColours } from "#/server/colours.ts";
import { allowanceRows } from "#/server/facts/servicing.ts";
import { money } from "#/server/format.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** A stage takes the colour of the bucket that it begins with. */
const stageColours = { stage1: bucketColours.M1, stage2: bucketColours.M2, stage3: bucketColours["M4+"] };
const words: Record<string, string> = {
  stage1: "stage 1 (12 months)",
  stage2: "stage 2 (lifetime)",
  stage3: "stage 3 (in default)",
};

/** Stacked bars by month. */
export function allowances(report: Comparison): ChartOptions | Absent {
  const rows = allowanceRows(report);
  if (rows.length === 0) return absent("Loss allowances", ["servicing.allowances"]);
  const months = lossStages.flatMap((stage) =>
    (["closed", "open"] as const).flatMap((world) =>
      [...new Set(rows.map(({ date }) => date.getTime()))].map((time) => ({
        world,
        stage,
        month: new Date(time).toISOString().slice(2, 7),
        cny: rows.filter((row) => row.world === world && row.stage === stage && row.date.getTime() === time)
          .reduce((sum, { cny }) => sum + cny, 0),
      }))
    )
  );
  const last = months.at(-1)!.month;
  const total = (world: string) =>
    months.filter((row) => row.world === world && row.month === last).reduce((sum, { cny }) => sum + cny, 0);
  return frame({
    title: `Expected losses at the last month's end: ${money(total("closed"))} closed, ${
      money(total("open"))
    } open`,
    caption:
      "Allowance of both issuers by stage of impairment: 12-month expected loss for debts up to 30 days late, " +
      "lifetime for later ones, with probabilities from the run's own roll matrix.",
    ...panels,
    marginBottom: 46,
    x: { label: null, tickRotate: -45, tickSize: 0 },
    y: atSide(amountAxis("CNY")),
    color: colours(stageColours, lossStages, (stage) => words[stage] ?? stage),
    marks: [
      barY(months, {
        x: "month",
        y: "cny",
        fx: "world",
        fill: ({ stage }) => words[stage] ?? stage,
        order: [...lossStages].reverse().map((stage) => words[stage]),
      }),
      ruleY([0]),
    ],
  });
}
