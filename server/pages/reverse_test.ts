// The page of a reverse stress test.

import assert from "node:assert/strict";
import type { Told } from "#/server/facts/reverse.ts";
import { reverseStress } from "#/sim/experiments/reverse.ts";
import { type Dimension, spaceOf } from "#/sim/experiments/reverse_space.ts";
import { reversePage } from "./reverse.tsx";

const search = {
  test: { lowShare: 0.3, highShare: 0.7, alpha: 0.05, beta: 0.05 },
  ...{ budget: 400, replicationsMost: 8, tolerance: 0.03, seed: [1, 2] as const },
};
const dimension = (path: string): Dimension => ({
  axis: { name: path, title: path, path, values: [], range: { low: 0, high: 100 } },
  base: 20,
  law: { middle: 20, sd: 30 },
});

Deno.test("the page of a reverse stress test draws its bracket and tells every point, for one to four dimensions", async () => {
  for (const names of [["severity"], ["severity", "hardship"], ["a", "b", "c"], ["a", "b", "c", "d"]]) {
    const dimensions = names.map(dimension);
    const correlations = names.map((_, i) => names.map((_, j) => i === j ? 1 : 0.2));
    const told: Told = {
      dimensions: dimensions.map(({ axis: { path }, base, law }) => ({
        ...{ path, title: path, base, low: 0, high: 100, isLog: false, law: law!, source: "a source" },
      })),
      ...{
        condition: "insolvency",
        definition: "netLoss>2e9",
        replay: "again",
        alpha: 0.05,
        beta: 0.05,
        correlations,
      },
    };
    const found = [];
    for (const space of [spaceOf(dimensions), spaceOf(dimensions, correlations)]) {
      found.push(
        await reverseStress(
          (points, { count }) =>
            Promise.resolve(
              points.map((values) =>
                Array(count).fill(values.reduce((a, b) => a + b, 0) - 30 * values.length)
              ),
            ),
          space,
          search,
        ),
      );
    }
    const html = reversePage("interop", found, told);
    assert.match(html, /The smallest breach of insolvency lies at 0\.\d\d of the ranges/);
    assert.match(html, /The likeliest breach of insolvency lies at \d\.\d\d standard deviations/);
    assert.equal(html.match(/Were the border of breaches flat/g)!.length, 1);
    assert.ok(html.includes("netLoss&gt;2e9") && html.includes("a source"));
    assert.ok(html.includes("<svg") && !/NaN|undefined/.test(html));
    // Two tables a search, each with a head: the bracket with a line a shock and three more, and all points.
    assert.equal(
      html.match(/<tr/g)!.length,
      found.reduce((sum, one) => sum + one.tested.length + names.length + 3 + 2, 0),
    );
    assert.equal(html, reversePage("interop", found, told));
  }
});

Deno.test("the page says what is not certified: nothing breaks, broken already, budget spent", async () => {
  const dimensions = [dimension("a"), dimension("b")];
  for (
    const [margin, budget, words] of [
      [-1, 400, /Nothing in the ranges breaks x/],
      [1, 400, /x is broken before anything is shocked/],
      [0.5, 8, /No breach of x is certified: budget spent/],
    ] as const
  ) {
    const found = await reverseStress(
      (points, { count }) =>
        Promise.resolve(
          points.map((v) => Array(count).fill(margin === 0.5 ? (v[0] > 20 ? 1 : -1) : margin)),
        ),
      spaceOf(dimensions),
      { ...search, budget },
    );
    const told: Told = {
      dimensions: dimensions.map(({ axis: { path }, base }) => ({
        ...{ path, title: path, base, low: 0, high: 100, isLog: false, law: null, source: "" },
      })),
      ...{ condition: "x", definition: "x", replay: "again", alpha: 0.05, beta: 0.05, correlations: [] },
    };
    assert.match(reversePage("interop", [found], told), words);
  }
});
