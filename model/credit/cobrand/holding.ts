// Who may hold a co-branded card: whom both issuers recognise, with an open line at each, and who lets them see both accounts.

/** What stands for or against a card at one minute. */
export interface HoldingFacts {
  /** Both lines are open. */
  holdsBoth: boolean;
  /** Each issuer recognises the person on the other side, with consent, and as the same person. */
  recognised: boolean;
  /** The person lets the issuers see the account on the other side. */
  showsAccounts: boolean;
  /** One of the lines is in arrears. */
  isLate: boolean;
}

/**
 * Whether a card works at this minute: it dies with either line, with the link, and with the consent.
 *
 * @example
 * ```ts
 * import { cardLives, mayBeIssued } from "#/model/credit/cobrand/holding.ts";
 * import assert from "node:assert/strict";
 * const facts = { holdsBoth: true, recognised: true, showsAccounts: true, isLate: true };
 * assert.equal(cardLives(facts), true);
 * assert.equal(mayBeIssued(facts), false);
 * assert.equal(cardLives({ ...facts, recognised: false }), false);
 * ```
 */
export const cardLives = ({ holdsBoth, recognised, showsAccounts }: HoldingFacts): boolean =>
  holdsBoth && recognised && showsAccounts;

/** Whether a card may be issued: it would live, and neither line is in arrears. */
export const mayBeIssued = (facts: HoldingFacts): boolean => cardLives(facts) && !facts.isLate;
