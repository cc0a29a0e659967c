import assert from "node:assert/strict";
import fc from "fast-check";
import { latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
import { morrisPaths } from "#/model/statistics/designs/morris.ts";
import { saltelliBlock, saltelliDesign } from "#/model/statistics/designs/saltelli.ts";
import { circle, onCircle, powerAt } from "./circle.ts";
import { elementaryEffects } from "./elementary_effects.ts";
import { fastDesign, fastIndices, rbdFast } from "./fast.ts";
import { pawn } from "./pawn.ts";
import { sobolIndices } from "./sobol_indices.ts";

const seed = [5, 8] as const;
const at = (points: Float64Array, dims: number, of: (x: number[]) => number) =>
  Float64Array.from(
    { length: points.length / dims },
    (_, row) => of([...points.subarray(row * dims, (row + 1) * dims)]),
  );

/** Sobol's product function: a small number means an input that matters. Its indices have a closed form. */
const weights = [0, 1, 9];
const product = (x: readonly number[]) =>
  weights.reduce((value, a, i) => value * (Math.abs(4 * x[i] - 2) + a) / (1 + a), 1);
const parts = weights.map((a) => 1 / (3 * (1 + a) ** 2));
const whole = parts.reduce((all, part) => all * (1 + part), 1) - 1;
const exactFirst = parts.map((part) => part / whole);
const exactTotal = parts.map((part, i) =>
  part * parts.reduce((all, other, j) => j === i ? all : all * (1 + other), 1) / whole
);

Deno.test("Sobol' indices of the product function are those of its closed form", () => {
  const dims = 3, points = saltelliDesign({ baseRows: 4_096, dims, isSecondOrder: true, seed });
  const { first, total, second } = sobolIndices(at(points, dims, product), {
    dims,
    isSecondOrder: true,
    resamples: 100,
    seed,
  });
  for (let i = 0; i < dims; i++) {
    assert.ok(
      Math.abs(first[i].value - exactFirst[i]) < 0.01,
      `first ${i}: ${first[i].value} for ${exactFirst[i]}`,
    );
    assert.ok(
      Math.abs(total[i].value - exactTotal[i]) < 0.01,
      `total ${i}: ${total[i].value} for ${exactTotal[i]}`,
    );
    assert.ok(total[i].low <= total[i].value && total[i].value <= total[i].high);
  }
  const pair = second.find(({ i, j }) => i === 0 && j === 1)!;
  assert.ok(Math.abs(pair.value - parts[0] * parts[1] / whole) < 0.02);
});

Deno.test("a failed row takes its whole base row with it, and only that: indices are those of the rows left", () => {
  const dims = 3, block = saltelliBlock(dims, false), points = saltelliDesign({ baseRows: 64, dims, seed });
  const outcomes = at(points, dims, product), holed = outcomes.slice();
  holed[5 * block + 2] = NaN;
  holed[20 * block] = Infinity;
  const left = Float64Array.from([
    ...outcomes.subarray(0, 5 * block),
    ...outcomes.subarray(6 * block, 20 * block),
    ...outcomes.subarray(21 * block),
  ]);
  const of = (values: Float64Array) => sobolIndices(values, { dims, resamples: 20, seed });
  const found = of(holed), plain = of(left);
  assert.deepEqual([found.baseRows, found.dropped], [62, 2]);
  assert.deepEqual(found.first, plain.first);
  assert.deepEqual(found.total, plain.total);
});

Deno.test("Sobol' intervals cover the closed form about as often as they say", () => {
  const dims = 3;
  let covered = 0, asked = 0;
  for (let word = 0; word < 40; word++) {
    const points = saltelliDesign({ baseRows: 256, dims, seed: [word, 3] });
    const { first } = sobolIndices(at(points, dims, product), { dims, resamples: 200, seed: [word, 4] });
    for (const [i, { low, high }] of first.entries()) {
      asked++;
      if (low <= exactFirst[i] && exactFirst[i] <= high) covered++;
    }
  }
  // Even points vary less than a bootstrap of them supposes, so that intervals are too wide rather than too narrow.
  assert.ok(covered / asked > 0.9, `${covered} of ${asked}`);
});

Deno.test("indices do not move when outcomes are scaled and shifted", () => {
  const dims = 2, points = saltelliDesign({ baseRows: 32, dims, seed });
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 1e6, noNaN: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      (scale, shift) => {
        const y = at(points, dims, ([a, b]) => a + a * b),
          moved = y.map((value) => value * scale + shift * scale);
        const own = sobolIndices(y, { dims, resamples: 0, seed }),
          other = sobolIndices(moved, { dims, resamples: 0, seed });
        for (let i = 0; i < dims; i++) assert.ok(Math.abs(own.first[i].value - other.first[i].value) < 1e-6);
      },
    ),
    { seed: 6, numRuns: 50 },
  );
});

