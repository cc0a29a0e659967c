import assert from "node:assert/strict";
import fc from "fast-check";
import { conditionalDefaultRate, expectedLossShare, lossCumulative, lossQuantile } from "./asrf.ts";
import { creditRiskPlus, distributionQuantile, type LossDistribution } from "./credit_risk_plus.ts";
import { poolDraws, simulatedLosses, tailOf } from "./finite_pool.ts";
import { irbCapital, type IrbClass, irbClasses } from "./irb.ts";

const pools = fc.record({
  pd: fc.double({ min: 1e-4, max: 0.5, noNaN: true }),
  correlation: fc.double({ min: 0.001, max: 0.9, noNaN: true }),
  lgd: fc.double({ min: 0.01, max: 1, noNaN: true }),
});
const near = (own: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(own - expected) <= tolerance, `${own}, expected ${expected} within ${tolerance}`);

Deno.test("quantile and distribution of the one-factor law undo each other; both rise", () => {
  fc.assert(
    fc.property(pools, fc.double({ min: 0.01, max: 0.98, noNaN: true }), (pool, q) => {
      near(lossCumulative(pool, lossQuantile(pool, q)), q, 1e-9);
      assert.ok(lossQuantile(pool, q + 0.01) >= lossQuantile(pool, q));
    }),
    { seed: 69, numRuns: 200 },
  );
});

Deno.test("the mean of the one-factor law is pd × lgd whatever the correlation", () => {
  for (const correlation of [0.02, 0.15, 0.4]) {
    const pool = { pd: 0.03, correlation, lgd: 0.45 }, steps = 20_000;
    let mean = 0;
    for (let i = 0; i < steps; i++) mean += lossQuantile(pool, (i + 0.5) / steps) / steps;
    near(mean, expectedLossShare(pool), 2e-5);
  }
});

Deno.test("at 99.9 % loss is no less than expected, and more correlation means more of it for safe pools", () => {
  fc.assert(
    fc.property(pools, (pool) => {
      const retail = { ...pool, pd: Math.min(pool.pd, 0.2), correlation: Math.min(pool.correlation, 0.3) };
      assert.ok(lossQuantile(retail, 0.999) >= expectedLossShare(retail));
      const more = { ...retail, correlation: retail.correlation + 0.05 };
      assert.ok(lossQuantile(more, 0.999) > lossQuantile(retail, 0.999));
    }),
    { seed: 70, numRuns: 200 },
  );
});

Deno.test("the law keeps its edges: no correlation, no default, sure default", () => {
  assert.equal(lossCumulative({ pd: 0.1, correlation: 0 }, 0.0999), 0);
  assert.equal(lossCumulative({ pd: 0.1, correlation: 0 }, 0.1), 1);
  near(lossQuantile({ pd: 0.1, correlation: 0 }, 0.5), 0.1, 1e-15);
  assert.equal(lossQuantile({ pd: 0, correlation: 0.2 }, 0.999), 0);
  assert.equal(conditionalDefaultRate({ pd: 1, correlation: 0.2 }, 3), 1);
  assert.equal(lossCumulative({ pd: 0.1, correlation: 0.2, lgd: 0.4 }, 0.4), 1);
  assert.equal(lossCumulative({ pd: 0.1, correlation: 0.2 }, -0.1), 0);
  assert.throws(
    () => lossQuantile({ pd: 0.1, correlation: 1 }, 0.5),
    /correlation is 1; allowed is 0 to below 1/,
  );
  assert.throws(() => lossQuantile({ pd: 1.1, correlation: 0 }, 0.5), /pd is 1.1/);
  assert.throws(() => lossQuantile({ pd: 0.1, correlation: 0 }, 1), /not exceeded with 1/);
});

