// The dates of a deal: given ones, or a day of the month every so many months until maturity.

import { civil, daysInMonth, epochDay } from "#/model/units/calendar.ts";
import type { Schedule } from "./terms.ts";

/**
 * The days of a schedule from its first until the last day allowed, ascending.
 *
 * Shapes: days since 1 January 1970. `dayOfMonth` "last" is the last day of the month; a day that a month lacks is its
 * last. The first date stands as given, the next is the first such day after it, then every so many months.
 * Errors: `RangeError` for given dates that do not ascend.
 *
 * @example
 * ```ts
 * import { daysOf } from "#/model/funding/deal/dates.ts";
 * import { epochDay, isoDate } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * const days = daysOf({ first: "2025-01-20", dayOfMonth: "last", everyMonths: 1 }, epochDay("2025-04-01"));
 * assert.deepEqual(days.map(isoDate), ["2025-01-20", "2025-01-31", "2025-02-28", "2025-03-31"]);
 * ```
 */
export function daysOf(schedule: Schedule, last: number): number[] {
  if ("dates" in schedule) {
    const days = schedule.dates.map(epochDay);
    const off = days.findIndex((day, i) => i > 0 && day <= days[i - 1]);
    if (off > 0) {
      throw new RangeError(`dates must ascend: ${schedule.dates[off]} follows ${schedule.dates[off - 1]}`);
    }
    return days.filter((day) => day <= last);
  }
  const { first, dayOfMonth, everyMonths } = schedule;
  const days = [epochDay(first)];
  let { year, month } = civil(days[0]);
  const at = (y: number, m: number) => {
    const length = daysInMonth(y, m);
    const day = dayOfMonth === "last" || dayOfMonth > length ? length : dayOfMonth;
    return epochDay(`${String(y).padStart(4, "0")}-${two(m)}-${two(day)}`);
  };
  if (at(year, month) > days[0]) days.push(at(year, month));
  while (true) {
    month += everyMonths;
    if (month > 12) [year, month] = [year + 1, month - 12];
    const day = at(year, month);
    if (day > last) return days.filter((it) => it <= last);
    days.push(day);
  }
}

const two = (n: number) => String(n).padStart(2, "0");

/** The same day a number of months later, or the last of its month. */
export function monthsLater(day: number, months: number): number {
  const { year, month, dayOfMonth } = civil(day);
  const index = year * 12 + month - 1 + months;
  const y = Math.floor(index / 12), m = index - y * 12 + 1;
  const capped = Math.min(dayOfMonth, daysInMonth(y, m));
  return epochDay(`${String(y).padStart(4, "0")}-${two(m)}-${two(capped)}`);
}
