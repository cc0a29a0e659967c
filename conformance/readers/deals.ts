// fin/waterfall_absbox_golden.json and waterfall_small.json: whole ABS deals flow by flow, losses from the bottom, the PSA ramp.

import assert from "node:assert/strict";
import { lossesBySeniority } from "#/model/funding/deal/losses.ts";
import { psaCpr } from "#/model/funding/deal/pool.ts";
import type { DealResult } from "#/model/funding/deal/result.ts";
import { runDeal } from "#/model/funding/deal/run.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";
import { dealOf, type GoldenCase, loansOf, neverCharged } from "./absbox.ts";
import { UnreadTag } from "./absbox_figures.ts";

/** A step may differ by this much, as the source cuts to two decimals. CNY. */
const tolerance = 0.02;

/** Reads every deal: its flows on the source's pool, and where its loans can be projected the pool itself. */
export function goldenDealCases(text: string): CaseResult[] {
  const { cases } = JSON.parse(text) as { cases: GoldenCase[] };
  return cases.flatMap((golden): CaseResult[] => {
    try {
      const unreadable = unreadableTrigger(golden);
      const flows = unreadable === undefined ? flowsCase(golden) : refusalCase(golden, unreadable);
      return loansOf(golden.deal.pool) ? [flows, poolCase(golden)] : [flows];
    } catch (error) {
      if (error instanceof UnreadTag) return [unread(golden.id, error.message.replace("no reader for ", ""))];
      throw error;
    }
  });
}

/** The trigger that the source could not read on any date, and passed over. */
function unreadableTrigger({ triggers }: GoldenCase): string | undefined {
  for (const kind of Object.values(triggers ?? {})) {
    for (const [name, { trgStmt }] of Object.entries(kind)) {
      if (trgStmt.some(({ contents }) => contents[2].includes("Failed to read"))) return name;
    }
  }
}

/** A trigger whose condition has no value must stop the deal, by its name. */
function refusalCase(golden: GoldenCase, trigger: string): CaseResult {
  const deal = dealOf(golden);
  return examine(`${golden.id}: refused for trigger ${trigger}`, () => {
    assert.throws(() => runDeal(deal), (error: Error) => {
      assert.match(error.message, /cannot be evaluated on/);
      return error.message.startsWith(`triggers.${trigger}`);
    });
  });
}

function flowsCase(golden: GoldenCase): CaseResult {
  const deal = dealOf(golden), free = neverCharged(golden);
  const note = free.length > 0
    ? ` (${free.join(", ")} left out: the source states it and never charges it)`
    : "";
  return examine(`${golden.id}${note}`, () => {
    const result = runDeal(deal);
    compareTranches(golden, result);
    compareFees(golden, result);
    compareAccounts(golden, result);
    for (const triggers of Object.values(golden.triggers ?? {})) {
      for (const [name, { trgStmt }] of Object.entries(triggers)) {
        const fired = trgStmt.find(({ contents }) => contents[1])?.contents[0];
        const own = result.triggers.find((trigger) => trigger.name === name)!;
        assert.equal(own.events[0]?.day, fired && epochDay(fired), `trigger ${name}`);
      }
    }
  });
}

const close = (own: number, expected: number, what: string) => {
  // Two numbers of two decimals that differ by 0.02 differ by a little more in binary.
  if (!(Math.abs(own - expected) <= tolerance + 1e-9)) {
    throw new RangeError(`${what} is ${own}, expected ${expected} within ${tolerance}`);
  }
};

function compareTranches(golden: GoldenCase, { tranches }: DealResult): void {
  for (const { name, flows } of tranches) {
    const expected = new Map<number, { interest: number; principal: number; balance: number }>();
    for (const [date, balance, interest, principal] of golden.bonds[name].txns) {
      const before = expected.get(epochDay(date)) ?? { interest: 0, principal: 0 };
      expected.set(epochDay(date), {
        interest: before.interest + interest,
        principal: before.principal + principal,
        balance,
      });
    }
    for (const { day, interestFen, residualFen, principalFen, balanceFen } of flows) {
      const found = expected.get(day), what = `${name} on day ${day}`;
      close((interestFen + residualFen) / 100, found?.interest ?? 0, `interest of ${what}`);
      close(principalFen / 100, found?.principal ?? 0, `principal of ${what}`);
      if (found) close(balanceFen / 100, found.balance, `balance of ${what}`);
      expected.delete(day);
    }
    for (const [day, { interest, principal }] of expected) {
      close(0, interest, `interest of ${name} on day ${day}, which is no date of ours,`);
      close(0, principal, `principal of ${name} on day ${day}, which is no date of ours,`);
    }
  }
}

