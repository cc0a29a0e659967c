import assert from "node:assert/strict";
import fc from "fast-check";
import { latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
import { normalDensity, preciseNormalQuantile } from "#/model/statistics/distributions.ts";
import { givenDataDelta } from "./delta.ts";
import { DensityEstimate, gridPoints, place } from "./density.ts";

const seed = [5, 8] as const;
const sample = (rows: number, dims: number, of: (x: number[]) => number, word = 1) => {
  const x = latinHypercube({ rows, dims, seed: [word, 2] });
  const y = Float64Array.from(
    { length: rows },
    (_, row) => of([...x.subarray(row * dims, (row + 1) * dims)]),
  );
  return { x, y };
};

/** Delta of x in y = w x + √(1 − w²) e, both standard normal: the mean distance between N(w x, 1 − w²) and N(0, 1). */
function normalDelta(w: number): number {
  const sd = Math.sqrt(1 - w * w), n = 400;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const middle = w * preciseNormalQuantile((i + 0.5) / n);
    for (let y = -9; y < 9; y += 0.01) {
      sum += Math.abs(normalDensity(y) - normalDensity((y - middle) / sd) / sd) * 0.01 / 2;
    }
  }
  return sum / n;
}

Deno.test("delta of a sum of normal numbers is that of its closed form", () => {
  const w = 0.8,
    { x, y } = sample(
      4_000,
      3,
      ([a, b]) => w * preciseNormalQuantile(a) + Math.sqrt(1 - w * w) * preciseNormalQuantile(b),
    );
  const { inputs: [a, b, c], classes } = givenDataDelta(x, y, { dims: 3, resamples: 30, seed });
  assert.ok(classes > 10);
  assert.ok(Math.abs(a.delta - normalDelta(w)) < 0.03, `${a.delta} for ${normalDelta(w)}`);
  assert.ok(Math.abs(b.delta - normalDelta(0.6)) < 0.03, `${b.delta} for ${normalDelta(0.6)}`);
  assert.ok(Math.abs(c.delta) < 0.05 && c.raw > c.delta + 0.01, `${c.delta}, raw ${c.raw}`);
  assert.ok(Math.abs(a.first - 0.64) < 0.04 && Math.abs(b.first - 0.36) < 0.04 && c.first < 0.02);
  for (const { delta, low, high, first, firstLow, firstHigh } of [a, b, c]) {
    assert.ok(low < delta && delta < high && firstLow <= firstHigh && firstLow < first + 0.02);
  }
});

Deno.test("delta sees an input that moves the spread alone, where the share of variance does not", () => {
  const { x, y } = sample(2_000, 2, ([a, b]) => (0.1 + 3 * a) * (b - 0.5));
  const { inputs: [spread] } = givenDataDelta(x, y, { dims: 2, resamples: 20, seed });
  assert.ok(
    spread.first < 0.02 && spread.delta > 0.15 && spread.low > 0.1,
    `${spread.first} ${spread.delta}`,
  );
});

Deno.test("the correction takes off a good part of what a small sample adds to an input that does nothing", () => {
  let raw = 0, corrected = 0;
  for (let word = 1; word <= 12; word++) {
    const { x, y } = sample(200, 2, ([a]) => a, word);
    const { inputs: [, idle] } = givenDataDelta(x, y, { dims: 2, resamples: 40, seed: [word, 4] });
    raw += idle.raw / 12;
    corrected += idle.delta / 12;
  }
  assert.ok(Math.abs(corrected) < 0.7 * raw, `${corrected} of ${raw}`);
});

Deno.test("delta does not move when outcomes or inputs are scaled, shifted or turned round, nor with the order of rows", () => {
  const { x, y } = sample(150, 2, ([a, b]) => a * a + 0.5 * b);
  const of = (inputs: Float64Array, outcomes: Float64Array) =>
    givenDataDelta(inputs, outcomes, { dims: 2, resamples: 0, seed }).inputs.map(({ delta }) => delta);
  const plain = of(x, y);
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 1e6, noNaN: true }),
      fc.double({ min: -100, max: 100, noNaN: true }),
      fc.boolean(),
      (scale, shift, isTurned) => {
        const sign = isTurned ? -1 : 1;
        const moved = of(
          x.map((value) => value * scale + shift),
          y.map((value) => sign * scale * (value + shift)),
        );
        for (const [d, value] of moved.entries()) {
          assert.ok(Math.abs(value - plain[d]) < 1e-6, `${value} ${plain[d]}`);
        }
      },
    ),
    { seed: 6, numRuns: 40 },
  );
  const rows = Array.from({ length: 150 }, (_, row) => row).sort((a, b) => (a * 7) % 150 - (b * 7) % 150);
  const other = of(
    Float64Array.from(rows.flatMap((row) => [x[2 * row], x[2 * row + 1]])),
    Float64Array.from(rows, (row) => y[row]),
  );
  for (const [d, value] of other.entries()) assert.ok(Math.abs(value - plain[d]) < 1e-9);
});

Deno.test("failed rows are left out and counted; an outcome of few values has densities too", () => {
  const { x, y } = sample(300, 2, ([a]) => a > 0.7 ? 1 : 0);
  const holed = y.slice();
  holed[4] = NaN;
  const { rows, dropped, inputs: [a, b] } = givenDataDelta(x, holed, { dims: 2, resamples: 20, seed });
  assert.deepEqual([rows, dropped], [299, 1]);
  assert.ok(a.delta > 0.2 && a.delta <= 1 && Math.abs(b.delta) < 0.1, `${a.delta} ${b.delta}`);
});

Deno.test("a density on the grid has an area of one, and that of a normal sample is near the law's", () => {
  const values = Float64Array.from({ length: 2_000 }, (_, i) => preciseNormalQuantile((i + 0.5) / 2_000));
  const placed = place(values),
    estimate = new DensityEstimate(placed.step),
    density = new Float64Array(gridPoints);
  estimate.clear();
  for (const [i, value] of values.entries()) estimate.add(placed, i, { value, weight: 1 });
  estimate.write(density);
  let area = 0;
  for (const [point, height] of density.entries()) {
    area += height * placed.step;
    assert.ok(Math.abs(height - normalDensity(placed.low + point * placed.step)) < 0.02);
  }
  assert.ok(Math.abs(area - 1) < 0.005, `${area}`);
});

Deno.test("delta refuses too few rows, outcomes that never change, and numbers that do not fit", () => {
  const refused = (make: () => unknown, text: RegExp) =>
    assert.throws(make, { name: "RangeError", message: text });
  const run = (inputs: number, outcomes: Float64Array) =>
    givenDataDelta(new Float64Array(inputs), outcomes, { dims: 1, seed });
  refused(() => run(49, new Float64Array(49)), /49 are left, at least 50/);
  refused(() => run(60, new Float64Array(60).fill(3)), /same in every row/);
  refused(() => run(60, new Float64Array(61)), /61 outcomes need 61 inputs, not 60/);
  refused(
    () => givenDataDelta(new Float64Array(60).fill(NaN), new Float64Array(60), { dims: 1, seed }),
    /entry 0 is NaN/,
  );
});
