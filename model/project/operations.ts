// The project without its financing: what is spent on the build, what opens when, what the contract pays, what it costs to run.

import { mulDiv } from "#/model/units/units.ts";
import { monthOf, type ReadyPlan } from "./ready.ts";
import type { Circumstances } from "./terms.ts";

/** What the build comes to; months count from 0 and are infinite where a thing never happens. */
export interface Operations {
  /** The first month in which anything is open. */
  openingMonth: number;
  /** The last month in which something is built or put up for the rail; -1 where nothing is. */
  lastBuildMonth: number;
  /** What the use items cost after the last month of the flows. */
  spentBeyondFen: number;
}

/**
 * Fills the columns of operations: revenue by payer, costs, building, deposits for the rail, and their payments.
 *
 * Shapes: the columns of `ready` are overwritten. A milestone is resolved in the month it falls into; what a revenue milestone
 * starts begins a month later. With a delay the flows and what waits for a build come so many months later.
 * Errors: none.
 */
export function operate(ready: ReadyPlan, circumstances: Circumstances): Operations {
  const { plan, months, columns, milestoneMonths, itemMonths, spent } = ready;
  const { openShare, revenue, operatingCost, capexPaid, depositsPaid, prefundingPaid, deposits } = columns;
  milestoneMonths.fill(Infinity);
  itemMonths.fill(Infinity);
  for (const column of spent) column.fill(0);
  for (const { paid } of ready.payers) paid.fill(0);
  for (const one of [openShare, revenue, operatingCost, capexPaid]) one.fill(0);

  const operations = { openingMonth: Infinity, lastBuildMonth: -1, spentBeyondFen: 0 };
  for (let m = 0; m < months; m++) {
    resolve(ready, m, { circumstances, operations });
    let share = 0;
    for (const { at, shareBps } of plan.opening) {
      const delay = "month" in at ? circumstances.delayMonths : 0;
      if (monthOf(at, ready) + delay <= m) share += shareBps;
    }
    openShare[m] = share;
    if (share > 0 && operations.openingMonth === Infinity) operations.openingMonth = m;
    revenue[m] = revenueOf(ready, m, { share, circumstances });
  }
  runningCosts(ready, circumstances);
  const { rail } = plan.uses, { peaks } = ready.flows;
  const prefunding = mulDiv(peaks.prefundingFen, rail.prefundingBps, 10_000);
  const others = mulDiv(peaks.collateralFen, rail.collateralBps, 10_000) +
    mulDiv(peaks.guaranteeFundFen, rail.guaranteeFundBps, 10_000);
  let before = 0, beforePrefunding = 0;
  const { collectionLagMonths, paymentLagMonths } = plan.workingCapital;
  for (let m = 0; m < months; m++) {
    const level = Math.round(prefunding * (openShare[m] / 10_000));
    prefundingPaid[m] = level - beforePrefunding;
    beforePrefunding = level;
    deposits[m] = level + Math.round(others * (openShare[m] / 10_000));
    depositsPaid[m] = deposits[m] - before;
    before = deposits[m];
    if (capexPaid[m] > 0 || depositsPaid[m] > 0) operations.lastBuildMonth = m;
    columns.receipts[m] = m >= collectionLagMonths ? revenue[m - collectionLagMonths] : 0;
    columns.operatingPaid[m] = m >= paymentLagMonths ? operatingCost[m - paymentLagMonths] : 0;
    columns.receivables[m] = (m > 0 ? columns.receivables[m - 1] : 0) + revenue[m] - columns.receipts[m];
    columns.payables[m] = (m > 0 ? columns.payables[m - 1] : 0) + operatingCost[m] - columns.operatingPaid[m];
  }
  return operations;
}

