// Level payments: future and present value, the payment, its parts of interest and principal, the number of periods, the rate.
//
// Signs: what is received is positive, what is paid is negative, so pv·(1 + r)^n + pmt·(1 + r·w)·((1 + r)^n − 1) ÷ r + fv = 0.
// Timing: payments at the end of each period (w = 0), or at its begin (w = 1). The rate is one of a period, compounded each
// period; a yearly rate is turned into it before.

import { log, pow } from "#/model/units/elementary.ts";
import { checked } from "./checks.ts";
import { type InternalRate, internalRate, widest } from "./irr.ts";
import { expLessOne, logOnePlus } from "./small_rates.ts";

/** When payments fall within their period. */
export type When = "end" | "begin";

/** The terms that all level payments share: a rate a period above -1, a number of periods, and when they are paid. */
export interface PeriodTerms {
  rate: number;
  /** Zero or more. */
  nper: number;
  /** At the end unless said otherwise. */
  when?: When;
}

/** What 1 grows to, and what a payment of 1 each period grows to. */
function growth({ rate, nper, when = "end" }: PeriodTerms): { single: number; level: number } {
  checked("rate", rate, { above: -1 });
  checked("nper", nper, { least: 0 });
  const single = pow(1 + rate, nper);
  if (rate === 0) return { single, level: nper };
  const level = expLessOne(nper * logOnePlus(rate)) / rate;
  return { single, level: when === "begin" ? level * (1 + rate) : level };
}

/**
 * What is left at the end, received or paid.
 *
 * Shapes and units: any money unit; rate a period. Errors: `RangeError` for a rate of -1 or below, a negative `nper`.
 * Source: the annuity equation at the head of this file, as spreadsheets and numpy-financial have it.
 *
 * @example
 * ```ts
 * import { fv } from "#/model/finance/annuity.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(fv({ rate: 0.1, nper: 5, pmt: 100, pv: 0 }) - -610.51) < 1e-9);
 * ```
 */
export function fv({ pmt, pv, ...terms }: PeriodTerms & { pmt: number; pv: number }): number {
  checked("pmt", pmt);
  checked("pv", pv);
  const { single, level } = growth(terms);
  return 0 - (pv * single + pmt * level);
}

/**
 * What payments and a last amount are worth at the start.
 *
 * Shapes and units, errors, source: as {@link fv}.
 *
 * @example
 * ```ts
 * import { pv } from "#/model/finance/annuity.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(pv({ rate: 0.07, nper: 20, pmt: 12_000, fv: 0 }) - -127_128.17094619393) < 1e-7);
 * ```
 */
export function pv({ pmt, fv, ...terms }: PeriodTerms & { pmt: number; fv: number }): number {
  checked("pmt", pmt);
  checked("fv", fv);
  const { single, level } = growth(terms);
  return 0 - (fv + pmt * level) / single;
}

/**
 * The level payment that turns `pv` into `fv`.
 *
 * Shapes and units, source: as {@link fv}. Errors: those of `fv`, and `RangeError` for an `nper` of 0.
 *
 * @example
 * ```ts
 * import { pmt } from "#/model/finance/annuity.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(pmt({ rate: 0.08 / 12, nper: 60, pv: 15_000 }) - -304.1459143262053) < 1e-9);
 * ```
 */
export function pmt({ pv, fv = 0, ...terms }: PeriodTerms & { pv: number; fv?: number }): number {
  checked("pv", pv);
  checked("fv", fv);
  checked("nper", terms.nper, { above: 0 });
  const { single, level } = growth(terms);
  return 0 - (pv * single + fv) / level;
}

/** A level payment and which one of them is looked at, counted from 1. */
export interface PaymentTerms extends PeriodTerms {
  per: number;
  pv: number;
  fv?: number;
}

/**
 * The interest in one payment; nothing in a first one that is paid at once.
 *
 * Shapes and units, source: as {@link fv}. Errors: those of `pmt`, and `RangeError` for a `per` that is not whole or not
 * from 1 to `nper`.
 *
 * @example
 * ```ts
 * import { ipmt } from "#/model/finance/annuity.ts";
 * import assert from "node:assert/strict";
 * const terms = { rate: 0.1 / 12, nper: 24, pv: 2_000 };
 * assert.ok(Math.abs(ipmt({ ...terms, per: 1 }) - -16.666666666666668) < 1e-12);
 * ```
 */
