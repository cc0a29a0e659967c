// Transition matrices: read, refused or normalised, raised to a power, and estimated from histories of states by cohort.

/** A square table of probabilities: row = the state before, column = the state after. */
export type TransitionMatrix = readonly (readonly number[])[];

/** How far a row may be from one and still be taken as rounded in print. */
const printed = 0.001;
/** How far a row of computed probabilities may be from one. */
const exact = 1e-9;

/**
 * A transition matrix that is one: square, without negative entries, each row summing to one.
 *
 * Shapes: `matrix[from][to]`, probabilities. `rows`: "refuse" takes only rows that sum to one within 1e-9; "normalise"
 * divides a row that is off by at most 0.001 (published tables are rounded) by its sum, and refuses one that is further off.
 * `states` names the rows in errors. Errors: `TypeError` when it is not square ("Matrix Dimensions Differ"), `RangeError` for
 * a negative or non-finite entry ("Negative Probabilities") and for a row sum ("Rowsum not equal to one"), naming the row.
 * Source: the checks of open-risk/transitionMatrix, in their words.
 *
 * @example
 * ```ts
 * import { transitionMatrix } from "#/model/credit/transitions.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(transitionMatrix([[0.75, 0.25], [0, 1]]), [[0.75, 0.25], [0, 1]]);
 * assert.throws(() => transitionMatrix([[0.75, 0.25], [0, 0.9]]), /Rowsum not equal to one: row 2 sums to 0.9/);
 * ```
 */
export function transitionMatrix(
  matrix: TransitionMatrix,
  { rows = "refuse", states }: { rows?: "refuse" | "normalise"; states?: readonly string[] } = {},
): number[][] {
  const named = (r: number) => states?.[r] === undefined ? `row ${r + 1}` : `row ${states[r]}`;
  const size = matrix.length;
  if (size === 0) throw new TypeError("Matrix Dimensions Differ: the matrix has no rows");
  return matrix.map((row, r) => {
    if (!Array.isArray(row) || row.length !== size) {
      throw new TypeError(
        `Matrix Dimensions Differ: ${named(r)} has ${
          Array.isArray(row) ? row.length : "no"
        } entries, the matrix has ${size} rows`,
      );
    }
    const low = row.findIndex((entry) => !(entry >= 0 && entry < Infinity));
    if (low >= 0) {
      throw new RangeError(
        `Negative Probabilities: ${named(r)}, column ${low + 1} is ${row[low]}; allowed is 0 to 1`,
      );
    }
    const sum = row.reduce((total, entry) => total + entry, 0), off = Math.abs(sum - 1);
    if (off <= exact) return [...row];
    if (rows === "refuse" || off > printed + exact) {
      throw new RangeError(
        `Rowsum not equal to one: ${named(r)} sums to ${Number(sum.toFixed(9))}` +
          (rows === "refuse" ? "" : `, more than ${printed} off, too far to be a rounding`),
      );
    }
    return row.map((entry) => entry / sum);
  });
}

/**
 * A square matrix raised to a whole power by repeated squaring; power 0 is the identity.
 *
 * Errors: `TypeError` when it is not square, `RangeError` for a power that is no whole number from 0.
 *
 * @example
 * ```ts
 * import { matrixPower } from "#/model/credit/transitions.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(matrixPower([[0.5, 0.5], [0, 1]], 2), [[0.25, 0.75], [0, 1]]);
 * ```
 */
export function matrixPower(matrix: TransitionMatrix, power: number): number[][] {
  if (!Number.isSafeInteger(power) || power < 0) {
    throw new RangeError(`Cannot raise a matrix to the power ${power}: allowed are whole numbers from 0`);
  }
  if (matrix.some((row) => row.length !== matrix.length)) {
    throw new TypeError("Matrix Dimensions Differ: only a square matrix can be raised to a power");
  }
  let result: number[][] = matrix.map((_, r) => matrix.map((_, c) => r === c ? 1 : 0));
  let square = matrix.map((row) => [...row]);
  for (let left = power; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = product(result, square);
    if (left > 1) square = product(square, square);
  }
  return result;
}

function product(left: TransitionMatrix, right: TransitionMatrix): number[][] {
  return left.map((row) =>
    right[0].map((_, c) => row.reduce((sum, entry, k) => sum + entry * right[k][c], 0))
  );
}

