// What flows are worth and what they return, by periods and by dates: NPV, NFV, IRR and MIRR, and their dated kin.
//
// Signs: received is positive, paid is negative. Rates are those of a period for periodic flows and a year's for dated ones,
// compounded, never rounded.

import { exp, log, pow } from "#/model/units/elementary.ts";
import { checked, checkedAll } from "./checks.ts";
import { type DayCount, yearsBetween } from "./day_count.ts";
import {
  type InternalRate,
  internalRate,
  presentValue,
  searched,
  type SearchedRange,
  type TimedFlow,
  widest,
} from "./irr.ts";

/** Cash on a day, counted from any day. */
export interface DatedFlow {
  day: number;
  amount: number;
}

/**
 * The net present value of flows that are one period apart.
 *
 * Shapes and units: any money unit; the first flow stands at once, as in textbooks, or a period away (`first: "next"`), as
 * spreadsheets count. Errors: `RangeError` for a rate of -1 or below, an amount that is not finite.
 *
 * @example
 * ```ts
 * import { npv } from "#/model/finance/returns.ts";
 * import assert from "node:assert/strict";
 * const amounts = [-40_000, 5_000, 8_000, 12_000, 30_000];
 * assert.ok(Math.abs(npv(0.08, amounts) - 3_065.222668179) < 1e-8);
 * assert.ok(Math.abs(npv(0.08, amounts, { first: "next" }) - 2_838.169137203) < 1e-8);
 * ```
 */
export function npv(
  rate: number,
  amounts: readonly number[],
  { first = "now" }: { first?: "now" | "next" } = {},
): number {
  checked("rate", rate, { above: -1 });
  checkedAll("flow", amounts);
  let worth = 0;
  for (let i = amounts.length - 1; i >= 0; i--) worth = worth / (1 + rate) + amounts[i];
  return first === "next" ? worth / (1 + rate) : worth;
}

/** What flows that are one period apart are worth at the last of them. Shapes, errors: as {@link npv}. */
export function nfv(rate: number, amounts: readonly number[]): number {
  checked("rate", rate, { above: -1 });
  checkedAll("flow", amounts);
  return amounts.reduce((worth, amount) => worth * (1 + rate) + amount, 0);
}

/**
 * All internal rates a period of flows that are one period apart.
 *
 * Shapes: the rates of the range ascend; "none" and "several" are answers. Errors: those of {@link internalRate}. Source: as there.
 *
 * @example
 * ```ts
 * import { irr } from "#/model/finance/returns.ts";
 * import assert from "node:assert/strict";
 * const one = irr([-100, 39, 59, 55, 20]);
 * assert.ok(one.kind === "one" && Math.abs(one.rate - 0.2809484211) < 1e-9);
 * assert.equal(irr([-5, 10.5, 1, -8, 1]).kind, "several");
 * ```
 */
export function irr(
  amounts: readonly number[],
  { range = widest }: { range?: SearchedRange } = {},
): InternalRate {
  return internalRate(amounts.map((amount, years) => ({ years, amount })), { range });
}

/**
 * The modified internal rate of return: what is paid is financed at one rate, what is received is put aside at another.
 *
 * Shapes and units: flows one period apart, rates a period; "none" where nothing is paid or nothing received. Errors:
 * `RangeError` for a rate of -1 or below. Source: spreadsheets' MIRR, (FV of receipts ÷ PV of payments)^(1 ÷ (n − 1)) − 1.
 *
 * @example
 * ```ts
 * import { mirr } from "#/model/finance/returns.ts";
 * import assert from "node:assert/strict";
 * const flows = [-120_000, 39_000, 30_000, 21_000, 37_000, 46_000];
 * const found = mirr(flows, { financeRate: 0.1, reinvestRate: 0.12 });
 * assert.ok(found.kind === "one" && Math.abs(found.rate - 0.126094) < 1e-6);
 * ```
 */
export function mirr(
  amounts: readonly number[],
  { financeRate, reinvestRate }: { financeRate: number; reinvestRate: number },
): InternalRate {
  checked("financeRate", financeRate, { above: -1 });
  checked("reinvestRate", reinvestRate, { above: -1 });
  const received = nfv(reinvestRate, amounts.map((amount) => Math.max(0, amount)));
  const paid = npv(financeRate, amounts.map((amount) => Math.max(0, -amount)));
  if (!(received > 0 && paid > 0)) return { kind: "none" };
  return { kind: "one", rate: pow(received / paid, 1 / (amounts.length - 1)) - 1 };
}

/** Dated flows as flows in years from the first of them. Errors: `RangeError` for a day that is not whole. */
export function timed(flows: readonly DatedFlow[], dayCount: DayCount = "act/365F"): TimedFlow[] {
  const start = flows.reduce(
    (least, { day }) => Math.min(least, checked("day", day, { isWhole: true })),
    Infinity,
  );
  return flows.map(({ day, amount }) => ({ years: yearsBetween(start, day, dayCount), amount }));
}

/**
 * What dated flows are worth on the first of their days.
 *
 * Shapes and units: `rate` a year, compounded; days in any order. Errors: `RangeError` for a rate of -1 or below or a day that
 * is not whole.
 *
 * @example
 * ```ts
 * import { xnpv } from "#/model/finance/returns.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(xnpv(0.1, [{ day: 0, amount: -100 }, { day: 365, amount: 121 }]) - 10) < 1e-12);
 * ```
 */
export function xnpv(
  rate: number,
  flows: readonly DatedFlow[],
  { dayCount }: { dayCount?: DayCount } = {},
): number {
  return presentValue(timed(flows, dayCount), rate);
}

/** What dated flows are worth on the last of their days. Shapes, errors: as {@link xnpv}. */
export function xnfv(
  rate: number,
  flows: readonly DatedFlow[],
  { dayCount }: { dayCount?: DayCount } = {},
): number {
  const inYears = timed(flows, dayCount);
  const last = inYears.reduce((most, { years }) => Math.max(most, years), 0);
  return presentValue(inYears, rate) * exp(last * log(1 + rate));
}

/**
 * All internal rates of return of dated flows, a year, in the searched range.
 *
 * Shapes: as {@link internalRate}, which finds them. Errors: `RangeError` for a day that is not whole, an amount that is not finite.
 *
 * @example
 * ```ts
 * import { xirr } from "#/model/finance/returns.ts";
 * import assert from "node:assert/strict";
 * const found = xirr([{ day: 0, amount: -100 }, { day: 365, amount: 110 }]);
 * assert.ok(found.kind === "one" && Math.abs(found.rate - 0.1) < 1e-14);
 * ```
 */
export function xirr(
  flows: readonly DatedFlow[],
  { dayCount, range = searched }: { dayCount?: DayCount; range?: SearchedRange } = {},
): InternalRate {
  return internalRate(timed(flows, dayCount), { range });
}
