// Every term of a plan moves something: a term that moves nothing would be a decoration.

import assert from "node:assert/strict";
import { evaluatePlan, planDesk } from "./evaluate.ts";
import type { ProjectFlows } from "./flows.ts";
import type { Plan, Source } from "./terms.ts";
import { plainPlan } from "./testing.ts";

const million = 100_000_000;

/** A plan in which every term has something to do: money short, milestones, every kind of source. */
function busyPlan(): [Plan, ProjectFlows] {
  const [plain, flows] = plainPlan();
  const equity = {
    ...{ amountFen: 8 * million, preMoneyFen: 12 * million, optionPoolBps: 700 },
    preference: { multipleBps: 15_000, isParticipating: false },
    tranches: [{ at: { month: 1 }, shareBps: 6_000 }, { at: { milestone: "half" }, shareBps: 4_000 }],
  };
  const term = {
    ...{
      amountFen: 2 * million,
      at: { month: 2 },
      rateBps: 700,
      feeBps: 80,
      tenorMonths: 50,
      graceMonths: 9,
    },
    ...{
      isInterestCapitalisedInGrace: false,
      isRingFenced: false,
      issuer: "project",
      placement: "private",
    } as const,
  };
  const sources: Source[] = [
    { kind: "vcPreferred", name: "venture", ...equity },
    { kind: "sponsorEquity", name: "sponsor", ...equity, preMoneyFen: 20 * million, preference: null },
    { kind: "projectBonds", name: "bonds", ...term, repayment: { shape: "sculpted", targetDscrBps: 13_000 } },
    { kind: "bankLoan", name: "loan", ...term, repayment: { shape: "amortising" } },
    {
      ...{
        kind: "drawnLoan",
        name: "line",
        amountFen: 4 * million,
        fromMonth: 2,
        availableMonths: 20,
        rateBps: 500,
      },
      ...{ feeBps: 40, commitmentFeeBps: 60, tenorMonths: 44, repayment: { shape: "amortising" } },
    },
    {
      kind: "absCarveOut",
      name: "trust",
      amountFen: million,
      at: { month: 12 },
      rateBps: 400,
      feeBps: 90,
      assignedBps: 1_500,
    },
    { kind: "subsidy", name: "grant", amountFen: million, at: { month: 5 } },
  ];
  const stream = (stream: "margin" | "avoidedLosses", counterparty: string) => ({
    ...{ stream, counterparty, monthlyFen: new Float64Array(60).fill(million / 5) },
  });
  const plan: Plan = {
    ...plain,
    milestones: [
      { name: "half", when: "month", month: 3 },
      { name: "built", when: "built", items: ["build", "first"] },
      { name: "proven", when: "revenue", reachesFen: 3 * million, overMonths: 3 },
    ],
    uses: {
      ...plain.uses,
      items: [
        plain.uses.items[0],
        {
          name: "first",
          amountFen: 9 * million,
          curveBps: [6_000, 4_000],
          from: { month: 3 },
          isCapitalised: false,
        },
        {
          name: "more",
          amountFen: 2 * million,
          curveBps: [5_000, 5_000],
          from: { milestone: "proven" },
          isCapitalised: true,
        },
      ],
      rail: { prefundingBps: 5_000, collateralBps: 4_000, guaranteeFundBps: 3_000 },
    },
    opening: [{ at: { milestone: "built" }, shareBps: 7_000 }, { at: { month: 20 }, shareBps: 3_000 }],
    contract: [{
      ...{ counterparty: "jd", bridgeFeeBps: 1, marginShareBps: 1_000, avoidedLossShareBps: 500 },
      minimumPerMonthFen: million * 0.9,
    }],
    sources,
    workingCapital: { collectionLagMonths: 1, paymentLagMonths: 1 },
    accounts: { minimumCashFen: 5 * million, reserveMonths: 3 },
    distributions: { fromMonth: 25, lockUpDscrBps: 10_500 },
    covenants: [
      { measure: "dscr", bound: "atLeast", value: 12_000, fromMonth: 14 },
      { measure: "cash", bound: "atLeast", value: million, fromMonth: 14 },
    ],
    tail: { months: 6, declineBpsPerYear: 1_000 },
  };
  return [plan, {
    ...flows,
    streams: [...flows.streams, stream("margin", "jd"), stream("avoidedLosses", "jd")],
    peaks: { prefundingFen: million, collateralFen: million, guaranteeFundFen: million },
  }];
}

