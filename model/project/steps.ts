// From the uses to what is left to the owners: each step's present value, adding up to the fen's fraction.

import type { PlanDesk } from "./evaluate.ts";
import { leftAtEnd, ownersFlow, presentOf } from "./sample.ts";
import type { Evaluation } from "./evaluate.ts";

/** A step: its present value in fen, below zero for what is spent. A sum stands on all steps before it. */
export interface WorthStep {
  name: string;
  fen: number;
  isSum: boolean;
}

/**
 * The steps from uses to equity value under the circumstances of an evaluation whose columns still stand.
 *
 * Sums: what the project is worth as taxed in fact (with interest deducted), then what is left to the owners, what is missing
 * called from them. Steps that are nothing are left out.
 * Errors: none.
 */
export function worthSteps({ plan }: Pick<PlanDesk, "plan">, found: Evaluation): WorthStep[] {
  const { columns, months, worth, debts, lenders } = found, last = months - 1;
  const present = (flow: ArrayLike<number>) => presentOf(flow, plan.discountRateBps);
  const minus = (flow: ArrayLike<number>) => Float64Array.from(flow, (fen) => -fen);
  const atEnd = (fen: number) => {
    const flow = new Float64Array(months);
    flow[last] = fen;
    return flow;
  };
  const deposits = minus(columns.depositsPaid), trade = columns.receivables[last] - columns.payables[last];
  deposits[last] += columns.deposits[last];
  const lag = plan.workingCapital.collectionLagMonths;
  const received = (paid: ArrayLike<number>) =>
    Float64Array.from({ length: months }, (_, m) => m >= lag ? paid[m - lag] : 0);
  const cashEnd = columns.freeCash[last] + columns.ringFencedCash[last] + columns.reserveCash[last];
  const kept = minus(columns.netCash);
  kept[last] += cashEnd;
  const owedEnd = columns.debt[last] + columns.interestPayable[last];
  const owners = present(ownersFlow({ columns, months }, { tailFen: worth.tailFen }));
  const steps: WorthStep[] = [];
  const step = (name: string, fen: number) => void steps.push({ name, fen, isSum: false });
  const sum = (name: string) =>
    void steps.push({
      name,
      fen: steps.reduce((all, one) => one.isSum ? all : all + one.fen, 0),
      isSum: true,
    });
  step("building", present(minus(columns.capexPaid)));
  step("deposits of the rail", present(deposits));
  for (const { counterparty, paid } of found.paidBy) step(`paid by ${counterparty}`, present(received(paid)));
  step("running and audits", present(minus(columns.operatingPaid)));
  step("tax", present(minus(columns.taxPaid)));
  step("after the flows", present(atEnd(worth.tailFen + trade)));
  sum("project");
  step("subsidies", present(columns.subsidyIn));
  for (const [d, { name }] of lenders.entries()) step(`drawn: ${name}`, present(debts[d].drawn));
  step("fees of lenders", present(minus(columns.feesPaid)));
  step("interest", present(minus(columns.interestPaid)));
  step("repaid to lenders", present(minus(columns.principalPaid)) - present(atEnd(owedEnd)));
  step("cash kept meanwhile", present(kept));
  const short = leftAtEnd({ columns, months }) + worth.tailFen;
  step("borne by lenders at the end", short < 0 ? present(atEnd(-short)) : 0);
  steps.push({ name: "owners", fen: owners, isSum: true });
  return steps.filter(({ fen, isSum }) => isSum || fen !== 0);
}
