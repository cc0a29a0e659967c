// The trade-off of a sweep: delay on the bridge against the money that it takes, a line a scenario.

import { dot, lineY, ruleY } from "@observablehq/plot";
import type { SweepTable } from "#/sim/experiments/read.ts";
import { type Absent, absent, amountAxis, type ChartOptions, frame } from "#/server/charts/chart.ts";
import { scenarioColours } from "#/server/colours.ts";
import { count, tick } from "#/server/format.ts";

/** One point of a sweep: means over replications. */
export interface TradeOffRow {
  scenario: string;
  liquidity: number;
  delay: number;
}

/** Whether a sweep reads what the chart needs. */
export const tradesOff = ({ design }: Pick<SweepTable, "design">): boolean =>
  ["bridgeDelay", "bridgeLiquidity"].every((name) => design.outcomes.includes(name));

/** Points by scenario, least money first. */
export function tradeOffRows({ analysis }: Pick<SweepTable, "analysis">): TradeOffRow[] {
  return analysis.points.flatMap(({ scenario, levels }) =>
    levels.bridgeDelay && levels.bridgeLiquidity
      ? [{ scenario, liquidity: levels.bridgeLiquidity.mean, delay: levels.bridgeDelay.mean }]
      : []
  ).sort((a, b) => a.scenario < b.scenario ? -1 : a.scenario > b.scenario ? 1 : a.liquidity - b.liquidity);
}

/** A line a scenario, money to the right. */
export function tradeOff(table: Pick<SweepTable, "analysis" | "design">): ChartOptions | Absent {
  const rows = tradeOffRows(table);
  if (rows.length === 0) return absent("Delay against liquidity", ["bridgeDelay", "bridgeLiquidity"]);
  const scenarios = table.design.base;
  const delays = (scenario: string) =>
    rows.filter((row) => row.scenario === scenario).map(({ delay }) => delay);
  const said = scenarios.filter((scenario) => delays(scenario).length > 0).map((scenario) =>
    `${count(Math.max(...delays(scenario)))} to ${
      count(Math.min(...delays(scenario)))
    } minutes in ${scenario}`
  );
  return frame({
    title: `More money, less delay: ${said.join(", ")}`,
    caption:
      "Mean delay of purchases' payments sent to the bridge against the most of its money in use on a day, a dot a " +
      "setting, means over replications.",
    x: { label: "CNY in use →", labelArrow: "none", tickFormat: tick, type: "log", ticks: 5 },
    y: amountAxis("minutes"),
    color: {
      type: "ordinal",
      legend: true,
      domain: scenarios,
      range: scenarioColours.slice(0, scenarios.length),
    },
    marks: [
      ruleY([0]),
      lineY(rows, { x: "liquidity", y: "delay", z: "scenario", stroke: "scenario" }),
      dot(rows, { x: "liquidity", y: "delay", fill: "scenario", r: 3 }),
    ],
  });
}
