// How much debt a project can carry: service cut to its cash (sculpting), and the constraint that binds first.

import { checked, checkedAll } from "./checks.ts";
import { ratesByPeriod, worthOfCash } from "./debt_cover.ts";

/** One period of a loan, in any money unit. */
export interface DebtPeriod {
  opening: number;
  interest: number;
  /** Negative where interest is more than what is paid, so that the loan grows. */
  principal: number;
  service: number;
  closing: number;
}

/** A loan whose service follows the cash. */
export interface SculptedDebt {
  /** What can be borrowed at the start. */
  debt: number;
  periods: DebtPeriod[];
  /** Periods, counted from 0, in which the loan grows since its interest is more than its share of the cash. */
  growing: number[];
}

/**
 * One period of a loan that pays cash ÷ DSCR.
 *
 * Shapes and units: any money unit; `rate` of the period. Where cash is negative nothing is paid. Errors: `RangeError` for a
 * negative opening, a rate of -1 or below, a DSCR of zero or below.
 *
 * @example
 * ```ts
 * import { sculptedPeriod } from "#/model/finance/debt_sizing.ts";
 * import assert from "node:assert/strict";
 * const { service, closing } = sculptedPeriod(1_000, { cfads: 600, rate: 0.05 * 183 / 365, targetDscr: 1.25 });
 * assert.equal(service, 480);
 * assert.ok(Math.abs(closing - 545.068493150685) < 1e-9);
 * ```
 */
export function sculptedPeriod(
  opening: number,
  { cfads, rate, targetDscr }: { cfads: number; rate: number; targetDscr: number },
): DebtPeriod {
  checked("opening debt", opening, { least: 0 });
  checked("cfads", cfads);
  checked("rate", rate, { above: -1 });
  checked("targetDscr", targetDscr, { above: 0 });
  const interest = opening * rate, service = Math.max(0, cfads) / targetDscr;
  return { opening, interest, principal: service - interest, service, closing: opening + interest - service };
}

/**
 * The greatest loan that service of cash ÷ DSCR repays by the last period, and its course.
 *
 * Shapes and units: one CFADS a period of the loan's life, in order; one rate for all periods, or one each. The debt is the
 * worth of its service, so no first guess is needed, and with cash that is never negative its LLCR equals the target DSCR.
 * Errors: those of {@link sculptedPeriod} and {@link ratesByPeriod}. Source: backward induction,
 * opening = (closing + service) ÷ (1 + rate), closing of the last period 0.
 *
 * @example
 * ```ts
 * import { sculptedDebt } from "#/model/finance/debt_sizing.ts";
 * import assert from "node:assert/strict";
 * const { debt, periods } = sculptedDebt([600, 600, 600, 600], { rates: 0, targetDscr: 1.2 });
 * assert.equal(debt, 2_000);
 * assert.deepEqual(periods.map(({ principal }) => principal), [500, 500, 500, 500]);
 * ```
 */
export function sculptedDebt(
  cfads: readonly number[],
  { rates, targetDscr }: { rates: number | readonly number[]; targetDscr: number },
): SculptedDebt {
  checked("targetDscr", targetDscr, { above: 0 });
  checkedAll("cfads of period", cfads);
  const byPeriod = ratesByPeriod(rates, cfads.length);
  const periods = new Array<DebtPeriod>(cfads.length), growing: number[] = [];
  let closing = 0;
  for (let i = cfads.length - 1; i >= 0; i--) {
    const service = Math.max(0, cfads[i]) / targetDscr, opening = (closing + service) / (1 + byPeriod[i]);
    const interest = opening * byPeriod[i];
    periods[i] = { opening, interest, principal: service - interest, service, closing };
    closing = opening;
  }
  for (const [i, { principal }] of periods.entries()) if (principal < 0) growing.push(i);
  return { debt: closing, periods, growing };
}

/** What limits a debt; each is left out where it does not apply. */
export interface DebtLimits {
  /** Least DSCR in every period; debt is sculpted to it. */
  dscr?: number;
  /** Least loan life cover. */
  llcr?: number;
  /** Least project life cover, over all cash given. */
  plcr?: number;
  /** Most debt as a share of the eligible cost, 0 to 1. */
  gearing?: number;
  /** What the lenders have committed. */
  commitment?: number;
}

/** How much can be borrowed, which limit says so, and what each would allow. */
export interface DebtCapacity {
  debt: number;
  /** The limit that binds; of several that are equal the first in the order of {@link DebtLimits}. */
  binding: keyof DebtLimits;
  byLimit: Partial<Record<keyof DebtLimits, number>>;
}

const order = ["dscr", "llcr", "plcr", "gearing", "commitment"] as const;

/**
 * The debt capacity under several limits and the one that binds.
 *
 * Shapes and units: `cfads` of all periods of the project; `tenor` how many of them the loan lasts; rates as in
 * {@link sculptedDebt}, for all periods. A limit on cash that is worth nothing allows no debt. Errors: `RangeError` for a tenor
 * that is not whole or not from 1 to the number of periods, a limit out of its range, no limit at all.
 *
 * @example
 * ```ts
 * import { debtCapacity } from "#/model/finance/debt_sizing.ts";
 * import assert from "node:assert/strict";
 * const { debt, binding, byLimit } = debtCapacity([600, 600, 600, 600], {
 *   ...{ rates: 0, tenor: 4, eligibleCost: 2_400 },
 *   limits: { dscr: 1.2, gearing: 0.75 },
 * });
 * assert.deepEqual([debt, binding, byLimit], [1_800, "gearing", { dscr: 2_000, gearing: 1_800 }]);
 * ```
 */
export function debtCapacity(
  cfads: readonly number[],
  { rates, tenor, eligibleCost = 0, limits }: {
    rates: number | readonly number[];
    tenor: number;
    eligibleCost?: number;
    limits: DebtLimits;
  },
): DebtCapacity {
  checked("tenor", tenor, { least: 1, most: cfads.length, isWhole: true });
  checked("eligibleCost", eligibleCost, { least: 0 });
  const all = ratesByPeriod(rates, cfads.length), life = all.slice(0, tenor), cash = cfads.slice(0, tenor);
  const { dscr, llcr, plcr, gearing, commitment } = limits;
  const byLimit: DebtCapacity["byLimit"] = {};
  if (dscr !== undefined) byLimit.dscr = sculptedDebt(cash, { rates: life, targetDscr: dscr }).debt;
  if (llcr !== undefined) {
    byLimit.llcr = Math.max(0, worthOfCash(cash, life)) / checked("llcr", llcr, { above: 0 });
  }
  if (plcr !== undefined) {
    byLimit.plcr = Math.max(0, worthOfCash(cfads, all)) / checked("plcr", plcr, { above: 0 });
  }
  if (gearing !== undefined) {
    byLimit.gearing = checked("gearing", gearing, { least: 0, most: 1 }) * eligibleCost;
  }
  if (commitment !== undefined) byLimit.commitment = checked("commitment", commitment, { least: 0 });
  const given = order.filter((limit) => byLimit[limit] !== undefined);
  if (given.length === 0) throw new RangeError("Cannot size debt without a limit: at least one is needed");
  const binding = given.reduce((least, limit) => byLimit[limit]! < byLimit[least]! ? limit : least);
  return { debt: byLimit[binding]!, binding, byLimit };
}
