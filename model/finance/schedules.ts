// Repayment schedules of a project's debt in whole fen: annuity, equal principal, bullet, and sculpted to the cash.
//
// Rates are yearly and simple within a period; interest of a period is rounded half away from zero to the fen. Spare fen: an
// annuity's last payment repays what is left; equal principal gives them to the first payments; sculpted service is cut down
// to the fen, so that cover is never below its target.

import { type Fen, split } from "#/model/units/units.ts";
import { checked, checkedAll, checkedLength } from "./checks.ts";

/** One period of a schedule. */
export interface ScheduleRow {
  openingFen: Fen;
  interestFen: Fen;
  /** Negative where interest that is not paid is added to the debt. */
  principalFen: Fen;
  /** Interest and principal together. */
  paymentFen: Fen;
  closingFen: Fen;
}

/** What every schedule is made of. */
export interface ScheduleTerms {
  principalFen: Fen;
  /** A year; zero or more. */
  rate: number;
  /** How many payments there are, the grace with them. */
  periods: number;
  /** Part of a year in each period: one for all, or a list; a month unless given. */
  periodYears?: number | readonly number[];
  /** First periods in which interest alone is paid; none unless given. */
  gracePeriods?: number;
}

/** The terms, checked, with a rate for each period. */
function ready({ principalFen, rate, periods, periodYears = 1 / 12, gracePeriods = 0 }: ScheduleTerms) {
  checked("principalFen", principalFen, { least: 0, isWhole: true });
  checked("rate", rate, { least: 0 });
  checked("tenor in periods", periods, { least: 1, isWhole: true });
  checked("gracePeriods", gracePeriods, { least: 0, most: periods - 1, isWhole: true });
  const years = typeof periodYears === "number" ? new Array<number>(periods).fill(periodYears) : periodYears;
  checkedLength("periodYears", years, periods);
  checkedAll("years of period", years, { least: 0 });
  return { rates: years.map((part) => part * rate), gracePeriods };
}

/** Rows from what is paid to principal in each period, which `principalOf` says when it knows what is owed and due. */
function rowsOf(
  { principalFen, rates }: { principalFen: Fen; rates: readonly number[] },
  principalOf: (period: number, row: { openingFen: Fen; interestFen: Fen }) => Fen,
): ScheduleRow[] {
  let openingFen = principalFen;
  return rates.map((rate, k) => {
    const interestFen = Math.round(openingFen * rate), paid = principalOf(k, { openingFen, interestFen });
    const row = {
      openingFen,
      interestFen,
      principalFen: paid,
      paymentFen: interestFen + paid,
      closingFen: openingFen - paid,
    };
    openingFen = row.closingFen;
    return row;
  });
}

/**
 * Equal payments after the grace; the last one repays what is left.
 *
 * Shapes and units: whole fen; a row a period. Errors: `RangeError` for a principal, rate, tenor or grace out of its range.
 *
 * @example
 * ```ts
 * import { annuitySchedule } from "#/model/finance/schedules.ts";
 * import assert from "node:assert/strict";
 * const rows = annuitySchedule({ principalFen: 100_000, rate: 0.12, periods: 3 });
 * assert.deepEqual(rows.map(({ paymentFen }) => paymentFen), [34_002, 34_002, 34_003]);
 * ```
 */
export function annuitySchedule(terms: ScheduleTerms): ScheduleRow[] {
  const { principalFen, periods } = terms, { rates, gracePeriods } = ready(terms);
  let worth = 0;
  for (let k = periods - 1; k >= gracePeriods; k--) worth = (worth + 1) / (1 + rates[k]);
  const levelFen = Math.round(principalFen / worth);
  return rowsOf({ principalFen, rates }, (k, { openingFen, interestFen }) => {
    if (k < gracePeriods) return 0;
    return k === periods - 1 ? openingFen : Math.min(openingFen, levelFen - interestFen);
  });
}

/**
 * Equal parts of principal after the grace, the spare fen in the first of them.
 *
 * Shapes, errors: as {@link annuitySchedule}.
 *
 * @example
 * ```ts
 * import { equalPrincipalSchedule } from "#/model/finance/schedules.ts";
 * import assert from "node:assert/strict";
 * const rows = equalPrincipalSchedule({ principalFen: 100_000, rate: 0.12, periods: 3 });
 * assert.deepEqual(rows.map(({ principalFen }) => principalFen), [33_334, 33_333, 33_333]);
 * ```
 */
export function equalPrincipalSchedule(terms: ScheduleTerms): ScheduleRow[] {
  const { principalFen, periods } = terms, { rates, gracePeriods } = ready(terms);
  const parts = split(principalFen, new Array<number>(periods - gracePeriods).fill(1));
  return rowsOf({ principalFen, rates }, (k) => k < gracePeriods ? 0 : parts[k - gracePeriods]);
}

/**
 * Interest each period and the whole principal at the end.
 *
 * Shapes, errors: as {@link annuitySchedule}; a grace changes nothing.
 *
 * @example
 * ```ts
 * import { bulletSchedule } from "#/model/finance/schedules.ts";
 * import assert from "node:assert/strict";
 * const rows = bulletSchedule({ principalFen: 100_000, rate: 0.12, periods: 3 });
 * assert.deepEqual(rows.map(({ paymentFen }) => paymentFen), [1_000, 1_000, 101_000]);
 * ```
 */
export function bulletSchedule(terms: ScheduleTerms): ScheduleRow[] {
  const { principalFen, periods } = terms, { rates } = ready(terms);
  return rowsOf({ principalFen, rates }, (k, { openingFen }) => k === periods - 1 ? openingFen : 0);
}

/** A schedule that follows the cash: what it leaves unpaid at the end is told. */
export interface SculptedSchedule {
  rows: ScheduleRow[];
  unpaidFen: Fen;
}

/**
 * Service of cash ÷ DSCR, cut to the fen, until the debt is repaid; interest beyond it is added to the debt.
 *
 * Shapes and units: one CFADS a period in whole fen, negative where cash is burnt, in which case nothing is paid; in a grace
 * interest alone is, whatever the cash. Errors: those of {@link annuitySchedule}, `RangeError` for a list of another length or a
 * DSCR of zero or below.
 *
 * @example
 * ```ts
 * import { sculptedSchedule } from "#/model/finance/schedules.ts";
 * import assert from "node:assert/strict";
 * const terms = { principalFen: 100_000, rate: 0, periods: 3, targetDscr: 1.2, cfadsFen: [60_000, 48_000, 24_000] };
 * const { rows, unpaidFen } = sculptedSchedule(terms);
 * assert.deepEqual(rows.map(({ principalFen }) => principalFen), [50_000, 40_000, 10_000]);
 * assert.equal(unpaidFen, 0);
 * ```
 */
export function sculptedSchedule(
  terms: ScheduleTerms & { cfadsFen: readonly Fen[]; targetDscr: number },
): SculptedSchedule {
  const { principalFen, periods, cfadsFen, targetDscr } = terms, { rates, gracePeriods } = ready(terms);
  checked("targetDscr", targetDscr, { above: 0 });
  checkedLength("cfadsFen", cfadsFen, periods);
  checkedAll("cfadsFen of period", cfadsFen, { isWhole: true });
  const rows = rowsOf({ principalFen, rates }, (k, { openingFen, interestFen }) => {
    if (k < gracePeriods) return 0;
    return Math.min(openingFen, Math.floor(Math.max(0, cfadsFen[k]) / targetDscr) - interestFen);
  });
  return { rows, unpaidFen: rows[rows.length - 1].closingFen };
}
