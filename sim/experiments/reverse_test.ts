import assert from "node:assert/strict";
import { likeliestBreach } from "#/model/statistics/reverse_stress.ts";
import { type Breaks, reverseStress } from "./reverse.ts";
import { type Dimension, spaceOf } from "./reverse_space.ts";

const test = { lowShare: 0.3, highShare: 0.7, alpha: 0.05, beta: 0.05 };
const options = { test, budget: 20_000, replicationsMost: 20, tolerance: 0.02, seed: [1, 2] as const };
const dimension = (
  name: string,
  low: number,
  high: number,
  base: number,
  more: Partial<Dimension> = {},
): Dimension => ({
  axis: { name, title: name, path: name, values: [], range: { low, high } },
  base,
  ...more,
});
const when = (broken: (values: readonly number[], replication: number) => boolean): Breaks => (points, n) =>
  Promise.resolve(points.map((values) => Array.from({ length: n }, (_, r) => broken(values, r))));

Deno.test("in one dimension the bracket closes on the threshold, last pass below and first fail above", async () => {
  const space = spaceOf([dimension("x", 0, 100, 20)]);
  const { firstFail, lastPass, ended, runs } = await reverseStress(when(([x]) => x > 63), space, options);
  assert.equal(ended, "found");
  assert.ok(lastPass!.values[0] <= 63 && firstFail!.values[0] > 63 && firstFail!.values[0] < 65);
  assert.ok(Math.abs(firstFail!.distance - (firstFail!.values[0] - 20) / 100) < 1e-12);
  assert.deepEqual([firstFail!.trials, firstFail!.events, lastPass!.events], [4, 4, 0]);
  assert.ok(runs <= 60, `${runs} runs`);
});

Deno.test("whole steps end the bracket at neighbours", async () => {
  const one = dimension("x", 0, 100, 20);
  one.axis.range!.step = 1;
  const found = await reverseStress(when(([x]) => x > 63), spaceOf([one]), { ...options, tolerance: 1e-6 });
  assert.deepEqual([found.lastPass!.values, found.firstFail!.values], [[63], [64]]);
});

Deno.test("under a law the likeliest breach of a linear condition is that of the closed form", async () => {
  const correlations = [[1, 0.4, 0], [0.4, 1, -0.3], [0, -0.3, 1]], sd = [1, 2, 0.5], weights = [1, 1, 2];
  const law = {
    mean: [0, 0, 0],
    covariance: correlations.map((row, i) => row.map((entry, j) => entry * sd[i] * sd[j])),
  };
  const known = likeliestBreach({ law, weights, threshold: 6 });
  const space = spaceOf(
    sd.map((it, i) => dimension(`x${i}`, -10, 10, 0, { law: { middle: 0, sd: it } })),
    correlations,
  );
  const loss = (values: readonly number[]) => values.reduce((sum, x, i) => sum + x * weights[i], 0);
  const { firstFail, lastPass } = await reverseStress(when((values) => loss(values) >= 6), space, options);
  assert.ok(loss(firstFail!.values) >= 6 && loss(lastPass!.values) < 6);
  assert.ok(firstFail!.distance >= known.distance - 1e-9);
  assert.ok(firstFail!.distance < known.distance * 1.06, `${firstFail!.distance} against ${known.distance}`);
});

Deno.test("the smallest breach differs from the likeliest where one dimension is more volatile", async () => {
  const both = [
    dimension("a", 0, 10, 0, { law: { middle: 0, sd: 4 } }),
    dimension("b", 0, 10, 0, { law: { middle: 0, sd: 0.5 } }),
  ];
  const breaks = when(([a, b]) => a + 1.5 * b >= 9);
  const small = await reverseStress(breaks, spaceOf(both), options);
  const likely = await reverseStress(breaks, spaceOf(both, [[1, 0], [0, 1]]), options);
  assert.ok(small.firstFail!.values[1] > 3);
  assert.ok(likely.firstFail!.values[1] < 1);
});

Deno.test("a condition that breaks by luck is told by the sequential test, with more replications near the border", async () => {
  const luck = (r: number) => ((r * 7_919) % 101) / 101;
  const breaks = when(([x], r) => luck(r) < (x - 40) / 40);
  const { firstFail, lastPass, tested } = await reverseStress(breaks, spaceOf([dimension("x", 0, 100, 10)]), {
    ...options,
    replicationsMost: 40,
  });
  assert.ok(firstFail!.values[0] > 55 && firstFail!.values[0] < 76, String(firstFail!.values));
  assert.ok(lastPass!.values[0] > 45 && lastPass!.values[0] < firstFail!.values[0]);
  assert.ok(Math.max(...tested.map(({ trials }) => trials)) > 4);
  assert.ok(firstFail!.events > 0.5 * firstFail!.trials);
});

Deno.test("a search says when nothing breaks, when all is broken already, and when its budget is spent", async () => {
  const space = spaceOf([dimension("x", 0, 100, 20), dimension("y", 0, 1, 0.5)]);
  const none = await reverseStress(when(() => false), space, options);
  assert.deepEqual([none.ended, none.firstFail, none.passing], ["nothing breaks", null, 8]);
  assert.equal((await reverseStress(when(() => true), space, options)).ended, "broken as it stands");
  const short = await reverseStress(when(([x]) => x > 50), space, { ...options, budget: 60 });
  assert.ok(short.ended === "budget spent" && short.runs <= 60 && short.firstFail !== null);
  await assert.rejects(
    reverseStress(when(() => false), space, { ...options, budget: 3 }),
    /a budget of 3 runs/,
  );
});

Deno.test("bases, middles and laws outside their range are refused", () => {
  assert.throws(() => spaceOf([dimension("x", 0, 10, 11)]), /x at 11: it lies outside its range, 0 to 10/);
  assert.throws(() => spaceOf([dimension("x", 0, 10, 5)], [[1]]), /it has no law/);
  assert.throws(
    () => spaceOf([dimension("x", 0, 10, 5, { law: { middle: 5, sd: 0 } })], [[1]]),
    /scale x by 0/,
  );
});
