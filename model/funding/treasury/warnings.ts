// Early warnings: indicators with thresholds, and how well they foretold the days on which money was short.

/** The indicators of a treasury, in the order of their numbers. */
export const indicators = [
  "survivalHorizon",
  "bufferRatio",
  "lineUtilisation",
  "spread",
  "lateShare",
  "forecastError",
] as const;
/** The name of an indicator. */
export type Indicator = typeof indicators[number];

/** Tonight's readings. */
export type Readings = Record<Indicator, number>;

/** Whether a low or a high reading warns. */
export const warnsBelow: Record<Indicator, boolean> = {
  survivalHorizon: true,
  bufferRatio: true,
  lineUtilisation: false,
  spread: false,
  lateShare: false,
  forecastError: false,
};

/**
 * The indicators that warn, as bits by their place.
 *
 * @example
 * ```ts
 * import { warningBits } from "#/model/funding/treasury/warnings.ts";
 * import assert from "node:assert/strict";
 * const at = { survivalHorizon: 40, bufferRatio: 0.5, lineUtilisation: 0.8, spread: 0.01, lateShare: 0.05, forecastError: 0.3 };
 * assert.equal(warningBits({ ...at, survivalHorizon: 39, lateShare: 0.06 }, at), 0b010001);
 * ```
 */
export function warningBits(readings: Readings, thresholds: Readings): number {
  let bits = 0;
  for (let k = 0; k < indicators.length; k++) {
    const name = indicators[k], reading = readings[name], threshold = thresholds[name];
    if (warnsBelow[name] ? reading < threshold : reading > threshold) bits |= 1 << k;
  }
  return bits;
}

/** How many indicators warn. */
export function warningCount(bits: number): number {
  let n = 0;
  for (let left = bits; left !== 0; left &= left - 1) n++;
  return n;
}

/** How an alarm did. */
export interface WarningQuality {
  /** Shortfalls: first days of one after enough days without. */
  shortfalls: number;
  /** Those before which the alarm rang within the window, and those before which it did not. */
  hits: number;
  misses: number;
  /** Alarms after which nothing was short within the window. */
  falseAlarms: number;
  /** Days from the first ring of the alarm to the shortfall, one entry a hit. */
  leadDays: number[];
}

/**
 * Holds an alarm against what happened.
 *
 * Shapes: two equally long lists, one entry a day. A shortfall begins on the first short day after `quietDays` days without
 * one; a hit is an alarm that rang on one of the `windowDays` days before it, and its lead time counts from the first of
 * these on which it rang without a break of more than `quietDays`. An alarm that begins (after `quietDays` without one) and is
 * followed by no short day within the window is false; one too near the end to be judged is not counted.
 * Errors: `RangeError` when the lists are not equally long.
 *
 * @example
 * ```ts
 * import { warningQuality } from "#/model/funding/treasury/warnings.ts";
 * import assert from "node:assert/strict";
 * const rings = [0, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0], short = [0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0];
 * const found = warningQuality(rings.map(Boolean), short.map(Boolean), { windowDays: 4, quietDays: 2 });
 * assert.deepEqual(found, { shortfalls: 1, hits: 1, misses: 0, falseAlarms: 1, leadDays: [3] });
 * ```
 */
export function warningQuality(
  rings: readonly boolean[],
  short: readonly boolean[],
  { windowDays, quietDays }: { windowDays: number; quietDays: number },
): WarningQuality {
  if (rings.length !== short.length) {
    throw new RangeError(
      `Cannot judge an alarm of ${rings.length} days by ${short.length} days of money; allowed are as many`,
    );
  }
  const found: WarningQuality = { shortfalls: 0, hits: 0, misses: 0, falseAlarms: 0, leadDays: [] };
  const begins = (list: readonly boolean[], day: number) =>
    list[day] && !list.slice(Math.max(0, day - quietDays), day).includes(true);
  for (let day = 0; day < short.length; day++) {
    if (begins(short, day)) {
      found.shortfalls++;
      let first = -1, quiet = 0;
      for (let d = day - 1; d >= Math.max(0, day - windowDays); d--) {
        if (rings[d]) {
          first = d;
          quiet = 0;
        } else if (first >= 0 && ++quiet > quietDays) break;
      }
      if (first >= 0) {
        found.hits++;
        found.leadDays.push(day - first);
      } else found.misses++;
    }
    if (begins(rings, day)) {
      const until = day + windowDays;
      const isFollowed = short.slice(day, until + 1).includes(true);
      if (!isFollowed && until < short.length) found.falseAlarms++;
    }
  }
  return found;
}
