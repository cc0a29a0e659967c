// A fan of what may come: the middle of the draws as a line, half and nine tenths of them as bands, month by month.

import { areaY, lineY, ruleY } from "@observablehq/plot";
import { type Fan, fanLevels } from "#/model/project/compare.ts";
import { type Absent, amountAxis, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { fanColours, ink } from "#/server/colours.ts";

const words = { wide: "9 of 10 draws", half: "half of the draws", middle: "the middle draw" } as const;

/** What a fan is drawn of: values are divided by `per`; rules stand at bounds that matter. */
export interface FanTable {
  fan: Fan;
  /** Months from one value to the next. */
  everyMonths: number;
  per: number;
  unit: string;
  rules: readonly number[];
  /** Values beyond are drawn at this one: a cover of a little debt tells nothing by its size. */
  most?: number;
}

/** The fan with its caption; absent where nothing was measured. */
export function fanChart(
  { fan, everyMonths, per, unit, rules, most = Infinity }: FanTable,
  { title, caption }: { title: string; caption: string },
): ChartOptions | Absent {
  const rows = Array.from(fan.levels[0], (_, i) => {
    const at = (level: number) => Math.min(most, fan.levels[level][i] / per);
    return {
      month: (i + 1) * everyMonths,
      low: at(0),
      lower: at(1),
      middle: at(2),
      upper: at(3),
      high: at(4),
    };
  }).filter(({ middle }) => Number.isFinite(middle));
  if (rows.length === 0) {
    return { title, absent: "There is nothing to cover: no debt is served in these months." };
  }
  const [p5, p25, , p75, p95] = fanLevels.map((level) => `${level * 100} %`);
  return frame({
    title,
    caption: `${caption} Bands from ${p25} to ${p75} and from ${p5} to ${p95} of the draws.`,
    x: { label: "month of the plan →", labelArrow: "none", ticks: 6 },
    y: unit === "CNY"
      ? amountAxis("CNY")
      : { ...amountAxis(unit), tickFormat: (at: number) => at.toFixed(1) },
    color: {
      type: "ordinal",
      legend: true,
      domain: Object.values(words),
      range: [fanColours.wide, fanColours.half, fanColours.middle],
    },
    marks: [
      areaY(rows, { x: "month", y1: "low", y2: "high", fill: () => words.wide }),
      areaY(rows, { x: "month", y1: "lower", y2: "upper", fill: () => words.half }),
      lineY(rows, { x: "month", y: "middle", stroke: () => words.middle, strokeWidth: 2 }),
      ruleY(rules, { stroke: ink.rule, strokeDasharray: "4 3" }),
    ],
  });
}
