import assert from "node:assert/strict";
import { analyse, type Found } from "#/sim/experiments/analyse.ts";

const points = [
  { id: "a1", scenario: "closed", settings: { x: 1 } },
  { id: "b1", scenario: "open", settings: { x: 1 } },
  { id: "a2", scenario: "closed", settings: { x: 2 } },
  { id: "b2", scenario: "open", settings: { x: 2 } },
];
const values: Record<string, (number | "failed" | "missing")[]> = {
  a1: [10, 20, 30],
  b1: [11, 23, 32],
  a2: [10, "failed", 30],
  b2: ["missing", 25, 36],
};
const found = (id: string, replication: number): Found => {
  const value = values[id][replication];
  if (value === "missing") return undefined;
  if (value === "failed") return { status: "failed" };
  return { status: "done", outcomes: { gmv: { value, unit: "CNY" } } };
};
const terms = { base: ["closed", "open"], outcomes: ["gmv", "absent"], replications: 3, found };

Deno.test("levels have Student's interval over replications", () => {
  const [first] = analyse(points, terms).points;
  const { mean, low, high, n } = first.levels.gmv;
  // 10, 20, 30: mean 20, sd 10, t(0.975, 2) = 4.302653.
  assert.deepEqual([mean, n], [20, 3]);
  assert.ok(Math.abs(high! - (20 + 4.302653 * 10 / Math.sqrt(3))) < 1e-4);
  assert.ok(Math.abs(low! - (20 - 4.302653 * 10 / Math.sqrt(3))) < 1e-4);
});

Deno.test("differences are taken replication by replication against the first scenario", () => {
  const { points: [closed, open] } = analyse(points, terms);
  assert.deepEqual(closed.differences, {});
  // 1, 3, 2: mean 2, sd 1.
  assert.equal(open.differences.gmv.mean, 2);
  assert.ok(Math.abs(open.differences.gmv.high! - (2 + 4.302653 / Math.sqrt(3))) < 1e-4);
});

Deno.test("failed and missing runs are counted, and a pair needs both sides", () => {
  const { points: [, , closed, open], units } = analyse(points, terms);
  assert.deepEqual([closed.done, closed.failed, closed.missing], [2, 1, 0]);
  assert.deepEqual([open.done, open.failed, open.missing], [2, 0, 1]);
  assert.deepEqual(open.differences.gmv, { mean: 6, low: null, high: null, n: 1 });
  assert.deepEqual(units, { gmv: "CNY" });
  assert.ok(!("absent" in open.levels));
});

Deno.test("the order of points moves no number", () => {
  const straight = analyse(points, terms).points;
  const turned = analyse(points.toReversed(), terms).points;
  assert.deepEqual(turned.toReversed(), straight);
});
