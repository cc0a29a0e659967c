import assert from "node:assert/strict";
import { baitiaoBasis, claimed, daysOfMoney, needPerYear, rateAsCash, usersRevenue } from "./claim.ts";
import { contractTable } from "./contracts.ts";
import { planDesk } from "./evaluate.ts";
import { plainPlan } from "./testing.ts";

// The arithmetic that the domain's notes state for the claim, to the digits that they give.
Deno.test("CNY 300.3 m needs CNY 83 m a year over five years at 12 %", () => {
  const fen = needPerYear(claimed.budgetFen, { years: 5, rate: 0.12 });
  assert.equal((fen / 1e8).toFixed(1), "83.3");
  let worth = 0;
  for (let year = 1; year <= 5; year++) worth += fen / 1.12 ** year;
  assert.ok(Math.abs(worth / claimed.budgetFen - 1) < 1e-12);
});

Deno.test("CNY 5 bn a year as if it were cash is a rate near 1,665 %, over one year as over ten nearly the same", () => {
  const rate = (years: number) => {
    const found = rateAsCash(claimed.budgetFen, { perYearFen: claimed.revenuePerYearFen, years });
    assert.equal(found.kind, "one");
    return found.kind === "one" ? found.rate : NaN;
  };
  assert.equal((rate(5) * 100).toFixed(0), "1665");
  assert.ok(Math.abs(rate(10) - rate(5)) < 1e-4 && rate(1) < rate(5));
});

Deno.test("a tenth more Baitiao users are at most CNY 2.0 bn gross, or CNY 0.3 to 0.4 bn of take: less than half of the claim", () => {
  const { users, grossFen, takeFen } = usersRevenue(baitiaoBasis, { moreBps: claimed.usersBps });
  assert.equal(users, 5_500_000);
  assert.equal((grossFen / 1e11).toFixed(2), "2.01");
  assert.deepEqual(takeFen.map((fen) => (fen / 1e11).toFixed(2)), ["0.31", "0.40"]);
  assert.ok(grossFen < claimed.revenuePerYearFen / 2);
});

Deno.test("the running money lasts days", () => {
  assert.ok(daysOfMoney(claimed.runningMoneyFen, { perMonthFen: 500_000_000 }) < 2);
  assert.equal(daysOfMoney(claimed.runningMoneyFen, { perMonthFen: 0 }), Infinity);
});

Deno.test("the contract decides: without it less, with more of a term never less, and at its break-even nothing", () => {
  const [plain, flows] = plainPlan();
  const margin = {
    stream: "margin" as const,
    counterparty: "jd",
    monthlyFen: new Float64Array(60).fill(30_000_000),
  };
  const world = { ...flows, streams: [...flows.streams, margin] };
  const plan = { ...plain, contract: [{ ...plain.contract[0], marginShareBps: 1_000 }] };
  const { cases, breakEven } = contractTable(plan, world);
  const npv = Object.fromEntries(cases.map(({ name, npvFen }) => [name, npvFen]));
  assert.ok(npv["no contract: the rail's tariff alone"] < npv["fees alone"]);
  assert.ok(npv["fees halved"] < npv["as stated"] && npv["as stated"] < npv["fees doubled"]);
  assert.ok(npv["fees alone"] < npv["as stated"] && npv["as stated"] < npv["half of the margin"]);
  assert.ok(npv["half of the margin"] < npv["all of the margin"]);
  const at = (clause: Partial<typeof plan.contract[0]>) =>
    planDesk({ ...plan, contract: [{ ...plan.contract[0], ...clause }] }, world).evaluate().worth.npvFen;
  const scale = Math.abs(npv["as stated"]);
  assert.ok(Math.abs(at({ bridgeFeeBps: breakEven.bridgeFeeBps! })) < scale * 1e-3);
  assert.deepEqual(contractTable({ ...plan, contract: [] }, world).breakEven, {
    bridgeFeeBps: null,
    marginShareBps: null,
  });
});