Deno.test("risk weights are those printed in Annex 5 for a corporate, a mortgage, a card and other retail", () => {
  // BCBS, June 2006, Annex 5: pd 1.00 %; corporates at lgd 45 %, 2.5 years, turnover EUR 50 m and 5 m.
  const weight = (assetClass: IrbClass, rest: object = {}) =>
    irbCapital({ assetClass, pd: 0.01, lgd: 0.45, ...rest }).riskWeightPct;
  near(weight("corporate"), 92.32, 0.01);
  near(weight("corporate", { turnoverMEUR: 5 }), 72.4, 0.01);
  near(weight("residentialMortgage"), 56.4, 0.01);
  near(weight("qualifyingRevolvingRetail"), 17.22, 0.01);
  near(weight("otherRetail"), 45.77, 0.01);
});

Deno.test("capital falls with nothing but less risk: it rises with lgd, and with maturity of corporates alone", () => {
  for (const assetClass of irbClasses) {
    const at = (rest: object) => irbCapital({ assetClass, pd: 0.02, lgd: 0.45, ...rest }).capitalShare;
    near(at({ lgd: 0.9 }), 2 * at({}), 1e-12);
    assert.equal(at({ maturity: 5 }) > at({}), assetClass === "corporate");
  }
  assert.throws(
    () => irbCapital({ assetClass: "otherRetail", pd: 0, lgd: 0.4 }),
    /pd is 0; allowed is above 0/,
  );
  assert.throws(() => irbCapital({ assetClass: "bank" as IrbClass, pd: 0.1, lgd: 0.4 }), /class is bank/);
  assert.throws(
    () => irbCapital({ assetClass: "corporate", pd: 0.1, lgd: 0.4, maturity: 9 }),
    /maturity is 9/,
  );
});

function moments({ probabilities, unit }: LossDistribution) {
  let sum = 0, mean = 0, square = 0;
  for (const [n, p] of probabilities.entries()) {
    sum += p;
    mean += p * n * unit;
    square += p * n * n * unit * unit;
  }
  return { sum, mean, deviation: Math.sqrt(square - mean * mean) };
}

Deno.test("CreditRisk+ sums to 1 with the mean and the deviation that its formulas state", () => {
  const sectors = [
    {
      bands: [{ count: 300, exposure: 2, pd: 0.03 }, { count: 20, exposure: 15, pd: 0.01 }],
      relativeStd: 0.6,
    },
    { bands: [{ count: 500, exposure: 1, pd: 0.05 }], relativeStd: 1.1 },
  ];
  for (const combine of ["independent", { correlation: 0.3 }, { correlation: 1 }] as const) {
    const found = creditRiskPlus({ sectors, combine, unit: 1 }), { sum, mean, deviation } = moments(found);
    near(sum, 1, 1e-9);
    near(mean, found.expectedLoss, 1e-6);
    near(deviation, found.unexpectedLoss, 1e-4);
    assert.ok(distributionQuantile(found, 0.99) >= found.expectedLoss);
  }
});

Deno.test("without sector risk CreditRisk+ is compound Poisson", () => {
  const found = creditRiskPlus({
    ...{ sectors: [{ bands: [{ count: 100, exposure: 1, pd: 0.03 }], relativeStd: 0 }], unit: 1 },
    combine: "independent",
  });
  let p = Math.exp(-3);
  for (let n = 0; n < 15; n++) {
    near(found.probabilities[n], p, 1e-15);
    p *= 3 / (n + 1);
  }
});

Deno.test("CreditRisk+ of so many loans that no loss has a probability of exp(-5000) still sums to 1", () => {
  const found = creditRiskPlus({
    ...{ sectors: [{ bands: [{ count: 1e6, exposure: 1, pd: 0.005 }], relativeStd: 0 }], unit: 1 },
    combine: "independent",
  });
  const { sum, mean, deviation } = moments(found);
  near(sum, 1, 1e-8);
  near(mean, 5000, 1e-4);
  near(deviation, Math.sqrt(5000), 1e-3);
  const rough = creditRiskPlus({
    ...{ sectors: [{ bands: [{ count: 1e6, exposure: 1, pd: 0.005 }], relativeStd: 0.5 }], unit: 1 },
    combine: "independent",
  });
  near(moments(rough).deviation, Math.sqrt(2500 * 2500 + 5000), 0.5);
});

