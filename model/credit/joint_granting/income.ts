// Joint granting by income from the customer: what a person owes each issuer stands for it, since interest and discounts follow it.

import type { GrantingRule } from "./registry.ts";

/** By what the person owes each, this purchase included: a partner to whom the person owes nothing grants nothing. */
export const income: GrantingRule = {
  title: "by what the customer owes each",
  weights: ({ owedFen }) => owedFen,
};
