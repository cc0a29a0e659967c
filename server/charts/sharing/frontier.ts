// The frontier of joint credit: what is lent across the bridge against what of it is lost, and the point that was chosen.

import { dot, line, ruleX, text } from "@observablehq/plot";
import { amountAxis, type ChartOptions, frame, halo } from "#/server/charts/chart.ts";
import { ink, scenarioColours } from "#/server/colours.ts";
import { money } from "#/server/format.ts";
import type { Frontier } from "#/sim/experiments/frontier.ts";

const [plain, , , kept] = scenarioColours;
const words = { tried: "tried", best: "best under a bound", chosen: "chosen" } as const;

/** A dot a point, a line through the best of each bound, a rule at the bound that was asked for. */
export function frontierChart({ tried, frontier, chosen, boundBps, binding }: Frontier): ChartOptions {
  const best = frontier.flatMap(({ best }) => best ? [best] : []).sort((a, b) => a.lossBps - b.lossBps);
  const unique = best.filter((it, k) => k === 0 || it.lossBps !== best[k - 1].lossBps);
  const losses = tried.map(({ lossBps }) => lossBps), last = Math.max(...losses, boundBps);
  return frame({
    title:
      `At most ${boundBps} bps lost: ${money(chosen.jointCredit)} lent across, ${
        chosen.lossBps.toFixed(1)
      } bps of it lost; ` +
      `${binding[0].split(":")[0]} binds`.replace("nothing binds", "nothing binds it"),
    caption:
      "Credit lent across the bridge against its net loss in bps, a dot a setting of cut-offs and share, means over " +
      "replications. The steps are the best that was found for each loss.",
    height: 300,
    x: {
      label: "net loss, bps of joint credit →",
      labelArrow: "none",
      ticks: 6,
      grid: true,
      domain: [Math.min(0, ...losses), last * 1.06],
    },
    y: amountAxis("CNY lent across"),
    color: {
      type: "ordinal",
      legend: true,
      domain: Object.values(words),
      range: [plain, ink.rule, kept],
    },
    marks: [
      ruleX([boundBps], { stroke: ink.rule, strokeDasharray: "4 3" }),
      dot(tried.map((it) => ({ ...it, what: words.tried })), {
        x: "lossBps",
        y: "jointCredit",
        stroke: "what",
        r: 3,
      }),
      line(unique, { x: "lossBps", y: "jointCredit", stroke: ink.rule, curve: "step-after" }),
      dot(unique.map((it) => ({ ...it, what: words.best })), {
        x: "lossBps",
        y: "jointCredit",
        fill: "what",
        r: 3.5,
      }),
      dot([{ ...chosen, what: words.chosen }], { x: "lossBps", y: "jointCredit", fill: "what", r: 6 }),
      text([boundBps], {
        x: (bound) => bound,
        text: () => `bound ${boundBps} bps`,
        frameAnchor: "bottom",
        dy: -6,
        dx: boundBps > last / 2 ? -6 : 6,
        textAnchor: boundBps > last / 2 ? "end" : "start",
        ...halo,
      }),
    ],
  });
}
