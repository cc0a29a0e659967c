// An entry of the shared ledger: the hash of something, whose it is, and when it was handed in. Never the thing itself.

import { canonicalJson } from "#/model/units/canonical.ts";
import { utf8 } from "../bytes.ts";
import { leafHash } from "../merkle.ts";

/** What an entry may be about. */
export const entryKinds = ["did", "status-root", "receipt", "receipt-withdrawn", "revocation"] as const;

/** Parts that every entry has: SHA-256 in hexadecimal of what it stands for, and its minute since day 0. */
interface Common {
  hash: string;
  minute: number;
}

/**
 * An entry.
 *
 * `did`: the document of an identifier. `status-root`: an issuer's status list. `receipt` and `receipt-withdrawn`: a
 * consent receipt, given and taken back. `revocation`: a credential that its issuer takes back.
 */
export type LedgerEntry =
  | { kind: "did"; did: string } & Common
  | { kind: "status-root"; issuer: string } & Common
  | { kind: "receipt" } & Common
  | { kind: "receipt-withdrawn" } & Common
  | { kind: "revocation"; issuer: string } & Common;

/**
 * The hash of an entry as a leaf of its block's tree, 32 bytes; in hexadecimal it is the entry's id.
 *
 * @example
 * ```ts
 * import { sha256 } from "#/model/identity/bytes.ts";
 * import { entryLeaf } from "#/model/identity/shared_ledger/entry.ts";
 * import assert from "node:assert/strict";
 * const hash = sha256("a receipt").toHex();
 * const given = entryLeaf({ kind: "receipt", hash, minute: 7 }).toHex();
 * assert.notEqual(given, entryLeaf({ kind: "receipt-withdrawn", hash, minute: 7 }).toHex());
 * ```
 */
export const entryLeaf = (entry: LedgerEntry): Uint8Array => leafHash(utf8(canonicalJson(entry)));
