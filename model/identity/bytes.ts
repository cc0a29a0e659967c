// Bytes and their names in text: UTF-8, unpadded base64url, and SHA-256 by node:crypto.

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The UTF-8 bytes of a text. */
export const utf8 = (text: string): Uint8Array => plain(Buffer.from(text, "utf8"));

/** The same bytes without the methods of a Buffer, whose `slice` does not copy. */
const plain = ({ buffer, byteOffset, length }: Buffer): Uint8Array =>
  new Uint8Array(buffer, byteOffset, length);

/** The text of UTF-8 bytes. Errors: `TypeError` for bytes that are no UTF-8. */
export function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
  // A Buffer is read four times as fast, but puts this mark where bytes are wrong; the decoder tells wrong from written.
  return text.includes("\ufffd") ? decoder.decode(bytes) : text;
}

// Copying the state of a hash that has read nothing costs half as much as making one, and hexadecimal text half as much
// as a new Buffer.
const begun = {
  sha256: createHash("sha256"),
  sha384: createHash("sha384"),
  sha512: createHash("sha512"),
} as const;

/** SHA-256 of bytes or of a text in UTF-8: 32 bytes. */
export const sha256 = (data: string | Uint8Array): Uint8Array => digest("sha256", data);

/** A digest of node:crypto by its name there; a text is taken as UTF-8. */
export const digest = (name: keyof typeof begun, data: string | Uint8Array): Uint8Array =>
  Uint8Array.fromHex(begun[name].copy().update(data).digest("hex"));

/** Writes SHA-256 of `data` into `out` at `offset`: for hashing by the million, under 1 µs each. */
export function sha256Into(out: Uint8Array, offset: number, data: Uint8Array): void {
  out.subarray(offset, offset + 32).setFromHex(begun.sha256.copy().update(data).digest("hex"));
}

/** Base64url without padding (RFC 4648, section 5). */
export const toBase64url = (bytes: Uint8Array): string =>
  bytes.toBase64({ alphabet: "base64url", omitPadding: true });

/**
 * The bytes of base64url text without padding.
 *
 * Errors: `SyntaxError` for other characters, an impossible length, or spare bits that are not zero: one text for each
 * sequence of bytes, so that a signature cannot be written in two ways.
 *
 * @example
 * ```ts
 * import { fromBase64url, toBase64url } from "#/model/identity/bytes.ts";
 * import assert from "node:assert/strict";
 * assert.equal(toBase64url(Uint8Array.of(255, 254)), "__4");
 * assert.deepEqual(fromBase64url("__4"), Uint8Array.of(255, 254));
 * assert.throws(() => fromBase64url("__5"), SyntaxError);
 * ```
 */
export function fromBase64url(text: string): Uint8Array {
  // A Buffer reads over what it does not know, so only the way back tells.
  const bytes = plain(Buffer.from(text, "base64url"));
  if (toBase64url(bytes) === text) return bytes;
  throw new SyntaxError(
    /^[A-Za-z0-9_-]*$/.test(text) && text.length % 4 !== 1
      ? `Cannot read base64url that ends in "${text.slice(-4)}": the spare bits must be zero`
      : `Cannot read base64url of ${text.length} characters: only A-Z, a-z, 0-9, - and _ without padding are allowed`,
  );
}
