import assert from "node:assert/strict";
import fc from "fast-check";
import { internalRate } from "#/model/finance/irr.ts";
import { costOf, flowsOf } from "./quote.ts";
import { type FundingSource, sources } from "./registry.ts";

const most = Number.MAX_SAFE_INTEGER;
const fen = fc.oneof(fc.nat(200), fc.nat(1_000_000_000), fc.integer({ min: most - 50, max: most }));
const rate = fc.nat(5_000);

/** Terms with every number that a quote reads. */
const terms = fc.record({
  spreadBps: fc.nat(800),
  termDays: fc.integer({ min: 30, max: 720 }),
  placementFeeBps: fc.nat(300),
  serviceFeeBps: fc.nat(6_000),
  discountBps: fc.nat(1_500),
  seniorBps: fc.integer({ min: 5_000, max: 9_000 }),
  mezzanineBps: fc.nat(1_000),
  seniorSpreadBps: fc.nat(300),
  mezzanineSpreadBps: fc.nat(800),
  issueFeeBps: fc.nat(200),
  revolvingDays: fc.integer({ min: 30, max: 720 }),
});

for (const [name, source] of Object.entries(sources) as [string, FundingSource][]) {
  Deno.test(`${name}: the flows of a draw amortise to nothing, and their internal rate is the stated cost`, () => {
    fc.assert(
      fc.property(terms, fc.nat(1_000), fc.integer({ min: 1e11, max: 1e13 }), (its, baseBps, amountFen) => {
        const quote = source.quote(its, baseBps);
        if (quote === null) return;
        const flows = flowsOf(amountFen, quote);
        assert.ok(flows.slice(1).every(({ fen }) => fen <= 0) && flows[0].fen > 0);
        assert.equal(flows.at(-1)!.day, quote.termDays);
        // What is paid beyond what was had is interest and fees: principal is repaid in full, once.
        const free = flowsOf(amountFen, { ...quote, rateBps: 0, feeBps: 0 });
        assert.equal(free.reduce((sum, { fen }) => sum + fen, 0), 0);
        const cost = costOf(quote),
          found = internalRate(
            flows.map(({ day, fen }) => ({ years: day / 365, amount: fen })),
          );
        if (quote.rateBps === 0 && quote.feeBps === 0) return assert.ok(Math.abs(cost) < 1e-9);
        assert.ok(found.kind === "one", found.kind);
        assert.ok(Math.abs(found.rate - cost) < 1e-8, `${found.rate} is not ${cost}`);
      }),
      { seed: 36, numRuns: 150 },
    );
  });

  Deno.test(`${name}: a dearer base rate or a higher fee never makes the stated cost lower`, () => {
    fc.assert(
      fc.property(terms, fc.nat(1_000), fc.nat(500), (its, baseBps, moreBps) => {
        const quote = source.quote(its, baseBps);
        if (quote === null) return;
        const cost = costOf(quote) - 1e-12;
        assert.ok(costOf(source.quote(its, baseBps + moreBps)!) >= cost);
        assert.ok(costOf({ ...quote, feeBps: quote.feeBps + moreBps }) >= cost);
      }),
      { seed: 37, numRuns: 100 },
    );
  });

  Deno.test(`${name}: a draw is whole, never negative, never above the need, never past the commitment`, () => {
    fc.assert(
      fc.property(fen, fen, fen, (needFen, commitmentFen, drawnFen) => {
        const draw = source.draw(needFen, { commitmentFen, drawnFen });
        assert.ok(Number.isSafeInteger(draw) && draw >= 0, `draw ${draw}`);
        assert.ok(draw <= needFen);
        assert.ok(
          draw <= Math.max(0, commitmentFen - drawnFen),
          `${draw} of ${commitmentFen} with ${drawnFen} drawn`,
        );
      }),
      { seed: 31, numRuns: 2_000 },
    );
  });

  Deno.test(`${name}: who needs nothing, or has money over, draws nothing`, () => {
    for (const needFen of [0, -1, -5_000]) {
      assert.equal(source.draw(needFen, { commitmentFen: 1_000, drawnFen: 0 }), 0);
    }
  });

  Deno.test(`${name}: a larger need or commitment never draws less`, () => {
    fc.assert(
      fc.property(fen, fen, fen, fc.nat(500), (needFen, commitmentFen, drawnFen, plusFen) => {
        const draw = source.draw(needFen, { commitmentFen, drawnFen });
        assert.ok(source.draw(needFen + plusFen, { commitmentFen, drawnFen }) >= draw);
        assert.ok(source.draw(needFen, { commitmentFen: commitmentFen + plusFen, drawnFen }) >= draw);
        assert.ok(source.draw(needFen, { commitmentFen, drawnFen: drawnFen + plusFen }) <= draw);
      }),
      { seed: 32, numRuns: 1_000 },
    );
  });

  Deno.test(`${name}: interest is whole and never negative; more money or a higher rate never costs less`, () => {
    fc.assert(
      fc.property(fen, rate, fc.nat(1_000_000), (drawnFen, rateBps, plus) => {
        const interest = source.interestOfDay(drawnFen, rateBps);
        assert.ok(Number.isSafeInteger(interest) && interest >= 0, `interest ${interest}`);
        assert.ok(source.interestOfDay(Math.min(drawnFen + plus, most), rateBps) >= interest);
        assert.ok(source.interestOfDay(drawnFen, rateBps + plus % 1_000) >= interest);
        assert.equal(source.interestOfDay(0, rateBps), 0);
        assert.equal(source.interestOfDay(drawnFen, 0), 0);
      }),
      { seed: 33, numRuns: 1_000 },
    );
  });

  Deno.test(`${name}: a day costs at most its part of the stated yearly rate, to the nearest fen`, () => {
    fc.assert(
      fc.property(fen, rate, (drawnFen, rateBps) => {
        const twice = 2n * BigInt(source.interestOfDay(drawnFen, rateBps)) * 3_650_000n;
        assert.ok(twice <= 2n * BigInt(drawnFen) * BigInt(rateBps) + 3_650_000n);
      }),
      { seed: 34, numRuns: 1_000 },
    );
  });
}

