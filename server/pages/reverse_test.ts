// The page of a reverse stress test.

import assert from "node:assert/strict";
import { reverseStress } from "#/sim/experiments/reverse.ts";
import { type Dimension, spaceOf } from "#/sim/experiments/reverse_space.ts";
import { reversePage } from "./reverse.tsx";

Deno.test("the page of a reverse stress test draws its bracket and tells every point, for one dimension and for two", async () => {
  const dimension = (path: string): Dimension => ({
    axis: { name: path, title: path, path, values: [], range: { low: 0, high: 100 } },
    base: 20,
  });
  for (const names of [["severity"], ["severity", "hardship"]]) {
    const found = await reverseStress(
      (points, n) =>
        Promise.resolve(points.map((values) => Array(n).fill(values.reduce((a, b) => a + b, 0) > 90))),
      spaceOf(names.map(dimension)),
      {
        test: { lowShare: 0.3, highShare: 0.7, alpha: 0.05, beta: 0.05 },
        ...{ budget: 2_000, replicationsMost: 8, tolerance: 0.03, seed: [1, 2] },
      },
    );
    const html = reversePage("interop", [found], { names, condition: "netLoss>2e9", replay: "again" });
    assert.match(html, /The smallest breach of netLoss&gt;2e9 lies at 0\.\d\d of the ranges/);
    assert.ok(html.includes("<svg") && !/NaN|undefined/.test(html));
    assert.equal(html.match(/<tr/g)!.length, found.tested.length + 1);
  }
});
