// Too many attempts in a short time.

import { reason } from "#/model/reasons.ts";
import type { FraudRule } from "./registry.ts";

/** Refuses from the attempt that exceeds the allowed number in the window. */
export const velocity: FraudRule = {
  reason: reason.velocity,
  refuses: (facts, terms) => facts.attemptsInWindow > terms.velocityMaxInWindow,
};
