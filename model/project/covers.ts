// How well the debt is covered, period by period: debt service, loan life and project life cover, interest, gearing, cash.

import type { ReadyPlan } from "./ready.ts";
import type { CovenantMeasure } from "./terms.ts";

/** Measures by period; covers and gearing as ratios, cash in fen; NaN where there is nothing to measure. */
export type Periods = Record<CovenantMeasure, Float64Array>;

/** The covers of a plan with debt. Months from 1. */
export interface Covers {
  minimumDscr: number;
  minimumDscrMonth: number;
  averageDscr: number;
  /** At the end of the last period before the first repayment. */
  llcr: number | null;
  plcr: number | null;
  minimumLlcr: number | null;
}

/** Columns for the periods of a plan. */
export function periodsOf({ months, plan: { periodMonths } }: ReadyPlan): Periods {
  const column = () => new Float64Array(Math.ceil(months / periodMonths));
  return {
    dscr: column(),
    llcr: column(),
    plcr: column(),
    interestCover: column(),
    gearing: column(),
    cash: column(),
  };
}

/**
 * Fills the measures of all periods; answers nothing where no debt was ever served, as there is no cover then.
 *
 * Debt service counts from the first period that begins with the project open: what is due before is paid by the sources.
 * Receivables sold to a trust are served before and stand outside: their part of the cash is gone, their debt is not counted.
 * Life covers value the cash of the periods to come at what the debt itself costs in each, and where no debt is left at the
 * rate of the plan's sizing; the loan's life ends with the last repayment.
 * Shapes: statements must be filled. Source: as lenders define them; a constant DSCR makes LLCR equal to it.
 */
export function fillCovers(
  ready: ReadyPlan,
  periods: Periods,
  { openingMonth }: { openingMonth: number },
): Covers | null {
  const { columns, months, plan } = ready, { periodMonths } = plan, count = periods.dscr.length;
  const { dscr, llcr, plcr, interestCover, gearing, cash } = periods;
  const counted = ready.termDebts.length + ready.loans.length;
  for (const column of [dscr, llcr, plcr, interestCover]) column.fill(NaN);
  let worst = Infinity, worstMonth = 0, sum = 0, measured = 0, firstRepaid = -1, lastOwed = -1;
  const firstOpen = openingMonth < Infinity ? Math.ceil(openingMonth / periodMonths) * periodMonths : 0;
  for (let k = 0; k < count; k++) {
    const end = Math.min(months, (k + 1) * periodMonths) - 1;
    let earned = 0, service = 0, interest = 0, principal = 0, owed = 0, opening = 0;
    for (let m = k * periodMonths; m <= end; m++) {
      earned += columns.cashForService[m];
      service += columns.service[m];
      for (let d = 0; d < counted; d++) {
        interest += ready.debts[d].interestPaid[m];
        principal += ready.debts[d].principal[m];
      }
    }
    for (let d = 0; d < counted; d++) {
      owed += ready.debts[d].balance[end];
      if (k > 0) opening += ready.debts[d].balance[k * periodMonths - 1];
    }
    if (principal > 0 && firstRepaid < 0) firstRepaid = k;
    if (opening > 0 || owed > 0) lastOwed = k;
    const equity = columns.paidIn[end] + columns.retained[end], all = columns.debt[end] + equity;
    gearing[k] = columns.debt[end] === 0 ? 0 : all > 0 ? columns.debt[end] / all : Infinity;
    cash[k] = columns.freeCash[end] + columns.reserveCash[end] - columns.gap[end];
    if (k * periodMonths < firstOpen || service <= 0) continue;
    dscr[k] = earned / service;
    if (interest > 0) interestCover[k] = earned / interest;
    measured++;
    sum += dscr[k];
    if (dscr[k] < worst) {
      worst = dscr[k];
      worstMonth = end + 1;
    }
  }
  if (measured === 0) return null;
  lifeCovers(ready, periods, { counted, lastOwed });
  const from = Math.max(0, firstRepaid - 1);
  let leastLlcr = NaN;
  for (let k = from; k < count; k++) {
    if (!(llcr[k] >= leastLlcr)) {
      leastLlcr = Number.isNaN(llcr[k]) ? leastLlcr : llcr[k];
    }
  }
  const known = (value: number) => Number.isNaN(value) ? null : value;
  return {
    minimumDscr: worst,
    minimumDscrMonth: worstMonth,
    averageDscr: sum / measured,
    llcr: firstRepaid < 0 ? null : known(llcr[from]),
    plcr: firstRepaid < 0 ? null : known(plcr[from]),
    minimumLlcr: known(leastLlcr),
  };
}

function lifeCovers(
  { columns, debts, months, plan }: ReadyPlan,
  { llcr, plcr }: Periods,
  { counted, lastOwed }: { counted: number; lastOwed: number },
): void {
  const { periodMonths, sizing } = plan, count = llcr.length;
  let loanLife = 0, projectLife = 0;
  for (let k = count - 1; k >= 0; k--) {
    const end = Math.min(months, (k + 1) * periodMonths) - 1;
    let owed = 0;
    for (let d = 0; d < counted; d++) owed += debts[d].balance[end];
    if (owed > 0) {
      llcr[k] = loanLife / owed;
      plcr[k] = projectLife / owed;
    }
    let earned = 0, interest = 0, opening = 0;
    for (let m = k * periodMonths; m <= end; m++) {
      earned += columns.cashForService[m];
      for (let d = 0; d < counted; d++) interest += debts[d].interest[m];
    }
    for (let d = 0; d < counted && k > 0; d++) opening += debts[d].balance[k * periodMonths - 1];
    const span = end + 1 - k * periodMonths;
    const rate = opening > 0 ? interest / opening : sizing.rateBps * span / 120_000;
    if (k <= lastOwed) loanLife = (loanLife + earned) / (1 + rate);
    projectLife = (projectLife + earned) / (1 + rate);
  }
}
