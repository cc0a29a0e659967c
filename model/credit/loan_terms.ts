// What may be said of loans beyond the products' own terms: least payments, early repayment, refunds, staged plans.

import { z } from "zod";
import { categories } from "#/model/names.ts";
import { stagedCategories } from "#/model/credit/staged.ts";

const bps = (high = 10_000) => z.int().min(0).max(high);
const whole = (low: number, high: number) => z.int().min(low).max(high);
const each = <T extends string, S extends z.ZodType>(keys: readonly T[], schema: S) =>
  z.strictObject(Object.fromEntries(keys.map((key) => [key, schema])) as Record<T, S>);

/** Terms of a product: the least part of a bill, the rate of what revolves, the fee for repaying a plan early. */
export const revolvingTerms = {
  minimumPaymentBps: whole(1, 10_000),
  revolvingAprBps: bps(3_600),
  earlyFeeBps: bps(1_000),
};

/** How often people pay the least part of a bill, or repay a plan early. */
export const revolvingBehaviour = {
  minimumBps: bps(),
  minimumPerBurdenBps: bps(50_000),
  minimumInsteadOfMissBps: bps(),
  earlyRepayBps: bps(),
};

/** What comes back of purchases, when, and what the bridge gives back with it; plans of courses and treatments. */
export const loanTerms = {
  refunds: z.strictObject({
    shareBps: each(categories, bps()),
    daysMax: whole(1, 60),
    wholeBps: bps(),
    bridgeFeeReturnedBps: bps(),
  }),
  stagedPlans: each(
    stagedCategories,
    z.strictObject({
      instalments: whole(2, 60),
      aprBps: bps(3_600),
      stages: whole(1, 24),
      dropOutBps: bps(),
    }),
  ),
};
