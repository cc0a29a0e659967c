import assert from "node:assert/strict";
import fc from "fast-check";
import { bestOrder, cellWorths, ordersOf, setsOf } from "./shapley.ts";

/** Uniform numbers from a linear congruential generator, for tests only. */
function drawer(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const tables = fc.integer({ min: 1, max: 4 }).chain((count) =>
  fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 2 ** count, maxLength: 2 ** count })
    .map((values) => ({ count, value: (mask: number) => mask === 0 ? 0 : values[mask] }))
);

Deno.test("Shapley values sum to the grand coalition's value, counted and sampled", () => {
  fc.assert(
    fc.property(tables, ({ count, value }) => {
      const found = cellWorths(ordersOf(count, { sampled: 4, draw: drawer(1) }), value);
      const sum = found.reduce((all, { shapley }) => all + shapley, 0);
      assert.ok(Math.abs(sum - value(2 ** count - 1)) < 1e-9);
      assert.ok(found.every(({ samplingError }) => samplingError === 0));
    }),
    { seed: 3, numRuns: 200 },
  );
  const draw = drawer(5), table = Float64Array.from({ length: 64 }, () => draw() * 100);
  const value = (mask: number) => mask === 0 ? 0 : table[mask];
  const sampled = cellWorths(ordersOf(6, { sampled: 40, draw }), value);
  assert.ok(Math.abs(sampled.reduce((all, { shapley }) => all + shapley, 0) - value(63)) < 1e-9);
  assert.ok(sampled.every(({ samplingError }) => samplingError > 0));
});

Deno.test("an opening that changes nothing is worth nothing, and equals are worth the same", () => {
  // The third changes nothing; the first two are alike.
  const value = (mask: number) => [0, 30, 30, 100][mask & 3];
  const found = cellWorths(ordersOf(3, { sampled: 0, draw: () => 0 }), value);
  assert.deepEqual(found.map(({ shapley }) => shapley), [50, 50, 0]);
  assert.deepEqual(found[2], { shapley: 0, samplingError: 0, alone: 0, last: 0 });
  assert.deepEqual([found[0].alone, found[0].last], [30, 70]);
});

Deno.test("sampled values come within four standard errors of the counted ones, and the error falls with more orders", () => {
  const draw = drawer(9), count = 5, table = Float64Array.from({ length: 32 }, () => draw() * 1_000);
  const value = (mask: number) => mask === 0 ? 0 : table[mask];
  const factorial = (n: number): number => n < 2 ? 1 : n * factorial(n - 1);
  for (const few of cellWorths(ordersOf(count, { sampled: 400, draw }), value).entries()) {
    const [i, { shapley, samplingError }] = few;
    let exact = 0;
    for (let mask = 0; mask < 32; mask++) {
      if (mask & 1 << i) continue;
      const size = [0, 1, 2, 3, 4].filter((k) => mask & 1 << k).length;
      exact += factorial(size) * factorial(count - 1 - size) / factorial(count) *
        (value(mask | 1 << i) - value(mask));
    }
    assert.ok(Math.abs(shapley - exact) < 4 * samplingError, `${i}: ${shapley} for ${exact}`);
  }
  const errorWith = (sampled: number) =>
    cellWorths(ordersOf(count, { sampled, draw: drawer(2) }), value)[0].samplingError;
  assert.ok(errorWith(400) < 0.5 * errorWith(40));
});

Deno.test("all sets are run up to four openings, and only those that orders pass through beyond", () => {
  assert.deepEqual(setsOf(ordersOf(2, { sampled: 0, draw: () => 0 })), [1, 2, 3]);
  assert.equal(setsOf(ordersOf(4, { sampled: 0, draw: () => 0 })).length, 15);
  assert.ok(setsOf(ordersOf(8, { sampled: 4, draw: drawer(4) })).length < 60);
  assert.throws(() => ordersOf(5, { sampled: 5, draw: () => 0 }), /Cannot sample 5 orders: an even number/);
  assert.throws(() => ordersOf(0, { sampled: 4, draw: () => 0 }), /Cannot order 0 openings/);
});

Deno.test("the best order opens first what brings most soonest; without time between openings all are alike", () => {
  const value = (mask: number) => 5 * (mask & 1) + 10 * (mask >> 1 & 1) + 40 * (mask >> 2 & 1);
  const orders = ordersOf(3, { sampled: 0, draw: () => 0 });
  const { best, worst } = bestOrder(orders, value, { stepShare: 0.25 });
  assert.deepEqual(best.order, [2, 1, 0]);
  assert.deepEqual(worst.order, [0, 1, 2]);
  // By hand: 40 for a quarter, 50 for a quarter, 55 for half.
  assert.equal(best.value, 50);
  const together = bestOrder(orders, value, { stepShare: 0 });
  assert.equal(together.best.value, together.worst.value);
  assert.throws(() => bestOrder(orders, value, { stepShare: 0.6 }), /must fit into it/);
});
