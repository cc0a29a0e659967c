// Saltelli's design: two independent samples and the samples between them, for Sobol' indices.

import { sobolDimensionsMax } from "./joe_kuo.ts";
import { wholeWithin } from "./refuse.ts";
import { sobolPoints } from "./sobol.ts";

/** How many rows a base row becomes: A, D mixtures, B; with second order D mixtures the other way round as well. */
export const saltelliBlock = (dims: number, isSecondOrder: boolean): number =>
  isSecondOrder ? 2 * dims + 2 : dims + 2;

/**
 * Saltelli's design over the unit cube.
 *
 * Shapes: for each of `baseRows` rows the points A; A with column i from B, for each i; with `isSecondOrder` B with column i from
 * A, for each i; B. Each has `dims` numbers in [0, 1). A and B are the halves of one Sobol' sequence of 2 · `dims` dimensions:
 * two sequences of their own would share their evenness and be no independent samples. A design of more base rows begins with
 * the smaller one.
 * Errors: `RangeError` for more than 32 dimensions or less than one base row.
 * Source: A. Saltelli, Comput. Phys. Commun. 145 (2002); Saltelli et al. (2010).
 *
 * @example
 * ```ts
 * import { saltelliDesign } from "#/model/statistics/designs/saltelli.ts";
 * import assert from "node:assert/strict";
 * const points = saltelliDesign({ baseRows: 3, dims: 1 });
 * assert.deepEqual([...points.subarray(6)], [0.75, 0.25, 0.25]); // third base row: A, A with B's column, B
 * ```
 */
export function saltelliDesign(
  { baseRows, dims, isSecondOrder = false, seed }: {
    baseRows: number;
    dims: number;
    isSecondOrder?: boolean;
    seed?: readonly [number, number];
  },
): Float64Array {
  wholeWithin(dims, [1, sobolDimensionsMax / 2], "dimensions of a Saltelli design");
  const both = sobolPoints({ rows: baseRows, dims: 2 * dims, seed });
  const block = saltelliBlock(dims, isSecondOrder), points = new Float64Array(baseRows * block * dims);
  let at = 0;
  for (let row = 0; row < baseRows; row++) {
    const a = row * 2 * dims, b = a + dims;
    for (let of = -1; of < dims; of++, at += dims) {
      for (let d = 0; d < dims; d++) points[at + d] = both[(d === of ? b : a) + d];
    }
    for (let of = isSecondOrder ? 0 : dims; of <= dims; of++, at += dims) {
      for (let d = 0; d < dims; d++) points[at + d] = both[(d === of ? a : b) + d];
    }
  }
  return points;
}
