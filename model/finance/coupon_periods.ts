// The coupon periods of a bond: dates counted back from maturity, stubs at either end, and what part of a year each is.

import { civil, daysInMonth, epochDay } from "#/model/units/calendar.ts";
import { checked } from "./checks.ts";
import { type DayCount, yearsBetween } from "./day_count.ts";

/** The dates of a bond, in days since 1970. */
export interface CouponDates {
  /** Interest runs from here. */
  effective: number;
  maturity: number;
  /** 1, 2, 3, 4, 6 or 12. */
  couponsPerYear: number;
  /** The end of a first period of another length; without it a first period may be short. */
  firstCoupon?: number;
  /** The start of a last period of another length; dates are then counted back from it. */
  nextToLast?: number;
  /** Whether coupons fall on the last day of the month where the last regular one does. */
  endOfMonth?: boolean;
  /** How interest is counted; "act/act ISMA" gives each regular period the same part of a year. */
  dayCount?: DayCount | "act/act ISMA";
}

/** One coupon period. */
export interface CouponPeriod {
  from: number;
  to: number;
  /** What part of a year its interest is for. */
  years: number;
}

/**
 * The coupon periods, in order.
 *
 * Errors: `RangeError` for a maturity not after the effective date, a stub date outside the bond's life, or a number of coupons
 * a year that does not divide 12. Source: ICMA rule 251 for act/act: a stub counts the days of each notional period that it
 * touches, notional periods going on from the regular ones.
 *
 * @example
 * ```ts
 * import { couponPeriods } from "#/model/finance/coupon_periods.ts";
 * import { epochDay, isoDate } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * const [effective, maturity] = ["2024-02-15", "2025-05-31"].map(epochDay);
 * const periods = couponPeriods({ effective, maturity, couponsPerYear: 2, endOfMonth: true });
 * assert.deepEqual(periods.map(({ to }) => isoDate(to)), ["2024-05-31", "2024-11-30", "2025-05-31"]);
 * assert.deepEqual(periods.map(({ years }) => years), [106 / 183 / 2, 0.5, 0.5]);
 * ```
 */
export function couponPeriods(dates: CouponDates): CouponPeriod[] {
  const ends = periodEnds(dates);
  return ends.slice(1).map((to, k) => ({
    from: ends[k],
    to,
    years: yearsWithin(dates, { from: ends[k], to }),
  }));
}

/**
 * What part of a year lies between two days, as the bond's interest counts it.
 *
 * Shapes: days since 1970, the second not before the first; "act/act ISMA" adds up over notional periods. Errors: none of its own.
 */
export function yearsWithin(dates: CouponDates, { from, to }: { from: number; to: number }): number {
  const { dayCount = "act/act ISMA", couponsPerYear } = dates;
  if (dayCount !== "act/act ISMA") return yearsBetween(from, to, dayCount);
  if (from === to) return 0;
  const at = regularDates(dates);
  // About the notional period of the first day, then the very one.
  let k = Math.floor((from - at(0)) / 365.25 * couponsPerYear);
  while (at(k) > from) k--;
  while (at(k + 1) <= from) k++;
  let years = 0;
  for (; at(k) < to; k++) {
    const days = Math.min(to, at(k + 1)) - Math.max(from, at(k));
    years += days / (at(k + 1) - at(k)) / couponsPerYear;
  }
  return years;
}

/** The notional coupon date of any number, from the last regular one, which is number 0. */
function regularDates({ maturity, nextToLast, couponsPerYear, endOfMonth = false }: CouponDates) {
  const anchor = civil(nextToLast ?? maturity), months = 12 / couponsPerYear;
  const lastDay = endOfMonth && anchor.dayOfMonth === daysInMonth(anchor.year, anchor.month);
  return (k: number): number => {
    const count = anchor.year * 12 + anchor.month - 1 + k * months;
    const year = Math.floor(count / 12), month = count - year * 12 + 1, days = daysInMonth(year, month);
    const dayOfMonth = lastDay ? days : Math.min(anchor.dayOfMonth, days);
    const two = (n: number) => String(n).padStart(2, "0");
    return epochDay(`${String(year).padStart(4, "0")}-${two(month)}-${two(dayOfMonth)}`);
  };
}

function periodEnds(dates: CouponDates): number[] {
  const { effective, maturity, couponsPerYear, firstCoupon, nextToLast } = dates;
  checked("effective", effective, { isWhole: true });
  checked("maturity", maturity, { least: effective + 1, isWhole: true });
  if (![1, 2, 3, 4, 6, 12].includes(couponsPerYear)) {
    throw new RangeError(`Cannot use ${couponsPerYear} as couponsPerYear: 1, 2, 3, 4, 6 or 12 is needed`);
  }
  const inside = { least: effective + 1, most: maturity - 1, isWhole: true };
  const earliest = firstCoupon === undefined ? effective : checked("firstCoupon", firstCoupon, inside);
  if (nextToLast !== undefined) {
    checked("nextToLast", nextToLast, { ...inside, least: Math.max(inside.least, earliest) });
  }
  const at = regularDates(dates), regular: number[] = [];
  for (let k = 0; at(k) > earliest; k--) regular.push(at(k));
  const first = firstCoupon === undefined ? [effective] : [effective, firstCoupon];
  return [...first, ...regular.reverse(), ...(nextToLast === undefined ? [] : [maturity])];
}
