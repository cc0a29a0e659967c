// The internal rate of return: every rate in a stated range at which flows are worth nothing, and nothing that is none.

import { exp, log } from "#/model/units/elementary.ts";
import { checked } from "./checks.ts";
import { expLessOne } from "./small_rates.ts";

/** Cash at a time: `amount` in any unit, positive when received; `years` from any start, in any order. */
export interface TimedFlow {
  years: number;
  amount: number;
}

/** What an internal rate of return is: one rate, or that there is none, or that there are several. Rates a year, compounded. */
export type InternalRate =
  | { kind: "one"; rate: number }
  | { kind: "none" }
  | { kind: "several"; rates: number[] };

/** A range of rates that is searched, as log(1 + rate) from an end below zero to one above. */
export interface SearchedRange {
  from: number;
  to: number;
}

/** The range that is searched unless another is named: rates from -99.9994 % to 109,563 % a year. */
export const searched: SearchedRange = { from: -12, to: 7 };

/** The widest range in which 1 + rate still tells its digits: for rates of a period of any length. */
export const widest: SearchedRange = { from: -36, to: 36 };

/** Values on an interval below this share of the flows' size are nothing: two roots this close cannot be told apart. */
const touching = 1e-14;

/**
 * All internal rates of return of dated flows in the searched range.
 *
 * Shapes: `flows` in any order; several on one date are added. Answers "none" where no rate makes them worth nothing, also
 * where all are zero. Rates ascend and are exact to the last places. Another `range` may be named.
 * Errors: `RangeError` for an amount or a time that is no finite number, and for a range whose ends do not lie on either
 * side of zero within {@link widest}.
 * Source: own. With x = log(1 + r) the value Σ c·exp(−x·t) has as many roots as its coefficients in order of time have
 * changes of sign, less an even number (Descartes' rule for exponential sums), so one change is solved at once. Otherwise
 * intervals are kept or dropped by bounds: the received and the paid part both fall with x, so their ends bound the value
 * and the slope in between; what is monotone is bisected, and nothing with a root can be passed over.
 *
 * @example
 * ```ts
 * import { internalRate } from "#/model/finance/irr.ts";
 * import assert from "node:assert/strict";
 * const one = internalRate([{ years: 0, amount: -100 }, { years: 1, amount: 110 }]);
 * assert.ok(one.kind === "one" && Math.abs(one.rate - 0.1) < 1e-15);
 * const two = internalRate([-100, 230, -132].map((amount, years) => ({ years, amount })));
 * assert.ok(two.kind === "several" && two.rates.length === 2); // 10 % and 20 %
 * assert.equal(internalRate([{ years: 0, amount: -1 }, { years: 1, amount: -1 }]).kind, "none");
 * ```
 */
export function internalRate(
  flows: readonly TimedFlow[],
  { range = searched }: { range?: SearchedRange } = {},
): InternalRate {
  checked("the start of the searched range", range.from, { least: widest.from, most: 0 });
  checked("the end of the searched range", range.to, { least: 0, most: widest.to });
  const logs = logRates(flows, range);
  const rates = logs.map(expLessOne).sort((a, b) => a - b);
  if (rates.length === 0) return { kind: "none" };
  return rates.length === 1 ? { kind: "one", rate: rates[0] } : { kind: "several", rates };
}

/**
 * What flows are worth at their first date at a rate a year, compounded.
 *
 * Errors: `RangeError` for a rate of -100 % or below.
 */
export function presentValue(flows: readonly TimedFlow[], rate: number): number {
  if (!(rate > -1)) throw new RangeError(`Cannot discount at ${rate}: a rate above -1 is needed`);
  const start = flows.reduce((least, { years }) => Math.min(least, years), Infinity), x = log(1 + rate);
  return flows.reduce((sum, { years, amount }) => sum + amount * exp(-x * (years - start)), 0);
}

