import assert from "node:assert/strict";
import fc from "fast-check";
import { fitLogistic } from "./logistic.ts";

const sample = fc.integer({ min: 1, max: 1 << 20 }).chain((seed) =>
  fc.record({ rows: fc.integer({ min: 40, max: 120 }), width: fc.integer({ min: 1, max: 4 }) }).map(
    ({ rows, width }) => {
      let state = seed;
      const draw = () => (state = Math.imul(state, 1_664_525) + 1_013_904_223 >>> 0) / 4_294_967_296;
      const features = Array.from(
        { length: width },
        () => Float64Array.from({ length: rows }, () => 2 * draw() - 1),
      );
      const target = Uint8Array.from(
        { length: rows },
        (_, i) => i < 2 ? i : draw() < 1 / (1 + Math.exp(-features[0][i])) ? 1 : 0,
      );
      return { features, target };
    },
  )
);

/** The gradient of the penalised log-likelihood, straight from its definition. */
function gradient(
  { features, target }: { features: Float64Array[]; target: Uint8Array },
  fit: { intercept: number; coefficients: number[] },
  ridge: number,
): number[] {
  const gap = Array.from(
    target,
    (y, i) =>
      y - 1 / (1 + Math.exp(
          -features.reduce((sum, column, j) => sum + fit.coefficients[j] * column[i], fit.intercept),
        )),
  );
  return [
    gap.reduce((sum, one) => sum + one, 0),
    ...features.map((column, j) =>
      gap.reduce((sum, one, i) => sum + one * column[i], -ridge * fit.coefficients[j])
    ),
  ];
}

Deno.test("fitLogistic() ends where the gradient of the penalised likelihood is zero, and says so", () => {
  fc.assert(
    fc.property(sample, fc.constantFrom(0.01, 1, 30), (data, ridge) => {
      const fit = fitLogistic(data.features, data.target, { ridge });
      assert.ok(fit.convergence.isConverged && fit.convergence.stoppedBy === "gradient");
      assert.ok(fit.convergence.gradientNorm <= fit.convergence.tolerance);
      assert.ok(fit.convergence.iterations <= 12);
      for (const part of gradient(data, fit, ridge)) assert.ok(Math.abs(part) < 1e-7, `${part}`);
    }),
    { seed: 421, numRuns: 60 },
  );
});

Deno.test("a larger ridge never gives longer coefficients", () => {
  fc.assert(
    fc.property(sample, ({ features, target }) => {
      const length = (ridge: number) =>
        fitLogistic(features, target, { ridge }).coefficients.reduce((sum, beta) => sum + beta * beta, 0);
      assert.ok(length(10) <= length(1) + 1e-9 && length(1) <= length(0.1) + 1e-9);
    }),
    { seed: 422, numRuns: 40 },
  );
});

Deno.test("where the search begins does not matter", () => {
  fc.assert(
    fc.property(sample, ({ features, target }) => {
      const cold = fitLogistic(features, target);
      const warm = fitLogistic(features, target, {
        start: { intercept: 0.5, coefficients: features.map((_, i) => i - 1) },
      });
      assert.ok(Math.abs(cold.intercept - warm.intercept) < 1e-6);
    }),
    { seed: 423, numRuns: 30 },
  );
});

Deno.test("without a feature the intercept is the log-odds of the mean", () => {
  const { intercept, coefficients, convergence } = fitLogistic([], [1, 0, 0, 0]);
  assert.ok(Math.abs(intercept + Math.log(3)) < 1e-9);
  assert.deepEqual(coefficients, []);
  assert.ok(convergence.isConverged);
});

Deno.test("separated classes without a ridge do not converge, and the fit says so; with a ridge they do", () => {
  const x = [[-2, -1, 1, 2]], y = [0, 0, 1, 1];
  const loose = fitLogistic(x, y, { ridge: 0, mostIterations: 8 }).convergence;
  assert.deepEqual([loose.isConverged, loose.stoppedBy, loose.iterations], [false, "iterations", 8]);
  assert.ok(loose.gradientNorm > loose.tolerance);
  assert.ok(fitLogistic(x, y, { ridge: 1 }).convergence.isConverged);
});

Deno.test("two equal features without a ridge determine each other, and the fit says so; a ridge shares between them", () => {
  const column = [0, 1, 0, 1, 1, 0], y = [0, 1, 1, 0, 1, 0];
  const twins = fitLogistic([column, column], y, { ridge: 0 }).convergence;
  assert.equal(twins.isConverged, false);
  const [first, second] = fitLogistic([column, column], y, { ridge: 1 }).coefficients;
  assert.ok(Math.abs(first - second) < 1e-9);
});

Deno.test("fitLogistic() refuses one class, unequal lengths, values that are not finite, a negative ridge", () => {
  assert.throws(
    () => fitLogistic([[1, 2]], [1, 1]),
    /^RangeError: Cannot fit to 2 rows whose targets sum to 2/,
  );
  assert.throws(() => fitLogistic([[1]], [1, 0]), /feature 0 has 1 rows, the target 2/);
  assert.throws(
    () => fitLogistic([[1, NaN]], [1, 0]),
    /the value NaN of feature 0 in row 1: it must be finite/,
  );
  assert.throws(() => fitLogistic([[1, 2]], [1, NaN]), /the target NaN in row 1: allowed is 0 to 1/);
  assert.throws(
    () => fitLogistic([[1, 2]], [1, 0], { ridge: -1 }),
    /a ridge of -1: allowed is a number from 0/,
  );
});
