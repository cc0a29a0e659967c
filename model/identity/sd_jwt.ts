// SD-JWT: a credential whose holder chooses, claim by claim, what a reader sees; how it is issued and presented.

import { digest, toBase64url } from "./bytes.ts";
import { inOrder } from "./canonical_text.ts";
import {
  type DigestName,
  digestNames,
  digestOf,
  type Disclosure,
  makeDisclosure,
  openDisclosures,
  readDisclosure,
} from "./disclosure.ts";
import type { SigningKey } from "./ed25519.ts";
import type { EpochSecond } from "./instant.ts";
import { type ReadJws, readJws, signJws } from "./jws.ts";
import { accept, guarded, isRecord, refuse, type Verdict } from "./verdict.ts";

/** Claims of a credential: any JSON object without `_sd` and `...`. */
export type Claims = Record<string, unknown>;

/**
 * Which claims can be hidden: `_sd` names them (in an array, their indices), `_sd_decoy` adds digests of nothing, and
 * any other name holds the frame of what lies below.
 */
export interface DisclosureFrame {
  _sd?: readonly (string | number)[];
  _sd_decoy?: number;
  [below: string]: unknown;
}

/** Which hidden claims are shown: true, or a frame of what is shown below (which shows the claim itself too). */
export interface PresentationFrame {
  [name: string]: boolean | PresentationFrame;
}

/** The type of an SD-JWT whose reader asked for none in particular, and of the proof that its holder presents it. */
export const sdJwtType = "dc+sd-jwt", keyBindingType = "kb+jwt";

/** How a credential is issued. */
export interface Issuing {
  frame: DisclosureFrame;
  key: SigningKey;
  /** A fresh salt of 16 bytes at each call: luck belongs to the caller. */
  salt: () => Uint8Array;
  /** The public key of the holder, who then must prove to have it. */
  holder?: Uint8Array;
  hash?: DigestName;
}

/**
 * Issues a credential: a signed payload and the disclosures, joined by "~".
 *
 * Errors: `RangeError` where the frame names a claim that is not there, `TypeError` for claims named `_sd` or `...`.
 * Source: RFC 9901, section 4.
 *
 * @example
 * ```ts
 * import { issueSdJwt, presentSdJwt } from "#/model/identity/sd_jwt.ts";
 * import { verifySdJwt } from "#/model/identity/sd_jwt_verify.ts";
 * import { keyFromSeed } from "#/model/identity/ed25519.ts";
 * import assert from "node:assert/strict";
 * const key = keyFromSeed(new Uint8Array(32).fill(1));
 * let n = 0;
 * const salt = () => new Uint8Array(16).fill(n++);
 * const claims = { name: "Li", isAdult: true };
 * const issued = issueSdJwt(claims, { frame: { _sd: ["name", "isAdult"] }, key, salt });
 * const shown = presentSdJwt(issued, { isAdult: true });
 * const verdict = verifySdJwt(shown, { issuer: key.publicKey, second: 0 });
 * assert.deepEqual(verdict.accepted && verdict.value.claims, { isAdult: true });
 * ```
 */
export function issueSdJwt(
  claims: Claims,
  { frame, key, salt, holder, hash = "sha-256" }: Issuing,
): string {
  const hiding: Hiding = { disclosures: [], salt, hash };
  const payload = hideInObject(claims, frame, hiding);
  const cnf = holder ? { cnf: { jwk: { crv: "Ed25519", kty: "OKP", x: toBase64url(holder) } } } : {};
  const jws = signJws(inOrder({ ...payload, ...cnf, _sd_alg: hash }), { key, type: sdJwtType });
  return [jws, ...hiding.disclosures.map(({ encoded }) => encoded), ""].join("~");
}

interface Hiding {
  disclosures: Disclosure[];
  salt: () => Uint8Array;
  hash: DigestName;
}

function hide(value: unknown, frame: unknown, hiding: Hiding): unknown {
  if (!isRecord(frame) && Object.keys((frame ?? {}) as object).length > 0) {
    throw new TypeError(`Cannot hide claims by a frame of type ${typeof frame}: an object is needed`);
  }
  const own = (frame ?? {}) as DisclosureFrame;
  if (Array.isArray(value)) return hideInArray(value, own, hiding);
  if (isRecord(value)) return hideInObject(value, own, hiding);
  if (own._sd !== undefined) throw new RangeError("Cannot hide claims below a plain value");
  return value;
}

function hideInObject(claims: Claims, frame: DisclosureFrame, hiding: Hiding): Claims {
  const hidden = namesOf(frame), digests: string[] = [];
  for (const name of hidden) {
    if (!Object.hasOwn(claims, name)) throw new RangeError(`Cannot hide claim "${name}": it is not there`);
  }
  const plain: [string, unknown][] = [];
  for (const [name, value] of Object.entries(claims)) {
    if (name === "_sd" || name === "...") {
      throw new TypeError(`Cannot issue a claim named "${name}": it is reserved`);
    }
    const inner = hide(value, below(frame, name), hiding);
    if (hidden.has(name)) digests.push(addDisclosure(inner, hiding, name));
    else plain.push([name, inner]);
  }
  for (let n = 0; n < (frame._sd_decoy ?? 0); n++) digests.push(decoy(hiding));
  // Sorted, so that the order of the digests tells nothing about the claims.
  const sd: [string, unknown][] = digests.length > 0 ? [["_sd", digests.sort()]] : [];
  return Object.fromEntries([...sd, ...plain]);
}

