// The all-in cost cap: from a date on, interest and late fees together may not pass a yearly rate.

import type { Bps, Day, Ppm } from "#/model/units/units.ts";
import type { Licence } from "./licence.ts";

/** The licences that the cap binds: who lends, not who only moves payments. */
export const cappedLicences: readonly Licence[] = ["micro-lender", "consumer-finance"];

/** A dated cap; `fromDay` counted as the scenario's days. */
export interface CostCap {
  allInCostCapBps: Bps;
  fromDay: Day;
}

/**
 * The yearly rate that may be charged: what the product says, trimmed to the cap where it is in force.
 *
 * Source: assisted-lending rule 金规〔2025〕9号: all-in financing cost at most 24 % a year from 1 October 2025.
 *
 * @example
 * ```ts
 * import { lawfulAprBps } from "#/model/credit/cost_cap.ts";
 * import assert from "node:assert/strict";
 * const cap = { allInCostCapBps: 2_400, fromDay: 273 };
 * assert.equal(lawfulAprBps(2_700, 272, cap), 2_700);
 * assert.equal(lawfulAprBps(2_700, 273, cap), 2_400);
 * ```
 */
export function lawfulAprBps(aprBps: Bps, day: Day, { allInCostCapBps, fromDay }: CostCap): Bps {
  return day >= fromDay ? Math.min(aprBps, allInCostCapBps) : aprBps;
}

/** The late fee a day that may be charged beside a yearly rate, in ppm of what is overdue, by the same cap. */
export function lawfulLateFeePpm(lateFeePpm: Ppm, aprBps: Bps, day: Day, cap: CostCap): Ppm {
  if (day < cap.fromDay) return lateFeePpm;
  return Math.max(0, Math.min(lateFeePpm, Math.floor((cap.allInCostCapBps - aprBps) * 100 / 365)));
}
