import assert from "node:assert/strict";
import { breakEvenDefaultRates, trancheMeasures } from "./measures.ts";
import { runDeal } from "./run.ts";
import { smallDeal } from "./testing.ts";
import type { DealInput } from "./terms.ts";

/** A bond of 1,000,000 at 5 % that pays once a year and is repaid after two. */
const bond = (): DealInput => ({
  name: "bond",
  closing: "2025-01-01",
  maturity: "2027-12-31",
  payment: { dates: ["2026-01-01", "2027-01-01"] },
  pool: {
    flows: [
      { date: "2025-12-31", balanceCny: 1_000_000, interestCny: 50_000 },
      { date: "2026-12-31", balanceCny: 0, interestCny: 50_000, principalCny: 1_000_000 },
    ],
  },
  collect: { interest: "cash", principal: "cash", prepayment: "cash", recovery: "cash" },
  accounts: { cash: {} },
  tranches: { only: { balanceCny: 1_000_000, rate: 0.05 } },
  waterfall: {
    amortising: [
      { do: "payInterest", to: ["only"], from: "cash" },
      { do: "payPrincipal", to: ["only"], from: "cash" },
    ],
  },
});

Deno.test("a bond bought at its balance yields its rate, and lives until it is repaid", () => {
  const [only] = trancheMeasures(runDeal(bond()));
  assert.ok(only.irr.kind === "one" && Math.abs(only.irr.rate - 0.05) < 1e-12);
  assert.equal(only.weightedAverageLifeYears, 2);
  assert.deepEqual([only.interestFen, only.principalFen, only.residualFen], [10_000_000, 100_000_000, 0]);
});

Deno.test("a tranche that gets nothing has no rate and no life; one of no balance that is paid has none either", () => {
  const deal = bond();
  deal.tranches.last = { balanceCny: 5 };
  deal.waterfall.amortising.push({ do: "payPrincipal", to: ["last"], from: "cash" });
  const last = trancheMeasures(runDeal(deal))[1];
  assert.deepEqual([last.irr.kind, last.weightedAverageLifeYears], ["none", null]);
});

Deno.test("a tranche just bears its break-even rate, and not 0.02 points more", () => {
  const deal = smallDeal();
  deal.tranches.junior.balanceCny = 5;
  const found = breakEvenDefaultRates(deal), { senior, junior } = found;
  assert.ok(senior.kind === "cdr" && junior.kind === "cdr" && senior.cdr > junior.cdr);
  for (const [i, it] of [senior, junior].entries()) {
    const unpaid = (cdr: number) => runDeal(deal, { cdr }).tranches[i].unpaidFen;
    assert.equal(unpaid(it.cdr), 0);
    assert.ok(unpaid(it.cdr + 2e-4) > 0);
  }
});

Deno.test("who is not repaid without defaults bears none; who is paid before they come bears any", () => {
  const heavy = smallDeal();
  heavy.tranches.junior.balanceCny = 40;
  assert.deepEqual(breakEvenDefaultRates(heavy).junior, { kind: "never" });
  const deal = bond();
  deal.accounts.cash = { openingCny: 1_200_000 };
  assert.deepEqual(breakEvenDefaultRates(deal).only, { kind: "always" });
});

Deno.test("a formula without a value under heavy defaults leaves the rate unknown, with its name and the defaults", () => {
  const deal = smallDeal({
    triggers: { thin: { test: "beforePayment", if: "1 / pool.collectedInterest > 100" } },
  });
  deal.tranches.junior.balanceCny = 5;
  const { senior } = breakEvenDefaultRates(deal);
  assert.ok(senior.kind === "unknown");
  assert.match(
    senior.why,
    /^with 99\.5 % defaulting a year triggers\.thin cannot be evaluated on 2026-01-01: division by zero/,
  );
});
