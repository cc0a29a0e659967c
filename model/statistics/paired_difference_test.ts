import assert from "node:assert/strict";
import fc from "fast-check";
import { meanInterval } from "./interval.ts";
import { pairedDifference } from "./paired_difference.ts";

const close = (a: number, b: number, tolerance: number) =>
  Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));

Deno.test("pairedDifference() is Student's interval of the differences, compared minus base", () => {
  const own = pairedDifference([5, 9, 4, 8], [4, 6, 4, 7]);
  const { sd, ...expected } = meanInterval([1, 3, 0, 1]);
  assert.equal(own.sdPaired, sd);
  for (const [key, value] of Object.entries(expected)) assert.equal(own[key as keyof typeof own], value);
});

Deno.test("the gain is how many times more replications separate luck would need", () => {
  // Y1 = U and Y2 = U^2 with the same U: Var(Y1) + Var(Y2) = 1/12 + 4/45, Var(Y1 - Y2) = 1/180, their ratio 31.
  const n = 20_000, u = Array.from({ length: n }, (_, i) => (i + 0.5) / n);
  const shared = pairedDifference(u, u.map((x) => x * x));
  assert.ok(Math.abs(shared.gain - 31) < 1e-3, `${shared.gain}`);
  // Pairing each U with another one's square gives next to nothing.
  const separate = pairedDifference(u, u.map((_, i) => u[(i * 7_919) % n] ** 2));
  assert.ok(Math.abs(separate.gain - 1) < 0.05, `${separate.gain}`);
});

Deno.test("the spreads tie out: sdPaired^2 = sdIndependent^2 minus twice the covariance", () => {
  const pair = fc.tuple(fc.integer({ min: -1_000, max: 1_000 }), fc.integer({ min: -1_000, max: 1_000 }));
  fc.assert(
    fc.property(fc.array(pair, { minLength: 2, maxLength: 30 }), (pairs) => {
      const a = pairs.map(([x]) => x), b = pairs.map(([, y]) => y), n = pairs.length;
      const own = pairedDifference(a, b);
      const mean = (list: number[]) => list.reduce((x, y) => x + y, 0) / n;
      const covariance = pairs.reduce((sum, [x, y]) => sum + (x - mean(a)) * (y - mean(b)), 0) / (n - 1);
      assert.ok(close(own.sdPaired ** 2, own.sdIndependent ** 2 - 2 * covariance, 1e-9));
      const back = pairedDifference(b, a);
      assert.equal(back.mean, -own.mean + 0);
      assert.equal(back.halfWidth, own.halfWidth);
    }),
    { seed: 11, numRuns: 300 },
  );
});

Deno.test("a difference that never varies has no width and an endless gain; two constants have a gain of 1", () => {
  const exact = pairedDifference([11, 12, 15], [1, 2, 5]);
  assert.deepEqual([exact.mean, exact.halfWidth, exact.gain], [10, 0, Infinity]);
  assert.equal(pairedDifference([3, 3], [1, 1]).gain, 1);
});

Deno.test("a single pair gives its difference and no certainty", () => {
  const { mean, halfWidth, low, high, n } = pairedDifference([5], [3]);
  assert.deepEqual([mean, halfWidth, low, high, n], [2, Infinity, -Infinity, Infinity, 1]);
});

Deno.test("pairedDifference() refuses sides of unequal length, no pairs, and values that are not finite", () => {
  assert.throws(() => pairedDifference([1, 2], [1]), { name: "RangeError", message: /2 results with 1/ });
  assert.throws(() => pairedDifference([], []), RangeError);
  assert.throws(() => pairedDifference([1, NaN], [1, 2]), { name: "RangeError", message: /NaN at place 1/ });
  assert.throws(() => pairedDifference([1, 2], [1, Infinity]), RangeError);
});
