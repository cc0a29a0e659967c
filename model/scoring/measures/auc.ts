// The area under the ROC curve with ties counted half, its interval, and the paired difference of two scores.

import { normalTail, preciseNormalQuantile } from "#/model/statistics/distributions.ts";
import { type Confidence, type Interval, upperProbability } from "#/model/statistics/interval.ts";
import { ascending, checkSample, type ClassCounts, tiedRisks } from "./sample.ts";

/** An area with what is known of its error. */
export interface AucInterval extends Interval, ClassCounts {
  auc: number;
  standardError: number;
}

/** The difference of two areas over the same rows. */
export interface AucDifference extends Interval {
  /** The first area less the second. */
  difference: number;
  standardError: number;
  /** Two-sided; 1 where both scores order the rows alike. */
  pValue: number;
}

/**
 * The probability that a bad has a higher risk than a good, a tie counting half (mid-ranks).
 *
 * Shapes: `risks` higher being worse; `isBad` 0 or 1. Errors: as {@link checkSample}.
 * Source: H. B. Mann and D. R. Whitney, 1947.
 *
 * @example
 * ```ts
 * import { auc } from "#/model/scoring/measures/auc.ts";
 * import assert from "node:assert/strict";
 * assert.equal(auc([0.1, 0.4, 0.4, 0.8], [0, 0, 1, 1]), 0.875);
 * ```
 */
export function auc(risks: ArrayLike<number>, isBad: ArrayLike<number>): number {
  const { goods, bads } = checkSample(risks, isBad, { measure: "an AUC" });
  let below = 0, wins = 0;
  for (const group of tiedRisks(risks, isBad)) {
    wins += group.bads * (below + group.goods / 2);
    below += group.goods;
  }
  return wins / goods / bads;
}

/** Gini's coefficient, 2 AUC - 1: 0 says nothing, 1 all. */
export function gini(risks: ArrayLike<number>, isBad: ArrayLike<number>): number {
  return 2 * auc(risks, isBad) - 1;
}

/**
 * The area with DeLong's interval, cut at 0 and 1.
 *
 * Errors: as {@link checkSample}, with at least two of each class.
 * Source: E. R. DeLong, D. M. DeLong, D. L. Clarke-Pearson, Biometrics 44, 1988; by mid-ranks, X. Sun and W. Xu, 2014.
 *
 * @example
 * ```ts
 * import { aucInterval } from "#/model/scoring/measures/auc.ts";
 * import assert from "node:assert/strict";
 * const { auc, low, high } = aucInterval([1, 2, 3, 4, 5, 6], [0, 0, 1, 0, 1, 1]);
 * assert.equal(auc.toFixed(4), "0.8889");
 * assert.ok(low > 0.5 && low < auc && high === 1);
 * ```
 */
export function aucInterval(
  risks: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { confidence = 0.95 }: Confidence = {},
): AucInterval {
  const counts = checkSample(risks, isBad, { measure: "a DeLong interval", least: 2 });
  const { area, ofBads, ofGoods } = placements(risks, isBad, counts);
  const standardError = Math.sqrt(
    covariance(ofBads, ofBads) / counts.bads + covariance(ofGoods, ofGoods) / counts.goods,
  );
  const half = preciseNormalQuantile(upperProbability(confidence)) * standardError;
  return {
    auc: area,
    standardError,
    low: Math.max(0, area - half),
    high: Math.min(1, area + half),
    ...counts,
  };
}

/**
 * DeLong's paired difference of two scores of the same rows, in their order.
 *
 * Shapes: both risks a number a row; the outcome is shared. Errors: as {@link aucInterval}, for either.
 * Source: as {@link aucInterval}.
 *
 * @example
 * ```ts
 * import { aucDifference } from "#/model/scoring/measures/auc.ts";
 * import assert from "node:assert/strict";
 * const isBad = [0, 0, 1, 0, 1, 1];
 * assert.ok(aucDifference([1, 2, 3, 4, 5, 6], [3, 1, 2, 6, 4, 5], isBad).difference > 0);
 * assert.equal(aucDifference(isBad, isBad, isBad).pValue, 1);
 * ```
 */
export function aucDifference(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { confidence = 0.95 }: Confidence = {},
): AucDifference {
  const counts = checkSample(first, isBad, { measure: "a DeLong difference", least: 2 });
  checkSample(second, isBad, { measure: "a DeLong difference", least: 2 });
  const a = placements(first, isBad, counts), b = placements(second, isBad, counts);
  const gap = (x: Float64Array, y: Float64Array) => x.map((value, i) => value - y[i]);
  const bads = gap(a.ofBads, b.ofBads), goods = gap(a.ofGoods, b.ofGoods);
  const variance = covariance(bads, bads) / counts.bads + covariance(goods, goods) / counts.goods;
  const difference = a.area - b.area, standardError = Math.sqrt(variance);
  const half = preciseNormalQuantile(upperProbability(confidence)) * standardError;
  const pValue = standardError > 0
    ? Math.min(1, 2 * normalTail(Math.abs(difference) / standardError))
    : difference === 0
    ? 1
    : 0;
  return { difference, standardError, low: difference - half, high: difference + half, pValue };
}

/** The area, and for each bad (good) the share of the other class that it is rightly above (below). */
function placements(
  risks: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { goods, bads }: ClassCounts,
): { area: number; ofBads: Float64Array; ofGoods: Float64Array } {
  const order = ascending(risks), ofBads = new Float64Array(bads), ofGoods = new Float64Array(goods);
  // Each row's place within its class, in order of rows, so that two scores of the same rows line up.
  const placeInClass = new Uint32Array(risks.length);
  for (let i = 0, g = 0, b = 0; i < risks.length; i++) placeInClass[i] = isBad[i] === 1 ? b++ : g++;
  let goodsBelow = 0, badsBelow = 0, sum = 0;
  for (let from = 0; from < order.length;) {
    let to = from, tiedGoods = 0, tiedBads = 0;
    while (to < order.length && risks[order[to]] === risks[order[from]]) {
      if (isBad[order[to]] === 1) tiedBads++;
      else tiedGoods++;
      to++;
    }
    for (let i = from; i < to; i++) {
      const row = order[i];
      if (isBad[row] === 1) sum += ofBads[placeInClass[row]] = (goodsBelow + tiedGoods / 2) / goods;
      else ofGoods[placeInClass[row]] = 1 - (badsBelow + tiedBads / 2) / bads;
    }
    goodsBelow += tiedGoods;
    badsBelow += tiedBads;
    from = to;
  }
  return { area: sum / bads, ofBads, ofGoods };
}

/** The sample covariance, with n - 1. */
function covariance(x: Float64Array, y: Float64Array): number {
  let meanX = 0, meanY = 0, sum = 0;
  for (let i = 0; i < x.length; i++) {
    meanX += x[i] / x.length;
    meanY += y[i] / x.length;
  }
  for (let i = 0; i < x.length; i++) sum += (x[i] - meanX) * (y[i] - meanY);
  return sum / (x.length - 1);
}
