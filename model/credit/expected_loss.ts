// Expected credit loss by stage (IFRS 9): which stage, how much, by which rates, and the table that rolls one close to the next.

import type { Fen } from "#/model/units/units.ts";
import { cumulativeDefault, matrixPower, type TransitionMatrix } from "./transitions.ts";

/** The stages of impairment in order: performing, significantly worse, credit-impaired. */
export const lossStages = ["stage1", "stage2", "stage3"] as const;

/** From which day past due a debt counts as significantly worse, and as impaired. */
export interface StagingTerms {
  stage2FromDpd: number;
  stage3FromDpd: number;
}

/**
 * The stage of impairment at a number of days past due: 0, 1 or 2, an index into {@link lossStages}.
 *
 * Source: IFRS 9, 5.5.11 (30 days past due, rebuttable) and B5.5.37 (90 days past due is default, rebuttable).
 *
 * @example
 * ```ts
 * import { lossStageOf } from "#/model/credit/expected_loss.ts";
 * import assert from "node:assert/strict";
 * const terms = { stage2FromDpd: 31, stage3FromDpd: 91 };
 * assert.deepEqual([0, 30, 31, 90, 91].map((dpd) => lossStageOf(dpd, terms)), [0, 0, 1, 1, 2]);
 * ```
 */
export function lossStageOf(dpd: number, { stage2FromDpd, stage3FromDpd }: StagingTerms): number {
  return dpd >= stage3FromDpd ? 2 : dpd >= stage2FromDpd ? 1 : 0;
}

/** What an expected loss is made of. Probabilities 0 to 1; `lgd` the share of what is owed at default that is lost. */
export interface LossRates {
  pd12m: number;
  pdLifetime: number;
  lgd: number;
}

/**
 * The rate of expected loss of a stage: 12-month for stage 1 (index 0), lifetime for the others.
 *
 * Errors: `RangeError` where a probability lies outside 0 to 1, or the lifetime's below the 12 months'.
 * Source: IFRS 9, 5.5.3 and 5.5.5.
 *
 * @example
 * ```ts
 * import { lossRate } from "#/model/credit/expected_loss.ts";
 * import assert from "node:assert/strict";
 * const rates = { pd12m: 0.02, pdLifetime: 0.05, lgd: 0.5 };
 * assert.deepEqual([0, 1].map((stage) => lossRate(stage, rates)), [0.01, 0.025]);
 * ```
 */
export function lossRate(stage: number, { pd12m, pdLifetime, lgd }: LossRates): number {
  for (const [name, value] of [["pd12m", pd12m], ["pdLifetime", pdLifetime], ["lgd", lgd]] as const) {
    if (!(value >= 0 && value <= 1)) {
      throw new RangeError(`Cannot expect a loss: ${name} is ${value}; allowed is 0 to 1`);
    }
  }
  if (pdLifetime < pd12m) {
    throw new RangeError(
      `Cannot expect a loss: the lifetime probability ${pdLifetime} is below the 12 months' ${pd12m}`,
    );
  }
  return (stage === 0 ? pd12m : pdLifetime) * lgd;
}

/**
 * What may be owed at default: the carrying amount and the part of the free limit that is still drawn.
 *
 * Source: the credit conversion factor of the IRB approach, as loan-loss software applies it to undrawn limits.
 *
 * @example
 * ```ts
 * import { exposureAtDefaultFen } from "#/model/credit/expected_loss.ts";
 * import assert from "node:assert/strict";
 * assert.equal(exposureAtDefaultFen({ carryingFen: 1_000, undrawnFen: 500, conversionBps: 1_000 }), 1_050);
 * ```
 */
export function exposureAtDefaultFen(
  { carryingFen, undrawnFen, conversionBps }: { carryingFen: Fen; undrawnFen: Fen; conversionBps: number },
): Fen {
  return carryingFen + Math.round(undrawnFen * conversionBps / 10_000);
}

/**
 * Loss rates of a provision matrix from what a cohort of sales paid by bucket: what is never paid over what was owed on entry.
 *
 * Shapes: `paid[k]` what was paid before the k-th bucket's end, out of `sales`; result one rate a bucket and a last one of 1.
 * Errors: `RangeError` when more is paid than was sold.
 * Source: IFRS 9, B5.5.35 (provision matrix from roll rates).
 *
 * @example
 * ```ts
 * import { provisionRates } from "#/model/credit/expected_loss.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(provisionRates({ sales: 100, paid: [50, 40] }), [0.1, 0.2, 1]);
 * ```
 */
export function provisionRates({ sales, paid }: { sales: number; paid: readonly number[] }): number[] {
  const owed = [sales];
  for (const amount of paid) owed.push(owed[owed.length - 1] - amount);
  const lost = owed[owed.length - 1];
  const low = owed.findIndex((amount) => !(amount >= 0));
  if (low >= 0) {
    throw new RangeError(`Cannot take loss rates: ${owed[low]} is owed after ${low} payments of ${sales}`);
  }
  return owed.map((amount) => amount === 0 ? 0 : lost / amount);
}

