// Fraud rules: each looks at one attempt and says whether it is struck. A new rule is a file and two lines here, at the end
// of `rules` and of `struckRules`; a test says so when the second is forgotten.

import { accountsOnDevice } from "./accounts_on_device.ts";
import { amount } from "./amount.ts";
import { blacklist } from "./blacklist.ts";
import { device } from "./device.ts";
import { distance } from "./distance.ts";
import type { DataCategory, ScreenFacts } from "./facts.ts";
import { merchantRisk } from "./merchant_risk.ts";
import { velocity } from "./velocity.ts";

/** The thresholds, from the scenario. Each rule names those that it reads. */
export interface ScreenTerms {
  /** Points from which the shopper is asked to prove who pays. */
  challengeFromPoints: number;
  /** Points from which the attempt is refused outright. */
  refuseFromPoints: number;
  velocityMaxInWindow: number;
  distanceMaxKm: number;
  /** What is forgiven of a distance, however short the time: positions are never exact. */
  distanceSlackKm: number;
  /** How fast a person can travel at most. */
  speedMaxKmPerHour: number;
  accountsOnDeviceMax: number;
  /** How many times the usual amount is still usual, in bps: 50,000 is five times. */
  amountFactorBps: number;
  /** Below this amount no purchase is unusual, whole fen. */
  amountFloorFen: number;
  merchantRiskMaxBps: number;
}

/** One rule. Worse facts never un-strike it, and a looser threshold never strikes more. */
export interface FraudRule {
  /** What it looks at, in words, for reports and traces. */
  looksAt: string;
  /** The kind of personal data that it uses: without consent to that kind the rule is silent. */
  uses: DataCategory;
  /** The reason that it gives, a code of model/reasons.ts. */
  reason: number;
  triggers(facts: ScreenFacts, terms: ScreenTerms): boolean;
}

/** All rules, by the name to which a scenario gives points; the order breaks ties. */
export const rules = {
  velocity,
  distance,
  device,
  accountsOnDevice,
  blacklist,
  amount,
  merchantRisk,
} satisfies Record<string, FraudRule>;
/** The name of a rule. */
export type RuleName = keyof typeof rules;

/**
 * All rules that are struck, as bits: bit n is the rule at place n of `rules`.
 *
 * One call a rule, written out: the engine can then put each rule in its place, which is three times as fast as walking the
 * list. Every attempt to pay on credit comes through here.
 */
export function struckRules(facts: ScreenFacts, terms: ScreenTerms): number {
  return (velocity.triggers(facts, terms) ? 1 : 0) |
    (distance.triggers(facts, terms) ? 2 : 0) |
    (device.triggers(facts, terms) ? 4 : 0) |
    (accountsOnDevice.triggers(facts, terms) ? 8 : 0) |
    (blacklist.triggers(facts, terms) ? 16 : 0) |
    (amount.triggers(facts, terms) ? 32 : 0) |
    (merchantRisk.triggers(facts, terms) ? 64 : 0);
}
