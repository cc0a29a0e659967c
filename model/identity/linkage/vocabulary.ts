// Names by how common they are: few names borne by many, many names borne by few.

/** A list of names, numbered from the most common, and how to draw from it. */
export interface Vocabulary {
  /** How many names. */
  size: number;
  /** The share of people whose name has this number or a smaller one. */
  cumulative: Float64Array;
  /** Where to start to look for a share: place k serves shares from k / size. */
  guide: Int32Array;
  /** The chance that two people drawn apart bear the same name. */
  coincidence: number;
}

/**
 * Names whose frequency falls with their rank: the share of rank k, from 1, goes with 1 / (k + shift).
 *
 * Shapes: `size` from 1; `shift` 0 or more, the larger the flatter the head of the list.
 * Errors: `RangeError` for other numbers.
 * Source: B. Mandelbrot's form (1953) of Zipf's law, with exponent 1. A shift of 2 over 200 ranks gives 7.6 % to the
 * first name, 1.9 % to the tenth and 0.2 % to the hundredth, close to Chinese surnames (Wang, Wu and the hundredth).
 *
 * @example
 * ```ts
 * import { nameAt, zipf } from "#/model/identity/linkage/vocabulary.ts";
 * import assert from "node:assert/strict";
 * const names = zipf({ size: 2, shift: 0 }); // shares 2/3 and 1/3
 * assert.deepEqual([nameAt(names, 0.66), nameAt(names, 0.67)], [0, 1]);
 * assert.equal(names.coincidence.toFixed(6), (5 / 9).toFixed(6));
 * ```
 */
export function zipf({ size, shift }: { size: number; shift: number }): Vocabulary {
  if (!Number.isInteger(size) || size < 1 || !(shift >= 0) || shift === Infinity) {
    throw new RangeError(
      `Cannot list ${size} names with a shift of ${shift}: at least 1 name, a shift from 0`,
    );
  }
  let total = 0, squares = 0;
  for (let k = 1; k <= size; k++) total += 1 / (k + shift);
  const cumulative = new Float64Array(size), guide = new Int32Array(size);
  let below = 0;
  for (let k = 1; k <= size; k++) {
    const share = 1 / (k + shift) / total;
    squares += share * share;
    below += share;
    cumulative[k - 1] = k === size ? 1 : below;
  }
  for (let k = 0, name = 0; k < size; k++) {
    while (cumulative[name] <= k / size) name++;
    guide[k] = name;
  }
  return { size, cumulative, guide, coincidence: squares };
}

/** The name that belongs to a share `u` between 0 and 1. */
export function nameAt({ size, cumulative, guide }: Vocabulary, u: number): number {
  let name = guide[Math.floor(u * size)];
  while (cumulative[name] <= u) name++;
  return name;
}
