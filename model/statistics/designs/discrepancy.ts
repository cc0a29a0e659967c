// Discrepancy: how far the points of a design are from filling the unit cube evenly.

import { wholeWithin } from "./refuse.ts";

/** The measures of discrepancy by name. */
export type Discrepancy = "centred" | "wraparound" | "mixture" | "l2star";

const one: Record<Discrepancy, (x: number) => number> = {
  centred: (x) => 1 + 0.5 * Math.abs(x - 0.5) - 0.5 * (x - 0.5) * (x - 0.5),
  wraparound: () => 0,
  mixture: (x) => 5 / 3 - 0.25 * Math.abs(x - 0.5) - 0.25 * (x - 0.5) * (x - 0.5),
  l2star: (x) => 1 - x * x,
};

const two: Record<Discrepancy, (x: number, y: number) => number> = {
  centred: (x, y) => 1 + 0.5 * (Math.abs(x - 0.5) + Math.abs(y - 0.5) - Math.abs(x - y)),
  wraparound: (x, y) => 1.5 - Math.abs(x - y) * (1 - Math.abs(x - y)),
  mixture: (x, y) =>
    15 / 8 - 0.25 * (Math.abs(x - 0.5) + Math.abs(y - 0.5)) - 0.75 * Math.abs(x - y) +
    0.5 * (x - y) * (x - y),
  l2star: (x, y) => 1 - Math.max(x, y),
};

/**
 * The discrepancy of a design; smaller is more even.
 *
 * Shapes: `rows` · `dims` numbers in [0, 1], row by row; work grows with the square of the rows. Errors: `RangeError` when there
 * are more or fewer numbers, or one lies outside.
 * Source: F. J. Hickernell (1998) for the centred and wraparound ones, Zhou, Fang, Ning (2013) for mixture; their squares as
 * usual. `l2star` is Warnock's, with its root.
 *
 * @example
 * ```ts
 * import { discrepancy } from "#/model/statistics/designs/discrepancy.ts";
 * import assert from "node:assert/strict";
 * const even = discrepancy([0.25, 0.75], { rows: 2, dims: 1, kind: "centred" });
 * assert.ok(even < discrepancy([0.1, 0.2], { rows: 2, dims: 1, kind: "centred" }));
 * ```
 */
export function discrepancy(
  points: ArrayLike<number>,
  { rows, dims, kind }: { rows: number; dims: number; kind: Discrepancy },
): number {
  wholeWithin(rows, [1, 1_048_576], "rows of a design");
  wholeWithin(dims, [1, 1_000], "dimensions of a design");
  if (points.length !== rows * dims) {
    throw new RangeError(
      `A design of ${rows} rows and ${dims} dimensions has ${rows * dims} numbers, not ${points.length}`,
    );
  }
  for (let i = 0; i < points.length; i++) {
    if (!(points[i] >= 0 && points[i] <= 1)) {
      throw new RangeError(`The design's number ${i} is ${points[i]}; allowed is 0 to 1`);
    }
  }
  let single = 0, pairs = 0;
  for (let i = 0; i < rows; i++) {
    let product = 1;
    for (let d = 0; d < dims; d++) product *= one[kind](points[i * dims + d]);
    single += product;
    for (let j = 0; j < rows; j++) {
      let both = 1;
      for (let d = 0; d < dims; d++) both *= two[kind](points[i * dims + d], points[j * dims + d]);
      pairs += both;
    }
  }
  const constant = { centred: 13 / 12, wraparound: 4 / 3, mixture: 19 / 12, l2star: 1 / 3 }[kind];
  let whole = 1;
  for (let d = 0; d < dims; d++) whole *= constant;
  const mean = pairs / (rows * rows);
  if (kind === "wraparound") return mean - whole;
  if (kind !== "l2star") return whole - 2 / rows * single + mean;
  let halves = 2;
  for (let d = 0; d < dims; d++) halves /= 2;
  return Math.sqrt(whole - halves / rows * single + mean);
}
