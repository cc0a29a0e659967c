// A design for derivatives: points spread evenly over the unit cube, and from each a small step along every axis.

import { wholeWithin } from "./refuse.ts";
import { sobolPoints } from "./sobol.ts";

/** The step that is taken unless one is said: a twentieth of the range. */
export const differenceStep = 0.05;

/**
 * Base rows with a step along each axis.
 *
 * Shapes: `baseRows` · (`dims` + 1) points of `dims` numbers in [0, 1]: a Sobol' point (scrambled where there is a seed), then for each
 * input that point with this input moved up by `step`, or down where it would leave the cube. More base rows begin with the fewer.
 * Errors: `RangeError` for no base rows, a step outside (0, 0.5], or dimensions that Sobol' points do not serve.
 * Source: the derivatives of I. M. Sobol' and S. Kucherenko (2009) by differences.
 *
 * @example
 * ```ts
 * import { finiteDifferences } from "#/model/statistics/designs/finite_differences.ts";
 * import assert from "node:assert/strict";
 * const points = finiteDifferences({ baseRows: 2, dims: 2, step: 0.25 });
 * assert.deepEqual([...points], [0, 0, 0.25, 0, 0, 0.25, 0.5, 0.5, 0.75, 0.5, 0.5, 0.75]);
 * ```
 */
export function finiteDifferences(
  { baseRows, dims, step = differenceStep, seed }: {
    baseRows: number;
    dims: number;
    step?: number;
    seed?: readonly [number, number];
  },
): Float64Array {
  wholeWithin(baseRows, [1, 16_777_216], "base rows of a design of differences");
  wholeWithin(dims, [1, 1_000], "dimensions of a design of differences");
  if (!(step > 0 && step <= 0.5)) {
    throw new RangeError(
      `Cannot use ${step} as step of a design of differences: allowed is above 0, at most 0.5`,
    );
  }
  const base = sobolPoints({ rows: baseRows, dims, seed }), block = dims + 1;
  const points = new Float64Array(baseRows * block * dims);
  for (let row = 0; row < baseRows; row++) {
    for (let k = 0; k < block; k++) {
      const at = (row * block + k) * dims;
      for (let d = 0; d < dims; d++) points[at + d] = base[row * dims + d];
      if (k > 0) points[at + k - 1] += points[at + k - 1] + step <= 1 ? step : -step;
    }
  }
  return points;
}
