// Ed25519 by node:crypto, with keys and signatures as plain bytes.

import { createPrivateKey, createPublicKey, type KeyObject, sign as signBytes, verify } from "node:crypto";
import { Buffer } from "node:buffer";
import { Remembered } from "./remembered.ts";

/** Lengths in bytes. */
export const seedLength = 32, publicKeyLength = 32, signatureLength = 64;

// DER around 32 raw bytes: the object identifier 1.3.101.112 in PKCS #8 and in SubjectPublicKeyInfo (RFC 8410).
const pkcs8Head = Uint8Array.fromHex("302e020100300506032b657004220420");
const spkiHead = Uint8Array.fromHex("302a300506032b6570032100");

/** A key that signs, and its public half. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  /** 32 bytes. */
  readonly publicKey: Uint8Array;
}

/**
 * The key of a 32-byte seed.
 *
 * Shapes: the seed is the "private key" of RFC 8032. In a simulation it comes from a stream, so that a traced purchase
 * can be made again; a real one must come from the system's own source of chance.
 * Errors: `RangeError` for another length.
 * Source: RFC 8032, section 5.1.5; RFC 8410 for the wrapping.
 *
 * @example
 * ```ts
 * import { keyFromSeed, sign, verifySignature } from "#/model/identity/ed25519.ts";
 * import assert from "node:assert/strict";
 * // RFC 8032, section 7.1, TEST 1.
 * const key = keyFromSeed(Uint8Array.fromHex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"));
 * assert.equal(key.publicKey.toHex(), "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
 * const message = new Uint8Array();
 * assert.ok(verifySignature(sign(message, key), { message, publicKey: key.publicKey }));
 * ```
 */
export function keyFromSeed(seed: Uint8Array): SigningKey {
  if (seed.length !== seedLength) {
    throw new RangeError(`Cannot make an Ed25519 key of a seed of ${seed.length} bytes: 32 are needed`);
  }
  const key = Buffer.concat([pkcs8Head, seed]);
  const privateKey = createPrivateKey({ key, format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return { privateKey, publicKey: new Uint8Array(spki.subarray(spkiHead.length)) };
}

/** The signature of a message: 64 bytes, the same for the same key and message. */
export function sign(message: Uint8Array, { privateKey }: SigningKey): Uint8Array {
  return new Uint8Array(signBytes(null, message, privateKey));
}

// A public key is read once for the several signatures that one reading checks; the key itself is the name.
const publicKeys = new Remembered<string, KeyObject>(256);

/** Whether a signature fits a message and a public key; wrong lengths and points off the curve do not fit. */
export function verifySignature(
  signature: Uint8Array,
  { message, publicKey }: { message: Uint8Array; publicKey: Uint8Array },
): boolean {
  if (signature.length !== signatureLength || publicKey.length !== publicKeyLength) return false;
  try {
    const key = publicKeys.of(
      publicKey.toHex(),
      () => createPublicKey({ key: Buffer.concat([spkiHead, publicKey]), format: "der", type: "spki" }),
    );
    return verify(null, message, key, signature);
  } catch {
    return false;
  }
}