/**
 * The matrix of some counts: each row over its sum. A row without counts takes the row of `prior`, or stays where it is.
 *
 * Shapes: `counts[from][to]` of accounts or of fen, not negative. `prior` counts as `weight` observations in each row
 * (default 0: only empty rows take it). Errors: `TypeError` when counts and prior differ in size.
 *
 * @example
 * ```ts
 * import { matrixOfCounts } from "#/model/credit/transitions.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(matrixOfCounts([[3, 1], [0, 0]]), [[0.75, 0.25], [0, 1]]);
 * assert.deepEqual(matrixOfCounts([[3, 1], [0, 0]], { prior: [[0, 1], [1, 0]], weight: 4 }), [[0.375, 0.625], [1, 0]]);
 * ```
 */
export function matrixOfCounts(
  counts: TransitionMatrix,
  { prior, weight = 0 }: { prior?: TransitionMatrix; weight?: number } = {},
): number[][] {
  if (prior && prior.length !== counts.length) {
    throw new TypeError(
      `Matrix Dimensions Differ: ${counts.length} states counted, ${prior.length} supposed`,
    );
  }
  return counts.map((row, r) => {
    const sum = row.reduce((total, count) => total + count, 0);
    const before = prior?.[r] ?? row.map((_, c) => c === r ? 1 : 0);
    if (sum === 0) return [...before];
    return row.map((count, c) => (count + weight * before[c]) / (sum + weight));
  });
}

/** One observation of a history: whose, when, in which state (0 … states − 1). */
export interface Observation {
  id: number;
  time: number;
  state: number;
}

/**
 * The cohort estimator: of everybody in a state at one time, the share that is in each state at the next.
 *
 * Shapes: `observations` in any order; times of one id follow each other by 1, a gap ends the history and begins another.
 * `events` is the number of observations, `moves` the sum of all `counts`: observations less histories.
 * Errors: `RangeError` for a state outside 0 … states − 1, or two observations of one id at one time.
 * Source: the cohort method (maximum likelihood for a Markov chain observed at fixed times).
 *
 * @example
 * ```ts
 * import { cohortEstimate } from "#/model/credit/transitions.ts";
 * import assert from "node:assert/strict";
 * const history = [0, 0, 1, 1].map((state, time) => ({ id: 7, time, state }));
 * assert.deepEqual(cohortEstimate(history, { states: 2 }).matrix, [[0.5, 0.5], [0, 1]]);
 * ```
 */
export function cohortEstimate(
  observations: readonly Observation[],
  { states }: { states: number },
): { matrix: number[][]; counts: number[][]; events: number; histories: number; moves: number } {
  const counts = Array.from({ length: states }, () => new Array<number>(states).fill(0));
  const order = observations.map((_, k) => k).sort((a, b) =>
    observations[a].id - observations[b].id || observations[a].time - observations[b].time || a - b
  );
  let histories = 0, moves = 0;
  for (let k = 0; k < order.length; k++) {
    const now = observations[order[k]], before = k > 0 ? observations[order[k - 1]] : undefined;
    if (!Number.isSafeInteger(now.state) || now.state < 0 || now.state >= states) {
      throw new RangeError(
        `Cannot estimate transitions: ${now.id} is in state ${now.state} at time ${now.time}; allowed are 0 to ${
          states - 1
        }`,
      );
    }
    if (before?.id === now.id && before.time === now.time) {
      throw new RangeError(`Cannot estimate transitions: ${now.id} is seen twice at time ${now.time}`);
    }
    if (before?.id !== now.id || now.time - before.time !== 1) histories++;
    else {
      counts[before.state][now.state]++;
      moves++;
    }
  }
  return { matrix: matrixOfCounts(counts), counts, events: observations.length, histories, moves };
}

/**
 * The probability of having reached the last, absorbing state within a number of steps, from each state.
 *
 * Errors: as {@link matrixPower}.
 *
 * @example
 * ```ts
 * import { cumulativeDefault } from "#/model/credit/transitions.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(cumulativeDefault([[0.9, 0.1], [0, 1]], 2).map((pd) => Number(pd.toFixed(9))), [0.19, 1]);
 * ```
 */
export function cumulativeDefault(matrix: TransitionMatrix, steps: number): number[] {
  return matrixPower(matrix, steps).map((row) => row[row.length - 1]);
}
