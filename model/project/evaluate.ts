// A financing plan on given flows: statements, measures and verdict, ready to be asked again under other circumstances.

import { type InternalRate, internalRate } from "#/model/finance/irr.ts";
import { log } from "#/model/units/elementary.ts";
import { type DebtCapacity, debtCapacity } from "./capacity.ts";
import type { Columns } from "./columns.ts";
import { type Covers, fillCovers, type Periods, periodsOf } from "./covers.ts";
import type { Issued } from "./debts.ts";
import { type CovenantTest, type Finding, findingsOn, testCovenants } from "./findings.ts";
import type { ProjectFlows } from "./flows.ts";
import { operate } from "./operations.ts";
import { capTable, type CapTableRow, type Owner, ownersOf } from "./owners.ts";
import { type DebtColumns, type ReadyPlan, readyPlan } from "./ready.ts";
import { reachesZero } from "./rising.ts";
import { type Sample, sampled } from "./sample.ts";
import { fillStatements, type Statements } from "./statements.ts";
import { asGiven, type Circumstances, type Plan } from "./terms.ts";
import { type Worth, worthOf } from "./worth.ts";

/** A line of a table of uses and sources. */
export interface TableLine {
  name: string;
  fen: number;
}

/** The rate of an investor: a rate, none, several, or that the plan is not funded, so that no rate means anything. */
export type InvestorRate = InternalRate | { kind: "unfunded" };

/** An owner with its rate a year and how many times it got its money back; no multiple where it paid nothing. */
export type OwnerResult = Owner & { irr: InvestorRate; moic: number | null };

/** A lender: what it paid out, received, and is still owed at the end of the flows. Its rate counts that at face. */
export interface LenderResult {
  name: string;
  kind: "projectBonds" | "bankLoan" | "drawnLoan" | "absCarveOut";
  drawnFen: number;
  receivedFen: number;
  leftFen: number;
  irr: InvestorRate;
  moic: number | null;
}

/** Everything that is known of a plan on given flows. Columns are the plan's own, written again by its next evaluation. */
export interface Evaluation {
  name: string;
  title: string;
  months: number;
  /** The first of the findings. */
  verdict: Finding;
  findings: Finding[];
  /** The use items, what the rail needs besides, and both. */
  budget: { itemsFen: number; railFen: number; totalFen: number };
  /** All cash until everything is built; both lists sum to the same. Months from 1. */
  build: { untilMonth: number; uses: TableLine[]; sources: TableLine[] };
  openingMonth: number | null;
  worth: Worth;
  projectIrr: InternalRate;
  /** All owners together. */
  equityIrr: InvestorRate;
  equityMoic: number | null;
  owners: OwnerResult[];
  /** What is left to each owner after each round. */
  dilution: CapTableRow[];
  lenders: LenderResult[];
  /** Nothing where no debt was ever served. */
  covers: Covers | null;
  periods: Periods;
  covenants: CovenantTest[];
  capacity: DebtCapacity;
  /** Factors on variable revenue; nothing where no factor up to 1000 is enough, or for the cover where there is no debt. */
  breakEven: { npv: number | null; dscr: number | null };
  /** The first month (from 1) in which cash does not suffice. */
  cashOutMonth: number | null;
  lockedPeriods: number;
  /** What is paid by whom, by month. */
  paidBy: { counterparty: string; paid: Float64Array }[];
  columns: Columns;
  /** Each lender's own columns, in the order of `lenders`. */
  debts: DebtColumns[];
  statements: Statements;
}

/** The largest factor on revenue in which a break-even is sought. */
export const mostFactor = 1_000;

/** A plan that can be evaluated again and again on the same flows. */
export interface PlanDesk {
  plan: Plan;
  evaluate(circumstances?: Partial<Circumstances>): Evaluation;
  /** What the draws need, in a tenth of the time; debt that was sculpted keeps the service of `agreed`. */
  sample(circumstances: Circumstances, agreed?: readonly Issued[]): Sample;
  /** The columns that both fill. */
  columns: Columns;
  periods: Periods;
}

/**
 * Makes a plan ready for flows, so that it can be evaluated under many circumstances in the same columns.
 *
 * Errors: as of `readyPlan`.
 */
