// Ridge logistic regression by Newton steps, with what became of the search.

import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { exp, log } from "#/model/units/elementary.ts";

/** How the search ended. A fit that did not converge says so here, and by `isConverged`. */
export interface Convergence {
  isConverged: boolean;
  /** Newton steps taken. */
  iterations: number;
  /** The largest part of the gradient of the penalised log-likelihood, per row. */
  gradientNorm: number;
  /** The bound that it had to fall below. */
  tolerance: number;
  /** Why it stopped: `gradient` is convergence, all else is not. */
  stoppedBy: "gradient" | "iterations" | "noAscent" | "singular";
  penalisedLogLikelihood: number;
}

/** Why a search stopped, in words. */
export const stoppedWords: Record<Convergence["stoppedBy"], string> = {
  gradient: "the gradient vanished",
  iterations: "the most steps allowed were taken",
  noAscent: "no step along the direction rose any more",
  singular: "the features determine each other",
};

/** A fitted regression: the log-odds of the target are intercept + coefficients · features. */
export interface LogisticFit {
  intercept: number;
  coefficients: number[];
  convergence: Convergence;
}

/** How the regression is fitted. */
export interface LogisticOptions {
  /** The penalty: ridge / 2 times the sum of squared coefficients is taken off the log-likelihood; not on the intercept. */
  ridge?: number;
  mostIterations?: number;
  /** Converged when the largest part of the gradient, per row, is at most this. */
  tolerance?: number;
  /** Where to begin; nothing means the log-odds of the mean target. */
  start?: { intercept: number; coefficients: readonly number[] };
}

/**
 * Fits P(target = 1) = 1 / (1 + exp(-(intercept + coefficients · features))).
 *
 * Newton steps on the penalised log-likelihood, solved by Cholesky decomposition; a step that does not rise is halved.
 * Only + - * / and square roots are used, so the bits are the same on every machine.
 *
 * Shapes: `features` are columns of equally many rows; targets from 0 to 1, also broken ones (Platt's).
 * Errors: `RangeError` for different lengths, a value that is not finite, targets of one class, a negative ridge. A search
 * that does not converge (separated classes without a ridge) is no error: it is said in `convergence`.
 * Source: S. le Cessie and J. C. van Houwelingen, "Ridge estimators in logistic regression", Applied Statistics 41, 1992.
 *
 * @example
 * ```ts
 * import { fitLogistic } from "#/model/scoring/fit/logistic.ts";
 * import assert from "node:assert/strict";
 * // Odds of 1:3 where the feature is 0 and 3:1 where it is 1.
 * const fit = fitLogistic([[0, 0, 0, 0, 1, 1, 1, 1]], [1, 0, 0, 0, 1, 1, 1, 0], { ridge: 0 });
 * assert.equal(fit.intercept.toFixed(6), (-Math.log(3)).toFixed(6));
 * assert.equal(fit.coefficients[0].toFixed(6), (2 * Math.log(3)).toFixed(6));
 * assert.ok(fit.convergence.isConverged);
 * ```
 */
export function fitLogistic(
  features: readonly ArrayLike<number>[],
  target: ArrayLike<number>,
  { ridge = 1, mostIterations = 50, tolerance = 1e-10, start }: LogisticOptions = {},
): LogisticFit {
  const rows = target.length, width = features.length + 1;
  const mean = meanTarget(target);
  if (!(ridge >= 0 && ridge < Infinity)) {
    throw new RangeError(`Cannot fit with a ridge of ${ridge}: allowed is a number from 0 upward`);
  }
  const design = rowMajor(features, rows);
  let beta = new Float64Array(width);
  beta[0] = start ? start.intercept : log(mean / (1 - mean));
  start?.coefficients.forEach((value, i) => beta[i + 1] = value);

  const gradient = new Float64Array(width), hessian = new Float64Array(width * width);
  let value = penalised(design, target, beta, ridge), iterations = 0;
  let stoppedBy: Convergence["stoppedBy"] = "iterations", gradientNorm = Infinity;
  for (;;) {
    derivatives(design, target, { beta, ridge, gradient, hessian });
    gradientNorm = gradient.reduce((most, part) => Math.max(most, Math.abs(part)), 0) / rows;
    if (gradientNorm <= tolerance) {
      stoppedBy = "gradient";
      break;
    }
    if (iterations >= mostIterations) break;
    const step = newtonStep(hessian, gradient);
    if (!step) {
      stoppedBy = "singular";
      break;
    }
    const next = ascent({ design, target, ridge }, { beta, value, step });
    if (!next) {
      stoppedBy = "noAscent";
      break;
    }
    ({ beta, value } = next);
    iterations++;
  }
  return {
    intercept: beta[0],
    coefficients: [...beta.subarray(1)],
    convergence: {
      isConverged: stoppedBy === "gradient",
      iterations,
      gradientNorm,
      tolerance,
      stoppedBy,
      penalisedLogLikelihood: value,
    },
  };
}

