import assert from "node:assert/strict";
import fc from "fast-check";
import { clopperPearsonInterval, meanHalfWidth, meanInterval, wilsonInterval } from "./interval.ts";
import { philox, unit } from "./philox.ts";
import { preciseNormalQuantile } from "./distributions.ts";

const round = (x: number, digits = 6) => Number(x.toFixed(digits));

Deno.test("meanInterval() is the textbook interval of Student", () => {
  const { mean, sd, low, high, n, halfWidth } = meanInterval([12.1, 11.4, 13.0, 12.7, 11.9]);
  assert.deepEqual([mean, sd, n].map((x) => round(x)), [12.22, 0.637966, 5]);
  assert.deepEqual([low, high].map((x) => round(x)), [11.427861, 13.012139]);
  assert.deepEqual([mean - halfWidth, mean + halfWidth], [low, high]);
});

Deno.test("meanInterval() of one value knows nothing, of equal values everything", () => {
  assert.deepEqual(meanInterval([7]), {
    mean: 7,
    halfWidth: Infinity,
    low: -Infinity,
    high: Infinity,
    n: 1,
    sd: 0,
  });
  const equal = meanInterval(Array(10).fill(0.1));
  assert.equal(equal.halfWidth, 0);
  assert.equal(equal.sd, 0);
});

Deno.test("more confidence widens every interval", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 3, maxLength: 20 }),
      fc.nat(100),
      (values, k) => {
        fc.pre(values.some((value) => value !== values[0]));
        const narrow = meanInterval(values, { confidence: 0.8 }),
          wide = meanInterval(values, { confidence: 0.99 });
        assert.ok(wide.halfWidth > narrow.halfWidth);
        for (const interval of [wilsonInterval, clopperPearsonInterval]) {
          const [a, b] = [interval(k, 100, { confidence: 0.8 }), interval(k, 100, { confidence: 0.99 })];
          assert.ok(a.low >= b.low && a.high <= b.high && a.low <= k / 100 && k / 100 <= a.high);
        }
      },
    ),
    { seed: 10, numRuns: 200 },
  );
});

Deno.test("meanInterval() covers the true mean of normal draws about as often as it says", () => {
  const out = new Uint32Array(4);
  let covered = 0;
  const samples = 2_000, n = 5;
  for (let s = 0; s < samples; s++) {
    const values = Array.from({ length: n }, (_, i) => {
      philox(s, i, 0, 0, 11, 12, out);
      return preciseNormalQuantile(unit(out[0]));
    });
    const { low, high } = meanInterval(values, { confidence: 0.9 });
    if (low <= 0 && 0 <= high) covered += 1;
  }
  // Six binomial standard errors.
  assert.ok(
    Math.abs(covered / samples - 0.9) < 6 * Math.sqrt(0.9 * 0.1 / samples),
    `covered ${covered} of ${samples}`,
  );
});

Deno.test("Wilson and Clopper-Pearson mirror: failures have the complement's interval", () => {
  for (const interval of [wilsonInterval, clopperPearsonInterval]) {
    for (const [k, n] of [[0, 10], [1, 100], [37, 100], [5, 1_000]]) {
      const own = interval(k, n), mirror = interval(n - k, n);
      assert.ok(
        Math.abs(own.low - (1 - mirror.high)) < 1e-12 && Math.abs(own.high - (1 - mirror.low)) < 1e-12,
      );
    }
    assert.equal(interval(0, 10).low, 0);
    assert.equal(interval(10, 10).high, 1);
  }
});

Deno.test("Wilson's interval solves its own equation, Clopper-Pearson's contains it for few successes", () => {
  const z = preciseNormalQuantile(0.975);
  for (const [k, n] of [[1, 100], [50, 100], [5, 1_000], [999, 1_000]]) {
    const { low, high } = wilsonInterval(k, n);
    for (const p of [low, high]) {
      assert.ok(Math.abs(Math.abs(k / n - p) - z * Math.sqrt(p * (1 - p) / n)) < 1e-12);
    }
  }
  assert.deepEqual(
    Object.values(clopperPearsonInterval(5, 1_000)).map((x) => round(x)),
    [0.001625, 0.011629],
  );
  assert.ok(clopperPearsonInterval(0, 10).high > wilsonInterval(0, 10).high);
});

Deno.test("intervals refuse what they cannot mean, with the value", () => {
  assert.throws(() => meanInterval([]), { name: "RangeError", message: /no values/ });
  assert.throws(() => meanInterval([1, NaN]), { name: "RangeError", message: /NaN at place 1/ });
  assert.throws(() => meanHalfWidth(-1, 3), { name: "RangeError", message: /-1/ });
  assert.throws(() => meanHalfWidth(1, 0), { name: "RangeError", message: /0 observations/ });
  for (const confidence of [0, 1, 1.5, NaN]) {
    assert.throws(() => meanInterval([1, 2], { confidence }), {
      name: "RangeError",
      message: new RegExp(`${confidence}`),
    });
    assert.throws(() => wilsonInterval(1, 2, { confidence }), RangeError);
  }
  for (const [k, n] of [[-1, 5], [6, 5], [0.5, 5], [0, 0], [1, 2.5]]) {
    assert.throws(() => wilsonInterval(k, n), RangeError);
    assert.throws(() => clopperPearsonInterval(k, n), RangeError);
  }
});
