// A regression tree: the sample is cut in two, and each part again, where that tells the most of an outcome.

import { allFinite, wholeWithin } from "#/model/statistics/designs/refuse.ts";
import type { Column } from "./box.ts";

/** A part of the sample; where it is cut, rows whose input is below the cut (or of the code) go to `below`. */
export interface TreeNode {
  rows: number;
  mean: number;
  /** Sum of squared differences from the mean. */
  squares: number;
  cut?: { column: number; at: number; below: TreeNode; rest: TreeNode };
}

/** How a tree is grown. */
export interface TreeTerms {
  depthMax?: number;
  /** Least rows of a part. */
  rowsMin?: number;
  /** Least share of the whole sample's squares that a cut must take off. */
  gainMin?: number;
}

/**
 * Grows a regression tree.
 *
 * Shapes: columns and outcomes of one length; a category is cut into one code and the others. Of equal cuts the first input's
 * lowest one is taken, so that the same sample gives the same tree.
 * Errors: `RangeError` when lengths differ or a number is not finite, and for depths and sizes out of range.
 * Source: L. Breiman, J. Friedman, R. Olshen, C. Stone, "Classification and Regression Trees", 1984; stopped by gain.
 *
 * @example
 * ```ts
 * import { growTree } from "#/model/statistics/discovery/tree.ts";
 * import assert from "node:assert/strict";
 * const values = Array.from({ length: 60 }, (_, row) => row);
 * const { cut } = growTree([{ name: "x", values }], values.map((x) => x < 20 ? 1 : 5));
 * assert.deepEqual([cut!.at, cut!.below.mean, cut!.rest.mean], [19.5, 1, 5]);
 * ```
 */
export function growTree(
  columns: readonly Column[],
  outcomes: ArrayLike<number>,
  { depthMax = 4, rowsMin = 10, gainMin = 0.005 }: TreeTerms = {},
): TreeNode {
  wholeWithin(depthMax, [0, 30], "depth of a tree");
  wholeWithin(rowsMin, [1, 1_000_000], "least rows of a part");
  wholeWithin(columns.length, [1, 10_000], "inputs of a tree");
  allFinite(outcomes, "Outcomes of a tree");
  for (const { name, values } of columns) {
    if (values.length !== outcomes.length) {
      throw new RangeError(`Input "${name}" has ${values.length} values, the sample ${outcomes.length} rows`);
    }
    allFinite(values, `Input "${name}"`);
  }
  if (outcomes.length === 0) throw new RangeError("A tree needs at least one row");
  const rows = Uint32Array.from({ length: outcomes.length }, (_, row) => row);
  const whole = nodeOf(outcomes, rows);
  grow(whole, rows, {
    columns,
    outcomes,
    depth: depthMax,
    rowsMin,
    leastGain: Math.max(gainMin * whole.squares, 1e-300),
  });
  return whole;
}

interface Growing {
  columns: readonly Column[];
  outcomes: ArrayLike<number>;
  depth: number;
  rowsMin: number;
  leastGain: number;
}

function nodeOf(outcomes: ArrayLike<number>, rows: Uint32Array): TreeNode {
  let sum = 0, squares = 0;
  for (const row of rows) sum += outcomes[row];
  const mean = sum / rows.length;
  for (const row of rows) squares += (outcomes[row] - mean) * (outcomes[row] - mean);
  return { rows: rows.length, mean, squares };
}

function grow(node: TreeNode, rows: Uint32Array, growing: Growing): void {
  const { columns, outcomes, depth, rowsMin, leastGain } = growing;
  if (depth === 0 || rows.length < 2 * rowsMin || node.squares === 0) return;
  let best: { gain: number; column: number; at: number } | undefined;
  // Gains that differ by what rounding leaves of a sum are equal.
  const room = 1e-12 * node.squares;
  for (const [column, { values, kind }] of columns.entries()) {
    const order = rows.toSorted((a, b) => values[a] - values[b] || a - b);
    // Outcomes about their mean, so that gains keep their digits.
    let sum = 0, count = 0, whole = 0;
    for (const row of rows) whole += outcomes[row] - node.mean;
    for (let i = 0; i < order.length - (kind === "category" ? 0 : 1); i++) {
      const here = values[order[i]], next = i + 1 < order.length ? values[order[i + 1]] : NaN;
      sum += outcomes[order[i]] - node.mean;
      count++;
      if (here === next) continue;
      const other = order.length - count;
      if (count >= rowsMin && other >= rowsMin) {
        const gain = sum * sum / count + (whole - sum) * (whole - sum) / other - whole * whole / order.length;
        if (gain > (best ? best.gain + room : 0)) {
          best = { gain, column, at: kind === "category" ? here : (here + next) / 2 };
        }
      }
      // Of a category each code stands against all others.
      if (kind === "category") sum = count = 0;
    }
  }
  if (!best || best.gain < leastGain) return;
  const { column, at } = best, { values, kind } = columns[column];
  const isBelow = (row: number) => kind === "category" ? values[row] === at : values[row] <= at;
  const first = rows.filter(isBelow), second = rows.filter((row) => !isBelow(row));
  const below = nodeOf(outcomes, first), rest = nodeOf(outcomes, second);
  node.cut = { column, at, below, rest };
  grow(below, first, { ...growing, depth: depth - 1 });
  grow(rest, second, { ...growing, depth: depth - 1 });
}

/** What a tree says of a row. */
export function treeValue(tree: TreeNode, columns: readonly Column[], row: number): number {
  let node = tree;
  while (node.cut) {
    const { column, at, below, rest } = node.cut, { values, kind } = columns[column];
    node = (kind === "category" ? values[row] === at : values[row] <= at) ? below : rest;
  }
  return node.mean;
}

/** The share of the outcome's squares that a tree explains on its own sample. */
export function explainedShare(tree: TreeNode): number {
  const left = (node: TreeNode): number =>
    node.cut ? left(node.cut.below) + left(node.cut.rest) : node.squares;
  return tree.squares === 0 ? 0 : 1 - left(tree) / tree.squares;
}
