// Nelder-Mead in the unit box: slow, needs no derivatives, and goes on where steps by derivatives fail.

import {
  type Batch,
  type Evaluated,
  evaluated,
  type Fitted,
  refuseOutside,
  type SearchStep,
} from "./least_squares.ts";

/** How a simplex search is to be made. */
export interface SimplexOptions {
  start: readonly number[];
  mostPoints?: number;
  /** Length of the first simplex's edges. */
  edge?: number;
  /** A simplex no larger than this in any coordinate ends the search. */
  stepTolerance?: number;
  snap?: (at: number[]) => number[];
  onStep?: (step: SearchStep) => void;
}

/**
 * Minimises half the sum of squared residuals over the unit box by moving a simplex; a generator, as `fitLeastSquares`.
 *
 * Shapes: coordinates in [0, 1]; points outside are moved to the edge. Errors: `RangeError` as for `fitLeastSquares`.
 * Source: J. A. Nelder and R. Mead (1965), with their coefficients 1, 2, 1/2, 1/2.
 *
 * @example
 * ```ts
 * import { solved } from "#/model/statistics/least_squares.ts";
 * import { fitSimplex } from "#/model/statistics/simplex.ts";
 * import assert from "node:assert/strict";
 * const { best } = solved(fitSimplex({ start: [0.9, 0.1] }), ([x, y]) => [x - 0.4, Math.abs(y - 0.7)]);
 * assert.ok(Math.abs(best.at[0] - 0.4) < 1e-4 && Math.abs(best.at[1] - 0.7) < 1e-4);
 * ```
 */
export function* fitSimplex(options: SimplexOptions): Generator<Batch, Fitted, number[][]> {
  const { mostPoints = 1_000, edge = 0.1, stepTolerance = 1e-6, snap = (at) => at, onStep } = options;
  refuseOutside(options.start);
  const size = options.start.length;
  let points = 0;
  const evaluate = function* (at: number[][]): Generator<Batch, Evaluated[], number[][]> {
    const inside = at.map((point) => snap(point.map((x) => Math.min(1, Math.max(0, x)))));
    const found = yield inside;
    points += at.length;
    return inside.map((point, k) => evaluated(point, found[k]));
  };
  const corners = [
    options.start,
    ...options.start.map((_, j) =>
      options.start.map((x, k) => k !== j ? x : x + edge <= 1 ? x + edge : x - edge)
    ),
  ].map((point) => [...point]);
  if (mostPoints < corners.length) {
    const [best] = yield* evaluate(corners.slice(0, 1));
    return { best, points, ended: "budget", trust: edge };
  }
  let simplex = sorted(yield* evaluate(corners));
  const spread = () =>
    simplex[0].at.reduce(
      (most, x, j) => simplex.reduce((far, { at }) => Math.max(far, Math.abs(at[j] - x)), most),
      0,
    );
  const end = (ended: Fitted["ended"]): Fitted => ({ best: simplex[0], points, ended, trust: spread() });
  while (true) {
    onStep?.({ how: "simplex", points, cost: simplex[0].cost, trust: spread() });
    if (spread() <= stepTolerance) return end("converged");
    if (points + 1 > mostPoints) return end("budget");
    const worst = simplex[size], others = simplex.slice(0, size);
    const centre = worst.at.map((_, j) => others.reduce((sum, { at }) => sum + at[j], 0) / size);
    const away = (by: number) => centre.map((c, j) => c + by * (c - worst.at[j]));
    const [reflected] = yield* evaluate([away(1)]);
    let taken: Evaluated | undefined;
    if (reflected.cost < simplex[0].cost && points < mostPoints) {
      const [stretched] = yield* evaluate([away(2)]);
      taken = stretched.cost < reflected.cost ? stretched : reflected;
    } else if (reflected.cost < simplex[size - 1].cost || reflected.cost < simplex[0].cost) taken = reflected;
    else if (points < mostPoints) {
      const outside = reflected.cost < worst.cost;
      const [drawn] = yield* evaluate([away(outside ? 0.5 : -0.5)]);
      if (drawn.cost < Math.min(reflected.cost, worst.cost)) taken = drawn;
    }
    if (taken) {
      simplex = sorted([...others, taken]);
      continue;
    }
    if (points + size > mostPoints) return end("budget");
    const [best, ...rest] = simplex;
    const before = spread();
    simplex = sorted([
      best,
      ...yield* evaluate(rest.map(({ at }) => at.map((x, j) => best.at[j] + (x - best.at[j]) / 2))),
    ]);
    // Whole numbers cannot shrink for ever.
    if (spread() === before) return end("converged");
  }
}

/** By cost; equal costs keep their order. */
const sorted = (corners: Evaluated[]): Evaluated[] => corners.toSorted((a, b) => a.cost - b.cost);
