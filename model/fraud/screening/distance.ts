// The device pays from a place that nobody can have reached since the last payment.

import { reason } from "#/model/reasons.ts";
import type { FraudRule } from "./registry.ts";

/**
 * Struck when the device is farther away than a person can have travelled since the last payment, and in any case beyond
 * the allowed distance. A place that is not known, or may not be used, strikes nobody.
 */
export const distance: FraudRule = {
  looksAt:
    "how far the device is from the place of the last payment, against the time since then (location data)",
  uses: "location",
  reason: reason.distance,
  triggers: (facts, terms) => {
    const reachKm = terms.distanceSlackKm + terms.speedMaxKmPerHour * facts.minutesSinceLast / 60;
    return facts.hasLocation === 1 && facts.distanceKm > Math.min(terms.distanceMaxKm, reachKm);
  },
};
