// A plan under one draw, in the least time: what a fan, a probability and a comparison need, and nothing that is searched for.

import { pow } from "#/model/units/elementary.ts";
import { fillCovers, type Periods } from "./covers.ts";
import type { Issued } from "./debts.ts";
import { testCovenants } from "./findings.ts";
import type { ReadyPlan } from "./ready.ts";
import { fillStatements } from "./statements.ts";
import type { Circumstances } from "./terms.ts";
import { worthOf } from "./worth.ts";

/** What is kept of a plan under one draw. Months count from 1; the plan's columns and periods hold the rest until the next. */
export interface Sample {
  /** Present value of the project's cash after tax, before financing. */
  npvFen: number;
  /** Present value to the owners; what is missing is called from them. */
  ownersFen: number;
  /** The first month in which a covenant breaks, and the one that breaks then. */
  breachMonth: number | null;
  breached: number | null;
  /** The first month in which cash does not suffice, for uses or for lenders. */
  cashOutMonth: number | null;
  isUnfunded: boolean;
  isDefaulted: boolean;
  minimumDscr: number | null;
}

/** What the owners put in and get back in each month, what is missing called from them; the exit in the last. In fen. */
export function ownersFlow(
  { columns, months }: Pick<ReadyPlan, "columns" | "months">,
  { tailFen }: { tailFen: number },
): Float64Array {
  const last = months - 1, flow = new Float64Array(months);
  for (let m = 0; m < months; m++) {
    flow[m] = columns.distributions[m] - columns.equityIn[m] - columns.gapIn[m];
  }
  flow[last] += Math.max(0, leftAtEnd({ columns, months }) + tailFen);
  return flow;
}

/** What is left after the last month when all that is owed to others is paid, in fen; below zero where it does not suffice. */
export function leftAtEnd({ columns, months }: Pick<ReadyPlan, "columns" | "months">): number {
  const last = months - 1;
  return columns.freeCash[last] + columns.ringFencedCash[last] + columns.reserveCash[last] +
    columns.deposits[last] + columns.receivables[last] - columns.payables[last] - columns.debt[last] -
    columns.interestPayable[last];
}

/** The value at the plan's start of what comes at the ends of months, at its discount rate. */
export function presentOf(flow: ArrayLike<number>, discountRateBps: number): number {
  const v = pow(1 + discountRateBps / 10_000, -1 / 12);
  let factor = 1, sum = 0;
  for (let m = 0; m < flow.length; m++) {
    factor *= v;
    sum += flow[m] * factor;
  }
  return sum;
}

/**
 * Evaluates a plan under one draw. Sculpted debt keeps the service of `agreed`: it was issued before anybody knew.
 *
 * Shapes: the plan's columns and `periods` are overwritten; `cash` and `scratch` as long as the plan.
 */
export function sampled(
  ready: ReadyPlan,
  { circumstances, agreed, periods, cash, scratch }: {
    circumstances: Circumstances;
    agreed: readonly Issued[];
    periods: Periods;
    cash: Float64Array;
    scratch: Float64Array;
  },
): Sample {
  const { operations, gap } = fillStatements(ready, circumstances, agreed);
  const { npvFen, tailFen } = worthOf(ready, operations, { cash, scratch });
  const covers = fillCovers(ready, periods, operations);
  let breachMonth: number | null = null, breached: number | null = null;
  for (const [i, test] of testCovenants(ready, periods).entries()) {
    if (test.breachMonth === null || breachMonth !== null && test.breachMonth >= breachMonth) continue;
    breachMonth = test.breachMonth;
    breached = i;
  }
  return {
    npvFen,
    ownersFen: presentOf(ownersFlow(ready, { tailFen }), ready.plan.discountRateBps),
    breachMonth,
    breached,
    cashOutMonth: gap === null ? null : gap.firstMonth + 1,
    isUnfunded: gap !== null && !gap.isForService,
    isDefaulted: gap !== null && gap.isForService,
    minimumDscr: covers?.minimumDscr ?? null,
  };
}
