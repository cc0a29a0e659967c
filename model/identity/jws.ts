// Compact signed JSON (JWS) with Ed25519: header, payload and signature, joined by dots.

import { fromBase64url, textOf, toBase64url, utf8 } from "./bytes.ts";
import { canonicalText } from "./canonical_text.ts";
import { sign, signatureLength, type SigningKey, verifySignature } from "./ed25519.ts";
import type { ReaderMemory } from "./reader_memory.ts";
import { Remembered } from "./remembered.ts";
import { accept, guarded, isRecord, refuse, type Verdict } from "./verdict.ts";

/** The header and the payload of a JWS. */
export interface Signed {
  header: Record<string, unknown>;
  payload: Record<string, unknown>;
}

/**
 * A payload, signed.
 *
 * Errors: those of {@link canonicalText}.
 * Source: RFC 7515, section 7.1; RFC 8037 for `EdDSA`.
 *
 * @example
 * ```ts
 * import { readJws, signJws, verifyJws } from "#/model/identity/jws.ts";
 * import { keyFromSeed } from "#/model/identity/ed25519.ts";
 * import assert from "node:assert/strict";
 * const key = keyFromSeed(new Uint8Array(32));
 * const jws = signJws({ limit: 5000 }, { key, type: "example" });
 * const verdict = verifyJws(jws, { publicKey: key.publicKey, type: "example" });
 * assert.deepEqual(verdict.accepted && verdict.value.payload, { limit: 5000 });
 * ```
 */
export function signJws(
  payload: Record<string, unknown>,
  { key, type }: { key: SigningKey; type: string },
): string {
  const header = headers.of(type, () => encoded({ alg: "EdDSA", typ: type }));
  const signed = `${header}.${encoded(payload)}`;
  return `${signed}.${toBase64url(sign(utf8(signed), key))}`;
}

const encoded = (part: object): string => toBase64url(utf8(canonicalText(part)));
const headers = new Remembered<string, string>(16);

/** A JWS that was read, its signature unchecked: what it says, and what was signed. */
export interface ReadJws extends Signed {
  jws: string;
  signed: Uint8Array;
  signature: Uint8Array;
}

/** The parts of a JWS, its signature unchecked. Refuses `malformed`, and `unknownSuite` for all but `EdDSA`. */
export function readJws(jws: unknown): Verdict<ReadJws> {
  return guarded(() => {
    const parts = typeof jws === "string" ? jws.split(".") : [];
    if (typeof jws !== "string" || parts.length !== 3) {
      return refuse("malformed", "a JWS is three parts of text between dots");
    }
    const [header, payload] = parts.slice(0, 2).map((part) => JSON.parse(textOf(fromBase64url(part))));
    if (!isRecord(header) || !isRecord(payload)) {
      return refuse("malformed", "header and payload are JSON objects");
    }
    if (header.alg !== "EdDSA") return refuse("unknownSuite", `alg ${String(header.alg)} is not EdDSA`);
    if (header.crit !== undefined) return refuse("unknownSuite", "the header asks for extensions");
    const signature = fromBase64url(parts[2]);
    return accept({ jws, header, payload, signed: utf8(`${parts[0]}.${parts[1]}`), signature });
  });
}

/** What a reader of a JWS asks: whose it is, and of which type. */
export interface JwsReading {
  publicKey: Uint8Array;
  type: string;
  memory?: ReaderMemory;
}

/** Checks a JWS of a type. Refuses what {@link readJws} and {@link checkJws} refuse. */
export function verifyJws(jws: unknown, reading: JwsReading): Verdict<Signed> {
  const read = readJws(jws);
  return read.accepted ? checkJws(read.value, reading) : read;
}

/** Checks a JWS that was read. Refuses `malformed` for another type, `wrongLength`, `badSignature`. */
export function checkJws(
  { jws, header, payload, signed, signature }: ReadJws,
  { publicKey, type, memory }: JwsReading,
): Verdict<Signed> {
  if (header.typ !== type) return refuse("malformed", `type ${String(header.typ)}, needed is ${type}`);
  if (signature.length !== signatureLength) {
    return refuse("wrongLength", `a signature has 64 bytes, this one has ${signature.length}`);
  }
  if (!memory?.hasToken(jws, publicKey)) {
    if (!verifySignature(signature, { message: signed, publicKey })) {
      return refuse("badSignature", `the ${type} does not fit the key`);
    }
    memory?.keepToken(jws, publicKey);
  }
  return accept({ header, payload });
}
