// What borrowing costs all in: the flows of one draw with its interest and fees, and the yearly rate that they come to.

import { type Fen, mulDiv } from "#/model/units/units.ts";
import { exp, log } from "#/model/units/elementary.ts";

/** The terms of one draw: simple interest actual/365 on fixed days, a fee at the start, principal in equal parts at the end. */
export interface Quote {
  rateBps: number;
  /** Kept back when the money is paid out. */
  feeBps: number;
  /** Interest is paid each so many days. */
  payEveryDays: number;
  /** No principal is paid before this day. */
  interestOnlyDays: number;
  /** The day on which nothing is owed any more. */
  termDays: number;
}

/** Money at a day, positive when the borrower receives it. */
export interface DatedFen {
  day: number;
  fen: Fen;
}

const daysOf = ({ payEveryDays, termDays }: Quote): number[] => {
  const days = Array.from(
    { length: Math.ceil(termDays / payEveryDays) - 1 },
    (_, i) => (i + 1) * payEveryDays,
  );
  return [...days, termDays];
};

/**
 * The borrower's flows of one draw, whole fen: what is paid out less the fee, then interest and principal until nothing is owed.
 *
 * Shapes: a positive amount; `termDays` at least 1. Each date's part of the principal is what is left by the dates left.
 *
 * @example
 * ```ts
 * import { flowsOf } from "#/model/funding/sources/quote.ts";
 * import assert from "node:assert/strict";
 * const quote = { rateBps: 730, feeBps: 100, payEveryDays: 50, interestOnlyDays: 50, termDays: 100 };
 * assert.deepEqual(flowsOf(10_000, quote), [
 *   { day: 0, fen: 9_900 },
 *   { day: 50, fen: -100 },
 *   { day: 100, fen: -10_100 },
 * ]);
 * ```
 */
export function flowsOf(amountFen: Fen, quote: Quote): DatedFen[] {
  const flows = [{ day: 0, fen: amountFen - Math.round(amountFen * (quote.feeBps / 10_000)) }];
  const days = daysOf(quote), repaying = days.filter((day) => day > quote.interestOnlyDays).length;
  let owedFen = amountFen, before = 0, left = repaying;
  for (const day of days) {
    const interestFen = mulDiv(owedFen, quote.rateBps * (day - before), 3_650_000);
    const partFen = day > quote.interestOnlyDays || day === quote.termDays
      ? Math.ceil(owedFen / Math.max(1, left--))
      : 0;
    owedFen -= partFen;
    flows.push({ day, fen: -interestFen - partFen });
    before = day;
  }
  return flows;
}

/**
 * The rate a year, compounded, at which what is received is worth what is paid: the stated cost of a source, fees and all.
 *
 * Shapes: a share, so 0.05 is 5 % a year. Source: own; bisection on the value of a unit of principal.
 *
 * @example
 * ```ts
 * import { costOf } from "#/model/funding/sources/quote.ts";
 * import assert from "node:assert/strict";
 * const once = { rateBps: 500, feeBps: 0, payEveryDays: 365, interestOnlyDays: 0, termDays: 365 };
 * assert.ok(Math.abs(costOf(once) - 0.05) < 1e-12);
 * assert.ok(Math.abs(costOf({ ...once, rateBps: 0, feeBps: 1_000 }) - 1 / 9) < 1e-12); // 90 received, 100 paid
 * ```
 */
export function costOf(quote: Quote): number {
  const days = daysOf(quote), repaying = days.filter((day) => day > quote.interestOnlyDays).length;
  const paidLess = (x: number) => {
    let owed = 1, before = 0, left = Math.max(1, repaying), worth = 0;
    for (const day of days) {
      const part = day > quote.interestOnlyDays || day === quote.termDays ? owed / left-- : 0;
      worth += (owed * quote.rateBps * (day - before) / 3_650_000 + part) * exp(-x * day / 365);
      owed -= part;
      before = day;
    }
    return worth - (1 - quote.feeBps / 10_000);
  };
  let low = log(0.5), high = log(100);
  for (let k = 0; k < 200; k++) {
    const middle = (low + high) / 2;
    if (paidLess(middle) > 0) low = middle;
    else high = middle;
  }
  return exp(low) - 1;
}
