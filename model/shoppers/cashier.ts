// At the cashier: every further step loses some buyers, and the option on top loses fewer.

/** Where a way to pay stands at the cashier. */
export type Placement = "default" | "listed" | "hidden";

/**
 * The probability that a buyer gives up at the cashier.
 *
 * Shapes and units: `steps` from choice to confirmation, 1 or more; `abandonPerStepBps` for each step after the first;
 * factors in bps of a listed option. Result 0 to 1. Source: assumption (shorter paths convert better).
 *
 * @example
 * ```ts
 * import { abandonProbability } from "#/model/shoppers/cashier.ts";
 * import assert from "node:assert/strict";
 * const terms = { abandonPerStepBps: 100, placementDefaultFactorBps: 7_000, placementHiddenFactorBps: 20_000 };
 * assert.equal(abandonProbability({ steps: 3, placement: "listed" }, terms), 0.02);
 * assert.equal(abandonProbability({ steps: 3, placement: "hidden" }, terms), 0.04);
 * ```
 */
export function abandonProbability(
  { steps, placement }: { steps: number; placement: Placement },
  terms: { abandonPerStepBps: number; placementDefaultFactorBps: number; placementHiddenFactorBps: number },
): number {
  const factorBps = placement === "default"
    ? terms.placementDefaultFactorBps
    : placement === "hidden"
    ? terms.placementHiddenFactorBps
    : 10_000;
  return Math.min(1, (steps - 1) * terms.abandonPerStepBps / 10_000 * (factorBps / 10_000));
}

/**
 * Whether a buyer takes the line that the cashier preselects instead of the preferred one.
 *
 * Shapes and units: `u` one uniform; placements of both lines here, where both work; bps of buyers. Only a default beside a line
 * that is no default draws anybody over. Source: assumption (defaults stick).
 *
 * @example
 * ```ts
 * import { takesPreselected } from "#/model/shoppers/cashier.ts";
 * import assert from "node:assert/strict";
 * const terms = { preselectedTakenBps: 2_000 };
 * assert.equal(takesPreselected(0.1, { preferred: "listed", other: "default" }, terms), true);
 * assert.equal(takesPreselected(0.3, { preferred: "listed", other: "default" }, terms), false);
 * assert.equal(takesPreselected(0.1, { preferred: "default", other: "default" }, terms), false);
 * ```
 */
export function takesPreselected(
  u: number,
  { preferred, other }: { preferred: Placement; other: Placement },
  { preselectedTakenBps }: { preselectedTakenBps: number },
): boolean {
  return other === "default" && preferred !== "default" && u < preselectedTakenBps / 10_000;
}

/** What a buyer does when the preferred way does not work. */
export const fallback = { otherLine: 0, wait: 1, leave: 2, debit: 3 } as const;

/**
 * What a buyer does when the preferred way does not work.
 *
 * Shapes and units: `u` one uniform; shares in bps; the other line only where it works; the rest pay by debit card.
 *
 * @example
 * ```ts
 * import { chooseFallback, fallback } from "#/model/shoppers/cashier.ts";
 * import assert from "node:assert/strict";
 * const terms = { otherLineBps: 5_000, waitBps: 1_000, leaveBps: 1_000 };
 * assert.equal(chooseFallback(0.3, true, terms), fallback.otherLine);
 * assert.equal(chooseFallback(0.05, false, terms), fallback.wait);
 * assert.equal(chooseFallback(0.9, false, terms), fallback.debit);
 * ```
 */
export function chooseFallback(
  u: number,
  otherLineWorks: boolean,
  { otherLineBps, waitBps, leaveBps }: { otherLineBps: number; waitBps: number; leaveBps: number },
): number {
  const other = otherLineWorks ? otherLineBps / 10_000 : 0;
  if (u < other) return fallback.otherLine;
  const rest = (u - other) / (1 - other);
  if (rest < waitBps / 10_000) return fallback.wait;
  if (rest < (waitBps + leaveBps) / 10_000) return fallback.leave;
  return fallback.debit;
}