export function ipmt(terms: PaymentTerms): number {
  const { rate, nper, per, when = "end" } = terms;
  const payment = pmt(terms);
  checked("per", per, { least: 1, most: nper, isWhole: true });
  if (when === "begin" && per === 1) return 0;
  const owed = owedBefore(terms, payment);
  // A payment at the begin holds the interest of the period before it, which is in what is owed already.
  return 0 - owed * rate / (when === "begin" ? 1 + rate : 1);
}

/** What is owed before a payment: looked at from the end where debts grow, from the start where they melt; the other way loses digits. */
function owedBefore(
  { rate, nper, per, pv: first, fv: last = 0, when }: PaymentTerms,
  payment: number,
): number {
  return rate >= 0
    ? pv({ rate, nper: nper - per + 1, pmt: payment, fv: last, when })
    : 0 - fv({ rate, nper: per - 1, pmt: payment, pv: first, when });
}

/**
 * The principal in one payment: what the interest leaves of it.
 *
 * Shapes and units, errors, source: as {@link ipmt}.
 *
 * @example
 * ```ts
 * import { ppmt } from "#/model/finance/annuity.ts";
 * import assert from "node:assert/strict";
 * const terms = { rate: 0.1 / 12, nper: 24, pv: 2_000 };
 * assert.ok(Math.abs(ppmt({ ...terms, per: 1 }) - -75.62318600836664) < 1e-9);
 * ```
 */
export function ppmt(terms: PaymentTerms): number {
  return pmt(terms) - ipmt(terms);
}

/** A number of periods, or that no number of periods does it. */
export type PeriodCount = { kind: "one"; nper: number } | { kind: "none" };

/**
 * How many periods of a payment turn `pv` into `fv`; "none" where the payment never does, or only backwards in time.
 *
 * Shapes and units, source: as {@link fv}; not rounded to whole periods. Errors: `RangeError` for a rate of -1 or below.
 *
 * @example
 * ```ts
 * import { nper } from "#/model/finance/annuity.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(nper({ rate: 0, pmt: -100, pv: 1_000, fv: 0 }), { kind: "one", nper: 10 });
 * assert.equal(nper({ rate: 0.1, pmt: -50, pv: 1_000, fv: 0 }).kind, "none"); // interest alone is 100
 * ```
 */
export function nper(
  { rate, pmt, pv, fv, when = "end" }: { rate: number; pmt: number; pv: number; fv: number; when?: When },
): PeriodCount {
  checked("rate", rate, { above: -1 });
  for (const [field, value] of Object.entries({ pmt, pv, fv })) checked(field, value);
  let periods: number;
  if (rate === 0) periods = pv + fv === 0 ? 0 : -(pv + fv) / pmt;
  else {
    const forever = pmt * (when === "begin" ? 1 + rate : 1) / rate;
    periods = log((forever - fv) / (forever + pv)) / logOnePlus(rate);
  }
  return Number.isFinite(periods) && periods >= 0 ? { kind: "one", nper: periods + 0 } : { kind: "none" };
}

/**
 * All rates a period at which level payments turn `pv` into `fv`, from -1 + 2e-16 to 4e15 ({@link widest}).
 *
 * Shapes and units: as {@link fv}, `nper` whole. Errors: `RangeError` for an `nper` below 1 or not whole. Source: the internal
 * rates of the flows that the terms mean, so "none" and "several" are answers.
 *
 * @example
 * ```ts
 * import { rate } from "#/model/finance/annuity.ts";
 * import assert from "node:assert/strict";
 * const found = rate({ nper: 10, pmt: 0, pv: -3_500, fv: 10_000 });
 * assert.ok(found.kind === "one" && Math.abs(found.rate - 0.11069085371) < 1e-11);
 * assert.equal(rate({ nper: 12, pmt: 400, pv: 10_000, fv: 5_000 }).kind, "none");
 * ```
 */
export function rate(
  { nper, pmt, pv, fv, when = "end" }: { nper: number; pmt: number; pv: number; fv: number; when?: When },
): InternalRate {
  checked("nper", nper, { least: 1, isWhole: true });
  const first = when === "begin" ? 0 : 1;
  const payments = Array.from({ length: nper }, (_, k) => ({ years: k + first, amount: pmt }));
  return internalRate([{ years: 0, amount: pv }, ...payments, { years: nper, amount: fv }], {
    range: widest,
  });
}
