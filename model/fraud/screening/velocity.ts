// Too many attempts in a short time.

import { reason } from "#/model/reasons.ts";
import type { FraudRule } from "./registry.ts";

/** Struck from the attempt that exceeds the allowed number in the window. */
export const velocity: FraudRule = {
  looksAt: "how often the account has tried to pay within a short time (account data)",
  uses: "account",
  reason: reason.velocity,
  triggers: (facts, terms) => facts.attemptsInWindow > terms.velocityMaxInWindow,
};
