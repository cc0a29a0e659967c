// Fraud rules: each looks at one attempt and says whether it refuses. A new rule is a file and a line here.

import { distance } from "./distance.ts";
import { velocity } from "./velocity.ts";

/** What the rules may look at. One record is reused for every attempt. */
export interface ScreenFacts {
  /** Attempts of this shopper within the window that ends now, this one included. */
  attemptsInWindow: number;
  /** From the shopper's home to the device that pays, in km. */
  distanceKm: number;
}

/** The thresholds of the rules, from the scenario. */
export interface ScreenTerms {
  velocityMaxInWindow: number;
  velocityWindowMinutes: number;
  distanceMaxKm: number;
}

/** One rule: its reason code, and whether it refuses. */
export interface FraudRule {
  reason: number;
  refuses(facts: ScreenFacts, terms: ScreenTerms): boolean;
}

/** All rules, by the name a scenario switches. */
export const rules = { velocity, distance } satisfies Record<string, FraudRule>;
