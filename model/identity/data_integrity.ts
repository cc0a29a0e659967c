// Data Integrity with the suite eddsa-jcs-2022: a JSON document signed in its canonical form, with the proof inside it.

import { sha256 } from "./bytes.ts";
import { canonicalText, inOrder } from "./canonical_text.ts";
import { readVerificationMethod } from "./did_key.ts";
import { sign, signatureLength, type SigningKey, verifySignature } from "./ed25519.ts";
import { type EpochSecond, secondOf } from "./instant.ts";
import { fromMultibase, toMultibase } from "./multibase.ts";
import type { ReaderMemory } from "./reader_memory.ts";
import { accept, guarded, isRecord, refuse, type Verdict } from "./verdict.ts";

/** The only suite that is signed and verified here. */
export const cryptosuite = "eddsa-jcs-2022";

/** What a proof is for. */
export type ProofPurpose = "assertionMethod" | "authentication";

/** What the signer says beside the signature. */
export interface ProofOptions {
  id?: string;
  type: "DataIntegrityProof";
  cryptosuite: typeof cryptosuite;
  created?: string;
  expires?: string;
  verificationMethod: string;
  proofPurpose: ProofPurpose;
  /** The audience and the nonce that the proof is bound to. */
  domain?: string;
  challenge?: string;
  /** Proofs of the same document that this one builds on. */
  previousProof?: string | string[];
  "@context"?: unknown;
}

/** A proof as it stands in a document. */
export type Proof = ProofOptions & { proofValue: string };

/** Any JSON object. */
export type Document = Record<string, unknown>;

/** What is signed, step by step: canonical texts and their hashes. */
export interface Hashed {
  canonicalDocument: string;
  canonicalProof: string;
  documentHash: Uint8Array;
  proofHash: Uint8Array;
  /** The proof's hash, then the document's: 64 bytes. */
  combined: Uint8Array;
}

/**
 * The bytes that a proof signs.
 *
 * Shapes: a document without `proof` and options without `proofValue`, as they are to be hashed.
 * Errors: those of {@link canonicalText}.
 * Source: W3C Data Integrity EdDSA Cryptosuites 1.0, sections 3.3.3 to 3.3.5.
 */
export function hashForProof(document: Document, options: Document): Hashed {
  const canonicalDocument = canonicalText(document), canonicalProof = canonicalText(options);
  const documentHash = sha256(canonicalDocument), proofHash = sha256(canonicalProof);
  const combined = new Uint8Array(64);
  combined.set(proofHash);
  combined.set(documentHash, 32);
  return { canonicalDocument, canonicalProof, documentHash, proofHash, combined };
}

/**
 * Signs a document; a proof that it has already makes a set, one that the options build on makes a chain.
 *
 * Errors: those of {@link canonicalText}; `TypeError` where `previousProof` names a proof that is not there.
 * Source: W3C Data Integrity EdDSA Cryptosuites 1.0, section 3.3.1; W3C Data Integrity 1.0, section 4.3.
 *
 * @example
 * ```ts
 * import { signDocument, verifyDocument } from "#/model/identity/data_integrity.ts";
 * import { didKey, verificationMethodOf } from "#/model/identity/did_key.ts";
 * import { keyFromSeed } from "#/model/identity/ed25519.ts";
 * import assert from "node:assert/strict";
 * const key = keyFromSeed(new Uint8Array(32).fill(1));
 * const verificationMethod = verificationMethodOf(didKey(key.publicKey));
 * const options = { verificationMethod, proofPurpose: "assertionMethod" } as const;
 * const signed = signDocument({ limit: 5000 }, { key, options });
 * assert.ok(verifyDocument(signed, { purpose: "assertionMethod", second: 0 }).accepted);
 * const forged = verifyDocument({ ...signed, limit: 9000 }, { purpose: "assertionMethod", second: 0 });
 * assert.ok(!forged.accepted && forged.reason === "badSignature");
 * ```
 */
export function signDocument<D extends Document>(
  document: D,
  { key, options }: { key: SigningKey; options: Omit<ProofOptions, "type" | "cryptosuite"> },
): D & { proof: Proof | Proof[] } {
  const { proof: before, ...bare } = document as Document;
  const all = before === undefined ? [] : [before].flat() as Proof[];
  const { "@context": context } = bare;
  const config: Document = inOrder({
    cryptosuite,
    type: "DataIntegrityProof",
    ...options,
    ...(context === undefined ? {} : { "@context": context }),
  });
  const earlier = previousOf(config, all);
  if (!earlier.accepted) throw new TypeError(`Cannot sign: ${earlier.detail}`);
  const { combined } = hashForProof(withPrevious(bare, earlier.value), config);
  const proofValue = toMultibase(sign(combined, key), { base: "z" });
  const proof = inOrder({ ...config, proofValue }) as unknown as Proof;
  return inOrder({ ...document, proof: all.length > 0 ? [...all, proof] : proof });
}

/** What a reader asks of a proof. */
export interface Expected {
  purpose: ProofPurpose;
  /** Now. */
  second: EpochSecond;
  /** The audience and the nonce that the reader gave; a proof that is bound to others is refused. */
  domain?: string;
  challenge?: string;
  /** What the reader checked before: spares the signature of a document that cannot have changed, and nothing else. */
  memory?: ReaderMemory;
}

