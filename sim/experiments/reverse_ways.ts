// The ways in which a reverse stress test looks from where nothing is shocked: one shock by itself, all at once, and turns of a way.

import type { Space } from "#/sim/experiments/reverse_space.ts";

/** A shock by itself at one end of its range: which dimension, and the place. */
export interface End {
  dimension: number;
  values: number[];
  place: number[];
}

/** Each shock by itself at both ends of its range, where the scenario does not stand there already. */
export function endsOf(space: Space): End[] {
  return space.origin.flatMap((at, dimension) =>
    [space.high[dimension], space.low[dimension]].filter((end) => end !== at).map((end) => {
      const values = space.origin.map((value, k) => k === dimension ? end : value);
      return { dimension, values, place: space.placeOf(values) };
    })
  );
}

/** How far beyond the condition a shock by itself took the runs, over where nothing is shocked. */
export interface Gain extends End {
  gain: number;
}

/** The direction in which the condition comes nearest fastest, as the ends say; nothing where no end moves it nearer. */
export function steepest(space: Space, gains: readonly Gain[]): number[] | undefined {
  const slopes = space.origin.map((_, dimension) => {
    const own = gains.filter((it) => it.dimension === dimension && it.gain > 0);
    if (own.length === 0) return 0;
    const worst = own.reduce((a, b) => b.gain > a.gain ? b : a);
    return worst.gain / space.stepsOf(worst.values)[dimension];
  });
  const way = space.uphill(slopes);
  return Math.hypot(...way) > 0.5 ? way : undefined;
}

/** All shocks at an end of their ranges at once: the corners, worst first as the ends by themselves say. */
export function corners(space: Space, gains: readonly Gain[]): number[][] {
  if (space.dims === 1) return [];
  const whole = Array.from({ length: 1 << space.dims }, (_, bits) => {
    const values = space.origin.map((_, i) => bits >> i & 1 ? space.low[i] : space.high[i]);
    const gain = gains.reduce(
      (sum, it) => sum + (it.values[it.dimension] === values[it.dimension] ? it.gain : 0),
      0,
    );
    return { place: space.placeOf(values), gain };
  });
  return whole.sort((a, b) => b.gain - a.gain).map(({ place }) => place);
}

/** A vector of length 1. */
export const unit = (z: readonly number[]): number[] => {
  const length = Math.hypot(...z);
  return z.map((part) => part / length);
};

/** A direction turned towards and away from each axis, and once to a side that is drawn. */
export function turned(
  direction: readonly number[],
  { turn, draw }: { turn: number; draw: () => number },
): number[][] {
  const sides: number[][] = direction.map((_, i) => direction.map((_, k) => i === k ? 1 : 0));
  sides.push(unit(direction.map(() => draw() - 0.5 || 0.1)));
  return sides.flatMap((side) =>
    [turn, -turn].map((by) => direction.map((part, k) => part + by * side[k]))
      .filter((z) => Math.hypot(...z) > 1e-6).map(unit)
  );
}

/** Numbers in [0, 1) from two words, for directions only. */
export function drawn([a, b]: readonly [number, number]): () => number {
  let state = (a ^ Math.imul(b, 0x9e3779b1)) >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
