// wb/sobol_points.json, sobol_joe_kuo_direction.json, halton_points.json, lhs.json, discrepancy.json: experimental designs.

import { type Discrepancy, discrepancy } from "#/model/statistics/designs/discrepancy.ts";
import { haltonPoints, radicalInverse } from "#/model/statistics/designs/halton.ts";
import { joeKuo, sobolDimensionsMax } from "#/model/statistics/designs/joe_kuo.ts";
import { isLatin, isOrthogonal, latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
import { sobolPoints } from "#/model/statistics/designs/sobol.ts";
import { type CaseResult, examine, near, unread } from "../case.ts";

const row = (
  points: Float64Array,
  at: number,
  dims: number,
) => [...points.subarray(at * dims, (at + 1) * dims)];

/** Holds when two lists of numbers are the same, or within a tolerance. */
function same(own: readonly number[], expected: readonly number[], tolerance: number, what: string): void {
  if (own.length !== expected.length) {
    throw new RangeError(`${what}: ${own.length} numbers, expected ${expected.length}`);
  }
  for (const [i, value] of own.entries()) {
    near(value, expected[i], { tolerance, what: `${what}, number ${i}` });
  }
}

interface SobolFile {
  points: number[][];
  sample_1000: { index: number; dims: number; point: number[] };
  dims21_first16: number[][];
}

/** Reads points of the plain sequence. */
export function sobolPointCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as SobolFile, dims = file.points[0].length;
  const { index, point } = file.sample_1000;
  return [
    examine(`the first ${file.points.length} points`, () => {
      const own = sobolPoints({ rows: file.points.length, dims });
      for (const [at, expected] of file.points.entries()) {
        same(row(own, at, dims), expected, 0, `point ${at}`);
      }
    }),
    examine(`point ${index}`, () => {
      const own = sobolPoints({ rows: index + 1, dims: point.length });
      same(row(own, index, point.length), point, 0, `point ${index}`);
    }),
    examine("dimensions 17 to 21", () => {
      const own = sobolPoints({ rows: file.dims21_first16.length, dims: 21 });
      for (const [at, expected] of file.dims21_first16.entries()) {
        same(row(own, at, 21).slice(21 - expected.length), expected, 0, `point ${at}`);
      }
    }),
  ];
}

/** Reads direction numbers, a case a dimension. */
export function directionCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as { rows: { dim: number; poly: number; m: number[] }[] };
  return file.rows.map(({ dim, poly, m }) =>
    examine(`dimension ${dim}`, () => {
      if (dim > sobolDimensionsMax) throw new RangeError(`only ${sobolDimensionsMax} dimensions are served`);
      // The first dimension is van der Corput's: no polynomial, all numbers 1.
      const own = dim === 1 ? { polynomial: 1, first: [1] } : joeKuo[dim - 2];
      same([own.polynomial, ...own.first], [poly, ...m], 0, "polynomial and numbers");
    })
  );
}

interface HaltonFile {
  points: number[][];
  van_der_corput: Record<string, number[]>;
}

/** Reads Halton's points and radical inverses. */
export function haltonCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as HaltonFile, dims = file.points[0].length;
  return [
    examine(`the first ${file.points.length} points`, () => {
      const own = haltonPoints({ rows: file.points.length, dims });
      for (const [at, expected] of file.points.entries()) {
        same(row(own, at, dims), expected, 1e-12, `point ${at}`);
      }
    }),
    ...Object.entries(file.van_der_corput).map(([base, expected]) =>
      examine(`radical inverses in base ${base}`, () => {
        same(expected.map((_, i) => radicalInverse(i, Number(base))), expected, 1e-12, "radical inverse");
      })
    ),
  ];
}

interface LatinFile {
  valid: number[][];
  invalid: number[][];
  strata_perm: number[][];
  orthogonal_strength2: { p?: number; points?: number[][]; X?: number[][] } & Record<string, unknown>;
}

/** Reads designs that are and are not Latin, and holds own ones to the property. */
export function latinCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as LatinFile;
  const shape = (points: number[][]) => ({ rows: points.length, dims: points[0].length });
  const holds = (is: boolean, what: string) => {
    if (!is) throw new RangeError(what);
  };
  const array = Object.values(file.orthogonal_strength2).find(Array.isArray) as number[][] | undefined;
  return [
    examine(
      "a valid design is seen as one",
      () => holds(isLatin(file.valid.flat(), shape(file.valid)), "refused"),
    ),
    examine(
      "an invalid design is not",
      () => holds(!isLatin(file.invalid.flat(), shape(file.invalid)), "accepted"),
    ),
    examine("strata of the valid design", () => {
      const n = file.valid.length;
      same(file.valid.flat().map((x) => Math.floor(n * x)), file.strata_perm.flat(), 0, "stratum");
    }),
    array
      ? examine("an orthogonal array of strength 2", () => {
        const levels = Math.round(Math.sqrt(array.length));
        holds(isOrthogonal(array.flat(), { ...shape(array), levels }), "refused");
        holds(
          !isOrthogonal(file.valid.flat(), { ...shape(file.valid), levels: 2 }),
          "a design of 10 rows accepted",
        );
      })
      : unread("an orthogonal array of strength 2", "its shape"),
    examine("own designs have the property", () => {
      for (const rows of [1, 2, 7, 10, 48, 64]) {
        const own = latinHypercube({ rows, dims: 5, seed: [rows, 1] });
        holds(isLatin(own, { rows, dims: 5 }), `a design of ${rows} rows has not`);
      }
    }),
  ];
}

const kinds: Record<string, Discrepancy> = {
  CD: "centred",
  WD: "wraparound",
  MD: "mixture",
  L2star: "l2star",
};

/** Reads a case for each set of points and measure. */
export function discrepancyCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as { sets: Record<string, { points: number[][] } & Record<string, number>> };
  return Object.entries(file.sets).flatMap(([name, { points, ...expected }]) =>
    Object.entries(expected).filter(([, value]) => typeof value === "number").map(([measure, value]) => {
      const kind = kinds[measure];
      if (!kind) return unread(`${name} ${measure}`, measure);
      return examine(`${name} ${measure}`, () => {
        const own = discrepancy(points.flat(), { rows: points.length, dims: points[0].length, kind });
        near(own, value, { tolerance: 1e-12, what: "discrepancy" });
      });
    })
  );
}
