import assert from "node:assert/strict";
import fc from "fast-check";
import { quantile, quantileSorted, type QuantileType, sorted } from "./quantile.ts";

const types: QuantileType[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Hyndman and Fan's definition in exact fractions, p = numerator / denominator, for whole observations. */
function slowQuantile(values: bigint[], [num, den]: [bigint, bigint], type: QuantileType): number {
  const ordered = values.toSorted((a, b) => a < b ? -1 : a > b ? 1 : 0), n = BigInt(values.length);
  // Everything over 24 den: m is 0, -1/2, 1/2, p, 1 - p, (p + 1)/3 or p/4 + 3/8.
  const m = [
    0n,
    0n,
    -12n * den,
    0n,
    12n * den,
    24n * num,
    24n * (den - num),
    8n * (num + den),
    6n * num + 9n * den,
  ];
  const over = 24n * den, position = 24n * n * num + m[type - 1];
  let below = position / over;
  if (position < 0n && position % over !== 0n) below -= 1n;
  const rest = position - below * over;
  const at = (rank: bigint) => ordered[Number(rank < 1n ? 1n : rank > n ? n : rank) - 1];
  const jump = (share: number) => Number(at(below)) * (1 - share) + Number(at(below + 1n)) * share;
  if (type === 1) return jump(rest > 0n ? 1 : 0);
  if (type === 2) return jump(rest > 0n ? 1 : 0.5);
  if (type === 3) return jump(rest === 0n && below % 2n === 0n ? 0 : 1);
  return jump(Number(rest) / Number(over));
}

Deno.test("all nine types equal their definition in exact fractions, also where n p is whole", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 40 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.constantFrom(...types),
      (values, perMille, type) => {
        const own = quantile(values, perMille / 1_000, { type });
        const expected = slowQuantile(values.map(BigInt), [BigInt(perMille), 1_000n], type);
        assert.ok(
          Math.abs(own - expected) < 1e-10,
          `type ${type} at ${perMille}/1000 of [${values}]: ${own}, ${expected}`,
        );
      },
    ),
    { seed: 1996, numRuns: 10_000 },
  );
});

Deno.test("the types part where Hyndman and Fan say so", () => {
  const values = [1, 3, 4, 6, 8, 9, 12, 15, 20, 30];
  assert.deepEqual(types.map((type) => quantile(values, 0.25, { type })), [
    4,
    4,
    3,
    3.5,
    4,
    3.75,
    4.5,
    3.9166666666666665,
    3.9375,
  ]);
  assert.deepEqual(types.map((type) => quantile(values, 0, { type })), Array(9).fill(1));
  assert.deepEqual(types.map((type) => quantile(values, 1, { type })), Array(9).fill(30));
});

Deno.test("without a type the quantile is type 7, and the sample is left in its order", () => {
  const values = [9, 1, 5, 3];
  assert.equal(quantile(values, 0.4), quantile(values, 0.4, { type: 7 }));
  assert.deepEqual(values, [9, 1, 5, 3]);
  assert.equal(quantileSorted(sorted(values), 0.4), quantile(values, 0.4));
});

Deno.test("numbers sort as numbers, not as text", () => {
  assert.deepEqual([...sorted([10, 9, -1, 100])], [-1, 9, 10, 100]);
});

Deno.test("quantile() refuses no values, values without size, and probabilities outside 0 to 1", () => {
  assert.throws(() => quantile([], 0.5), { name: "RangeError", message: /no values/ });
  assert.throws(() => quantile([1, NaN], 0.5), { name: "RangeError", message: /NaN at place 1/ });
  assert.throws(() => quantile([1, Infinity], 0.5), { name: "RangeError", message: /Infinity at place 1/ });
  for (const p of [-0.1, 1.1, NaN]) {
    assert.throws(() => quantile([1], p), { name: "RangeError", message: new RegExp(`${p}`) });
  }
  assert.throws(() => quantile([1], 0.5, { type: 10 as QuantileType }), {
    name: "RangeError",
    message: /type 10/,
  });
});