/** What another value of a term is; words and references are changed to what is allowed there. */
const others: Record<string, unknown> = {
  periodMonths: 6,
  shape: "bullet",
  milestone: "half",
  bound: "atMost",
  measure: "llcr",
  placement: "public",
  fromMonth: 30,
  firstMonth: 5,
  lossYears: 0,
  tenorMonths: 30,
  lockUpDscrBps: 60_000,
};
// Titles and names are told and not reckoned with; what a sponsor issues differs from its own by the law alone, where it is public.
const named = new Set(["name", "title", "kind", "when", "items", "counterparty", "issuer"]);

Deno.test("every term of a plan moves its evaluation", () => {
  const [plan, flows] = busyPlan();
  const told = (one: Plan) =>
    JSON.stringify(
      evaluatePlan(one, flows),
      (_, value) =>
        ArrayBuffer.isView(value)
          ? Array.from(value as Float64Array)
          : value === Infinity
          ? "infinite"
          : value,
    );
  const base = told(plan);
  const still: string[] = [];
  let tried = 0;
  const walk = (value: unknown, path: string[]): void => {
    const key = path.findLast((step) => !/^\d+$/.test(step)) ?? "";
    if (path.length > 0 && named.has(path.at(-1)!)) return;
    if (typeof value === "object" && value !== null) {
      for (const [name, one] of Object.entries(value)) walk(one, [...path, name]);
      return;
    }
    if (value === null) return;
    const other = key in others && others[key] !== value
      ? others[key]
      : typeof value === "boolean"
      ? !value
      : typeof value === "number"
      ? changed(value, key)
      : undefined;
    if (other === undefined) return;
    tried++;
    if (told(put(plan, path, other) as Plan) === base) still.push(`${path.join(".")} ${value} -> ${other}`);
  };
  walk(plan, []);
  assert.deepEqual(still, []);
  assert.ok(tried > 90, `${tried}`);
});

/** A value that differs enough to be seen: half as much again, months by five, parts of a whole less by a tenth. */
function changed(value: number, key: string): number {
  if (/Months?$/.test(key)) return value + 5;
  if (key === "shareBps" || key === "curveBps") return value - 1_000;
  return value === 0 ? 500 : Math.round(value * 1.5);
}

function put(value: unknown, [key, ...rest]: readonly string[], other: unknown): unknown {
  if (key === undefined) return other;
  if (Array.isArray(value)) return value.with(Number(key), put(value[Number(key)], rest, other));
  const group = value as Record<string, unknown>;
  return { ...group, [key]: put(group[key], rest, other) };
}

Deno.test("a sponsor's bonds may be public where the project's may not", () => {
  const [plan, flows] = busyPlan();
  const issuedBy = (issuer: "sponsor" | "project") =>
    evaluatePlan({
      ...plan,
      sources: plan.sources.map((one) =>
        one.name === "bonds" ? { ...one, issuer, placement: "public" } as Source : one
      ),
    }, flows).verdict.kind;
  assert.equal(issuedBy("project"), "unlawful");
  assert.notEqual(issuedBy("sponsor"), "unlawful");
});

Deno.test("more revenue, an overrun and a delay move a plan as they should", () => {
  const [plan, flows] = plainPlan();
  const worth = (...args: Parameters<ReturnType<typeof planDesk>["evaluate"]>) =>
    planDesk(plan, flows).evaluate(...args).worth.npvFen;
  assert.ok(worth({ revenueFactor: 1.1 }) > worth());
  assert.ok(worth({ overrunBps: 3_000 }) < worth());
  assert.ok(worth({ delayMonths: 6 }) < worth());
});
