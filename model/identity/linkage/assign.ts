// Who is linked to whom: each record at most once, the weightiest pairs first, ties and doubts to a person's eye.

import type { Weights } from "./weights.ts";
import type { Bps } from "#/model/units/units.ts";

/** A person who looks at doubtful pairs. */
export interface Reviewer {
  /** How often a decision is right; below 10,000 the reviewer errs either way. */
  accuracyBps: Bps;
  /** Whether records `i` and `j` are taken to be of one person. */
  decides(i: number, j: number): boolean;
}

/** Candidate pairs worth a look or a link, in the order of `Weights.ranked`: pattern k from `starts[k]` to `starts[k + 1]`. */
export interface Ranking {
  i: Int32Array;
  j: Int32Array;
  starts: Float64Array;
}

/** What came of it. */
export interface Assignment {
  /** For each record of the first file its partner in the second, or -1. */
  linkOf: Int32Array;
  /** For each record of the second file its partner in the first, or -1. */
  backOf: Int32Array;
  /** For each record of the first file the rank of its pair's pattern. */
  rankOf: Int32Array;
  /** 1 where a person decided. */
  byReview: Uint8Array;
  /** By rank, the chance that two records drawn from the files were both still free when its turn came. */
  freeShare: Float64Array;
  /** How many pairs a person looked at. */
  reviewed: number;
}

/**
 * Links one to one, by falling weight. Of the pairs of one pattern whose records are both free, those from `upper` on are
 * claims, and a claim without a rival becomes a link. What is left is looked at: pairs below `upper`, and rivals, which the
 * evidence cannot tell apart. The reviewer's yes is a claim too; two claims on one record are no link.
 *
 * So no tie is broken by the order of the files, and the result belongs to the records, however they are ordered. Without a
 * reviewer only unrivalled claims are linked.
 */
export function assign(
  { i, j, starts }: Ranking,
  { weights: { weight, ranked, upper }, sizes: [sizeA, sizeB], reviewer }: {
    weights: Weights;
    sizes: readonly [number, number];
    reviewer?: Reviewer;
  },
): Assignment {
  const linkOf = new Int32Array(sizeA).fill(-1), backOf = new Int32Array(sizeB).fill(-1);
  const rankOf = new Int32Array(sizeA).fill(-1), byReview = new Uint8Array(sizeA);
  const claimsA = new Uint8Array(sizeA), claimsB = new Uint8Array(sizeB);
  const claimed = new Uint8Array(i.length), freeShare = new Float64Array(starts.length - 1);
  let reviewed = 0, links = 0;

  const free = (k: number) => linkOf[i[k]] < 0 && backOf[j[k]] < 0;
  const settle = (rank: number, looked: number) => {
    for (let k = starts[rank]; k < starts[rank + 1]; k++) {
      if (!claimed[k]) continue;
      // Two claims are as bad as more, and must not overflow.
      claimsA[i[k]] = Math.min(2, claimsA[i[k]] + 1);
      claimsB[j[k]] = Math.min(2, claimsB[j[k]] + 1);
    }
    for (let k = starts[rank]; k < starts[rank + 1]; k++) {
      if (!claimed[k] || claimsA[i[k]] !== 1 || claimsB[j[k]] !== 1) continue;
      linkOf[i[k]] = j[k];
      backOf[j[k]] = i[k];
      rankOf[i[k]] = rank;
      byReview[i[k]] = looked;
      links++;
    }
    for (let k = starts[rank]; k < starts[rank + 1]; k++) {
      claimsA[i[k]] = claimsB[j[k]] = 0;
      claimed[k] = 0;
    }
  };
  for (let rank = 0; rank + 1 < starts.length; rank++) {
    freeShare[rank] = (1 - links / sizeA) * (1 - links / sizeB);
    if (weight[ranked[rank]] >= upper) {
      for (let k = starts[rank]; k < starts[rank + 1]; k++) if (free(k)) claimed[k] = 1;
      settle(rank, 0);
    }
    if (!reviewer) continue;
    for (let k = starts[rank]; k < starts[rank + 1]; k++) {
      if (!free(k)) continue;
      reviewed++;
      if (reviewer.decides(i[k], j[k])) claimed[k] = 1;
    }
    settle(rank, 1);
  }
  return { linkOf, backOf, rankOf, byReview, freeShare, reviewed };
}

/**
 * The share of links that the model expects to be false.
 *
 * A link's odds are those of its pattern, against no match at all and against rivals: pairs with one of its two records
 * whose other record stayed free (a rival whose other record found a partner is explained). That both records were free
 * speaks for the pair: a match is free until its turn comes, two strangers only as often as others are. A reviewer's yes
 * multiplies the odds by how much oftener it is said of a match. 0 where nothing is linked.
 */
export function expectFalse(
  { i, j, starts }: Ranking,
  { linkOf, backOf, rankOf, byReview, freeShare }: Assignment,
  { weights: { odds, ranked }, reviewer }: { weights: Weights; reviewer?: Reviewer },
): number {
  const rivals = new Float64Array(linkOf.length);
  for (let rank = 0; rank + 1 < starts.length; rank++) {
    for (let k = starts[rank]; k < starts[rank + 1]; k++) {
      const a = i[k], b = j[k];
      if (linkOf[a] >= 0 && backOf[b] < 0) rivals[a] += odds[ranked[rank]];
      else if (linkOf[a] < 0 && backOf[b] >= 0) rivals[backOf[b]] += odds[ranked[rank]];
    }
  }
  const right = (reviewer?.accuracyBps ?? 0) / 10_000;
  let links = 0, wrong = 0;
  for (let a = 0; a < linkOf.length; a++) {
    if (linkOf[a] < 0) continue;
    links++;
    // Both sides times the free share, which may be 0.
    const one = odds[ranked[rankOf[a]]], against = freeShare[rankOf[a]] + rivals[a];
    if (one === Infinity) continue;
    wrong += byReview[a]
      ? against * (1 - right) / (against * (1 - right) + one * right)
      : against / (against + one);
  }
  return links > 0 ? wrong / links : 0;
}
