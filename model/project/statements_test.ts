// The statements of random plans: they roll, they balance, cash in is cash out, and all of it scales.

import assert from "node:assert/strict";
import fc from "fast-check";
import { planWithFlows } from "./arbitrary.ts";
import type { Columns, StatementLine } from "./columns.ts";
import { evaluatePlan, planDesk } from "./evaluate.ts";
import type { ProjectFlows } from "./flows.ts";
import type { Plan, Source } from "./terms.ts";
import { plainPlan } from "./testing.ts";

const seeded = { seed: 20_190_701, numRuns: 300 };
const assets: StatementLine[] = [
  "freeCash",
  "ringFencedCash",
  "reserveCash",
  "receivables",
  "deposits",
  "asset",
];
const claims: StatementLine[] = [
  ...["payables", "interestPayable", "debt", "deferredSubsidy", "gap", "paidIn", "retained"] as const,
];
const at = (columns: Columns, names: readonly StatementLine[], m: number) =>
  names.reduce((sum, name) => sum + (m < 0 ? 0 : columns[name][m]), 0);

Deno.test("assets equal liabilities and equity in whole fen, each month, for random plans", () => {
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      const { columns, months } = evaluatePlan(plan, flows);
      for (let m = 0; m < months; m++) {
        assert.equal(at(columns, assets, m), at(columns, claims, m), `month ${m + 1}`);
        for (const name of [...assets, ...claims]) {
          assert.ok(Number.isSafeInteger(columns[name][m]), `${name} ${columns[name][m]}`);
          if (name !== "retained") {
            assert.ok(columns[name][m] >= 0, `${name} ${columns[name][m]} in month ${m + 1}`);
          }
        }
      }
    }),
    seeded,
  );
});

Deno.test("each balance is the one before and its movements", () => {
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      const { columns: c, months } = evaluatePlan(plan, flows);
      for (let m = 0; m < months; m++) {
        const moved = (...names: StatementLine[]) => at(c, names, m) - at(c, names, m - 1);
        assert.equal(
          moved("freeCash", "ringFencedCash", "reserveCash"),
          c.receipts[m] - c.operatingPaid[m] - c.capexPaid[m] - c.depositsPaid[m] - c.taxPaid[m] +
            c.equityIn[m] +
            c.subsidyIn[m] + c.debtIn[m] - c.interestPaid[m] - c.feesPaid[m] - c.principalPaid[m] -
            c.distributions[m] +
            c.gapIn[m],
        );
        assert.equal(c.netCash[m], moved("freeCash", "ringFencedCash", "reserveCash"));
        assert.equal(moved("receivables"), c.revenue[m] - c.receipts[m]);
        assert.equal(moved("payables"), c.operatingCost[m] - c.operatingPaid[m]);
        assert.equal(moved("retained"), c.netIncome[m] - c.distributions[m]);
        assert.equal(moved("paidIn"), c.equityIn[m]);
        assert.equal(moved("gap"), c.gapIn[m]);
        assert.equal(
          c.netIncome[m],
          c.revenue[m] + c.subsidyIncome[m] - c.operatingCost[m] - c.amortisation[m] - c.interestExpense[m] -
            c.feeExpense[m] - c.tax[m],
        );
      }
    }),
    seeded,
  );
});

Deno.test("until everything is built, and so at any time, sources equal uses", () => {
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      const { build, owners, columns } = evaluatePlan(plan, flows);
      const sum = (lines: { fen: number }[]) => lines.reduce((all, { fen }) => all + fen, 0);
      assert.equal(sum(build.uses), sum(build.sources));
      const paidOut = columns.distributions.reduce((all, fen) => all + fen, 0);
      assert.equal(owners.reduce((all, { dividendsFen }) => all + dividendsFen, 0), paidOut);
    }),
    seeded,
  );
});

Deno.test("amounts and flows a thousand times as large give statements as many times as large, and the same rates", () => {
  const k = 1_000;
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      const small = evaluatePlan(plan, flows), large = evaluatePlan(...times(plan, flows, k));
      for (const name of [...assets, ...claims, "revenue", "netIncome", "distributions", "gapIn"] as const) {
        for (let m = 0; m < small.months; m++) {
          const off = Math.abs(large.columns[name][m] / k - small.columns[name][m]);
          // Each line rounds a few times a month.
          assert.ok(off <= 20 * small.months, `${name} ${m + 1}: ${small.columns[name][m]} ${off}`);
        }
      }
      // Where cash ends at nothing, a fen decides whether lenders or bills were the first to miss theirs.
      const told = (kind: string) => kind === "defaulted" ? "unfunded" : kind;
      assert.equal(told(large.verdict.kind), told(small.verdict.kind));
      assert.equal(large.projectIrr.kind, small.projectIrr.kind);
      if (large.projectIrr.kind === "one" && small.projectIrr.kind === "one") {
        assert.ok(Math.abs(large.projectIrr.rate - small.projectIrr.rate) < 1e-5);
      }
    }),
    { ...seeded, numRuns: 100 },
  );
});

