// The project's months one after the other: income, cash and balance sheet in whole fen, each rolling from the one before.

import { mulDiv } from "#/model/units/units.ts";
import { type Issued, scheduleDebts, spread } from "./debts.ts";
import { accrueLoan, drawLoan, reserveTarget } from "./loans.ts";
import { operate, type Operations } from "./operations.ts";
import { monthOf, type ReadyPlan } from "./ready.ts";
import type { Circumstances } from "./terms.ts";
import { clearTax, taxOfMonth } from "./tax.ts";

/** A month (from 0) in which the cash did not suffice, and by how much at the worst. */
export interface Gap {
  firstMonth: number;
  firstFen: number;
  worstFen: number;
  worstMonth: number;
  /** Whether what was missing first was for lenders, or for uses. */
  isForService: boolean;
  /** What lay ring-fenced in the first month. */
  ringFencedFen: number;
}

/** What the statements of a plan come to. */
export interface Statements {
  operations: Operations;
  issued: Issued[];
  gap: Gap | null;
  /** Periods in which distributions were locked up by the cover. */
  lockedPeriods: number;
}

/**
 * Fills the statements of a plan under some circumstances.
 *
 * No guess is needed within a month: interest falls on what was owed at its opening, draws and repayments happen at its end,
 * and tax is on the profit of the year that ends. What lacks after all sources is shown as a gap without cost, repaid from
 * the first cash, so that the books close and say what is missing.
 *
 * Order of cash in a month: costs, tax, building and deposits, lenders, then the gap, the reserve account, the owners. A
 * ring-fenced account pays costs and prefunding before free cash does; draws of a commitment come before the reserve.
 * Shapes: the columns of `ready` are overwritten. With `agreed`, sculpted debt keeps the service that it was issued with, though
 * the cash is another. Errors: `RangeError` as of `sculpt`.
 */
export function fillStatements(
  ready: ReadyPlan,
  circumstances: Circumstances,
  agreed: readonly Issued[] = [],
): Statements {
  const { columns } = ready;
  const operations = operate(ready, circumstances);
  for (
    const column of [
      columns.amortisation,
      columns.subsidyIncome,
      columns.interestExpense,
      columns.feeExpense,
      columns.feesPaid,
      columns.capitalised,
      columns.cashAdded,
      columns.ringAdded,
      columns.equityIn,
      columns.subsidyIn,
    ]
  ) column.fill(0);
  paidIn(ready, operations);
  for (let m = 0; m < ready.months; m++) {
    const fen = columns.capexPaid[m];
    columns.capitalised[m] += fen;
    if (fen > 0) {
      const from = Math.max(operations.openingMonth, m + 1);
      spread(fen, columns.amortisation, { from, over: ready.plan.uses.amortisationMonths });
    }
  }
  const issued = scheduleDebts(ready, operations, agreed);
  return { operations, issued, ...roll(ready, operations) };
}

function paidIn(ready: ReadyPlan, { openingMonth }: Operations): void {
  const { equity, subsidies, columns, months, plan } = ready;
  for (let i = 0; i < equity.length; i++) {
    ready.paidIn[i].fill(0);
    let bps = 0, before = 0;
    for (const { at, shareBps } of equity[i].tranches) {
      bps += shareBps;
      const soFar = mulDiv(equity[i].amountFen, bps, 10_000), m = monthOf(at, ready);
      if (m < months) {
        ready.paidIn[i][m] += soFar - before;
        columns.equityIn[m] += soFar - before;
        columns.cashAdded[m] += soFar - before;
      }
      before = soFar;
    }
  }
  for (const { at, amountFen } of subsidies) {
    const m = monthOf(at, ready);
    if (m >= months) continue;
    columns.subsidyIn[m] += amountFen;
    columns.cashAdded[m] += amountFen;
    const from = Math.max(openingMonth, m + 1);
    spread(amountFen, columns.subsidyIncome, { from, over: plan.uses.amortisationMonths });
  }
}

/** The balances that one month hands to the next. */
interface Held {
  free: number;
  ring: number;
  reserve: number;
  gap: number;
  retained: number;
  paidIn: number;
  asset: number;
  subsidy: number;
  owed: number;
}

