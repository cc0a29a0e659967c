// What servicing remembers: places of collection, notices, roll counts, allowances and vintages.

import { buckets } from "#/model/credit/delinquency.ts";
import { stages } from "#/model/credit/collections.ts";
import { blankRollForward, lossStages, type RollForward } from "#/model/credit/expected_loss.ts";
import { noticeKinds } from "#/model/credit/late_notices.ts";
import { blankHabitsOfAll } from "#/sim/treasury.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import { allocateSampledLoans, type SampledLoans } from "#/sim/tables/sampled_loans.ts";

/** States of a roll matrix: the buckets, then what leaves the book. */
export const rollStates = [...buckets, "written off", "closed"] as const;
/** Cells of one roll matrix: from each bucket to each state. */
export const rollCells = buckets.length * rollStates.length;

/** One month of the loss allowance of a product, by stage of impairment. */
export interface AllowanceMonth {
  /** The day of the run on which the month closed. */
  day: number;
  product: number;
  stages: RollForward[];
}

/** Servicing's memory; arrays are by product first. */
export interface Servicing {
  /** Places left at each stage of collection. */
  places: Float64Array;
  /** Cases taken up by stage since the start; cases waiting tonight; what was brought in at each stage, fen. */
  casesTaken: Float64Array;
  casesWaiting: Float64Array;
  collectedFen: Float64Array;
  /** Notices by kind since the start. */
  notices: Float64Array;
  /** Moves of accounts from month's end to month's end: of all, and (for expected loss) of those that owed something. */
  rolls: Float64Array;
  owingRolls: Float64Array;
  /** Since the history began: written off, the same less what sales and later payments brought, and collected in default before it could be. */
  writtenOffFen: Float64Array;
  netWrittenOffFen: Float64Array;
  collectedInDefaultFen: Float64Array;
  /** Written off in this month, less what sales and later payments brought. */
  monthNetWrittenOffFen: Float64Array;
  /** The loss allowance by product and stage at the last month's end. */
  allowanceFen: Float64Array;
  /** Charged for expected losses since the start of the run. */
  impairmentFen: Float64Array;
  /** Habits of repaying and borrowing that the treasuries have learned, by product. */
  habits: Float64Array;
  months: AllowanceMonth[];
  sampled: SampledLoans;
}

/** The memory of a world that grants about so many loans a month. */
export function openServicing({ loansPerMonth }: { loansPerMonth: number }): Servicing {
  return {
    places: new Float64Array(lineCount * stages.length),
    casesTaken: new Float64Array(lineCount * stages.length),
    casesWaiting: new Float64Array(lineCount),
    collectedFen: new Float64Array(lineCount * stages.length),
    notices: new Float64Array(lineCount * noticeKinds.length),
    rolls: new Float64Array(lineCount * rollCells),
    owingRolls: new Float64Array(lineCount * rollCells),
    writtenOffFen: new Float64Array(lineCount),
    netWrittenOffFen: new Float64Array(lineCount),
    collectedInDefaultFen: new Float64Array(lineCount),
    monthNetWrittenOffFen: new Float64Array(lineCount),
    allowanceFen: new Float64Array(lineCount * lossStages.length),
    impairmentFen: new Float64Array(lineCount),
    habits: blankHabitsOfAll(),
    months: [],
    sampled: allocateSampledLoans({ loansPerMonth }),
  };
}

/** What of servicing's memory a run takes over from its history: what was measured, not what was done. */
export const measured = [
  "owingRolls",
  "writtenOffFen",
  "netWrittenOffFen",
  "collectedInDefaultFen",
  "habits",
] as const;
/** What a history measured. */
export type Measured = Record<typeof measured[number], Float64Array>;

/** A blank month of a product. */
export function blankMonth(product: number, day: number): AllowanceMonth {
  return { day, product, stages: lossStages.map(blankRollForward) };
}

/** One roll matrix of a product as rows of counts. */
export function rollCounts(cells: Float64Array, product: number): number[][] {
  return buckets.map((_, from) => {
    const at = product * rollCells + from * rollStates.length;
    return [...cells.subarray(at, at + rollStates.length)];
  });
}
