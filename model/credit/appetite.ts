// Risk appetite: in a downturn an issuer asks for a better score and grants smaller limits.

import type { Bps } from "#/model/units/units.ts";

/** How an issuer answers to unemployment. */
export interface AppetiteTerms {
  /** Points by which the cut-off rises with each percentage point of unemployment. */
  cutoffPerUnemploymentPoints: number;
  /** Bps of the usual limit lost with each percentage point of unemployment. */
  limitPerUnemploymentBps: Bps;
}

/** The least share of the usual limit that an issuer still grants. */
const floor = 1 / 3;

/**
 * The risk appetite of an issuer at an unemployment above that of calmer days.
 *
 * Shapes and units: `unemploymentGapBps` unemployment less what it was at the start, bps of the labour force; below zero the
 * appetite is as usual. Result: points added to the cut-off, and the share (a third to 1) of limits and raises that is
 * granted. Errors: none. Source: the direction is that of lending surveys in downturns; its size is an assumption.
 *
 * @example
 * ```ts
 * import { riskAppetite } from "#/model/credit/appetite.ts";
 * import assert from "node:assert/strict";
 * const terms = { cutoffPerUnemploymentPoints: 6, limitPerUnemploymentBps: 500 };
 * assert.deepEqual(riskAppetite(200, terms), { cutoffRisePoints: 12, limitShare: 0.9 });
 * assert.deepEqual(riskAppetite(-50, terms), { cutoffRisePoints: 0, limitShare: 1 });
 * ```
 */
export function riskAppetite(
  unemploymentGapBps: Bps,
  { cutoffPerUnemploymentPoints, limitPerUnemploymentBps }: AppetiteTerms,
): { cutoffRisePoints: number; limitShare: number } {
  const gapPoints = Math.max(0, unemploymentGapBps) / 100;
  return {
    cutoffRisePoints: gapPoints * cutoffPerUnemploymentPoints,
    limitShare: Math.max(floor, 1 - gapPoints * limitPerUnemploymentBps / 10_000),
  };
}
