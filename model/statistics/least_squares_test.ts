import assert from "node:assert/strict";
import { fitLeastSquares, neighbour, solved } from "./least_squares.ts";
import { fitSimplex } from "./simplex.ts";

// Two skewed responses of three parameters, as a small model of lateness would have.
const truth = [0.31, 0.72, 0.55];
const model = ([a, b, c]: number[]) => [
  3 * a + b * b - 1,
  Math.sqrt(1 + a) - 2 * b + c,
  a * c + 0.5 * b,
  c - a * b,
  2 * c * c - b,
];
const aim = model(truth);
const residuals = (at: number[]) => model(at).map((x, i) => (x - aim[i]) / 0.05);
const near = (found: readonly number[], wanted: readonly number[], by: number) =>
  found.forEach((x, j) => assert.ok(Math.abs(x - wanted[j]) < by, `${j}: ${x} against ${wanted[j]}`));

Deno.test("the search finds the known parameters of a small model, from wherever it starts", () => {
  for (const start of [[0.5, 0.5, 0.5], [0.9, 0.1, 0.9], [0, 1, 0]]) {
    const { best, ended, points } = solved(fitLeastSquares({ start }), residuals);
    assert.equal(ended, "converged");
    near(best.at, truth, 1e-6);
    assert.ok(points < 60, `${points} points`);
  }
});

Deno.test("the search stays in its box, and stops at the wall when what is asked lies beyond", () => {
  const seen: number[][] = [];
  const { best } = solved(fitLeastSquares({ start: [0.5, 0.5] }), (at) => {
    seen.push(at);
    return [at[0] - 2, at[1] - 0.25];
  });
  assert.deepEqual(best.at.map((x) => Math.round(x * 1e6) / 1e6), [1, 0.25]);
  assert.ok(seen.flat().every((x) => x >= 0 && x <= 1));
});

Deno.test("the search never takes more points than it may, and keeps the best that it has seen", () => {
  for (let mostPoints = 1; mostPoints < 14; mostPoints++) {
    const costs: number[] = [];
    const { best, points } = solved(fitLeastSquares({ start: [0.9, 0.1, 0.9], mostPoints }), (at) => {
      const found = residuals(at);
      costs.push(found.reduce((sum, r) => sum + r * r, 0) / 2);
      return found;
    });
    assert.equal(points, costs.length);
    assert.ok(points <= mostPoints);
    assert.equal(best.cost, Math.min(...costs));
  }
});

Deno.test("a step onto whole numbers ends the search when no nearer whole number is better", () => {
  const snap = (at: number[]) => at.map((x) => Math.round(x * 40) / 40);
  const { best, ended } = solved(
    fitLeastSquares({ start: snap([0.9, 0.1, 0.9]), snap, difference: 0.001 }),
    residuals,
  );
  assert.notEqual(ended, "budget");
  near(best.at, truth, 0.06);
  assert.ok(best.at.every((x) => Math.abs(x * 40 - Math.round(x * 40)) < 1e-9));
});

Deno.test("a parameter that moves nothing stays where it was", () => {
  const { best } = solved(fitLeastSquares({ start: [0.2, 0.35] }), ([a]) => [a - 0.6, 2 * (a - 0.6)]);
  near(best.at, [0.6, 0.35], 1e-6);
});

Deno.test("where derivatives mislead the search says that it stalls, and the simplex goes on", () => {
  // A ripple far steeper than the slope beneath it.
  const rippled = ([a, b]: number[]) => [
    8 * (a - 0.6) + 0.4 * Math.sin(400 * a),
    8 * (b - 0.2) + 0.4 * Math.cos(300 * b),
  ];
  const fitted = solved(fitLeastSquares({ start: [0.1, 0.9], difference: 0.002 }), rippled);
  assert.equal(fitted.ended, "stalled");
  const simplex = solved(fitSimplex({ start: fitted.best.at, edge: 0.3, mostPoints: 400 }), rippled);
  assert.ok(simplex.best.cost < fitted.best.cost);
  near(simplex.best.at, [0.6, 0.2], 0.1);
});

Deno.test("the simplex finds the same parameters more slowly, inside the box and its budget", () => {
  const { best, points } = solved(fitSimplex({ start: [0.5, 0.5, 0.5], mostPoints: 600 }), residuals);
  near(best.at, truth, 1e-3);
  assert.ok(points <= 600);
  for (const mostPoints of [1, 3, 4, 5, 9]) {
    let count = 0;
    const short = solved(fitSimplex({ start: [0.5, 0.5, 0.5], mostPoints }), (at) => {
      count++;
      return residuals(at);
    });
    assert.ok(short.points <= mostPoints && short.points === count);
  }
});

Deno.test("a neighbour is another point on either side, also at a wall and among whole numbers", () => {
  assert.deepEqual(neighbour([0.5], 0, { difference: 0.25 }), [0.75]);
  assert.deepEqual(neighbour([0.5], 0, { difference: 0.25, down: true }), [0.25]);
  assert.deepEqual(neighbour([1], 0, { difference: 0.25 }), [0.75]);
  const snap = ([x]: number[]) => [Math.round(x * 4) / 4];
  assert.deepEqual(neighbour([0.5], 0, { difference: 0.01, snap }), [0.75]);
});

Deno.test("starts outside the box and residuals that are no numbers are refused", () => {
  assert.throws(() => solved(fitLeastSquares({ start: [1.2] }), () => [0]), {
    name: "RangeError",
    message: "Cannot start at 1.2 in coordinate 0: allowed is 0 to 1",
  });
  assert.throws(() => solved(fitLeastSquares({ start: [] }), () => [0]), /at least one coordinate is needed/);
  assert.throws(
    () => solved(fitLeastSquares({ start: [0.5] }), () => [NaN]),
    /residual 0 at \(0\.5\) is NaN/,
  );
  assert.throws(() => solved(fitSimplex({ start: [-1] }), () => [0]), /allowed is 0 to 1/);
});
