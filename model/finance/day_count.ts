// How many years lie between two dates, by the conventions of the market.

import { civil, type CivilDate, daysInMonth, epochDay, monthEnds } from "#/model/units/calendar.ts";

/** The conventions that are known. */
export const dayCounts = [
  "act/365F",
  "act/365.25",
  "act/364",
  "act/360",
  "act/act ISDA",
  "30/360 ISDA",
  "30U/360",
  "30E/360",
  "30E/360 ISDA",
  "30E+/360",
  "nl/365",
  "nl/360",
] as const;

/** A convention. */
export type DayCount = typeof dayCounts[number];

/**
 * Years from one day to another.
 *
 * Shapes: days since 1 January 1970; negative where the second comes first, except that 30/360 rules look at the dates in
 * the order given. Errors: none.
 * Source: ISDA Definitions 2006, section 4.16 ("30E/360 ISDA" without its exception for the termination date); nl leaves
 * 29 February out; 30U/360 is that of the United States (SIA), in which the end of February counts as the 30th.
 *
 * @example
 * ```ts
 * import { yearsBetween } from "#/model/finance/day_count.ts";
 * import { epochDay } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * const days = ["2024-01-31", "2024-07-31"].map(epochDay);
 * assert.equal(yearsBetween(days[0], days[1], "30E/360"), 0.5);
 * assert.equal(yearsBetween(days[0], days[1], "act/act ISDA"), 182 / 366);
 * ```
 */
export function yearsBetween(from: number, to: number, convention: DayCount = "act/365F"): number {
  switch (convention) {
    case "act/365F":
      return (to - from) / 365;
    case "act/365.25":
      return (to - from) / 365.25;
    case "act/364":
      return (to - from) / 364;
    case "act/360":
      return (to - from) / 360;
    case "nl/365":
      return (to - from - leapDays(from, to)) / 365;
    case "nl/360":
      return (to - from - leapDays(from, to)) / 360;
    case "act/act ISDA":
      return civil(to).year - civil(from).year + (yearPart(to) - yearPart(from));
    default:
      return thirties(from, to, convention) / 360;
  }
}

/** The part of its year that has passed. */
function yearPart(day: number): number {
  const { year } = civil(day), start = epochDay(`${String(year).padStart(4, "0")}-01-01`);
  return (day - start) / (daysInMonth(year, 2) === 29 ? 366 : 365);
}

/** How many 29ths of February lie after the first day and not after the second. */
function leapDays(from: number, to: number): number {
  if (to < from) return -leapDays(to, from);
  let count = 0;
  for (let { year } = civil(from); year <= civil(to).year; year++) {
    if (daysInMonth(year, 2) !== 29) continue;
    const day = epochDay(`${String(year).padStart(4, "0")}-02-29`);
    if (day > from && day <= to) count++;
  }
  return count;
}

/** Days between two dates where each month has thirty: the conventions differ in the days that they move to the 30th. */
function thirties(from: number, to: number, convention: DayCount): number {
  const a = civil(from), b = civil(to);
  const februaryEnds = convention === "30U/360" || convention === "30E/360 ISDA";
  const fromFebruary = februaryEnds && endsFebruary(a), toFebruary = februaryEnds && endsFebruary(b);
  const first = fromFebruary ? 30 : Math.min(30, a.dayOfMonth);
  const isEuropean = convention === "30E/360" || convention === "30E/360 ISDA";
  // 30E+ leaves a 31st, which is the 1st of the next month and a day after this month's 30th.
  const moves = b.dayOfMonth === 31 && (isEuropean || first === 30 && convention !== "30E+/360");
  let second = moves ? 30 : b.dayOfMonth;
  if (toFebruary && (convention === "30E/360 ISDA" || fromFebruary)) second = 30;
  return (b.year - a.year) * 360 + (b.month - a.month) * 30 + second - first;
}

const endsFebruary = (date: CivilDate) => date.month === 2 && monthEnds(date);
