// The area under the ROC curve with ties counted half, its interval, and the paired difference of two scores.

import { normalTail, preciseNormalQuantile } from "#/model/statistics/distributions.ts";
import { type Confidence, type Interval, upperProbability } from "#/model/statistics/interval.ts";
import { checkSample, type ClassCounts, tiedRisks } from "./sample.ts";

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
    variance(ofBads) / counts.bads + variance(ofGoods) / counts.goods,
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
 * One area from parts that were scored apart (folds): their mean weighted by pairs of good and bad, so that only rows of one
 * part are compared, with the interval of independent parts.
 *
 * Comparing rows of two folds would also compare the two cards: where they say nothing, the fold with more bads has the card
 * that saw fewer, and the area would fall below one half.
 *
 * Errors: `RangeError` for no parts.
 *
 * @example
 * ```ts
 * import { aucInterval, aucOfParts } from "#/model/scoring/measures/auc.ts";
 * import assert from "node:assert/strict";
 * const part = aucInterval([1, 2, 3, 4], [0, 1, 0, 1]);
 * assert.equal(aucOfParts([part, part]).auc, 0.75);
 * ```
 */
export function aucOfParts(
  parts: readonly AucInterval[],
  { confidence = 0.95 }: Confidence = {},
): AucInterval {
  if (parts.length === 0) throw new RangeError("Cannot take an AUC of no parts: at least one is needed");
  const pairs = parts.reduce((sum, { goods, bads }) => sum + goods * bads, 0);
  let area = 0, squares = 0, goods = 0, bads = 0;
  for (const part of parts) {
    const weight = part.goods * part.bads / pairs, error = weight * part.standardError;
    area += weight * part.auc;
    squares += error * error;
    goods += part.goods;
    bads += part.bads;
  }
  const standardError = Math.sqrt(squares);
  const half = preciseNormalQuantile(upperProbability(confidence)) * standardError;
  return {
    auc: area,
    standardError,
    low: Math.max(0, area - half),
    high: Math.min(1, area + half),
    goods,
    bads,
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
  const standardError = Math.sqrt(variance(bads) / counts.bads + variance(goods) / counts.goods);
  const difference = a.area - b.area;
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
  const groups = tiedRisks(risks, isBad), limits = Float64Array.from(groups, ({ risk }) => risk);
  const ofBad = new Float64Array(groups.length), ofGood = new Float64Array(groups.length);
  let goodsBelow = 0, badsBelow = 0, sum = 0;
  groups.forEach((group, i) => {
    ofBad[i] = (goodsBelow + group.goods / 2) / goods;
    ofGood[i] = 1 - (badsBelow + group.bads / 2) / bads;
    sum += group.bads * ofBad[i];
    goodsBelow += group.goods;
    badsBelow += group.bads;
  });
  const ofBads = new Float64Array(bads), ofGoods = new Float64Array(goods);
  for (let row = 0, g = 0, b = 0; row < risks.length; row++) {
    const group = placeOf(limits, risks[row]);
    if (isBad[row] === 1) ofBads[b++] = ofBad[group];
    else ofGoods[g++] = ofGood[group];
  }
  return { area: sum / bads, ofBads, ofGoods };
}

/** The place of a value in an ordered list that holds it. */
function placeOf(ordered: Float64Array, value: number): number {
  let low = 0, high = ordered.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ordered[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The sample variance, with n - 1. */
function variance(x: Float64Array): number {
  let mean = 0, sum = 0;
  for (let i = 0; i < x.length; i++) mean += x[i] / x.length;
  for (let i = 0; i < x.length; i++) sum += (x[i] - mean) * (x[i] - mean);
  return sum / (x.length - 1);
}
