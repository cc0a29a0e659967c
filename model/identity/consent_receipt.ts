// Consent: what a person agreed to, for which purpose and data, until when; signed by the person, named by its hash.

import { sha256 } from "./bytes.ts";
import { canonicalText } from "./canonical_text.ts";
import { didOf } from "./credential.ts";
import { type Document, type Proof, signDocument, verifyDocument } from "./data_integrity.ts";
import { verificationMethodOf } from "./did_key.ts";
import type { SigningKey } from "./ed25519.ts";
import { type EpochSecond, isoInstant, secondOf } from "./instant.ts";
import { isPublished, type ReaderMemory } from "./reader_memory.ts";
import { accept, guarded, isRecord, refuse, type Verdict } from "./verdict.ts";

/** Classes of data that a consent may name; location and account data need a consent of their own. */
export const dataCategories = ["identity", "orders", "repayment", "device", "location", "account"] as const;

/** A class of data. */
export type DataCategory = typeof dataCategories[number];

/** The record of one consent. */
export interface ConsentReceipt extends Document {
  type: "ConsentReceipt";
  id: string;
  /** Who agreed, and who may use the data. */
  subject: string;
  controllers: string[];
  purpose: string;
  categories: DataCategory[];
  givenAt: string;
  expiresAt: string;
}

/** A receipt with the person's signature. */
export type SignedReceipt = ConsentReceipt & { proof: Proof | Proof[] };

/** What a person agrees to. */
export interface Agreement {
  id: string;
  controllers: string[];
  purpose: string;
  categories: DataCategory[];
  from: EpochSecond;
  until: EpochSecond;
}

/**
 * A person agrees.
 *
 * Errors: `RangeError` when it would end before it starts.
 * Source: the fields follow ISO/IEC TS 27560, consent record.
 *
 * @example
 * ```ts
 * import { checkConsent, giveConsent, receiptHash } from "#/model/identity/consent_receipt.ts";
 * import { didOf } from "#/model/identity/credential.ts";
 * import { keyFromSeed } from "#/model/identity/ed25519.ts";
 * import assert from "node:assert/strict";
 * const key = keyFromSeed(new Uint8Array(32).fill(3));
 * const receipt = giveConsent(key, {
 *   id: "c-1", controllers: ["jd"], purpose: "credit", categories: ["identity"], from: 0, until: 86_400,
 * });
 * const use = { subject: didOf(key), controller: "jd", purpose: "credit", second: 60 };
 * const registered = { hash: receiptHash(receipt), withdrawn: false };
 * assert.ok(checkConsent(receipt, { ...use, categories: ["identity"], registered }).accepted);
 * const other = checkConsent(receipt, { ...use, categories: ["location"], registered });
 * assert.ok(!other.accepted && other.reason === "noConsent");
 * ```
 */
export function giveConsent(
  key: SigningKey,
  { id, controllers, purpose, categories, from, until }: Agreement,
): SignedReceipt {
  if (!(from < until)) {
    throw new RangeError(`Cannot agree from second ${from} until ${until}: it would never hold`);
  }
  const subject = didOf(key);
  const receipt: ConsentReceipt = {
    categories,
    controllers,
    expiresAt: isoInstant(until),
    givenAt: isoInstant(from),
    id,
    purpose,
    subject,
    type: "ConsentReceipt",
  };
  const verificationMethod = verificationMethodOf(subject);
  return signDocument(receipt, {
    key,
    options: { created: receipt.givenAt, verificationMethod, proofPurpose: "assertionMethod" },
  });
}

/** The name of a receipt on a shared ledger: SHA-256 of its canonical text, in hexadecimal. It tells nothing else. */
export function receiptHash(receipt: SignedReceipt): string {
  const known = hashes.get(receipt);
  if (known !== undefined) return known;
  const hash = sha256(canonicalText(receipt)).toHex();
  if (isPublished(receipt)) hashes.set(receipt, hash);
  return hash;
}

// Of receipts that cannot change: the shopper's side and the reader's name the same one.
const hashes = new WeakMap<object, string>();

/** A use of personal data that asks for a consent. */
export interface DataUse {
  subject: string;
  controller: string;
  purpose: string;
  categories: readonly DataCategory[];
  second: EpochSecond;
  /** What the register of receipts says: the hash that it holds, or undefined, and whether it was taken back. */
  registered: { hash: string; withdrawn: boolean } | undefined;
  memory?: ReaderMemory;
}

/**
 * Checks that a use of data is covered by a live consent.
 *
 * Refuses, never throws: `noConsent` (none registered, another one, other people, purposes or data),
 * `consentWithdrawn`, `wrongPurpose`, `wrongHolder`, `expired`, `notYetValid`, and what {@link verifyDocument} refuses.
 */
export function checkConsent(receipt: unknown, use: DataUse): Verdict<ConsentReceipt> {
  return guarded(() => {
    const { subject, controller, purpose, categories, second, registered, memory } = use;
    if (!registered) return refuse("noConsent", "no receipt is registered");
    if (registered.withdrawn) return refuse("consentWithdrawn", "the receipt was taken back");
    if (!isRecord(receipt) || receipt.type !== "ConsentReceipt") {
      return refuse("malformed", "this is no receipt");
    }
    if (receiptHash(receipt as SignedReceipt) !== registered.hash) {
      return refuse("noConsent", "the register holds another receipt");
    }
    const signed = verifyDocument(receipt, { purpose: "assertionMethod", second, memory });
    if (!signed.accepted) return signed;
    const own = signed.value.document as ConsentReceipt;
    if (own.subject !== subject || signed.value.signers.some((signer) => signer !== subject)) {
      return refuse("wrongHolder", "somebody else agreed");
    }
    if (!Array.isArray(own.controllers) || !Array.isArray(own.categories)) {
      return refuse("malformed", "lists are needed");
    }
    if (!own.controllers.includes(controller)) {
      return refuse("noConsent", `${controller} may not use the data`);
    }
    if (own.purpose !== purpose) {
      return refuse("wrongPurpose", `agreed for ${String(own.purpose)}, used for ${purpose}`);
    }
    const uncovered = categories.find((category) => !own.categories.includes(category));
    if (uncovered) return refuse("noConsent", `${uncovered} data are not covered`);
    if (second < secondOf(own.givenAt)) return refuse("notYetValid", `agreed at ${own.givenAt}`);
    if (second >= secondOf(own.expiresAt)) return refuse("expired", `agreed until ${own.expiresAt}`);
    return accept(own);
  });
}
