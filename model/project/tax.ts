// Tax on a company's yearly profit: losses of earlier years are used first, the oldest first, until they lapse.

/**
 * The tax of one year, given the losses of earlier years, which it uses up.
 *
 * Shapes and units: `profit` of the year in any unit; `losses` holds what is left of the loss of each year, positive, by
 * year from 0; `year` is this one. A loss is written into its place; losses older than `lossYears` years are out of use.
 * Returns the taxable profit, zero or more. Errors: none; years beyond the column are the caller's mistake.
 * Source: Enterprise Income Tax Law of the PRC, art. 18 (losses are carried forward at most five years).
 *
 * @example
 * ```ts
 * import { taxableProfit } from "#/model/project/tax.ts";
 * import assert from "node:assert/strict";
 * const losses = new Float64Array(3);
 * assert.equal(taxableProfit(-100, losses, { year: 0, lossYears: 5 }), 0);
 * assert.equal(taxableProfit(70, losses, { year: 1, lossYears: 5 }), 0);
 * assert.equal(taxableProfit(70, losses, { year: 2, lossYears: 5 }), 40);
 * ```
 */
export function taxableProfit(
  profit: number,
  losses: Float64Array,
  { year, lossYears }: { year: number; lossYears: number },
): number {
  if (profit <= 0) {
    losses[year] = -profit;
    return 0;
  }
  let taxable = profit;
  losses[year] = 0;
  for (let earlier = Math.max(0, year - lossYears); earlier < year && taxable > 0; earlier++) {
    const used = Math.min(taxable, losses[earlier]);
    losses[earlier] -= used;
    taxable -= used;
  }
  return taxable;
}

/** A company's tax as its year goes on: profit and payments of the year, and the losses of earlier ones. */
export interface TaxBook {
  losses: Float64Array;
  profit: number;
  paid: number;
  /** A part of profit, 0 to 1. */
  rate: number;
  lossYears: number;
  months: number;
}

/** An empty book for so many months. */
export function taxBook(months: number, { rate, lossYears }: { rate: number; lossYears: number }): TaxBook {
  return { losses: new Float64Array(Math.ceil(months / 12)), profit: 0, paid: 0, rate, lossYears, months };
}

/** Makes a book empty again. */
export function clearTax(book: TaxBook): void {
  book.losses.fill(0);
  book.profit = book.paid = 0;
}

/**
 * Adds a month's profit and says what tax is paid in it: nothing within a quarter; at its end what the year so far owes beyond
 * what was paid; at the year's end the rest, or back what was paid too much.
 *
 * Shapes and units: any unit, not rounded; months from 0 in order, twelve a year, the last month ends a year.
 * Source: Enterprise Income Tax Law of the PRC, art. 54 (prepaid by month or quarter, settled after the year).
 *
 * @example
 * ```ts
 * import { taxBook, taxOfMonth } from "#/model/project/tax.ts";
 * import assert from "node:assert/strict";
 * const book = taxBook(12, { rate: 0.25, lossYears: 5 });
 * const profits = [0, 0, 100, 0, 0, -60, 0, 0, 0, 0, 0, 0];
 * const paid = profits.map((profit, m) => taxOfMonth(book, m, profit));
 * assert.deepEqual(paid.filter((fen) => fen !== 0), [25, -15]);
 * ```
 */
export function taxOfMonth(book: TaxBook, m: number, profit: number): number {
  book.profit += profit;
  const isYearEnd = (m + 1) % 12 === 0 || m === book.months - 1;
  if (!isYearEnd && (m + 1) % 3 !== 0) return 0;
  const year = Math.floor(m / 12);
  if (isYearEnd) {
    const tax = book.rate * taxableProfit(book.profit, book.losses, { year, lossYears: book.lossYears }) -
      book.paid;
    book.profit = book.paid = 0;
    return tax;
  }
  let taxable = book.profit;
  for (let earlier = Math.max(0, year - book.lossYears); earlier < year; earlier++) {
    taxable -= book.losses[earlier];
  }
  const tax = Math.max(0, book.rate * taxable - book.paid);
  book.paid += tax;
  return tax;
}
