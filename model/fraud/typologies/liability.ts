// Who bears a purchase that the holder disputes: liability follows what was proved.

import { apportion } from "#/model/sharing/apportion.ts";
import type { Bps, Fen } from "#/model/units/units.ts";

/** What is known of a disputed purchase. */
export interface DisputeFacts {
  /** What was proved at the cashier: 1 device, 2 real name, 3 certificate and second factor. */
  assurance: number;
  /** Whoever paid was challenged, and passed. */
  challengePassed: boolean;
  /** The purchase crossed platforms. */
  bridged: boolean;
  /** The holder made the purchase and denies it. */
  friendly: boolean;
}

/** What counts as proof that the holder was there, by the assurance that was proved; 4 lets only a challenge count. */
export interface LiabilityTerms {
  /** In the issuer's own cells: the issuer has looked itself. */
  nativeProofFromAssurance: number;
  /** Across platforms: only what the other side can show counts. */
  bridgedProofFromAssurance: number;
}

/** What each party bears, in whole fen; the three sum to the loss. */
export interface Borne {
  issuerFen: Fen;
  /** The merchant, through its acquirer, which charges the purchase back. */
  merchantFen: Fen;
  /** The dispute is refused, and the holder owes the purchase like any other. */
  shopperFen: Fen;
}

/** Shares in bps, in the order issuer, merchant, shopper; they sum to 10,000. */
type Shares = readonly [issuerBps: Bps, merchantBps: Bps, shopperBps: Bps];

/** One rule of liability, as data: who bears a stranger's purchase and a friendly dispute, with proof and without. */
export interface LiabilityRule {
  /** In words, for reports. */
  title: string;
  stranger: { proved: Shares; unproved: Shares };
  friendly: { proved: Shares; unproved: Shares };
}

const issuer: Shares = [10_000, 0, 0], merchant: Shares = [0, 10_000, 0], shopper: Shares = [0, 0, 10_000];

/** All rules of liability, by the name a scenario says. */
export const liabilityRules = {
  /**
   * Card schemes' liability shift: fraud on a payment that was authenticated is the issuer's, else the merchant's. With the
   * record of an authentication a friendly dispute is refused; without it the merchant has nothing to show.
   * Source: the fraud liability shift of the card networks for 3-D Secure; that every authenticated friendly dispute is
   * seen through is an assumption.
   */
  cardScheme: {
    title: "liability shift of card schemes",
    stranger: { proved: issuer, unproved: merchant },
    friendly: { proved: shopper, unproved: merchant },
  },
  /**
   * The promise of a payment institution: it makes good what was paid with fewer than two factors, without condition, and
   * the merchant keeps its money. Source: People's Bank of China, Announcement 〔2015〕 No. 43, Article 24 (3); that it
   * also bears strangers' purchases that were authenticated is an assumption.
   */
  paymentInstitution: {
    title: "promise of the payment institution",
    stranger: { proved: issuer, unproved: issuer },
    friendly: { proved: shopper, unproved: issuer },
  },
} satisfies Record<string, LiabilityRule>;

/**
 * Whether it can be proved that the holder was there: a challenge was passed, or enough was proved for this kind of cell.
 *
 * @example
 * ```ts
 * import { isProved } from "#/model/fraud/typologies/liability.ts";
 * import assert from "node:assert/strict";
 * const terms = { nativeProofFromAssurance: 2, bridgedProofFromAssurance: 3 };
 * const facts = { assurance: 2, challengePassed: false, bridged: true, friendly: false };
 * assert.deepEqual([facts, { ...facts, bridged: false }, { ...facts, challengePassed: true }].map((one) =>
 *   isProved(one, terms)), [false, true, true]);
 * ```
 */
export function isProved(
  { assurance, challengePassed, bridged }: DisputeFacts,
  terms: LiabilityTerms,
): boolean {
  return challengePassed ||
    assurance >= (bridged ? terms.bridgedProofFromAssurance : terms.nativeProofFromAssurance);
}

/**
 * What issuer, merchant and shopper bear of a disputed purchase; fills `out`, and returns it.
 *
 * Shapes and units: `lossFen` whole fen, zero or more. Where several bear a part, one fen more of loss never takes a fen
 * from anybody. Errors: `RangeError` for a loss that is negative or broken.
 *
 * @example
 * ```ts
 * import { bear, liabilityRules } from "#/model/fraud/typologies/liability.ts";
 * import assert from "node:assert/strict";
 * const terms = { nativeProofFromAssurance: 2, bridgedProofFromAssurance: 3 };
 * const facts = { assurance: 2, challengePassed: false, bridged: true, friendly: false };
 * const by = { rule: liabilityRules.cardScheme, terms };
 * assert.deepEqual(bear(90_000, facts, by), { issuerFen: 0, merchantFen: 90_000, shopperFen: 0 });
 * assert.deepEqual(bear(90_000, { ...facts, bridged: false }, by), { issuerFen: 90_000, merchantFen: 0, shopperFen: 0 });
 * ```
 */
export function bear(
  lossFen: Fen,
  facts: DisputeFacts,
  { rule, terms, out = { issuerFen: 0, merchantFen: 0, shopperFen: 0 } }: {
    rule: LiabilityRule;
    terms: LiabilityTerms;
    out?: Borne;
  },
): Borne {
  const cases = facts.friendly ? rule.friendly : rule.stranger;
  const parts = apportion(lossFen, isProved(facts, terms) ? cases.proved : cases.unproved);
  out.issuerFen = parts[0];
  out.merchantFen = parts[1];
  out.shopperFen = parts[2];
  return out;
}
