// What the project is worth without its financing: cash after tax, its tail, net present value, payback.

import { pow } from "#/model/units/elementary.ts";
import { spread } from "./debts.ts";
import type { Operations } from "./operations.ts";
import type { ReadyPlan } from "./ready.ts";
import { clearTax, taxOfMonth } from "./tax.ts";

/** What flows are worth at the start of the plan, and how much of it comes after the last given month. */
export interface Worth {
  npvFen: number;
  /** What is supposed of the time after the flows, at the end of the last month. */
  tailFen: number;
  /** Present value of the tail as a part of what the given months and the tail are worth in size, 0 to 1. */
  tailShare: number;
  /** The month (from 1) after which the project has earned back what it took; nothing where it never does. */
  paybackMonth: number | null;
}

/**
 * Fills a column with the project's cash after tax and before any financing, and values it.
 *
 * Tax is what the project would owe without interest, fees and grants. In the last month what is deposited, receivable and
 * payable comes back, and the tail is added: the cash of the last twelve months, falling each year by the plan's decline.
 * Shapes: operations must be filled; `cash` and `scratch` are overwritten, as long as the plan.
 */
export function worthOf(
  { plan, months, columns, tax: book }: ReadyPlan,
  { openingMonth }: Operations,
  { cash, scratch }: { cash: Float64Array; scratch: Float64Array },
): Worth {
  scratch.fill(0);
  for (let m = 0; m < months; m++) {
    const from = Math.max(openingMonth, m + 1);
    if (columns.capexPaid[m] > 0) {
      spread(columns.capexPaid[m], scratch, { from, over: plan.uses.amortisationMonths });
    }
  }
  clearTax(book);
  const v = pow(1 + plan.discountRateBps / 10_000, -1 / 12);
  let cumulative = 0, lowest = 0, payback: number | null = null, factor = 1, npv = 0, recent = 0;
  for (let m = 0; m < months; m++) {
    const tax = Math.round(taxOfMonth(book, m, columns.revenue[m] - columns.operatingCost[m] - scratch[m]));
    const earned = columns.receipts[m] - columns.operatingPaid[m] - tax;
    if (m >= months - 12) recent += earned;
    cash[m] = earned - columns.capexPaid[m] - columns.depositsPaid[m];
    cumulative += cash[m];
    if (cumulative < 0) payback = null;
    else if (lowest < 0) payback ??= m + 1;
    lowest = Math.min(lowest, cumulative);
    factor *= v;
    npv += cash[m] * factor;
  }
  const last = months - 1, back = columns.deposits[last] + columns.receivables[last] - columns.payables[last];
  const monthly = openingMonth < Infinity ? recent / Math.min(12, months) : 0;
  const fall = pow(1 - plan.tail.declineBpsPerYear / 10_000, 1 / 12) * v;
  const annuity = fall === 1 ? plan.tail.months : fall * (1 - pow(fall, plan.tail.months)) / (1 - fall);
  const tailFen = plan.tail.months === 0 ? 0 : Math.round(monthly * annuity);
  cash[last] += back + tailFen;
  npv += back * factor;
  const size = Math.abs(npv) + Math.abs(tailFen * factor);
  return {
    npvFen: npv + tailFen * factor,
    tailFen,
    tailShare: size === 0 ? 0 : Math.abs(tailFen * factor) / size,
    paybackMonth: payback,
  };
}
