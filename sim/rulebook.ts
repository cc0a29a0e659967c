// The rule book in a run: what binds whom today, what is refused or trimmed in its name, and breaches that nobody acted for.

import { licenceOn } from "#/model/credit/licence.ts";
import { type Licence } from "#/model/credit/licence.ts";
import { issuerOf, products } from "#/model/names.ts";
import { reason } from "#/model/reasons.ts";
import { type Breach, noBreach } from "#/model/rulebook/breach.ts";
import {
  bookRules,
  type FollowedRule,
  followedRules,
  isInForce,
  ruleBook,
  type RuleDates,
  type RuleName,
} from "#/model/rulebook/registry.ts";
import { lawOf } from "#/model/scoring/fusion/registry.ts";
import { isoDate } from "#/model/units/calendar.ts";
import type { Fen } from "#/model/units/units.ts";
import { feesAt, lineCount, principalFen, reservedAt } from "./tables/lines.ts";
import type { World } from "./world.ts";

/** Lenders in the order of their numbers. */
export const lenders = ["jd", "ant"] as const;

/** The rule book's state; arrays by rule are in the order of {@link bookRules}. */
export interface RuleState {
  /** By rule and lender: whether it binds today. */
  inForce: Uint8Array;
  /** By followed rule and lender. */
  breaches: Breach[];
  /** Purchases and applications refused, fen trimmed, lender-days in breach and lender-days stopped, since the start. */
  refused: Float64Array;
  trimmedFen: Float64Array;
  breachDays: Float64Array;
  stopDays: Float64Array;
  /** By product: the reason for which new credit is refused today, or none. */
  stop: Uint8Array;
  /** By product: the most that one household may have, fen. */
  householdFen: Float64Array;
}

/** Nothing binds yet. */
export function openRuleState(): RuleState {
  return {
    inForce: new Uint8Array(bookRules.length * lenders.length),
    breaches: Array.from({ length: followedRules.length * lenders.length }, noBreach),
    refused: new Float64Array(bookRules.length),
    trimmedFen: new Float64Array(bookRules.length),
    breachDays: new Float64Array(bookRules.length),
    stopDays: new Float64Array(bookRules.length),
    stop: new Uint8Array(lineCount),
    householdFen: new Float64Array(lineCount).fill(Infinity),
  };
}

/** The number of a rule. */
export const ruleAt = (name: RuleName): number => bookRules.indexOf(name);

/** The breach of a followed rule by a lender. */
export const breachOf = ({ rules }: World, name: FollowedRule, k: number): Breach =>
  rules.breaches[followedRules.indexOf(name) * lenders.length + k];

/** Whether a rule binds a lender today. */
export const binds = ({ rules }: World, name: RuleName, k: number): boolean =>
  rules.inForce[ruleAt(name) * lenders.length + k] === 1;

/** The days of a rule, as the scenario says them. */
function datesOf({ terms }: World, name: RuleName): RuleDates {
  const { rules, allInCostCapFrom } = terms.scenario.rulebook;
  return name === "allInCost" ? { active: true, from: allInCostCapFrom } : rules[name];
}

/** Why new credit stops while a rule's breach lasts. */
const stopReasons: Partial<Record<FollowedRule, number>> = {
  bankLeverage: reason.bankLeverage,
  bondLeverage: reason.bondLeverage,
};

/** Fixes what binds whom on the day that opens. */
export function openRules(world: World): void {
  const { rules, terms, today } = world;
  const epoch = terms.startEpoch + today.day, date = isoDate(epoch);
  for (let p = 0; p < lineCount; p++) {
    const k = lenders.indexOf(issuerOf[products[p]] as typeof lenders[number]);
    const licence: Licence = licenceOn(epoch, terms.products[p].licences);
    for (let r = 0; r < bookRules.length; r++) {
      const dates = datesOf(world, bookRules[r]);
      rules.inForce[r * lenders.length + k] = isInForce(bookRules[r], { date, licence, dates }) ? 1 : 0;
    }
    rules.householdFen[p] = binds(world, "household", k)
      ? terms.scenario.rulebook.rules.household.mostCny * 100
      : Infinity;
    rules.stop[p] = reason.none;
    for (const name of followedRules) {
      const why = stopReasons[name];
      if (why !== undefined && binds(world, name, k) && breachOf(world, name, k).isStopped) {
        rules.stop[p] = why;
        break;
      }
    }
    if (
      rules.stop[p] === reason.none && binds(world, "licensedScoring", k) &&
      lawOf(terms.scenario.scoring.fusion, ruleBook.licensedScoring.from).status === "unlawful"
    ) rules.stop[p] = reason.unlicensedScoring;
  }
}

/** The rule behind a reason of refusal. */
const ruleBehind = new Map<number, RuleName>([
  [reason.bankLeverage, "bankLeverage"],
  [reason.bondLeverage, "bondLeverage"],
  [reason.unlicensedScoring, "licensedScoring"],
  [reason.householdCap, "household"],
]);

/** The reason in the rule book's name for which a purchase is refused, or none; counted. */
export function refusedByRule(world: World, line: number, amountFen: Fen): number {
  const { rules, lines } = world, p = line % lineCount;
  let refused: number = rules.stop[p];
  if (refused === reason.none && rules.householdFen[p] < Infinity) {
    const owedFen = principalFen(lines, line) + lines.fen[feesAt(line)] + lines.fen[reservedAt(line)];
    if (owedFen + amountFen > rules.householdFen[p]) refused = reason.householdCap;
  }
  if (refused !== reason.none) countRefusal(world, refused);
  return refused;
}

/** Counts a refusal under its rule. */
export function countRefusal({ rules }: World, refused: number): void {
  const name = ruleBehind.get(refused);
  if (name !== undefined) rules.refused[ruleAt(name)]++;
}

/** A limit as far as it is lawful to grant it; one that stood above the cap before stays, but is not raised. */
export function lawfulLimitFen({ rules }: World, line: number, limitFen: Fen, nowFen: Fen): Fen {
  const mostFen = Math.max(rules.householdFen[line % lineCount], nowFen);
  if (limitFen <= mostFen) return limitFen;
  rules.trimmedFen[ruleAt("household")] += limitFen - mostFen;
  return mostFen;
}