function roll(
  ready: ReadyPlan,
  { openingMonth, lastBuildMonth }: Operations,
): Omit<Statements, "operations" | "issued"> {
  const { plan, months, columns, loans, termDebts, debts, endsPeriod, tax: book } = ready;
  const { minimumCashFen, reserveMonths } = plan.accounts, { lockUpDscrBps } = plan.distributions;
  const held: Held = {
    free: 0,
    ring: 0,
    reserve: 0,
    gap: 0,
    retained: 0,
    paidIn: 0,
    asset: 0,
    subsidy: 0,
    owed: 0,
  };
  let gap: Gap | null = null, lockedPeriods = 0;
  let periodCash = 0, periodService = 0, periodOpens = 0;
  clearTax(book);
  for (let m = 0; m < months; m++) {
    const isOpen = m >= openingMonth;
    // Loans drawn as needed: interest on what was owed, fees on what was not.
    for (let l = 0; l < loans.length; l++) accrueLoan(ready, l, { m, openingMonth });
    const fees = columns.feesPaid[m];
    if (isOpen) columns.feeExpense[m] = fees;
    else if (fees > 0) {
      columns.capitalised[m] += fees;
      spread(fees, columns.amortisation, { from: openingMonth, over: plan.uses.amortisationMonths });
    }

    // Income and tax.
    const beforeTax = columns.revenue[m] + columns.subsidyIncome[m] - columns.operatingCost[m] -
      columns.amortisation[m] - columns.interestExpense[m] - columns.feeExpense[m];
    const tax = Math.round(taxOfMonth(book, m, beforeTax)) + 0;
    columns.tax[m] = columns.taxPaid[m] = tax;
    columns.netIncome[m] = beforeTax - tax;
    held.retained += beforeTax - tax;

    // Cash.
    let interestPaid = 0, principalPaid = 0, debtIn = 0, carveOut = 0;
    for (let d = 0; d < debts.length; d++) {
      interestPaid += debts[d].interestPaid[m];
      principalPaid += debts[d].principal[m];
      debtIn += debts[d].drawn[m];
      if (d >= termDebts.length + loans.length) carveOut += debts[d].interestPaid[m] + debts[d].principal[m];
    }
    const service = interestPaid + principalPaid - carveOut;
    const cashForService = columns.receipts[m] - carveOut - columns.operatingPaid[m] - tax;
    columns.cashForService[m] = cashForService;
    columns.service[m] = service;
    periodCash += cashForService;
    periodService += service;
    const running = columns.operatingPaid[m] + Math.max(0, columns.prefundingPaid[m]);
    held.ring += columns.ringAdded[m];
    const fromRing = Math.min(held.ring, running);
    held.ring -= fromRing;
    held.free += columns.cashAdded[m] + cashForService + fromRing - columns.capexPaid[m] -
      columns.depositsPaid[m] -
      fees - service;
    const beforeService = held.free + service;
    for (let l = 0; l < loans.length && held.free < 0; l++) {
      const drawn = drawLoan(ready, l, { m, neededFen: -held.free });
      held.free += drawn;
      debtIn += drawn;
    }
    if (held.free < 0) {
      const released = Math.min(-held.free, held.reserve, Math.max(0, service));
      held.reserve -= released;
      held.free += released;
    }
    let gapIn = 0;
    if (held.free < 0) {
      gapIn = -held.free;
      held.free = 0;
      gap ??= {
        firstMonth: m,
        firstFen: gapIn,
        worstFen: 0,
        worstMonth: m,
        isForService: beforeService >= 0,
        ringFencedFen: held.ring,
      };
    } else if (held.gap > 0) {
      gapIn = 0 - Math.min(held.gap, held.free);
      held.free += gapIn;
    }
    held.gap += gapIn;
    if (gap !== null && held.gap > gap.worstFen) {
      gap.worstFen = held.gap;
      gap.worstMonth = m;
    }

    // The reserve account, then the owners.
    const target = isOpen || m + 1 >= openingMonth ? reserveTarget(ready, m, reserveMonths) : 0;
    const kept = Math.max(0, held.free - minimumCashFen);
    const intoReserve = target > held.reserve ? Math.min(kept, target - held.reserve) : target - held.reserve;
    held.reserve += intoReserve;
    held.free -= intoReserve;
    let distributed = 0;
    if (endsPeriod[m] === 1) {
      const isMeasured = periodService > 0 && periodOpens >= openingMonth;
      // As for covenants: what whole fen alone make of an agreed cover is no breach.
      const isLocked = isMeasured && periodCash * 10_000 < periodService * (lockUpDscrBps - 0.01);
      const mayPay = m + 1 >= plan.distributions.fromMonth && m > lastBuildMonth && isOpen &&
        held.gap === 0 &&
        held.reserve >= target;
      // At a month's end within a quarter the tax of its profit is still to come.
      const taxDue = Math.ceil(Math.max(0, book.profit * book.rate - book.paid));
      const payable = Math.max(0, Math.min(held.free - minimumCashFen, held.retained) - taxDue);
      if (mayPay && !isLocked) distributed = payable;
      else if (mayPay && isLocked && payable > 0) lockedPeriods++;
      periodCash = periodService = 0;
      periodOpens = m + 1;
    }
    held.free -= distributed;
    held.retained -= distributed;

    close(ready, m, { held, interestPaid, principalPaid, debtIn, gapIn, distributed });
  }
  return { gap, lockedPeriods };
}

function close(
  { columns, debts }: ReadyPlan,
  m: number,
  { held, interestPaid, principalPaid, debtIn, gapIn, distributed }: {
    held: Held;
    interestPaid: number;
    principalPaid: number;
    debtIn: number;
    gapIn: number;
    distributed: number;
  },
): void {
  let interest = 0, balance = 0;
  for (let d = 0; d < debts.length; d++) {
    interest += debts[d].interest[m];
    balance += debts[d].balance[m];
  }
  const before = m > 0
    ? columns.freeCash[m - 1] + columns.ringFencedCash[m - 1] + columns.reserveCash[m - 1]
    : 0;
  held.owed += debtIn + interest - interestPaid - principalPaid;
  held.asset += columns.capitalised[m] - columns.amortisation[m];
  held.subsidy += columns.subsidyIn[m] - columns.subsidyIncome[m];
  held.paidIn += columns.equityIn[m];
  columns.interestPaid[m] = interestPaid;
  columns.principalPaid[m] = principalPaid;
  columns.debtIn[m] = debtIn;
  columns.gapIn[m] = gapIn;
  columns.distributions[m] = distributed;
  columns.freeCash[m] = held.free;
  columns.ringFencedCash[m] = held.ring;
  columns.reserveCash[m] = held.reserve;
  columns.netCash[m] = held.free + held.ring + held.reserve - before;
  columns.asset[m] = held.asset;
  columns.debt[m] = balance;
  columns.interestPayable[m] = held.owed - balance;
  columns.deferredSubsidy[m] = held.subsidy;
  columns.gap[m] = held.gap;
  columns.paidIn[m] = held.paidIn;
  columns.retained[m] = held.retained;
}