export function planDesk(plan: Plan, flows: ProjectFlows): PlanDesk {
  const ready = readyPlan(plan, flows), periods = periodsOf(ready);
  const cash = new Float64Array(ready.months), scratch = new Float64Array(ready.months);
  const evaluate = (circumstances: Partial<Circumstances> = {}) =>
    evaluated(ready, { circumstances: { ...asGiven, ...circumstances }, periods, cash, scratch });
  const sample = (circumstances: Circumstances, agreed: readonly Issued[] = []) =>
    sampled(ready, { circumstances, agreed, periods, cash, scratch });
  return { plan, evaluate, sample, columns: ready.columns, periods };
}

/**
 * Evaluates a plan once on given flows.
 *
 * Shapes and units: see {@link Plan} and {@link ProjectFlows}; the answer's amounts are fen, its months count from 1.
 * Errors: as of `readyPlan` for names and flows that do not fit.
 *
 * @example
 * ```ts
 * import { evaluatePlan } from "#/model/project/evaluate.ts";
 * import { plainPlan } from "#/model/project/testing.ts";
 * import assert from "node:assert/strict";
 * const found = evaluatePlan(...plainPlan());
 * assert.equal(found.covers, null); // no debt, no cover
 * assert.equal(found.verdict.kind, "fundable");
 * ```
 */
export function evaluatePlan(plan: Plan, flows: ProjectFlows): Evaluation {
  return planDesk(plan, flows).evaluate();
}

function evaluated(
  ready: ReadyPlan,
  { circumstances, periods, cash, scratch }: {
    circumstances: Circumstances;
    periods: Periods;
    cash: Float64Array;
    scratch: Float64Array;
  },
): Evaluation {
  const { plan, months, columns } = ready, last = months - 1;
  const base = fillStatements(ready, circumstances);
  const breakEven = {
    npv: reachesZero((factor) => {
      const operations = operate(ready, {
        ...circumstances,
        revenueFactor: factor * circumstances.revenueFactor,
      });
      return worthOf(ready, operations, { cash, scratch }).npvFen;
    }, { to: mostFactor }),
    dscr: hasService(ready)
      ? reachesZero((factor) => {
        const moved = { ...circumstances, revenueFactor: factor * circumstances.revenueFactor };
        const { operations } = fillStatements(ready, moved, base.issued);
        const covers = fillCovers(ready, periods, operations);
        return covers === null ? -1 : covers.minimumDscr - 1;
      }, { to: mostFactor })
      : null,
  };
  const statements = fillStatements(ready, circumstances);
  const capacity = debtCapacity(ready, statements.operations, { cash, taxBase: scratch });
  const worth = worthOf(ready, statements.operations, { cash, scratch });
  const projectIrr = monthlyRate(cash);
  const covers = fillCovers(ready, periods, statements.operations);
  const isUnfunded = statements.gap !== null;
  const exitFen = Math.max(
    0,
    columns.freeCash[last] + columns.ringFencedCash[last] + columns.reserveCash[last] +
      columns.deposits[last] +
      columns.receivables[last] - columns.payables[last] - columns.debt[last] -
      columns.interestPayable[last] -
      columns.gap[last] + worth.tailFen,
  );
  const rate = (flows: Float64Array): InvestorRate => isUnfunded ? { kind: "unfunded" } : monthlyRate(flows);
  const owners = ownersOf(ready, exitFen).map((owner) => ({
    ...owner,
    irr: rate(owner.flows),
    moic: owner.paidInFen > 0 ? (owner.dividendsFen + owner.exitFen) / owner.paidInFen : null,
  }));
  cash.fill(0);
  for (const { flows } of owners) for (let m = 0; m < months; m++) cash[m] += flows[m];
  const paid = owners.reduce((sum, { paidInFen }) => sum + paidInFen, 0);
  const returned = owners.reduce((sum, { dividendsFen, exitFen: fen }) => sum + dividendsFen + fen, 0);
  const covenants = testCovenants(ready, periods);
  const findings = findingsOn(ready, { statements, worth, covers, covenants, columns });
  const { openingMonth } = statements.operations;
  const itemsFen = ready.spent.reduce((sum, column) => sum + total(column), 0);
  const railFen = total(columns.depositsPaid);
  return {
    name: plan.name,
    title: plan.title,
    months,
    verdict: findings[0],
    findings,
    budget: { itemsFen, railFen, totalFen: itemsFen + railFen },
    build: buildTable(ready, statements),
    openingMonth: openingMonth < Infinity ? openingMonth + 1 : null,
    worth,
    projectIrr,
    equityIrr: rate(cash),
    equityMoic: paid > 0 ? returned / paid : null,
    owners,
    dilution: capTable(ready),
    lenders: lendersOf(ready, rate),
    covers,
    periods,
    covenants,
    capacity,
    breakEven,
    cashOutMonth: statements.gap === null ? null : statements.gap.firstMonth + 1,
    lockedPeriods: statements.lockedPeriods,
    paidBy: ready.payers.map(({ counterparty, paid }) => ({ counterparty, paid })),
    columns,
    debts: ready.debts,
    statements,
  };
}

