import assert from "node:assert/strict";
import fc from "fast-check";
import { epochDay } from "#/model/units/calendar.ts";
import { runDeal } from "./run.ts";
import type { DealInput } from "./terms.ts";
import { dealFrom, type DealSeed, smallDeal } from "./testing.ts";

const paid = (deal: DealInput, options = {}) =>
  runDeal(deal, options).tranches.map(({ flows }) =>
    flows.reduce((sum, it) => sum + it.interestFen + it.principalFen + it.residualFen, 0)
  );

const seeds: fc.Arbitrary<DealSeed> = fc.record({
  tranches: fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 5 }),
  loans: fc.array(
    fc.record({
      balance: fc.integer({ min: 1, max: 5_000 }),
      months: fc.integer({ min: 1, max: 40 }),
      ratePermille: fc.integer({ min: 0, max: 240 }),
      level: fc.boolean(),
    }),
    { minLength: 1, maxLength: 4 },
  ),
  cdrPercent: fc.integer({ min: 0, max: 100 }),
  cprPercent: fc.integer({ min: 0, max: 60 }),
  recoveryPercent: fc.integer({ min: 0, max: 100 }),
  by: fc.constantFrom("sequential", "proRata"),
  reserve: fc.integer({ min: 0, max: 100 }),
  line: fc.integer({ min: 0, max: 50 }),
  revolvingMonths: fc.integer({ min: 0, max: 18 }),
});
const random = { seed: 62, numRuns: 150 };

Deno.test("cash in equals cash out and what is left, to the fen, on every random deal; no balance is ever below zero", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const result = runDeal(dealFrom(seed));
      assert.equal(result.openingFen + result.cashInFen, result.cashOutFen + result.leftFen);
      const out = result.tranches.flatMap(({ flows }) => flows)
        .reduce((sum, it) => sum + it.interestFen + it.principalFen + it.residualFen, 0);
      const fees = result.fees.flatMap(({ flows }) => flows).reduce((sum, { paidFen }) => sum + paidFen, 0);
      const [line] = result.lines;
      const lineInterest = result.cashOutFen - out - fees - result.purchasedFen - line.everRepaidFen;
      assert.ok(lineInterest >= 0, "what left the deal has a receiver");
      for (const { balancesFen } of result.accounts) assert.ok(balancesFen.every((fen) => fen >= 0));
      for (const { flows, originalFen, unpaidFen } of result.tranches) {
        assert.ok(flows.every((it) => it.principalFen >= 0 && it.interestFen >= 0 && it.balanceFen >= 0));
        assert.equal(flows.reduce((sum, it) => sum + it.principalFen, 0), originalFen - unpaidFen);
      }
      assert.ok(line.drawnFen >= 0 && line.everDrawnFen - line.everRepaidFen === line.drawnFen);
      assert.ok(line.drawnFen <= seed.line * 100, "a line lends no more than its limit");
    }),
    random,
  );
});

Deno.test("sequential payment gives a class nothing while one before it is owed principal", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { tranches } = runDeal(dealFrom({ ...seed, by: "sequential" }));
      for (let i = 1; i < tranches.length; i++) {
        for (const [k, { principalFen }] of tranches[i].flows.entries()) {
          if (principalFen > 0) assert.equal(tranches[i - 1].flows[k].balanceFen, 0);
        }
      }
    }),
    random,
  );
});

Deno.test("pro-rata payment keeps classes at the shares that they began with, to a fen a date", () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const { tranches } = runDeal(dealFrom({ ...seed, by: "proRata" }));
      const whole = tranches.reduce((sum, { originalFen }) => sum + originalFen, 0);
      for (const k of tranches[0].flows.keys()) {
        const owed = tranches.reduce((sum, { flows }) => sum + flows[k].balanceFen, 0);
        for (const { flows, originalFen } of tranches) {
          assert.ok(Math.abs(flows[k].balanceFen - owed * originalFen / whole) <= k + 1);
        }
      }
    }),
    random,
  );
});

