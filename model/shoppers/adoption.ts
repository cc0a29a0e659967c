// Dated decisions about a credit line: to apply, to leave, to return.

/** What a person has seen of a product in the last month. */
export interface AdoptionFacts {
  /** Times the person wished to pay with it, or with any line, and could have, had they held it. */
  misses: number;
  /** Share of the population that holds the line. */
  share: number;
  /** The person's appetite for credit, 0 to 1. */
  appetite: number;
}

/**
 * The probability of applying for a line within one month.
 *
 * Shapes and units: bps a month; `perMissBps` for each want that the line would have served, up to `missesMax`; `friendsBps`
 * when everybody holds it. Result 0 to 1. Source: assumption (diffusion: own need, offers and friends).
 *
 * @example
 * ```ts
 * import { applyProbability } from "#/model/shoppers/adoption.ts";
 * import assert from "node:assert/strict";
 * const terms = { applyPerMonthBps: 20, perMissBps: 100, missesMax: 4, friendsBps: 0 };
 * assert.equal(applyProbability({ misses: 2, share: 0, appetite: 1 }, terms), 0.022);
 * ```
 */
export function applyProbability(
  { misses, share, appetite }: AdoptionFacts,
  { applyPerMonthBps, perMissBps, missesMax, friendsBps }: {
    applyPerMonthBps: number;
    perMissBps: number;
    missesMax: number;
    friendsBps: number;
  },
): number {
  const rateBps = applyPerMonthBps + perMissBps * Math.min(misses, missesMax) + friendsBps * share;
  return Math.min(1, rateBps / 10_000 * appetite);
}

/**
 * The probability of closing a line within one month: only who owes nothing may, and use keeps people.
 *
 * Shapes and units: full `leavePerMonthBps` after `leaveIdleDays` without use, in proportion before.
 *
 * @example
 * ```ts
 * import { leaveProbability } from "#/model/shoppers/adoption.ts";
 * import assert from "node:assert/strict";
 * const terms = { leavePerMonthBps: 100, leaveIdleDays: 90 };
 * assert.equal(leaveProbability({ owesNothing: true, idleDays: 200 }, terms), 0.01);
 * assert.equal(leaveProbability({ owesNothing: false, idleDays: 200 }, terms), 0);
 * ```
 */
export function leaveProbability(
  { owesNothing, idleDays }: { owesNothing: boolean; idleDays: number },
  { leavePerMonthBps, leaveIdleDays }: { leavePerMonthBps: number; leaveIdleDays: number },
): number {
  return owesNothing ? leavePerMonthBps / 10_000 * Math.min(1, idleDays / leaveIdleDays) : 0;
}
