// What is known of the debts before the month's cash is: schedules of bonds and term loans, and receivables sold to a trust.

import { mulDiv } from "#/model/units/units.ts";
import type { Operations } from "./operations.ts";
import { type DebtColumns, monthOf, type ReadyPlan } from "./ready.ts";
import { sculpt, type Sculpted } from "./sculpt.ts";
import type { TermDebt } from "./terms.ts";

/** What was issued of a debt, in which month (from 0), and what a sculpted one is. */
export interface Issued {
  name: string;
  month: number;
  amountFen: number;
  maturity: number;
  sculpted: Sculpted | null;
}

/** The month (from 0) in which a debt matures: the end of the period in which its tenor ends. */
export function maturityOf(
  { plan: { periodMonths } }: ReadyPlan,
  { issue, tenorMonths }: { issue: number; tenorMonths: number },
): number {
  return Math.ceil((issue + tenorMonths + 1) / periodMonths) * periodMonths - 1;
}

/** The months in which a debt pays: the ends of periods after its issue, up to its maturity. */
export function paymentMonths(
  { endsPeriod, months }: ReadyPlan,
  { issue, maturity }: { issue: number; maturity: number },
): number[] {
  const found: number[] = [];
  for (let m = issue + 1; m <= Math.min(maturity, months - 1); m++) if (endsPeriod[m] === 1) found.push(m);
  return found;
}

/**
 * Spreads a cost or a grant over equal months of whole fen, spare fen in the first ones; what lies behind the end is left out.
 *
 * Shapes and units: `amountFen` whole, zero or more; `from` a month from 0. Adds to `into`.
 */
export function spread(
  amountFen: number,
  into: Float64Array,
  { from, over }: { from: number; over: number },
): void {
  const part = Math.floor(amountFen / over), spare = amountFen - part * over;
  const end = Math.min(into.length, from + over);
  for (let m = from; m < end; m++) into[m] += part + (m - from < spare ? 1 : 0);
}

/**
 * Fills the columns of all term debts and carve-outs, and what they add to the company's columns: proceeds, fees, interest
 * that the asset takes, amortisation, service. Sculpted debt comes last, since it takes what the others leave.
 */
export function scheduleDebts(
  ready: ReadyPlan,
  operations: Operations,
  agreed: readonly Issued[] = [],
): Issued[] {
  const { termDebts, loans, carveOuts, columns, debts } = ready;
  for (const { drawn, interest, interestPaid, principal, balance, fees } of debts) {
    for (const column of [drawn, interest, interestPaid, principal, balance, fees]) column.fill(0);
  }
  for (const column of [columns.carveOutPaid, columns.scheduledService]) column.fill(0);
  const issued: Issued[] = [];
  for (let i = 0; i < carveOuts.length; i++) {
    issued.push(carveOut(ready, i, { own: debts[termDebts.length + loans.length + i], operations }));
  }
  const fixed = termDebts.map((debt, i) => ({ debt, i })).sort((a, b) =>
    Number(a.debt.repayment.shape === "sculpted") - Number(b.debt.repayment.shape === "sculpted") || a.i - b.i
  );
  for (const { debt, i } of fixed) issued.push(termDebt(ready, debt, { own: debts[i], operations, agreed }));
  return issued;
}

function termDebt(
  ready: ReadyPlan,
  debt: TermDebt,
  { own, operations, agreed }: { own: DebtColumns; operations: Operations; agreed: readonly Issued[] },
): Issued {
  const { months, columns } = ready, { repayment, rateBps } = debt;
  const issue = monthOf(debt.at, ready),
    maturity = maturityOf(ready, { issue, tenorMonths: debt.tenorMonths }),
    graceEnd = issue + debt.graceMonths;
  const nothing = { name: debt.name, month: issue, amountFen: 0, maturity, sculpted: null };
  if (issue >= months) return nothing;
  const payments = paymentMonths(ready, { issue, maturity });
  const sculpted = repayment.shape !== "sculpted"
    ? null
    : agreed.find(({ name }) => name === debt.name)?.sculpted ??
      sculptedFor(ready, debt, { issue, graceEnd, payments, operations, target: repayment.targetDscrBps });
  const amountFen = sculpted ? Math.floor(sculpted.amount) : debt.amountFen;
  if (amountFen === 0) return { ...nothing, sculpted };
  own.drawn[issue] = amountFen;
  (debt.isRingFenced ? columns.ringAdded : columns.cashAdded)[issue] += amountFen;
  own.fees[issue] = mulDiv(amountFen, debt.feeBps, 10_000);
  columns.feesPaid[issue] += own.fees[issue];

  let owed = amountFen, accrued = 0, next = 0, left = 0;
  for (const m of payments) if (m > graceEnd) left++;
  // Payments after the last month of the flows count in the equal parts, though nobody sees them.
  const { periodMonths } = ready.plan;
  if (maturity >= months) left += (maturity + 1) / periodMonths - Math.floor(months / periodMonths);
  for (let m = issue + 1; m < months; m++) {
    if (owed === 0) break;
    own.interest[m] = mulDiv(owed, rateBps, 120_000);
    accrued += own.interest[m];
    if (m === payments[next]) {
      const isGrace = m <= graceEnd;
      if (isGrace && debt.isInterestCapitalisedInGrace) owed += accrued;
      else {
        own.interestPaid[m] = accrued;
        if (m === maturity) own.principal[m] = owed;
        else if (isGrace || repayment.shape === "bullet") own.principal[m] = 0;
        else if (repayment.shape === "amortising") own.principal[m] = Math.floor(owed / left--);
        else {
          // An agreed service that begins in another month, as its milestone moved, ends with what is still owed.
          const isLast = next === payments.length - 1;
          own.principal[m] = isLast
            ? owed
            : Math.min(owed, Math.max(0, Math.round(sculpted!.service[next] ?? 0) - accrued));
        }
        owed -= own.principal[m];
      }
      accrued = 0;
      next++;
    }
    own.balance[m] = owed;
    columns.scheduledService[m] += own.interestPaid[m] + own.principal[m];
  }
  own.balance[issue] = amountFen;
  book(ready, own, operations);
  return { name: debt.name, month: issue, amountFen, maturity, sculpted };
}

