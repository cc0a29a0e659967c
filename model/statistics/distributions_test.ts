import assert from "node:assert/strict";
import fc from "fast-check";
import {
  betaCumulative,
  betaQuantile,
  normalTail,
  preciseNormalQuantile,
  studentQuantile,
} from "./distributions.ts";
import { normalQuantile } from "./normal.ts";

/** Holds when two numbers agree within a relative tolerance. */
function close(own: number, expected: number, tolerance: number, what: string): void {
  assert.ok(
    Math.abs(own - expected) <= tolerance * Math.abs(expected),
    `${what}: ${own}, expected ${expected}`,
  );
}

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

Deno.test("normalTail() gives the tabulated tails, near and far", () => {
  // Abramowitz and Stegun, table 26.1 and 26.2, with more digits from the error function's series.
  const tails: [number, number][] = [
    [0, 0.5],
    [1, 0.15865525393145705],
    [2, 0.0227501319481792],
    [3, 0.0013498980316300945],
    [6, 9.865876450376946e-10],
    [10, 7.61985302416047e-24],
    [-1, 0.8413447460685429],
  ];
  for (const [z, tail] of tails) close(normalTail(z), tail, 1e-13, `tail at ${z}`);
});

Deno.test("the precise normal quantile undoes the tail and agrees with the fast one to nine digits", () => {
  fc.assert(
    fc.property(between(1e-12, 0.499), (p) => {
      const z = preciseNormalQuantile(p);
      close(normalTail(-z), p, 1e-12, `tail at quantile of ${p}`);
      assert.equal(preciseNormalQuantile(1 - p), -preciseNormalQuantile(1 - (1 - p)));
      assert.ok(Math.abs(z - normalQuantile(p)) < 1e-8, `${p}`);
    }),
    { seed: 5, numRuns: 500 },
  );
  close(preciseNormalQuantile(0.975), 1.959963984540054, 1e-15, "97.5 %");
});

Deno.test("studentQuantile() equals the closed forms for 1, 2 and 4 degrees of freedom", () => {
  fc.assert(
    fc.property(between(0.55, 0.99999), (p) => {
      const alpha = 4 * p * (1 - p), root = Math.sqrt(alpha);
      close(studentQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)), 1e-10, `1 at ${p}`);
      close(studentQuantile(p, 2), 2 * (p - 0.5) * Math.sqrt(2 / alpha), 1e-12, `2 at ${p}`);
      const q = Math.cos(Math.acos(root) / 3) / root;
      close(studentQuantile(p, 4), 2 * Math.sqrt(q - 1), 1e-9, `4 at ${p}`);
    }),
    { seed: 6, numRuns: 500 },
  );
});

Deno.test("studentQuantile() is odd, zero in the middle, falls with the degrees and tends to the normal", () => {
  fc.assert(
    fc.property(between(0.51, 0.9999), between(0.5, 1e5), (p, v) => {
      const t = studentQuantile(p, v);
      close(studentQuantile(1 - p, v), -t, 1e-9, `odd at ${p}, ${v}`);
      assert.ok(t > studentQuantile(p, v * 1.01), `${p} ${v}`);
      assert.ok(t > preciseNormalQuantile(p), `${p} ${v}`);
    }),
    { seed: 7, numRuns: 300 },
  );
  assert.equal(studentQuantile(0.5, 3), 0);
  assert.equal(studentQuantile(0.9, Infinity), preciseNormalQuantile(0.9));
  assert.equal(studentQuantile(1, 3), Infinity);
  assert.equal(studentQuantile(0, 3), -Infinity);
});

Deno.test("studentQuantile() has no seam where the expansion takes over at a million degrees", () => {
  for (const p of [0.6, 0.975, 0.99999]) {
    close(studentQuantile(p, 999_999), studentQuantile(p, 1_000_001), 1e-9, `seam at ${p}`);
  }
});

Deno.test("betaCumulative() equals the binomial sum for whole a and b", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      between(0.001, 0.999),
      (a, b, x) => {
        // P(at least a successes in a + b - 1 trials)
        const n = a + b - 1;
        let sum = 0, term = 1;
        for (let k = 1; k <= n; k++) term *= 1 - x;
        for (let k = 0; k <= n; k++) {
          if (k >= a) sum += term;
          term *= (n - k) / (k + 1) * x / (1 - x);
        }
        assert.ok(Math.abs(betaCumulative(x, { a, b }) - sum) < 1e-12, `${x} ${a} ${b}`);
      },
    ),
    { seed: 8, numRuns: 1_000 },
  );
});

Deno.test("betaQuantile() undoes betaCumulative() and meets the closed forms with a or b of one", () => {
  fc.assert(
    fc.property(between(1, 400), between(1, 400), between(0.001, 0.999), (a, b, p) => {
      const x = betaQuantile(p, { a, b });
      assert.ok(Math.abs(betaCumulative(x, { a, b }) - p) < 1e-10, `${p} ${a} ${b} gives ${x}`);
    }),
    { seed: 9, numRuns: 500 },
  );
  close(betaQuantile(0.3, { a: 5, b: 1 }), Math.pow(0.3, 1 / 5), 1e-13, "b = 1");
  close(betaQuantile(0.3, { a: 1, b: 5 }), 1 - Math.pow(0.7, 1 / 5), 1e-13, "a = 1");
  close(betaQuantile(1e-9, { a: 0.5, b: 1 }), 1e-18, 1e-9, "far out");
  assert.equal(betaQuantile(0, { a: 2, b: 3 }), 0);
  assert.equal(betaQuantile(1, { a: 2, b: 3 }), 1);
});

Deno.test("distributions refuse what is no probability and no shape", () => {
  for (const p of [-0.1, 1.1, NaN]) {
    assert.throws(() => preciseNormalQuantile(p), RangeError);
    assert.throws(() => studentQuantile(p, 3), RangeError);
    assert.throws(() => betaQuantile(p, { a: 1, b: 1 }), RangeError);
    assert.throws(() => betaCumulative(p, { a: 1, b: 1 }), RangeError);
  }
  for (const v of [0, -1, NaN]) {
    assert.throws(() => studentQuantile(0.9, v), { name: "RangeError", message: /degrees/ });
  }
  assert.throws(() => betaCumulative(0.5, { a: 0, b: 1 }), RangeError);
});