function meanTarget(target: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < target.length; i++) {
    if (!(target[i] >= 0 && target[i] <= 1)) {
      throw new RangeError(`Cannot fit to the target ${target[i]} in row ${i}: allowed is 0 to 1`);
    }
    sum += target[i];
  }
  const mean = sum / target.length;
  if (!(mean > 0 && mean < 1)) {
    throw new RangeError(
      `Cannot fit to ${target.length} rows whose targets sum to ${sum}: allowed are samples with both classes`,
    );
  }
  return mean;
}

/** The features with a leading column of ones, a row beside the next. */
function rowMajor(features: readonly ArrayLike<number>[], rows: number): Float64Array {
  const width = features.length + 1, design = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) design[i * width] = 1;
  features.forEach((column, j) => {
    if (column.length !== rows) {
      throw new RangeError(
        `Cannot fit: feature ${j} has ${column.length} rows, the target ${rows}; allowed are as many of each`,
      );
    }
    for (let i = 0; i < rows; i++) {
      const at = column[i];
      if (!(at - at === 0)) {
        throw new RangeError(`Cannot fit to the value ${at} of feature ${j} in row ${i}: it must be finite`);
      }
      design[i * width + j + 1] = at;
    }
  });
  return design;
}

/** The log-likelihood less the penalty. */
function penalised(
  design: Float64Array,
  target: ArrayLike<number>,
  beta: Float64Array,
  ridge: number,
): number {
  const width = beta.length;
  let sum = 0;
  for (let i = 0, at = 0; i < target.length; i++, at += width) {
    let eta = 0;
    for (let j = 0; j < width; j++) eta += beta[j] * design[at + j];
    // ln(1 + e^eta) without overflow.
    const size = Math.abs(eta);
    sum += target[i] * eta - (Math.max(eta, 0) + log(1 + exp(-size)));
  }
  for (let j = 1; j < width; j++) sum -= ridge / 2 * beta[j] * beta[j];
  return sum;
}

/** Fills gradient and (negative) Hessian, of which only the lower half is summed and then mirrored. */
function derivatives(
  design: Float64Array,
  target: ArrayLike<number>,
  { beta, ridge, gradient, hessian }: {
    beta: Float64Array;
    ridge: number;
    gradient: Float64Array;
    hessian: Float64Array;
  },
): void {
  const width = beta.length;
  gradient.fill(0);
  hessian.fill(0);
  for (let i = 0, at = 0; i < target.length; i++, at += width) {
    let eta = 0;
    for (let j = 0; j < width; j++) eta += beta[j] * design[at + j];
    const p = 1 / (1 + exp(-eta)), gap = target[i] - p, weight = p * (1 - p);
    for (let j = 0; j < width; j++) {
      const x = design[at + j], weighed = weight * x, line = j * width;
      gradient[j] += gap * x;
      for (let k = 0; k <= j; k++) hessian[line + k] += weighed * design[at + k];
    }
  }
  for (let j = 0; j < width; j++) {
    if (j > 0) {
      gradient[j] -= ridge * beta[j];
      hessian[j * width + j] += ridge;
    }
    for (let k = 0; k < j; k++) hessian[k * width + j] = hessian[j * width + k];
  }
}

/** The solution of Hessian · step = gradient, or nothing where the Hessian is not positive definite. */
function newtonStep(hessian: Float64Array, gradient: Float64Array): number[] | undefined {
  const decomposition = new CholeskyDecomposition(
    Matrix.from1DArray(gradient.length, gradient.length, hessian),
  );
  if (!decomposition.isPositiveDefinite()) return undefined;
  const step = decomposition.solve(Matrix.columnVector([...gradient])).to1DArray();
  return step.every((part) => part - part === 0) ? step : undefined;
}

/** The step, halved until the penalised likelihood does not fall; nothing where thirty halvings do not help. */
function ascent(
  { design, target, ridge }: { design: Float64Array; target: ArrayLike<number>; ridge: number },
  { beta, value, step }: { beta: Float64Array; value: number; step: readonly number[] },
): { beta: Float64Array<ArrayBuffer>; value: number } | undefined {
  // Near the top rounding may lower the sum in its last places.
  const slack = 1e-12 * Math.abs(value);
  for (let part = 1, halvings = 0; halvings < 30; halvings++, part /= 2) {
    const next = new Float64Array(beta.length);
    for (let j = 0; j < next.length; j++) next[j] = beta[j] + part * step[j];
    const reached = penalised(design, target, next, ridge);
    if (reached >= value - slack) return { beta: next, value: reached };
  }
  return undefined;
}
