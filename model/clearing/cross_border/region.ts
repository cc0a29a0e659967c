// The rule book of a region: what may be bought there on credit from home, by whom, at what cost of credit.

import { reason } from "#/model/reasons.ts";
import type { Bps, Fen } from "#/model/units/units.ts";

/** What the rule book looks at. */
export interface RegionalFacts {
  amountFen: Fen;
  /** What the person has bought abroad since 1 January. */
  spentThisYearFen: Fen;
  /** The person agrees that data leave the country. */
  dataConsent: boolean;
  /** The dearest that the credit can become: what lateness costs, or the plan, a year. */
  costBps: Bps;
}

/** The rules, as a scenario states them. */
export interface RegionalRules {
  perPurchaseCapFen: Fen;
  perYearCapFen: Fen;
  costCapBps: Bps;
  needsDataConsent: boolean;
}

/** The reasons of refusal of a rule book by the names under which they are counted, in the order in which they are asked. */
export const regionalReasons = {
  dataConsent: reason.noDataConsent,
  costCap: reason.regionalCostCap,
  perPurchase: reason.regionalPurchaseCap,
  perYear: reason.regionalYearCap,
} as const;
/** A rule of a region's book. */
export type RegionalRule = keyof typeof regionalReasons;

/**
 * The code of the reason why a region's rule book refuses, or 0. What reaches a cap exactly is within it.
 *
 * @example
 * ```ts
 * import { regionalRefusal } from "#/model/clearing/cross_border/region.ts";
 * import { reason } from "#/model/reasons.ts";
 * import assert from "node:assert/strict";
 * const rules = { perPurchaseCapFen: 500_000, perYearCapFen: 2_600_000, costCapBps: 4_800, needsDataConsent: true };
 * const facts = { amountFen: 500_000, spentThisYearFen: 2_100_000, dataConsent: true, costBps: 1_825 };
 * assert.equal(regionalRefusal(facts, rules), reason.none);
 * assert.equal(regionalRefusal({ ...facts, amountFen: 500_001 }, rules), reason.regionalPurchaseCap);
 * assert.equal(regionalRefusal({ ...facts, spentThisYearFen: 2_100_001 }, rules), reason.regionalYearCap);
 * assert.equal(regionalRefusal({ ...facts, dataConsent: false }, rules), reason.noDataConsent);
 * ```
 */
export function regionalRefusal(facts: RegionalFacts, rules: RegionalRules): number {
  if (rules.needsDataConsent && !facts.dataConsent) return regionalReasons.dataConsent;
  if (facts.costBps > rules.costCapBps) return regionalReasons.costCap;
  if (facts.amountFen > rules.perPurchaseCapFen) return regionalReasons.perPurchase;
  if (facts.spentThisYearFen + facts.amountFen > rules.perYearCapFen) return regionalReasons.perYear;
  return reason.none;
}
