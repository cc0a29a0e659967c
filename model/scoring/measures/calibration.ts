// Whether probabilities mean what they say: the Brier score, and expected against observed by decile.

import { type Interval, wilsonInterval } from "#/model/statistics/interval.ts";
import { ascending, checkSample } from "./sample.ts";

/** A tenth of the rows, from the safest to the riskiest. */
export interface CalibrationBand extends Interval {
  rows: number;
  bads: number;
  /** Mean probability. */
  expected: number;
  /** Share of bads; `low` and `high` are Wilson's interval for it. */
  observed: number;
}

/**
 * The mean squared distance between probability and outcome: 0 is perfect, the share of bads times its complement is what
 * one probability for all would give.
 *
 * Errors: as `auc()`, and `RangeError` for a probability outside 0 to 1. One class is allowed.
 * Source: G. W. Brier, 1950.
 *
 * @example
 * ```ts
 * import { brier } from "#/model/scoring/measures/calibration.ts";
 * import assert from "node:assert/strict";
 * assert.equal(brier([0.5, 1, 0], [1, 1, 0]), 0.25 / 3);
 * ```
 */
export function brier(pds: ArrayLike<number>, isBad: ArrayLike<number>): number {
  checkSample(pds, isBad, { measure: "a Brier score", least: 0 });
  checkProbabilities(pds, "a Brier score");
  let sum = 0;
  for (let i = 0; i < pds.length; i++) sum += (pds[i] - isBad[i]) * (pds[i] - isBad[i]);
  return sum / pds.length;
}

/**
 * Expected against observed share of bads in bands of about equally many rows, from the safest to the riskiest.
 *
 * Rows of one probability are never parted, so there may be fewer bands than asked for.
 * Errors: as {@link brier}; `RangeError` for a number of bands that is not whole or below 1.
 *
 * @example
 * ```ts
 * import { calibrationBands } from "#/model/scoring/measures/calibration.ts";
 * import assert from "node:assert/strict";
 * const [safe, risky] = calibrationBands([0.1, 0.1, 0.6, 0.6], [0, 0, 1, 0], { bands: 2 });
 * assert.deepEqual([safe.observed, risky.expected, risky.observed], [0, 0.6, 0.5]);
 * ```
 */
export function calibrationBands(
  pds: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { bands = 10 }: { bands?: number } = {},
): CalibrationBand[] {
  checkSample(pds, isBad, { measure: "calibration", least: 0 });
  checkProbabilities(pds, "calibration");
  if (!(Number.isInteger(bands) && bands >= 1)) {
    throw new RangeError(`Cannot take calibration in ${bands} bands: allowed is a whole number from 1`);
  }
  const order = ascending(pds), made: CalibrationBand[] = [];
  let from = 0;
  for (let band = 0; band < bands && from < order.length; band++) {
    let to = Math.max(from + 1, Math.round(order.length * (band + 1) / bands));
    while (to < order.length && pds[order[to]] === pds[order[to - 1]]) to++;
    let bads = 0, sum = 0;
    for (let i = from; i < to; i++) {
      bads += isBad[order[i]];
      sum += pds[order[i]];
    }
    const rows = to - from;
    made.push({ rows, bads, expected: sum / rows, observed: bads / rows, ...wilsonInterval(bads, rows) });
    from = to;
  }
  return made;
}

function checkProbabilities(pds: ArrayLike<number>, measure: string): void {
  if (pds.length === 0) throw new RangeError(`Cannot take ${measure} of no rows: at least one is needed`);
  for (let i = 0; i < pds.length; i++) {
    if (!(pds[i] >= 0 && pds[i] <= 1)) {
      throw new RangeError(
        `Cannot take ${measure}: the probability in row ${i} is ${pds[i]}; allowed is 0 to 1`,
      );
    }
  }
}