const total = (column: Float64Array, until = column.length - 1) => {
  let sum = 0;
  for (let m = 0; m <= until; m++) sum += column[m];
  return sum;
};

const hasService = ({ columns: { service } }: ReadyPlan) => service.some((fen) => fen > 0);

/** The rates a year that are sought: what lies beyond is a root of the flows, and nothing that anybody earns. */
export const statedRates = { from: -0.9, to: 100 } as const;
const range = { from: log(1 + statedRates.from), to: log(1 + statedRates.to) };

/** The rates of flows at the ends of months, within {@link statedRates}. */
function monthlyRate(flows: Float64Array): InternalRate {
  const timed: { years: number; amount: number }[] = [];
  for (let m = 0; m < flows.length; m++) {
    if (flows[m] !== 0) timed.push({ years: (m + 1) / 12, amount: flows[m] });
  }
  return internalRate(timed, { range });
}

function lendersOf(
  { termDebts, loans, carveOuts, debts, months }: ReadyPlan,
  rate: (flows: Float64Array) => InvestorRate,
): LenderResult[] {
  const flows = new Float64Array(months);
  return [...termDebts, ...loans, ...carveOuts].map(({ name, kind }, d) => {
    const own = debts[d];
    let drawnFen = 0, receivedFen = 0, leftFen = 0;
    for (let m = 0; m < months; m++) {
      const received = own.interestPaid[m] + own.principal[m] + own.fees[m];
      drawnFen += own.drawn[m];
      receivedFen += received;
      leftFen += own.drawn[m] + own.interest[m] - own.interestPaid[m] - own.principal[m];
      flows[m] = received - own.drawn[m];
    }
    flows[months - 1] += leftFen;
    const moic = drawnFen > 0 ? (receivedFen + leftFen) / drawnFen : null;
    return { name, kind, drawnFen, receivedFen, leftFen, irr: rate(flows), moic };
  });
}

/** All cash in and out until everything is built and something is open. */
function buildTable(ready: ReadyPlan, { operations }: Statements): Evaluation["build"] {
  const { columns, plan, months } = ready;
  const opens = operations.openingMonth < Infinity ? operations.openingMonth - 1 : months - 1;
  const until = Math.max(0, Math.min(months - 1, Math.max(operations.lastBuildMonth, opens)));
  const sum = (column: Float64Array) => total(column, until);
  const sunk = columns.freeCash[until] + columns.ringFencedCash[until];
  const uses = [
    ...plan.uses.items.flatMap(({ name, isCapitalised }, i) =>
      isCapitalised ? [{ name, fen: sum(ready.spent[i]) }] : []
    ),
    { name: "operating costs", fen: sum(columns.operatingPaid) },
    { name: "prefunding", fen: sum(columns.prefundingPaid) },
    { name: "collateral and guarantee fund", fen: sum(columns.depositsPaid) - sum(columns.prefundingPaid) },
    { name: "interest", fen: sum(columns.interestPaid) },
    { name: "fees", fen: sum(columns.feesPaid) },
    { name: "repayments", fen: sum(columns.principalPaid) },
    { name: "tax", fen: sum(columns.taxPaid) },
    { name: "distributions", fen: sum(columns.distributions) },
    { name: "reserve account", fen: columns.reserveCash[until] },
    { name: "cash left", fen: sunk },
  ];
  const names = [...ready.termDebts, ...ready.loans, ...ready.carveOuts].map(({ name }) => name);
  const sources = [
    ...ready.equity.map(({ name }, i) => ({ name, fen: sum(ready.paidIn[i]) })),
    ...names.map((name, d) => ({ name, fen: sum(ready.debts[d].drawn) })),
    { name: "subsidies", fen: sum(columns.subsidyIn) },
    { name: "contract", fen: sum(columns.receipts) },
    { name: "unfunded", fen: sum(columns.gapIn) },
  ];
  const some = (lines: TableLine[]) => lines.filter(({ fen }) => fen !== 0);
  return { untilMonth: until + 1, uses: some(uses), sources: some(sources) };
}
