// Functions whose sensitivity indices are known, and outcomes of a function at the points of a design.

/** A point of the unit cube. */
export type Point = readonly number[];

/** What draws our own designs and resamples. */
export const seed = [7, 11] as const;

/** Outcomes of a function at the points of a design over the unit cube. */
export function at(points: Float64Array, dims: number, of: (x: Point) => number): Float64Array {
  return Float64Array.from(
    { length: points.length / dims },
    (_, row) => of([...points.subarray(row * dims, (row + 1) * dims)]),
  );
}

/** Ishigami's function, its three inputs even on (-π, π). */
export const ishigami = (a: number, b: number) => (u: Point): number => {
  const [x, y, z] = u.map((value) => Math.PI * (2 * value - 1));
  return Math.sin(x) + a * Math.sin(y) ** 2 + b * z ** 4 * Math.sin(x);
};
