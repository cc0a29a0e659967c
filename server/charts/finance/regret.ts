// The map of regrets: what it costs to have chosen a plan, case by case, darker where it costs more.

import { cell, type ScaleOptions, text } from "@observablehq/plot";
import type { RegretTable } from "#/model/project/regret.ts";
import { type ChartOptions, frame } from "#/server/charts/chart.ts";
import { ink, levelRamp } from "#/server/colours.ts";
import { money, share, tick } from "#/server/format.ts";

/** A field a plan and case: the regret, its interval, and how often the plan is the best. */
export function regretChart({ cells, chosen, worstFen, measure, best }: RegretTable): ChartOptions {
  const rows = cells.flat().map((one) => ({
    plan: one.plan,
    of: one.of,
    cny: one.regretFen / 100,
    words: one.difference === null
      ? "best"
      : one.regretFen === 0
      ? "equal"
      : money(one.regretFen / 100).replace("CNY ", ""),
    interval: one.difference === null
      ? `in ${share(one.bestShare)} of draws`
      : one.regretFen === 0
      ? ""
      : `${plain(one.difference.low)} to ${plain(one.difference.high)}`,
    tip: `${one.plan} in ${one.of}: best in ${share(one.bestShare)} of the draws`,
  }));
  const plans = cells.map(([{ plan }]) => plan), cases = cells[0].map(({ of }) => of);
  const least = Math.min(...worstFen) / 100, most = Math.max(...rows.map(({ cny }) => cny), 1);
  const what = measure === "owners" ? "what is left to owners" : "the project's NPV";
  return frame({
    title: cases.length === 1
      ? plans.length > 1 && rows.every(({ cny }) => cny === 0)
        ? `All plans are equal by ${what}`
        : `${best[0]} is the best by ${what}`
      : `${chosen} is regretted least: by ${money(least)} at the most, in ${what}`,
    caption:
      `How far each plan's mean lies below the best one's, by ${what}, with a 95 % interval of the difference on the same ` +
      "draws and replications. CNY.",
    height: 70 + 46 * plans.length,
    marginLeft: 120,
    marginTop: 10,
    marginBottom: 40,
    x: { label: null, domain: cases, tickSize: 0 },
    y: { label: null, domain: plans, tickSize: 0 },
    color: {
      type: "linear",
      domain: [0, most],
      range: [...levelRamp],
      legend: true,
      label: "regret, CNY",
      tickFormat: tick,
      ticks: 4,
    } as ScaleOptions,
    marks: [
      cell(rows, { x: "of", y: "plan", fill: "cny", stroke: ink.frame, inset: 1, title: "tip" }),
      text(rows, { x: "of", y: "plan", text: "words", dy: -7, fontWeight: 600, fill: ink.rule }),
      text(rows, { x: "of", y: "plan", text: "interval", dy: 8, fontSize: 9.5, fill: ink.rule }),
    ],
  });
}

const plain = (fen: number) => money(fen / 100).replace("CNY ", "");
