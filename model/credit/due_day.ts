// When something bought today first falls due, on a product that sends statements.

import { type CivilDate, daysInMonth } from "#/model/units/calendar.ts";

/** The days of the month of a product with statements. */
export interface StatementTerms {
  statementDayOfMonth: number;
  dueDayOfMonth: number;
}

/**
 * Days from a date to the due day of the next statement; a purchase on the statement day is still on it.
 *
 * Shapes: days of the month 1 to 28; a due day up to the statement day falls into the next month. Errors: none.
 *
 * @example
 * ```ts
 * import { daysToDue } from "#/model/credit/due_day.ts";
 * import assert from "node:assert/strict";
 * const terms = { statementDayOfMonth: 1, dueDayOfMonth: 10 };
 * assert.equal(daysToDue({ year: 2019, month: 7, dayOfMonth: 1 }, terms), 9);
 * assert.equal(daysToDue({ year: 2019, month: 7, dayOfMonth: 2 }, terms), 39);
 * ```
 */
export function daysToDue(
  { year, month, dayOfMonth }: Pick<CivilDate, "year" | "month" | "dayOfMonth">,
  { statementDayOfMonth, dueDayOfMonth }: StatementTerms,
): number {
  // Months from now to that of the due day.
  const ahead = (dayOfMonth > statementDayOfMonth ? 1 : 0) + (dueDayOfMonth <= statementDayOfMonth ? 1 : 0);
  let days = dueDayOfMonth - dayOfMonth;
  for (let k = 0; k < ahead; k++) {
    const months = month - 1 + k;
    days += daysInMonth(year + Math.floor(months / 12), months % 12 + 1);
  }
  return days;
}
