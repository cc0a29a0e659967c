// Days and dates without a clock: the proleptic Gregorian calendar by arithmetic.

/** A calendar date. `month` 1 to 12, `dayOfMonth` 1 to 31, `weekday` 0 = Monday to 6 = Sunday. */
export interface CivilDate {
  year: number;
  month: number;
  dayOfMonth: number;
  weekday: number;
}

/**
 * Days since 1 January 1970 of an ISO date (`YYYY-MM-DD`).
 *
 * Errors: `SyntaxError` when the text is no ISO date or names a day that does not exist.
 * Source: H. Hinnant, "chrono-compatible low-level date algorithms" (the era of 146,097 days).
 *
 * @example
 * ```ts
 * import { epochDay } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * assert.equal(epochDay("1970-01-02"), 1);
 * assert.equal(epochDay("2019-07-01"), 18078);
 * ```
 */
export function epochDay(iso: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso);
  if (!match) throw new SyntaxError(`Cannot read date "${iso}": an ISO date such as 2019-07-01 is needed`);
  const year = Number(match[1]), month = Number(match[2]), dayOfMonth = Number(match[3]);
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400), yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOfMonth - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const day = era * 146_097 + dayOfEra - 719_468;
  const back = civil(day);
  if (back.year !== year || back.month !== month || back.dayOfMonth !== dayOfMonth) {
    throw new SyntaxError(`Cannot read date "${iso}": there is no such day`);
  }
  return day;
}

/**
 * The calendar date of a day counted from 1 January 1970.
 *
 * @example
 * ```ts
 * import { civil } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(civil(18078), { year: 2019, month: 7, dayOfMonth: 1, weekday: 0 });
 * ```
 */
export function civil(epoch: number): CivilDate {
  const z = epoch + 719_468;
  const era = Math.floor(z / 146_097), dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const mp = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * mp + 2) / 5) + 1;
  const month = mp < 10 ? mp + 3 : mp - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const weekday = ((epoch + 3) % 7 + 7) % 7;
  return { year, month, dayOfMonth, weekday };
}

/** The ISO text (`YYYY-MM-DD`) of a day counted from 1 January 1970. */
export function isoDate(epoch: number): string {
  const { year, month, dayOfMonth } = civil(epoch);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(dayOfMonth)}`;
}

/** The number of days in a month of a year. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/**
 * Whether a date is the last of its month.
 *
 * @example
 * ```ts
 * import { civil, epochDay, monthEnds } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(["2020-02-28", "2020-02-29"].map((iso) => monthEnds(civil(epochDay(iso)))), [false, true]);
 * ```
 */
export function monthEnds({ year, month, dayOfMonth }: CivilDate): boolean {
  return dayOfMonth === daysInMonth(year, month);
}
