import assert from "node:assert/strict";
import fc from "fast-check";
import { conditionalDefaultRate } from "./asrf.ts";
import { defaultCounts, expectedTrancheLoss, type FactorModel } from "./factor_pool.ts";
import { trancheSpreads } from "./tranche_spread.ts";

const degrees = fc.option(fc.double({ min: 2.5, max: 60, noNaN: true }), { nil: undefined });
const models: fc.Arbitrary<FactorModel> = fc.record({
  correlation: fc.double({ min: 0, max: 0.95, noNaN: true }),
  commonDegrees: degrees,
  ownDegrees: degrees,
});
const pd = fc.double({ min: 1e-4, max: 0.9, noNaN: true });

Deno.test("numbers of defaults sum to 1 and are pd × loans on average, whatever the tails and the correlation", () => {
  fc.assert(
    fc.property(pd, models, fc.integer({ min: 1, max: 40 }), (rate, model, loans) => {
      const counts = defaultCounts(rate, { loans, model });
      const mean = counts.reduce((sum, p, k) => sum + p * k, 0), all = counts.reduce((sum, p) => sum + p, 0);
      assert.ok(Math.abs(all - 1) < 1e-9 && Math.abs(mean - rate * loans) < 1e-8 * loans, `${all} ${mean}`);
    }),
    { seed: 41, numRuns: 40 },
  );
});

Deno.test("tranches that cover a pool lose together what the pool loses, and the lower one the larger part of itself", () => {
  fc.assert(
    fc.property(pd, models, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (rate, model, cut) => {
      const counts = defaultCounts(rate, { loans: 25, model }), lgd = 0.6;
      const low = expectedTrancheLoss(counts, { lgd, attachment: 0, detachment: cut });
      const high = expectedTrancheLoss(counts, { lgd, attachment: cut, detachment: 1 });
      assert.ok(Math.abs(low + high - rate * lgd) < 1e-8);
      assert.ok(low / cut >= high / (1 - cut) - 1e-12);
    }),
    { seed: 42, numRuns: 40 },
  );
});

Deno.test("with normal tails and many loans, all but the tail of a fine pool's law is met", () => {
  const model = { correlation: 0.2 }, counts = defaultCounts(0.05, { loans: 2_000, model });
  for (const factor of [-1.5, -0.5, 0.5]) {
    const share = conditionalDefaultRate({ pd: 0.05, correlation: 0.2 }, factor);
    let beyond = 0;
    for (let k = Math.ceil(share * 2_000); k <= 2_000; k++) beyond += counts[k];
    // The pool loses more than this share where the factor stands lower: Φ(factor).
    const expected = { "-1.5": 0.0668072, "-0.5": 0.3085375, "0.5": 0.6914625 }[String(factor)]!;
    assert.ok(Math.abs(beyond - expected) < 0.01, `${beyond} for ${expected}`);
  }
});

Deno.test("fair spreads are those that Hull and White print, for normal and for heavy tails", () => {
  // Table 7 of Hull and White (2004): 100 loans, hazard 1 %, 5 years, quarterly, 5 % interest, 40 % got back.
  const pool = { loans: 100, hazard: 0.01, lgd: 0.6, rate: 0.05, years: 5 };
  const printed: [FactorModel, number[]][] = [
    [{ correlation: 0.1 }, [2_279, 450, 89]],
    [{ correlation: 0.3, ownDegrees: 5 }, [1_766, 420, 161]],
    [{ correlation: 0.3, commonDegrees: 5, ownDegrees: 5 }, [1_713, 359, 136]],
  ];
  for (const [model, expected] of printed) {
    const own = trancheSpreads({ ...pool, model }, [[0, 0.03], [0.03, 0.06], [0.06, 0.1]]);
    for (const [i, bps] of expected.entries()) {
      assert.ok(Math.abs(own[i] * 1e4 / bps - 1) < 0.025, `${own[i] * 1e4} for ${bps}`);
    }
  }
});

Deno.test("the whole pool's spread is hazard × lgd, about; correlation moves risk from the first loss to the top", () => {
  const pool = { loans: 50, hazard: 0.02, lgd: 0.5, rate: 0.03, years: 3 };
  const of = (correlation: number) =>
    trancheSpreads({ ...pool, model: { correlation } }, [[0, 0.03], [0.1, 1], [0, 1]]);
  const [firstApart, topApart, whole] = of(0.02), [first, top, same] = of(0.4);
  assert.ok(first < firstApart && top > topApart && Math.abs(whole - same) < 1e-9);
  assert.ok(Math.abs(whole - 0.01) < 3e-4, `${whole}`);
});

Deno.test("pools and tranches that cannot be are refused", () => {
  const refused = (make: () => unknown, text: RegExp) =>
    assert.throws(make, { name: "RangeError", message: text });
  const model = { correlation: 0.1 }, counts = defaultCounts(0.1, { loans: 3, model });
  refused(() => defaultCounts(1.5, { loans: 3, model }), /1.5 as pd/);
  refused(() => defaultCounts(0.1, { loans: 0, model }), /0 as loans/);
  refused(
    () => defaultCounts(0.1, { loans: 3, model: { correlation: 1 } }),
    /correlation 1; allowed is 0 to below 1/,
  );
  refused(
    () => defaultCounts(0.1, { loans: 3, model: { correlation: 0, ownDegrees: 2 } }),
    /2 degrees of freedom/,
  );
  refused(
    () => expectedTrancheLoss(counts, { lgd: 0.5, attachment: 0.3, detachment: 0.3 }),
    /from 0.3 to 0.3/,
  );
  refused(() => expectedTrancheLoss(counts, { lgd: 2, attachment: 0, detachment: 0.3 }), /2 as lgd/);
  assert.deepEqual([...defaultCounts(0, { loans: 2, model })], [1, 0, 0]);
});
