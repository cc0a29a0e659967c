// Joint granting: how a loan bought across the bridge is divided between the two issuers. A new rule is a file and a line here.

import type { Fen } from "#/model/units/units.ts";
import { fixed } from "./fixed.ts";
import { income } from "./income.ts";
import { market } from "./market.ts";

/** What a rule may look at; the issuer on whose line the person buys first, its partner second. */
export interface GrantingFacts {
  /** Trade of the two platforms so far. */
  marketWeights: readonly [number, number];
  /** What the person owes on the two lines, this purchase included. */
  owedFen: readonly [Fen, Fen];
}

/** A rule: whole weights of originator and partner. */
export interface GrantingRule {
  /** In words, for reports. */
  title: string;
  weights(facts: GrantingFacts, terms: { partnerBps: number }): readonly [number, number];
}

/** All rules, by the name a scenario says. */
export const grantingRules = { fixed, income, market } satisfies Record<string, GrantingRule>;

/**
 * The partner's part of a loan, whole fen; nothing where nobody has a weight.
 *
 * Shapes and units: `amountFen` whole, at most 2^53; weights whole, none negative.
 *
 * @example
 * ```ts
 * import { grantingRules, partnerPartFen } from "#/model/credit/joint_granting/registry.ts";
 * import assert from "node:assert/strict";
 * const facts = { marketWeights: [1, 3], owedFen: [600, 0] } as const;
 * const partOf = (rule: keyof typeof grantingRules) =>
 *   partnerPartFen(1_001, grantingRules[rule], facts, { partnerBps: 3_000 });
 * assert.deepEqual([partOf("fixed"), partOf("market"), partOf("income")], [300, 750, 0]);
 * ```
 */
export function partnerPartFen(
  amountFen: Fen,
  rule: GrantingRule,
  facts: GrantingFacts,
  terms: { partnerBps: number },
): Fen {
  const [own, partner] = rule.weights(facts, terms), sum = own + partner;
  return sum === 0 ? 0 : Math.floor(amountFen * (partner / sum));
}
