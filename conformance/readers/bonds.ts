// fin/bonds.json: QuantLib's bonds by yield and by curve, and Hastructure's flows by a curve, with their durations.

import assert from "node:assert/strict";
import { bondAtYield, bondOnCurve, type BondTerms, bondYield } from "#/model/finance/bond.ts";
import { afterBusinessDays, type DayConvention, type IsBusinessDay } from "#/model/finance/business_days.ts";
import type { CouponDates } from "#/model/finance/coupon_periods.ts";
import type { DayCount } from "#/model/finance/day_count.ts";
import type { Compounding } from "#/model/finance/flow_sensitivity.ts";
import type { ZeroCurve } from "#/model/finance/zero_curve.ts";
import { epochDay } from "#/model/units/calendar.ts";
import { type CaseResult, examine, unreadMembers } from "../case.ts";
import { type CurveCase, curveCases } from "./curve_bonds.ts";
import { isGovernmentBondDay } from "./us_government_bonds.ts";

interface Check {
  what: string;
  yield_: number;
  price: number;
  compounding?: string;
  settlement?: string;
  expected: number;
}

interface Schedule {
  effective: string;
  termination: string;
  freq: string;
  calendar?: string;
  eom?: boolean;
  firstDate?: string;
  rule?: string;
  nextToLast?: string;
}

interface Bond {
  id: string;
  evaluationDate?: string;
  settlementDays?: number;
  calendar?: string;
  schedule?: Schedule;
  issueDate?: string;
  maturity?: string;
  coupon?: number;
  coupons?: number[];
  dayCount?: string;
  paymentConvention?: DayConvention;
  flatCurve?: { rate: number; dayCount: string; compounding: string };
  checks: Check[];
  tolerance?: number;
}

const timesAYear: Record<string, number> = { annual: 1, semiannual: 2, quarterly: 4, monthly: 12 };

/** The stub's date goes by several names; what else a schedule has is known. */
const stubName = /stub|next_?to_?last|penultimate/i;
const scheduleNames = ["effective", "termination", "freq", "calendar", "eom", "rule", "firstDate"];

/** Reads a check for each figure of QuantLib's, and a case for each figure of Hastructure's. */
export function bondCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as {
    quantlib?: { bonds: Bond[] };
    hastructure?: { cases: CurveCase[] };
  };
  const { quantlib, hastructure } = file;
  return [
    ...unreadMembers("", file, ["quantlib", "hastructure", "split"]),
    ...(quantlib?.bonds ?? []).flatMap((bond) =>
      bond.checks.map((check, i) => examine(`${bond.id} ${check.what} ${i + 1}`, () => held(bond, check)))
    ),
    ...curveCases(hastructure?.cases ?? []),
  ];
}

function held(bond: Bond, check: Check): void {
  const { tolerance = 1e-6 } = bond, terms = termsOf(bond), settlement = settlementOf(bond, check);
  const compounding = compoundingOf(check.compounding, terms.couponsPerYear);
  let own: number;
  if (check.what === "cleanPriceFromYield") {
    own = bondAtYield(terms, { settlement, yield: check.yield_, compounding }).clean;
  } else if (check.what === "cleanPriceFromCurve") {
    own = bondOnCurve(terms, { settlement, curve: curveOf(bond) }).clean;
  } else if (check.what === "yieldFromCleanPrice") {
    const found = bondYield(terms, { settlement, clean: check.price, compounding });
    assert.ok(found.kind === "one", "no yield gives the price");
    own = found.yield;
  } else throw new RangeError(`no reader for check "${check.what}"`);
  const off = Math.abs(own - check.expected);
  assert.ok(off <= tolerance, `${own}, expected ${check.expected} within ${tolerance}`);
}

function termsOf(bond: Bond): BondTerms {
  const { schedule, issueDate, maturity, coupon, coupons, dayCount, paymentConvention } = bond;
  const isBusinessDay = calendarOf(bond);
  // As the source sets its bonds up where the file says nothing: payments go by the modified following day.
  const payments = { isBusinessDay, convention: paymentConvention ?? "modified following" as DayConvention };
  if (!schedule) {
    const effective = epochDay(issueDate!);
    return { effective, maturity: epochDay(maturity!), couponsPerYear: 1, coupons: 0, payments };
  }
  const strange = Object.keys(schedule).find((name) => !scheduleNames.includes(name) && !stubName.test(name));
  if (strange !== undefined) throw new RangeError(`no reader for the schedule's "${strange}"`);
  if (schedule.rule !== undefined && schedule.rule !== "backward") {
    throw new RangeError(`no reader for the schedule's rule "${schedule.rule}"`);
  }
  const stub = Object.entries(schedule).find(([name]) => stubName.test(name))?.[1];
  return {
    effective: epochDay(schedule.effective),
    maturity: epochDay(schedule.termination),
    couponsPerYear: known(timesAYear, schedule.freq, "frequency"),
    ...(schedule.firstDate ? { firstCoupon: epochDay(schedule.firstDate) } : {}),
    ...(typeof stub === "string" ? { nextToLast: epochDay(stub) } : {}),
    endOfMonth: schedule.eom ?? false,
    dayCount: dayCountOf(dayCount),
    coupons: coupons ?? coupon ?? 0,
    payments,
  };
}

function dayCountOf(name = "act/act ISMA"): CouponDates["dayCount"] {
  return (name.startsWith("act/act ISMA") ? "act/act ISMA" : name) as CouponDates["dayCount"];
}

function calendarOf({ calendar, schedule }: Bond): IsBusinessDay {
  const name = schedule?.calendar ?? calendar ?? "Null";
  return known<IsBusinessDay>({ Null: () => true, "US govt bond": isGovernmentBondDay }, name, "calendar");
}

/** So many business days after the evaluation, but not before the bond is issued. */
function settlementOf(bond: Bond, check: Check): number {
  if (check.settlement) return epochDay(check.settlement);
  const { evaluationDate, settlementDays: businessDays = 0, issueDate, schedule } = bond;
  const isBusinessDay = calendarOf(bond);
  const traded = afterBusinessDays(epochDay(evaluationDate!), { isBusinessDay, businessDays });
  return Math.max(traded, epochDay(issueDate ?? schedule!.effective));
}

/** "compounded" alone means with the bond's own frequency. */
function compoundingOf(text = "compounded", couponsPerYear: number): Compounding {
  if (text === "continuous") return text;
  const times = /^compounded(?: (\w+))?$/.exec(text);
  if (!times) throw new RangeError(`no reader for compounding "${text}"`);
  return times[1] === undefined ? couponsPerYear : known(timesAYear, times[1], "compounding");
}

/** A flat curve; its day count adds up, so it may start on any day. */
function curveOf({ flatCurve }: Bond): ZeroCurve {
  if (!flatCurve) throw new RangeError("the case gives no curve");
  const { rate, dayCount, compounding } = flatCurve;
  return {
    points: [{ day: 0, rate }],
    dayCount: dayCount as DayCount,
    compounding: compoundingOf(compounding, 1),
  };
}

function known<T>(values: Record<string, T>, name: string, what: string): T {
  if (!Object.hasOwn(values, name)) throw new RangeError(`no reader for ${what} "${name}"`);
  return values[name];
}
