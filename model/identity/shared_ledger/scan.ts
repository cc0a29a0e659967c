// The scan for personal data: every byte of serialised blocks must be something that the shared ledger may hold.

import { canonicalJson } from "#/model/units/canonical.ts";
import type { Block } from "./block.ts";
import { blockFindings, type Finding, finding } from "./shapes.ts";

/** Blocks as one text, as a replica stores them. */
export const serialiseBlocks = (blocks: readonly Block[]): string => canonicalJson(blocks);

/**
 * Everything in serialised blocks that is not a hash, a did:key, a number in its range or a known kind; nothing for a
 * clean ledger.
 *
 * What no scan can see: a hash of something that can be guessed. Hand in hashes of signed documents only.
 *
 * @example
 * ```ts
 * import { sha256 } from "#/model/identity/bytes.ts";
 * import { makeBlock } from "#/model/identity/shared_ledger/block.ts";
 * import { scanBlocks, serialiseBlocks } from "#/model/identity/shared_ledger/scan.ts";
 * import { noParent } from "#/model/identity/shared_ledger/shapes.ts";
 * import assert from "node:assert/strict";
 * const receipt = { kind: "receipt", hash: sha256("a receipt").toHex(), minute: 3 } as const;
 * const block = makeBlock([receipt], { height: 1, parent: noParent, minute: 5, proposer: 0 });
 * assert.deepEqual(scanBlocks(serialiseBlocks([block])), []);
 * const [found] = scanBlocks(serialiseBlocks([block]).replace('"receipt"', '"Zhang San"'));
 * assert.equal(found.place, "$[0].entries[0].kind");
 * assert.equal(found.value, '"Zhang San"');
 * ```
 */
export function scanBlocks(text: string): Finding[] {
  let blocks: unknown;
  try {
    blocks = JSON.parse(text);
  } catch {
    return [finding("$", text, "blocks in JSON")];
  }
  if (!Array.isArray(blocks)) return [finding("$", blocks, "a list of blocks")];
  const found = blocks.flatMap((block, i) => blockFindings(block, `$[${i}]`));
  // Blanks, a member that stands twice and other spellings of one value are bytes that the shapes do not see.
  if (found.length === 0 && canonicalJson(blocks) !== text) {
    found.push(finding("$", text, "canonical JSON, with nothing between or behind"));
  }
  return found;
}