Deno.test("more defaults on given flows never pay a class of a sequential deal more", () => {
  const low = fc.integer({ min: 0, max: 80 }), more = fc.integer({ min: 1, max: 19 });
  fc.assert(
    fc.property(low, more, (percent, step) => {
      const before = paid(smallDeal(), { cdr: percent / 100 });
      const after = paid(smallDeal(), { cdr: (percent + step) / 100 });
      // A class that is paid later earns more interest, so what counts is its principal and what it is left unpaid.
      const unpaid = (cdr: number) =>
        runDeal(smallDeal(), { cdr }).tranches.map((it) => it.unpaidFen + it.interestUnpaidFen);
      assert.ok(after.reduce((a, b) => a + b) <= before.reduce((a, b) => a + b));
      for (const [i, fen] of unpaid((percent + step) / 100).entries()) {
        assert.ok(fen >= unpaid(percent / 100)[i]);
      }
    }),
    { seed: 63, numRuns: 100 },
  );
});

Deno.test("a class is owed no less at the end for more defaults among its loans", () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: 1, max: 30 }), (seed, more) => {
      const fixed = { ...seed, by: "sequential", revolvingMonths: 0, recoveryPercent: 0, line: 0 } as const;
      const cdr = Math.min(70, seed.cdrPercent);
      const unpaid = (percent: number) =>
        runDeal(dealFrom({ ...fixed, cdrPercent: percent })).tranches.map(({ unpaidFen }) => unpaidFen);
      const before = unpaid(cdr);
      // Cutting to whole fen can move a few of them from one date to the next.
      for (const [i, fen] of unpaid(cdr + more).entries()) {
        assert.ok(fen >= before[i] - 100, `${fen} < ${before[i]}`);
      }
    }),
    { seed: 64, numRuns: 100 },
  );
});

Deno.test("a target balance is paid down to and no further; what comes later catches up", () => {
  const deal = smallDeal();
  deal.tranches.senior.target = { "2025-04-01": 75, "2025-07-01": 20, "2025-10-01": 0 };
  const { tranches: [senior] } = runDeal(deal);
  assert.deepEqual(senior.flows.map(({ balanceFen }) => balanceFen / 100).slice(0, 1), [75]);
  assert.ok(senior.flows[1].balanceFen > 2_000, "the pool has not brought that much by then");
  assert.equal(senior.flows[3].balanceFen, 0);
});

Deno.test("shares are kept, and what one class cannot take goes to the others", () => {
  const deal = smallDeal();
  deal.waterfall.amortising[2] = {
    ...{ do: "payPrincipal", to: ["senior", "junior"], from: "cash" },
    ...{ by: "shares", shares: { senior: 0.4, junior: 0.6 } },
  };
  const { tranches: [senior, junior] } = runDeal(deal);
  const first = senior.flows[0].principalFen + junior.flows[0].principalFen;
  assert.equal(senior.flows[0].principalFen, Math.round(first * 0.4));
  assert.equal(junior.flows[1].balanceFen, 0);
  assert.ok(senior.flows[1].principalFen > 0.4 * 2_500);
});

Deno.test("a fee is paid up to its caps and stays due beyond them; the year's cap begins anew", () => {
  const deal = smallDeal({ fees: { trustee: { perPayment: 2, capPerPaymentCny: 1.5, capPerYearCny: 4 } } });
  deal.waterfall.amortising.unshift({ do: "payFees", fees: ["trustee"], from: "cash" });
  const { fees: [trustee] } = runDeal(deal);
  assert.deepEqual(trustee.flows.map(({ paidFen }) => paidFen), [150, 150, 100, 150]);
  assert.deepEqual(trustee.flows.map(({ dueFen }) => dueFen), [50, 100, 200, 250]);
});

Deno.test("a line bridges interest up to its limit; what is repaid can be drawn again only where that is said", () => {
  const dry = (replenishes: boolean) => {
    const deal = smallDeal({ lines: { bank: { limitCny: 0.5, replenishes } } });
    deal.pool.flows = [
      { date: "2025-03-31", balanceCny: 100 },
      { date: "2025-06-30", balanceCny: 60, principalCny: 40, interestCny: 3 },
      { date: "2025-09-30", balanceCny: 60 },
      { date: "2025-12-31", balanceCny: 0, principalCny: 60, interestCny: 3 },
    ];
    deal.waterfall.amortising.unshift(
      { do: "repay", line: "bank", from: "cash" },
      { do: "drawForInterest", line: "bank", to: ["senior"], if: "account.cash.balance = 0" },
    );
    return runDeal(deal).lines[0];
  };
  assert.equal(dry(true).everDrawnFen, 50 + 39);
  assert.equal(dry(false).everDrawnFen, 50);
});

