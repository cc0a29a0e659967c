// Multibase: bytes as text whose first letter says how they are written; z base58btc, u base64url.

import { fromBase64url, toBase64url } from "./bytes.ts";

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const valueOf = new Map([...alphabet].map((letter, value) => [letter, value]));

/** More than any key, signature or list of ours in base58: its work grows with the square of the length. */
const base58Limit = 1_024;

/**
 * Bytes in base58 with the alphabet of Bitcoin; each leading zero byte is a "1".
 *
 * Errors: `RangeError` for more than 1,024 bytes.
 * Source: draft-msporny-base58, W3C Controlled Identifiers 1.0, section 3.3.
 *
 * @example
 * ```ts
 * import { toBase58 } from "#/model/identity/multibase.ts";
 * import assert from "node:assert/strict";
 * assert.equal(toBase58(new TextEncoder().encode("Hello World!")), "2NEpo7TZRRrLZSi2U");
 * ```
 */
export function toBase58(bytes: Uint8Array): string {
  if (bytes.length > base58Limit) {
    throw new RangeError(`Cannot write ${bytes.length} bytes in base58: up to ${base58Limit} are allowed`);
  }
  const digits: number[] = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let i = 0; i < digits.length; i++) {
      carry += digits[i] * 256;
      digits[i] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) digits.push(carry % 58);
  }
  const zeros = leading(bytes, 0);
  return "1".repeat(zeros) + digits.reverse().map((digit) => alphabet[digit]).join("");
}

/**
 * The bytes of base58 text.
 *
 * Errors: `SyntaxError` for a character outside the alphabet, `RangeError` for more than 1,400 characters.
 */
export function fromBase58(text: string): Uint8Array {
  if (text.length > 1_400) {
    throw new RangeError(`Cannot read base58 of ${text.length} characters: up to 1400 are allowed`);
  }
  const values = Array.from(text, (letter, i) => {
    const value = valueOf.get(letter);
    if (value === undefined) {
      throw new SyntaxError(`Cannot read base58: ${JSON.stringify(letter)} at ${i} is not in the alphabet`);
    }
    return value;
  });
  const bytes: number[] = [];
  for (const value of values) {
    let carry = value;
    for (let i = 0; i < bytes.length; i++) {
      carry += bytes[i] * 58;
      bytes[i] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) bytes.push(carry & 255);
  }
  return Uint8Array.from([...new Array(leading(values, 0)).fill(0), ...bytes.reverse()]);
}

function leading(values: ArrayLike<number>, value: number): number {
  let n = 0;
  while (n < values.length && values[n] === value) n++;
  return n;
}

/** Bytes in multibase: base58btc ("z") or base64url without padding ("u"). */
export function toMultibase(bytes: Uint8Array, { base }: { base: "z" | "u" }): string {
  return base + (base === "z" ? toBase58(bytes) : toBase64url(bytes));
}

/**
 * The bytes of multibase text.
 *
 * Shapes: `base` the only base that is taken, where the format fixes one.
 * Errors: `TypeError` when it is no text, `SyntaxError` for another base or a character that it does not have.
 *
 * @example
 * ```ts
 * import { fromMultibase, toMultibase } from "#/model/identity/multibase.ts";
 * import assert from "node:assert/strict";
 * assert.equal(toMultibase(Uint8Array.of(0, 255), { base: "z" }), "z15Q");
 * assert.deepEqual(fromMultibase("uAP8"), Uint8Array.of(0, 255));
 * assert.throws(() => fromMultibase("f00ff"), /starts with "f"/);
 * ```
 */
export function fromMultibase(text: unknown, { base }: { base?: "z" | "u" } = {}): Uint8Array {
  if (typeof text !== "string") {
    throw new TypeError(`Cannot read multibase of type ${typeof text}: text is needed`);
  }
  const found = text.slice(0, 1);
  if (found !== "z" && found !== "u" || base !== undefined && found !== base) {
    const allowed = base === undefined ? '"z" (base58btc) or "u" (base64url)' : `"${base}"`;
    throw new SyntaxError(`Cannot read multibase that starts with "${found}": it must start with ${allowed}`);
  }
  return found === "z" ? fromBase58(text.slice(1)) : fromBase64url(text.slice(1));
}
