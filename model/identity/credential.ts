// W3C credentials: what an issuer says about a subject, for how long, and where to ask whether it still holds.

import { type Document, type Proof, signDocument, verifyDocument } from "./data_integrity.ts";
import { didKey, verificationMethodOf } from "./did_key.ts";
import type { SigningKey } from "./ed25519.ts";
import { type EpochSecond, isoInstant, secondOf } from "./instant.ts";
import type { ReaderMemory } from "./reader_memory.ts";
import { accept, guarded, isRecord, refuse, type Verdict } from "./verdict.ts";

/** The context that every credential of version 2.0 starts with. */
export const credentialContext = "https://www.w3.org/ns/credentials/v2";

/** Where the status of a credential stands: a bit of a published list. */
export interface StatusEntry {
  type: "BitstringStatusListEntry";
  statusPurpose: "revocation" | "suspension";
  /** A whole number as text. */
  statusListIndex: string;
  statusListCredential: string;
}

/** A credential of the W3C data model, version 2.0. */
export interface Credential extends Document {
  "@context": string[];
  id?: string;
  type: string[];
  issuer: string;
  validFrom: string;
  validUntil: string;
  credentialSubject: Document;
  credentialStatus?: StatusEntry;
}

/** A credential with its proof. */
export type SignedCredential = Credential & { proof: Proof | Proof[] };

/** The identifier of a key's owner. */
export const didOf = ({ publicKey }: { publicKey: Uint8Array }): string => didKey(publicKey);

/** What an issuer says. */
export interface Issue {
  type: string;
  subject: Document;
  key: SigningKey;
  from: EpochSecond;
  until: EpochSecond;
  id?: string;
  status?: StatusEntry;
}

/**
 * Issues a credential, signed with `eddsa-jcs-2022` under the issuer's did:key.
 *
 * Errors: `RangeError` when it would end before it starts.
 * Source: W3C Verifiable Credentials Data Model 2.0.
 *
 * @example
 * ```ts
 * import { didOf, issueCredential, verifyCredential } from "#/model/identity/credential.ts";
 * import { keyFromSeed } from "#/model/identity/ed25519.ts";
 * import assert from "node:assert/strict";
 * const authority = keyFromSeed(new Uint8Array(32).fill(1)), shopper = keyFromSeed(new Uint8Array(32).fill(2));
 * const subject = { id: didOf(shopper), isAdult: true };
 * const credential = issueCredential({ type: "RealName", subject, key: authority, from: 0, until: 86_400 });
 * const asked = { type: "RealName", issuer: didOf(authority) };
 * assert.ok(verifyCredential(credential, { ...asked, second: 60 }).accepted);
 * const late = verifyCredential(credential, { ...asked, second: 86_400 });
 * assert.ok(!late.accepted && late.reason === "expired");
 * ```
 */
export function issueCredential({ type, subject, key, from, until, id, status }: Issue): SignedCredential {
  if (!(from < until)) {
    throw new RangeError(`Cannot issue a credential from second ${from} until ${until}: it would never hold`);
  }
  const issuer = didOf(key);
  const credential: Credential = {
    "@context": [credentialContext],
    ...(status === undefined ? {} : { credentialStatus: status }),
    credentialSubject: subject,
    ...(id === undefined ? {} : { id }),
    issuer,
    type: ["VerifiableCredential", type],
    validFrom: isoInstant(from),
    validUntil: isoInstant(until),
  };
  const verificationMethod = verificationMethodOf(issuer);
  return signDocument(credential, {
    key,
    options: { created: isoInstant(from), verificationMethod, proofPurpose: "assertionMethod" },
  });
}

/** What a reader asks of a credential. */
export interface CredentialReading {
  /** The kind that it must be of. */
  type: string;
  /** The only issuer who may say this. */
  issuer: string;
  second: EpochSecond;
  /** Who it must be about, where that matters. */
  subject?: string;
  memory?: ReaderMemory;
}

/**
 * Checks a credential: shape, issuer, signature, dates, subject. Its status is another question, for the status list.
 *
 * Refuses, never throws: what {@link verifyDocument} refuses, and `malformed`, `wrongIssuer`, `wrongHolder`,
 * `notYetValid`, `expired`.
 */
export function verifyCredential(credential: unknown, reading: CredentialReading): Verdict<Credential> {
  return guarded(() => {
    const { type, issuer, second, subject, memory } = reading;
    if (!isRecord(credential)) return refuse("malformed", "a credential is a JSON object");
    const context = credential["@context"];
    if (!Array.isArray(context) || context[0] !== credentialContext) {
      return refuse("malformed", "the context is not that of version 2.0");
    }
    const types = [credential.type].flat();
    if (!types.includes("VerifiableCredential") || !types.includes(type)) {
      return refuse("malformed", `a ${type} was asked for, this is ${types.map(String).join(" ")}`);
    }
    const said = isRecord(credential.issuer) ? credential.issuer.id : credential.issuer;
    if (said !== issuer) return refuse("wrongIssuer", `issued by ${String(said)}, not by ${issuer}`);
    const about = credential.credentialSubject;
    if (!isRecord(about)) return refuse("malformed", "a credential is about one subject");
    const signed = verifyDocument(credential, { purpose: "assertionMethod", second, memory });
    if (!signed.accepted) return signed;
    const stranger = signed.value.signers.find((signer) => signer !== issuer);
    if (stranger !== undefined) return refuse("wrongIssuer", `signed by ${stranger}, not by ${issuer}`);
    if (credential.validFrom === undefined || credential.validUntil === undefined) {
      return refuse("malformed", "a credential without dates is not read here");
    }
    const from = secondOf(credential.validFrom), until = secondOf(credential.validUntil);
    if (second < from) return refuse("notYetValid", `valid from ${String(credential.validFrom)}`);
    if (second >= until) return refuse("expired", `valid until ${String(credential.validUntil)}`);
    if (subject !== undefined && about.id !== subject) {
      return refuse("wrongHolder", `about ${String(about.id)}, presented by ${subject}`);
    }
    return accept(signed.value.document as Credential);
  });
}
