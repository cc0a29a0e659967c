// How much debt the project's cash carries, and which of the lenders' limits decides that.

import { maturityOf, paymentMonths, spread } from "./debts.ts";
import type { Operations } from "./operations.ts";
import type { ReadyPlan } from "./ready.ts";
import { sculpt } from "./sculpt.ts";

/** What each limit allows, the least of them, and its name; "none" where the cash carries nothing. */
export interface DebtCapacity {
  fen: number;
  binding: "dscr" | "llcr" | "gearing" | "none";
  dscrFen: number;
  llcrFen: number;
  gearingFen: number;
}

/**
 * The most debt that fits the plan's sizing: its cover in every period, its loan life cover, its gearing of what is built.
 *
 * Interest is paid in the build and repayment begins once something is open; a cover's capacity is sculpted to the cash.
 * Shapes: operations must be filled; `cash` and `taxBase` are overwritten. Errors: `RangeError` as of `sculpt`.
 */
export function debtCapacity(
  ready: ReadyPlan,
  { openingMonth }: Operations,
  { cash, taxBase }: { cash: Float64Array; taxBase: Float64Array },
): DebtCapacity {
  const { plan, months, columns } = ready, { sizing } = plan;
  taxBase.fill(0);
  let eligible = 0;
  for (let m = 0; m < months; m++) {
    eligible += columns.capexPaid[m] + columns.depositsPaid[m];
    const from = Math.max(openingMonth, m + 1);
    if (columns.capexPaid[m] > 0) {
      spread(columns.capexPaid[m], taxBase, { from, over: plan.uses.amortisationMonths });
    }
  }
  for (let m = 0; m < months; m++) {
    taxBase[m] = columns.revenue[m] - columns.operatingCost[m] - taxBase[m];
    cash[m] = columns.receipts[m] - columns.operatingPaid[m];
  }
  const issue = sizing.fromMonth - 1,
    maturity = maturityOf(ready, { issue, tenorMonths: sizing.tenorMonths });
  const payments = paymentMonths(ready, { issue, maturity });
  const carried = (coverBps: number) =>
    Math.floor(
      sculpt({
        cash,
        taxBase,
        payments,
        issue,
        graceEnd: Math.max(issue, openingMonth < Infinity ? openingMonth : months),
        ratePerMonth: sizing.rateBps / 120_000,
        feeRate: 0,
        targetDscr: coverBps / 10_000,
        amount: Number.MAX_SAFE_INTEGER,
        isInterestCapitalisedInGrace: false,
        taxRate: plan.tax.rateBps / 10_000,
        lossYears: plan.tax.lossYears,
        opening: openingMonth,
        amortisationMonths: plan.uses.amortisationMonths,
      }).amount,
    );
  const dscrFen = carried(sizing.targetDscrBps), llcrFen = carried(sizing.minimumLlcrBps);
  const gearingFen = Math.floor(Math.max(0, eligible) * (sizing.gearingCapBps / 10_000));
  const fen = Math.min(dscrFen, llcrFen, gearingFen);
  const binding = fen === 0 ? "none" : fen === dscrFen ? "dscr" : fen === llcrFen ? "llcr" : "gearing";
  return { fen, binding, dscrFen, llcrFen, gearingFen };
}
