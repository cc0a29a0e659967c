// Verdicts and measures of plans: what is missing and when, what never comes, what nobody pays, and what each term is for.

import assert from "node:assert/strict";
import fc from "fast-check";
import { planWithFlows } from "./arbitrary.ts";
import { evaluatePlan, type Evaluation, planDesk } from "./evaluate.ts";
import type { ProjectFlows } from "./flows.ts";
import type { EquitySource, Plan, Source } from "./terms.ts";
import { plainPlan } from "./testing.ts";

const [plan, flows] = plainPlan();
const sponsor = plan.sources[0] as EquitySource;
const having = (changes: Partial<Plan>) => evaluatePlan({ ...plan, ...changes }, flows);
const kinds = ({ findings }: Evaluation) => findings.map(({ kind }) => kind);
const loan: Source = {
  ...{ kind: "bankLoan", name: "loan", amountFen: 500_000_000, at: { month: 1 }, rateBps: 600, feeBps: 0 },
  ...{
    tenorMonths: 48,
    graceMonths: 9,
    isInterestCapitalisedInGrace: false,
    repayment: { shape: "amortising" },
  },
  ...{ isRingFenced: false, issuer: "project", placement: "private" },
};

Deno.test("uses above sources say how much is missing and from when", () => {
  const found = having({ sources: [{ ...sponsor, amountFen: 800_000_000 }] });
  assert.equal(found.verdict.kind, "unfunded");
  assert.match(
    found.verdict.text,
    /^money runs out in month 3: CNY 1,300,000 are missing, at the worst CNY 4,600,000 in month 6/,
  );
  assert.equal(found.cashOutMonth, 3);
  assert.equal(found.equityIrr.kind, "unfunded");
  assert.equal(found.projectIrr.kind, "one");
});

Deno.test("a plan without debt has no cover and says so; one with debt has", () => {
  assert.equal(having({}).covers, null);
  assert.match(having({}).verdict.text, /without debt/);
  assert.equal(having({}).breakEven.dscr, null);
  const { covers, breakEven } = having({ sources: [sponsor, loan] });
  assert.ok(covers!.minimumDscr > 1 && covers!.minimumDscr <= covers!.averageDscr);
  assert.ok(breakEven.dscr! > 0 && breakEven.dscr! < 1);
});

Deno.test("a milestone that never comes is named with what waits for it", () => {
  const found = having({
    milestones: [{ name: "proven", when: "revenue", reachesFen: 1e13, overMonths: 3 }],
    sources: [sponsor, {
      ...sponsor,
      name: "second",
      tranches: [{ at: { milestone: "proven" }, shareBps: 10_000 }],
    }],
  });
  assert.equal(found.verdict.kind, "milestone");
  assert.match(found.verdict.text, /^the milestone proven never comes in 60 months.*\(second\)$/);
  assert.equal(found.owners[3].paidInFen, 0);
  assert.equal(found.owners[3].sharesBps, 0);
});

Deno.test("without a contract there are bridge fees only, and the plan says so", () => {
  const fees = {
    stream: "bridgeFees" as const,
    counterparty: "jd",
    monthlyFen: new Float64Array(60).fill(60_000_000),
  };
  const margin = { ...fees, stream: "margin" as const };
  const found = evaluatePlan({ ...plan, contract: [] }, {
    ...flows,
    streams: [...flows.streams, fees, margin],
  });
  assert.ok(kinds(found).includes("noContract"));
  assert.equal(found.columns.revenue[30], 60_000_000);
});

Deno.test("bonds of a new company for the public are unlawful; those of a sponsor, or placed privately, are not", () => {
  const bonds = (issuer: "project" | "sponsor", placement: "public" | "private") =>
    having({ sources: [sponsor, { ...loan, kind: "projectBonds", issuer, placement } as Source] });
  assert.equal(bonds("project", "public").verdict.kind, "unlawful");
  assert.match(bonds("project", "public").verdict.text, /Securities Law art\. 15/);
  for (const found of [bonds("sponsor", "public"), bonds("project", "private")]) {
    assert.equal(kinds(found).includes("unlawful"), false);
  }
});

Deno.test("service that cannot be paid is a default, and told apart from uses that are not funded", () => {
  const heavy = { ...loan, amountFen: 6_000_000_000 } as Source;
  const costly = { ...plan.uses, items: [{ ...plan.uses.items[0], amountFen: 6_500_000_000 }] };
  const found = having({ sources: [sponsor, heavy], uses: costly });
  assert.equal(found.verdict.kind, "defaulted");
  assert.match(found.verdict.text, /^debt service is not paid in month \d+: CNY [\d,]+ are missing/);
});

Deno.test("a covenant tells the month in which it breaks and how far", () => {
  const found = having({
    sources: [sponsor, loan],
    covenants: [
      { measure: "dscr", bound: "atLeast", value: 90_000, fromMonth: 24 },
      { measure: "gearing", bound: "atMost", value: 9_000, fromMonth: 1 },
    ],
  });
  assert.equal(found.covenants[0].breachMonth, 24);
  assert.ok(
    Math.abs(
      found.covenants[0].worst! / 10_000 - Math.min(...found.periods.dscr.slice(7).filter((x) => x > 0)),
    ) < 1e-9,
  );
  assert.equal(found.covenants[1].breachMonth, null);
  assert.equal(found.verdict.kind, "covenant");
});

