// An amount out of all proportion to what the account usually pays.

import { reason } from "#/model/reasons.ts";
import type { FraudRule } from "./registry.ts";

/**
 * Struck when the amount is more than so many times the usual one, and not small. An account of which the screener has
 * seen too little strikes nobody: there is nothing to compare with.
 */
export const amount: FraudRule = {
  looksAt: "the amount, against what the account usually pays (account data)",
  uses: "account",
  reason: reason.amountUnusual,
  triggers: (facts, terms) =>
    facts.usualFen > 0 && facts.amountFen >= terms.amountFloorFen &&
    facts.amountFen * 10_000 > facts.usualFen * terms.amountFactorBps,
};