/** A plan and flows with every amount so many times as large. */
function times(plan: Plan, flows: ProjectFlows, k: number): [Plan, ProjectFlows] {
  const scaled = (value: unknown, key = ""): unknown => {
    if (typeof value === "number") return /Fen$/.test(key) ? value * k : value;
    if (ArrayBuffer.isView(value)) return (value as Float64Array).map((fen) => fen * k);
    if (Array.isArray(value)) return value.map((one) => scaled(one));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, scaled(one, name)]));
  };
  const large = scaled(plan) as Plan;
  const covenants = large.covenants.map((one) =>
    one.measure === "cash" ? { ...one, value: one.value * k } : one
  );
  return [{ ...large, covenants }, scaled(flows) as ProjectFlows];
}

Deno.test("no statement and no measure of a random plan is anything but a number, and all verdicts come up", () => {
  const kinds = new Set<string>();
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      const { periods: _, ...told } = evaluatePlan(plan, flows);
      kinds.add(told.verdict.kind);
      const walk = (value: unknown, path: string): void => {
        if (typeof value === "number") assert.ok(!Number.isNaN(value), path);
        else if (ArrayBuffer.isView(value)) assert.ok((value as Float64Array).every(Number.isFinite), path);
        else if (typeof value === "object" && value !== null) {
          for (const [name, one] of Object.entries(value)) walk(one, `${path}.${name}`);
        }
      };
      walk(told, "evaluation");
    }),
    { ...seeded, numRuns: 1_000 },
  );
  for (
    const kind of [
      "unlawful",
      "unfunded",
      "defaulted",
      "milestone",
      "undersized",
      "covenant",
      "worthless",
      "fundable",
    ]
  ) {
    assert.ok(kinds.has(kind), `${kind} of ${[...kinds].join(", ")}`);
  }
});

Deno.test("evaluating again in the same columns gives the same, whatever was asked in between", () => {
  fc.assert(
    fc.property(planWithFlows, ({ plan, flows }) => {
      const desk = planDesk(plan, flows), first = structuredClone(desk.evaluate());
      desk.evaluate({ revenueFactor: 0.3, overrunBps: 4_000, delayMonths: 5 });
      assert.deepEqual(structuredClone(desk.evaluate()), first);
    }),
    { ...seeded, numRuns: 60 },
  );
});

Deno.test("cash for service holds what the contract pays and nothing that stays with the counterparty", () => {
  const [plan, flows] = plainPlan();
  const rich = {
    ...flows,
    streams: [...flows.streams, {
      stream: "margin" as const,
      counterparty: "jd",
      monthlyFen: new Float64Array(flows.months).fill(900_000_000),
    }],
  };
  const without = evaluatePlan(plan, flows), unpaid = evaluatePlan(plan, rich);
  assert.deepEqual(unpaid.columns.cashForService, without.columns.cashForService);
  const contract = [{ ...plan.contract[0], marginShareBps: 1_000 }];
  const shared = evaluatePlan({ ...plan, contract }, rich);
  assert.equal(shared.columns.receipts[20] - without.columns.receipts[20], 90_000_000);
});

Deno.test("ring-fenced proceeds pay running costs and never what is built", () => {
  const [plan, flows] = plainPlan();
  const bonds: Source = {
    ...{
      kind: "projectBonds",
      name: "bonds",
      amountFen: 1_400_000_000,
      at: { month: 1 },
      rateBps: 0,
      feeBps: 0,
    },
    ...{
      tenorMonths: 48,
      graceMonths: 0,
      isInterestCapitalisedInGrace: false,
      repayment: { shape: "bullet" },
    },
    ...{ isRingFenced: true, issuer: "project", placement: "private" },
  };
  const fenced = evaluatePlan({ ...plan, sources: [bonds] }, flows);
  assert.equal(fenced.columns.ringFencedCash[0], 1_390_000_000);
  assert.equal(fenced.columns.gap[0], 300_000_000);
  assert.match(
    fenced.verdict.text,
    /^money runs out in month 1: CNY 3,000,000 are missing, .*; CNY 13,900,000 lie ring-fenced/,
  );
  assert.equal(
    evaluatePlan({ ...plan, sources: [{ ...bonds, isRingFenced: false }] }, flows).cashOutMonth,
    null,
  );
});
