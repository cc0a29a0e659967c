// What a reader of an SD-JWT checks before it believes the claims that are shown.

import { fromBase64url } from "./bytes.ts";
import { type DigestName, digestOf, openDisclosures } from "./disclosure.ts";
import type { EpochSecond } from "./instant.ts";
import { checkJws, verifyJws } from "./jws.ts";
import type { ReaderMemory } from "./reader_memory.ts";
import { type Claims, keyBindingType, type ReadSdJwt, readSdJwt, sdJwtType } from "./sd_jwt.ts";
import { accept, guarded, isRecord, refuse, type Verdict } from "./verdict.ts";

/** What a reader asks of a presented SD-JWT. */
export interface Reading {
  /** The public key of the issuer. */
  issuer: Uint8Array;
  second: EpochSecond;
  /** Needed where the holder must prove to be the holder; the proof may be `maxAgeSeconds` old. */
  keyBinding?: { nonce: string; audience: string; maxAgeSeconds: number };
  /** Paths of claims that must be shown. */
  required?: readonly (readonly string[])[];
  /** What the reader checked before; the proof of the holder, new each time, is not kept. */
  memory?: ReaderMemory;
}

/**
 * Checks a presented SD-JWT; the verdict holds the claims that are shown, and the holder's key where it was proved.
 *
 * Refuses, never throws: `malformed`, `tooLarge`, `unknownSuite`, `badSignature`, `wrongLength`, `notYetValid`,
 * `expired`, `duplicateDigest`, `unreferencedDisclosure`, `claimCollision`, `missingProof`, `wrongNonce`,
 * `wrongAudience`, `stale`, `missingClaim`.
 * Source: RFC 9901, sections 7.1 and 7.3.
 */
export function verifySdJwt(
  sdJwt: unknown,
  { issuer, second, keyBinding, required = [], memory }: Reading,
): Verdict<{ claims: Claims; holder?: Uint8Array }> {
  return guarded(() => {
    const read = readSdJwt(sdJwt);
    if (!read.accepted) return read;
    const signed = checkJws(read.value.read, { publicKey: issuer, type: sdJwtType, memory });
    if (!signed.accepted) return signed;
    const opened = openDisclosures(signed.value.payload, read.value.disclosures);
    if (!opened.accepted) return opened;
    const { claims } = opened.value;
    const timely = checkTimes(claims, second);
    if (!timely.accepted) return timely;
    const bound = checkBinding(read.value, { payload: signed.value.payload, second, keyBinding });
    if (!bound.accepted) return bound;
    const missing = required.find((path) => !holds(claims, path));
    if (missing) return refuse("missingClaim", `${missing.join(".")} is not shown`);
    return accept(bound.value ? { claims, holder: bound.value } : { claims });
  });
}

function checkTimes({ nbf, exp }: Claims, second: EpochSecond): Verdict<null> {
  for (const time of [nbf, exp]) {
    if (time !== undefined && !Number.isFinite(time)) return refuse("malformed", "nbf and exp are numbers");
  }
  if (nbf !== undefined && Number(nbf) > second) return refuse("notYetValid", `valid from second ${nbf}`);
  if (exp !== undefined && Number(exp) <= second) return refuse("expired", `valid until second ${exp}`);
  return accept(null);
}

/** The holder's key, where a proof was asked for and holds. */
function checkBinding(
  { shown, keyBinding: proof }: ReadSdJwt,
  { payload, second, keyBinding }: Pick<Reading, "second" | "keyBinding"> & { payload: Claims },
): Verdict<Uint8Array | undefined> {
  if (!keyBinding) {
    return proof === ""
      ? accept(undefined)
      : refuse("wrongNonce", "a proof of the holder that was not asked for");
  }
  if (proof === "") return refuse("missingProof", "the holder did not prove to be the holder");
  const jwk = isRecord(payload.cnf) ? payload.cnf.jwk : undefined;
  if (!isRecord(jwk) || jwk.kty !== "OKP" || jwk.crv !== "Ed25519" || typeof jwk.x !== "string") {
    return refuse("missingProof", "the credential names no Ed25519 key of a holder");
  }
  const publicKey = fromBase64url(jwk.x);
  const verdict = verifyJws(proof, { publicKey, type: keyBindingType });
  if (!verdict.accepted) return verdict;
  const { nonce, aud, iat, sd_hash } = verdict.value.payload;
  if (nonce !== keyBinding.nonce) {
    return refuse("wrongNonce", "the proof of the holder answers another nonce");
  }
  if (aud !== keyBinding.audience) {
    return refuse("wrongAudience", `the proof of the holder is for ${String(aud)}`);
  }
  if (typeof iat !== "number" || !Number.isFinite(iat)) return refuse("malformed", "iat is no number");
  if (iat > second) return refuse("notYetValid", `the proof of the holder is of second ${iat}`);
  if (iat + keyBinding.maxAgeSeconds < second) {
    return refuse("stale", `the proof of the holder is of second ${iat}`);
  }
  if (sd_hash !== digestOf(shown, (payload._sd_alg ?? "sha-256") as DigestName)) {
    return refuse("badSignature", "the proof of the holder is for other disclosures");
  }
  return accept(publicKey);
}

function holds(claims: unknown, path: readonly string[]): boolean {
  let at = claims;
  for (const name of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return false;
    at = (at as Claims)[name];
  }
  return true;
}
