// wb/sobol_points.json, sobol_joe_kuo_direction.json, halton_points.json, lhs.json, discrepancy.json: experimental designs.

import { type Discrepancy, discrepancy } from "#/model/statistics/designs/discrepancy.ts";
import { haltonPoints, radicalInverse } from "#/model/statistics/designs/halton.ts";
import { joeKuo, sobolDimensionsMax } from "#/model/statistics/designs/joe_kuo.ts";
import { isLatin, isOrthogonal, latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
import { sobolPoints } from "#/model/statistics/designs/sobol.ts";
import { type CaseResult, examine, near, unread, unreadMembers } from "../case.ts";

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

interface OnePoint {
  index: number;
  point: number[];
}

/** Reads points of the plain sequence: the first ones, single ones far on, and the last columns of many dimensions. */
export function sobolPointCases(text: string): CaseResult[] {
  return Object.entries(JSON.parse(text) as Record<string, unknown>).flatMap(
    ([part, given]): CaseResult[] => {
      const [, dims] = /^dims(\d+)(_|$)/.exec(part) ?? [];
      if (isTable(given) && (part === "points" || dims !== undefined)) {
        const width = dims === undefined ? given[0].length : Number(dims), last = width - given[0].length;
        const name = last > 0 ? `dimensions ${last + 1} to ${width}` : `the first ${given.length} points`;
        return [examine(name, () => {
          const own = sobolPoints({ rows: given.length, dims: width });
          for (const [at, expected] of given.entries()) {
            same(row(own, at, width).slice(last), expected, 0, `point ${at}`);
          }
        })];
      }
      const points = (Array.isArray(given) ? given : [given]) as Partial<OnePoint>[];
      if (points.every((one) => Array.isArray(one?.point) && one.index !== undefined)) {
        return (points as OnePoint[]).map(({ index, point }) =>
          examine(`point ${index}`, () => {
            const own = sobolPoints({ rows: index + 1, dims: point.length });
            same(row(own, index, point.length), point, 0, `point ${index}`);
          })
        );
      }
      return unreadMembers("", { [part]: given }, []);
    },
  );
}

const isTable = (given: unknown): given is number[][] =>
  Array.isArray(given) && given.length > 0 && given.every(Array.isArray);

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
  /** By column; the first primes where none are said. */
  bases?: number[];
  /** By base: the inverses of 0, 1, 2 and so on. */
  van_der_corput: Record<string, number[]>;
}

/** Reads Halton's points and radical inverses. */
export function haltonCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as HaltonFile, { points = [], bases, van_der_corput: inverses = {} } = file;
  const dims = points[0]?.length ?? 0;
  return [
    ...points.length === 0 ? [] : [examine(`the first ${points.length} points`, () => {
      const own = haltonPoints({ rows: points.length, dims });
      const arePrimes = bases === undefined ||
        bases.length === dims && bases.every((base, d) => own[d + dims] === 1 / base || points.length === 1);
      for (const [at, expected] of points.entries()) {
        const mine = arePrimes ? row(own, at, dims) : bases.map((base) => radicalInverse(at, base));
        same(mine, expected, 1e-12, `point ${at}`);
      }
    })],
    ...Object.entries(inverses).map(([base, expected]) =>
      examine(`radical inverses in base ${base}`, () => {
        same(expected.map((_, i) => radicalInverse(i, Number(base))), expected, 1e-12, "radical inverse");
      })
    ),
    ...unreadMembers("", file, ["points", "bases", "van_der_corput"]),
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
        const levels = file.orthogonal_strength2.p ?? Math.round(Math.sqrt(array.length));
        holds(isOrthogonal(array.flat(), { ...shape(array), levels }), "refused");
        // With its first row twice, a cell is hit twice and another never.
        const broken = [array[0], array[0], ...array.slice(2)];
        const isRefused = !isOrthogonal(broken.flat(), { ...shape(array), levels });
        holds(isRefused || array[0].length === 1, "accepted with a row twice");
      })
      : unread("an orthogonal array of strength 2", "its shape"),
    examine("own designs have the property", () => {
      for (const rows of [1, 2, 7, 10, 48, 64]) {
        const own = latinHypercube({ rows, dims: 5, seed: [rows, 1] });
        holds(isLatin(own, { rows, dims: 5 }), `a design of ${rows} rows has not`);
      }
    }),
    ...unreadMembers("", file, ["valid", "invalid", "strata_perm", "orthogonal_strength2"]),
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
  const file = JSON.parse(text) as {
    sets: Record<string, { points: number[][] } & Record<string, number>>;
    doc_example?: number;
  };
  // The example of the package's manual, each coordinate taken from [0.5, 6.5] to [0, 1].
  const example = [[1, 3], [2, 6], [3, 2], [4, 5], [5, 1], [6, 4]].flat().map((x) => (x - 0.5) / 6);
  const manual = examine(
    "the manual's example",
    () =>
      near(discrepancy(example, { rows: 6, dims: 2, kind: "centred" }), file.doc_example!, {
        tolerance: 1e-12,
        what: "discrepancy",
      }),
  );
  const rest = [
    ...file.doc_example === undefined ? [] : [manual],
    ...unreadMembers("", file, ["sets", "doc_example"]),
  ];
  return Object.entries(file.sets).flatMap(([name, { points, ...expected }]) =>
    Object.entries(expected).filter(([, value]) => typeof value === "number").map(([measure, value]) => {
      const kind = kinds[measure];
      if (!kind) return unread(`${name} ${measure}`, measure);
      return examine(`${name} ${measure}`, () => {
        const own = discrepancy(points.flat(), { rows: points.length, dims: points[0].length, kind });
        near(own, value, { tolerance: 1e-12, what: "discrepancy" });
      });
    })
  ).concat(rest);
}
