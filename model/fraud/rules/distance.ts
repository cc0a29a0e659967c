// The device pays from a place too far from home.

import { reason } from "#/model/reasons.ts";
import type { FraudRule } from "./registry.ts";

/** Refuses when the device is farther from the shopper's home than the allowed distance. */
export const distance: FraudRule = {
  reason: reason.distance,
  refuses: (facts, terms) => facts.distanceKm > terms.distanceMaxKm,
};
