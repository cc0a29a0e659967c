// The value below which a given share of a sample lies, in the nine ways that statistics packages compute it.

/** How a quantile is read off a sample: the types of Hyndman and Fan. */
export type QuantileType = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/**
 * The quantile of a sample.
 *
 * Types 1 to 3 step from one observation to the next (SAS uses 2), 4 to 9 join them by lines: 6 is that of SPSS and
 * Minitab, 7 that of R, numpy and spreadsheets, 8 is nearly unbiased whatever the distribution.
 *
 * Shapes: `values` at least one finite number, in any order, left as they are; `probability` from 0 to 1.
 * Errors: `RangeError` for an empty sample, a value that is not finite, a probability outside 0 to 1.
 * Source: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American Statistician 50, 1996.
 *
 * @example
 * ```ts
 * import { quantile } from "#/model/statistics/quantile.ts";
 * import assert from "node:assert/strict";
 * assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5);
 * assert.equal(quantile([4, 1, 3, 2], 0.5, { type: 1 }), 2);
 * ```
 */
export function quantile(
  values: ArrayLike<number>,
  probability: number,
  { type = 7 }: { type?: QuantileType } = {},
): number {
  return quantileSorted(sorted(values), probability, { type });
}

/** The quantile of a sample that {@link sorted} has put in order, for several probabilities of one sample. */
export function quantileSorted(
  ordered: ArrayLike<number>,
  probability: number,
  { type = 7 }: { type?: QuantileType } = {},
): number {
  const n = ordered.length;
  if (n === 0) throw new RangeError("Cannot take a quantile of no values: at least one is needed");
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Cannot take the quantile at ${probability}: a probability from 0 to 1 is needed`);
  }
  const position = n * probability + offset(type, probability);
  // A probability such as 0.07 is no binary fraction: what misses a whole number by a few last places is meant to be one.
  const nearest = Math.round(position);
  const isWhole = Math.abs(position - nearest) <= 4 * Number.EPSILON * Math.max(1, n);
  const below = isWhole ? nearest : Math.floor(position);
  const rest = isWhole ? 0 : position - below;
  const share = weightOfUpper(type, rest, below);
  const at = (rank: number) => ordered[Math.min(Math.max(rank, 1), n) - 1];
  const lower = at(below);
  return share === 0 ? lower : lower + share * (at(below + 1) - lower);
}

/**
 * A sample in ascending order, checked, as a copy.
 *
 * Errors: `RangeError` naming the value that is not finite and its place.
 */
export function sorted(values: ArrayLike<number>): Float64Array {
  const copy = Float64Array.from(values);
  const wrong = copy.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw new RangeError(`Cannot order value ${copy[wrong]} at place ${wrong}: it must be finite`);
  }
  return copy.sort();
}

/** What is added to n p to give the rank that the quantile lies at. */
function offset(type: QuantileType, p: number): number {
  switch (type) {
    case 1:
    case 2:
    case 4:
      return 0;
    case 3:
      return -0.5;
    case 5:
      return 0.5;
    case 6:
      return p;
    case 7:
      return 1 - p;
    case 8:
      return (p + 1) / 3;
    case 9:
      return p / 4 + 3 / 8;
    default:
      throw new RangeError(`Cannot take a quantile of type ${type}: types 1 to 9 exist`);
  }
}

/** The share of the next observation up, given how far the rank lies past the one below. */
function weightOfUpper(type: QuantileType, rest: number, below: number): number {
  if (type === 1) return rest > 0 ? 1 : 0;
  if (type === 2) return rest > 0 ? 1 : 0.5;
  if (type === 3) return rest === 0 && below % 2 === 0 ? 0 : 1;
  return rest;
}
