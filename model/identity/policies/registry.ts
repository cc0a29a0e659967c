// Identity policies: who is recognised on the other platform. A new policy is a file and a line here.

import { reason } from "#/model/reasons.ts";
import { credentials } from "./credentials.ts";
import { recordLinkage } from "./record_linkage.ts";
import { separate } from "./separate.ts";

/** What may be true of a shopper at one moment, as bits. */
export const linkFact = {
  /** A consent to be recognised is live. */
  consented: 1,
  /** The two customer files were joined at this shopper's record. */
  matched: 2,
  /** The credential is neither revoked nor expired. */
  credentialLive: 4,
  /** The list that says so is young enough. */
  statusFresh: 8,
} as const;

/** Decides whether one shopper's two accounts are seen as one person's. */
export interface IdentityPolicy {
  /** In words, for reports. */
  title: string;
  /** Facts that must all hold, in the order in which they are asked for; none at all means that nobody is linked. */
  needs: readonly (keyof typeof linkFact)[];
  /** How the other account is found: by the shopper's own presentation, by comparing customer files, or not. */
  finds: "presentation" | "records" | "nothing";
}

/** All policies, by the name a scenario says. */
export const policies = { separate, recordLinkage, credentials } satisfies Record<string, IdentityPolicy>;

const refusalFor = {
  consented: reason.noConsent,
  matched: reason.notRecognised,
  credentialLive: reason.credentialRevoked,
  statusFresh: reason.statusStale,
} as const;

/**
 * The reason why a policy does not link for every set of facts, by the set's bits; `reason.none` where it does.
 *
 * Shapes: 16 codes. Nobody is linked without consent, whatever else is true.
 *
 * @example
 * ```ts
 * import { linkFact, linkRefusals, policies } from "#/model/identity/policies/registry.ts";
 * import { reason } from "#/model/reasons.ts";
 * import assert from "node:assert/strict";
 * const refusals = linkRefusals(policies.credentials);
 * const { consented, credentialLive, statusFresh } = linkFact;
 * assert.equal(refusals[consented | credentialLive | statusFresh], reason.none);
 * assert.equal(refusals[consented | credentialLive], reason.statusStale);
 * assert.equal(refusals[credentialLive | statusFresh], reason.noConsent);
 * ```
 */
export function linkRefusals({ needs }: IdentityPolicy): Uint8Array {
  return Uint8Array.from({ length: 16 }, (_, facts) => {
    if (needs.length === 0) return reason.noConsent;
    const missing = needs.find((need) => !(facts & linkFact[need]));
    return missing ? refusalFor[missing] : reason.none;
  });
}