/** What a valid document says: itself without proofs, and who signed, in the order of the proofs. */
export interface SignedBy {
  document: Document;
  signers: string[];
  proofs: Proof[];
}

/** How many proofs a document may carry. */
const mostProofs = 16;

/**
 * Checks every proof of a document: each must hold.
 *
 * Refuses, never throws: `missingProof`, `malformed`, `unknownSuite`, `wrongPurpose`, `wrongNonce`, `wrongAudience`,
 * `expired`, `notYetValid`, `unknownMethod`, `unknownKeyType`, `wrongLength`, `badSignature`, `tooLarge`.
 * Source: W3C Data Integrity 1.0, sections 4.4 and 4.5.
 */
export function verifyDocument(document: unknown, expected: Expected): Verdict<SignedBy> {
  return guarded(() => {
    if (!isRecord(document)) return refuse("malformed", "a signed document is a JSON object");
    const { proof, ...bare } = document;
    const proofs = proof === undefined ? [] : [proof].flat();
    if (proofs.length === 0) return refuse("missingProof", "the document has no proof");
    if (proofs.length > mostProofs) {
      return refuse("tooLarge", `${proofs.length} proofs, up to ${mostProofs} are read`);
    }
    const { memory } = expected, known = memory?.signersOf(document), signers: string[] = [];
    for (const [i, one] of proofs.entries()) {
      const verdict = verifyProof(bare, one, { all: proofs, expected, signer: known?.[i] });
      if (!verdict.accepted) return verdict;
      signers.push(verdict.value);
    }
    if (!known) memory?.keepSigners(document, signers);
    return accept({ document: bare, signers, proofs: proofs as Proof[] });
  });
}

/** One proof of a document; the verdict holds who signed. A `signer` is known where the signature was checked before. */
function verifyProof(
  bare: Document,
  proof: unknown,
  { all, expected, signer }: { all: readonly unknown[]; expected: Expected; signer: string | undefined },
): Verdict<string> {
  if (!isRecord(proof)) return refuse("malformed", "a proof is a JSON object");
  const { proofValue, ...options } = proof;
  const said = checkOptions(options, expected);
  if (!said.accepted) return said;
  if (signer !== undefined) return accept(signer);
  const method = readVerificationMethod(options.verificationMethod);
  if (!method.accepted) return method;
  const signature = fromMultibase(proofValue, { base: "z" });
  if (signature.length !== signatureLength) {
    return refuse("wrongLength", `a signature has 64 bytes, this one has ${signature.length}`);
  }
  // The standard lets a document add contexts behind the signed ones; here what was not signed is not read.
  const context = options["@context"];
  if (
    context !== bare["@context"] && context !== undefined &&
    canonicalText(context) !== canonicalText(bare["@context"] ?? null)
  ) {
    return refuse("malformed", "the context of the document is not that of its proof");
  }
  const earlier = previousOf(options, all);
  if (!earlier.accepted) return earlier;
  const { combined } = hashForProof(withPrevious(bare, earlier.value), options);
  return verifySignature(signature, { message: combined, publicKey: method.value.publicKey })
    ? accept(method.value.did)
    : refuse("badSignature", `the proof by ${method.value.did} does not fit the document`);
}

function checkOptions(options: Document, { purpose, second, domain, challenge }: Expected): Verdict<null> {
  if (options.type !== "DataIntegrityProof" || options.cryptosuite !== cryptosuite) {
    return refuse(
      "unknownSuite",
      `${String(options.type)} ${String(options.cryptosuite)} is not ${cryptosuite}`,
    );
  }
  if (options.proofPurpose !== purpose) {
    return refuse("wrongPurpose", `the proof is for ${String(options.proofPurpose)}, needed is ${purpose}`);
  }
  if (options.challenge !== challenge) return refuse("wrongNonce", "the proof answers another challenge");
  if (options.domain !== domain) {
    return refuse("wrongAudience", `the proof is for ${String(options.domain)}, read by ${String(domain)}`);
  }
  if (options.created !== undefined && secondOf(options.created) > second) {
    return refuse("notYetValid", `signed at ${String(options.created)}, later than now`);
  }
  if (options.expires !== undefined && secondOf(options.expires) <= second) {
    return refuse("expired", `the proof held until ${String(options.expires)}`);
  }
  return accept(null);
}

/** The proofs that a proof builds on, in the order in which it names them. */
function previousOf(options: Document, all: readonly unknown[]): Verdict<Document[]> {
  if (options.previousProof === undefined) return accept([]);
  const found: Document[] = [];
  for (const id of [options.previousProof].flat()) {
    const matching = all.filter((one): one is Document => isRecord(one) && one.id === id);
    if (typeof id !== "string" || matching.length !== 1) {
      return refuse(
        "missingProof",
        `the proof builds on ${JSON.stringify(id)}, which is there ${matching.length} times`,
      );
    }
    found.push(matching[0]);
  }
  return accept(found);
}

/** A proof of a chain signs the proofs that it builds on together with the document. */
const withPrevious = (bare: Document, previous: readonly Document[]): Document =>
  previous.length === 0 ? bare : { ...bare, proof: previous };
