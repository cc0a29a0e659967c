// Replications until the mean of an outcome is known well enough: never fewer than a least, never more than a most.

import { meanInterval } from "#/model/statistics/interval.ts";
import { fewestForInterval } from "#/sim/experiments/analyse.ts";
import { sweep, type SweepOptions, type SweepResult } from "#/sim/experiments/sweep.ts";

/** When to stop. */
export interface Until {
  /** The outcome whose mean is wanted. */
  outcome: string;
  /** The widest half of its 95 % interval, as a share of the mean. */
  relative: number;
  /** The fewest and the most replications. */
  least: number;
  most: number;
}

/** How a sweep with a stopping rule ended. */
export interface UntilResult extends SweepResult {
  until: Until & {
    replications: number;
    /** Whether every point is as narrow as asked; when not, the most replications were done first. */
    isReached: boolean;
    /** The widest relative half-width among the points; null where a mean is 0 or nothing was done. */
    widest: number | null;
  };
}

/**
 * How wide an interval is: half of it as a share of the mean; Infinity where that cannot be said.
 *
 * @example
 * ```ts
 * import { relativeHalfWidth } from "#/sim/experiments/until.ts";
 * import assert from "node:assert/strict";
 * assert.equal(relativeHalfWidth([2, 2, 2]), 0);
 * assert.equal(relativeHalfWidth([-1, 0, 1]), Infinity);
 * ```
 */
export function relativeHalfWidth(values: readonly number[]): number {
  if (values.length < fewestForInterval) return Infinity;
  const { mean, halfWidth } = meanInterval(values);
  return halfWidth === 0 ? 0 : mean === 0 ? Infinity : halfWidth / Math.abs(mean);
}

/**
 * Sweeps with more and more replications until the interval is narrow enough at every point. Replications that are done are
 * never done again, and looking repeatedly makes no difference to their luck. The least number of replications guards
 * against stopping by chance on a narrow beginning; intervals are those of a fixed number of replications.
 *
 * Errors: those of {@link sweep}; `RangeError` for a least that gives no interval or exceeds the most.
 */
export async function sweepUntil(
  file: string,
  until: Until,
  options: SweepOptions = {},
): Promise<UntilResult> {
  const { outcome, relative, least, most } = until;
  if (least < fewestForInterval || least > most) {
    throw new RangeError(
      `Cannot sweep from ${least} to ${most} replications: allowed is a least from ${fewestForInterval} to the most`,
    );
  }
  let replications = least;
  for (;;) {
    const widths = new Map<string, number>();
    const at = await sweep(file, {
      ...options,
      replications,
      extraOutcomes: [outcome],
      isListed: false,
      onValues: (point, values) => widths.set(point, relativeHalfWidth(values.get(outcome) ?? [])),
    });
    const widest = Math.max(0, ...widths.values()), isReached = widths.size > 0 && widest <= relative;
    if (isReached || at.interrupted || replications >= most) {
      // Once more, and nothing is run: the sweep as it ended up is listed in the store.
      const result = await sweep(file, {
        ...options,
        replications,
        onProgress: undefined,
        onBegin: undefined,
      });
      return {
        ...result,
        reused: at.reused,
        interrupted: at.interrupted,
        until: { ...until, replications, isReached, widest: Number.isFinite(widest) ? widest : null },
      };
    }
    // The width falls as the root of the number; at least one more, at most twice as many at once.
    const needed = Number.isFinite(widest) ? replications * (widest / relative) ** 2 : 2 * replications;
    replications = Math.min(most, Math.max(replications + 1, Math.min(2 * replications, Math.ceil(needed))));
  }
}
