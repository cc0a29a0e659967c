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
  /** Where distance is 0, and the ends of the ranges. */
  origin: readonly number[];
  low: readonly number[];
  high: readonly number[];
  /** The numbers at a place, as they can be said to a scenario. */
  valuesAt(z: readonly number[]): number[];
  /** The place of numbers. */
  placeOf(values: readonly number[]): number[];
  /** How far numbers are from the origin. */
  distanceOf(values: readonly number[]): number;
  /** How far each number is from its origin by itself: in ranges, or in standard deviations of its own law. */
  stepsOf(values: readonly number[]): number[];
  /** How far one can go in a direction of length 1 without leaving a range. */
  reach(direction: readonly number[]): number;
  /** The direction of length 1 in which a quantity rises fastest, from how much it rises a step of each number; zeros where it does not. */
  uphill(slopes: readonly number[]): number[];
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
    return { axis, on, low: on(low), high: on(high), origin: on(origin), at: origin, span };
  });
  const dims = lines.length, mean = new Array(dims).fill(0);
  const identity = mean.map((_, i) => mean.map((_, j) => i === j ? 1 : 0));
  const root = choleskyOf({ mean, covariance: correlations ?? identity });
  const step = (z: readonly number[], i: number) => root[i].reduce((sum, entry, k) => sum + entry * z[k], 0);
  const stepsOf = (values: readonly number[]) =>
    lines.map(({ on, origin, span }, i) => (on(values[i]) - origin) / span);
  const placeOf = (values: readonly number[]) => {
    const z: number[] = [];
    for (const [i, own] of stepsOf(values).entries()) {
      let rest = own;
      for (let k = 0; k < i; k++) rest -= root[i][k] * z[k];
      z.push(rest / root[i][i]);
    }
    return z;
  };
  return {
    metric: correlations ? "plausibility" : "scaled",
    dims,
    origin: lines.map(({ at }) => at),
    low: dimensions.map(({ axis }) => axis.range!.low),
    high: dimensions.map(({ axis }) => axis.range!.high),
    valuesAt: (z) =>
      lines.map(({ axis, low, high, origin, span }, i) => {
        const u = (origin + span * step(z, i) - low) / (high - low);
        return nearest(axis, Math.min(1, Math.max(0, u)));
      }),
    placeOf,
    distanceOf: (values) => Math.hypot(...placeOf(values)),
    stepsOf,
    reach: (direction) =>
      lines.reduce((least, { low, high, origin, span }, i) => {
        const by = span * step(direction, i);
        if (Math.abs(by) < 1e-12 * span) return least;
        return Math.min(least, ((by > 0 ? high : low) - origin) / by);
      }, Infinity),
    uphill(slopes) {
      const along = mean.map((_, k) => root.reduce((sum, row, i) => sum + row[k] * slopes[i], 0));
      const length = Math.hypot(...along);
      return length > 0 && Number.isFinite(length) ? along.map((part) => part / length) : along.fill(0);
    },
  };
}

/** The number at a share of a range: on a linear range with steps the nearest step, elsewhere as a design says it. */
function nearest(axis: Axis, u: number): number {
  const { low, high, scale, step } = axis.range!;
  if (scale === "log" || step === undefined) return valueAt(axis, u) as number;
  const steps = Math.floor((high - low) / step + 1e-9);
  return Number((low + Math.min(steps, Math.round(u * (high - low) / step)) * step).toPrecision(12));
}
