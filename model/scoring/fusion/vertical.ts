// Vertical logistic regression: each owner keeps its columns and fits its own coefficients to the masked sum of all parts.

import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { exp, log } from "#/model/units/elementary.ts";
import type { LogisticFit } from "#/model/scoring/fit/logistic.ts";
import type { Regression } from "#/model/scoring/fit/scorecard.ts";
import { masked, unmasked } from "./masked_sum.ts";

/** How owners work together. */
export interface VerticalTerms {
  /** The owner of a column. */
  ownerOf: (name: string) => string;
  /** What the pairwise masks are derived from. */
  secret?: string;
  mostRounds?: number;
  /** Converged when the largest part of the gradient, per row, is at most this; fixed point leaves about 1e-8, and 1e-6 moves no point. */
  tolerance?: number;
}

/** One owner's columns and what it has fitted so far. */
interface Block {
  columns: Float64Array[];
  /** Places of the columns in the order of the caller. */
  places: number[];
  beta: Float64Array;
  ridge: number;
}

/**
 * Fits the regression that pooled columns would give, without pooling them.
 *
 * In each round every owner hands in its part of the log-odds behind masks that cancel ({@link masked}), learns the sum, and
 * takes one Newton step in its own coefficients; who knows the outcomes, the first block, sends back what the sum leaves
 * unexplained, row by row. That residual is the one thing that leaves the owner of the outcomes in the clear.
 *
 * Shapes: as {@link Regression}. The objective is convex, so that the rounds end where the pooled fit ends.
 * Errors: `RangeError` for a part of the log-odds that fixed point cannot hold. Rounds that do not converge are no error:
 * they are said in `convergence`.
 * Source: block Newton (Gauss-Seidel) on the penalised log-likelihood; S. Hardy and others, "Private federated learning on
 * vertically partitioned data", 2017, for the setting.
 */
export const verticalRegression = (
  { ownerOf, secret = "hutong", mostRounds = 200, tolerance: finest = 1e-6 }: VerticalTerms,
): Regression =>
(evidence, isBad, { ridge = 1, start, tolerance: asked = 0 }): LogisticFit => {
  const tolerance = Math.max(finest, asked);
  const rows = isBad.length, blocks = blocksOf(evidence, { rows, ridge, ownerOf });
  let bads = 0;
  for (let i = 0; i < rows; i++) bads += isBad[i];
  blocks[0].beta[0] = start?.intercept ?? log(bads / (rows - bads));
  for (const { places, beta } of blocks.slice(1)) {
    places.forEach((place, k) => beta[k] = start?.coefficients[place] ?? 0);
  }
  const parts = blocks.map((block) => partOf(block, rows));
  let round = 0, gradientNorm = Infinity;
  for (; round < mostRounds && gradientNorm > tolerance; round++) {
    gradientNorm = 0;
    for (const [party, block] of blocks.entries()) {
      const handedIn = parts.map((part, other) =>
        masked(part, { party: other, parties: parts.length, round: round * blocks.length + party, secret })
      );
      gradientNorm = Math.max(gradientNorm, stepOf(block, { sum: unmasked(handedIn), isBad }));
      parts[party] = partOf(block, rows);
    }
  }
  const coefficients = new Array<number>(evidence.length).fill(0);
  for (const { places, beta } of blocks) {
    places.forEach((place, k) => place >= 0 && (coefficients[place] = beta[k]));
  }
  const isConverged = gradientNorm <= tolerance;
  return {
    intercept: blocks[0].beta[0],
    coefficients,
    convergence: {
      isConverged,
      iterations: round,
      gradientNorm,
      tolerance,
      stoppedBy: isConverged ? "gradient" : "iterations",
      penalisedLogLikelihood: likelihood(blocks, parts, isBad),
    },
  };
};

/** The first block is that of the outcomes: the intercept alone. */
function blocksOf(
  evidence: Parameters<Regression>[0],
  { rows, ridge, ownerOf }: { rows: number; ridge: number; ownerOf: (name: string) => string },
): Block[] {
  const outcomes: Block = {
    columns: [new Float64Array(rows).fill(1)],
    places: [-1],
    beta: new Float64Array(1),
    ridge: 0,
  };
  const owned = Map.groupBy(evidence.keys(), (place) => ownerOf(evidence[place].name));
  return [
    outcomes,
    ...[...owned.values()].map((places): Block => ({
      columns: places.map((place) => evidence[place].evidence),
      places,
      beta: new Float64Array(places.length),
      ridge,
    })),
  ];
}

/** An owner's part of the log-odds. */
function partOf({ columns, beta }: Block, rows: number): Float64Array {
  const part = new Float64Array(rows);
  columns.forEach((column, k) => {
    for (let i = 0; i < rows; i++) part[i] += beta[k] * column[i];
  });
  return part;
}

/** One Newton step of an owner; returns the largest part of its gradient before the step, per row. */
function stepOf(
  { columns, beta, ridge }: Block,
  { sum, isBad }: { sum: Float64Array; isBad: ArrayLike<number> },
): number {
  const width = columns.length, rows = sum.length;
  const gradient = new Float64Array(width), hessian = new Float64Array(width * width);
  for (let i = 0; i < rows; i++) {
    const p = 1 / (1 + exp(-sum[i])), rest = isBad[i] - p, weight = p * (1 - p);
    for (let a = 0; a < width; a++) {
      const x = columns[a][i];
      gradient[a] += x * rest;
      for (let b = 0; b <= a; b++) hessian[a * width + b] += weight * x * columns[b][i];
    }
  }
  let largest = 0;
  for (let a = 0; a < width; a++) {
    gradient[a] -= ridge * beta[a];
    hessian[a * width + a] += ridge;
    for (let b = 0; b < a; b++) hessian[b * width + a] = hessian[a * width + b];
    largest = Math.max(largest, Math.abs(gradient[a]));
  }
  const step = new CholeskyDecomposition(Matrix.from1DArray(width, width, hessian))
    .solve(Matrix.columnVector([...gradient]));
  for (let a = 0; a < width; a++) beta[a] += step.get(a, 0);
  return largest / rows;
}

function likelihood(
  blocks: readonly Block[],
  parts: readonly Float64Array[],
  isBad: ArrayLike<number>,
): number {
  let value = 0;
  for (let i = 0; i < isBad.length; i++) {
    const sum = parts.reduce((all, part) => all + part[i], 0);
    const risk = isBad[i] === 1 ? -sum : sum;
    value -= risk > 0 ? risk + log(1 + exp(-risk)) : log(1 + exp(risk));
  }
  for (const { beta, ridge } of blocks) for (const one of beta) value -= ridge / 2 * one * one;
  return value;
}
