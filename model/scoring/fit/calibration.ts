// Calibration: which probability of turning bad, within the window that the target was seen over, a score stands for.

import { exp } from "#/model/units/elementary.ts";
import { fitLogistic } from "./logistic.ts";

/** Platt's: pd = 1 / (1 + exp(-(intercept + slope · score))); the slope is negative where a higher score is better. */
export interface LogisticCalibration {
  method: "logistic";
  intercept: number;
  slope: number;
}

/** A staircase that only falls: `pds[i]` holds from `scores[i]` up to the next; `pds[0]` below the first too. */
export interface IsotonicCalibration {
  method: "isotonic";
  scores: number[];
  pds: number[];
}

/** How scores are turned into probabilities; the method is named. */
export type Calibration = LogisticCalibration | IsotonicCalibration;

/**
 * Fits a calibration to scores, higher being better, whose outcome is known.
 *
 * Shapes: `isBad` is 0 or 1 a row. The probability is for the window of the outcome: pass outcomes of 12 months for
 * `pd12m`. `logistic` (Platt, with his softened targets, so that separated classes end too) is smooth and needs few rows;
 * `isotonic` (pooling of neighbours) follows any falling shape and needs many.
 * Errors: `RangeError` for different lengths, a score that is not finite, or one class.
 * Source: J. Platt, "Probabilistic outputs for support vector machines", 1999; M. Ayer and others, 1955.
 *
 * @example
 * ```ts
 * import { calibrate, pdOfScore } from "#/model/scoring/fit/calibration.ts";
 * import assert from "node:assert/strict";
 * const scores = [500, 500, 500, 500, 600, 600, 600, 600], isBad = [1, 1, 1, 0, 0, 0, 1, 0];
 * const steps = calibrate(scores, isBad, { method: "isotonic" });
 * assert.deepEqual([pdOfScore(steps, 480), pdOfScore(steps, 610)], [0.75, 0.25]);
 * const smooth = calibrate(scores, isBad);
 * assert.ok(pdOfScore(smooth, 500) > pdOfScore(smooth, 600));
 * ```
 */
export function calibrate(
  scores: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { method = "logistic" }: { method?: Calibration["method"] } = {},
): Calibration {
  return method === "logistic" ? platt(scores, isBad) : isotonic(scores, isBad);
}

/** The probability of turning bad that a score stands for. Errors: none; strictly between 0 and 1 for `logistic`. */
export function pdOfScore(calibration: Calibration, score: number): number {
  if (calibration.method === "logistic") {
    return 1 / (1 + exp(-(calibration.intercept + calibration.slope * score)));
  }
  const { scores, pds } = calibration;
  let low = 0, high = scores.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (scores[middle] <= score) low = middle + 1;
    else high = middle;
  }
  return pds[Math.max(0, low - 1)];
}

function platt(scores: ArrayLike<number>, isBad: ArrayLike<number>): LogisticCalibration {
  checkPairs(scores, isBad);
  const rows = scores.length;
  let bads = 0, mean = 0, spread = 0;
  for (let i = 0; i < rows; i++) {
    bads += isBad[i];
    mean += scores[i] / rows;
  }
  for (let i = 0; i < rows; i++) spread += (scores[i] - mean) * (scores[i] - mean) / rows;
  const ofBad = (bads + 1) / (bads + 2), ofGood = 1 / (rows - bads + 2);
  const target = Float64Array.from({ length: rows }, (_, i) => isBad[i] === 1 ? ofBad : ofGood);
  // In units of its own spread the search is well conditioned; a score that never differs has the slope 0.
  const unit = spread > 0 ? Math.sqrt(spread) : 1;
  const standard = Float64Array.from({ length: rows }, (_, i) => spread > 0 ? (scores[i] - mean) / unit : 0);
  const { intercept, coefficients } = fitLogistic([standard], target, { ridge: 1e-9 });
  const slope = coefficients[0] / unit;
  return { method: "logistic", intercept: intercept - slope * mean, slope };
}

function isotonic(scores: ArrayLike<number>, isBad: ArrayLike<number>): IsotonicCalibration {
  checkPairs(scores, isBad);
  const order = Uint32Array.from({ length: scores.length }, (_, i) => i)
    .sort((a, b) => scores[a] - scores[b] || a - b);
  const steps: { score: number; bads: number; rows: number }[] = [];
  for (const row of order) {
    const last = steps[steps.length - 1];
    if (last && last.score === scores[row]) {
      last.bads += isBad[row];
      last.rows++;
    } else {
      pool(steps);
      steps.push({ score: scores[row], bads: isBad[row], rows: 1 });
    }
  }
  pool(steps);
  return {
    method: "isotonic",
    scores: steps.map(({ score }) => score),
    pds: steps.map(({ bads, rows }) => bads / rows),
  };
}

/** Joins the last step with those before it as long as the share of bads does not fall. */
function pool(steps: { score: number; bads: number; rows: number }[]): void {
  while (steps.length > 1) {
    const last = steps[steps.length - 1], before = steps[steps.length - 2];
    if (last.bads * before.rows < before.bads * last.rows) return;
    before.bads += last.bads;
    before.rows += last.rows;
    steps.pop();
  }
}

function checkPairs(scores: ArrayLike<number>, isBad: ArrayLike<number>): void {
  if (scores.length !== isBad.length) {
    throw new RangeError(
      `Cannot calibrate ${scores.length} scores to ${isBad.length} outcomes: allowed are as many of each`,
    );
  }
  let bads = 0;
  for (let i = 0; i < scores.length; i++) {
    if (!Number.isFinite(scores[i]) || isBad[i] !== 0 && isBad[i] !== 1) {
      throw new RangeError(
        `Cannot calibrate row ${i}: found score ${scores[i]} and outcome ${isBad[i]}; ` +
          "allowed are finite scores and outcomes 0 and 1",
      );
    }
    bads += isBad[i];
  }
  if (bads === 0 || bads === scores.length) {
    throw new RangeError(
      `Cannot calibrate: found ${bads} bads among ${scores.length} rows; allowed are samples with both classes`,
    );
  }
}
