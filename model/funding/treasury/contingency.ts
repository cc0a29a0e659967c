// The contingency plan: what a treasury does, step by step, when its money will not last; entered and left with hysteresis.

/** The steps, mildest first; each is taken together with those before it. */
export const contingencySteps = [
  "none",
  "drawUnused",
  "tightenOffers",
  "throttle",
  "stop",
  "placeReceivables",
] as const;

/** When steps are entered and left. */
export interface ContingencyTerms {
  /** A step is entered when money lasts fewer days than this; one number a step from `drawUnused` on, falling. */
  enterBelowDays: readonly number[];
  /** A step is left only when money lasts so many days more than its entry asks. */
  leaveAboveDays: number;
  /** And has done so for so many days in a row. */
  calmDays: number;
}

/** Where a treasury stands: the step, and days in a row on which it could have been left. */
export interface ContingencyState {
  step: number;
  calm: number;
}

/**
 * Tonight's step, in place. Up by one step a day while money lasts less than the next step's days; down by one when it lasts
 * long enough for long enough.
 *
 * Errors: `RangeError` when the days do not fall from step to step.
 *
 * @example
 * ```ts
 * import { followPlan } from "#/model/funding/treasury/contingency.ts";
 * import assert from "node:assert/strict";
 * const terms = { enterBelowDays: [60, 45, 30, 14, 7], leaveAboveDays: 10, calmDays: 2 };
 * const state = { step: 0, calm: 0 };
 * for (const days of [90, 40, 40, 40]) followPlan(state, days, terms);
 * assert.equal(state.step, 2); // below 45, not below 30
 * for (const days of [50, 60, 60]) followPlan(state, days, terms);
 * assert.equal(state.step, 1); // 45 + 10 kept for two days
 * ```
 */
export function followPlan(
  state: ContingencyState,
  lastsDays: number,
  { enterBelowDays, leaveAboveDays, calmDays }: ContingencyTerms,
): ContingencyState {
  for (let k = 1; k < enterBelowDays.length; k++) {
    if (enterBelowDays[k] > enterBelowDays[k - 1]) {
      throw new RangeError(
        `Cannot follow a contingency plan whose step ${contingencySteps[k + 1]} is entered below ${
          enterBelowDays[k]
        } days and the one before below ${enterBelowDays[k - 1]}; allowed are days that fall`,
      );
    }
  }
  const next = enterBelowDays[state.step];
  if (next !== undefined && lastsDays < next) {
    state.step++;
    state.calm = 0;
    return state;
  }
  const own = state.step > 0 ? enterBelowDays[state.step - 1] + leaveAboveDays : Infinity;
  state.calm = lastsDays >= own ? state.calm + 1 : 0;
  if (state.calm >= calmDays) {
    state.step--;
    state.calm = 0;
  }
  return state;
}
