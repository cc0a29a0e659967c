// Morris' design: paths through a grid of the unit cube on which one input moves at a time.

import { philox } from "#/model/statistics/philox.ts";
import { wholeWithin } from "./refuse.ts";

/**
 * Paths of Morris' method.
 *
 * Shapes: `paths` · (`dims` + 1) points of `dims` numbers on the grid 0, 1/(levels − 1), …, 1; between neighbours on a path one
 * number moves up or down by levels / (2 (levels − 1)), each of them once. More paths begin with the fewer.
 * Errors: `RangeError` for fewer than 1 path, levels that are odd or not within 4 to 64, or more than 1,000 dimensions.
 * Source: M. D. Morris, Technometrics 33 (1991).
 *
 * @example
 * ```ts
 * import { morrisPaths } from "#/model/statistics/designs/morris.ts";
 * import assert from "node:assert/strict";
 * const points = morrisPaths({ paths: 1, dims: 2, levels: 4, seed: [1, 2] });
 * const moved = [0, 1].filter((d) => points[d] !== points[2 + d]);
 * assert.equal(moved.length, 1);
 * assert.ok(Math.abs(Math.abs(points[moved[0]] - points[2 + moved[0]]) - 2 / 3) < 1e-15);
 * ```
 */
export function morrisPaths(
  { paths, dims, levels = 4, seed }: {
    paths: number;
    dims: number;
    levels?: number;
    seed: readonly [number, number];
  },
): Float64Array {
  wholeWithin(paths, [1, 16_777_216], "paths of a Morris design");
  wholeWithin(dims, [1, 1_000], "dimensions of a Morris design");
  wholeWithin(levels, [4, 64], "levels of a Morris design");
  if (levels % 2 !== 0) {
    throw new RangeError(`Cannot use ${levels} as levels of a Morris design: allowed are even numbers`);
  }
  const points = new Float64Array(paths * (dims + 1) * dims), block = new Uint32Array(4);
  const order = new Int32Array(dims), level = new Int32Array(dims), half = levels / 2;
  for (let path = 0; path < paths; path++) {
    for (let d = 0; d < dims; d++) {
      philox(path, d, 0, 0x30221, seed[0], seed[1], block);
      level[d] = block[0] % levels;
      order[d] = d;
    }
    for (let i = dims - 1; i > 0; i--) {
      philox(path, i, 1, 0x30221, seed[0], seed[1], block);
      const j = block[0] % (i + 1);
      [order[i], order[j]] = [order[j], order[i]];
    }
    let at = path * (dims + 1) * dims;
    for (let step = 0; step <= dims; step++, at += dims) {
      if (step > 0) level[order[step - 1]] += level[order[step - 1]] < half ? half : -half;
      for (let d = 0; d < dims; d++) points[at + d] = level[d] / (levels - 1);
    }
  }
  return points;
}
