// Points: log-odds on a scale that people can read and add up.

import { log } from "#/model/units/elementary.ts";

/** What a score means: `baseOdds` goods to one bad at `basePoints`, twice that every `pointsToDoubleOdds` points. */
export interface PointsScale {
  basePoints: number;
  baseOdds: number;
  pointsToDoubleOdds: number;
}

/** 600 points stand for 49 goods to one bad (2 % bad); 40 points double the odds. */
export const usualScale: PointsScale = { basePoints: 600, baseOdds: 49, pointsToDoubleOdds: 40 };

/** Points to one unit of log-odds. Errors: `RangeError` for odds or points to double them that are not above 0. */
export function pointsPerLogOdds({ baseOdds, pointsToDoubleOdds }: PointsScale): number {
  if (!(baseOdds > 0 && baseOdds < Infinity && pointsToDoubleOdds > 0 && pointsToDoubleOdds < Infinity)) {
    throw new RangeError(
      `Cannot scale points to odds of ${baseOdds} that double every ${pointsToDoubleOdds} points: ` +
        "allowed are numbers above 0",
    );
  }
  return pointsToDoubleOdds / log(2);
}

/**
 * The points of log-odds good : bad.
 *
 * Errors: as {@link pointsPerLogOdds}. Source: N. Siddiqi, "Credit Risk Scorecards": offset + factor · ln(odds).
 *
 * @example
 * ```ts
 * import { pointsOfLogOdds, usualScale } from "#/model/scoring/fit/points.ts";
 * import assert from "node:assert/strict";
 * assert.equal(pointsOfLogOdds(Math.log(49), usualScale).toFixed(6), "600.000000");
 * assert.equal(pointsOfLogOdds(Math.log(98), usualScale).toFixed(6), "640.000000");
 * ```
 */
export function pointsOfLogOdds(logOddsOfGood: number, scale: PointsScale): number {
  return scale.basePoints + pointsPerLogOdds(scale) * (logOddsOfGood - log(scale.baseOdds));
}
