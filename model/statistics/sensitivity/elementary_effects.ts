// Morris' measures: how far an outcome moves when one input moves, and whether that depends on the others.

import { philox } from "#/model/statistics/philox.ts";
import { quantileSorted } from "#/model/statistics/quantile.ts";
import { wholeWithin } from "#/model/statistics/designs/refuse.ts";

/** What Morris' method says of one input. */
export interface ElementaryEffects {
  /** Mean effect of moving the input across its whole range; of either sign. */
  mu: number;
  /** Mean size of the effect: how much the input matters. */
  muStar: number;
  /** Deviation of the effect (by n − 1): large where it depends on the other inputs or is curved. */
  sigma: number;
  muStarLow: number;
  muStarHigh: number;
}

/**
 * Elementary effects from the outcomes along Morris paths.
 *
 * Shapes: `points` and `outcomes` in the order of `morrisPaths`, NaN where a row failed: then its whole path is left out.
 * Intervals of mu* are percentiles of bootstrap samples of paths.
 * Errors: `RangeError` when numbers do not fit, when neighbours on a path differ in other than one input, or when fewer than two
 * whole paths are left.
 * Source: M. D. Morris (1991); mu* by Campolongo, Cariboni, Saltelli (2007).
 *
 * @example
 * ```ts
 * import { morrisPaths } from "#/model/statistics/designs/morris.ts";
 * import { elementaryEffects } from "#/model/statistics/sensitivity/elementary_effects.ts";
 * import assert from "node:assert/strict";
 * const dims = 2, points = morrisPaths({ paths: 4, dims, seed: [1, 2] });
 * const outcomes = Float64Array.from({ length: points.length / dims }, (_, row) => 3 * points[2 * row] - points[2 * row + 1]);
 * const { effects: [a, b] } = elementaryEffects(points, outcomes, { dims, seed: [1, 2] });
 * assert.ok(Math.abs(a.mu - 3) < 1e-12 && Math.abs(b.mu + 1) < 1e-12 && a.sigma < 1e-12);
 * ```
 */
export function elementaryEffects(
  points: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  { dims, resamples = 1_000, confidence = 0.95, seed }: {
    dims: number;
    resamples?: number;
    confidence?: number;
    seed: readonly [number, number];
  },
): { effects: ElementaryEffects[]; paths: number; dropped: number } {
  wholeWithin(dims, [1, 1_000], "dimensions of elementary effects");
  const block = dims + 1, all = outcomes.length / block;
  if (!Number.isInteger(all) || points.length !== outcomes.length * dims) {
    throw new RangeError(
      `${outcomes.length} outcomes and ${points.length} coordinates are no whole paths of ${block} rows of ${dims} inputs`,
    );
  }
  const effects = Array.from({ length: dims }, () => [] as number[]);
  let dropped = 0;
  for (let path = 0; path < all; path++) {
    const first = path * block;
    let isWhole = true;
    for (let k = 0; k < block; k++) if (!Number.isFinite(outcomes[first + k])) isWhole = false;
    if (!isWhole) {
      dropped++;
      continue;
    }
    for (let k = 1; k < block; k++) {
      const row = first + k, moved = movedAt(points, row, dims);
      const step = points[row * dims + moved] - points[(row - 1) * dims + moved];
      effects[moved].push((outcomes[row] - outcomes[row - 1]) / step);
    }
  }
  const paths = all - dropped;
  if (paths < 2) {
    throw new RangeError(
      `Too few rows for elementary effects: ${paths} of ${all} paths are whole, at least 2 are needed`,
    );
  }
  for (const [input, of] of effects.entries()) {
    if (of.length !== paths) {
      throw new RangeError(
        `Input ${input} moves ${of.length} times on ${paths} paths; each moves once a path`,
      );
    }
  }
  return {
    effects: effects.map((of, input) => measure(of, { input, resamples, confidence, seed })),
    paths,
    dropped,
  };
}

function movedAt(points: ArrayLike<number>, row: number, dims: number): number {
  let moved = -1;
  for (let d = 0; d < dims; d++) {
    if (points[row * dims + d] === points[(row - 1) * dims + d]) continue;
    if (moved >= 0) {
      throw new RangeError(
        `Rows ${row - 1} and ${row} differ in inputs ${moved} and ${d}; one moves at a time`,
      );
    }
    moved = d;
  }
  if (moved < 0) throw new RangeError(`Rows ${row - 1} and ${row} are the same; one input moves at a time`);
  return moved;
}

function measure(
  effects: readonly number[],
  { input, resamples, confidence, seed }: {
    input: number;
    resamples: number;
    confidence: number;
    seed: readonly [number, number];
  },
): ElementaryEffects {
  const n = effects.length,
    mean = (of: (effect: number) => number) => {
      let sum = 0;
      for (const effect of effects) sum += of(effect);
      return sum / n;
    };
  const mu = mean((effect) => effect), muStar = mean(Math.abs);
  const sigma = Math.sqrt(mean((effect) => (effect - mu) * (effect - mu)) * n / (n - 1));
  const drawn = new Float64Array(resamples), words = new Uint32Array(4);
  for (let sample = 0; sample < resamples; sample++) {
    let sum = 0;
    for (let i = 0; i < n; i++) {
      if (i % 4 === 0) philox(i / 4, sample, input, 0x30222, seed[0], seed[1], words);
      sum += Math.abs(effects[Math.floor(words[i % 4] / 4_294_967_296 * n)]);
    }
    drawn[sample] = sum / n;
  }
  const ordered = drawn.toSorted(), tail = (1 - confidence) / 2;
  return {
    mu,
    muStar,
    sigma,
    muStarLow: resamples > 1 ? quantileSorted(ordered, tail) : NaN,
    muStarHigh: resamples > 1 ? quantileSorted(ordered, 1 - tail) : NaN,
  };
}
