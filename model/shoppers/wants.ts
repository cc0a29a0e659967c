// How often people want to buy, what, and for how much.

import { exp } from "#/model/units/elementary.ts";
import { lognormalQuantile } from "#/model/statistics/normal.ts";
import type { CivilDate } from "#/model/units/calendar.ts";

/** The largest number of wants that one shopper can have on one day. */
export const maxWantsOfDay = 24;

/**
 * Cumulative Poisson probabilities 0 … `maxWantsOfDay` − 1 of one mean; the last want absorbs the rest.
 *
 * Shapes and units: `mean` wants a day, zero or more. Errors: `RangeError` for a negative mean.
 *
 * @example
 * ```ts
 * import { poissonLadder, wantsOf } from "#/model/shoppers/wants.ts";
 * import assert from "node:assert/strict";
 * const ladder = poissonLadder(0.5);
 * assert.equal(wantsOf(0.6, ladder, 0), 0); // P(0) = 0.6065
 * assert.equal(wantsOf(0.61, ladder, 0), 1);
 * ```
 */
export function poissonLadder(mean: number): Float64Array {
  if (!(mean >= 0)) {
    throw new RangeError(`Cannot make a ladder of wants for a mean of ${mean}: it must not be negative`);
  }
  const ladder = new Float64Array(maxWantsOfDay);
  let p = exp(-mean), sum = p;
  for (let k = 0; k < maxWantsOfDay; k++) {
    ladder[k] = sum;
    p *= mean / (k + 1);
    sum += p;
  }
  return ladder;
}

/** Wants of a day by inverse transform: the first step of the ladder above `u`, starting at `offset` in `ladders`. */
export function wantsOf(u: number, ladders: Float64Array, offset: number): number {
  let k = 0;
  while (k < maxWantsOfDay && u >= ladders[offset + k]) k++;
  return k;
}

/**
 * How much stronger than an average day people want to buy: weekends, and the festivals of 18 June and 11 November.
 *
 * Shapes and units: factors in bps of an ordinary day; on average over a year the festivals are included, so ordinary
 * days are scaled down. Source: assumption; the dates are those of the two shopping festivals.
 *
 * @example
 * ```ts
 * import { demandFactor } from "#/model/shoppers/wants.ts";
 * import assert from "node:assert/strict";
 * const festival = { year: 2019, month: 11, dayOfMonth: 11, weekday: 0 };
 * const ordinary = { year: 2019, month: 7, dayOfMonth: 1, weekday: 0 };
 * const terms = { festivalFactorBps: 80_000, weekendFactorBps: 12_000 };
 * assert.equal(demandFactor(festival, terms) / demandFactor(ordinary, terms), 8);
 * ```
 */
export function demandFactor(
  date: CivilDate,
  { festivalFactorBps, weekendFactorBps }: { festivalFactorBps: number; weekendFactorBps: number },
): number {
  const festival = festivalFactorBps / 10_000, weekend = weekendFactorBps / 10_000;
  const mean = (2 * festival + 363 * (5 + 2 * weekend) / 7) / 365;
  const isFestival = (date.month === 6 && date.dayOfMonth === 18) ||
    (date.month === 11 && date.dayOfMonth === 11);
  return (isFestival ? festival : date.weekday >= 5 ? weekend : 1) / mean;
}

/** Steps of the table of baskets. */
export const basketSteps = 2048;

/**
 * A table of baskets of one category, so that a draw costs a look-up: the quantiles at the middle of each step.
 *
 * Shapes and units: `medianFen` fen, `sigma` of the logarithm; 2,048 entries in fen, not rounded.
 */
export function basketTable(medianFen: number, sigma: number): Float64Array {
  return Float64Array.from(
    { length: basketSteps },
    (_, i) => lognormalQuantile((i + 0.5) / basketSteps, { median: medianFen, sigma }),
  );
}
