import assert from "node:assert/strict";
import { heatmap, type HeatmapTable } from "#/server/charts/heatmap.ts";

const estimate = { mean: 1, low: 0, high: 2, n: 3 };
const cells = ["closed", "opened-with-saving"].flatMap((scenario, s) =>
  [1, 2].map((x) => ({
    ...{ x, y: scenario, scenario, level: estimate, done: 3, failed: 0 },
    difference: s === 0 ? null : estimate,
  }))
).filter(({ difference }) => difference !== null);

Deno.test("a map of differences has no empty row for the reference, and room for the longest name beside it", () => {
  const table: HeatmapTable = {
    ...{ kind: "difference" as const, unit: "CNY", against: "closed", cells },
    x: { title: "Prefunding", values: [1, 2] },
    y: { title: "scenario", values: ["closed", "opened-with-saving"] },
  };
  const drawn = heatmap(table, { title: "A map", caption: "Of two." });
  assert.ok("marginLeft" in drawn);
  assert.equal((drawn.color as { label: string }).label, "CNY, less ← → more than in closed");
  assert.deepEqual((drawn.y as { domain: string[] }).domain, ["opened-with-saving"]);
  assert.ok(Number(drawn.marginLeft) >= 6 * "opened-with-saving".length + 14);
});
