import assert from "node:assert/strict";
import fc from "fast-check";
import { scorePoints } from "./scorecard.ts";
import { scoreFactors } from "./factors.ts";

const table = {
  basePoints: 500,
  incomePointsPerDoubling: 20,
  tenurePointsPerYear: 10,
  onTimePoints: 4,
  latePoints: 35,
  utilisationPoints: 40,
  otherLineLatePoints: 80,
  burdenPoints: 15,
  noisePoints: 30,
};
const facts = fc.record({
  incomeFen: fc.integer({ min: 1, max: 400_000 }),
  tenureDays: fc.nat(2_000),
  onTimeBills: fc.nat(30),
  lateBills: fc.nat(8),
  utilisation: fc.double({ min: 0, max: 2, noNaN: true }),
  otherLineLate: fc.boolean(),
  burdenIncomes: fc.double({ min: 0, max: 9, noNaN: true }),
  noise: fc.constant(0),
});

Deno.test("scoreFactors(): together they cost what lies between a score and the best one of an income at the reference", () => {
  const best = 500 + 3 * 10 + 12 * 4;
  fc.assert(
    fc.property(facts, (facts) => {
      const cost = scoreFactors(facts, table, { most: 99 }).reduce((sum, it) => sum + it.costPoints, 0);
      const points = scorePoints(facts, table);
      // Terms below half a point are left out, and the score is a whole number above nothing.
      if (points > 0) assert.ok(Math.abs(best - points - cost) <= 4, `${points} + ${cost}`);
    }),
    { seed: 44 },
  );
});

Deno.test("scoreFactors(): the costliest comes first, three at most, and a better fact never costs more", () => {
  fc.assert(
    fc.property(facts, (facts) => {
      const found = scoreFactors(facts, table);
      assert.ok(found.length <= 3);
      found.forEach((it, k) => assert.ok(k === 0 || found[k - 1].costPoints >= it.costPoints));
      const costOf = (late: number) =>
        scoreFactors({ ...facts, lateBills: late }, table, { most: 9 }).find(({ term }) =>
          term === "lateBills"
        )?.costPoints ?? 0;
      assert.ok(costOf(1) <= costOf(2));
    }),
    { seed: 45 },
  );
});

Deno.test("scoreFactors(): a spotless score has nothing to say", () => {
  const spotless = {
    incomeFen: 900_000,
    tenureDays: 1_095,
    onTimeBills: 12,
    lateBills: 0,
    utilisation: 0,
    otherLineLate: false,
    burdenIncomes: 0,
    noise: -2,
  };
  assert.deepEqual(scoreFactors(spotless, table), []);
});
