import assert from "node:assert/strict";
import fc from "fast-check";
import { split } from "#/model/units/units.ts";
import { apportion } from "./apportion.ts";

const most = Number.MAX_SAFE_INTEGER;
const weightsOf = (parties: number) =>
  fc.array(fc.oneof(fc.nat(9), fc.nat(1_000_000), fc.constant(most)), {
    minLength: parties,
    maxLength: parties,
  }).filter((weights) => weights.some((weight) => weight > 0));
const weights = fc.integer({ min: 1, max: 8 }).chain(weightsOf);
const amount = fc.oneof(fc.nat(40), fc.nat(1_000_000), fc.integer({ min: most - 9, max: most - 1 }));

Deno.test("apportion() hands out every fen and no negative part", () => {
  fc.assert(
    fc.property(amount, weights, (amountFen, weights) => {
      const parts = apportion(amountFen, weights);
      assert.equal(parts.length, weights.length);
      assert.ok(parts.every((part, i) => part >= 0 && (weights[i] > 0 || part === 0)));
      assert.equal(parts.reduce((sum, part) => sum + BigInt(part), 0n), BigInt(amountFen));
    }),
    { seed: 1, numRuns: 1_000 },
  );
});

Deno.test("apportion() of one fen more adds one fen to one party", () => {
  fc.assert(
    fc.property(amount, weights, (amountFen, weights) => {
      const parts = apportion(amountFen, weights), more = apportion(amountFen + 1, weights);
      assert.deepEqual(more.map((part, i) => part - parts[i]).sort(), [...weights.slice(1).map(() => 0), 1]);
    }),
    { seed: 2, numRuns: 2_000 },
  );
});

Deno.test("apportion() ranks the fen by (2k - 1) / weight: the slow way gives the same", () => {
  fc.assert(
    fc.property(fc.nat(200), weights, (amountFen, weights) => {
      const parts = weights.map(() => 0n);
      for (let fen = 0; fen < amountFen; fen++) {
        const { i: next } = weights
          .flatMap((weight, i) => weight > 0 ? [{ i, rank: 2n * parts[i] + 1n, weight: BigInt(weight) }] : [])
          .reduce((best, one) => one.rank * best.weight < best.rank * one.weight ? one : best);
        parts[next] += 1n;
      }
      assert.deepEqual(apportion(amountFen, weights), parts.map(Number));
    }),
    { seed: 3, numRuns: 500 },
  );
});

Deno.test("apportion() between two parties is split()", () => {
  fc.assert(
    fc.property(amount, weightsOf(2), (amountFen, weights) => {
      assert.deepEqual(apportion(amountFen, weights), split(amountFen, weights));
    }),
    { seed: 4, numRuns: 2_000 },
  );
});

Deno.test("apportion() keeps to the weights within half a fen, and half a part of one fen for each party", () => {
  fc.assert(
    fc.property(amount, weights, (amountFen, weights) => {
      const sum = weights.reduce((total, weight) => total + BigInt(weight), 0n);
      for (const [i, part] of apportion(amountFen, weights).entries()) {
        const off = BigInt(part) * sum - BigInt(amountFen) * BigInt(weights[i]);
        const allowed = sum + BigInt(weights.length) * BigInt(weights[i]);
        assert.ok(2n * off <= allowed && -2n * off <= allowed);
      }
    }),
    { seed: 5, numRuns: 1_000 },
  );
});

Deno.test("apportion() breaks ties in favour of the earliest", () => {
  assert.deepEqual(apportion(1, [1, 1, 1]), [1, 0, 0]);
  assert.deepEqual(apportion(5, [2, 2, 2]), [2, 2, 1]);
  assert.deepEqual(apportion(3, [0, 7, 7]), [0, 2, 1]);
});

Deno.test("apportion() reproduces the seats of a published Sainte-Lague count", () => {
  // Wikipedia, "Webster/Sainte-Laguë method": 53,000, 24,000 and 23,000 votes, seven seats: 3, 2, 2.
  assert.deepEqual(apportion(7, [53_000, 24_000, 23_000]), [3, 2, 2]);
});

Deno.test("apportion() names the amount or the weight that does not fit", () => {
  for (const amountFen of [-1, 0.5, NaN, 2 ** 53]) {
    assert.throws(() => apportion(amountFen, [1]), {
      name: "RangeError",
      message: new RegExp(`share ${amountFen}`),
    });
  }
  for (const weight of [-1, 0.5, NaN, Infinity]) {
    assert.throws(() => apportion(1, [1, weight]), { name: "RangeError", message: /at place 1/ });
  }
  assert.throws(() => apportion(7, [0, 0]), /Cannot share 7 fen as the weights sum to 0/);
  assert.throws(() => apportion(7, []), RangeError);
});
