// Bounded least squares for a slow, noisy, smooth objective: Gauss-Newton steps inside a box of trust.

/** What a search wants next: points of the unit box, all at once, so that a caller can work on them side by side. */
export type Batch = number[][];

/** A point with its residuals and half their sum of squares. */
export interface Evaluated {
  /** Coordinates in [0, 1]. */
  at: number[];
  residuals: number[];
  cost: number;
}

/** How a search is to be made; every part but `start` may be left out. */
export interface LeastSquaresOptions {
  /** The first point, each coordinate in [0, 1]. */
  start: readonly number[];
  /** Most points to evaluate. */
  mostPoints?: number;
  /** Length of the steps that derivatives are taken over. */
  difference?: number;
  /** Half the side of the first box of trust. */
  trust?: number;
  /** Steps shorter than this end the search. */
  stepTolerance?: number;
  /** A promised improvement below this part of the cost ends it. */
  costTolerance?: number;
  /** Takes a point to the nearest one that can be had, such as whole numbers. */
  snap?: (at: number[]) => number[];
  /** Told of each step tried. */
  onStep?: (step: SearchStep) => void;
}

/** One step of a search. */
export interface SearchStep {
  how: "start" | "derivatives" | "step" | "refused step" | "simplex";
  /** Points evaluated so far, this one included. */
  points: number;
  /** Cost of the best point so far. */
  cost: number;
  trust: number;
}

/** What a search found. */
export interface Fitted {
  best: Evaluated;
  points: number;
  /** `converged`: nothing near is better; `stalled`: steps fail although better was promised; `budget`: points ran out. */
  ended: "converged" | "stalled" | "budget";
  /** The size of the trusted box at the end. */
  trust: number;
}

/** Half the sum of squares. */
export const costOf = (residuals: readonly number[]): number =>
  residuals.reduce((sum, r) => sum + r * r, 0) / 2;

const clamp = (x: number) => Math.min(1, Math.max(0, x));

/**
 * Minimises half the sum of squared residuals over the unit box. It is a generator: it yields points, takes their
 * residuals, and so neither waits nor knows where they come from.
 *
 * Derivatives are forward differences, renewed after each failed step and kept up to date between by Broyden's rank-one
 * formula, since an evaluation is dear. The step minimises the linear model inside both the box of trust and the unit box.
 * Shapes: as many residuals at every point; coordinates in [0, 1]. Errors: `RangeError` for a start outside the box or a
 * residual that is not finite.
 * Source: Gauss-Newton with a rectangular trust region (C. Voglis and I. Lagaris, 2004); C. G. Broyden (1965).
 *
 * @example
 * ```ts
 * import { fitLeastSquares, solved } from "#/model/statistics/least_squares.ts";
 * import assert from "node:assert/strict";
 * const residuals = ([x, y]: number[]) => [10 * (y - x * x), x - 0.4];
 * const { best, ended } = solved(fitLeastSquares({ start: [0.9, 0.1] }), residuals);
 * assert.equal(ended, "converged");
 * assert.deepEqual(best.at.map((x) => x.toFixed(4)), ["0.4000", "0.1600"]);
 * ```
 */
export function* fitLeastSquares(options: LeastSquaresOptions): Generator<Batch, Fitted, number[][]> {
  const { mostPoints = 1_000, difference = 0.05, stepTolerance = 1e-6, costTolerance = 1e-9 } = options;
  const { snap = (at: number[]) => at, onStep } = options;
  let trust = options.trust ?? 0.25, points = 0;
  refuseOutside(options.start);
  const evaluate = function* (at: number[][]): Generator<Batch, Evaluated[], number[][]> {
    const found = yield at;
    points += at.length;
    return at.map((point, k) => evaluated(point, found[k]));
  };
  let [here] = yield* evaluate([snap([...options.start])]);
  let best = here;
  const keep = (other: Evaluated) => {
    if (other.cost < best.cost) best = other;
  };
  const say = (how: SearchStep["how"]) => onStep?.({ how, points, cost: best.cost, trust });
  const end = (ended: Fitted["ended"]): Fitted => ({ best, points, ended, trust });
  say("start");
  const size = here.at.length;
  let slopes: number[][] | null = null, fresh = false, failures = 0;
  while (true) {
    if (slopes === null) {
      if (points + size > mostPoints) return end("budget");
      const beside = here.at.map((_, j) => neighbour(here.at, j, { difference, snap }));
      const there = yield* evaluate(beside);
      slopes = slopesOf(here, there);
      there.forEach(keep);
      fresh = true;
      say("derivatives");
    }
    const step = boxStep(here, slopes, trust);
    const next = snap(here.at.map((x, j) => clamp(x + step[j])));
    const taken = next.map((x, j) => x - here.at[j]);
    const length = largest(taken);
    const promised = here.cost - costOf(linear(here.residuals, slopes, taken));
    if (length < stepTolerance || promised <= costTolerance * here.cost) {
      if (fresh) return end("converged");
      slopes = null;
      continue;
    }
    if (points + 1 > mostPoints) return end("budget");
    const [there] = yield* evaluate([next]);
    keep(there);
    const gained = here.cost - there.cost;
    slopes = secant(slopes, { here, there, taken });
    if (gained < 0.25 * promised) trust = Math.max(length / 2, stepTolerance);
    else if (gained > 0.75 * promised && length >= 0.9 * trust) trust = Math.min(1, 2 * trust);
    if (gained > 0) {
      here = there;
      fresh = false;
      failures = 0;
      say("step");
      if (gained < 0.1 * promised) slopes = null;
      continue;
    }
    say("refused step");
    // A step that follows fresh derivatives and still fails twice is the objective's fault, not theirs.
    if (++failures >= 3) return end("stalled");
    if (!fresh) slopes = null;
  }
}

