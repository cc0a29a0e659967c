// When money moves if a date is no business day, by the conventions of the market.

import { civil } from "#/model/units/calendar.ts";
import { checked } from "./checks.ts";

/** Where a payment goes whose date is no business day. */
export const dayConventions = ["unadjusted", "following", "modified following", "preceding"] as const;

/** A convention. */
export type DayConvention = typeof dayConventions[number];

/** Whether a day since 1970 is one on which money moves. */
export type IsBusinessDay = (day: number) => boolean;

/**
 * The day on which a payment of a date is made.
 *
 * Shapes: days since 1 January 1970; "modified following" goes back where going on would leave the month. Errors: `RangeError`
 * where no business day lies within a month. Source: ISDA Definitions 2006, section 4.12.
 *
 * @example
 * ```ts
 * import { paymentDay } from "#/model/finance/business_days.ts";
 * import { civil, epochDay } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * const isBusinessDay = (day: number) => civil(day).weekday < 5;
 * const sunday = epochDay("2008-11-30");
 * assert.equal(paymentDay(sunday, { isBusinessDay, convention: "following" }), epochDay("2008-12-01"));
 * assert.equal(paymentDay(sunday, { isBusinessDay, convention: "modified following" }), epochDay("2008-11-28"));
 * ```
 */
export function paymentDay(
  day: number,
  { isBusinessDay, convention }: { isBusinessDay: IsBusinessDay; convention: DayConvention },
): number {
  if (convention === "unadjusted") return day;
  if (convention === "preceding") return nearest(day, { isBusinessDay, step: -1 });
  const next = nearest(day, { isBusinessDay, step: 1 });
  const leavesMonth = civil(next).month !== civil(day).month;
  return convention === "modified following" && leavesMonth
    ? nearest(day, { isBusinessDay, step: -1 })
    : next;
}

/** The day a number of business days after a date, as trades settle. Errors: `RangeError` for a number that is not whole or negative. */
export function afterBusinessDays(
  day: number,
  { isBusinessDay, businessDays }: { isBusinessDay: IsBusinessDay; businessDays: number },
): number {
  checked("businessDays", businessDays, { least: 0, isWhole: true });
  let at = nearest(day, { isBusinessDay, step: 1 });
  for (let k = 0; k < businessDays; k++) at = nearest(at + 1, { isBusinessDay, step: 1 });
  return at;
}

function nearest(
  day: number,
  { isBusinessDay, step }: { isBusinessDay: IsBusinessDay; step: 1 | -1 },
): number {
  for (let at = day; Math.abs(at - day) <= 31; at += step) if (isBusinessDay(at)) return at;
  throw new RangeError(`Cannot pay near day ${day}: no business day within 31 days`);
}
