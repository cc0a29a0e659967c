// How good a linkage was, against the truth that only the simulation knows; and a reviewer who knows most of it.

import type { Reviewer } from "./assign.ts";
import { refuseUnlessBps } from "./identifiers.ts";
import type { RecordFile } from "./records.ts";
import type { Bps } from "#/model/units/units.ts";

/** The links of two files against the truth. */
export interface LinkageQuality {
  /** Links made. */
  links: number;
  /** Links between records of two people. */
  falseLinks: number;
  /** People with a record in both files, and of those the ones whose records are not linked to each other. */
  inBoth: number;
  missedLinks: number;
  /** The share of the smaller file that is linked, rightly or not. */
  matchRate: number;
  /** The share of links that are right, 1 where there are none; and of people in both files who are linked, likewise. */
  precision: number;
  recall: number;
}

/**
 * Measures links against the truth. A person whose record is linked to someone else's is a missed link and makes a false
 * one.
 *
 * @example
 * ```ts
 * import { measure } from "#/model/identity/linkage/measure.ts";
 * import assert from "node:assert/strict";
 * const a = { count: 3, person: Int32Array.of(4, 5, 6) }, b = { count: 2, person: Int32Array.of(5, 6) };
 * const { falseLinks, missedLinks, matchRate } = measure(Int32Array.of(0, -1, 1), a, b);
 * assert.deepEqual([falseLinks, missedLinks, matchRate], [1, 1, 1]);
 * ```
 */
export function measure(
  linkOf: Int32Array,
  a: Pick<RecordFile, "count" | "person">,
  b: Pick<RecordFile, "count" | "person">,
): LinkageQuality {
  const people = Math.max(lastOf(a.person), lastOf(b.person)) + 1;
  const inB = new Uint8Array(people);
  for (let j = 0; j < b.count; j++) inB[b.person[j]] = 1;
  let links = 0, right = 0, inBoth = 0;
  for (let i = 0; i < a.count; i++) {
    inBoth += inB[a.person[i]];
    if (linkOf[i] < 0) continue;
    links++;
    if (b.person[linkOf[i]] === a.person[i]) right++;
  }
  const smaller = Math.min(a.count, b.count);
  return {
    links,
    falseLinks: links - right,
    inBoth,
    missedLinks: inBoth - right,
    matchRate: smaller > 0 ? links / smaller : 0,
    precision: links > 0 ? right / links : 1,
    recall: inBoth > 0 ? right / inBoth : 1,
  };
}

function lastOf(person: Int32Array): number {
  let last = -1;
  for (let i = 0; i < person.length; i++) if (person[i] > last) last = person[i];
  return last;
}

/**
 * A clerk who sees more than the columns (letters, calls) and is right with a stated probability, pair by pair.
 *
 * Shapes: `luck(i, j)` a number strictly between 0 and 1 for the records `i` of `a` and `j` of `b`; key it by whose they
 * are, so that it does not change with the order of the files.
 * Errors: `RangeError` for an accuracy outside 0 to 10,000 bps.
 */
export function clerk(
  a: Pick<RecordFile, "person">,
  b: Pick<RecordFile, "person">,
  { accuracyBps, luck }: { accuracyBps: Bps; luck: (i: number, j: number) => number },
): Reviewer {
  refuseUnlessBps("accuracyBps", accuracyBps);
  const right = accuracyBps / 10_000;
  return { accuracyBps, decides: (i, j) => (luck(i, j) < right) === (a.person[i] === b.person[j]) };
}
