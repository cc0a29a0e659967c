// How far a score drives goods and bads apart: the Kolmogorov-Smirnov distance and the ROC curve.

import { checkSample, tiedRisks } from "./sample.ts";

/** A point of the ROC curve: who is called risky above a cut-off. */
export interface RocPoint {
  /** Share of goods above the cut-off. */
  falsePositive: number;
  /** Share of bads above the cut-off. */
  truePositive: number;
}

/**
 * The largest distance between the cumulative shares of goods and bads, and the risk up to which it is reached.
 *
 * Shapes and errors: as `auc()`. Rows of equal risk are never parted. Source: A. N. Kolmogorov, 1933.
 *
 * @example
 * ```ts
 * import { kolmogorovSmirnov } from "#/model/scoring/measures/separation.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(kolmogorovSmirnov([1, 2, 3, 4], [0, 0, 1, 1]), { ks: 1, upTo: 2 });
 * ```
 */
export function kolmogorovSmirnov(
  risks: ArrayLike<number>,
  isBad: ArrayLike<number>,
): { ks: number; upTo: number } {
  const { goods, bads } = checkSample(risks, isBad, { measure: "a KS distance" });
  let ks = 0, upTo = 0, g = 0, b = 0;
  for (const group of tiedRisks(risks, isBad)) {
    g += group.goods;
    b += group.bads;
    const distance = Math.abs(g / goods - b / bads);
    if (distance > ks) [ks, upTo] = [distance, group.risk];
  }
  return { ks, upTo };
}

/**
 * The ROC curve from (0, 0) to (1, 1), a point for each distinct risk, highest risk first.
 *
 * Shapes and errors: as `auc()`. `most` thins it to about so many points, the ends kept.
 */
export function rocCurve(
  risks: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { most = Infinity }: { most?: number } = {},
): RocPoint[] {
  const { goods, bads } = checkSample(risks, isBad, { measure: "a ROC curve" });
  const groups = tiedRisks(risks, isBad).reverse(), every = Math.max(1, Math.ceil(groups.length / most));
  const points: RocPoint[] = [{ falsePositive: 0, truePositive: 0 }];
  let g = 0, b = 0;
  groups.forEach((group, i) => {
    g += group.goods;
    b += group.bads;
    if (i % every === every - 1 || i === groups.length - 1) {
      points.push({ falsePositive: g / goods, truePositive: b / bads });
    }
  });
  return points;
}
