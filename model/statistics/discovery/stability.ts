// How far a discovered box would be found again: in resamples of the same rows, which limits return, and where.

import { philox } from "#/model/statistics/philox.ts";
import { quantileSorted } from "#/model/statistics/quantile.ts";
import type { Column } from "./box.ts";
import { chosenBox, prim, type PrimTerms } from "./prim.ts";

/** How often a limit comes back, and where it then lies. */
export interface LimitStability {
  name: string;
  end: "low" | "high" | "codes";
  /** Share of resamples in which the box restricts this end. */
  share: number;
  /** Median and the middle 90 % of where it lies, in those resamples; NaN where it never does, and for codes. */
  median: number;
  low: number;
  high: number;
}

/**
 * Stability of the box that `chosenBox` takes, over bootstrap resamples of rows.
 *
 * Shapes: both ends of each number and one entry a category, in order of columns. Resamples without rows of interest, or of
 * nothing else, are drawn but not counted.
 * Errors: those of `prim`; `RangeError` when no resample can be used.
 */
export function limitStability(
  columns: readonly Column[],
  isOfInterest: ArrayLike<number | boolean>,
  { densityMin, resamples = 50, seed, terms }: {
    densityMin: number;
    resamples?: number;
    seed: readonly [number, number];
    terms?: PrimTerms;
  },
): { limits: LimitStability[]; resamples: number } {
  const rows = isOfInterest.length, words = new Uint32Array(4), drawn = new Uint32Array(rows);
  const found = columns.map(() => ({ low: [] as number[], high: [] as number[], codes: 0 }));
  let used = 0;
  for (let sample = 0; sample < resamples; sample++) {
    for (let i = 0; i < rows; i++) {
      if (i % 4 === 0) philox(i / 4, sample, 0, 0x9e7a, seed[0], seed[1], words);
      drawn[i] = Math.floor(words[i % 4] / 4_294_967_296 * rows);
    }
    const interest = Uint8Array.from(drawn, (row) => Number(isOfInterest[row]));
    const hits = interest.reduce((sum, is) => sum + is, 0);
    if (hits === 0 || hits === rows) continue;
    used++;
    const again = columns.map(({ values, ...rest }) => ({
      ...rest,
      values: Float64Array.from(drawn, (row) => values[row]),
    }));
    const { limits } = chosenBox(prim(again, interest, terms).trajectory, densityMin).box;
    for (const [i, limit] of limits.entries()) {
      if (!limit) continue;
      if (limit.codes) {
        found[i].codes++;
        continue;
      }
      // An end is restricted where the box leaves out rows of the resample beyond it.
      let least = Infinity, most = -Infinity;
      for (let row = 0; row < rows; row++) {
        least = Math.min(least, again[i].values[row]);
        most = Math.max(most, again[i].values[row]);
      }
      if (limit.low > least) found[i].low.push(limit.low);
      if (limit.high < most) found[i].high.push(limit.high);
    }
  }
  if (used === 0) throw new RangeError(`None of ${resamples} resamples has rows of interest and others`);
  const entry = (name: string, end: "low" | "high", values: number[]): LimitStability => {
    const ordered = values.toSorted((a, b) => a - b),
      at = (p: number) => values.length > 0 ? quantileSorted(ordered, p) : NaN;
    return { name, end, share: values.length / used, median: at(0.5), low: at(0.05), high: at(0.95) };
  };
  const limits = columns.flatMap(({ name, kind }, i): LimitStability[] =>
    kind === "category"
      ? [{ name, end: "codes", share: found[i].codes / used, median: NaN, low: NaN, high: NaN }]
      : [entry(name, "low", found[i].low), entry(name, "high", found[i].high)]
  );
  return { limits, resamples: used };
}
