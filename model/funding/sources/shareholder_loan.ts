// A shareholder's loan: the owners lend what they have promised, at their price, and are repaid when there is money over.

import { z } from "zod";
import type { FundingSource } from "./registry.ts";
import { actual365, drawnFor, number, upTo } from "./rules.ts";

/** What a scenario says of the shareholder's loan. */
export const shareholderLoanTerms = z.strictObject({
  active: z.boolean(),
  commitmentCny: number.cny(),
  spreadBps: number.bps(2_000),
});

/** Draws up to the promise; nobody can call it. */
export const shareholderLoan: FundingSource = {
  title: "shareholder's loan",
  lender: "investors",
  kind: "revolving",
  terms: shareholderLoanTerms,
  draw: upTo,
  interestOfDay: actual365,
  quote: drawnFor(365),
};
