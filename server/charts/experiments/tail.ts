// A tail: how probable a yearly loss above a size is, by the agents and by each formula.

import { dot, lineY, ruleY, text } from "@observablehq/plot";
import { type Absent, type ChartOptions, colours, frame } from "#/server/charts/chart.ts";
import { ink, partyColours } from "#/server/colours.ts";
import { share, shareTick } from "#/server/format.ts";
import { partyWord } from "#/server/words.ts";
import type { Tail } from "#/sim/experiments/tail.ts";

const formulaColours = {
  "Vasicek (ASRF)": partyColours.ant,
  "CreditRisk+": partyColours.project,
  "finite pool": partyColours.wechat,
};

/** Exceedance curves of a lender. */
export function tailCurves(tail: Tail): ChartOptions | Absent {
  const { losses, rows, issuer, fitted } = tail;
  if (losses.length < 2) return { title: "A tail", absent: "Fewer than two years were simulated." };
  const n = losses.length;
  // The k-th smallest of n is exceeded in (n − k) of n + 1: what is left of it in the long run.
  const agents = losses.map((loss, k) => ({ loss, above: (n - k) / (n + 1) }));
  const curves = rows.flatMap(({ probability, asrf, creditRiskPlus, finitePool }) => [
    { formula: "Vasicek (ASRF)", loss: asrf, above: 1 - probability },
    { formula: "CreditRisk+", loss: creditRiskPlus, above: 1 - probability },
    { formula: "finite pool", loss: finitePool, above: 1 - probability },
  ]);
  const at99 = rows.find(({ probability }) => probability === 0.99)!;
  return frame({
    title: `${partyWord(issuer)}: a loss of ${
      share(losses.at(-1)!)
    } in the worst of ${n} years; the formulas say ${share(at99.asrf)} to ${
      share(at99.creditRiskPlus)
    } in one of a hundred`,
    caption:
      `Probability of a yearly loss above a part of the balance: agents (dots, one a replication) and formulas with the ` +
      `same expected loss, loss given default and correlation (${fitted.correlation.toFixed(4)}).`,
    marginTop: 30,
    x: {
      label: "yearly loss, of the balance",
      labelAnchor: "center",
      labelArrow: "none",
      tickFormat: shareTick,
      ticks: 5,
      nice: true,
    },
    y: {
      type: "log",
      domain: [0.0008, 1],
      label: "↑ probability of more",
      labelArrow: "none",
      ticks: [0.001, 0.01, 0.1, 0.5, 1],
      tickFormat: (p: number) => `${p * 100} %`,
      grid: true,
    },
    color: { ...colours(formulaColours), legend: false },
    marks: [
      ruleY([0.01], { stroke: ink.rule, strokeOpacity: 0.3 }),
      lineY(curves, { x: "loss", y: "above", stroke: "formula", strokeWidth: 1.8 }),
      ...Object.entries({ ...formulaColours, "agents, by year": ink.rule }).map(([word, fill], k) =>
        text([word], { frameAnchor: "top-right", dy: 4 + 15 * k, fill, fontWeight: 600 })
      ),
      dot(agents, { x: "loss", y: "above", fill: ink.rule, r: 3 }),
    ],
  });
}
