// Debt service that follows the cash: every payment is the same part of the cash for service, and the debt is what that repays.

import { clearTax, type TaxBook, taxBook, taxOfMonth } from "./tax.ts";

/** What a sculpted debt is worked out from; columns by month, in any money unit. */
export interface SculptInputs {
  /** Cash for service before tax, after whoever is paid earlier. */
  cash: Float64Array;
  /** Taxable profit before this debt's interest. */
  taxBase: Float64Array;
  /** The months, ascending, in which interest is due; repayments are those after `graceEnd`. */
  payments: readonly number[];
  /** Month of issue, and the last month of grace. */
  issue: number;
  graceEnd: number;
  ratePerMonth: number;
  /** Fee at issue, a part of the amount; before the opening it is part of the asset, after it a cost. */
  feeRate: number;
  targetDscr: number;
  /** What is asked for; less is issued where the cash carries less. */
  amount: number;
  isInterestCapitalisedInGrace: boolean;
  taxRate: number;
  lossYears: number;
  /** Interest before this month is part of the asset, amortised over `amortisationMonths` from it. */
  opening: number;
  amortisationMonths: number;
}

/** A sculpted debt. `capacity` is what the target cover carries at issue, `dscr` the cover that the amount issued has. */
export interface Sculpted {
  amount: number;
  capacity: number;
  dscr: number | null;
  /** Interest and principal of each payment, by place in `payments`; zero in grace. */
  service: Float64Array;
  passes: number;
}

const mostPasses = 500;

/**
 * Sizes and shapes a debt whose service is a constant part of the cash after tax.
 *
 * The circle: service follows cash after tax, tax follows interest, interest follows the balance, the balance is the value of
 * the service. It is closed by a fixed point on the interest of each month. Summed over the months, a change of interest moves
 * tax by at most twice the tax rate τ times it (twice, as what is prepaid may come back at the year's end), service by that ÷
 * DSCR, and the balance, a sum of service discounted at the debt's own rate, by no more; interest on it over the whole tenor is
 * then at most 2 × rate × years × τ ÷ DSCR of the first change. At 10 %, five years, τ = 25 % and 1.2 that is 0.21, and less
 * in practice, so the passes converge whatever the first guess.
 *
 * Shapes: `guess` is any interest by month (none where absent). Errors: `RangeError` where it does not settle in 500 passes,
 * which needs a product of those terms above 1.
 * Source: backward sizing, opening = (closing + cash ÷ DSCR) ÷ (1 + rate of the period); own proof.
 *
 * @example
 * ```ts
 * import { sculpt } from "#/model/project/sculpt.ts";
 * import assert from "node:assert/strict";
 * const cash = Float64Array.of(0, 600, 600, 600, 600), taxBase = new Float64Array(5);
 * const terms = { cash, taxBase, payments: [1, 2, 3, 4], issue: 0, graceEnd: 0, ratePerMonth: 0, feeRate: 0 };
 * const tax = { taxRate: 0, lossYears: 5, opening: 0, amortisationMonths: 60 };
 * const found = sculpt({ ...terms, ...tax, targetDscr: 1.2, amount: 1e9, isInterestCapitalisedInGrace: false });
 * assert.deepEqual([found.amount, ...found.service], [2_000, 500, 500, 500, 500]);
 * ```
 */
export function sculpt(inputs: SculptInputs, guess?: Float64Array): Sculpted {
  const { cash, payments } = inputs, months = cash.length;
  let interest = guess === undefined ? new Float64Array(months) : Float64Array.from(guess);
  let next = new Float64Array(months);
  const afterTax = new Float64Array(months), service = new Float64Array(payments.length);
  const book = taxBook(months, { rate: inputs.taxRate, lossYears: inputs.lossYears });
  let size = 1, issued = inputs.amount;
  for (let m = 0; m < months; m++) size = Math.max(size, Math.abs(cash[m]));
  for (let passes = 1; passes <= mostPasses; passes++) {
    cashAfterTax(inputs, { interest, issued, afterTax, book });
    const sized = sizeTo(inputs, { afterTax, service });
    issued = sized.amount;
    interestOf(inputs, { ...sized, service, interest: next });
    let moved = 0;
    for (let m = 0; m < months; m++) moved = Math.max(moved, Math.abs(next[m] - interest[m]));
    [interest, next] = [next, interest];
    if (moved <= 1e-13 * size) return { ...sized, service, passes };
  }
  throw new RangeError(
    `Cannot sculpt a debt of ${inputs.amount}: the circle of interest and tax does not settle in ${mostPasses} passes`,
  );
}

function cashAfterTax(
  { cash, taxBase, opening, amortisationMonths, issue, feeRate }: SculptInputs,
  { interest, issued, afterTax, book }: {
    interest: Float64Array;
    issued: number;
    afterTax: Float64Array;
    book: TaxBook;
  },
): void {
  const months = cash.length;
  let capitalised = issue < opening ? issued * feeRate : 0;
  for (let m = 0; m < Math.min(months, opening); m++) capitalised += interest[m];
  clearTax(book);
  for (let m = 0; m < months; m++) {
    let profit = taxBase[m] - (m >= opening ? interest[m] : 0);
    if (m === issue && m >= opening) profit -= issued * feeRate;
    if (m >= opening && m < opening + amortisationMonths) profit -= capitalised / amortisationMonths;
    afterTax[m] = cash[m] - taxOfMonth(book, m, profit);
  }
}

/** The service at the target cover, sized backward; scaled down where less is asked for. */
function sizeTo(
  { payments, issue, graceEnd, ratePerMonth, targetDscr, amount, ...inputs }: SculptInputs,
  { afterTax, service }: { afterTax: Float64Array; service: Float64Array },
): { amount: number; capacity: number; dscr: number | null } {
  let owed = 0, growth = 1;
  for (let k = payments.length - 1; k >= 0; k--) {
    const from = k > 0 ? payments[k - 1] : issue, until = payments[k];
    const factor = 1 + ratePerMonth * (until - from);
    service[k] = 0;
    if (until <= graceEnd) {
      if (inputs.isInterestCapitalisedInGrace) growth *= factor;
      continue;
    }
    let earned = 0;
    for (let m = from + 1; m <= until; m++) earned += afterTax[m];
    service[k] = Math.max(0, earned) / targetDscr;
    owed = (owed + service[k]) / factor;
  }
  const capacity = owed / growth, issued = Math.min(amount, capacity);
  if (!(issued > 0)) {
    service.fill(0);
    return { amount: 0, capacity, dscr: null };
  }
  const scale = issued / capacity;
  for (let k = 0; k < payments.length; k++) service[k] *= scale;
  return { amount: issued, capacity, dscr: targetDscr / scale };
}

function interestOf(
  { payments, issue, graceEnd, ratePerMonth, ...inputs }: SculptInputs,
  { amount, service, interest }: { amount: number; service: Float64Array; interest: Float64Array },
): void {
  interest.fill(0);
  let owed = amount, from = issue;
  for (let k = 0; k < payments.length; k++) {
    const until = payments[k], due = owed * ratePerMonth;
    for (let m = from + 1; m <= until; m++) interest[m] = due;
    const accrued = due * (until - from);
    if (until > graceEnd) owed -= service[k] - accrued;
    else if (inputs.isInterestCapitalisedInGrace) owed += accrued;
    from = until;
  }
}
