// Record linkage: from two customer files that share no key to who is who, with the errors that must be expected.

import { assign, expectFalse, type Ranking, type Reviewer } from "./assign.ts";
import { blocksOf, eachCandidate, firstPass, passes } from "./block.ts";
import { type Chance, chanceOf } from "./chance.ts";
import { comparer, levels, patterns, rarityOf } from "./compare.ts";
import { type Fit, fitEm } from "./em.ts";
import type { Identifiers } from "./identifiers.ts";
import { type TargetTerms, weigh, type Weights } from "./weights.ts";

/** How to link. */
export interface LinkTerms extends TargetTerms {
  /** The most pairs that one pass of blocking may compare; 1,000,000,000 where nothing is said. */
  pairsMax?: number;
}

/** What linking two files gives. */
export interface Linkage {
  /** For each record of the first file its partner in the second, or -1. */
  linkOf: Int32Array;
  /** The weight of each link, in log2 of how much likelier its pattern is for a match; NaN where there is none. */
  weightOf: Float64Array;
  /** Pairs compared, pairs that a person looked at, and links made. */
  candidates: number;
  reviewed: number;
  links: number;
  /** Pairs by pattern, patterns by weight, and both thresholds. */
  counts: Float64Array;
  weights: Weights;
  /** The fitted m, and the u that came from within the files. */
  fit: Fit;
  chance: Chance;
  /** The share of links that the model expects to be false. */
  expectedFalseShare: number;
  /** How many people the model expects to be in both files, compared or not. */
  expectedMatches: number;
}

/** Where a fit may not go: the records of one person agree on each field that is present at least as often as not. */
const agreeAtLeast = 0.5;

/**
 * Links two files: blocks, compares, fits, weighs and assigns one to one.
 *
 * Each file holds a person at most once. Nothing here knows whose a record is. The result does not depend on the order of
 * the records, save for the last bits of `expectedFalseShare`. Luck enters through the reviewer alone.
 *
 * The fit assumes that fields err independently, which is not so in life (who moves changes phone and district). How far the
 * model's false share is off is for whoever knows the truth to measure: over the files of `fixture.ts` it lay 3 to 15 % of
 * itself above the measured one, up to twice where everybody is in both files and false links are few; the number of people
 * in both files was met within 1 %.
 *
 * Errors: `RangeError` for an empty file, targets outside their range, or more than `pairsMax` pairs in a pass.
 * Source: I. Fellegi and A. Sunter, "A theory for record linkage", JASA 64 (1969); see `chance.ts`, `em.ts`, `weights.ts`.
 *
 * @example
 * ```ts
 * import { drawPeople } from "#/model/identity/linkage/identifiers.ts";
 * import { copyRecords, faultless } from "#/model/identity/linkage/records.ts";
 * import { link } from "#/model/identity/linkage/link.ts";
 * import { measure } from "#/model/identity/linkage/measure.ts";
 * import { philox, unit } from "#/model/statistics/philox.ts";
 * import assert from "node:assert/strict";
 * const block = new Uint32Array(4);
 * const luck = (person: number, lane: number) => {
 *   philox(person, lane >> 2, 0, 0, 7, 0, block);
 *   return unit(block[lane & 3]);
 * };
 * const terms = {
 *   namesakesPerPerson: 0.05, districtNamesakesPerPerson: 0.1,
 *   familyPhoneBps: 500, familySurnameBps: 5_000, recycledBps: 3_000,
 * };
 * const people = drawPeople(2_000, { terms, luck }), holders = Array.from({ length: 2_000 }, (_, i) => i);
 * const file = copyRecords(people, { holders, terms: faultless, luck });
 * const linkage = link(file, file, { falseLinkTargetBps: 50, missedLinkTargetBps: 500 });
 * assert.equal(measure(linkage.linkOf, file, file).falseLinks, 0);
 * ```
 */
export function link(
  a: Identifiers,
  b: Identifiers,
  { pairsMax = 1_000_000_000, reviewer, ...targets }: LinkTerms & { reviewer?: Reviewer },
): Linkage {
  if (a.count < 1 || b.count < 1) {
    throw new RangeError(`Cannot link ${a.count} records with ${b.count}: each file needs at least one`);
  }
  const rarity = rarityOf(a, b), compare = comparer(a, b, rarity), blocks = blocksOf(a, b, { pairsMax });
  const counts = new Float64Array(patterns);
  let candidates = 0;
  eachCandidate(blocks, compare, (_i, _j, pattern) => {
    counts[pattern]++;
    candidates++;
  });
  const chance = chanceOf(a, b, { rarity, phones: [blocks.a[0], blocks.b[0]], pairsMax });
  const allPairs = a.count * b.count;
  const fit = fitEm({
    levels,
    counts,
    compared: firstPass.map((pass) => pass < passes.length ? 1 : 0),
    leftOut: allPairs - candidates,
  }, {
    chance: chance.pattern,
    start: { matchShare: 1 / (a.count + b.count) },
    agreeAtLeast,
  });
  const sizes = [a.count, b.count] as const, weights = weigh(fit, counts, { sizes, ...targets });
  const ranking = rank(counts, weights, (pair) => eachCandidate(blocks, compare, pair));
  const assignment = assign(ranking, { weights, sizes, reviewer });
  const { linkOf, rankOf, reviewed } = assignment;
  const weightOf = Float64Array.from(rankOf, (at) => at < 0 ? NaN : weights.weight[weights.ranked[at]]);
  return {
    linkOf,
    weightOf,
    candidates,
    reviewed,
    links: linkOf.reduce((sum, partner) => sum + (partner < 0 ? 0 : 1), 0),
    counts,
    weights,
    fit,
    chance,
    expectedFalseShare: expectFalse(ranking, assignment, { weights, reviewer }),
    expectedMatches: fit.matchShare * allPairs,
  };
}

/** Collects the pairs from the lower threshold on, each at the place of its pattern: how many come is known from the counts. */
function rank(
  counts: Float64Array,
  { weight, ranked, lower }: Weights,
  eachPair: (pair: (i: number, j: number, pattern: number) => void) => void,
): Ranking {
  const kept = ranked.findIndex((pattern) => weight[pattern] < lower);
  const size = kept < 0 ? ranked.length : kept, starts = new Float64Array(size + 1);
  const rankOfPattern = new Int32Array(counts.length).fill(-1);
  for (let k = 0; k < size; k++) {
    starts[k + 1] = starts[k] + counts[ranked[k]];
    rankOfPattern[ranked[k]] = k;
  }
  const next = starts.slice(), i = new Int32Array(starts[size]), j = new Int32Array(starts[size]);
  eachPair((one, other, pattern) => {
    const at = rankOfPattern[pattern];
    if (at < 0) return;
    const place = next[at]++;
    i[place] = one;
    j[place] = other;
  });
  return { i, j, starts };
}
