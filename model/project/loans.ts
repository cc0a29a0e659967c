// A bank's commitment month by month: interest and fees, draws as cash falls short, repayment after its availability.

import { mulDiv } from "#/model/units/units.ts";
import { maturityOf, spread } from "./debts.ts";
import type { ReadyPlan } from "./ready.ts";

/**
 * A month of a drawn loan before its draws: interest on what was owed, fees on what was not, repayment where one is due.
 *
 * Shapes: `l` is its place among the drawn loans, `m` a month from 0. Interest before the opening is part of the asset.
 */
export function accrueLoan(
  ready: ReadyPlan,
  l: number,
  { m, openingMonth }: { m: number; openingMonth: number },
): void {
  const { loans, termDebts, debts, columns, endsPeriod, plan } = ready;
  const loan = loans[l], own = debts[termDebts.length + l], from = loan.fromMonth - 1;
  if (m < from) return;
  const owed = m > 0 ? own.balance[m - 1] : 0, availableUntil = from + loan.availableMonths;
  if (m === from) own.fees[m] = mulDiv(loan.amountFen, loan.feeBps, 10_000);
  if (m < availableUntil) own.fees[m] += mulDiv(loan.amountFen - owed, loan.commitmentFeeBps, 120_000);
  columns.feesPaid[m] += own.fees[m];
  const interest = mulDiv(owed, loan.rateBps, 120_000);
  own.interest[m] = interest;
  if (interest > 0) {
    if (m >= openingMonth) columns.interestExpense[m] += interest;
    else {
      columns.capitalised[m] += interest;
      spread(interest, columns.amortisation, { from: openingMonth, over: plan.uses.amortisationMonths });
    }
  }
  const maturity = maturityOf(ready, { issue: from, tenorMonths: loan.tenorMonths });
  let principal = 0;
  if (owed > 0 && endsPeriod[m] === 1) {
    let accrued = interest;
    for (let k = m - 1; k >= from && endsPeriod[k] === 0; k--) accrued += own.interest[k];
    own.interestPaid[m] = accrued;
    if (m >= maturity) principal = owed;
    else if (loan.repayment.shape === "amortising" && m >= availableUntil) {
      principal = Math.floor(owed / remaining(plan.periodMonths, { m, maturity }));
    }
  }
  own.principal[m] = principal;
  own.balance[m] = owed - principal;
}

/** Payments from a month that is one up to maturity, both included. */
const remaining = (period: number, { m, maturity }: { m: number; maturity: number }) =>
  (maturity + 1) / period - Math.floor(m / period);

/** Draws what is needed, as far as the commitment and its availability go; answers what was drawn. */
export function drawLoan(
  { loans, termDebts, debts }: ReadyPlan,
  l: number,
  { m, neededFen }: { m: number; neededFen: number },
): number {
  const { fromMonth, availableMonths, amountFen } = loans[l], own = debts[termDebts.length + l];
  if (m < fromMonth - 1 || m >= fromMonth - 1 + availableMonths) return 0;
  const drawn = Math.min(neededFen, amountFen - own.balance[m]);
  own.drawn[m] = drawn;
  own.balance[m] += drawn;
  return drawn;
}

/** What lenders are owed in the next `over` months: by schedule, and of drawn loans the equal parts and interest on what is owed. */
export function reserveTarget(ready: ReadyPlan, m: number, over: number): number {
  const { columns, months, loans, termDebts, debts, endsPeriod, plan } = ready;
  const until = Math.min(months - 1, m + over);
  let sum = 0;
  for (let k = m + 1; k <= until; k++) sum += columns.scheduledService[k];
  for (let l = 0; l < loans.length; l++) {
    const { fromMonth, availableMonths, tenorMonths, rateBps, repayment } = loans[l];
    const owed = debts[termDebts.length + l].balance[m],
      maturity = maturityOf(ready, { issue: fromMonth - 1, tenorMonths });
    if (owed === 0) continue;
    sum += mulDiv(owed, rateBps * Math.max(0, Math.min(until, maturity) - m), 120_000);
    if (maturity <= until) sum += owed;
    else if (repayment.shape === "amortising") {
      for (let k = m + 1; k <= until; k++) {
        if (endsPeriod[k] === 1 && k >= fromMonth - 1 + availableMonths) {
          sum += Math.floor(owed / remaining(plan.periodMonths, { m: k, maturity }));
        }
      }
    }
  }
  return sum;
}
