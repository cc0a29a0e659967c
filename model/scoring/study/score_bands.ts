// The distribution of a score by class, in bands of equal width.

import { checkSample } from "#/model/scoring/measures/sample.ts";

/** Scores from `from` up to, but not including, `to`. */
export interface ScoreBand {
  from: number;
  to: number;
  goods: number;
  bads: number;
}

/** Widths of bands that people read easily. */
const widths = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000] as const;

/**
 * Goods and bads by band of score, at most `most` bands, empty ones inside included.
 *
 * Shapes: scores in points; `isBad` 0 or 1 a row. Errors: as `auc()`, but one class is allowed.
 *
 * @example
 * ```ts
 * import { scoreBands } from "#/model/scoring/study/score_bands.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(scoreBands([598, 601, 601], [1, 0, 0], { most: 2 }), [
 *   { from: 598, to: 600, goods: 0, bads: 1 },
 *   { from: 600, to: 602, goods: 2, bads: 0 },
 * ]);
 * ```
 */
export function scoreBands(
  scores: ArrayLike<number>,
  isBad: ArrayLike<number>,
  { most = 40 }: { most?: number } = {},
): ScoreBand[] {
  checkSample(scores, isBad, { measure: "a distribution", least: 0 });
  if (scores.length === 0) return [];
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < scores.length; i++) {
    low = Math.min(low, scores[i]);
    high = Math.max(high, scores[i]);
  }
  const bandsOf = (width: number) => Math.floor(high / width) - Math.floor(low / width) + 1;
  const width = widths.find((width) => bandsOf(width) <= most) ?? Math.ceil((high - low) / most) + 1;
  const first = Math.floor(low / width);
  const bands = Array.from({ length: bandsOf(width) }, (_, i): ScoreBand => ({
    from: (first + i) * width,
    to: (first + i + 1) * width,
    goods: 0,
    bads: 0,
  }));
  for (let i = 0; i < scores.length; i++) {
    const band = bands[Math.floor(scores[i] / width) - first];
    if (isBad[i] === 1) band.bads++;
    else band.goods++;
  }
  return bands;
}
