// Latin hypercubes: in each dimension every stratum holds one point, and doubling the rows keeps those that are there.

import { philox } from "#/model/statistics/philox.ts";
import { wholeWithin } from "./refuse.ts";

/**
 * A Latin hypercube that can be doubled: the first half of the design with twice as many rows is this one.
 *
 * Shapes: `rows` · `dims` numbers in [0, 1), row by row; in each column floor(rows · x) is a permutation of 0 … rows − 1. A
 * design of m · 2^k rows (m odd) is one of m rows that has been doubled k times: each doubling halves the strata and puts new
 * points into the empty halves, matched at random between columns.
 * Errors: `RangeError` for fewer than 1 or more than 2^24 rows, or more than 1,000 dimensions.
 * Source: McKay, Beckman, Conover (1979); doubling as in Sallaberry, Helton, Hora (2008), without their correlations.
 *
 * @example
 * ```ts
 * import { latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
 * import assert from "node:assert/strict";
 * const x = latinHypercube({ rows: 10, dims: 1, seed: [1, 2] });
 * assert.deepEqual([...x].map((u) => Math.floor(10 * u)).sort(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
 * ```
 */
export function latinHypercube(
  { rows, dims, seed }: { rows: number; dims: number; seed: readonly [number, number] },
): Float64Array {
  wholeWithin(rows, [1, 16_777_216], "rows of a Latin hypercube");
  wholeWithin(dims, [1, 1_000], "dimensions of a Latin hypercube");
  let first = rows;
  while (first % 2 === 0 && first > 1) first /= 2;
  const points = new Float64Array(rows * dims), block = new Uint32Array(4);
  const order = new Int32Array(rows), isTaken = new Uint8Array(rows);
  for (let d = 0; d < dims; d++) {
    for (let had = 0; had < rows;) {
      const strata = had === 0 ? first : 2 * had;
      isTaken.fill(0, 0, strata);
      for (let row = 0; row < had; row++) isTaken[Math.floor(points[row * dims + d] * strata)] = 1;
      let free = 0;
      for (let stratum = 0; stratum < strata; stratum++) if (!isTaken[stratum]) order[free++] = stratum;
      for (let i = free - 1; i > 0; i--) {
        philox(i, d, strata, 0x1a7c0, seed[0], seed[1], block);
        const j = block[0] % (i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      for (let i = 0; i < free; i++) {
        philox(i, d, strata, 0x1a7c1, seed[0], seed[1], block);
        const x = (order[i] + (block[0] + 0.5) / 4_294_967_296) / strata;
        // A quotient may be rounded up to the next stratum's edge; the number before it lies within.
        points[(had + i) * dims + d] = within(x, order[i], strata);
      }
      had = strata;
    }
  }
  return points;
}

function within(x: number, stratum: number, strata: number): number {
  let inside = x;
  while (Math.floor(inside * strata) > stratum) inside -= inside * 2.220446049250313e-16;
  while (Math.floor(inside * strata) < stratum) inside += inside * 2.220446049250313e-16;
  return inside;
}

/** Whether each column of a design has one point in every stratum. Shapes: `rows` · `dims` numbers, row by row. */
export function isLatin(points: ArrayLike<number>, { rows, dims }: { rows: number; dims: number }): boolean {
  if (points.length !== rows * dims) return false;
  const isTaken = new Uint8Array(rows);
  for (let d = 0; d < dims; d++) {
    isTaken.fill(0);
    for (let row = 0; row < rows; row++) {
      const stratum = Math.floor(points[row * dims + d] * rows);
      if (!(stratum >= 0 && stratum < rows) || isTaken[stratum]) return false;
      isTaken[stratum] = 1;
    }
  }
  return true;
}

/**
 * Whether each pair of columns of a design has the same number of points in every cell of `levels` · `levels` (strength 2).
 * Shapes: `rows` · `dims` numbers, row by row.
 */
export function isOrthogonal(
  points: ArrayLike<number>,
  { rows, dims, levels }: { rows: number; dims: number; levels: number },
): boolean {
  const each = rows / (levels * levels), counts = new Int32Array(levels * levels);
  if (points.length !== rows * dims || !Number.isInteger(each)) return false;
  for (let a = 0; a < dims; a++) {
    for (let b = a + 1; b < dims; b++) {
      counts.fill(0);
      for (let row = 0; row < rows; row++) {
        const i = Math.floor(points[row * dims + a] * levels),
          j = Math.floor(points[row * dims + b] * levels);
        if (!(i >= 0 && i < levels && j >= 0 && j < levels)) return false;
        counts[i * levels + j]++;
      }
      if (counts.some((count) => count !== each)) return false;
    }
  }
  return true;
}
