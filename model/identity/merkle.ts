// A Merkle tree: many leaves under one root, and for each leaf a short path that proves it belongs there.

import { sha256, sha256Into } from "./bytes.ts";
import { accept, guarded, refuse, type Verdict } from "./verdict.ts";

/** A tree: its levels from the leaves' hashes (first) to the root (last), 32 bytes a node. */
export interface MerkleTree {
  readonly size: number;
  readonly levels: readonly Uint8Array[];
}

// A leaf can never be taken for an inner node: the two are hashed behind different first bytes.
const leafMark = 0, nodeMark = 1;

/**
 * The hash of a leaf: SHA-256 of 0x00 and its data.
 *
 * Source: RFC 9162, section 2.1.1.
 */
export function leafHash(data: Uint8Array): Uint8Array {
  const marked = new Uint8Array(1 + data.length);
  marked[0] = leafMark;
  marked.set(data, 1);
  return sha256(marked);
}

/**
 * The tree over the hashes of `size` leaves, 32 bytes each, one after another.
 *
 * Errors: `RangeError` for no leaves or bytes that are not 32 a leaf.
 * Source: RFC 9162, section 2.1.1; a last node without a sister rises as it is.
 *
 * @example
 * ```ts
 * import { leafHash, merklePath, merkleTree, rootOf, verifyMerklePath } from "#/model/identity/merkle.ts";
 * import assert from "node:assert/strict";
 * const leaves = [1, 2, 3].map((n) => leafHash(Uint8Array.of(n)));
 * const tree = merkleTree(new Uint8Array(leaves.flatMap((hash) => [...hash])));
 * const path = merklePath(tree, 2);
 * assert.equal(path.length, 1);
 * const root = { root: rootOf(tree), size: 3 };
 * assert.ok(verifyMerklePath(path, { ...root, index: 2, leaf: leaves[2] }).accepted);
 * assert.ok(!verifyMerklePath(path, { ...root, index: 1, leaf: leaves[2] }).accepted);
 * ```
 */
export function merkleTree(leaves: Uint8Array): MerkleTree {
  if (leaves.length === 0 || leaves.length % 32 !== 0) {
    throw new RangeError(
      `Cannot make a tree of ${leaves.length} bytes: 32 for each leaf are needed, for at least one`,
    );
  }
  const levels = [leaves], pair = new Uint8Array(65);
  pair[0] = nodeMark;
  for (let below = leaves; below.length > 32;) {
    const count = below.length / 32, level = new Uint8Array(Math.ceil(count / 2) * 32);
    for (let i = 0; i + 1 < count; i += 2) {
      pair.set(below.subarray(i * 32, i * 32 + 64), 1);
      sha256Into(level, i * 16, pair);
    }
    if (count % 2 === 1) level.set(below.subarray((count - 1) * 32), level.length - 32);
    levels.push(level);
    below = level;
  }
  return { size: leaves.length / 32, levels };
}

/** The root of a tree: 32 bytes. */
export const rootOf = ({ levels }: MerkleTree): Uint8Array => levels[levels.length - 1].slice();

/** The sisters of a leaf and of the nodes above it, lowest first. Errors: `RangeError` for an index outside the tree. */
export function merklePath({ size, levels }: MerkleTree, index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= size) {
    throw new RangeError(`Cannot prove leaf ${index}: the tree has leaves 0 to ${size - 1}`);
  }
  const path: Uint8Array[] = [];
  let at = index;
  for (const level of levels.slice(0, -1)) {
    const sister = (at ^ 1) * 32;
    if (sister < level.length) path.push(level.slice(sister, sister + 32));
    at >>= 1;
  }
  return path;
}

/**
 * Checks that a leaf stands at an index of the tree with this root.
 *
 * Refuses: `malformed` for other shapes, `outOfRange` for an index outside the tree, `wrongLength` for a path or a hash
 * of another length, `notInTree` where the path leads to another root.
 * Source: RFC 9162, section 2.1.3.2.
 */
export function verifyMerklePath(
  path: unknown,
  { root, size, index, leaf }: { root: Uint8Array; size: number; index: number; leaf: Uint8Array },
): Verdict<{ index: number }> {
  return guarded(() => {
    if (!Array.isArray(path) || !path.every((hash) => hash instanceof Uint8Array)) {
      return refuse("malformed", "a path is an array of hashes");
    }
    if (!Number.isSafeInteger(size) || !Number.isInteger(index) || index < 0 || index >= size) {
      return refuse("outOfRange", `leaf ${index} of a tree of ${size}`);
    }
    if ([root, leaf, ...path].some((hash) => hash.length !== 32)) {
      return refuse("wrongLength", "each hash has 32 bytes");
    }
    let hash = leaf, at = index, last = size - 1, used = 0;
    for (; last > 0; last = Math.floor(last / 2), at = Math.floor(at / 2)) {
      // The last node of an odd row has no sister and rises as it is.
      if (at === last && at % 2 === 0) continue;
      if (used === path.length) return refuse("wrongLength", `a path of ${path.length} hashes is too short`);
      const sister = path[used++];
      hash = nodeHash(at % 2 === 1 ? sister : hash, at % 2 === 1 ? hash : sister);
    }
    if (used < path.length) return refuse("wrongLength", `a path of ${path.length} hashes is too long`);
    return hash.every((byte, i) => byte === root[i])
      ? accept({ index })
      : refuse("notInTree", `the path of leaf ${index} leads to another root`);
  });
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const pair = new Uint8Array(65), hash = new Uint8Array(32);
  pair[0] = nodeMark;
  pair.set(left, 1);
  pair.set(right, 33);
  sha256Into(hash, 0, pair);
  return hash;
}
