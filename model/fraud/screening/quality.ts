// How well screening tells strangers from owners.

/**
 * What became of attempts, by what they were. An attempt is stopped when it is refused, or fails or gives up a challenge.
 * Counts of attempts, or amounts in fen: the shares are then those of money.
 */
export interface ScreenCounts {
  /** Fraudulent and stopped. */
  caught: number;
  /** Fraudulent and let pass. */
  missed: number;
  /** Honest and stopped. */
  insulted: number;
  /** Honest, stopped or not. */
  honest: number;
}

/** The quality of screening; each a share from 0 to 1. */
export interface ScreenQuality {
  /** Of the fraudulent attempts, the share that was caught. */
  recall: number;
  /** Of the stopped attempts, the share that was fraudulent. */
  precision: number;
  /** Of the honest attempts, the share that was stopped. */
  insultedShare: number;
}

/**
 * Recall, precision and the share of honest people insulted.
 *
 * Shapes: counts from 0 on, `insulted` at most `honest`. A share of nothing is 0, as with every outcome of a run; whoever
 * compares rules reads recall only where there was fraud. Errors: none.
 *
 * @example
 * ```ts
 * import { screenQuality } from "#/model/fraud/screening/quality.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(screenQuality({ caught: 30, missed: 10, insulted: 20, honest: 4_000 }),
 *   { recall: 0.75, precision: 0.6, insultedShare: 0.005 });
 * ```
 */
export function screenQuality({ caught, missed, insulted, honest }: ScreenCounts): ScreenQuality {
  return {
    recall: share(caught, caught + missed),
    precision: share(caught, caught + insulted),
    insultedShare: share(insulted, honest),
  };
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
