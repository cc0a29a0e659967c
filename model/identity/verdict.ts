// What a check of identity says: accepted with what was learnt, or refused with one reason of a closed list.

/** Every reason for which a check refuses, and what it means. Data of others never throw: they are refused. */
export const refusals = {
  malformed: "the data have not the shape that their format asks for",
  tooLarge: "the data are larger than any honest ones",
  wrongLength: "a key, a signature or a list has the wrong length",
  unknownMethod: "the identifier is of another DID method than did:key",
  unknownKeyType: "the key is of a type that is not verified here",
  unknownSuite: "the proof or signature is of another suite",
  badSignature: "the signature does not fit the data and the key",
  wrongIssuer: "the signer is not who may say this",
  wrongHolder: "the presenter is not who the credential is about",
  wrongPurpose: "the proof, the list or the consent serves another purpose",
  wrongNonce: "the proof answers another challenge",
  wrongAudience: "the proof is meant for another reader",
  notYetValid: "it is valid from a later moment on",
  expired: "it was valid until an earlier moment",
  stale: "it is older than the reader allows",
  revoked: "the status list says that it was withdrawn",
  suspended: "the status list says that it does not hold for now",
  outOfRange: "the list has no such entry",
  missingClaim: "something that is needed was not disclosed",
  missingProof: "there is no proof, or one that it builds on is missing",
  duplicateDigest: "a digest stands in more than one place",
  unreferencedDisclosure: "a disclosure belongs to no digest",
  claimCollision: "a disclosed claim has the name of another claim beside it",
  notInTree: "the path does not lead to the signed root",
  wrongCode: "the one-time code is another",
  noConsent: "the subject has not agreed to this use",
  consentWithdrawn: "the subject took the consent back",
} as const;

/** The name of a reason for refusal. */
export type Refusal = keyof typeof refusals;

/** Refused: why, and where. */
export interface Refused {
  accepted: false;
  reason: Refusal;
  /** What was found, for a log; never a secret. */
  detail: string;
}

/** The answer of a check: what was learnt, or why it was refused. */
export type Verdict<Learnt> = { accepted: true; value: Learnt } | Refused;

/** Accepts. */
export const accept = <Learnt>(value: Learnt): Verdict<Learnt> => ({ accepted: true, value });

/** Refuses; a long detail is cut. */
export const refuse = (reason: Refusal, detail: string): Refused => ({
  accepted: false,
  reason,
  detail: detail.length > 200 ? `${detail.slice(0, 200)}…` : detail,
});

/**
 * Runs a check of data that others wrote: what it throws (a nesting too deep, a getter that fails) becomes a refusal.
 *
 * @example
 * ```ts
 * import { accept, guarded } from "#/model/identity/verdict.ts";
 * import assert from "node:assert/strict";
 * const read = (text: string) => guarded(() => accept(JSON.parse(text)));
 * assert.deepEqual(read("[1]"), { accepted: true, value: [1] });
 * const refused = read("[1");
 * assert.ok(!refused.accepted && refused.reason === "malformed");
 * ```
 */
export function guarded<Learnt>(check: () => Verdict<Learnt>): Verdict<Learnt> {
  try {
    return check();
  } catch (error) {
    return refuse("malformed", error instanceof Error ? error.message : "the check could not read the data");
  }
}

/** Whether a value is an object with named members: no array, no null. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
