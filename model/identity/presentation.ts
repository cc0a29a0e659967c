// A presentation: a holder shows credentials to one reader, for one nonce, and proves to be whom they are about.

import { credentialContext, didOf, type SignedCredential } from "./credential.ts";
import { type Document, type Proof, signDocument, verifyDocument } from "./data_integrity.ts";
import { verificationMethodOf } from "./did_key.ts";
import type { SigningKey } from "./ed25519.ts";
import { type EpochSecond, isoInstant, secondOf } from "./instant.ts";
import { accept, guarded, refuse, type Verdict } from "./verdict.ts";

/** What a holder shows: credentials as they are, or an SD-JWT in an envelope. */
export interface Presentation extends Document {
  "@context": string[];
  type: string[];
  holder: string;
  verifiableCredential: (SignedCredential | Envelope)[];
}

/** An SD-JWT within a presentation: its text stands in a data URL. */
export interface Envelope extends Document {
  "@context": string;
  id: string;
  type: "EnvelopedVerifiableCredential";
}

const envelopeStart = "data:application/dc+sd-jwt,";

/** Puts an SD-JWT into an envelope. Source: W3C Verifiable Credentials Data Model 2.0, section 4.13.1. */
export const envelop = (sdJwt: string): Envelope => ({
  "@context": credentialContext,
  id: envelopeStart + sdJwt,
  type: "EnvelopedVerifiableCredential",
});

/** The SD-JWT of an envelope, or undefined for anything else. */
export function openEnvelope(value: unknown): string | undefined {
  const { type, id } = (value ?? {}) as Partial<Envelope>;
  return type === "EnvelopedVerifiableCredential" && typeof id === "string" && id.startsWith(envelopeStart)
    ? id.slice(envelopeStart.length)
    : undefined;
}

/** To whom, for which question, and when credentials are shown. */
export interface Binding {
  nonce: string;
  audience: string;
  second: EpochSecond;
}

/**
 * Shows credentials to a reader.
 *
 * Source: W3C Verifiable Credentials Data Model 2.0, section 4.13; the nonce is the proof's challenge, the audience its
 * domain.
 *
 * @example
 * ```ts
 * import { didOf, issueCredential } from "#/model/identity/credential.ts";
 * import { keyFromSeed } from "#/model/identity/ed25519.ts";
 * import { presentCredentials, verifyPresentation } from "#/model/identity/presentation.ts";
 * import assert from "node:assert/strict";
 * const issuer = keyFromSeed(new Uint8Array(32).fill(1)), key = keyFromSeed(new Uint8Array(32).fill(2));
 * const credential = issueCredential({ type: "Card", subject: { id: didOf(key) }, key: issuer, from: 0, until: 9 });
 * const to = { nonce: "n-1", audience: "acquirer", second: 5 };
 * const shown = presentCredentials([credential], { key, ...to });
 * assert.ok(verifyPresentation(shown, { ...to, maxAgeSeconds: 300 }).accepted);
 * const again = verifyPresentation(shown, { ...to, nonce: "n-2", maxAgeSeconds: 300 });
 * assert.ok(!again.accepted && again.reason === "wrongNonce");
 * ```
 */
export function presentCredentials(
  credentials: (SignedCredential | Envelope)[],
  { key, nonce, audience, second }: Binding & { key: SigningKey },
): Presentation & { proof: Proof | Proof[] } {
  const holder = didOf(key);
  const presentation: Presentation = {
    "@context": [credentialContext],
    holder,
    type: ["VerifiablePresentation"],
    verifiableCredential: credentials,
  };
  return signDocument(presentation, {
    key,
    options: {
      created: isoInstant(second),
      verificationMethod: verificationMethodOf(holder),
      proofPurpose: "authentication",
      challenge: nonce,
      domain: audience,
    },
  });
}

/** Most credentials that are read of one presentation. */
const mostCredentials = 16;

/**
 * Checks a presentation: the holder signed it for this reader and nonce, not too long ago. Each credential in it is
 * still to be checked, and must be about the holder.
 *
 * Refuses, never throws: what {@link verifyDocument} refuses, and `malformed`, `tooLarge`, `wrongHolder`, `stale`.
 */
export function verifyPresentation(
  presentation: unknown,
  { nonce, audience, second, maxAgeSeconds }: Binding & { maxAgeSeconds: number },
): Verdict<{ holder: string; credentials: unknown[] }> {
  return guarded(() => {
    const signed = verifyDocument(presentation, {
      purpose: "authentication",
      second,
      challenge: nonce,
      domain: audience,
    });
    if (!signed.accepted) return signed;
    const { document, signers, proofs } = signed.value;
    const { holder, type, verifiableCredential } = document;
    if (![type].flat().includes("VerifiablePresentation") || !Array.isArray(verifiableCredential)) {
      return refuse("malformed", "a presentation with an array of credentials is needed");
    }
    if (verifiableCredential.length > mostCredentials) {
      return refuse(
        "tooLarge",
        `${verifiableCredential.length} credentials, up to ${mostCredentials} are read`,
      );
    }
    const stranger = signers.find((signer) => signer !== holder);
    if (typeof holder !== "string" || stranger !== undefined) {
      return refuse("wrongHolder", `signed by ${String(stranger)}, presented for ${String(holder)}`);
    }
    for (const { created } of proofs) {
      if (created === undefined) return refuse("malformed", "the proof does not say when it was made");
      if (secondOf(created) + maxAgeSeconds < second) return refuse("stale", `signed at ${created}`);
    }
    return accept({ holder, credentials: verifiableCredential });
  });
}