/** Milestones that are known by the start of a month, and the items that they let begin; repeated while one leads to another. */
function resolve(
  ready: ReadyPlan,
  m: number,
  { circumstances, operations }: { circumstances: Circumstances; operations: Operations },
): void {
  const { plan: { milestones, uses }, milestoneMonths, itemMonths } = ready;
  for (let again = true; again;) {
    again = false;
    for (let i = 0; i < milestones.length; i++) {
      if (milestoneMonths[i] !== Infinity) continue;
      milestoneMonths[i] = reachedIn(ready, milestones[i], { m, delayMonths: circumstances.delayMonths });
      again ||= milestoneMonths[i] !== Infinity;
    }
    for (let i = 0; i < uses.items.length; i++) {
      if (itemMonths[i] !== Infinity) continue;
      const begins = monthOf(uses.items[i].from, ready);
      if (begins > m) continue;
      itemMonths[i] = begins;
      spend(ready, i, { circumstances, operations });
      again = true;
    }
  }
}

function reachedIn(
  { plan: { uses }, itemMonths, columns: { revenue } }: ReadyPlan,
  milestone: ReadyPlan["plan"]["milestones"][number],
  { m, delayMonths }: { m: number; delayMonths: number },
): number {
  if (milestone.when === "month") return milestone.month - 1 <= m ? milestone.month - 1 : Infinity;
  if (milestone.when === "built") {
    let end = 0;
    for (let i = 0; i < uses.items.length; i++) {
      if (!milestone.items.includes(uses.items[i].name)) continue;
      end = Math.max(end, itemMonths[i] + uses.items[i].curveBps.length);
    }
    return end + delayMonths <= m ? end + delayMonths : Infinity;
  }
  if (m < milestone.overMonths) return Infinity;
  let sum = 0;
  for (let k = m - milestone.overMonths; k < m; k++) sum += revenue[k];
  return sum >= milestone.reachesFen ? m : Infinity;
}

function spend(
  { plan: { uses }, months, itemMonths, spent, columns }: ReadyPlan,
  i: number,
  { circumstances, operations }: { circumstances: Circumstances; operations: Operations },
): void {
  const { amountFen, curveBps, isCapitalised } = uses.items[i];
  const total = isCapitalised ? amountFen + mulDiv(amountFen, circumstances.overrunBps, 10_000) : amountFen;
  let bps = 0, before = 0;
  for (let k = 0; k < curveBps.length; k++) {
    bps += curveBps[k];
    const soFar = mulDiv(total, bps, 10_000), m = itemMonths[i] + k;
    if (m >= months) operations.spentBeyondFen += soFar - before;
    else {
      spent[i][m] = soFar - before;
      (isCapitalised ? columns.capexPaid : columns.operatingCost)[m] += soFar - before;
    }
    before = soFar;
  }
}

function revenueOf(
  { payers }: ReadyPlan,
  m: number,
  { share, circumstances }: { share: number; circumstances: Circumstances },
): number {
  if (share === 0) return 0;
  const from = m - circumstances.delayMonths, monthly = circumstances.monthly?.revenueFactor[m] ?? 1;
  const factor = share / 10_000 * circumstances.revenueFactor * monthly;
  let sum = 0;
  for (let i = 0; i < payers.length; i++) {
    const { variable, minimumFen, paid } = payers[i];
    const fen = Math.max(minimumFen, from < 0 ? 0 : Math.round(variable[from] * factor));
    paid[m] = fen;
    sum += fen;
  }
  return sum;
}

function runningCosts(
  { plan: { uses }, months, columns: { operatingCost, openShare } }: ReadyPlan,
  { runningCostFactor = 1, auditCostFactor = 1, monthly }: Circumstances,
): void {
  const { runningCosts: running, audits } = uses;
  const perMonth = Math.round(running.perMonthFen * runningCostFactor);
  const perAudit = Math.round(audits.costFen * auditCostFactor);
  for (let m = Math.max(0, running.fromMonth - 1); m < months; m++) operatingCost[m] += perMonth;
  for (let m = audits.firstMonth - 1; m < months; m += audits.everyMonths) operatingCost[m] += perAudit;
  if (monthly === undefined) return;
  for (let m = 0; m < months; m++) {
    operatingCost[m] += monthly.costFen[m] + (openShare[m] > 0 ? monthly.openCostFen[m] : 0);
  }
}
