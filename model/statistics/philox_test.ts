import assert from "node:assert/strict";
import fc from "fast-check";
import { philox, unit } from "./philox.ts";

// Known answers: D. E. Shaw Research, Random123, kat_vectors, "philox4x32 10".
const known: [counter: number[], key: number[], out: number[]][] = [
  [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
];

function block(counter: readonly number[], key: readonly number[]): Uint32Array {
  const out = new Uint32Array(4);
  philox(counter[0], counter[1], counter[2], counter[3], key[0], key[1], out);
  return out;
}

/** The same rounds by whole numbers of any length. */
function slowBlock(counter: readonly number[], key: readonly number[]): bigint[] {
  const mask = 0xffffffffn;
  let [a, b, c, d] = counter.map((word) => BigInt(word) & mask);
  let [k0, k1] = key.map((word) => BigInt(word) & mask);
  for (let round = 0; round < 10; round++) {
    const first = a * 0xd2511f53n, second = c * 0xcd9e8d57n;
    [a, b, c, d] = [(second >> 32n) ^ b ^ k0, second & mask, (first >> 32n) ^ d ^ k1, first & mask];
    k0 = (k0 + 0x9e3779b9n) & mask;
    k1 = (k1 + 0xbb67ae85n) & mask;
  }
  return [a, b, c, d];
}

Deno.test("philox() gives the published known answers of Philox4x32-10", () => {
  for (const [counter, key, out] of known) assert.deepEqual([...block(counter, key)], out);
});

Deno.test("philox() equals the same rounds in whole numbers, for words of either sign", () => {
  const word = fc.integer({ min: -(2 ** 31), max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), fc.tuple(word, word), (counter, key) => {
      assert.deepEqual([...block(counter, key)].map(BigInt), slowBlock(counter, key));
    }),
    { seed: 123, numRuns: 2_000 },
  );
});

Deno.test("unit() lies strictly between 0 and 1, and antithetic words give 1 - u", () => {
  for (const word of [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, -1]) {
    const u = unit(word);
    assert.ok(u > 0 && u < 1, `${word} gives ${u}`);
    assert.equal(unit(~word), 1 - u);
  }
});

Deno.test("neighbouring counters give even, unrelated draws", () => {
  const n = 20_000;
  let sum = 0, product = 0, previous = 0.5;
  for (let i = 0; i < n; i++) {
    const u = unit(block([i, 0, 0, 0], [1, 2])[0]);
    sum += u;
    product += (u - 0.5) * (previous - 0.5);
    previous = u;
  }
  // Six standard errors: sqrt(1/12/n) for the mean, 1/12/sqrt(n) for the lag product.
  assert.ok(Math.abs(sum / n - 0.5) < 6 * Math.sqrt(1 / 12 / n));
  assert.ok(Math.abs(product / n) < 6 / 12 / Math.sqrt(n));
});