/** Runs a search to its end with residuals that are at hand at once. */
export function solved(
  search: Generator<Batch, Fitted, number[][]>,
  residuals: (at: number[]) => number[],
): Fitted {
  let turn = search.next();
  while (!turn.done) turn = search.next(turn.value.map(residuals));
  return turn.value;
}

/** A point with its cost. Errors: `RangeError` for residuals that are not finite. */
export function evaluated(at: number[], residuals: number[]): Evaluated {
  for (const [i, r] of residuals.entries()) {
    if (!Number.isFinite(r)) {
      throw new RangeError(
        `Cannot fit: residual ${i} at (${at.join(", ")}) is ${r}; finite numbers are needed`,
      );
    }
  }
  return { at, residuals, cost: costOf(residuals) };
}

/** Refuses a point outside the unit box. */
export function refuseOutside(at: readonly number[]): void {
  if (at.length === 0) throw new RangeError("Cannot fit nothing: at least one coordinate is needed");
  for (const [j, x] of at.entries()) {
    if (!(x >= 0 && x <= 1)) {
      throw new RangeError(`Cannot start at ${x} in coordinate ${j}: allowed is 0 to 1`);
    }
  }
}

/**
 * The point one difference away in a coordinate: upwards, or downwards where there is no room above. Where the nearest
 * point that can be had is the same one, the difference is doubled until it is another.
 */
export function neighbour(
  at: readonly number[],
  j: number,
  { difference, snap = (point) => point, down = false }: {
    difference: number;
    snap?: (at: number[]) => number[];
    /** Away to the other side. */
    down?: boolean;
  },
): number[] {
  const sign = (at[j] + difference <= 1) === !down ? 1 : -1;
  for (let by = difference; by <= 1; by *= 2) {
    const other = snap(at.map((x, k) => k === j ? clamp(x + sign * by) : x));
    if (other[j] !== at[j]) return other;
  }
  // No room on this side: the other one, however small the box of whole numbers is.
  return snap(at.map((x, k) => k === j ? clamp(x - sign) : x));
}

/** Derivatives of the residuals: row a residual, column a coordinate; 0 where the neighbour is the point itself. */
export function slopesOf(here: Evaluated, there: readonly Evaluated[]): number[][] {
  return here.residuals.map((r, i) =>
    there.map(({ at, residuals }, j) => {
      const by = at[j] - here.at[j];
      return by === 0 ? 0 : (residuals[i] - r) / by;
    })
  );
}

function secant(
  slopes: number[][],
  { here, there, taken }: { here: Evaluated; there: Evaluated; taken: number[] },
): number[][] {
  const square = taken.reduce((sum, s) => sum + s * s, 0);
  return slopes.map((row, i) => {
    const expected = row.reduce((sum, slope, j) => sum + slope * taken[j], 0);
    const missed = (there.residuals[i] - here.residuals[i] - expected) / square;
    return row.map((slope, j) => slope + missed * taken[j]);
  });
}

const linear = (residuals: readonly number[], slopes: readonly number[][], step: readonly number[]) =>
  residuals.map((r, i) => r + slopes[i].reduce((sum, slope, j) => sum + slope * step[j], 0));

const largest = (step: readonly number[]) => step.reduce((most, s) => Math.max(most, Math.abs(s)), 0);

const mostRounds = 20_000;

/** The step that minimises the linear model inside both boxes, a convex problem: coordinate by coordinate to rest. */
function boxStep(here: Evaluated, slopes: readonly number[][], trust: number): number[] {
  const size = here.at.length;
  const low = here.at.map((x) => Math.max(-x, -trust)), high = here.at.map((x) => Math.min(1 - x, trust));
  const curvature = Array.from(
    { length: size },
    (_, j) => slopes.reduce((sum, row) => sum + row[j] * row[j], 0),
  );
  const step = new Array<number>(size).fill(0);
  const rest = [...here.residuals];
  for (let round = 0; round < mostRounds; round++) {
    let moved = 0;
    for (let j = 0; j < size; j++) {
      if (curvature[j] === 0) continue;
      const slope = slopes.reduce((sum, row, i) => sum + row[j] * rest[i], 0);
      const to = Math.min(high[j], Math.max(low[j], step[j] - slope / curvature[j])), by = to - step[j];
      if (by === 0) continue;
      for (let i = 0; i < rest.length; i++) rest[i] += slopes[i][j] * by;
      step[j] = to;
      moved = Math.max(moved, Math.abs(by));
    }
    if (moved < 1e-12) break;
  }
  return step;
}
