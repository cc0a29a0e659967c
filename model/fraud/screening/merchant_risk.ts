// A shop where purchases too often end badly.

import { reason } from "#/model/reasons.ts";
import type { FraudRule } from "./registry.ts";

/** Struck when too large a share of the past purchases in the shop ended in fraud or dispute. */
export const merchantRisk: FraudRule = {
  looksAt: "how many past purchases in this shop ended in fraud or dispute (no personal data)",
  uses: "none",
  reason: reason.merchantRisk,
  triggers: (facts, terms) => facts.merchantRiskBps > terms.merchantRiskMaxBps,
};
