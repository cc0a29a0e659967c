// PCG64: a 128-bit linear congruential generator whose output is folded and turned. NumPy's generator unless one is named.

import { Generator64, seeded } from "./generator.ts";
import type { Entropy, SeedSequence } from "./seed_sequence.ts";

const multiplier = 0x2360ed051fc65da44385df649fccf645n;
const mask128 = (1n << 128n) - 1n, mask64 = (1n << 64n) - 1n;

/**
 * PCG64 (XSL RR 128/64), seeded as NumPy's `default_rng(seed)` is.
 *
 * Shapes: words of 64 bits; the period is 2^128.
 * Errors: `RangeError` for a seed that is negative or not whole.
 * Source: M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
 * Generation" (2014).
 *
 * @example
 * ```ts
 * import { Pcg64 } from "#/model/statistics/generators/pcg64.ts";
 * import assert from "node:assert/strict";
 * assert.equal(new Pcg64(42).random(), 0.7739560485559633);
 * ```
 */
export class Pcg64 extends Generator64 {
  #state: bigint;
  readonly #increment: bigint;

  constructor(seed: Entropy | SeedSequence) {
    const sequence = seeded(seed);
    super(sequence);
    const [stateHigh, stateLow, streamHigh, streamLow] = sequence.generateState64(4);
    this.#increment = ((streamHigh << 64n | streamLow) << 1n | 1n) & mask128;
    this.#state = this.#stepped(this.#increment + (stateHigh << 64n | stateLow));
  }

  #stepped(state: bigint): bigint {
    return (state * multiplier + this.#increment) & mask128;
  }

  word64(): bigint {
    const state = this.#state = this.#stepped(this.#state);
    const folded = (state >> 64n) ^ (state & mask64), turn = state >> 122n;
    return (folded >> turn | folded << (64n - turn)) & mask64;
  }

  /**
   * Goes on by so many words in a number of steps that grows with the logarithm of their number; a negative number goes back.
   *
   * Source: F. B. Brown, "Random Number Generation with Arbitrary Stride" (1994).
   */
  advance(words: bigint): this {
    let factor = multiplier, addend = this.#increment, factorOfAll = 1n, addendOfAll = 0n;
    for (let rest = words & mask128; rest > 0n; rest >>= 1n) {
      if (rest & 1n) {
        factorOfAll = factorOfAll * factor & mask128;
        addendOfAll = (addendOfAll * factor + addend) & mask128;
      }
      addend = (factor + 1n) * addend & mask128;
      factor = factor * factor & mask128;
    }
    this.#state = (factorOfAll * this.#state + addendOfAll) & mask128;
    this.forgetHalf();
    return this;
  }

  protected like(seed: SeedSequence): Pcg64 {
    return new Pcg64(seed);
  }
}
