// The space in which shocks are searched: distances from where a scenario stands, scaled by ranges or by a stated law.

import { choleskyOf } from "#/model/statistics/reverse_stress.ts";
import type { Axis } from "#/scenarios/sweep_schema.ts";
import { valueAt } from "#/sim/experiments/design_rows.ts";

/** The law of one dimension: of the number itself, or of its logarithm where the range is logarithmic. */
export interface DimensionLaw {
  /** The mean, on a logarithmic range the median. */
  middle: number;
  /** The standard deviation, on a logarithmic range that of the logarithm. */
  sd: number;
}

/** One dimension: an axis with a range, and where the scenario stands on it. */
export interface Dimension {
  axis: Axis;
  base: number;
  law?: DimensionLaw;
}

/** A linear map of a space in which distance is Euclidean to the numbers of a scenario. */
export interface Space {
  /** What distance means: 1 is the whole of a range, or one standard deviation. */
  metric: "scaled" | "plausibility";
  dims: number;
  /** The numbers at a place, as they can be said to a scenario. */
  valuesAt(z: readonly number[]): number[];
  /** How far numbers are from the origin. */
  distanceOf(values: readonly number[]): number;
  /** How far one can go in a direction of length 1 without leaving a range. */
  reach(direction: readonly number[]): number;
}

/**
 * The space of some dimensions.
 *
 * Shapes: with `correlations` (one row a dimension) distance is that of Mahalanobis under the laws, from their middles; without, it
 * is the root of summed squares of shares of the ranges, from the bases. Errors: `RangeError` for a base or a middle outside its
 * range, a missing law, correlations that are none.
 */
export function spaceOf(
  dimensions: readonly Dimension[],
  correlations?: readonly (readonly number[])[],
): Space {
  const lines = dimensions.map(({ axis, base, law }) => {
    const { low, high, scale } = axis.range!;
    const on = (x: number) => scale === "log" ? Math.log(x) : x;
    const origin = correlations ? law?.middle : base;
    if (origin === undefined) {
      throw new RangeError(`Cannot tell how plausible ${axis.path} is: it has no law`);
    }
    if (!(origin >= low && origin <= high)) {
      throw new RangeError(
        `Cannot start from ${axis.path} at ${origin}: it lies outside its range, ${low} to ${high}`,
      );
    }
    const span = correlations ? law!.sd : on(high) - on(low);
    if (!(span > 0)) throw new RangeError(`Cannot scale ${axis.path} by ${span}: more than 0 is needed`);
    return { axis, on, low: on(low), high: on(high), origin: on(origin), span };
  });
  const dims = lines.length, mean = new Array(dims).fill(0);
  const identity = mean.map((_, i) => mean.map((_, j) => i === j ? 1 : 0));
  const root = choleskyOf({ mean, covariance: correlations ?? identity });
  const step = (z: readonly number[], i: number) => root[i].reduce((sum, entry, k) => sum + entry * z[k], 0);
  return {
    metric: correlations ? "plausibility" : "scaled",
    dims,
    valuesAt: (z) =>
      lines.map(({ axis, low, high, origin, span }, i) => {
        const u = (origin + span * step(z, i) - low) / (high - low);
        return nearest(axis, Math.min(1, Math.max(0, u)));
      }),
    distanceOf(values) {
      const z: number[] = [];
      for (const [i, { on, origin, span }] of lines.entries()) {
        let rest = (on(values[i]) - origin) / span;
        for (let k = 0; k < i; k++) rest -= root[i][k] * z[k];
        z.push(rest / root[i][i]);
      }
      return Math.hypot(...z);
    },
    reach: (direction) =>
      lines.reduce((least, { low, high, origin, span }, i) => {
        const by = span * step(direction, i);
        if (Math.abs(by) < 1e-12 * span) return least;
        return Math.min(least, ((by > 0 ? high : low) - origin) / by);
      }, Infinity),
  };
}

/** The number at a share of a range: on a linear range with steps the nearest step, elsewhere as a design says it. */
function nearest(axis: Axis, u: number): number {
  const { low, high, scale, step } = axis.range!;
  if (scale === "log" || step === undefined) return valueAt(axis, u) as number;
  const steps = Math.floor((high - low) / step + 1e-9);
  return Number((low + Math.min(steps, Math.round(u * (high - low) / step)) * step).toPrecision(12));
}
