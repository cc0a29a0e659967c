// The page of a reverse stress test.

import assert from "node:assert/strict";
import { errorWords, reverseInWords, type Told } from "#/server/facts/reverse.ts";
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
    assert.equal(html.match(/the first fail broke in 4 of 4, the last pass broke in 0 of 4/g)!.length, 2);
    assert.equal(html.match(/in at most 10 % of searches, however many tests chose it\./g)!.length, 2);
    assert.match(reverseInWords("interop", found, told), /broke in 4 of 4 replications, then in 4 of 4\n/);
    assert.ok(html.includes("<svg") && !/NaN|undefined/.test(html));
    // Two tables a search, each with a head: the bracket with a line a shock and four more, and all points.
    assert.equal(
      html.match(/<tr/g)!.length,
      found.reduce((sum, one) => sum + one.tested.length + names.length + 4 + 2, 0),
    );
    assert.equal(html, reversePage("interop", found, told));
  }
});

Deno.test("errors are those of both ends' second tests, or of all tests where the runs did not reach for second ones", async () => {
  const one = (budget: number, margin: (x: number, replication: number) => number) =>
    reverseStress(
      (points, { from, count }) =>
        Promise.resolve(points.map(([x]) => Array.from({ length: count }, (_, r) => margin(x, from + r)))),
      spaceOf([dimension("x")]),
      { ...search, budget },
    );
  const errors = { alpha: 0.01, beta: 0.05 }, plain = await one(400, (x) => x - 60);
  assert.match(
    errorWords(plain, errors).join(),
    /in at most 1 % of cases, .* 5 %,.* at most 6 % of searches/,
  );
  const spent = await one(plain.runs - 1, (x) => x - 60), all = spent.tests + 1;
  assert.ok(errorWords(spent, errors)[0].startsWith("not both ends were tested a second time"));
  assert.ok(
    errorWords(spent, errors)[1].endsWith(
      `for all ${all} tests of this search together the bounds are ${all} % and ${5 * all} %`,
    ),
  );
  // Replications from 11 on, which chose nothing, break later.
  const moved = await one(400, (x, r) => x - (r < 11 ? 60 : 62));
  assert.match(errorWords(moved, errors)[0], /; \d+ other points? did not$/);
  assert.match(errorWords(moved, errors)[2], /each of the \d+ second tests has its own errors/);
  const wide = await one(moved.runs - 1, (x, r) => x - (r < 11 ? 60 : 62));
  assert.deepEqual([moved.isNarrowed, wide.isNarrowed, wide.ended], [true, false, "found"]);
  assert.match(errorWords(wide, errors).at(-1)!, /a larger --budget goes on from here/);
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
