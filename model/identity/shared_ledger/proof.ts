// A light proof that something stands on the shared ledger: entry, path to the root of its block, headers up to the head.

import { merklePath, verifyMerklePath } from "../merkle.ts";
import { accept, guarded, isRecord, refuse, type Verdict } from "../verdict.ts";
import { type Block, type BlockHeader, entriesTree, headerHash } from "./block.ts";
import { entryLeaf, type LedgerEntry } from "./entry.ts";
import { entryFindings, headerFindings } from "./shapes.ts";

/** What a reader needs who knows nothing but the hash of the newest block. */
export interface EntryProof {
  entry: LedgerEntry;
  /** The entry's place in its block. */
  index: number;
  /** The sisters on the way to the block's root, lowest first, in hexadecimal. */
  path: string[];
  /** The header of its block and of every block after it, the newest last. */
  headers: BlockHeader[];
}

/**
 * Proves the entry at a place of a chain.
 *
 * Errors: `RangeError` for a height or an index that the chain does not have.
 *
 * @example
 * ```ts
 * import { sha256 } from "#/model/identity/bytes.ts";
 * import { makeBlock } from "#/model/identity/shared_ledger/block.ts";
 * import { proveEntry, verifyEntry } from "#/model/identity/shared_ledger/proof.ts";
 * import { noParent } from "#/model/identity/shared_ledger/shapes.ts";
 * import assert from "node:assert/strict";
 * const entry = { kind: "receipt", hash: sha256("a receipt").toHex(), minute: 3 } as const;
 * const first = makeBlock([entry], { height: 1, parent: noParent, minute: 5, proposer: 0 });
 * const second = makeBlock([], { height: 2, parent: first.hash, minute: 10, proposer: 1 });
 * const proof = proveEntry([first, second], { height: 1, index: 0 });
 * const read = verifyEntry(proof, { head: second.hash });
 * assert.ok(read.accepted && read.value.height === 1 && read.value.blocksAfter === 1);
 * assert.ok(!verifyEntry(proof, { head: first.hash }).accepted);
 * ```
 */
export function proveEntry(
  chain: readonly Block[],
  { height, index }: { height: number; index: number },
): EntryProof {
  const block = chain[height - 1], tree = block && entriesTree(block.entries);
  if (!tree || !Object.hasOwn(block.entries, index)) {
    throw new RangeError(
      `Cannot prove entry ${index} of block ${height}: the chain has ${chain.length} blocks` +
        (block ? `, this one ${block.entries.length} entries` : ""),
    );
  }
  return {
    entry: block.entries[index],
    index,
    path: merklePath(tree, index).map((hash) => hash.toHex()),
    headers: chain.slice(height - 1).map(({ header }) => header),
  };
}

/**
 * Checks a proof against the hash of the newest block, as a replica tells it.
 *
 * Refuses, never throws: `malformed` for other shapes, `wrongLength` for a path of another length, `notInTree` where the
 * headers do not lead to the head or the path not to the root.
 */
export function verifyEntry(
  proof: unknown,
  { head }: { head: string },
): Verdict<{ entry: LedgerEntry; height: number; minute: number; blocksAfter: number }> {
  return guarded(() => {
    if (!isRecord(proof) || !Array.isArray(proof.headers) || !Array.isArray(proof.path)) {
      return refuse("malformed", "a proof has an entry, an index, a path and headers");
    }
    const { entry, index, path, headers } = proof as unknown as EntryProof;
    const [found] = [
      ...entryFindings(entry, "entry"),
      ...headers.flatMap((header, i) => headerFindings(header, `headers[${i}]`)),
    ];
    if (found) return refuse("malformed", `${found.place} is ${found.value}: ${found.allowed} is allowed`);
    if (headers.length === 0) return refuse("malformed", "the header of the entry's block is needed");
    for (let i = 0; i < headers.length; i++) {
      const named = i + 1 < headers.length ? headers[i + 1].parent : head, own = headerHash(headers[i]);
      if (own !== named) {
        const by = i + 1 < headers.length ? `block ${headers[i + 1].height} names` : "the head is";
        return refuse("notInTree", `block ${headers[i].height} has the hash ${own}, ${by} ${named}`);
      }
    }
    const { height, minute, root, count } = headers[0];
    const inTree = verifyMerklePath(path.map((hash) => Uint8Array.fromHex(hash)), {
      root: Uint8Array.fromHex(root),
      size: count,
      index,
      leaf: entryLeaf(entry),
    });
    return inTree.accepted ? accept({ entry, height, minute, blocksAfter: headers.length - 1 }) : inTree;
  });
}
