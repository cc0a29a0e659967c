// Business days in Brazil, for the one bond of the known answers that counts them: weekends, fixed and Easter's holidays.

import { civil, epochDay } from "#/model/units/calendar.ts";

/** Fixed holidays, month and day, as the settlement calendar had them for the years of the bond. */
const fixed = ["01-01", "04-21", "05-01", "09-07", "10-12", "11-02", "11-15", "12-25"];
/** Carnival Monday and Tuesday, Good Friday and Corpus Christi, in days from Easter Sunday. */
const moving = [-48, -47, -2, 60];

/** Easter Sunday of a year as a day since 1970, by the anonymous Gregorian computus. */
export function easter(year: number): number {
  const a = year % 19, b = Math.floor(year / 100), c = year % 100;
  const d = Math.floor(b / 4), e = b % 4, f = Math.floor((b + 8) / 25), g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - d - g + 15) % 30, i = Math.floor(c / 4), k = c % 4;
  const l = (32 + 2 * e + 2 * i - h - k) % 7, m = Math.floor((a + 11 * h + 22 * l) / 451);
  const month = Math.floor((h + l - 7 * m + 114) / 31), day = (h + l - 7 * m + 114) % 31 + 1;
  return epochDay(`${year}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`);
}

/** Whether a day since 1970 is a business day in Brazil. */
export function isBusinessDay(epoch: number): boolean {
  const { year, month, dayOfMonth, weekday } = civil(epoch);
  if (weekday >= 5) return false;
  const name = `${String(month).padStart(2, "0")}-${String(dayOfMonth).padStart(2, "0")}`;
  // Consciência Negra is a national holiday since 2024.
  if (year >= 2024 && name === "11-20") return false;
  return !fixed.includes(name) && !moving.includes(epoch - easter(year));
}

/** Business days from a day to another, the first included and the last not. */
export function businessDays(from: number, until: number): number {
  let days = 0;
  for (let epoch = from; epoch < until; epoch++) if (isBusinessDay(epoch)) days++;
  return days;
}
