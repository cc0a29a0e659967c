// did:key: an identifier that is itself a public key, and the document that follows from it.

import { fromMultibase, toMultibase } from "./multibase.ts";
import { encryptionKeyOf } from "./encryption_key.ts";
import { Remembered } from "./remembered.ts";
import { accept, guarded, refuse, type Verdict } from "./verdict.ts";

/** Types of key that did:key knows: multicodec prefix (as a varint) and length in bytes. */
export const keyTypes = {
  "Ed25519": { prefix: [0xed, 0x01], length: 32 },
  "X25519": { prefix: [0xec, 0x01], length: 32 },
  "secp256k1": { prefix: [0xe7, 0x01], length: 33 },
  "BLS12-381 G2": { prefix: [0xeb, 0x01], length: 96 },
  "P-256": { prefix: [0x80, 0x24], length: 33 },
  "P-384": { prefix: [0x81, 0x24], length: 49 },
  "P-521": { prefix: [0x82, 0x24], length: 67 },
} as const satisfies Record<string, { prefix: readonly [number, number]; length: number }>;

/** The name of a type of key. */
export type KeyType = keyof typeof keyTypes;

const knownTypes = Object.entries(keyTypes) as [KeyType, typeof keyTypes[KeyType]][];

/** A public key and its type. */
export interface PublicKey {
  keyType: KeyType;
  bytes: Uint8Array;
}

/**
 * The identifier of a public key.
 *
 * Shapes: the bytes of the type's length; elliptic curve points compressed.
 * Errors: `RangeError` for another length.
 * Source: W3C CCG, "The did:key Method"; multicodec table.
 *
 * @example
 * ```ts
 * import { didKey, readDidKey } from "#/model/identity/did_key.ts";
 * import assert from "node:assert/strict";
 * const did = didKey(Uint8Array.fromHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));
 * assert.match(did, /^did:key:z6Mk/);
 * const read = readDidKey(did);
 * assert.ok(read.accepted && read.value.keyType === "Ed25519");
 * const web = readDidKey("did:web:example.com");
 * assert.ok(!web.accepted && web.reason === "unknownMethod" && web.detail.includes("did:web"));
 * ```
 */
export function didKey(bytes: Uint8Array, keyType: KeyType = "Ed25519"): string {
  return identifiers.of(`${keyType} ${bytes.toHex()}`, () => `did:key:${multikey(bytes, keyType)}`);
}

// The few parties of one purchase are named again and again.
const identifiers = new Remembered<string, string>(256);

/** A public key with its type, in multibase: what `publicKeyMultibase` holds. Errors: `RangeError` for its length. */
export function multikey(bytes: Uint8Array, keyType: KeyType): string {
  const { prefix, length } = keyTypes[keyType];
  if (bytes.length !== length) {
    throw new RangeError(`Cannot name a ${keyType} key of ${bytes.length} bytes: ${length} are needed`);
  }
  const coded = new Uint8Array(prefix.length + length);
  coded.set(prefix);
  coded.set(bytes, prefix.length);
  return toMultibase(coded, { base: "z" });
}

/** The key behind an identifier; other DID methods, unknown types of key and wrong lengths are refused. */
export function readDidKey(did: unknown): Verdict<PublicKey> {
  return guarded(() => {
    const parts = typeof did === "string" && /^did:([a-z0-9]+):([^\s#?/]+)$/.exec(did);
    if (!parts) return refuse("malformed", `${JSON.stringify(did)} is no DID such as did:key:z6Mk…`);
    const [, method, id] = parts;
    if (method !== "key") return refuse("unknownMethod", `did:${method} is not read here, only did:key`);
    const coded = fromMultibase(id, { base: "z" });
    const found = knownTypes.find(([, { prefix }]) => coded[0] === prefix[0] && coded[1] === prefix[1]);
    if (!found) {
      return refuse("unknownKeyType", `multicodec ${coded.slice(0, 2).toHex()} is no type of key here`);
    }
    const [keyType, { length }] = found, bytes = coded.slice(2);
    if (bytes.length !== length) {
      return refuse("wrongLength", `a ${keyType} key has ${length} bytes, this one has ${bytes.length}`);
    }
    return accept({ keyType, bytes });
  });
}

// One reading meets the same few methods several times; a longer text is none, and not worth remembering.
const methods = new Remembered<string, Verdict<{ did: string; publicKey: Uint8Array }>>(256), longest = 200;

/** The Ed25519 key of a verification method `did:key:z…#z…`, whose fragment must repeat the key. */
export function readVerificationMethod(method: unknown): Verdict<{ did: string; publicKey: Uint8Array }> {
  if (typeof method !== "string") return refuse("malformed", "the verification method is no text");
  return method.length > longest ? readMethod(method) : methods.of(method, () => readMethod(method));
}

function readMethod(method: string): Verdict<{ did: string; publicKey: Uint8Array }> {
  return guarded(() => {
    const [did, fragment, ...more] = method.split("#");
    const read = readDidKey(did);
    if (!read.accepted) return read;
    const { keyType, bytes } = read.value;
    if (keyType !== "Ed25519") return refuse("unknownKeyType", `${keyType} keys are not verified here`);
    if (more.length > 0 || fragment !== did.slice("did:key:".length)) {
      return refuse("malformed", "the fragment of the verification method is not its key");
    }
    return accept({ did, publicKey: bytes });
  });
}

/** The verification method of an identifier: itself, with its key as fragment. */
export const verificationMethodOf = (did: string): string => `${did}#${did.slice("did:key:".length)}`;

/** A DID document of did:key. */
export interface DidDocument {
  "@context": string[];
  id: string;
  verificationMethod: Multikey[];
  authentication: string[];
  assertionMethod: string[];
  capabilityDelegation: string[];
  capabilityInvocation: string[];
  keyAgreement?: Multikey[];
}

/** A public key as a document holds it. */
export interface Multikey {
  id: string;
  type: "Multikey";
  controller: string;
  publicKeyMultibase: string;
}

/**
 * The document of an Ed25519 identifier, with its derived key for agreement (X25519) unless told otherwise.
 *
 * Refuses: everything that {@link readDidKey} refuses, and other types of key by name.
 */
export function didDocument(did: unknown, { keyAgreement = true } = {}): Verdict<DidDocument> {
  if (typeof did !== "string") return refuse("malformed", "an identifier is text");
  const read = readVerificationMethod(verificationMethodOf(did));
  if (!read.accepted) return read;
  const method = verificationMethodOf(did);
  const document: DidDocument = {
    "@context": ["https://www.w3.org/ns/did/v1.1"],
    id: did,
    verificationMethod: [
      { id: method, type: "Multikey", controller: did, publicKeyMultibase: did.slice("did:key:".length) },
    ],
    authentication: [method],
    assertionMethod: [method],
    capabilityDelegation: [method],
    capabilityInvocation: [method],
  };
  if (!keyAgreement) return accept(document);
  return guarded(() => {
    const publicKeyMultibase = multikey(encryptionKeyOf(read.value.publicKey), "X25519");
    const id = `${did}#${publicKeyMultibase}`;
    return accept({
      ...document,
      keyAgreement: [{ id, type: "Multikey", controller: did, publicKeyMultibase }],
    });
  });
}
