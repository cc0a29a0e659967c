// From rules to a decision: points add up, and the heaviest rule that was struck gives the decision its name.

import { reason } from "#/model/reasons.ts";
import { dataCategory, everyCategory, type ScreenFacts } from "./facts.ts";
import { type RuleName, rules, type ScreenTerms, struckRules } from "./registry.ts";

/** What screening decides; a higher number is harder on the shopper. */
export const verdict = { pass: 0, challenge: 1, refuse: 2 } as const;

/** The names of all rules, by place. */
export const ruleNames = Object.keys(rules) as readonly RuleName[];

const reasonAt = Int32Array.from(ruleNames, (name) => rules[name].reason);

/** The rules that a scenario has switched on. */
export interface ActiveRules {
  /** Points by place; 0 for a rule that is off. */
  points: Int32Array;
  /** The rules that may strike, as bits by place, for each set of data that may be used (bits of `dataCategory`). */
  mayStrike: Int32Array;
}

/**
 * The rules that a scenario has switched on.
 *
 * Shapes and units: points of each rule by name, whole numbers up to a million; 0 switches a rule off.
 * Errors: `RangeError` for points that are negative, broken or too many, with the rule's name.
 *
 * @example
 * ```ts
 * import { activeRules, ruleNames } from "#/model/fraud/screening/assess.ts";
 * import { dataCategory, everyCategory } from "#/model/fraud/screening/facts.ts";
 * import assert from "node:assert/strict";
 * const { mayStrike } = activeRules(
 *   { velocity: 60, distance: 0, device: 30, accountsOnDevice: 0, blacklist: 100, amount: 0, merchantRisk: 0 },
 * );
 * const names = (bits: number) => ruleNames.filter((_, place) => bits >> place & 1);
 * assert.deepEqual(names(mayStrike[everyCategory]), ["velocity", "device", "blacklist"]);
 * assert.deepEqual(names(mayStrike[dataCategory.account]), ["velocity", "blacklist"]);
 * ```
 */
export function activeRules(pointsOf: Readonly<Record<RuleName, number>>): ActiveRules {
  const points = Int32Array.from(ruleNames, (name) => {
    const said = pointsOf[name];
    if (!Number.isInteger(said) || said < 0 || said > 1_000_000) {
      throw new RangeError(
        `Cannot give ${said} points to the rule ${name}: whole numbers from 0 to 1,000,000 are allowed`,
      );
    }
    return said;
  });
  const mayStrike = Int32Array.from(
    { length: everyCategory + 1 },
    (_, mayUse) =>
      ruleNames.reduce((bits, name, place) => {
        const needed = dataCategory[rules[name].uses];
        return points[place] > 0 && (needed & mayUse) === needed ? bits | 1 << place : bits;
      }, 0),
  );
  return { points, mayStrike };
}

/** A decision on one attempt. One record is reused for all. */
export interface Assessment {
  /** One of `verdict`. */
  verdict: number;
  /** The sum over the rules that were struck. */
  points: number;
  /** The place of the rule that names the decision, or -1 when none was struck; see `ruleNames`. */
  rule: number;
  /** The reason of that rule, or `reason.none`. */
  reason: number;
  /** All rules that were struck: bit n is the rule at place n. */
  struck: number;
}

/** A record for decisions. */
export function blankAssessment(): Assessment {
  return { verdict: verdict.pass, points: 0, rule: -1, reason: reason.none, struck: 0 };
}

/**
 * Decides on one attempt: fills `out`, and returns its verdict.
 *
 * The points of all rules that are struck add up; from `refuseFromPoints` on the attempt is refused, below that and from
 * `challengeFromPoints` on it is challenged. What strikes no rule passes, whatever the thresholds. The decision is named
 * after the rule with the most points, of equals the first in the registry. A rule whose data may not be used is silent.
 *
 * Shapes: `active` as `activeRules` made it. Errors: none.
 * Source: additive points, as rule engines of card issuers; assumption.
 *
 * @example
 * ```ts
 * import { activeRules, assess, blankAssessment, ruleNames, verdict } from "#/model/fraud/screening/assess.ts";
 * import { dataCategory, everyCategory } from "#/model/fraud/screening/facts.ts";
 * import assert from "node:assert/strict";
 * const active = activeRules(
 *   { velocity: 60, distance: 60, device: 30, accountsOnDevice: 60, blacklist: 100, amount: 40, merchantRisk: 30 },
 * );
 * const terms = {
 *   challengeFromPoints: 50, refuseFromPoints: 100, velocityMaxInWindow: 4, distanceMaxKm: 1_500, distanceSlackKm: 100,
 *   speedMaxKmPerHour: 900, accountsOnDeviceMax: 4, amountFactorBps: 80_000, amountFloorFen: 50_000,
 *   merchantRiskMaxBps: 200,
 * };
 * // A new telephone, 900 km from the payment of half an hour ago.
 * const facts = {
 *   mayUse: everyCategory, attemptsInWindow: 1, hasLocation: 1, distanceKm: 900, minutesSinceLast: 30, newDevice: 1,
 *   accountsOnDevice: 1, blacklisted: 0, amountFen: 20_000, usualFen: 15_000, merchantRiskBps: 0,
 * };
 * const out = blankAssessment();
 * assert.equal(assess(facts, active, terms, out), verdict.challenge);
 * assert.deepEqual([out.points, ruleNames[out.rule]], [90, "distance"]);
 * facts.mayUse = dataCategory.account | dataCategory.device;
 * assert.equal(assess(facts, active, terms, out), verdict.pass);
 * ```
 */
export function assess(
  facts: ScreenFacts,
  active: ActiveRules,
  terms: ScreenTerms,
  out: Assessment,
): number {
  const struck = struckRules(facts, terms) & active.mayStrike[facts.mayUse];
  let points = 0, most = 0, named = -1;
  for (let place = 0, rest = struck; rest !== 0; place++, rest >>= 1) {
    if ((rest & 1) === 0) continue;
    const own = active.points[place];
    points += own;
    if (own > most) {
      most = own;
      named = place;
    }
  }
  out.struck = struck;
  out.points = points;
  out.rule = named;
  out.reason = named < 0 ? reason.none : reasonAt[named];
  out.verdict = named < 0
    ? verdict.pass
    : points >= terms.refuseFromPoints
    ? verdict.refuse
    : points >= terms.challengeFromPoints
    ? verdict.challenge
    : verdict.pass;
  return out.verdict;
}