Deno.test("the break-even factor is where the worth is nothing, and that of the cover where it is one", () => {
  const desk = planDesk({ ...plan, sources: [sponsor, loan] }, flows), { breakEven } = desk.evaluate();
  const atNothing = desk.evaluate({ revenueFactor: breakEven.npv! });
  assert.ok(Math.abs(atNothing.worth.npvFen) < 10_000, `${atNothing.worth.npvFen}`);
  const { covers } = desk.evaluate({ revenueFactor: breakEven.dscr! });
  assert.ok(Math.abs(covers!.minimumDscr - 1) < 1e-5, `${covers!.minimumDscr}`);
  assert.equal(
    planDesk({ ...plan, contract: [{ ...plan.contract[0], bridgeFeeBps: 0 }] }, flows).evaluate().breakEven
      .npv,
    null,
  );
});

Deno.test("a tail above 30 % of the worth, and flows that end before the debt, leave no verdict", () => {
  assert.equal(having({ tail: { months: 120, declineBpsPerYear: 0 } }).verdict.kind, "tailTooLarge");
  const found = having({ sources: [sponsor, { ...loan, tenorMonths: 90 } as Source] });
  assert.equal(found.verdict.kind, "flowsTooShort");
  assert.match(found.verdict.text, /flows end in month 60, before the maturity of loan in month 93/);
  assert.ok(found.lenders[0].leftFen > 0);
});

Deno.test("a lender's rate is its coupon compounded, fee and all", () => {
  const { lenders } = having({ sources: [sponsor, loan] }), quarterly = 1.015 ** 4 - 1;
  assert.ok(lenders[0].irr.kind === "one" && Math.abs(lenders[0].irr.rate - quarterly) < 2e-4);
  const charged = having({ sources: [sponsor, { ...loan, feeBps: 200 } as Source] }).lenders[0];
  assert.ok(charged.irr.kind === "one" && charged.irr.rate > quarterly + 0.004);
});

Deno.test("debt capacity is the least of its limits, and says which", () => {
  const sized = (sizing: Partial<Plan["sizing"]>) =>
    having({ sizing: { ...plan.sizing, ...sizing } }).capacity;
  assert.deepEqual([sized({}).binding, sized({}).fen], ["gearing", 840_000_000]);
  assert.equal(sized({ gearingCapBps: 10_000, targetDscrBps: 60_000 }).binding, "dscr");
  assert.equal(sized({ gearingCapBps: 10_000, minimumLlcrBps: 60_000 }).binding, "llcr");
  const none = having({ contract: [{ ...plan.contract[0], bridgeFeeBps: 0 }] }).capacity;
  assert.deepEqual([none.binding, none.fen], ["none", 0]);
  const carried = sized({ gearingCapBps: 10_000, targetDscrBps: 20_000, minimumLlcrBps: 20_000 });
  assert.equal(carried.dscrFen, carried.llcrFen);
});

Deno.test("a venture round dilutes at its price, bears no part of its own pool, and takes its preference when that is more", () => {
  const venture: Source = {
    ...sponsor,
    ...{ kind: "vcPreferred", name: "venture", amountFen: 500_000_000, preMoneyFen: 1_500_000_000 },
    ...{ optionPoolBps: 1_000, preference: { multipleBps: 10_000, isParticipating: false } },
  };
  const found = having({ sources: [venture, { ...sponsor, name: "later", preMoneyFen: 2_000_000_000 }] });
  const by = Object.fromEntries(found.owners.map((owner) => [owner.name, owner]));
  // A quarter of the company, then diluted by a round of 1.4 on 2.0; the pool a tenth of the same.
  const later = 2_000 / 3_400;
  assert.ok(Math.abs(by.venture.sharesBps - 2_500 * later) < 1e-6);
  assert.ok(Math.abs(by.optionPool.sharesBps - 1_000 * later) < 1e-6);
  assert.ok(Math.abs(found.owners.reduce((sum, { sharesBps }) => sum + sharesBps, 0) - 10_000) < 1e-6);
  assert.deepEqual(found.dilution.map(({ round, month }) => [round, month]), [["venture", 1], ["later", 1]]);
  assert.ok(Math.abs(found.dilution[1].sharesBps.founders - by.founders.sharesBps) < 1e-9);
});

Deno.test("what owners pay in and get back is what the company takes and gives, and what it is worth at the end", () => {
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      const { owners, columns: c, months, worth } = evaluatePlan(plan, flows), last = months - 1;
      const paidIn = owners.reduce((sum, { paidInFen }) => sum + paidInFen, 0);
      assert.equal(paidIn, c.paidIn[last]);
      const value = c.freeCash[last] + c.ringFencedCash[last] + c.reserveCash[last] + c.deposits[last] +
        c.receivables[last] - c.payables[last] - c.debt[last] - c.interestPayable[last] - c.gap[last] +
        worth.tailFen;
      assert.equal(owners.reduce((sum, { exitFen }) => sum + exitFen, 0), Math.max(0, value));
    }),
    { seed: 20_190_701, numRuns: 200 },
  );
});

Deno.test("names that are not there and flows that do not fit are refused", () => {
  const contract = [{ ...plan.contract[0], counterparty: "jdd" }];
  assert.throws(() => having({ contract }), /contract\.0\.counterparty: found "jdd"; the flows have jd/);
  const opening = [{ at: { milestone: "ready" }, shareBps: 10_000 }];
  assert.throws(() => having({ opening }), /opening\.0: found the milestone "ready"; allowed are none/);
  assert.throws(() => having({ sources: [sponsor, sponsor] }), /sources\.1\.name: found "sponsor" again/);
  const pooled = { ...sponsor, preMoneyFen: 100_000_000, optionPoolBps: 800 };
  assert.throws(
    () => having({ sources: [pooled] }),
    /sources\.0\.optionPoolBps: found 800, .* leaves nothing to earlier owners/,
  );
  const halves: ProjectFlows = {
    ...flows,
    streams: [{ ...flows.streams[0], monthlyFen: new Float64Array(60).fill(0.5) }],
  };
  assert.throws(() => evaluatePlan(plan, halves), /month 1: found 0\.5, a whole number of fen/);
});
