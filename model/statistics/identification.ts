// What is identified by what: which free parameters a set of targets pins down, how widely, and which only together.

import { Matrix, pseudoInverse, SVD } from "ml-matrix";

/** Slopes of scaled targets over scaled parameters. */
export interface Sensitivity {
  /** Row a target, column a parameter: change of the target, in its tolerances, over the whole range of the parameter. */
  slopes: readonly (readonly number[])[];
  /** Half-widths of the intervals of these slopes; zeros where the slopes are exact. */
  halfWidths?: readonly (readonly number[])[];
}

/** What a parameter is told by. Widths are parts of the parameter's whole range. */
export interface Identified {
  /** `alone`: pinned down; `jointly`: only in a combination with others; `no`: nothing that is searched moves enough. */
  verdict: "alone" | "jointly" | "no";
  /** Half-width at which the targets are missed by one tolerance while the others give way as they best can; `null`: no bound. */
  width: number | null;
  /** The same while the others stand still. */
  widthAlone: number | null;
  /** Targets that move with it more than their interval, the strongest first: their rows. */
  by: number[];
  /** The parameter it is most mixed up with, and their correlation. */
  with: { parameter: number; correlation: number } | null;
}

/** Everything that the slopes tell. */
export interface Identification {
  /** From the largest down. */
  singularValues: number[];
  /** The largest over the smallest; `null` where a direction moves nothing. */
  condition: number | null;
  /** By pairs of parameters; 0 for those that no target moves. */
  correlation: number[][];
  /** The combination of parameters that the targets see least, length 1. */
  weakest: number[];
  parameters: Identified[];
}

/** A parameter that may move over more than this part of its range, to either side, is not told. */
export const widestTold = 0.5;
const isNarrow = (width: number | null) => width !== null && width <= widestTold;
/** Singular values below this part of the largest are taken for zero. */
const nothing = 1e-9;

/**
 * Reads from slopes what they identify.
 *
 * Shapes: at least one row and one column, all finite; see {@link Sensitivity}. Errors: `RangeError` for none, or for rows
 * of several lengths.
 * Source: linearised profile: the covariance is the inverse of the slopes' normal matrix, in tolerances; singular values
 * as in D. Belsley, E. Kuh and R. Welsch (1980).
 *
 * @example
 * ```ts
 * import { identification } from "#/model/statistics/identification.ts";
 * import assert from "node:assert/strict";
 * const { parameters, condition } = identification({ slopes: [[8, 0], [0, 4], [0, 3]] });
 * assert.deepEqual(parameters.map(({ by, width }) => [by[0], width]), [[0, 0.125], [1, 0.2]]);
 * assert.equal(condition, 1.6);
 * assert.equal(identification({ slopes: [[8, 0], [4, 0]] }).parameters[1].verdict, "no");
 * ```
 */
export function identification({ slopes, halfWidths }: Sensitivity): Identification {
  const size = slopes[0]?.length ?? 0;
  if (size === 0 || slopes.some((row) => row.length !== size)) {
    throw new RangeError("Cannot read what is identified: rows of equal length, at least one, are needed");
  }
  const isTold = (i: number, j: number) => Math.abs(slopes[i][j]) > (halfWidths?.[i][j] ?? 0);
  // A parameter with which no target moves by more than its interval counts as moving nothing.
  const moves = slopes[0].map((_, j) => slopes.some((_, i) => isTold(i, j)));
  const seen = slopes.map((row) => row.map((slope, j) => moves[j] ? slope : 0));
  const svd = new SVD(padded(seen, size), { autoTranspose: true });
  const values = Array.from(svd.diagonal).slice(0, size), largest = values[0];
  const right = svd.rightSingularVectors.to2DArray();
  const isNothing = (k: number) => !(values[k] > nothing * largest);
  const covariance = Array.from(
    { length: size },
    (_, a) =>
      Array.from(
        { length: size },
        (_, b) =>
          values.reduce((sum, s, k) => isNothing(k) ? sum : sum + right[a][k] * right[b][k] / (s * s), 0),
      ),
  );
  const blind = (j: number) => values.some((_, k) => isNothing(k) && Math.abs(right[j][k]) > 1e-6);
  const widths = covariance.map((row, j) => blind(j) ? null : Math.sqrt(row[j]));
  const norm = (j: number) => Math.sqrt(seen.reduce((sum, row) => sum + row[j] * row[j], 0));
  // Over the columns' own angles where one direction is blind: there the covariance has no bounds.
  const correlation = widths.map((_, a) => widths.map((_, b) => a === b ? 1 : pair(a, b)));
  function pair(a: number, b: number): number {
    if (norm(a) === 0 || norm(b) === 0) return 0;
    const across = widths[a], along = widths[b];
    if (across !== null && along !== null) return covariance[a][b] / (across * along);
    return -seen.reduce((sum, row) => sum + row[a] * row[b], 0) / (norm(a) * norm(b));
  }
  const parameters = widths.map((width, j): Identified => {
    const widthAlone = norm(j) === 0 ? null : 1 / norm(j);
    const told = seen.map((row, i) => ({ i, by: isTold(i, j) ? Math.abs(row[j]) : 0 }));
    const strongest = told.reduce((most, { by }) => Math.max(most, by), 0);
    const by = told
      .filter(({ by }) => by > 0 && by >= strongest / 3)
      .sort((a, b) => b.by - a.by || a.i - b.i).map(({ i }) => i);
    const others = correlation[j].map((r, k) => ({ parameter: k, correlation: r })).filter(({ parameter }) =>
      parameter !== j
    );
    const nearest = others.length === 0
      ? null
      : others.reduce((most, other) =>
        Math.abs(other.correlation) > Math.abs(most.correlation) ? other : most
      );
    const verdict = isNarrow(width) ? "alone" : isNarrow(widthAlone) ? "jointly" : "no";
    return { verdict, width, widthAlone, by, with: nearest && nearest.correlation !== 0 ? nearest : null };
  });
  const smallest = values[size - 1];
  return {
    singularValues: values,
    condition: isNothing(size - 1) ? null : largest / smallest,
    correlation,
    weakest: signed(right.map((row) => row[size - 1])),
    parameters,
  };
}

/**
 * The shift of parameters that a shift of residuals asks for: minus the pseudo-inverse of the slopes times the residuals.
 *
 * @example
 * ```ts
 * import { shiftFor } from "#/model/statistics/identification.ts";
 * import assert from "node:assert/strict";
 * const [a, b] = shiftFor([[2, 0], [0, 4]], [1, 1]);
 * assert.ok(Math.abs(a + 0.5) < 1e-12 && Math.abs(b + 0.25) < 1e-12);
 * ```
 */
export function shiftFor(slopes: readonly (readonly number[])[], residuals: readonly number[]): number[] {
  const inverse = pseudoInverse(new Matrix(slopes.map((row) => [...row])));
  return inverse.to2DArray().map((row) => -row.reduce((sum, x, i) => sum + x * residuals[i], 0));
}

/** At least as many rows as columns, with rows of zeros, so that there is a singular value for each column. */
function padded(rows: readonly (readonly number[])[], size: number): Matrix {
  const missing = Math.max(0, size - rows.length);
  return new Matrix([
    ...rows.map((row) => [...row]),
    ...Array.from({ length: missing }, () => new Array<number>(size).fill(0)),
  ]);
}

/** A direction and its opposite are one: the largest part is positive. */
function signed(direction: number[]): number[] {
  const most = direction.reduce((best, x) => Math.abs(x) > Math.abs(best) ? x : best, 0);
  return direction.map((x) => (most < 0 ? -x : x) + 0);
}
