// Multibase: bytes as text whose first letter says how they are written; z base58btc, u base64url.

import { fromBase64url, toBase64url } from "./bytes.ts";

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/** The value of a letter by its code, -1 for every other. */
const values = Int8Array.from({ length: 128 }, (_, code) => alphabet.indexOf(String.fromCharCode(code)));

// Digits are kept five together and bytes two together: 58^5 · 65,536 stays below 2^53, so that every step is exact.
const together = 5, limb = 58 * 58 * 58 * 58 * 58, word = 65_536;

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
  const limbs: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const isOdd = at === 0 && bytes.length % 2 === 1;
    addTo(limbs, isOdd ? bytes[0] : bytes[at] << 8 | bytes[at + 1], { times: word, below: limb });
    at += isOdd ? 1 : 2;
  }
  let text = "";
  for (const value of limbs) {
    let rest = value;
    for (let k = 0; k < together; k++, rest = Math.floor(rest / 58)) text = alphabet[rest % 58] + text;
  }
  // The highest limb stands there with zeros in front.
  return "1".repeat(leading(bytes, 0)) + text.slice(leading(text, "1"));
}

/** Multiplies a number, whose limbs stand lowest first, each below `below`, and adds to it. */
function addTo(limbs: number[], summand: number, { times, below }: { times: number; below: number }): void {
  let carry = summand;
  for (let i = 0; i < limbs.length; i++) {
    const sum = limbs[i] * times + carry;
    carry = Math.floor(sum / below);
    limbs[i] = sum - carry * below;
  }
  for (; carry > 0; carry = Math.floor(carry / below)) limbs.push(carry % below);
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
  const words: number[] = [];
  for (let at = 0; at < text.length;) {
    // The first group takes what is left over by groups of five.
    const until = at + (text.length - at - 1) % together + 1;
    let group = 0, times = 1;
    for (; at < until; at++) {
      const value = values[text.charCodeAt(at)] ?? -1;
      if (value < 0) {
        const letter = String.fromCodePoint(text.codePointAt(at)!);
        throw new SyntaxError(
          `Cannot read base58: ${JSON.stringify(letter)} at ${at} is not in the alphabet`,
        );
      }
      group = group * 58 + value;
      times *= 58;
    }
    addTo(words, group, { times, below: word });
  }
  const zeros = leading(text, "1"), isOdd = words.length > 0 && words[words.length - 1] < 256;
  const bytes = new Uint8Array(zeros + words.length * 2 - (isOdd ? 1 : 0));
  for (let i = 0, at = bytes.length; i < words.length; i++) {
    bytes[--at] = words[i];
    if (at > zeros) bytes[--at] = words[i] >> 8;
  }
  return bytes;
}

function leading<Value>(values: ArrayLike<Value>, value: Value): number {
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
