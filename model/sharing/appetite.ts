// What an issuer accepts when it bears only a part of the loss: expected loss borne is held against an unchanged margin.

import { log } from "#/model/units/elementary.ts";

/** Four doublings of the odds: no issuer lends to everybody, however little of the loss is its own. */
const leastShare = 1 / 16;

/**
 * The least accepted score across the bridge, whole points.
 *
 * An issuer accepts as long as margin covers expected loss; who bears half of it accepts twice the odds of default, which is
 * `pointsToDoubleOdds` lower on the score.
 *
 * Shapes and units: `shareBorne` 0 to 1 of an expected loss; `lossResponseBps` 0 keeps the cut-off, 10,000 follows the share
 * whole. Errors: none; a share below 1/16 counts as that.
 *
 * @example
 * ```ts
 * import { cutoffForShare } from "#/model/sharing/appetite.ts";
 * import assert from "node:assert/strict";
 * const terms = { pointsToDoubleOdds: 20, lossResponseBps: 10_000 };
 * assert.equal(cutoffForShare(500, 1, terms), 500);
 * assert.equal(cutoffForShare(500, 0.5, terms), 480);
 * assert.equal(cutoffForShare(500, 0, terms), 420);
 * assert.equal(cutoffForShare(500, 0.5, { ...terms, lossResponseBps: 0 }), 500);
 * ```
 */
export function cutoffForShare(
  cutoffPoints: number,
  shareBorne: number,
  { pointsToDoubleOdds, lossResponseBps }: { pointsToDoubleOdds: number; lossResponseBps: number },
): number {
  const counted = Math.max(leastShare, 1 - lossResponseBps / 10_000 * (1 - shareBorne));
  return Math.round(cutoffPoints + pointsToDoubleOdds * log(counted) / log(2));
}
