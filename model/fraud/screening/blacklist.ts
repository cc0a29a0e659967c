// A device or an account from an earlier case.

import { reason } from "#/model/reasons.ts";
import type { FraudRule } from "./registry.ts";

/**
 * Struck when the device or the account is on the list of proven cases that this screener can see.
 *
 * It needs no consent: whoever could withdraw from the list would be on it. Source: assumption, after the duty to prevent
 * fraud as a ground of its own in Article 13 of the Personal Information Protection Law (2021).
 */
export const blacklist: FraudRule = {
  looksAt: "whether the device or the account is on a list of proven cases (no data that needs consent)",
  uses: "none",
  reason: reason.blacklist,
  triggers: (facts) => facts.blacklisted === 1,
};