Deno.test("equity draws nothing and costs nothing", () => {
  assert.equal(sources.equity.draw(500, { commitmentFen: 1_000, drawnFen: 0 }), 0);
  assert.equal(sources.equity.interestOfDay(36_500_000_000, 435), 0);
});

Deno.test("bankLine draws the whole need until the commitment is used up", () => {
  assert.equal(sources.bankLine.draw(300, { commitmentFen: 1_000, drawnFen: 600 }), 300);
  assert.equal(sources.bankLine.draw(500, { commitmentFen: 1_000, drawnFen: 600 }), 400);
  assert.equal(sources.bankLine.draw(500, { commitmentFen: 1_000, drawnFen: 1_000 }), 0);
});

Deno.test("bankLine draws nothing where the line was cut below what is drawn", () => {
  assert.equal(sources.bankLine.draw(500, { commitmentFen: 400, drawnFen: 600 }), 0);
});

Deno.test("bankLine costs its stated rate over a year of 365 days, within half a fen a day", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000_000_000 }), rate, (drawnFen, rateBps) => {
      const year = 365 * sources.bankLine.interestOfDay(drawnFen, rateBps);
      assert.ok(Math.abs(year - drawnFen * rateBps / 10_000) <= 365 / 2 + 1e-3);
    }),
    { seed: 35, numRuns: 1_000 },
  );
  // 4.35 % of CNY 365 million over one day: 365e8 fen * 0.0435 / 365 = 4,350,000 fen.
  assert.equal(sources.bankLine.interestOfDay(36_500_000_000, 435), 4_350_000);
});
