// When income fails, and for how long.

import { log } from "#/model/units/elementary.ts";

/**
 * The probability that hardship begins within one month.
 *
 * Shapes and units: `perYearBps` for an average person at normal unemployment; `proneness` the person's own factor, mean
 * 1; `unemploymentGapBps` unemployment above its level at the start, in bps; `perUnemploymentBps` what one percentage
 * point adds to the rate, 10,000 = doubles it. Result 0 to 1. Source: assumption; macro acts on people, never on defaults.
 *
 * @example
 * ```ts
 * import { hardshipOnset } from "#/model/shoppers/hardship.ts";
 * import assert from "node:assert/strict";
 * const terms = { hardshipPerYearBps: 1_200, hardshipPerUnemploymentBps: 5_000 };
 * assert.equal(hardshipOnset({ proneness: 1, unemploymentGapBps: 0 }, terms), 0.01);
 * assert.equal(hardshipOnset({ proneness: 1, unemploymentGapBps: 200 }, terms), 0.02);
 * ```
 */
export function hardshipOnset(
  { proneness, unemploymentGapBps }: { proneness: number; unemploymentGapBps: number },
  { hardshipPerYearBps, hardshipPerUnemploymentBps }: {
    hardshipPerYearBps: number;
    hardshipPerUnemploymentBps: number;
  },
): number {
  const macro = 1 + unemploymentGapBps / 100 * hardshipPerUnemploymentBps / 10_000;
  return Math.max(0, Math.min(1, hardshipPerYearBps / 120_000 * proneness * macro));
}

/**
 * Days that a hardship lasts: exponential with the given mean, from 10 days to four means.
 *
 * @example
 * ```ts
 * import { hardshipDays } from "#/model/shoppers/hardship.ts";
 * import assert from "node:assert/strict";
 * assert.equal(hardshipDays(0.5, 150), 104); // 150 · ln 2
 * ```
 */
export function hardshipDays(u: number, meanDays: number): number {
  return Math.max(10, Math.min(4 * meanDays, Math.round(-log(u) * meanDays)));
}