function carveOut(
  ready: ReadyPlan,
  i: number,
  { own, operations }: { own: DebtColumns; operations: Operations },
): Issued {
  const { months, columns } = ready,
    { name, amountFen, rateBps, feeBps, assignedBps, at } = ready.carveOuts[i];
  const issue = monthOf(at, ready);
  if (issue >= months) return { name, month: issue, amountFen: 0, maturity: Infinity, sculpted: null };
  own.drawn[issue] = amountFen;
  columns.cashAdded[issue] += amountFen;
  own.fees[issue] = mulDiv(amountFen, feeBps, 10_000);
  columns.feesPaid[issue] += own.fees[issue];
  let owed = amountFen, maturity = Infinity;
  own.balance[issue] = owed;
  for (let m = issue + 1; m < months && owed > 0; m++) {
    own.interest[m] = mulDiv(owed, rateBps, 120_000);
    const assigned = Math.min(
      Math.max(0, columns.receipts[m] - columns.carveOutPaid[m]),
      mulDiv(columns.receipts[m], assignedBps, 10_000),
    );
    own.interestPaid[m] = Math.min(own.interest[m], assigned);
    owed += own.interest[m] - own.interestPaid[m];
    own.principal[m] = Math.min(owed, assigned - own.interestPaid[m]);
    owed -= own.principal[m];
    own.balance[m] = owed;
    columns.carveOutPaid[m] += own.interestPaid[m] + own.principal[m];
    if (owed === 0) maturity = m;
  }
  book(ready, own, operations);
  return { name, month: issue, amountFen, maturity, sculpted: null };
}

/** Interest before the opening is part of the asset, after it a cost. */
function book({ columns, months, plan }: ReadyPlan, own: DebtColumns, { openingMonth }: Operations): void {
  for (let m = 0; m < months; m++) {
    const fen = own.interest[m];
    if (fen === 0) continue;
    if (m >= openingMonth) columns.interestExpense[m] += fen;
    else {
      columns.capitalised[m] += fen;
      spread(fen, columns.amortisation, { from: openingMonth, over: plan.uses.amortisationMonths });
    }
  }
}

function sculptedFor(
  ready: ReadyPlan,
  debt: TermDebt,
  { issue, graceEnd, payments, operations, target }: {
    issue: number;
    graceEnd: number;
    payments: number[];
    operations: Operations;
    target: number;
  },
): Sculpted {
  const { plan, months, columns } = ready, { cashForService: cash, taxBase } = columns;
  for (let m = 0; m < months; m++) {
    cash[m] = columns.receipts[m] - columns.carveOutPaid[m] - columns.operatingPaid[m] -
      columns.scheduledService[m];
    taxBase[m] = columns.revenue[m] + columns.subsidyIncome[m] - columns.operatingCost[m] -
      columns.amortisation[m] -
      columns.interestExpense[m] - (m >= operations.openingMonth ? columns.feesPaid[m] : 0);
  }
  return sculpt({
    cash,
    taxBase,
    payments,
    issue,
    graceEnd,
    ratePerMonth: debt.rateBps / 120_000,
    feeRate: debt.feeBps / 10_000,
    targetDscr: target / 10_000,
    amount: debt.amountFen,
    isInterestCapitalisedInGrace: debt.isInterestCapitalisedInGrace,
    taxRate: plan.tax.rateBps / 10_000,
    lossYears: plan.tax.lossYears,
    opening: operations.openingMonth,
    amortisationMonths: plan.uses.amortisationMonths,
  });
}
