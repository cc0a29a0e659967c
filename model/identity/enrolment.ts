// Enrolment in bulk: each person one leaf of salted commitments, all leaves under one root that the authority signs.

import { fromBase64url, sha256, sha256Into, toBase64url } from "./bytes.ts";
import {
  type CredentialReading,
  type Issue,
  issueCredential,
  type SignedCredential,
  verifyCredential,
} from "./credential.ts";
import { leafHash, merklePath, type MerkleTree, merkleTree, rootOf, verifyMerklePath } from "./merkle.ts";
import { accept, guarded, isRecord, refuse, type Verdict } from "./verdict.ts";

/** Bytes of a salt, and of a person's number before the commitments in a leaf. */
export const saltLength = 16;
const numberLength = 4, mostPeople = 0x1_0000_0000;

/** Who is enrolled together: attributes are whole numbers (a flag, a level, a number of a register), each behind its own salt. */
export interface Roll {
  /** How many people, and the number of the first, 0 unless it is told. */
  count: number;
  first?: number;
  attributes: readonly string[];
  /** The value of a person's attribute, a whole number from 0. */
  value: (person: number, attribute: number) => number;
  /** Writes the 16 bytes of the salt of a person's attribute. */
  salt: (person: number, attribute: number, out: Uint8Array) => void;
}

// A commitment is SHA-256 of: 1 byte, the number of the attribute; 16 bytes salt; 8 bytes value, high byte first.
const valueAt = 1 + saltLength, committedLength = valueAt + 8;

