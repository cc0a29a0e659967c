// The X25519 public key that belongs to an Ed25519 public key: a change of coordinates of a public point.
//
// No secret enters and nothing is encrypted or signed here; node:crypto offers no such conversion.

/** The field of both curves: 2^255 − 19. */
const p = (1n << 255n) - 19n;

/**
 * The X25519 public key of an Ed25519 public key, 32 bytes each, little-endian.
 *
 * The point (x, y) of edwards25519 is the point u = (1 + y) / (1 − y) of curve25519.
 * Errors: `RangeError` for another length, a y outside the field, or y = 1, which has no such point.
 * Source: RFC 7748, section 4.1.
 *
 * @example
 * ```ts
 * import { encryptionKeyOf } from "#/model/identity/encryption_key.ts";
 * import assert from "node:assert/strict";
 * // The base points of the two curves: y = 4/5 and u = 9.
 * const base = Uint8Array.fromHex("58" + "66".repeat(31));
 * assert.equal(encryptionKeyOf(base)[0], 9);
 * ```
 */
export function encryptionKeyOf(publicKey: Uint8Array): Uint8Array {
  if (publicKey.length !== 32) {
    throw new RangeError(`Cannot convert an Ed25519 key of ${publicKey.length} bytes: 32 are needed`);
  }
  let y = 0n;
  for (let i = 31; i >= 0; i--) y = y << 8n | BigInt(i === 31 ? publicKey[i] & 127 : publicKey[i]);
  if (y >= p || y === 1n) {
    throw new RangeError("Cannot convert an Ed25519 key whose y is 1 or outside the field");
  }
  let u = (1n + y) * inverse((1n - y + p) % p) % p;
  return Uint8Array.from({ length: 32 }, () => {
    const byte = Number(u & 255n);
    u >>= 8n;
    return byte;
  });
}

/** 1/a in the field, by Fermat: a^(p − 2). */
function inverse(a: bigint): bigint {
  let result = 1n;
  for (let power = p - 2n; power > 0n; power >>= 1n) {
    if (power & 1n) result = result * a % p;
    a = a * a % p;
  }
  return result;
}