Deno.test("an account earns on its days, and new rates hold from their date", () => {
  const deal = smallDeal({
    accounts: {
      cash: {},
      savings: { openingCny: 1_000, interest: { rate: 0.0365, steps: { "2025-06-30": 0.073 } } },
    },
  });
  const { accounts: [, savings] } = runDeal(deal);
  // 89 days at 3.65 %, then credited; 91 more on 1,008.90; from then on at 7.3 %.
  assert.deepEqual(savings.balancesFen.slice(0, 4), [100_000, 100_890, 100_890, 101_808]);
});

Deno.test("a curable trigger goes back when its condition has passed, another stays", () => {
  const fired = (curable: boolean) => {
    const deal = smallDeal({
      triggers: {
        dear: { test: "beforePayment", if: "date = 2025-07-01", curable, phase: "accelerated" },
      },
    });
    deal.waterfall.accelerated = [{ do: "payPrincipal", to: ["senior"], from: "cash" }];
    return runDeal(deal);
  };
  const { payments, triggers: [trigger] } = fired(true);
  assert.deepEqual(payments.map(({ phase }) => phase), [
    ...["amortising", "accelerated", "amortising", "amortising"],
  ]);
  assert.deepEqual(trigger.events.map((it) => it.fired), [true, false]);
  assert.deepEqual(fired(false).payments.map(({ phase }) => phase).slice(1), [
    ...["accelerated", "accelerated", "accelerated"],
  ]);
});

Deno.test("while a deal revolves, principal buys receivables; early amortisation pays it down instead", () => {
  const seed: DealSeed = {
    ...{ tranches: [800, 200], loans: [{ balance: 1_000, months: 6, ratePermille: 150, level: true }] },
    ...{
      cdrPercent: 5,
      cprPercent: 0,
      recoveryPercent: 0,
      by: "sequential",
      reserve: 0,
      line: 0,
      revolvingMonths: 9,
    },
  };
  const deal = dealFrom(seed), calm = runDeal(deal);
  assert.ok(calm.purchasedFen > 50_000);
  assert.ok(calm.payments.slice(0, 8).every(({ phase }) => phase === "revolving"));
  assert.equal(calm.tranches[0].flows[7].principalFen, 0);
  const early = runDeal({
    ...deal,
    triggers: {
      loss: { test: "afterCollection", if: "pool.cumulativeDefaultRate > 0.01", phase: "amortising" },
    },
  });
  assert.ok(early.purchasedFen < calm.purchasedFen);
  assert.ok(early.tranches[0].flows[4].principalFen > 0);
});

Deno.test("a clean-up call sells what is left at its price and ends the deal", () => {
  const called = runDeal(smallDeal({ cleanUpCall: { if: "pool.factor < 0.3", price: 0.9 } }));
  const { payments } = called;
  assert.deepEqual(payments.map(({ isCalled }) => isCalled), [false, false, true]);
  assert.equal(called.cashInFen, (27 + 26.5 + 26) * 100 + 25 * 90);
  assert.equal(called.end, epochDay("2025-10-01"));
});

Deno.test("an account's formula target is filled and let go again", () => {
  const deal = smallDeal({ accounts: { cash: {}, reserve: { target: "min(5, tranches.balance / 10)" } } });
  deal.waterfall.amortising.unshift({ do: "transfer", from: "reserve", into: "cash" });
  deal.waterfall.amortising.splice(3, 0, {
    ...{ do: "transfer", from: "cash", into: "reserve", amount: "account.reserve.shortfall" },
  });
  const { accounts: [, reserve], leftFen } = runDeal(deal);
  assert.equal(reserve.balancesFen[2], 500);
  assert.ok(reserve.balancesFen.at(-1)! < 500);
  assert.equal(leftFen, reserve.balancesFen.at(-1));
});

Deno.test("a servicer may get a share of what is left besides its fee, and its fee stays due in full", () => {
  const deal = smallDeal({ fees: { servicer: { total: 3 } } });
  deal.waterfall.amortising.unshift({
    ...{ do: "payFees", fees: ["servicer"], beyondDue: true, from: "cash" },
    amount: "0.5 * account.cash.balance",
  });
  const { fees: [servicer], tranches: [senior] } = runDeal(deal);
  assert.deepEqual([servicer.flows[0].paidFen, servicer.flows[0].dueFen], [1350, 300]);
  assert.equal(senior.flows[0].interestFen + senior.flows[0].principalFen, 1350 - 29); // junior interest
});