function writeValue(out: Uint8Array, value: number): void {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`Cannot commit to ${value}: a whole number from 0 is needed`);
  }
  let rest = value;
  for (let i = committedLength - 1; i >= valueAt; i--) {
    out[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

function commitment(attribute: number, salt: Uint8Array, value: number): Uint8Array {
  const committed = new Uint8Array(committedLength);
  committed[0] = attribute;
  committed.set(salt, 1);
  writeValue(committed, value);
  return sha256(committed);
}

/**
 * The tree of a roll: one leaf a person, in order of number.
 *
 * A leaf is the hash of the person's number and the commitments to all attributes; it tells nothing without salts.
 * Errors: `RangeError` for no people or numbers from 2^32, no attributes or more than 255, or a value that is no whole
 * number from 0.
 *
 * @example
 * ```ts
 * import { enrol, openLeaf, publishRoot, verifyMembership } from "#/model/identity/enrolment.ts";
 * import { didOf } from "#/model/identity/credential.ts";
 * import { keyFromSeed } from "#/model/identity/ed25519.ts";
 * import assert from "node:assert/strict";
 * const roll = {
 *   count: 5, attributes: ["realName", "consent"],
 *   value: (person: number) => person, salt: (person: number, k: number, out: Uint8Array) => void out.fill(person * 2 + k),
 * };
 * const tree = enrol(roll), key = keyFromSeed(new Uint8Array(32));
 * const root = publishRoot(tree, { attributes: roll.attributes, key, from: 0, until: 86_400 });
 * const membership = openLeaf(roll, { tree, person: 4, shown: ["consent"] });
 * const verdict = verifyMembership(membership, { root, issuer: didOf(key), second: 60 });
 * assert.deepEqual(verdict.accepted && verdict.value, { person: 4, values: { consent: 4 } });
 * ```
 */
export function enrol({ count, first = 0, attributes, value, salt }: Roll): MerkleTree {
  if (!Number.isInteger(first) || first < 0 || !(first + count <= mostPeople)) {
    throw new RangeError(
      `Cannot enrol ${count} people from number ${first}: numbers are 0 to ${mostPeople - 1}`,
    );
  }
  if (!Number.isInteger(count) || count < 1 || attributes.length < 1 || attributes.length > 255) {
    throw new RangeError(
      `Cannot enrol ${count} people with ${attributes.length} attributes: at least 1 person, 1 to 255`,
    );
  }
  const leaves = new Uint8Array(count * 32);
  const committed = new Uint8Array(committedLength), own = committed.subarray(1, valueAt);
  const leaf = new Uint8Array(1 + numberLength + attributes.length * 32), view = new DataView(leaf.buffer);
  for (let i = 0; i < count; i++) {
    view.setUint32(1, first + i);
    for (let k = 0; k < attributes.length; k++) {
      committed[0] = k;
      salt(first + i, k, own);
      writeValue(committed, value(first + i, k));
      sha256Into(leaf, 1 + numberLength + k * 32, committed);
    }
    // The first byte stays 0, the mark of a leaf.
    sha256Into(leaves, i * 32, leaf);
  }
  return merkleTree(leaves);
}

const rootType = "EnrolmentRoot";

/** The authority signs the root of a tree and whom it counts from. Errors: those of {@link issueCredential}. */
export function publishRoot(
  tree: MerkleTree,
  { attributes, first = 0, ...issue }: Omit<Issue, "type" | "subject"> & Pick<Roll, "attributes" | "first">,
): SignedCredential {
  const subject = { attributes: [...attributes], first, root: toBase64url(rootOf(tree)), size: tree.size };
  return issueCredential({ ...issue, type: rootType, subject });
}

/** What a person shows of their leaf: some attributes with salts, of the others the commitments, and the path. */
export interface Membership {
  person: number;
  shown: Record<string, { salt: string; value: number }>;
  hidden: Record<string, string>;
  path: string[];
}

/** Opens the named attributes of a person's leaf. Errors: `RangeError` for a person or an attribute not on the roll. */
export function openLeaf(
  { first = 0, attributes, value, salt }: Roll,
  { tree, person, shown }: { tree: MerkleTree; person: number; shown: readonly string[] },
): Membership {
  const unknown = shown.find((name) => !attributes.includes(name));
  if (unknown !== undefined) {
    throw new RangeError(`Cannot show "${unknown}": enrolled are ${attributes.join(", ")}`);
  }
  const membership: Membership = {
    person,
    shown: {},
    hidden: {},
    path: merklePath(tree, person - first).map(toBase64url),
  };
  for (const [k, name] of attributes.entries()) {
    const own = new Uint8Array(saltLength);
    salt(person, k, own);
    if (shown.includes(name)) membership.shown[name] = { salt: toBase64url(own), value: value(person, k) };
    else membership.hidden[name] = toBase64url(commitment(k, own, value(person, k)));
  }
  return membership;
}

/** What a reader asks of a membership beside what it asks of the signed root. */
export interface MembershipReading extends Omit<CredentialReading, "type" | "subject"> {
  /** The root, as it was published. */
  root: unknown;
  /** Attributes that must be shown. */
  required?: readonly string[];
}

/**
 * Checks that a person is enrolled with the attributes that are shown.
 *
 * Refuses, never throws: what {@link verifyCredential} refuses of the root; `malformed`, `missingClaim` where the leaf
 * lacks an attribute or a needed one is hidden, and what {@link verifyMerklePath} refuses.
 */
export function verifyMembership(
  membership: unknown,
  { root, required = [], ...reading }: MembershipReading,
): Verdict<{ person: number; values: Record<string, number> }> {
  return guarded(() => {
    const published = verifyCredential(root, { ...reading, type: rootType });
    if (!published.accepted) return published;
    const { root: hash, first, size, attributes } = published.value.credentialSubject;
    if (
      typeof hash !== "string" || typeof first !== "number" || typeof size !== "number" ||
      !Array.isArray(attributes)
    ) {
      return refuse("malformed", "the root's credential lacks root, first, size or attributes");
    }
    if (!isRecord(membership) || !isRecord(membership.shown) || !isRecord(membership.hidden)) {
      return refuse("malformed", "a membership has shown and hidden attributes");
    }
    const { person, shown, hidden, path } = membership;
    if (typeof person !== "number" || !Array.isArray(path)) {
      return refuse("malformed", "person and path are needed");
    }
    if (Object.keys(shown).length + Object.keys(hidden).length !== attributes.length) {
      return refuse("malformed", `${attributes.length} attributes are needed, each shown or hidden`);
    }
    const covered = required.find((name) => !Object.hasOwn(shown, name));
    if (covered !== undefined) return refuse("missingClaim", `${covered} is not shown`);
    if (!Number.isInteger(person) || person < first || person >= first + size) {
      return refuse("outOfRange", `person ${person}, enrolled are ${first} to ${first + size - 1}`);
    }
    const leaf = new Uint8Array(numberLength + attributes.length * 32), values: Record<string, number> = {};
    new DataView(leaf.buffer).setUint32(0, person);
    for (const [k, name] of attributes.entries()) {
      const isShown = Object.hasOwn(shown, name);
      const bytes = isShown ? openedCommitment(k, shown[name]) : hiddenCommitment(hidden[name]);
      if (!bytes) return refuse("missingClaim", `${name} is neither shown nor hidden`);
      leaf.set(bytes, numberLength + k * 32);
      if (isShown) values[name] = (shown[name] as { value: number }).value;
    }
    const proved = verifyMerklePath(path.map(fromBase64url), {
      root: fromBase64url(hash),
      size,
      index: person - first,
      leaf: leafHash(leaf),
    });
    return proved.accepted ? accept({ person, values }) : proved;
  });
}

/** The commitment to an attribute that is shown with its salt; never one that is only quoted. */
function openedCommitment(attribute: number, given: unknown): Uint8Array | undefined {
  if (!isRecord(given) || typeof given.salt !== "string" || typeof given.value !== "number") return undefined;
  const salt = fromBase64url(given.salt);
  return salt.length === saltLength ? commitment(attribute, salt, given.value) : undefined;
}

/** The commitment that stands for a hidden attribute. */
function hiddenCommitment(given: unknown): Uint8Array | undefined {
  const bytes = typeof given === "string" ? fromBase64url(given) : undefined;
  return bytes?.length === 32 ? bytes : undefined;
}
