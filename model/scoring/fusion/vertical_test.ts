import assert from "node:assert/strict";
import fc from "fast-check";
import { columnOf } from "#/model/scoring/fit/columns.ts";
import { fitScorecard } from "#/model/scoring/fit/scorecard.ts";
import { masked, unmasked } from "./masked_sum.ts";
import { verticalRegression } from "./vertical.ts";

const numbers = fc.array(fc.double({ min: -20, max: 20, noNaN: true }), { minLength: 3, maxLength: 3 });

Deno.test("masks cancel: the sum of what owners hand in is the sum of their numbers, to seven decimals", () => {
  fc.assert(
    fc.property(fc.array(numbers, { minLength: 2, maxLength: 6 }), fc.nat(1_000), (owners, round) => {
      const terms = { parties: owners.length, round, secret: "s" };
      const sum = unmasked(owners.map((own, party) => masked(own, { ...terms, party })));
      owners[0].forEach((_, row) => {
        const plain = owners.reduce((all, own) => all + own[row], 0);
        assert.ok(Math.abs(sum[row] - plain) < owners.length * 6e-8, `${sum[row]} for ${plain}`);
      });
    }),
    { seed: 51, numRuns: 200 },
  );
});

Deno.test("one contribution says nothing: zeros come out spread evenly, otherwise in each round", () => {
  const of = (round: number) => masked(new Float64Array(4_000), { party: 0, parties: 2, round, secret: "s" });
  const first = of(1), below = first.reduce((count, word) => count + (word < 0x80000000 ? 1 : 0), 0);
  assert.ok(Math.abs(below - 2_000) < 200, `${below} of 4,000`);
  assert.notDeepEqual(of(2), first);
  assert.throws(
    () => masked([80], { party: 0, parties: 2, round: 1, secret: "s" }),
    /Cannot mask 80 in row 0: allowed is up to 63.5/,
  );
  assert.throws(() => unmasked([]), /Cannot add no rows/);
});

/** Borrowers of three owners' columns, one of which says nothing. */
function borrowers(rows: number) {
  let state = 7;
  const draw = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const a = Array.from({ length: rows }, () => Math.floor(draw() * 6));
  const b = a.map((one) => Math.floor(draw() * 4) + (one > 3 ? 1 : 0));
  const c = a.map(() => Math.floor(draw() * 5));
  const isBad = a.map((one, i) => draw() < 0.03 + 0.05 * one + 0.06 * b[i] ? 1 : 0);
  return { columns: [columnOf("a", a), columnOf("b", b), columnOf("c", c)], isBad };
}

Deno.test("owners who fit their own coefficients to masked sums end where pooled columns end", () => {
  const { columns, isBad } = borrowers(3_000), ownerOf = (name: string) => name;
  const pooled = fitScorecard(columns, isBad, { leastIv: 0 });
  const apart = fitScorecard(columns, isBad, { leastIv: 0, regression: verticalRegression({ ownerOf }) });
  assert.ok(apart.convergence.isConverged);
  assert.deepEqual(apart.variables.map(({ name }) => name), pooled.variables.map(({ name }) => name));
  apart.variables.forEach(({ coefficient }, v) => {
    assert.ok(Math.abs(coefficient - pooled.variables[v].coefficient) < 1e-3, `${coefficient}`);
  });
  assert.ok(
    Math.abs(apart.convergence.penalisedLogLikelihood - pooled.convergence.penalisedLogLikelihood) < 1e-4,
  );
});

Deno.test("rounds that are too few are said not to have converged", () => {
  const { columns, isBad } = borrowers(600);
  const regression = verticalRegression({ ownerOf: (name) => name, mostRounds: 1 });
  const { convergence } = fitScorecard(columns, isBad, { leastIv: 0, keepsSigns: false, regression });
  assert.deepEqual([convergence.isConverged, convergence.stoppedBy], [false, "iterations"]);
});