/**
 * Probabilities of default within 12 months and a lifetime, and of loss after default, from a monthly roll matrix.
 *
 * Shapes: states are buckets in order, then "lost", then "gone" (repaid and closed); `defaultFrom` is the first bucket that is
 * default. `pd12m[bucket]` is 1 from there on. `lossAfterDefault`: the share of debts in default that end lost and not cured,
 * followed for `lifetimeMonths`. Errors: as the power of a matrix.
 * Source: a Markov chain with default made absorbing.
 *
 * @example
 * ```ts
 * import { defaultRates } from "#/model/credit/expected_loss.ts";
 * import assert from "node:assert/strict";
 * const monthly = [[0.9, 0.1, 0, 0], [0, 0.5, 0.5, 0], [0, 0, 1, 0], [0, 0, 0, 1]];
 * const { pd12m, lossAfterDefault } = defaultRates(monthly, { defaultFrom: 1, lifetimeMonths: 24 });
 * assert.ok(Math.abs(pd12m[0] - (1 - 0.9 ** 12)) < 1e-12);
 * assert.ok(lossAfterDefault > 0.999);
 * ```
 */
export function defaultRates(
  monthly: TransitionMatrix,
  { defaultFrom, lifetimeMonths }: { defaultFrom: number; lifetimeMonths: number },
): { pd12m: number[]; pdLifetime: number[]; lossAfterDefault: number } {
  // Default absorbs: performing buckets, gone, then all of default as the last state.
  const gone = monthly.length - 1, lost = gone - 1;
  const kept = [...Array(defaultFrom).keys(), gone];
  const absorbing = [
    ...kept.map((r) => {
      const stays = kept.map((c) => monthly[r][c]);
      return [...stays, Math.max(0, 1 - stays.reduce((sum, x) => sum + x, 0))];
    }),
    [...kept.map(() => 0), 1],
  ];
  const whole = (chain: number[]) => monthly.slice(0, lost).map((_, b) => b < defaultFrom ? chain[b] : 1);
  // After default: lost and cured absorb; what is open at the end of the lifetime counts as lost.
  const bad = monthly.slice(0, lost).map((_, b) => b).filter((b) => b >= defaultFrom);
  const after = [
    ...bad.map((r) => {
      const stays = bad.map((c) => monthly[r][c]), toLost = monthly[r][lost];
      return [...stays, Math.max(0, 1 - toLost - stays.reduce((sum, x) => sum + x, 0)), toLost];
    }),
    [...bad.map(() => 0), 1, 0],
    [...bad.map(() => 0), 0, 1],
  ];
  const ended = matrixPower(after, lifetimeMonths)[0];
  return {
    pd12m: whole(cumulativeDefault(absorbing, Math.min(12, lifetimeMonths))).map(inRange),
    pdLifetime: whole(cumulativeDefault(absorbing, lifetimeMonths)).map(inRange),
    lossAfterDefault: inRange(1 - ended[bad.length]),
  };
}

const inRange = (p: number) => Math.max(0, Math.min(1, p));

/**
 * One stage of a roll-forward over one period, fen. `transfersFen` sum to zero over the stages; `recoveriesFen` is the
 * allowance set free by debts that were repaid; `writeOffsFen` what was written off, less what its sale brought.
 */
export interface RollForward {
  openingFen: Fen;
  newFen: Fen;
  transfersFen: Fen;
  remeasurementFen: Fen;
  writeOffsFen: Fen;
  recoveriesFen: Fen;
  closingFen: Fen;
}

/** A roll-forward in which nothing has happened yet. */
export function blankRollForward(): RollForward {
  return {
    openingFen: 0,
    newFen: 0,
    transfersFen: 0,
    remeasurementFen: 0,
    writeOffsFen: 0,
    recoveriesFen: 0,
    closingFen: 0,
  };
}

/**
 * By how much a roll-forward does not close: opening + new + transfers + remeasurement − write-offs − recoveries − closing.
 *
 * Source: IFRS 7, 35H (reconciliation of the loss allowance).
 *
 * @example
 * ```ts
 * import { blankRollForward, rollForwardGapFen } from "#/model/credit/expected_loss.ts";
 * import assert from "node:assert/strict";
 * assert.equal(rollForwardGapFen({ ...blankRollForward(), openingFen: 5, writeOffsFen: 5 }), 0);
 * ```
 */
export function rollForwardGapFen(it: RollForward): Fen {
  return it.openingFen + it.newFen + it.transfersFen + it.remeasurementFen - it.writeOffsFen -
    it.recoveriesFen - it.closingFen;
}
