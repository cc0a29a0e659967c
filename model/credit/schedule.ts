// When a purchase on a statement is billed and when it is due.

import { daysInMonth } from "#/model/units/calendar.ts";
import type { CivilDate } from "#/model/units/calendar.ts";
import type { Day } from "#/model/units/units.ts";

/** The two days of the month of a product with statements, both at most 28. */
export interface StatementTerms {
  statementDayOfMonth: number;
  dueDayOfMonth: number;
}

/**
 * The statement that a purchase of a day joins, and the day on which that is due.
 *
 * Shapes and units: `day` and its `date`; both results are days. A purchase of the statement day still joins it; a due day
 * that does not come after the statement day in the month is one of the next month. Errors: none.
 *
 * @example
 * ```ts
 * import { billDates } from "#/model/credit/schedule.ts";
 * import assert from "node:assert/strict";
 * const terms = { statementDayOfMonth: 1, dueDayOfMonth: 10 };
 * const july2 = { year: 2019, month: 7, dayOfMonth: 2, weekday: 1 };
 * assert.deepEqual(billDates(1, july2, terms), { statementDay: 31, dueDay: 40 });
 * ```
 */
export function billDates(
  day: Day,
  { year, month, dayOfMonth }: CivilDate,
  { statementDayOfMonth, dueDayOfMonth }: StatementTerms,
): { statementDay: Day; dueDay: Day } {
  const thisMonth = day - dayOfMonth, isNext = dayOfMonth > statementDayOfMonth;
  const months = month - 1 + (isNext ? 1 : 0);
  const ofStatement = { year: year + Math.floor(months / 12), month: months % 12 + 1 };
  const first = thisMonth + (isNext ? daysInMonth(year, month) : 0);
  const dueFirst = dueDayOfMonth > statementDayOfMonth
    ? first
    : first + daysInMonth(ofStatement.year, ofStatement.month);
  return { statementDay: first + statementDayOfMonth, dueDay: dueFirst + dueDayOfMonth };
}