function hideInArray(elements: unknown[], frame: DisclosureFrame, hiding: Hiding): unknown[] {
  const hidden = namesOf(frame);
  for (const name of hidden) {
    if (!Object.hasOwn(elements, name)) throw new RangeError(`Cannot hide element ${name}: it is not there`);
  }
  const shown = elements.map((element, i) => {
    const inner = hide(element, below(frame, String(i)), hiding);
    return hidden.has(String(i)) ? { "...": addDisclosure(inner, hiding) } : inner;
  });
  for (let n = 0; n < (frame._sd_decoy ?? 0); n++) shown.push({ "...": decoy(hiding) });
  return shown;
}

const namesOf = ({ _sd = [] }: DisclosureFrame): Set<string> => new Set(_sd.map(String));
const below = (frame: DisclosureFrame, name: string): unknown =>
  Object.hasOwn(frame, name) ? frame[name] : undefined;

function addDisclosure(value: unknown, { disclosures, salt, hash }: Hiding, name?: string): string {
  const disclosure = makeDisclosure(salt(), value, name);
  disclosures.push(disclosure);
  return digestOf(disclosure.encoded, hash);
}

const decoy = ({ salt, hash }: Hiding): string => toBase64url(digest(digestNames[hash], salt()));

/** How a holder proves to be the holder: to this reader, for this nonce, at this moment. */
export interface KeyBinding {
  key: SigningKey;
  nonce: string;
  audience: string;
  second: EpochSecond;
}

/** A credential as its holder keeps it: the signed part, and where each hidden claim stands. */
export interface HeldSdJwt {
  jws: string;
  hash: DigestName;
  places: readonly { encoded: string; path: readonly string[] }[];
}

/** Reads a credential for keeping, its signature unchecked. Errors: `SyntaxError` for a text that is no SD-JWT of ours. */
export function holdSdJwt(sdJwt: string): HeldSdJwt {
  const read = readSdJwt(sdJwt);
  const opened = read.accepted ? openDisclosures(read.value.read.payload, read.value.disclosures) : read;
  if (!read.accepted || !opened.accepted) {
    throw new SyntaxError(`Cannot present: ${(opened as { detail: string }).detail}`);
  }
  const { jws, payload: { _sd_alg = "sha-256" } } = read.value.read;
  return { jws, hash: _sd_alg as DigestName, places: opened.value.places };
}

/**
 * The credential with only the chosen claims, bound to a reader where it has a holder.
 *
 * Errors: those of {@link holdSdJwt} where it was not read before.
 * Source: RFC 9901, section 7.2.
 */
export function presentSdJwt(
  sdJwt: string | HeldSdJwt,
  frame: PresentationFrame,
  keyBinding?: KeyBinding,
): string {
  const { jws, hash, places } = typeof sdJwt === "string" ? holdSdJwt(sdJwt) : sdJwt;
  const chosen = places.filter(({ path }) => isChosen(path, frame));
  const shown = [jws, ...chosen.map(({ encoded }) => encoded), ""].join("~");
  if (!keyBinding) return shown;
  const { key, nonce, audience, second } = keyBinding, sd_hash = digestOf(shown, hash);
  return shown + signJws({ aud: audience, iat: second, nonce, sd_hash }, { key, type: keyBindingType });
}

function isChosen(path: readonly string[], frame: PresentationFrame): boolean {
  let at: boolean | PresentationFrame = frame;
  for (const name of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return false;
    at = at[name];
  }
  return at !== false;
}

/** The parts of an SD-JWT. */
export interface ReadSdJwt {
  /** The signed part, its signature unchecked. */
  read: ReadJws;
  disclosures: Disclosure[];
  /** Everything before the proof of the holder. */
  shown: string;
  /** The proof of the holder, "" without one. */
  keyBinding: string;
}

/** More than any honest credential. */
const longest = 1_000_000;

/** The parts of an SD-JWT, its signatures unchecked. Refuses `malformed`, `tooLarge`, `unknownSuite`. */
export function readSdJwt(sdJwt: unknown): Verdict<ReadSdJwt> {
  return guarded(() => {
    if (typeof sdJwt !== "string") return refuse("malformed", "an SD-JWT is text");
    if (sdJwt.length > longest) {
      return refuse("tooLarge", `${sdJwt.length} characters, up to ${longest} are read`);
    }
    const parts = sdJwt.split("~");
    if (parts.length < 2) return refuse("malformed", 'an SD-JWT has at least one "~"');
    const [jws] = parts, keyBinding = parts[parts.length - 1];
    const read = readJws(jws);
    if (!read.accepted) return read;
    const disclosures = parts.slice(1, -1).map(readDisclosure);
    const shown = sdJwt.slice(0, sdJwt.length - keyBinding.length);
    return accept({ read: read.value, disclosures, shown, keyBinding });
  });
}
