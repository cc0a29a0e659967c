// Which records are worth comparing: those that share a phone, or a name and a day, or a full name and a district.

import { type Compare, largest, level, levelIn, patterns } from "./compare.ts";
import type { Field, Identifiers } from "./identifiers.ts";

/** The passes of blocking: two records are a candidate pair when all fields of some pass agree. */
export const passes: readonly (readonly Field[])[] = [
  ["phone"],
  ["surname", "birthDay"],
  ["givenName", "birthDay"],
  ["surname", "givenName", "district"],
];

/**
 * The first pass in which the pairs of a pattern meet, `passes.length` where they never do. A pair is taken in that pass
 * alone, so that it comes once without a memory of pairs.
 */
export const firstPass: Uint8Array = Uint8Array.from({ length: patterns }, (_, pattern) => {
  const pass = passes.findIndex((fields) => fields.every((field) => levelIn(pattern, field) >= level.agree));
  return pass < 0 ? passes.length : pass;
});

/** The records of a file in the order of some fields; records that lack one of them are left out. */
export interface Order {
  /** The columns that decide the order, the first first. */
  keys: readonly Int32Array[];
  /** Numbers of records. */
  records: Int32Array;
}

/**
 * Puts the records of a file in the order of some fields, ties in the order of the file.
 *
 * Source: radix sort from the last field to the first, in digits of 16 bits.
 *
 * @example
 * ```ts
 * import { orderBy } from "#/model/identity/linkage/block.ts";
 * import assert from "node:assert/strict";
 * const column = Int32Array.of(70_000, 3, -1, 3);
 * const columns = {
 *   surname: column, givenName: column, birthDay: column, sex: column, phone: column, district: column,
 * };
 * assert.deepEqual([...orderBy({ count: 4, columns }, ["phone"]).records], [1, 3, 0]);
 * ```
 */
export function orderBy({ count, columns }: Identifiers, by: readonly Field[]): Order {
  const keys = by.map((field) => columns[field]);
  let records = new Int32Array(count), size = 0;
  for (let i = 0; i < count; i++) {
    let whole = true;
    for (let k = 0; k < keys.length; k++) if (keys[k][i] < 0) whole = false;
    if (whole) records[size++] = i;
  }
  records = records.subarray(0, size);
  let other = new Int32Array(size);
  for (const key of [...keys].reverse()) {
    const most = largest(key);
    for (let shift = 0; shift < 32 && most >>> shift > 0; shift += 16) {
      sortDigit(records, other, key, shift, Math.min(most >>> shift, 0xffff));
      [records, other] = [other, records];
    }
  }
  return { keys, records };
}

function sortDigit(from: Int32Array, to: Int32Array, key: Int32Array, shift: number, most: number): void {
  const start = new Int32Array(most + 2);
  for (let k = 0; k < from.length; k++) start[(key[from[k]] >>> shift & 0xffff) + 1]++;
  for (let digit = 0; digit < most; digit++) start[digit + 1] += start[digit];
  for (let k = 0; k < from.length; k++) to[start[key[from[k]] >>> shift & 0xffff]++] = from[k];
}

/** Where the records of a block stand in both orders, each from a place up to one before another. */
export type Block = (fromA: number, toA: number, fromB: number, toB: number) => void;

/** Calls `block` for each block that has records in both orders; both are by the same fields. */
export function eachBlock(a: Order, b: Order, block: Block): void {
  for (let i = 0, j = 0; i < a.records.length && j < b.records.length;) {
    const side = between(a, i, b, j);
    if (side < 0) i = endOf(a, i);
    else if (side > 0) j = endOf(b, j);
    else {
      const endA = endOf(a, i), endB = endOf(b, j);
      block(i, endA, j, endB);
      i = endA;
      j = endB;
    }
  }
}

/** The place after the last record that has the same keys as the record at a place. */
export function endOf(order: Order, place: number): number {
  let end = place + 1;
  while (end < order.records.length && between(order, place, order, end) === 0) end++;
  return end;
}

function between(a: Order, i: number, b: Order, j: number): number {
  const x = a.records[i], y = b.records[j];
  for (let k = 0; k < a.keys.length; k++) {
    const side = a.keys[k][x] - b.keys[k][y];
    if (side !== 0) return side;
  }
  return 0;
}

/** Both files in the order of every pass. */
export interface Blocks {
  a: Order[];
  b: Order[];
}

/**
 * Prepares the passes over two files.
 *
 * Errors: `RangeError` where they hold more than `pairsMax` pairs: a value that very many records share (a placeholder for
 * a phone number, say) makes a block that no one can compare; it has to be cleared to missing first.
 */
export function blocksOf(a: Identifiers, b: Identifiers, { pairsMax }: { pairsMax: number }): Blocks {
  const blocks = {
    a: passes.map((fields) => orderBy(a, fields)),
    b: passes.map((fields) => orderBy(b, fields)),
  };
  for (const [pass, fields] of passes.entries()) {
    let pairs = 0;
    eachBlock(blocks.a[pass], blocks.b[pass], (fromA, toA, fromB, toB) => {
      pairs += (toA - fromA) * (toB - fromB);
    });
    if (pairs > pairsMax) {
      throw new RangeError(
        `Cannot compare ${pairs} pairs that share ${fields.join(" and ")}: at most ${pairsMax} are possible`,
      );
    }
  }
  return blocks;
}

/** Calls `pair` once for each candidate pair, with its pattern. The order of calls follows the order of the files. */
export function eachCandidate(
  blocks: Blocks,
  compare: Compare,
  pair: (i: number, j: number, pattern: number) => void,
): void {
  for (let pass = 0; pass < passes.length; pass++) {
    const a = blocks.a[pass], b = blocks.b[pass];
    eachBlock(a, b, (fromA, toA, fromB, toB) => {
      for (let k = fromA; k < toA; k++) {
        const i = a.records[k];
        for (let l = fromB; l < toB; l++) {
          const j = b.records[l], pattern = compare(i, j);
          if (firstPass[pattern] === pass) pair(i, j, pattern);
        }
      }
    });
  }
}
