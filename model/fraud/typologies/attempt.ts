// One attempt of a plot: how much, and when.

import type { Fen } from "#/model/units/units.ts";

/** What an attempt depends on. One record is reused for all attempts. */
export interface AttemptFacts {
  /** Attempts of the plot that are left on the line that is drawn, this one included. */
  attemptsLeft: number;
  /** What the attempt is sized by, whole fen: see `sizedBy` of the typology. Unused where that is what is available. */
  medianFen: Fen;
  /** What the line still has, whole fen; may be below zero. */
  availableFen: Fen;
  /** How long the spree lasts, in minutes. Unused by plots that take the whole day. */
  spreeMinutes: number;
  /** Uniform of the plot's day: one for all its attempts, and for a ring one for all its accounts. */
  uStart: number;
  /** Uniforms of the attempt. */
  uMinute: number;
  uAmount: number;
}

/** A record for attempts, to be filled anew for each. */
export function blankAttempt(): AttemptFacts {
  return {
    attemptsLeft: 0.5,
    medianFen: 0.5,
    availableFen: 0.5,
    spreeMinutes: 0.5,
    uStart: 0.5,
    uMinute: 0.5,
    uAmount: 0.5,
  };
}

/** Plots begin and end with the shops' day: orders are taken from 7 in the morning to midnight. */
export const firstMinute = 420;
const dayMinutes = 1_440 - firstMinute;

/** The smallest amount worth an attempt: CNY 1. */
export const leastFen: Fen = 100;

/**
 * An amount about the median: half of all amounts lie below it, down to its half, the others above, up to its double; never
 * more than is available, nothing where less than CNY 1 is.
 *
 * @example
 * ```ts
 * import { aroundMedianFen, blankAttempt } from "#/model/fraud/typologies/attempt.ts";
 * import assert from "node:assert/strict";
 * const facts = { ...blankAttempt(), medianFen: 90_000, availableFen: 150_000 };
 * assert.deepEqual([0, 0.5, 0.75, 0.999].map((uAmount) => aroundMedianFen({ ...facts, uAmount })),
 *   [45_000, 90_000, 135_000, 150_000]);
 * ```
 */
export function aroundMedianFen({ uAmount, medianFen, availableFen }: AttemptFacts): Fen {
  return within(availableFen, medianFen * Math.max(0.5 + uAmount, 2 * uAmount));
}

/**
 * A part of what is available: an even part, a quarter more or less, and the last attempt takes all that is left.
 *
 * @example
 * ```ts
 * import { blankAttempt, splitAvailableFen } from "#/model/fraud/typologies/attempt.ts";
 * import assert from "node:assert/strict";
 * const facts = { ...blankAttempt(), availableFen: 90_000, uAmount: 0 };
 * assert.equal(splitAvailableFen({ ...facts, attemptsLeft: 3 }), 22_500);
 * assert.equal(splitAvailableFen({ ...facts, attemptsLeft: 1 }), 90_000);
 * ```
 */
export function splitAvailableFen({ uAmount, availableFen, attemptsLeft }: AttemptFacts): Fen {
  return within(
    availableFen,
    attemptsLeft <= 1 ? availableFen : availableFen / attemptsLeft * (0.75 + 0.5 * uAmount),
  );
}

/**
 * Exactly what is needed, or nothing: a bill that can be paid only in part still shows as late.
 *
 * @example
 * ```ts
 * import { blankAttempt, neededFen } from "#/model/fraud/typologies/attempt.ts";
 * import assert from "node:assert/strict";
 * assert.equal(neededFen({ ...blankAttempt(), medianFen: 80_000, availableFen: 90_000 }), 80_000);
 * assert.equal(neededFen({ ...blankAttempt(), medianFen: 80_000, availableFen: 79_999 }), 0);
 * ```
 */
export function neededFen({ medianFen, availableFen }: AttemptFacts): Fen {
  return medianFen > availableFen ? 0 : within(availableFen, medianFen);
}

function within(availableFen: Fen, wishedFen: number): Fen {
  if (availableFen < leastFen) return 0;
  return Math.min(availableFen, Math.max(leastFen, Math.round(wishedFen)));
}

/**
 * A minute of a spree: all attempts of the plot lie within `spreeMinutes` of one start, and before midnight.
 *
 * @example
 * ```ts
 * import { blankAttempt, inOneSpree } from "#/model/fraud/typologies/attempt.ts";
 * import assert from "node:assert/strict";
 * const facts = { ...blankAttempt(), spreeMinutes: 30, uStart: 0.999 };
 * assert.deepEqual([0, 0.5, 0.999].map((uMinute) => inOneSpree({ ...facts, uMinute })), [1_410, 1_425, 1_439]);
 * ```
 */
export function inOneSpree({ uStart, uMinute, spreeMinutes }: AttemptFacts): number {
  const span = Math.max(1, Math.min(dayMinutes, spreeMinutes));
  return firstMinute + Math.floor(uStart * (dayMinutes - span + 1)) + Math.floor(uMinute * span);
}

/** A minute of the shops' day, each as likely as the others. */
export function overTheDay({ uMinute }: AttemptFacts): number {
  return firstMinute + Math.floor(uMinute * dayMinutes);
}

/**
 * The day of a plot on which attempt `k` is made: attempts are spread evenly over the days, the first on day 0.
 *
 * Shapes: `k` from 0 to `attempts` − 1; result 0 to `days` − 1.
 *
 * @example
 * ```ts
 * import { dayOfAttempt } from "#/model/fraud/typologies/attempt.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([0, 1, 2, 3, 4].map((k) => dayOfAttempt(k, { attempts: 5, days: 2 })), [0, 0, 0, 1, 1]);
 * ```
 */
export function dayOfAttempt(k: number, { attempts, days }: { attempts: number; days: number }): number {
  return Math.floor(k * days / attempts);
}
