import assert from "node:assert/strict";
import fc from "fast-check";
import { bpsOf, mulDiv, ppmOf, split } from "./units.ts";

/** Half away from zero by whole numbers alone, written another way than the code under test. */
function slowMulDiv(amount: number, numerator: number, denominator: number): bigint {
  const product = BigInt(amount) * BigInt(numerator), by = BigInt(denominator);
  const size = product < 0n ? -product : product;
  const whole = size / by, rest = size % by;
  const rounded = 2n * rest >= by ? whole + 1n : whole;
  return product < 0n ? -rounded : rounded;
}

Deno.test("mulDiv() rounds half away from zero on both sides", () => {
  assert.equal(mulDiv(1, 1, 2), 1);
  assert.equal(mulDiv(-1, 1, 2), -1);
  assert.equal(mulDiv(1, 49, 100), 0);
  assert.equal(mulDiv(3, 1, 2), 2);
  assert.equal(mulDiv(-5, 1, 2), -3);
  assert.equal(mulDiv(1_000_000_000_000_001, 5_000, 10_000), 500_000_000_000_001);
});

Deno.test("mulDiv() never gives a negative zero", () => {
  assert.ok(Object.is(mulDiv(-1, 1, 3), 0));
  assert.ok(Object.is(mulDiv(0, -7, 3), 0));
});

Deno.test("mulDiv() is exact below and beyond 2^53", () => {
  const whole = fc.oneof(
    fc.integer({ min: -1_000_000, max: 1_000_000 }),
    fc.maxSafeInteger().filter((n) => Math.abs(n) < 9e15),
  );
  fc.assert(
    fc.property(
      whole,
      fc.integer({ min: -10_000_000, max: 10_000_000 }),
      fc.integer({ min: 1, max: 1e9 }),
      (a, n, d) => {
        const expected = slowMulDiv(a, n, d);
        if (expected > 2n ** 53n || expected < -(2n ** 53n)) return;
        assert.equal(BigInt(mulDiv(a, n, d)), expected);
      },
    ),
    { seed: 20260101, numRuns: 5_000 },
  );
});

Deno.test("mulDiv() beyond 2^53 refuses broken numbers and a denominator that is not positive", () => {
  for (
    const [a, n, d] of [[1e15 + 0.5, 1_000, 3], [NaN, 1, 1], [1e15, 1_000, 0], [1e15, 1_000, -1], [
      2e16,
      1,
      1,
    ]]
  ) {
    assert.throws(() => mulDiv(a, n, d), RangeError, `${a} ${n} ${d}`);
  }
});

Deno.test("bpsOf() and ppmOf() are mulDiv() with their own denominators", () => {
  assert.equal(bpsOf(10_001, 65), 65);
  assert.equal(bpsOf(100, 10_000), 100);
  assert.equal(ppmOf(1_000_000, 3), 3);
  assert.equal(ppmOf(499_999, 1), 0);
  assert.equal(ppmOf(500_000, 1), 1);
});

const weights = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 12 })
  .filter((list) => list.some((weight) => weight > 0));

Deno.test("split() gives parts that sum to the amount, each within one fen of its exact share", () => {
  fc.assert(
    fc.property(fc.maxSafeInteger().map(Math.abs), weights, (amount, list) => {
      const parts = split(amount, list);
      const sum = list.reduce((a, b) => a + b, 0);
      assert.equal(parts.reduce((a, part) => a + BigInt(part), 0n), BigInt(amount));
      for (const [i, part] of parts.entries()) {
        assert.ok(Number.isSafeInteger(part) && part >= 0);
        const gap = BigInt(part) * BigInt(sum) - BigInt(amount) * BigInt(list[i]);
        assert.ok(gap < BigInt(sum) && gap > -BigInt(sum), `part ${part} of weight ${list[i]}`);
        if (list[i] === 0) assert.equal(part, 0);
      }
    }),
    { seed: 20260102, numRuns: 2_000 },
  );
});

Deno.test("split() gives spare fen to the largest fractions, ties to the earliest", () => {
  assert.deepEqual(split(100, [1, 1, 1]), [34, 33, 33]);
  assert.deepEqual(split(101, [1, 1, 1]), [34, 34, 33]);
  assert.deepEqual(split(10, [1, 2, 4]), [1, 3, 6]); // 1.43, 2.86, 5.71
  assert.deepEqual(split(1, [0, 1, 1]), [0, 1, 0]);
  assert.deepEqual(split(0, [3, 4]), [0, 0]);
});

Deno.test("split() refuses amounts and weights that are no shares, and names them", () => {
  assert.throws(() => split(-1, [1]), { name: "RangeError", message: /-1 fen/ });
  assert.throws(() => split(1.5, [1]), { name: "RangeError", message: /1\.5 fen/ });
  assert.throws(() => split(1, [1, -2]), { name: "RangeError", message: /weight -2 at place 1/ });
  assert.throws(() => split(1, [0, 0]), { name: "RangeError", message: /sum to 0/ });
  assert.throws(() => split(1, []), { name: "RangeError", message: /sum to 0/ });
});