function compareFees(golden: GoldenCase, { fees }: DealResult): void {
  for (const { name, flows } of fees) {
    const own = new Map(flows.map((flow) => [flow.day, flow]));
    for (const [date, due, paid] of golden.fees[name].txns) {
      const flow = own.get(epochDay(date)) ?? flows.findLast(({ day }) => day <= epochDay(date))!;
      close(flow.dueFen / 100, due, `what is due of ${name} on ${date}`);
      if (own.has(epochDay(date))) close(flow.paidFen / 100, paid, `what is paid of ${name} on ${date}`);
      else close(0, paid, `what is paid of ${name} on ${date}`);
    }
  }
}

function compareAccounts(golden: GoldenCase, { accounts }: DealResult): void {
  for (const { name, days, balancesFen } of accounts) {
    const expected = new Map(golden.accounts[name].map(([date, balance]) => [epochDay(date), balance]));
    for (const [day, balance] of expected) {
      const at = days.findLastIndex((it) => it <= day);
      close(balancesFen[at] / 100, balance, `the balance of ${name} on day ${day}`);
    }
  }
}

/** The pool's own flows from its loans, at the shares that the source used for all: 10 % prepaid, 1 % defaulted a year. */
function poolCase(golden: GoldenCase): CaseResult {
  return examine(`${golden.id}: the pool from its loans`, () => {
    const { pool } = runDeal({ ...dealOf(golden, { loans: true }), triggers: {} });
    const own = new Map(pool.map((flow) => [flow.day, flow]));
    for (
      const [, date, balance, principal, interest, prepayment, lost] of Object.values(golden.poolFlow)[0]
    ) {
      const flow = own.get(epochDay(date));
      assert.ok(flow, `no flow of ours on ${date}`);
      close(flow.balanceFen / 100, balance, `the pool's balance on ${date}`);
      close(flow.principalFen / 100, principal, `the pool's principal on ${date}`);
      close(flow.interestFen / 100, interest, `the pool's interest on ${date}`);
      close(flow.prepaymentFen / 100, prepayment, `the pool's prepayment on ${date}`);
      close(flow.defaultFen / 100, lost, `the pool's default on ${date}`);
    }
  });
}

interface Small {
  cases: {
    id: string;
    tranches: { name: string; size: number }[];
    losses: { total: number; expected: number[] }[];
  }[];
  absboxRegression?: { assertions: { test: string }[] };
  psa?: { expectedCPR: number[] };
}

/** Reads losses by seniority and the PSA ramp; figures of deals that the file only describes in words are skipped. */
export function smallWaterfallCases(text: string): CaseResult[] {
  const { cases, absboxRegression, psa } = JSON.parse(text) as Small;
  return [
    ...cases.flatMap(({ id, tranches, losses }) =>
      losses.map(({ total, expected }) =>
        examine(`${id}, loss of ${total}`, () => {
          const own = lossesBySeniority(total * 100, tranches.map(({ size }) => size * 100));
          assert.deepEqual(own.tranches.map((fen) => fen / 100).slice(0, expected.length), expected);
        })
      )
    ),
    ...(psa
      ? [examine("PSA ramp", () => {
        for (const [i, cpr] of psa.expectedCPR.entries()) {
          near(psaCpr(i + 1, 1), cpr, { tolerance: 1e-12, what: `CPR of month ${i + 1}` });
        }
      })]
      : []),
    ...(absboxRegression?.assertions ?? []).map(({ test }): CaseResult => (
      {
        name: `regression figure ${test}`,
        status: "skipped",
        reason: "no deal to the figure: it is described in words only",
      }
    )),
  ];
}
