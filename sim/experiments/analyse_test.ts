import assert from "node:assert/strict";
import { analyse, type Found, sharedReplications } from "#/sim/experiments/analyse.ts";
import type { Outcome } from "#/sim/result.ts";

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
  const [first] = analyse(points.slice(0, 2), terms).points;
  const { mean, low, high, n } = first.levels.gmv;
  // 10, 20, 30: mean 20, sd 10, t(0.975, 2) = 4.302653.
  assert.deepEqual([mean, n], [20, 3]);
  assert.ok(Math.abs(high! - (20 + 4.302653 * 10 / Math.sqrt(3))) < 1e-4);
  assert.ok(Math.abs(low! - (20 - 4.302653 * 10 / Math.sqrt(3))) < 1e-4);
});

Deno.test("differences are taken replication by replication against the first scenario", () => {
  const { points: [closed, open] } = analyse(points.slice(0, 2), terms);
  assert.deepEqual(closed.differences, {});
  // 1, 3, 2: mean 2, sd 1.
  assert.equal(open.differences.gmv.mean, 2);
  assert.ok(Math.abs(open.differences.gmv.high! - (2 + 4.302653 / Math.sqrt(3))) < 1e-4);
});

Deno.test("failed and missing runs are counted, and every point is read over the replications that all have", () => {
  const { points: [first, , closed, open], units, replications } = analyse(points, terms);
  assert.deepEqual([closed.done, closed.failed, closed.missing], [2, 1, 0]);
  assert.deepEqual([open.done, open.failed, open.missing], [2, 0, 1]);
  // Replication 0 is missing in b2, replication 1 failed in a2.
  assert.deepEqual(replications, [2]);
  assert.deepEqual(first.levels.gmv, { mean: 30, low: null, high: null, n: 1 });
  assert.deepEqual(open.differences.gmv, { mean: 6, low: null, high: null, n: 1 });
  assert.deepEqual(units, { gmv: "CNY" });
  assert.ok(!("absent" in open.levels));
});

Deno.test("an unfinished sweep shows no trend that is only the mix of its replications", () => {
  // Replication 1 is large and has begun in the first cell only.
  const begun: typeof values = { a1: [1, 100], b1: [2, 102], a2: [1, "missing"], b2: [2, "missing"] };
  const of = (id: string, replication: number): Found => {
    const value = begun[id][replication];
    return typeof value === "number"
      ? { status: "done", outcomes: { gmv: { value, unit: "CNY" } } }
      : undefined;
  };
  const summed = analyse(points, { ...terms, replications: 2, found: of });
  assert.deepEqual(summed.points.map(({ levels }) => levels.gmv.mean), [1, 2, 1, 2]);
  assert.deepEqual(summed.replications, [0]);
});

Deno.test("sharedReplications() prefers those of all points, then the finished ones, then the fullest", () => {
  const d = "done", f = "failed", m = "missing";
  assert.deepEqual(sharedReplications([[d, d, d], [d, d, m]], 3), [0, 1]);
  assert.deepEqual(sharedReplications([[d, d, d], [f, f, f]], 3), [0, 1, 2]);
  assert.deepEqual(sharedReplications([[d, f, d], [f, d, m]], 3), [0, 1]);
  assert.deepEqual(sharedReplications([[d, m], [d, d], [m, d], [m, d]], 2), [1]);
  assert.deepEqual(sharedReplications([[m, m]], 2), [0, 1]);
});

Deno.test("two replications give no interval, and a level's interval ends where its unit does", () => {
  const outcomes: Record<string, Outcome["unit"]> = {
    days: "days",
    part: "share",
    cny: "CNY",
  };
  const spread: Record<string, number[]> = { days: [0, 0, 100], part: [0, 1, 1], cny: [0, 0, 100] };
  const over = (replications: number) =>
    analyse(points, {
      base: terms.base,
      outcomes: Object.keys(outcomes),
      replications,
      found: (_, r) => ({
        status: "done",
        outcomes: Object.fromEntries(
          Object.entries(outcomes).map(([name, unit]) => [name, { value: spread[name][r], unit }]),
        ),
      }),
    }).points[1];
  assert.deepEqual(over(2).levels.part, { mean: 0.5, low: null, high: null, n: 2 });
  assert.deepEqual(over(2).differences.part, { mean: 0, low: null, high: null, n: 2 });
  const { days, part, cny } = over(3).levels;
  assert.equal(days.low, 0);
  assert.ok(days.high! > 100);
  assert.deepEqual([part.low, part.high], [0, 1]);
  assert.ok(cny.low! < 0);
  assert.ok(over(3).differences.days.low !== null);
});

Deno.test("the order of points moves no number", () => {
  const straight = analyse(points, terms).points;
  const turned = analyse(points.toReversed(), terms).points;
  assert.deepEqual(turned.toReversed(), straight);
});
