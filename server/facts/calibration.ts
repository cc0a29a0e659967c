// Calibration: where each simulated figure falls against the published one and its range.

import type { CalibrationRow, RunResult } from "#/sim/result.ts";

/** A target with its verdict. `position` is 0 at the target, −1 at the range's low end, +1 at its high end. */
export interface Placed extends CalibrationRow {
  inside: boolean | null;
  position: number | null;
}

/**
 * Every target with its place in the range; null where nothing was simulated on that date.
 *
 * @example
 * ```ts
 * import { placed } from "#/server/facts/calibration.ts";
 * import { fixtureRun } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(placed(fixtureRun(false)).map(({ inside }) => inside), [true, false, true, null]);
 * ```
 */
export function placed(run: RunResult): Placed[] {
  return run.calibration.map((row) => {
    const { simulated, target, low, high } = row;
    if (simulated === null) return { ...row, inside: null, position: null };
    const side = simulated < target ? target - low : high - target;
    const position = simulated === target ? 0 : side > 0 ? (simulated - target) / side : null;
    return { ...row, inside: simulated >= low && simulated <= high, position };
  });
}

/** How many targets were met, missed and not reached by the run's dates; and whether the world has targets at all. */
export function verdictOf(
  run: RunResult,
): { calibrated: boolean; met: number; missed: number; unreached: number } {
  const rows = placed(run);
  const many = (inside: boolean | null) => rows.filter((row) => row.inside === inside).length;
  return {
    calibrated: run.world.calibration !== "uncalibrated" && rows.length > 0,
    met: many(true),
    missed: many(false),
    unreached: many(null),
  };
}
