import assert from "node:assert/strict";
import fc from "fast-check";
import {
  cohortEstimate,
  cumulativeDefault,
  matrixOfCounts,
  matrixPower,
  transitionMatrix,
} from "./transitions.ts";

Deno.test("a matrix whose rows do not sum to one is refused by the name of the row, or normalised if it is a rounding", () => {
  const rounded = [[0.9, 0.0998], [0, 1]];
  assert.throws(
    () => transitionMatrix(rounded, { states: ["A", "D"] }),
    new RangeError("Rowsum not equal to one: row A sums to 0.9998"),
  );
  const [row] = transitionMatrix(rounded, { rows: "normalise" });
  assert.ok(Math.abs(row[0] + row[1] - 1) < 1e-15 && row[0] > 0.9);
  assert.throws(
    () => transitionMatrix([[0.75, 0.25], [0, 0.9]], { rows: "normalise" }),
    /row 2 sums to 0\.9, more than 0\.001 off/,
  );
});

Deno.test("negative entries, entries that are no numbers and matrices that are not square are refused", () => {
  assert.throws(() => transitionMatrix([[0.75, 0.25], [-0.1, 1.1]]), {
    name: "RangeError",
    message: "Negative Probabilities: row 2, column 1 is -0.1; allowed is 0 to 1",
  });
  assert.throws(() => transitionMatrix([[NaN, 1], [0, 1]]), RangeError);
  assert.throws(() => transitionMatrix([[1, 0], [1]]), /Matrix Dimensions Differ: row 2 has 1 entries/);
  assert.throws(() => transitionMatrix([]), TypeError);
  assert.throws(() => transitionMatrix([1, 3] as never), /Matrix Dimensions Differ/);
  assert.throws(() => matrixPower([[1]], 0.5), RangeError);
  assert.throws(() => matrixPower([[1, 0]], 2), TypeError);
});

Deno.test("five-year default probabilities of a published matrix come out as its users computed them", () => {
  // Jarrow, Lando, Turnbull 1997 as printed (rows AA, A, BBB, BB and CCC off by a rounding); open-risk/transitionMatrix.
  const jlt = [
    [0.891, 0.0963, 0.0078, 0.0019, 0.003, 0, 0, 0],
    [0.0086, 0.901, 0.0747, 0.0099, 0.0029, 0.0029, 0, 0],
    [0.0009, 0.0291, 0.8894, 0.0649, 0.0101, 0.0045, 0, 0.0009],
    [0.0006, 0.0043, 0.0656, 0.8427, 0.0644, 0.016, 0.0018, 0.0045],
    [0.0004, 0.0022, 0.0079, 0.0719, 0.7764, 0.1043, 0.0127, 0.0241],
    [0, 0.0019, 0.0031, 0.0066, 0.0517, 0.8246, 0.0435, 0.0685],
    [0, 0, 0.0116, 0.0116, 0.0203, 0.0754, 0.6493, 0.2319],
    [0, 0, 0, 0, 0, 0, 0, 1],
  ];
  assert.ok(Math.abs(cumulativeDefault(jlt, 5)[3] - 0.0447317723) < 1e-8);
  assert.throws(() => transitionMatrix(jlt), /row 3 sums to 0\.9998/);
  assert.equal(transitionMatrix(jlt, { rows: "normalise" }).length, 8);
});

const matrixOf = (size: number) =>
  fc.array(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: size, maxLength: size }), {
    minLength: size,
    maxLength: size,
  }).map((counts) => matrixOfCounts(counts));

Deno.test("powers add: M^a · M^b = M^(a+b), rows keep their sum, and default never falls with time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 }).chain(matrixOf), fc.nat(6), fc.nat(6), (matrix, a, b) => {
      const both = matrixPower(matrix, a + b), left = matrixPower(matrix, a), right = matrixPower(matrix, b);
      for (const [r, row] of both.entries()) {
        for (const [c, entry] of row.entries()) {
          const sum = left[r].reduce((total, x, k) => total + x * right[k][c], 0);
          assert.ok(Math.abs(entry - sum) < 1e-12);
        }
        assert.ok(Math.abs(row.reduce((total, x) => total + x, 0) - 1) < 1e-9);
      }
      const last = matrix.length - 1;
      const absorbing = matrix.map((row, r) => r === last ? row.map((_, c) => c === last ? 1 : 0) : row);
      const now = cumulativeDefault(absorbing, a), later = cumulativeDefault(absorbing, a + b);
      for (const [r, pd] of now.entries()) assert.ok(pd <= later[r] + 1e-12);
    }),
    { seed: 7, numRuns: 100 },
  );
});

Deno.test("the cohort estimator counts every move once, whatever the order, and gaps end a history", () => {
  const seen = [
    { id: 1, time: 2, state: 1 },
    { id: 2, time: 0, state: 0 },
    { id: 1, time: 0, state: 0 },
    { id: 1, time: 1, state: 0 },
    { id: 2, time: 2, state: 1 },
  ];
  const found = cohortEstimate(seen, { states: 2 });
  assert.deepEqual(found.counts, [[1, 1], [0, 0]]);
  assert.deepEqual([found.events, found.histories, found.moves], [5, 3, 2]);
  assert.throws(() => cohortEstimate([{ id: 1, time: 0, state: 2 }], { states: 2 }), RangeError);
  assert.throws(() => cohortEstimate([seen[0], seen[0]], { states: 2 }), /seen twice at time 2/);
});

Deno.test("an empty row takes the prior, or stays where it is; a heavy prior outweighs few counts", () => {
  assert.deepEqual(matrixOfCounts([[0, 0], [0, 1]]), [[1, 0], [0, 1]]);
  assert.deepEqual(matrixOfCounts([[0, 0], [0, 1]], { prior: [[0.5, 0.5], [0, 1]] })[0], [0.5, 0.5]);
  const near = matrixOfCounts([[1, 0], [0, 1]], { prior: [[0, 1], [0, 1]], weight: 999 });
  assert.ok(Math.abs(near[0][1] - 0.999) < 1e-12);
  assert.throws(() => matrixOfCounts([[1]], { prior: [[1, 0], [0, 1]] }), TypeError);
});
