import assert from "node:assert/strict";
import fc from "fast-check";
import { readDeal } from "#/model/funding/deal/run.ts";
import { absDeal, structures } from "./abs.ts";
import { brokenCovenants, commitmentInForceFen } from "./bank_line.ts";
import { jointDay } from "./joint_loan.ts";
import { investorsMax, placedFen } from "./private_placement.ts";
import { discountFen } from "./supplier_finance.ts";

const fen = fc.nat(1_000_000_000);

Deno.test("bankLine: never more than the commitment and the pledged receivables carry; less of either never lends more", () => {
  const state = fc.record({
    committedFen: fen,
    eligibleFen: fen,
    drawnFen: fen,
    brokenDays: fc.integer({ min: -1, max: 60 }),
  });
  fc.assert(
    fc.property(state, fc.boolean(), fc.nat(10_000), fc.nat(30), (it, secured, advanceRateBps, cureDays) => {
      const terms = { secured, advanceRateBps, cureDays };
      const mostFen = commitmentInForceFen(terms, it);
      assert.ok(mostFen >= 0 && mostFen <= it.committedFen);
      if (secured) assert.ok(mostFen <= it.eligibleFen);
      if (it.brokenDays >= 0) assert.ok(mostFen <= it.drawnFen);
      if (it.brokenDays > cureDays) assert.equal(mostFen, 0);
      const less = { ...it, committedFen: Math.floor(it.committedFen / 2) };
      assert.ok(commitmentInForceFen(terms, less) <= mostFen);
      assert.ok(
        commitmentInForceFen(terms, { ...it, eligibleFen: Math.floor(it.eligibleFen / 2) }) <= mostFen,
      );
    }),
    { seed: 41, numRuns: 1_000 },
  );
});

Deno.test("bankLine: a covenant is broken beyond its bound, not at it", () => {
  const terms = { late90MaxBps: 300, netAssetsMinFen: 1_000 };
  assert.deepEqual(brokenCovenants(terms, { late90Bps: 300, netAssetsFen: 1_000 }), []);
  assert.deepEqual(brokenCovenants(terms, { late90Bps: 301, netAssetsFen: 999 }), ["late90", "netAssets"]);
});

Deno.test("jointLoan: the banks never take back more than is theirs, and their part of a loss is never above it", () => {
  const day = fc.record({
    balanceFen: fen,
    banksFen: fen,
    lentFen: fen,
    backFen: fen,
    interestFen: fen,
    lostFen: fen,
    recoveredFen: fen,
  });
  fc.assert(
    fc.property(day, fc.nat(10_000), fc.nat(10_000), (it, contributionBps, serviceFeeBps) => {
      const found = jointDay(it, { contributionBps, serviceFeeBps });
      for (const part of Object.values(found)) assert.ok(Number.isSafeInteger(part) && part >= 0);
      assert.ok(found.lostFen + found.backFen <= it.banksFen);
      assert.ok(found.feeFen <= found.interestFen && found.givenFen <= it.lentFen);
      // Where all of a balance comes back, all of the banks' part does.
      const whole = {
        ...it,
        banksFen: Math.min(it.banksFen, it.balanceFen),
        backFen: it.balanceFen,
        lostFen: 0,
      };
      const back = jointDay(whole, { contributionBps, serviceFeeBps }).backFen;
      assert.equal(back, whole.banksFen);
    }),
    { seed: 42, numRuns: 1_000 },
  );
});

Deno.test("privatePlacement: whole tickets, within what is asked and what is pledged, for at most 200 investors", () => {
  fc.assert(
    fc.property(
      fen,
      fc.integer({ min: 1, max: 1e8 }),
      fc.nat(10_000),
      fen,
      (amountFen, ticketFen, bps, pledgedFen) => {
        const placed = placedFen({ amountFen, ticketFen, advanceRateBps: bps }, { pledgedFen });
        assert.ok(placed >= 0 && placed <= amountFen && placed <= pledgedFen);
        assert.equal(placed % ticketFen, 0);
        assert.ok(placed <= investorsMax * ticketFen);
      },
    ),
    { seed: 43, numRuns: 1_000 },
  );
});

Deno.test("supplierFinance: the discount of CNY 10,000 for 45 days at 6 % is CNY 73.97", () => {
  assert.equal(discountFen(1_000_000, { discountBps: 600, termDays: 45 }), 7_397);
});

Deno.test("abs: the deal of any lawful terms can be read, its classes sum to the pool, and each structure amortises", () => {
  const size = { name: "jd-1", closing: 18_000, baseRateBps: 385 };
  const terms = fc.record({
    seniorBps: fc.nat(9_000),
    mezzanineBps: fc.nat(1_000),
    seniorSpreadBps: fc.nat(300),
    mezzanineSpreadBps: fc.nat(800),
    trusteeFeeBps: fc.nat(50),
    revolvingDays: fc.integer({ min: 30, max: 720 }),
    defaultMaxBps: fc.nat(3_000),
    paymentMinBps: fc.nat(6_000),
    structure: fc.constantFrom(...structures),
    reserveBps: fc.nat(1_000),
    liquidityBps: fc.nat(1_000),
    liquiditySpreadBps: fc.nat(500),
    cleanUpBps: fc.nat(2_000),
  });
  fc.assert(
    fc.property(terms, fc.nat(1_000_000_000), (its, poolFen) => {
      const { deal } = readDeal(absDeal(its, { ...size, poolFen }));
      const sum = Object.values(deal.tranches).reduce(
        (total, it) => total + Math.round(it.balanceCny * 100),
        0,
      );
      assert.equal(sum, poolFen);
    }),
    { seed: 44, numRuns: 100 },
  );
});
