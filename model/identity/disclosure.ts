// Disclosures of an SD-JWT: salted claims kept apart from the signed payload, which holds only their digests.

import { digest, fromBase64url, textOf, toBase64url, utf8 } from "./bytes.ts";
import { canonicalText } from "./canonical_text.ts";
import { accept, isRecord, refuse, type Refused, type Verdict } from "./verdict.ts";

/** The hashes that a payload may name in `_sd_alg`, by their names in node:crypto. */
export const digestNames = { "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512" } as const;

/** The hash of a payload, as it names it. */
export type DigestName = keyof typeof digestNames;

/** One claim kept apart: of an object by name, or an element of an array without. */
export interface Disclosure {
  /** As it is sent, behind a "~". */
  encoded: string;
  name?: string;
  value: unknown;
}

/** A disclosure of a claim (or, without a name, of an element), under a salt of at least 16 bytes. */
export function makeDisclosure(salt: Uint8Array, value: unknown, name?: string): Disclosure {
  if (salt.length < 16) {
    throw new RangeError(`Cannot hide a claim behind a salt of ${salt.length} bytes: at least 16 are needed`);
  }
  const parts = [toBase64url(salt), ...(name === undefined ? [] : [name]), value];
  return { encoded: toBase64url(utf8(canonicalText(parts))), name, value };
}

/** The digest of an encoded disclosure, as the payload holds it. */
export const digestOf = (encoded: string, name: DigestName): string =>
  toBase64url(digest(digestNames[name], encoded));

/** Reads an encoded disclosure. Errors: `SyntaxError` and `TypeError` for what is none. */
export function readDisclosure(encoded: string): Disclosure {
  const parts: unknown = JSON.parse(textOf(fromBase64url(encoded)));
  if (!Array.isArray(parts) || parts.length < 2 || parts.length > 3 || typeof parts[0] !== "string") {
    throw new TypeError(
      "Cannot read a disclosure: an array of salt, name where there is one, and value is needed",
    );
  }
  if (parts.length === 2) return { encoded, value: parts[1] };
  if (typeof parts[1] !== "string") throw new TypeError("Cannot read a disclosure: its name is no text");
  return { encoded, name: parts[1], value: parts[2] };
}

/** A payload with its disclosures put back in. */
export interface Opened {
  /** The claims without digests. */
  claims: Record<string, unknown>;
  /** The place of each disclosed claim in `claims`. */
  places: { encoded: string; path: string[] }[];
}

/**
 * Puts disclosures back into a payload and leaves out what is not disclosed.
 *
 * Refuses: `unknownSuite` for a hash that is not listed above; `duplicateDigest`; `unreferencedDisclosure`;
 * `claimCollision`; `malformed` for digests, names or disclosures of another shape.
 * Errors: `RangeError` for a nesting too deep.
 * Source: RFC 9901, section 7.1.
 */
export function openDisclosures(
  payload: Record<string, unknown>,
  disclosures: readonly Disclosure[],
): Verdict<Opened> {
  const { _sd_alg = "sha-256", ...rest } = payload;
  if (typeof _sd_alg !== "string" || !Object.hasOwn(digestNames, _sd_alg)) {
    return refuse(
      "unknownSuite",
      `_sd_alg ${String(_sd_alg)} is not one of ${Object.keys(digestNames).join(", ")}`,
    );
  }
  const byDigest = new Map<string, Disclosure>();
  for (const disclosure of disclosures) {
    const own = digestOf(disclosure.encoded, _sd_alg as DigestName);
    if (byDigest.has(own)) return refuse("duplicateDigest", "a disclosure is sent twice");
    byDigest.set(own, disclosure);
  }
  const opening: Opening = { byDigest, seen: new Set(), places: [] };
  const claims = open(rest, [], opening);
  if (opening.refused) return opening.refused;
  if (opening.places.length < disclosures.length) {
    const { places } = opening;
    const spare = disclosures.find(({ encoded }) => !places.some((place) => place.encoded === encoded))!;
    return refuse("unreferencedDisclosure", `no digest asks for ${spare.encoded}`);
  }
  return accept({ claims: claims as Record<string, unknown>, places: opening.places });
}

interface Opening {
  byDigest: Map<string, Disclosure>;
  /** Every digest met so far, disclosed or not. */
  seen: Set<string>;
  places: Opened["places"];
  /** The first refusal. */
  refused?: Refused;
}

function open(value: unknown, path: string[], opening: Opening): unknown {
  if (Array.isArray(value)) return openArray(value, path, opening);
  return isRecord(value) ? openObject(value, path, opening) : value;
}

function openArray(elements: unknown[], path: string[], opening: Opening): unknown[] {
  const opened: unknown[] = [];
  for (const element of elements) {
    const place = [...path, String(opened.length)];
    if (!isRecord(element) || !Object.hasOwn(element, "...")) {
      opened.push(open(element, place, opening));
      continue;
    }
    if (Object.keys(element).length > 1) stop(opening, "malformed", "a hidden element has other members");
    const found = lookUp(element["..."], opening);
    if (!found) continue;
    if (found.name !== undefined) {
      stop(opening, "malformed", `element ${place.join(".")} is disclosed with a name`);
    }
    opening.places.push({ encoded: found.encoded, path: place });
    opened.push(open(found.value, place, opening));
  }
  return opened;
}

function openObject(object: Record<string, unknown>, path: string[], opening: Opening): unknown {
  const { _sd: digests = [], ...plain } = object;
  if (Object.hasOwn(plain, "...")) stop(opening, "malformed", '"..." stands outside an array');
  if (!Array.isArray(digests)) {
    stop(opening, "malformed", "_sd is no array");
    return {};
  }
  // Entries, not assignments: a claim named __proto__ stays a claim.
  const opened = Object.entries(plain).map(([name, value]) => [name, open(value, [...path, name], opening)]);
  const names = new Set(Object.keys(plain));
  for (const one of digests) {
    const found = lookUp(one, opening);
    if (!found) continue;
    const { name } = found;
    if (name === undefined || name === "_sd" || name === "...") {
      stop(
        opening,
        "malformed",
        `a claim is disclosed ${name === undefined ? "without a name" : `as ${name}`}`,
      );
      continue;
    }
    if (names.has(name)) stop(opening, "claimCollision", `${[...path, name].join(".")} is there already`);
    names.add(name);
    const place = [...path, name];
    opening.places.push({ encoded: found.encoded, path: place });
    opened.push([name, open(found.value, place, opening)]);
  }
  return Object.fromEntries(opened);
}

/** The disclosure of a digest, where it was sent. */
function lookUp(one: unknown, opening: Opening): Disclosure | undefined {
  if (typeof one !== "string") {
    stop(opening, "malformed", "a digest is no text");
    return undefined;
  }
  // A digest met before ends the search here, so that no ring of disclosures is followed.
  if (opening.seen.has(one)) {
    stop(opening, "duplicateDigest", `digest ${one} stands in two places`);
    return undefined;
  }
  opening.seen.add(one);
  return opening.byDigest.get(one);
}

function stop(opening: Opening, reason: Refused["reason"], detail: string): void {
  opening.refused ??= refuse(reason, detail);
}
