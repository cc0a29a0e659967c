// The statements of a project as columns, a number of whole fen a month: made once for a plan, filled again by each evaluation.

/** The lines of the three statements and what stands behind them, each a column by month. */
export const statementLines = [
  // Income.
  "revenue",
  "subsidyIncome",
  "operatingCost",
  "amortisation",
  "interestExpense",
  "feeExpense",
  "tax",
  "netIncome",
  // Cash.
  "receipts",
  "operatingPaid",
  "capexPaid",
  "depositsPaid",
  "taxPaid",
  "equityIn",
  "subsidyIn",
  "debtIn",
  "interestPaid",
  "feesPaid",
  "principalPaid",
  "distributions",
  "gapIn",
  "netCash",
  // What the project has.
  "freeCash",
  "ringFencedCash",
  "reserveCash",
  "receivables",
  "deposits",
  "asset",
  // What it owes, and what is the owners'.
  "payables",
  "interestPayable",
  "debt",
  "deferredSubsidy",
  "gap",
  "paidIn",
  "retained",
] as const;
/** A line of the statements. */
export type StatementLine = typeof statementLines[number];

/** Columns that only the measures and the waterfall read. */
const workLines = [
  "openShare",
  "cashForService",
  "service",
  "carveOutPaid",
  "scheduledService",
  "prefundingPaid",
  "capitalised",
  "buildSpent",
  "cashAdded",
  "ringAdded",
  "taxBase",
] as const;
type WorkLine = typeof workLines[number];

/** All columns by name, each as long as the plan has months. */
export type Columns = Record<StatementLine | WorkLine, Float64Array>;

/** Empty columns for a plan of so many months. */
export function columnsOf(months: number): Columns {
  return Object.fromEntries(
    [...statementLines, ...workLines].map((name) => [name, new Float64Array(months)]),
  ) as Columns;
}