/** Roots as log(1 + rate). */
function logRates(flows: readonly TimedFlow[], range: SearchedRange): number[] {
  for (const { years, amount } of flows) {
    if (!Number.isFinite(years) || !Number.isFinite(amount)) {
      throw new RangeError(
        `Cannot find a rate for ${amount} after ${years} years: finite numbers are needed`,
      );
    }
  }
  const ordered = [...flows].sort((a, b) => a.years - b.years);
  const times: number[] = [], amounts: number[] = [];
  for (const { years, amount } of ordered) {
    if (times.length > 0 && times.at(-1) === years) amounts[amounts.length - 1] += amount;
    else {
      times.push(years);
      amounts.push(amount);
    }
  }
  const kept = amounts.map((_, i) => i).filter((i) => amounts[i] !== 0);
  const c = kept.map((i) => amounts[i]), t = kept.map((i) => times[i]);
  const changes = c.filter((amount, i) => i > 0 && amount > 0 !== c[i - 1] > 0).length;
  if (changes === 0) return [];
  // Either side of zero is looked at with times that count from its own end, so that no exponent is positive.
  const last = t.at(-1)!;
  const right = { c, t: t.map((time) => time - t[0]) };
  const left = { c, t: t.map((time) => last - time) };
  const found = [
    ...roots(left, { to: -range.from, changes }).map((y) => -y),
    ...roots(right, { to: range.to, changes }),
  ];
  const distinct: number[] = [];
  for (const x of found.sort((a, b) => a - b)) {
    if (distinct.length === 0 || x - distinct.at(-1)! > 1e-9) distinct.push(x);
  }
  return distinct;
}

interface Sum {
  c: readonly number[];
  t: readonly number[];
}

/** Value and slope of Σ c·exp(−y·t), with what was received and paid apart; all four parts are not negative. */
function parts({ c, t }: Sum, y: number, out: Float64Array): void {
  let up = 0, down = 0, upSlope = 0, downSlope = 0;
  for (let i = 0; i < c.length; i++) {
    const term = c[i] * exp(-y * t[i]);
    if (term > 0) {
      up += term;
      upSlope += term * t[i];
    } else {
      down -= term;
      downSlope -= term * t[i];
    }
  }
  out[0] = up;
  out[1] = down;
  out[2] = upSlope;
  out[3] = downSlope;
}

/** The roots from 0 to an end, both included. */
function roots(sum: Sum, { to, changes }: { to: number; changes: number }): number[] {
  const found: number[] = [], a = new Float64Array(4), b = new Float64Array(4);
  const pending: [number, number][] = [[0, to]];
  while (pending.length > 0) {
    const [from, until] = pending.pop()!;
    parts(sum, from, a);
    parts(sum, until, b);
    const valueA = a[0] - a[1], valueB = b[0] - b[1], size = a[0] + a[1];
    // All parts fall with y, so received at the end less paid at the start is the least that there can be in between.
    if (changes > 1 && (b[0] - a[1] > 0 || a[0] - b[1] < 0)) continue;
    const isMonotone = changes === 1 || b[2] - a[3] > 0 || a[2] - b[3] < 0;
    if (isMonotone) {
      if (valueA === 0) found.push(from);
      else if (valueB === 0) found.push(until);
      else if (valueA > 0 !== valueB > 0) found.push(bisect(sum, from, until));
      continue;
    }
    const middle = (from + until) / 2;
    if (until - from < 1e-8 || middle <= from || middle >= until) {
      // Too narrow to split: a root where the sign changes, or where the value cannot be told from nothing.
      if (valueA > 0 !== valueB > 0) found.push(bisect(sum, from, until));
      else if (Math.min(Math.abs(valueA), Math.abs(valueB)) <= touching * size) found.push(middle);
      continue;
    }
    pending.push([middle, until], [from, middle]);
  }
  return found;
}

/** The root between two ends of unlike signs: Newton's steps, and halving where they leave the interval. */
function bisect(sum: Sum, from: number, until: number): number {
  const at = new Float64Array(4);
  const value = (y: number) => {
    parts(sum, y, at);
    return at[0] - at[1];
  };
  let low = from, high = until, y = (from + until) / 2;
  const isUpLow = value(low) > 0;
  for (let k = 0; k < 200; k++) {
    const found = value(y);
    if (found === 0) return y;
    if (found > 0 === isUpLow) low = y;
    else high = y;
    const slope = at[3] - at[2], newton = y - found / slope;
    const next = newton > low && newton < high && k % 8 !== 7 ? newton : (low + high) / 2;
    if (Math.abs(next - y) <= 2e-16 * Math.max(1e-9, Math.abs(y)) || next === low && next === high) {
      return next;
    }
    y = next;
  }
  return y;
}
