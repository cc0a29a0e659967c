import assert from "node:assert/strict";
import fc from "fast-check";
import { differenceStep, finiteDifferences } from "#/model/statistics/designs/finite_differences.ts";
import { saltelliDesign } from "#/model/statistics/designs/saltelli.ts";
import { derivativeMeasures } from "./derivative_measures.ts";
import { sobolIndices } from "./sobol_indices.ts";

const seed = [5, 8] as const;
const at = (points: Float64Array, dims: number, of: (x: number[]) => number) =>
  Float64Array.from(
    { length: points.length / dims },
    (_, row) => of([...points.subarray(row * dims, (row + 1) * dims)]),
  );
const ishigami = (u: readonly number[]) => {
  const [x, y, z] = u.map((value) => Math.PI * (2 * value - 1));
  return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
};

Deno.test("squared derivatives of Ishigami's function are those of their closed form", () => {
  // Source: ½ (1 + 2 b π⁴/5 + b² π⁸/9), a²/2 and 8 b² π⁶/7 over (−π, π), from the function itself; a = 7, b = 0.1.
  const exact = [7.719587940719254, 24.5, 10.98730506943205], dims = 3;
  const points = finiteDifferences({ baseRows: 4_096, dims, step: 1e-4, seed });
  const { inputs, variance } = derivativeMeasures(points, at(points, dims, ishigami), {
    dims,
    resamples: 0,
    seed,
  });
  for (const [d, { meanSquare, totalBound }] of inputs.entries()) {
    const own = meanSquare / (4 * Math.PI ** 2);
    assert.ok(Math.abs(own / exact[d] - 1) < 0.01, `${d}: ${own} for ${exact[d]}`);
    assert.ok(Math.abs(totalBound - meanSquare / (Math.PI ** 2 * variance)) < 1e-9);
  }
});

Deno.test("the bound lies above the total index, for smooth functions of any coefficients", () => {
  const dims = 3, steps = finiteDifferences({ baseRows: 256, dims, step: 0.001, seed });
  const points = saltelliDesign({ baseRows: 256, dims, seed });
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 5, maxLength: 5 }),
      (c) => {
        fc.pre(c.some((value) => Math.abs(value) > 0.1));
        const of = ([x, y, z]: number[]) =>
          c[0] * x + c[1] * y * y + c[2] * x * y + c[3] * Math.sin(3 * z) + c[4] * x * z;
        const { total } = sobolIndices(at(points, dims, of), { dims, resamples: 0, seed });
        const { inputs } = derivativeMeasures(steps, at(steps, dims, of), { dims, resamples: 0, seed });
        for (const [d, { totalBound }] of inputs.entries()) {
          assert.ok(totalBound > total[d].value - 0.02, `${d}: ${totalBound} for ${total[d].value}`);
        }
      },
    ),
    { seed: 7, numRuns: 60 },
  );
});

Deno.test("a plane has its slopes at any step; intervals hold the bound; idle inputs are bounded by 0", () => {
  const dims = 3;
  for (const step of [0.5, differenceStep, 0.001]) {
    const points = finiteDifferences({ baseRows: 64, dims, step, seed });
    const { inputs: [a, b, c] } = derivativeMeasures(points, at(points, dims, ([x, y]) => 4 * x - 2 * y), {
      dims,
      seed,
    });
    assert.ok(Math.abs(a.mean - 4) < 1e-9 && Math.abs(b.mean + 2) < 1e-9 && c.mean === 0);
    // A plane's share of variance is its bound times π²/12.
    assert.ok(Math.abs(a.totalBound - 0.8 * 12 / Math.PI ** 2) < 0.1, `${a.totalBound}`);
    assert.ok(a.low < a.totalBound && a.totalBound < a.high);
    assert.deepEqual([c.totalBound, c.low, c.high], [0, 0, 0]);
  }
});

Deno.test("a failed row takes its base row with it and is counted", () => {
  const dims = 2,
    points = finiteDifferences({ baseRows: 10, dims, seed }),
    outcomes = at(points, dims, ([x]) => x);
  outcomes[4] = NaN;
  const { baseRows, dropped, inputs } = derivativeMeasures(points, outcomes, { dims, resamples: 10, seed });
  assert.deepEqual([baseRows, dropped], [9, 1]);
  assert.ok(Math.abs(inputs[0].mean - 1) < 1e-9);
});

Deno.test("the design stays in the cube, moves one input a row by the step, and a larger one begins with the smaller", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 6 }),
      fc.double({ min: 0.001, max: 0.5, noNaN: true }),
      (baseRows, dims, step) => {
        const points = finiteDifferences({ baseRows, dims, step, seed }), block = dims + 1;
        assert.equal(points.length, baseRows * block * dims);
        for (const [i, value] of points.entries()) {
          const d = i % dims, row = Math.floor(i / dims), base = points[(row - row % block) * dims + d];
          assert.ok(value >= 0 && value <= 1);
          assert.ok(Math.abs(Math.abs(value - base) - (row % block === d + 1 ? step : 0)) < 1e-12);
        }
        const more = finiteDifferences({ baseRows: 2 * baseRows, dims, step, seed });
        assert.deepEqual(more.subarray(0, points.length), points);
      },
    ),
    { seed: 8, numRuns: 60 },
  );
});

Deno.test("derivatives refuse what they cannot answer", () => {
  const refused = (make: () => unknown, text: RegExp) =>
    assert.throws(make, { name: "RangeError", message: text });
  const dims = 2, points = finiteDifferences({ baseRows: 8, dims, seed }), y = at(points, dims, ([x]) => x);
  const of = (from: Float64Array, outcomes: Float64Array) =>
    derivativeMeasures(from, outcomes, { dims, seed });
  refused(() => of(points, y.subarray(1)), /no whole base rows of 3 rows/);
  refused(
    () => of(points, y.map((value, i) => i === 5 ? NaN : value)),
    /7 of 8 base rows are whole, at least 8/,
  );
  refused(() => of(points, y.map(() => 2)), /same in every row/);
  const still = points.slice();
  still[2] = still[0];
  refused(() => of(still, y), /Row 1 should differ from its base row 0 in input 0 alone; it does not move/);
  const both = points.slice();
  both[3] += 0.01;
  refused(() => of(both, y), /input 1 moves/);
  refused(() => finiteDifferences({ baseRows: 1, dims, step: 0 }), /0 as step/);
  refused(() => finiteDifferences({ baseRows: 1, dims, step: 0.6 }), /0.6 as step/);
  refused(() => finiteDifferences({ baseRows: 0, dims }), /0 as base rows/);
});
