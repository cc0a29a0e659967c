// How far trials are from their targets, and how the targets move with the parameters.

import { meanInterval } from "#/model/statistics/interval.ts";
import type { Target } from "#/scenarios/targets.ts";
import { pictured } from "#/sim/experiments/calibrate_runner.ts";
import { missOf, valuesOf } from "#/sim/experiments/calibrate_table.ts";
import type { Readings } from "#/sim/experiments/calibrate_trials.ts";

/** The misses of means over replications, in tolerances. Errors: `Error` naming a target that no run gave. */
export function missesOf(targets: readonly Target[], readings: Readings): number[] {
  return targets.map((target) => {
    const values = valuesOf(target, readings);
    if (values === null) {
      throw new Error(
        `Cannot search for ${target.name}: a run gave no figure for it (${target.denominator})`,
      );
    }
    return missOf(meanWithout(values), target);
  });
}

/**
 * Slopes of all targets at the best point, over both neighbours of each parameter; their intervals by the jackknife over
 * replications (R. Miller, 1974), as a slope is of a mean's logarithm and luck that is common to both sides drops out of it.
 */
export function slopesOf(
  targets: readonly Target[],
  { best, beside, after, around }: {
    best: readonly number[];
    beside: readonly number[][][];
    after: Readings;
    around: readonly Readings[];
  },
): { slopes: number[][]; halfWidths: number[][] } {
  const found = targets.map((target) =>
    best.map((_, j) => {
      const [up, down] = beside[j], isWall = up[j] === down[j];
      const above = valuesOf(target, around[2 * j]);
      // At a wall both neighbours may be one: then against the best point itself.
      const below = isWall ? valuesOf(target, after) : valuesOf(target, around[2 * j + 1]);
      const over = up[j] - (isWall ? best[j] : down[j]);
      if (above === null || below === null || over === 0) return { slope: 0, halfWidth: 0 };
      const slopeWithout = (left?: number) =>
        (missOf(meanWithout(above, left), target) - missOf(meanWithout(below, left), target)) / over;
      const slope = slopeWithout(), n = above.length;
      return {
        slope,
        halfWidth: meanInterval(above.map((_, k) => n * slope - (n - 1) * slopeWithout(k))).halfWidth,
      };
    })
  );
  return {
    slopes: found.map((row) => row.map(({ slope }) => slope)),
    halfWidths: found.map((row) => row.map(({ halfWidth }) => halfWidth)),
  };
}

/** The mean of all values but one. */
function meanWithout(values: readonly number[], left?: number): number {
  const kept = values.filter((_, k) => k !== left);
  return kept.reduce((sum, x) => sum + x, 0) / kept.length;
}

/** Means over replications of what is no target. */
export function picturesOf(readings: Readings): Record<string, number> {
  const names = Object.keys(readings[0]).filter((name) => name.startsWith(pictured));
  const shared = names.filter((name) => readings.every((reading) => name in reading)).sort();
  return Object.fromEntries(
    shared.map((name) => [
      name.slice(pictured.length),
      readings.reduce((sum, reading) => sum + reading[name].value, 0) / readings.length,
    ]),
  );
}
