// How far the scores of a book have drifted since its opening: the population stability index, once a month.

import { stabilityIndex } from "#/model/scoring/measures/stability.ts";
import { lineCount, type Lines, lineState } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";

/** Bands of 30 points from 400 on; the outermost have no end. */
const bands = 10, firstPoints = 400, bandPoints = 30;

/** The scores of a book on its first day, and how far those of the last month's look were from them. */
export interface ScoreDrift {
  /** Active lines by product and band of score on day 0. */
  opening: Float64Array;
  now: Float64Array;
  /** The index by product. */
  index: Float64Array;
}

/** Nothing seen yet. */
export const noDrift = (): ScoreDrift => ({
  opening: new Float64Array(lineCount * bands),
  now: new Float64Array(lineCount * bands),
  index: new Float64Array(lineCount),
});

/** Looks at all scores on day 0 and whenever a month begins. */
export function lookAtScores({ lines, drift, today }: World): void {
  if (today.day > 0 && !today.firstOfMonth) return;
  count(lines, drift.now);
  if (today.day === 0) drift.opening.set(drift.now);
  for (let p = 0; p < lineCount; p++) {
    const part = (of: Float64Array) => of.subarray(p * bands, (p + 1) * bands);
    const hasBoth = part(drift.opening).some((lines) => lines > 0) &&
      part(drift.now).some((lines) => lines > 0);
    drift.index[p] = hasBoth ? stabilityIndex(part(drift.opening), part(drift.now)) : 0;
  }
}

function count({ state, points, count: all }: Lines, into: Float64Array): void {
  into.fill(0);
  for (let line = 0; line < all; line++) {
    if (state[line] !== lineState.active) continue;
    const band = Math.floor((points[line] - firstPoints) / bandPoints);
    into[line % lineCount * bands + Math.max(0, Math.min(bands - 1, band))]++;
  }
}
