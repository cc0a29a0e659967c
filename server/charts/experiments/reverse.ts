// What a reverse stress test looked at: tested points that pass and fail, and the bracket between them.

import { dot, line, ruleY } from "@observablehq/plot";
import { type ChartOptions, frame } from "#/server/charts/chart.ts";
import { ink, scenarioColours } from "#/server/colours.ts";
import type { Reverse, Tested } from "#/sim/experiments/reverse.ts";

const [plain, , , , , broken] = scenarioColours;
const words = { passes: "holds", fails: "breaks", open: "cannot be told" } as const;

/** A dot a tested point over the first two dimensions; of one dimension, over the share of replications that broke. */
export function reverseChart(
  { tested, origin, lastPass, firstFail, metric }: Reverse,
  { names, condition }: { names: readonly string[]; condition: string },
): ChartOptions {
  const isFlat = names.length > 1, by = metric === "scaled" ? "smallest" : "likeliest";
  const y = (it: Tested) => isFlat ? it.values[1] : it.events / it.trials;
  const rows = tested.map((it) => ({ x: it.values[0], y: y(it), what: words[it.verdict] }));
  const ray = [origin, lastPass, firstFail].flatMap((it) => it ? [{ x: it.values[0], y: y(it) }] : []);
  const far = metric === "scaled" ? "of the ranges" : "standard deviations";
  return frame({
    title: firstFail
      ? `The ${by} breach of ${condition} lies at ${firstFail.distance.toFixed(2)} ${far}`
      : `Nothing in the ranges breaks ${condition}`,
    caption: `A dot a tested point${names.length > 2 ? ", of all dimensions the first two" : ""}` +
      `${
        isFlat ? "" : ", with the share of its replications that broke"
      }; the line goes from the scenario as it stands ` +
      "to the last point that holds and the first that breaks.",
    height: 300,
    x: { label: `${names[0]} →`, labelArrow: "none", ticks: 5, grid: true, nice: true },
    y: isFlat
      ? { label: names[1], grid: true, ticks: 5, nice: true }
      : { label: "share of replications that broke", domain: [0, 1], grid: true, ticks: 5 },
    color: { type: "ordinal", legend: true, domain: Object.values(words), range: [plain, broken, ink.rule] },
    marks: [
      ...isFlat ? [] : [ruleY([0.5], { stroke: ink.rule, strokeDasharray: "4 3" })],
      line(ray, { x: "x", y: "y", stroke: ink.rule }),
      dot(rows, { x: "x", y: "y", stroke: "what", r: 3.5 }),
      dot(firstFail ? [{ x: firstFail.values[0], y: y(firstFail), what: words.fails }] : [], {
        x: "x",
        y: "y",
        fill: "what",
        r: 6,
      }),
      dot(lastPass ? [{ x: lastPass.values[0], y: y(lastPass), what: words.passes }] : [], {
        x: "x",
        y: "y",
        fill: "what",
        r: 6,
      }),
    ],
  });
}
