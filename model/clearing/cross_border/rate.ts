// The path of the mid rate: a quarter of an hour is one step, on days on which banks are open; and when such a day comes.

import type { Ppm } from "#/model/units/units.ts";
import { civil } from "#/model/units/calendar.ts";

/** Steps of the rate in a day: one every fifteen minutes. */
export const rateSteps = 96;

/**
 * The mid rate after one step: moved by its volatility times a standard normal deviate, a whole ppm, never below 1.
 *
 * Shapes and units: `volatilityBps` of a day; `z` a standard normal deviate. Errors: none.
 * Source: a random walk without drift; 96 steps together have the volatility of a day.
 *
 * @example
 * ```ts
 * import { nextMidPpm } from "#/model/clearing/cross_border/rate.ts";
 * import assert from "node:assert/strict";
 * assert.equal(nextMidPpm(880_000, { z: 0, volatilityBps: 25 }), 880_000);
 * assert.ok(nextMidPpm(880_000, { z: 1, volatilityBps: 25 }) > 880_000);
 * ```
 */
export function nextMidPpm(
  midPpm: Ppm,
  { z, volatilityBps }: { z: number; volatilityBps: number },
): Ppm {
  return Math.max(1, Math.round(midPpm * (1 + volatilityBps / 10_000 / Math.sqrt(rateSteps) * z)));
}

/** Whether banks are open: Monday to Friday. Shapes: days since 1 January 1970. Public holidays are not known. */
export function isBusinessDay(epoch: number): boolean {
  return civil(epoch).weekday < 5;
}

/**
 * The day that lies a number of business days after another.
 *
 * Shapes: `epoch` in days since 1 January 1970, `businessDays` whole and at least 1. Errors: none.
 *
 * @example
 * ```ts
 * import { epochDay } from "#/model/units/calendar.ts";
 * import { businessDayAfter } from "#/model/clearing/cross_border/rate.ts";
 * import assert from "node:assert/strict";
 * const friday = epochDay("2019-07-05");
 * assert.equal(businessDayAfter(friday, 1) - friday, 3);
 * assert.equal(businessDayAfter(friday + 1, 1) - friday, 3); // a Saturday's purchase settles on Monday, too
 * ```
 */
export function businessDayAfter(epoch: number, businessDays: number): number {
  let day = epoch;
  for (let left = businessDays; left > 0;) if (isBusinessDay(++day)) left--;
  return day;
}
