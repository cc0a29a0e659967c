// What a plan is worth under other contracts: without one, with fees alone, with more or less of each term, and where it breaks even.

import { type Evaluation, planDesk } from "./evaluate.ts";
import type { ProjectFlows } from "./flows.ts";
import { reachesZero } from "./rising.ts";
import type { ContractClause, Plan } from "./terms.ts";

/** A plan under one contract. */
export interface ContractCase {
  name: string;
  npvFen: number;
  /** Nothing where no debt is served. */
  minimumDscr: number | null;
  verdict: Evaluation["verdict"];
  /** What the contract pays in the last twelve months of the flows. */
  paidLastYearFen: number;
}

/** Contracts beside each other, and the terms at which NPV is zero, other terms as they are; nothing where no term is enough. */
export interface ContractTable {
  cases: ContractCase[];
  breakEven: { bridgeFeeBps: number | null; marginShareBps: number | null };
}

const withClauses = (plan: Plan, change: (clause: ContractClause) => Partial<ContractClause>): Plan => ({
  ...plan,
  contract: plan.contract.map((clause) => ({ ...clause, ...change(clause) })),
});

/** The most that is sought for a fee: a tenth of the volume. */
const mostFeeBps = 1_000;

/**
 * A plan under other contracts.
 *
 * Shapes: the plan's own contract first; terms are changed for all of its counterparties. A plan without a contract has one case.
 * Errors: as of `planDesk`.
 */
export function contractTable(plan: Plan, flows: ProjectFlows): ContractTable {
  const npv = (changed: Plan) => planDesk(changed, flows).evaluate().worth.npvFen;
  const fee = (bps: number) => withClauses(plan, () => ({ bridgeFeeBps: bps }));
  const margin = (bps: number) => withClauses(plan, () => ({ marginShareBps: bps }));
  const tried: [string, Plan][] = [["as stated", plan]];
  if (plan.contract.length > 0) {
    tried.push(
      ["no contract: the rail's tariff alone", { ...plan, contract: [] }],
      ["fees alone", withClauses(plan, () => ({ marginShareBps: 0, avoidedLossShareBps: 0 }))],
      [
        "fees halved",
        withClauses(plan, ({ bridgeFeeBps }) => ({
          bridgeFeeBps: bridgeFeeBps === null ? null : bridgeFeeBps / 2,
        })),
      ],
      [
        "fees doubled",
        withClauses(plan, ({ bridgeFeeBps }) => ({
          bridgeFeeBps: bridgeFeeBps === null ? null : bridgeFeeBps * 2,
        })),
      ],
      ["half of the margin", margin(5_000)],
      ["all of the margin", margin(10_000)],
      ["no avoided losses", withClauses(plan, () => ({ avoidedLossShareBps: 0 }))],
      [
        "a minimum that pays the running costs",
        withClauses(plan, () => ({
          minimumPerMonthFen: Math.ceil(plan.uses.runningCosts.perMonthFen / plan.contract.length),
        })),
      ],
    );
  }
  return {
    cases: tried.map(([name, changed]) => {
      const found = planDesk(changed, flows).evaluate(), { revenue } = found.columns;
      return {
        name,
        npvFen: found.worth.npvFen,
        minimumDscr: found.covers?.minimumDscr ?? null,
        verdict: found.verdict,
        paidLastYearFen: revenue.subarray(-12).reduce((sum, fen) => sum + fen, 0),
      };
    }),
    breakEven: plan.contract.length === 0 ? { bridgeFeeBps: null, marginShareBps: null } : {
      bridgeFeeBps: reachesZero((bps) => npv(fee(bps)), { to: mostFeeBps }),
      marginShareBps: reachesZero((bps) => npv(margin(bps)), { to: 10_000 }),
    },
  };
}
