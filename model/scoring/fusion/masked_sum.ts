// Sums that nobody can take apart: every pair of owners shares a mask that one adds and the other takes away.

import { createCipheriv, createHash } from "node:crypto";

/** Fixed point: one unit is 2^-24, so sums up to 127 in size keep seven decimals. */
const unitBits = 24, unit = 1 << unitBits, most = 127;

/**
 * What one owner hands in: its numbers in fixed point, modulo 2^32, with its pairwise masks.
 *
 * Shapes: `party` from 0 to `parties` - 1; `round` makes the masks fresh. Masks are the keystream of AES-128 in counter
 * mode under a key that the pair shares, here derived from `secret`. One contribution alone is evenly spread.
 * Errors: `RangeError` for a number whose size is above 127 divided by the number of parties.
 * Source: K. Bonawitz and others, "Practical secure aggregation", CCS 2017, without its recovery of drop-outs.
 */
export function masked(
  values: ArrayLike<number>,
  { party, parties, round, secret }: { party: number; parties: number; round: number; secret: string },
): Uint32Array {
  const out = new Uint32Array(values.length), bound = most / parties;
  for (let i = 0; i < out.length; i++) {
    if (!(Math.abs(values[i]) <= bound)) {
      throw new RangeError(`Cannot mask ${values[i]} in row ${i}: allowed is up to ${bound} in size`);
    }
    out[i] = Math.round(values[i] * unit) >>> 0;
  }
  for (let other = 0; other < parties; other++) {
    if (other === party) continue;
    const stream = keystream(
      `${secret}/${Math.min(party, other)}/${Math.max(party, other)}/${round}`,
      out.length,
    );
    for (let i = 0; i < out.length; i++) out[i] += party < other ? stream[i] : -stream[i];
  }
  return out;
}

/**
 * The sum of all contributions: the masks have cancelled.
 *
 * Errors: `RangeError` for no contributions or different lengths.
 *
 * @example
 * ```ts
 * import { masked, unmasked } from "#/model/scoring/fusion/masked_sum.ts";
 * import assert from "node:assert/strict";
 * const terms = { parties: 3, round: 1, secret: "test" };
 * const handedIn = [[1.5], [-0.25], [2]].map((own, party) => masked(own, { ...terms, party }));
 * assert.equal(unmasked(handedIn)[0], 3.25);
 * // Without one of them nothing can be told.
 * assert.notEqual(unmasked(handedIn.slice(1))[0], 1.75);
 * ```
 */
export function unmasked(handedIn: readonly Uint32Array[]): Float64Array {
  const rows = handedIn[0]?.length ?? 0, sum = new Uint32Array(rows);
  if (handedIn.length === 0 || handedIn.some(({ length }) => length !== rows)) {
    throw new RangeError(
      `Cannot add ${
        handedIn.map(({ length }) => length).join(", ") || "no"
      } rows: allowed are as many of each owner`,
    );
  }
  for (const part of handedIn) for (let i = 0; i < rows; i++) sum[i] += part[i];
  return Float64Array.from(sum, (value) => (value | 0) / unit);
}

/** The mask of a pair for a round; whatever the order of its bytes, both hold the same. */
function keystream(name: string, words: number): Uint32Array {
  const digest = createHash("sha256").update(name).digest();
  const cipher = createCipheriv("aes-128-ctr", digest.subarray(0, 16), digest.subarray(16));
  const bytes = cipher.update(new Uint8Array(words * 4));
  // Counter mode leaves nothing over; the end gives the cipher's memory back.
  cipher.final();
  return new Uint32Array(new Uint8Array(bytes).buffer);
}
