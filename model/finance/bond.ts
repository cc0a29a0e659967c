// Bonds: cash flows, accrued interest, clean and dirty price, yield, durations and convexity, per 100 of face.
//
// Yields are yearly and compounded as said. Time to a flow is counted by the bond's own day count along its periods and to the
// day on which it is paid (a "true" yield); without a rule for payments that is the period's end (the street's yield).

import { type DayConvention, type IsBusinessDay, paymentDay } from "./business_days.ts";
import { checked, checkedAll } from "./checks.ts";
import { type CouponDates, couponPeriods, yearsWithin } from "./coupon_periods.ts";
import { type Compounding, fromYearly, type Sensitivity, sensitivity } from "./flow_sensitivity.ts";
import { internalRate, type TimedFlow, widest } from "./irr.ts";
import { worthOnCurve, type ZeroCurve } from "./zero_curve.ts";

/** A bond that is redeemed at maturity. */
export interface BondTerms extends CouponDates {
  /** Interest a year; of several, one a period in order, the last one for all that follow. 0 for a zero bond. */
  coupons: number | readonly number[];
  /** What is repaid per 100 of face; 100 unless given. */
  redemption?: number;
  /** When payments of a day that is no business day are made; on that day unless given. */
  payments?: { isBusinessDay: IsBusinessDay; convention: DayConvention };
}

/** A payment of a bond, per 100 of face. */
export interface BondFlow extends TimedFlow {
  /** The day on which it is made. */
  day: number;
}

/**
 * What a bond pays after a day, and the interest that has run until it.
 *
 * Shapes and units: per 100 of face; days since 1970; `years` from settlement. A coupon of the settlement day itself belongs
 * to the seller. Errors: `RangeError` for a settlement before the effective date or not before maturity, a coupon below zero, a
 * redemption below zero, and those of {@link couponPeriods}.
 *
 * @example
 * ```ts
 * import { bondFlows } from "#/model/finance/bond.ts";
 * import { epochDay } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * const [effective, settlement, maturity] = ["2024-01-01", "2024-04-01", "2025-01-01"].map(epochDay);
 * const { accrued, flows } = bondFlows({ effective, maturity, couponsPerYear: 2, coupons: 0.04 }, settlement);
 * assert.equal(accrued, 1); // half of the half-year's 2
 * assert.deepEqual(flows.map(({ amount, years }) => [amount, years]), [[2, 0.25], [102, 0.75]]);
 * ```
 */
export function bondFlows(bond: BondTerms, settlement: number): { accrued: number; flows: BondFlow[] } {
  const { coupons, redemption = 100, payments, effective, maturity } = bond;
  const rates = typeof coupons === "number" ? [coupons] : coupons;
  checked("number of coupons", rates.length, { least: 1 });
  checkedAll("coupon", rates, { least: 0 });
  checked("redemption", redemption, { least: 0 });
  const periods = couponPeriods(bond);
  checked("settlement", settlement, { least: effective, most: maturity - 1, isWhole: true });
  const flows: BondFlow[] = [];
  let accrued = 0, years = 0;
  for (const [k, { from, to, years: length }] of periods.entries()) {
    if (to <= settlement) continue;
    const rate = rates[Math.min(k, rates.length - 1)];
    if (from <= settlement) {
      const run = yearsWithin(bond, { from, to: settlement });
      accrued = 100 * rate * run;
      years = length - run;
    } else years += length;
    const amount = 100 * rate * length + (to === maturity ? redemption : 0);
    const day = payments ? paymentDay(to, payments) : to;
    flows.push({ day, years: years + delay(bond, { to, day }), amount });
  }
  return { accrued, flows };
}

/** How much later than its period's end a payment is made, in years; negative where earlier. */
function delay(bond: BondTerms, { to, day }: { to: number; day: number }): number {
  return day < to ? -yearsWithin(bond, { from: day, to }) : yearsWithin(bond, { from: to, to: day });
}

/** What a yield says: how much a year, compounded how often. */
export interface YieldTerms {
  settlement: number;
  yield: number;
  compounding: Compounding;
}

/** What a bond is worth: clean as quoted, and dirty as paid, with the interest that has run. */
export interface BondValue extends Sensitivity {
  clean: number;
  dirty: number;
  accrued: number;
}

/**
 * Price, durations and convexity of a bond at a yield.
 *
 * Shapes and units: per 100 of face; durations of the dirty price, in years. Errors: those of {@link bondFlows}, `RangeError`
 * for a yield that leaves nothing.
 *
 * @example
 * ```ts
 * import { bondAtYield } from "#/model/finance/bond.ts";
 * import { epochDay } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * const [effective, settlement, maturity] = ["2004-10-31", "2004-11-23", "2006-10-31"].map(epochDay);
 * const bond = { effective, maturity, couponsPerYear: 2, endOfMonth: true, coupons: 0.025 };
 * const { clean } = bondAtYield(bond, { settlement, yield: 0.02925, compounding: 2 });
 * assert.ok(Math.abs(clean - 99.204505) < 1e-6); // QuantLib, test-suite/bonds.cpp
 * ```
 */
export function bondAtYield(bond: BondTerms, terms: YieldTerms): BondValue {
  const { accrued, flows } = bondFlows(bond, terms.settlement);
  const found = sensitivity(flows, terms);
  return { ...found, dirty: found.price, accrued, clean: found.price - accrued };
}

/** What a bond is worth on a curve, from the days on which its payments are made. Errors: those of {@link bondFlows} and the curve. */
export function bondOnCurve(
  bond: BondTerms,
  { settlement, curve }: { settlement: number; curve: ZeroCurve },
): { clean: number; dirty: number; accrued: number } {
  const { accrued, flows } = bondFlows(bond, settlement);
  const dirty = worthOnCurve(curve, { flows, from: settlement });
  return { dirty, accrued, clean: dirty - accrued };
}

/** A yield, or that no yield gives the price. */
export type BondYield = { kind: "one"; yield: number } | { kind: "none" };

/**
 * The yield at which a bond has a clean price; "none" where the price with accrued interest is zero or below.
 *
 * Shapes and units: per 100 of face; yield a year, compounded as said; there is never more than one, as no payment is negative.
 * Errors: those of {@link bondFlows}.
 *
 * @example
 * ```ts
 * import { bondYield } from "#/model/finance/bond.ts";
 * import { epochDay } from "#/model/units/calendar.ts";
 * import assert from "node:assert/strict";
 * const [effective, settlement, maturity] = ["2004-10-31", "2004-11-23", "2006-10-31"].map(epochDay);
 * const bond = { effective, maturity, couponsPerYear: 2, endOfMonth: true, coupons: 0.025 };
 * const found = bondYield(bond, { settlement, clean: 99.203125, compounding: 2 });
 * assert.ok(found.kind === "one" && Math.abs(found.yield - 0.029257) < 1e-6); // QuantLib, test-suite/bonds.cpp
 * ```
 */
export function bondYield(
  bond: BondTerms,
  { settlement, clean, compounding }: { settlement: number; clean: number; compounding: Compounding },
): BondYield {
  const { accrued, flows } = bondFlows(bond, settlement);
  const dirty = checked("clean", clean) + accrued;
  const found = internalRate([{ years: 0, amount: -dirty }, ...flows], { range: widest });
  return found.kind === "one"
    ? { kind: "one", yield: fromYearly(found.rate, compounding) }
    : { kind: "none" };
}
