// What a pattern is worth: its weight, the probability that such a pair matches, and where to link, look or leave.

import { log } from "#/model/units/elementary.ts";
import type { Fit } from "./em.ts";
import type { Bps } from "#/model/units/units.ts";

/** The errors that a linkage is built to keep. */
export interface TargetTerms {
  /** Of the pairs linked without a look, the expected share that are two people; above 0, below 10,000. */
  falseLinkTargetBps: Bps;
  /** Of the matches among compared pairs, the expected share that is dropped without a look; 0 to 10,000. */
  missedLinkTargetBps: Bps;
}

/** Patterns with their worth; a pattern that no compared pair shows has a weight of minus infinity. */
export interface Weights {
  /** log2 of how much likelier the pattern is for a match than for another pair. */
  weight: Float64Array;
  /** The odds that a pair of this pattern matches, before its rivals are looked at. */
  odds: Float64Array;
  /** Patterns that occur, the weightiest first, ties by number. */
  ranked: Uint16Array;
  /** Link from this weight on: Infinity where no pattern is sure enough. */
  upper: number;
  /** Look at pairs from this weight up to below `upper`: a person decides. Below, leave. */
  lower: number;
}

const ln2 = 0.6931471805599453;

/**
 * Weighs each pattern and chooses both thresholds from the fitted model.
 *
 * `upper` is the least weight such that of all links from there on at most `falseLinkTargetBps` are expected to be of two
 * people, and of no pattern more than half; `lower` the greatest, not above `upper`, such that below it at most `missedLinkTargetBps` of the expected matches
 * lie. Linking is one to one, so a record that found its partner is out of the running: with the links expected from greater
 * weights a share of either file is taken, and a pair of two people is a link only where both are free. Without that the
 * namesakes of people long linked would count as threats, and far more would go to review than the target asks for. The
 * expectation is the model's, so it is as good as its assumption that fields are independent.
 *
 * Shapes: `counts` pairs by pattern, as the model was fitted to; `sizes` the records of both files.
 * Errors: `RangeError` for targets outside their range.
 * Source: I. Fellegi and A. Sunter (1969), the optimal rule at two error levels, here for links in place of pairs.
 *
 * @example
 * ```ts
 * import { fitEm } from "#/model/identity/linkage/em.ts";
 * import { weigh } from "#/model/identity/linkage/weights.ts";
 * import assert from "node:assert/strict";
 * const counts = Float64Array.of(0, 0, 0, 0, 80, 10, 0, 10, 20);
 * const start = { matchShare: 0.2, m: [[0, 0.2, 0.8], [0, 0.2, 0.8]], u: [[0, 0.9, 0.1], [0, 0.9, 0.1]] };
 * const fit = fitEm({ levels: [3, 3], counts }, { start, iterationsMax: 0 });
 * const terms = { sizes: [12, 10], falseLinkTargetBps: 100, missedLinkTargetBps: 500 } as const;
 * const { weight, ranked } = weigh(fit, counts, terms);
 * assert.deepEqual([weight[8].toFixed(9), ranked[0]], ["6.000000000", 8]); // 0.8 x 0.8 / (0.1 x 0.1) = 2^6
 * ```
 */
export function weigh(
  { matchShare, ifMatch, ifNot }: Pick<Fit, "matchShare" | "ifMatch" | "ifNot">,
  counts: Float64Array,
  { sizes: [sizeA, sizeB], falseLinkTargetBps, missedLinkTargetBps }: TargetTerms & {
    sizes: readonly [number, number];
  },
): Weights {
  if (!(falseLinkTargetBps > 0 && falseLinkTargetBps < 10_000)) {
    throw new RangeError(
      `Cannot aim at ${falseLinkTargetBps} bps false links: above 0, below 10000 is needed`,
    );
  }
  if (!(missedLinkTargetBps >= 0 && missedLinkTargetBps <= 10_000)) {
    throw new RangeError(`Cannot aim at ${missedLinkTargetBps} bps missed links: 0 to 10000 are possible`);
  }
  const weight = new Float64Array(counts.length).fill(-Infinity), odds = new Float64Array(counts.length);
  for (let p = 0; p < counts.length; p++) {
    if (counts[p] === 0 || ifMatch[p] === 0) continue;
    const ratio = ifMatch[p] / ifNot[p];
    weight[p] = ifNot[p] === 0 ? Infinity : log(ratio) / ln2;
    odds[p] = matchShare / (1 - matchShare) * ratio;
  }
  const ranked = Uint16Array.from(counts.keys()).filter((p) => counts[p] > 0 && weight[p] > -Infinity)
    .sort((p, q) => weight[q] - weight[p] || p - q);

  const matchAt = (p: number) => odds[p] === Infinity ? 1 : odds[p] / (1 + odds[p]);
  const ends = (k: number) => k + 1 === ranked.length || weight[ranked[k + 1]] < weight[ranked[k]];
  let upper = Infinity, allMatches = 0, links = 0, wrong = 0;
  for (const p of ranked) allMatches += counts[p] * matchAt(p);
  for (let k = 0, pass = { links: 0, wrong: 0 }; k < ranked.length; k++) {
    const p = ranked[k], free = Math.max(0, 1 - links / sizeA) * Math.max(0, 1 - links / sizeB);
    const matches = counts[p] * matchAt(p), others = counts[p] * (1 - matchAt(p)) * free;
    // A target that better patterns leave room for is no reason to link pairs that are likelier false than true.
    if (others > matches) break;
    pass = { links: pass.links + matches + others, wrong: pass.wrong + others };
    if (!ends(k)) continue;
    ({ links, wrong } = pass);
    if (wrong * 10_000 <= falseLinkTargetBps * links) upper = weight[p];
  }
  let lower = upper, found = 0;
  for (let k = 0; k < ranked.length; k++) {
    const p = ranked[k];
    found += counts[p] * matchAt(p);
    if (!ends(k)) continue;
    lower = Math.min(upper, weight[p]);
    if ((allMatches - found) * 10_000 <= missedLinkTargetBps * allMatches) break;
  }
  return { weight, odds, ranked, upper, lower };
}