Deno.test("Morris: effects of a plane are its slopes, without deviation; of a product they depend on the rest", () => {
  const dims = 3, points = morrisPaths({ paths: 30, dims, seed });
  const plane = elementaryEffects(points, at(points, dims, ([a, b, c]) => 2 * a - 3 * b + 0 * c), {
    dims,
    seed,
  });
  plane.effects.forEach(({ mu, muStar, sigma }, i) => {
    assert.ok(Math.abs(mu - [2, -3, 0][i]) < 1e-9 && Math.abs(muStar - [2, 3, 0][i]) < 1e-9 && sigma < 1e-9);
  });
  const { effects: [a, b, c] } = elementaryEffects(points, at(points, dims, ([x, y]) => x * y), {
    dims,
    seed,
  });
  assert.ok(a.sigma > 0.1 && b.sigma > 0.1 && c.muStar === 0);
  assert.ok(a.muStarLow <= a.muStar && a.muStar <= a.muStarHigh && a.muStarLow < a.muStarHigh);
});

Deno.test("Morris: a failed row takes its path with it and is counted", () => {
  const dims = 2,
    points = morrisPaths({ paths: 6, dims, seed }),
    outcomes = at(points, dims, ([a, b]) => a - b);
  outcomes[4] = NaN;
  const { effects, paths, dropped } = elementaryEffects(points, outcomes, { dims, seed });
  assert.deepEqual([paths, dropped], [5, 1]);
  assert.ok(Math.abs(effects[0].mu - 1) < 1e-9);
});

Deno.test("FAST finds the indices of the product function, even numbers of rows included", () => {
  const dims = 3;
  for (const rows of [1_025, 1_024]) {
    const { first, total } = fastIndices(at(fastDesign({ rows, dims, seed }), dims, product), { rows, dims });
    for (let i = 0; i < dims; i++) {
      assert.ok(Math.abs(first[i] - exactFirst[i]) < 0.03, `first ${i} of ${rows}: ${first[i]}`);
      assert.ok(Math.abs(total[i] - exactTotal[i]) < 0.06, `total ${i} of ${rows}: ${total[i]}`);
    }
  }
});

Deno.test("RBD-FAST and PAWN read the same order of inputs off one random sample, failed rows left out", () => {
  const dims = 3, x = latinHypercube({ rows: 1_000, dims, seed }), y = at(x, dims, ([a, b]) => 4 * a + 2 * b);
  y[17] = NaN;
  const { first, dropped } = rbdFast(x, y, { dims });
  assert.equal(dropped, 1);
  assert.ok(
    Math.abs(first[0] - 0.8) < 0.05 && Math.abs(first[1] - 0.2) < 0.05 && Math.abs(first[2]) < 0.05,
    `${first}`,
  );
  const { inputs: [a, b, c], dropped: gone } = pawn(x, y, { dims });
  assert.equal(gone, 1);
  assert.ok(a.median > b.median && b.median > c.median && a.maximum <= 1);
});

Deno.test("parts of a circle have the cosines and sines of the runtime, and a wave has power at its frequency alone", () => {
  const into = new Float64Array(2);
  for (const n of [1, 3, 7, 8, 64, 257]) {
    for (let k = -n; k <= 2 * n; k++) {
      onCircle(k, n, into);
      const angle = 2 * Math.PI * k / n;
      assert.ok(
        Math.abs(into[0] - Math.cos(angle)) < 1e-14 && Math.abs(into[1] - Math.sin(angle)) < 1e-14,
        `${k}/${n}`,
      );
    }
  }
  const n = 64, wave = Float64Array.from({ length: n }, (_, t) => Math.cos(2 * Math.PI * 5 * t / n));
  for (let frequency = 0; frequency < n / 2; frequency++) {
    const power = powerAt(wave, frequency, circle(n));
    assert.ok(Math.abs(power - (frequency === 5 ? n * n / 4 : 0)) < 1e-9);
  }
});

Deno.test("analyses refuse what they cannot answer: too few rows, outcomes that never change, numbers that do not fit", () => {
  const refused = (make: () => unknown, text: RegExp) =>
    assert.throws(make, { name: "RangeError", message: text });
  refused(
    () => sobolIndices(new Float64Array(21), { dims: 3, seed }),
    /no whole number of base rows: 3 inputs need 5/,
  );
  refused(
    () => sobolIndices(new Float64Array(35).fill(NaN), { dims: 3, seed }),
    /0 of 7 base rows are whole, at least 8/,
  );
  refused(() => sobolIndices(new Float64Array(100).fill(2), { dims: 3, seed }), /same in every row/);
  refused(() => elementaryEffects([0, 0, 1, 1], [1, 2], { dims: 2, seed }), /no whole paths/);
  refused(
    () => elementaryEffects([0, 0, 1, 1, 0, 0], [1, 2, 3], { dims: 2, seed }),
    /Rows 0 and 1 differ in inputs 0 and 1/,
  );
  refused(() => fastDesign({ rows: 64, dims: 2, seed }), /64 as rows/);
  refused(() => fastIndices(new Float64Array(130).fill(1), { rows: 65, dims: 2 }), /same in every row/);
  refused(() => fastIndices([NaN, ...new Float64Array(129)], { rows: 65, dims: 2 }), /entry 0 is NaN/);
  refused(() => rbdFast(new Float64Array(60), new Float64Array(30), { dims: 2 }), /at least 40 are needed/);
  refused(
    () => pawn(new Float64Array(40), new Float64Array(40), { dims: 1 }),
    /40 are left, 10 slices need at least 50/,
  );
});
