// The freeze: several large purchases in a short time put part of a limit on hold for some days.

import { type Bps, bpsOf, type Fen } from "#/model/units/units.ts";

/**
 * How many large purchases lie in the present window, this one counted.
 *
 * Shapes and units: `count` before it; days; a window begins with its first large purchase and lasts `windowDays`.
 *
 * @example
 * ```ts
 * import { largeInWindow } from "#/model/credit/freeze.ts";
 * import assert from "node:assert/strict";
 * assert.equal(largeInWindow(2, { since: 10, day: 12, windowDays: 3 }), 3);
 * assert.equal(largeInWindow(2, { since: 10, day: 13, windowDays: 3 }), 1);
 * ```
 */
export function largeInWindow(
  count: number,
  { since, day, windowDays }: { since: number; day: number; windowDays: number },
): number {
  return day - since < windowDays ? count + 1 : 1;
}

/**
 * What is on hold of a limit today: nothing after the last day of the freeze.
 *
 * Shapes and units: whole fen; `frozenBps` of the limit; `frozenUntil` the last day. Result 0 to the limit, rounded to the fen.
 *
 * @example
 * ```ts
 * import { frozenFen } from "#/model/credit/freeze.ts";
 * import assert from "node:assert/strict";
 * assert.equal(frozenFen(100_000, { frozenBps: 3_000, frozenUntil: 7, day: 7 }), 30_000);
 * assert.equal(frozenFen(100_000, { frozenBps: 3_000, frozenUntil: 7, day: 8 }), 0);
 * ```
 */
export function frozenFen(
  limitFen: Fen,
  { frozenBps, frozenUntil, day }: { frozenBps: Bps; frozenUntil: number; day: number },
): Fen {
  return day <= frozenUntil ? bpsOf(limitFen, frozenBps) : 0;
}
