// pay/did_key.json: identifiers that are keys, and one whole document.

import assert from "node:assert/strict";
import { didDocument, didKey, readDidKey } from "#/model/identity/did_key.ts";
import { type CaseResult, examine, unread } from "../case.ts";

const remarks = ["source", "note", "split"];

/** Reads identifiers (their key and type give them again), the prefix of each type, and documents. */
export function didKeyCases(text: string): CaseResult[] {
  const file = JSON.parse(text) as Record<string, unknown>;
  const prefixes = (file.prefix_by_key_type ?? {}) as Record<string, string>;
  return Object.entries(file).flatMap(([part, content]): CaseResult[] => {
    if (remarks.includes(part) || part === "prefix_by_key_type") return [];
    if (part === "ids") return (content as string[]).map((did) => examine(did, () => checkId(did, prefixes)));
    if (part.endsWith("document")) {
      const { id, keyAgreement } = content as { id: string; keyAgreement?: unknown };
      return [examine(part, () => {
        const own = didDocument(id, { keyAgreement: keyAgreement !== undefined });
        assert.ok(own.accepted, "the identifier is refused");
        assert.deepEqual(own.value, content);
      })];
    }
    return [unread(part, `part "${part}"`)];
  });
}

function checkId(did: string, prefixes: Record<string, string>): void {
  const read = readDidKey(did);
  assert.ok(read.accepted, read.accepted ? "" : `${read.reason}: ${read.detail}`);
  const { keyType, bytes } = read.value;
  assert.equal(didKey(bytes, keyType), did);
  const named = Object.entries(prefixes).find(([prefix]) => did.startsWith(`did:key:${prefix}`));
  if (named) assert.equal(keyType, named[1].replace(/ \(.*/, ""));
  // Only keys that are verified here have documents here; the others are refused by their type.
  const document = didDocument(did);
  assert.equal(document.accepted, keyType === "Ed25519");
  if (!document.accepted) assert.equal(document.reason, "unknownKeyType");
}
