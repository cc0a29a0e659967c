// A passive breach: nobody acted, and yet a bound is passed. It is recorded, stops new business when it lasts, and is released
// when it has been cured.

/** What is remembered of one rule and one lender. Blank before anything happened. */
export interface Breach {
  /** The day on which the breach that runs began; −1 while there is none. */
  since: number;
  /** Days in a row on which the bound has been kept since, while the breach is not yet released. */
  kept: number;
  isStopped: boolean;
  /** Breaches so far, those that were cured, and those whose cure period ran out. */
  breaches: number;
  cured: number;
  overrun: number;
}

/** How long a breach may last. */
export interface BreachTerms {
  /** New business goes on for so many days; 0 stops it at once. */
  graceDays: number;
  /** The cure period: a breach that has lasted longer is counted as overrun. */
  cureDays: number;
  /** Days in a row on which the bound must be kept before new business is released. */
  keptDays: number;
}

/** Nothing has happened yet. */
export const noBreach = (): Breach => ({
  since: -1,
  kept: 0,
  isStopped: false,
  breaches: 0,
  cured: 0,
  overrun: 0,
});

/**
 * Follows a breach by one day, in place: entered, recorded, stopping, overrun, cured.
 *
 * Shapes: `it` is changed and given back; `isPast` says whether the bound is passed tonight.
 *
 * @example
 * ```ts
 * import { followBreach, noBreach } from "#/model/rulebook/breach.ts";
 * import assert from "node:assert/strict";
 * const breach = noBreach(), terms = { graceDays: 1, cureDays: 30, keptDays: 1 };
 * followBreach(breach, { day: 5, isPast: true }, terms);
 * assert.deepEqual([breach.since, breach.isStopped], [5, false]);
 * followBreach(breach, { day: 6, isPast: true }, terms);
 * assert.equal(breach.isStopped, true);
 * followBreach(breach, { day: 7, isPast: false }, terms);
 * assert.deepEqual([breach.since, breach.isStopped, breach.cured], [-1, false, 1]);
 * ```
 */
export function followBreach(
  it: Breach,
  { day, isPast }: { day: number; isPast: boolean },
  { graceDays, cureDays, keptDays }: BreachTerms,
): Breach {
  if (isPast) {
    if (it.since < 0) {
      it.since = day;
      it.breaches++;
    }
    it.kept = 0;
    it.isStopped = day - it.since >= graceDays;
    if (day - it.since === cureDays) it.overrun++;
  } else if (it.since >= 0 && ++it.kept >= keptDays) {
    it.cured++;
    it.since = -1;
    it.kept = 0;
    it.isStopped = false;
  }
  return it;
}
