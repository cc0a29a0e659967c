// Business days of the market in United States government bonds, for the bonds of the known answers that are paid by them.

import { civil, daysInMonth, epochDay } from "#/model/units/calendar.ts";
import { easter } from "./brazil.ts";

const dayOf = (year: number, month: number, dayOfMonth: number) =>
  epochDay(`${year}-${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`);

/** The n-th weekday (0 = Monday) of a month; counted from the end where n is 0. */
function nth(year: number, month: number, { weekday, n }: { weekday: number; n: number }): number {
  const first = dayOf(year, month, 1), last = first + daysInMonth(year, month) - 1;
  if (n === 0) return last - (civil(last).weekday - weekday + 7) % 7;
  return first + (weekday - civil(first).weekday + 7) % 7 + 7 * (n - 1);
}

/** A fixed holiday as it is kept: on Monday after a Sunday, on Friday before a Saturday. */
function kept(day: number, { onFridays = true } = {}): number {
  const { weekday } = civil(day);
  return weekday === 6 ? day + 1 : weekday === 5 && onFridays ? day - 1 : day;
}

/** The holidays of a year. */
export function holidays(year: number): number[] {
  return [
    kept(dayOf(year, 1, 1), { onFridays: false }),
    nth(year, 1, { weekday: 0, n: 3 }),
    nth(year, 2, { weekday: 0, n: 3 }),
    easter(year) - 2,
    nth(year, 5, { weekday: 0, n: 0 }),
    ...(year >= 2022 ? [kept(dayOf(year, 6, 19))] : []),
    kept(dayOf(year, 7, 4)),
    nth(year, 9, { weekday: 0, n: 1 }),
    nth(year, 10, { weekday: 0, n: 2 }),
    kept(dayOf(year, 11, 11)),
    nth(year, 11, { weekday: 3, n: 4 }),
    kept(dayOf(year, 12, 25)),
  ];
}

/** Whether government bonds are settled on a day since 1970. */
export function isGovernmentBondDay(day: number): boolean {
  const { year, weekday } = civil(day);
  return weekday < 5 && !holidays(year).includes(day);
}