Deno.test("CreditRisk+ refuses what is no pool, and a quantile beyond its end", () => {
  const terms = (band: object, rest: object = {}) => ({
    sectors: [{ bands: [{ count: 1, exposure: 1, pd: 0.1, ...band }], relativeStd: 0.5 }],
    ...{ combine: "independent" as const, unit: 1, ...rest },
  });
  assert.throws(() => creditRiskPlus(terms({ pd: 2 })), /1 loans of 1 with pd 2/);
  assert.throws(() => creditRiskPlus(terms({ exposure: 1e9 })), /at most 2000000 steps/);
  assert.throws(() => creditRiskPlus(terms({}, { unit: 0 })), /a unit above 0/);
  assert.throws(() => creditRiskPlus(terms({}, { combine: { correlation: 2 } })), /correlate sectors by 2/);
  assert.throws(() => distributionQuantile(creditRiskPlus(terms({})), 1), /allowed is 0 to below 1/);
});

Deno.test("a finite pool of many equal loans comes to the one-factor law, a small one lies wider", () => {
  const pool = { pd: 0.04, correlation: 0.12, lgd: 0.5 };
  const tail = (size: number, runs: number) => {
    const loans = Array.from({ length: size }, () => ({ exposure: 1 / size, pd: pool.pd, lgd: pool.lgd }));
    const losses = simulatedLosses(loans, { correlation: pool.correlation, runs, draw: poolDraws(11, 7) });
    return tailOf(losses, 0.95);
  };
  const law = lossQuantile(pool, 0.95), many = tail(800, 3_000), few = tail(20, 3_000);
  near(many.expectedLoss, expectedLossShare(pool), 0.001);
  near(many.valueAtRisk, law, 0.004);
  assert.ok(few.valueAtRisk > law + 0.01, `${few.valueAtRisk} against ${law}`);
});

Deno.test("the same draws give the same losses, and one more loan never lowers a year's", () => {
  const loans = Array.from({ length: 30 }, (_, i) => ({ exposure: 1 + i % 3, pd: 0.02 + i / 500, lgd: 0.4 }));
  const terms = () => ({ correlation: 0.2, runs: 400, draw: poolDraws(5, 6) });
  const before = simulatedLosses(loans, terms());
  assert.deepEqual(simulatedLosses(loans, terms()), before);
  const after = simulatedLosses([...loans, { exposure: 5, pd: 0.1, lgd: 1 }], terms());
  for (const [i, loss] of before.entries()) assert.ok(after[i] >= loss - 1e-12);
  assert.ok(after.at(-1)! > before.at(-1)!);
});

Deno.test("a tail counts ties as they are, and never falls below the mean", () => {
  // Acerbi and Tasche: of ten losses the worst 15 % are one and a half.
  const losses = [0, 0, 0, 0, 0, 0, 0, 0, 10, 100];
  const { expectedLoss, valueAtRisk, expectedShortfall } = tailOf(losses, 0.85);
  assert.deepEqual([expectedLoss, valueAtRisk], [11, 10]);
  near(expectedShortfall, (100 + 0.5 * 10) / 1.5, 1e-12);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }),
      fc.integer({ min: 0, max: 99 }),
      (found, percent) => {
        const tail = tailOf(found.sort((a, b) => a - b), percent / 100);
        assert.ok(tail.expectedShortfall >= tail.expectedLoss - 1e-9);
        assert.ok(tail.expectedShortfall >= tail.valueAtRisk - 1e-9);
      },
    ),
    { seed: 71, numRuns: 200 },
  );
  assert.throws(() => tailOf([], 0.5), /the tail of 0 losses/);
  assert.throws(
    () => simulatedLosses([], { correlation: 0.1, runs: 0, draw: poolDraws(1, 1) }),
    /Cannot simulate 0 years/,
  );
});
