// A block: entries under one root, chained to the block before it by its hash.

import { canonicalJson } from "#/model/units/canonical.ts";
import { sha256 } from "../bytes.ts";
import { type MerkleTree, merkleTree, rootOf } from "../merkle.ts";
import { entryLeaf, type LedgerEntry } from "./entry.ts";
import { blockFindings, noParent } from "./shapes.ts";

/** What the hash of a block is over. */
export interface BlockHeader {
  /** 1 for the first block. */
  height: number;
  /** The hash of the block before, or 64 zeros. */
  parent: string;
  /** The root of the tree of its entries. */
  root: string;
  /** How many entries it has. */
  count: number;
  /** When it was closed, in minutes since day 0: its entries were handed in before. */
  minute: number;
  /** The replica that closed it. */
  proposer: number;
}

/** A block with its hash and its entries. */
export interface Block {
  readonly header: BlockHeader;
  readonly hash: string;
  readonly entries: readonly LedgerEntry[];
}

/**
 * Closes a block over entries, none or more, in their order.
 *
 * @example
 * ```ts
 * import { makeBlock, verifyChain } from "#/model/identity/shared_ledger/block.ts";
 * import { noParent } from "#/model/identity/shared_ledger/shapes.ts";
 * import assert from "node:assert/strict";
 * const first = makeBlock([], { height: 1, parent: noParent, minute: 5, proposer: 0 });
 * const second = makeBlock([], { height: 2, parent: first.hash, minute: 10, proposer: 1 });
 * assert.deepEqual(verifyChain([first, second]), { whole: true, height: 2, head: second.hash });
 * const cut = verifyChain([second]);
 * assert.ok(!cut.whole && cut.height === 1 && cut.detail.includes("height 2"));
 * ```
 */
export function makeBlock(
  entries: readonly LedgerEntry[],
  { height, parent, minute, proposer }: Omit<BlockHeader, "root" | "count">,
): Block {
  const tree = entriesTree(entries);
  const header = { height, parent, root: rootHash(tree), count: entries.length, minute, proposer };
  return { header, hash: headerHash(header), entries };
}

/** The hash of a block: SHA-256 of its header in canonical JSON, in hexadecimal. */
export const headerHash = (header: BlockHeader): string => sha256(canonicalJson(header)).toHex();

/** The tree over a block's entries, or undefined for none. */
export function entriesTree(entries: readonly LedgerEntry[]): MerkleTree | undefined {
  if (entries.length === 0) return undefined;
  const leaves = new Uint8Array(entries.length * 32);
  entries.forEach((entry, i) => leaves.set(entryLeaf(entry), i * 32));
  return merkleTree(leaves);
}

/** The root in hexadecimal; of no entries the hash of nothing (RFC 9162, section 2.1.1). */
const rootHash = (tree: MerkleTree | undefined): string => (tree ? rootOf(tree) : sha256("")).toHex();

/** Why a block is no block, whatever stands before it; undefined for one that is. */
export function blockFault(block: unknown): string | undefined {
  const [found] = blockFindings(block, "block");
  if (found) return `${found.place} is ${found.value}: ${found.allowed} is allowed`;
  const { header, hash, entries } = block as Block;
  if (headerHash(header) !== hash) return `its header has the hash ${headerHash(header)}, not ${hash}`;
  if (header.count !== entries.length) return `it counts ${header.count} entries and has ${entries.length}`;
  const root = rootHash(entriesTree(entries));
  if (root !== header.root) return `its entries have the root ${root}, not ${header.root}`;
  const late = entries.find(({ minute }) => minute >= header.minute);
  if (late) return `it was closed in minute ${header.minute} and has an entry of minute ${late.minute}`;
}

/** What a check of a chain says: whole up to its head, or at which height it is broken, and how. */
export type ChainVerdict =
  | { whole: true; height: number; head: string }
  | { whole: false; height: number; detail: string };

/**
 * Checks a chain of blocks from the first one on: shapes, hashes, roots, and that each names the one before it.
 *
 * Never throws. The head of no blocks is 64 zeros.
 */
export function verifyChain(blocks: readonly unknown[]): ChainVerdict {
  let head = noParent, minute = -Infinity;
  const seen = new Map<string, number>();
  for (let i = 0; i < blocks.length; i++) {
    const height = i + 1, fault = blockFault(blocks[i]);
    const broken = (detail: string): ChainVerdict => ({ whole: false, height, detail });
    if (fault) return broken(fault);
    const { header, hash, entries } = blocks[i] as Block;
    if (header.height !== height) return broken(`a block of height ${header.height} stands at ${height}`);
    if (header.parent !== head) return broken(`its parent is ${header.parent}, the block before is ${head}`);
    if (header.minute <= minute) {
      return broken(`it was closed in minute ${header.minute}, the block before in ${minute}`);
    }
    for (const entry of entries) {
      const id = entryLeaf(entry).toHex(), before = seen.get(id);
      if (before !== undefined) return broken(`entry ${id} stands in block ${before} already`);
      seen.set(id, height);
    }
    head = hash;
    minute = header.minute;
  }
  return { whole: true, height: blocks.length, head };
}
