// The rule book: each rule of the law that a run can hold lenders to, with its number, its source, its day and whom it binds.

import type { Licence } from "#/model/credit/licence.ts";

/** A rule as the book says it. What it allows in numbers is the scenario's, beside the day from which it is in force. */
export interface Rule {
  /** In words, for reports. */
  title: string;
  /** The number of the document. */
  number: string;
  /** Who says so, and where it is found. */
  source: string;
  /** The ISO date of the law itself; a scenario may suppose another. */
  from: string;
  /** The licences whose holders it binds. Rules of banks bind whoever lends with them. */
  binds: readonly Licence[];
  /** What is held against its bound. */
  holds: string;
  /** What happens when somebody acts against it, and what when it is broken without an act. */
  active: string;
  passive: string;
}

const lenders = ["micro-lender", "consumer-finance"] as const;

/** All rules, by the name a scenario says. */
export const ruleBook = {
  bankLeverage: {
    title: "money from banks and shareholders at most 1 × net assets",
    number: "银保监办发〔2020〕86号",
    source:
      "CBIRC, notice on micro-lenders, dated 7 and published 16 September 2020 (Reuters; the first day to be verified)",
    from: "2020-09-07",
    binds: ["micro-lender"],
    holds: "bank lines, shareholder's loans and early payment of suppliers ÷ net assets",
    active: "a draw is trimmed to what the ratio leaves",
    passive: "recorded; new credit stops when it has lasted too long, until it is cured",
  },
  bondLeverage: {
    title: "bonds and asset-backed notes at most 4 × net assets",
    number: "银保监办发〔2020〕86号",
    source:
      "CBIRC, notice on micro-lenders, dated 7 and published 16 September 2020 (Reuters; the first day to be verified)",
    from: "2020-09-07",
    binds: ["micro-lender"],
    holds: "notes and placements ÷ net assets",
    active: "an issue is trimmed to what the ratio leaves",
    passive: "recorded; new credit stops when it has lasted too long, until it is cured",
  },
  platformContribution: {
    title: "the platform puts up at least 30 % of a joint loan",
    number: "银保监办发〔2021〕24号",
    source: "CBIRC, notice on internet loans of commercial banks, February 2021",
    from: "2022-01-01",
    binds: lenders,
    holds: "the platform's part of new joint loans",
    active: "the banks' part is trimmed",
    passive: "old loans run off as they are",
  },
  partnerShare: {
    title: "joint loans with one partner at most 25 % of a bank's tier-1 capital",
    number: "银保监办发〔2021〕24号",
    source:
      "CBIRC, notice on internet loans of commercial banks, February 2021 (day of this limit to be verified)",
    from: "2022-01-01",
    binds: lenders,
    holds: "the banks' joint loans with the platform ÷ their tier-1 capital",
    active: "the banks' part of the day's new loans is trimmed to the room left",
    passive: "recorded; no new joint loans until it is cured",
  },
  jointLoanShare: {
    title: "joint loans at most 50 % of a bank's loans",
    number: "银保监办发〔2021〕24号",
    source:
      "CBIRC, notice on internet loans of commercial banks, February 2021 (day of this limit to be verified)",
    from: "2022-01-01",
    binds: lenders,
    holds: "the banks' joint loans with both platforms ÷ their loans",
    active: "the banks' part of the day's new loans is trimmed to the room left",
    passive: "recorded; no new joint loans until it is cured",
  },
  household: {
    title: "consumer credit of one household at most CNY 200,000",
    number: "金规〔2024〕26号",
    source:
      "NFRA, measures for micro-lenders: draft of August 2024 (information.bz), final in January 2025 (day to be verified); a shopper stands for a household",
    from: "2025-01-17",
    binds: ["micro-lender"],
    holds: "limit and debt of one household with one lender",
    active: "a limit is trimmed, a purchase above it is refused",
    passive: "a debt above it is repaid as agreed",
  },
  allInCost: {
    title: "interest and fees together at most 24 % a year",
    number: "金规〔2025〕9号",
    source: "NFRA, rule on assisted lending of banks, in force from 1 October 2025",
    from: "2025-10-01",
    binds: lenders,
    holds: "interest and late fees on a loan",
    active: "an accrual is trimmed",
    passive: "none: what was accrued before stays",
  },
  licensedScoring: {
    title: "personal data for lending only through licensed bureaus",
    number: "PBoC Order 4 [2021]",
    source: "PBoC, measures for credit reporting, in force from 1 January 2022",
    from: "2022-01-01",
    binds: lenders,
    holds: "whose data the deciding score was made of",
    active: "an approval on an unlawful score is refused",
    passive: "none",
  },
} as const satisfies Record<string, Rule>;

/** The name of a rule. */
export type RuleName = keyof typeof ruleBook;
/** The names of all rules, in the order of their numbers. */
export const bookRules = Object.keys(ruleBook) as RuleName[];
/** The rules that can be broken without an act, and whose breach is followed. */
export const followedRules = [
  "bankLeverage",
  "bondLeverage",
  "partnerShare",
  "jointLoanShare",
] as const satisfies readonly RuleName[];
/** The rules in whose name approvals are refused, and those in whose name amounts are trimmed. */
export const refusingRules = [
  "bankLeverage",
  "bondLeverage",
  "household",
  "licensedScoring",
] as const satisfies readonly RuleName[];
/** The rules in whose name amounts are trimmed. */
export const trimmingRules = [
  "bankLeverage",
  "bondLeverage",
  "platformContribution",
  "partnerShare",
  "jointLoanShare",
  "household",
  "allInCost",
] as const satisfies readonly RuleName[];
/** The name of a followed rule. */
export type FollowedRule = typeof followedRules[number];

/** When a rule is supposed to bind. */
export interface RuleDates {
  active: boolean;
  from?: string;
  until?: string;
}

/**
 * Whether a rule binds the holder of a licence on a day.
 *
 * Shapes: ISO dates, the last one excluded. Errors: `RangeError` for an active rule without a day, naming it.
 *
 * @example
 * ```ts
 * import { isInForce } from "#/model/rulebook/registry.ts";
 * import assert from "node:assert/strict";
 * const dates = { active: true, from: "2020-09-07" };
 * assert.equal(isInForce("bankLeverage", { date: "2020-09-06", licence: "micro-lender", dates }), false);
 * assert.equal(isInForce("bankLeverage", { date: "2020-09-07", licence: "micro-lender", dates }), true);
 * assert.equal(isInForce("bankLeverage", { date: "2020-09-07", licence: "consumer-finance", dates }), false);
 * assert.throws(
 *   () => isInForce("household", { date: "2020-09-07", licence: "micro-lender", dates: { active: true } }),
 *   /household \(金规〔2024〕26号\)/,
 * );
 * ```
 */
export function isInForce(
  name: RuleName,
  { date, licence, dates: { active, from, until } }: { date: string; licence: Licence; dates: RuleDates },
): boolean {
  if (!active) return false;
  if (from === undefined) {
    throw new RangeError(
      `Cannot say whether the rule ${name} (${
        ruleBook[name].number
      }) is in force: it has no day; allowed is a date such as ${ruleBook[name].from}`,
    );
  }
  const binds: readonly Licence[] = ruleBook[name].binds;
  return binds.includes(licence) && date >= from && (until === undefined || date < until);
}
