import assert from "node:assert/strict";
import fc from "fast-check";
import { pd12m, type PointsTable, type ScoreFacts, scorePoints } from "./scorecard.ts";

const table: PointsTable = {
  basePoints: 560,
  incomePointsPerDoubling: 20,
  tenurePointsPerYear: 10,
  onTimePoints: 4,
  latePoints: 45,
  utilisationPoints: 30,
  otherLineLatePoints: 80,
  burdenPoints: 15,
  noisePoints: 12,
};
const plain: ScoreFacts = {
  incomeFen: 400_000,
  tenureDays: 0,
  onTimeBills: 0,
  lateBills: 0,
  utilisation: 0,
  otherLineLate: false,
  burdenIncomes: 0,
  noise: 0,
};
const score = (facts: Partial<ScoreFacts>) => scorePoints({ ...plain, ...facts }, table);

Deno.test("scorePoints() gives the base to an applicant at the reference income of whom nothing is known", () => {
  assert.equal(score({}), 560);
});

Deno.test("scorePoints() adds and takes what the table says for each fact alone", () => {
  assert.equal(score({ incomeFen: 800_000 }), 580);
  assert.equal(score({ incomeFen: 200_000 }), 540);
  assert.equal(score({ tenureDays: 730 }), 580);
  assert.equal(scorePoints({ ...plain, tenureDays: 800 }, { ...table, tenurePointsPerYear: 200 }), 998); // 438.4
  assert.equal(score({ onTimeBills: 7 }), 588);
  assert.equal(score({ lateBills: 2 }), 470);
  assert.equal(score({ utilisation: 0.5 }), 545);
  assert.equal(score({ otherLineLate: true }), 480);
  assert.equal(score({ burdenIncomes: 4 }), 500);
  assert.equal(score({ noise: -1.5 }), 542);
});

Deno.test("scorePoints() counts each fact only as far as it is said to count", () => {
  const same = (a: Partial<ScoreFacts>, b: Partial<ScoreFacts>) => assert.equal(score(a), score(b));
  same({ incomeFen: 3_200_000 }, { incomeFen: 90_000_000 });
  same({ incomeFen: 50_000 }, { incomeFen: 0 });
  same({ tenureDays: 3 * 365 }, { tenureDays: 9_000 });
  same({ onTimeBills: 12 }, { onTimeBills: 60 });
  same({ lateBills: 4 }, { lateBills: 20 });
  same({ utilisation: 1 }, { utilisation: 1.7 });
  same({ burdenIncomes: 6 }, { burdenIncomes: 30 });
});

Deno.test("scorePoints() ends at 0 and at 1,000", () => {
  const harsh = { ...table, basePoints: 10 }, kind = { ...table, basePoints: 995 };
  assert.equal(scorePoints({ ...plain, otherLineLate: true }, harsh), 0);
  assert.equal(scorePoints({ ...plain, onTimeBills: 12 }, kind), 1_000);
});

const facts: fc.Arbitrary<ScoreFacts> = fc.record({
  incomeFen: fc.nat(5_000_000),
  tenureDays: fc.nat(2_000),
  onTimeBills: fc.nat(20),
  lateBills: fc.nat(8),
  utilisation: fc.double({ min: 0, max: 1.5, noNaN: true }),
  otherLineLate: fc.boolean(),
  burdenIncomes: fc.double({ min: 0, max: 9, noNaN: true }),
  noise: fc.double({ min: -3, max: 3, noNaN: true }),
});
const some: fc.Arbitrary<PointsTable> = fc.record({
  basePoints: fc.nat(1_000),
  incomePointsPerDoubling: fc.nat(200),
  tenurePointsPerYear: fc.nat(200),
  onTimePoints: fc.nat(50),
  latePoints: fc.nat(400),
  utilisationPoints: fc.nat(400),
  otherLineLatePoints: fc.nat(400),
  burdenPoints: fc.nat(400),
  noisePoints: fc.nat(400),
});

for (const fact of ["incomeFen", "tenureDays", "onTimeBills", "noise"] as const) {
  Deno.test(`scorePoints() never falls when ${fact} rises`, () => {
    fc.assert(
      fc.property(facts, some, fc.nat(1_000), (facts, table, by) => {
        const points = scorePoints(facts, table);
        assert.ok(points >= 0 && points <= 1_000 && Number.isInteger(points));
        assert.ok(scorePoints({ ...facts, [fact]: facts[fact] + by / 10 }, table) >= points);
      }),
      { seed: 141, numRuns: 500 },
    );
  });
}

for (const fact of ["lateBills", "utilisation", "burdenIncomes"] as const) {
  Deno.test(`scorePoints() never rises with ${fact}`, () => {
    fc.assert(
      fc.property(facts, some, fc.nat(1_000), (facts, table, by) => {
        assert.ok(
          scorePoints({ ...facts, [fact]: facts[fact] + by / 100 }, table) <= scorePoints(facts, table),
        );
      }),
      { seed: 142, numRuns: 500 },
    );
  });
}

Deno.test("scorePoints() never rises when the other line is seen to be overdue", () => {
  fc.assert(
    fc.property(facts, some, (facts, table) => {
      const seen = (otherLineLate: boolean) => scorePoints({ ...facts, otherLineLate }, table);
      assert.ok(seen(true) <= seen(false));
    }),
    { seed: 143, numRuns: 500 },
  );
});

const scale = { basePoints: 600, oddsAtBase: 49, pointsToDoubleOdds: 40 };
const odds = (points: number) => (1 - pd12m(points, scale)) / pd12m(points, scale);

Deno.test("pd12m() has the stated odds at the base, and twice them some points above", () => {
  // Odds of 49:1 mean one bad in fifty.
  assert.ok(Math.abs(pd12m(600, scale) - 0.02) < 1e-12);
  for (const points of [0, 480, 600, 721, 1_000]) {
    assert.ok(Math.abs(odds(points + 40) / odds(points) - 2) < 1e-9, `${points}`);
  }
});

Deno.test("pd12m() falls with every point and stays a probability", () => {
  for (let points = 0; points < 1_000; points++) {
    const pd = pd12m(points, scale);
    assert.ok(pd > 0 && pd < 1 && pd12m(points + 1, scale) < pd, `${points}`);
  }
});
