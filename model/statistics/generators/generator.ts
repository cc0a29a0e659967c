// What random number generators share: numbers from 0 to 1 and whole numbers in a range, from words of 32 and 64 bits.

import { type Entropy, SeedSequence } from "./seed_sequence.ts";

const words32 = 4_294_967_296;

/**
 * A generator of random numbers, with the numbers that NumPy's generators of the same kind, state and calls give.
 *
 * It has a state and an order, so a run never draws from one: runs draw from counters (`philox.ts`).
 */
export abstract class Generator {
  /** What it was seeded from, where that was a seed sequence. */
  readonly seedSequence?: SeedSequence;

  constructor(seedSequence?: SeedSequence) {
    this.seedSequence = seedSequence;
  }

  /** The next word in the generator's own width, as `random_raw` gives it. */
  abstract raw(): bigint;
  /** The next word of 32 bits. */
  abstract word32(): number;
  /** The next word of 64 bits. */
  abstract word64(): bigint;
  /** A generator of the same kind from another seed sequence. */
  protected abstract like(seed: SeedSequence): Generator;

  /** A number in [0, 1) with 53 random bits. */
  random(): number {
    return Number(this.word64() >> 11n) / 9_007_199_254_740_992;
  }

  /** So many numbers in [0, 1). */
  randoms(count: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.random());
  }

  /**
   * A whole number from `low` up to but not including `high`, each as likely.
   *
   * Errors: `RangeError` unless both are whole and `low` is below `high`, at most 2^53 apart.
   * Source: D. Lemire, "Fast Random Integer Generation in an Interval" (2019).
   */
  integer(low: number, high: number): number {
    const width = high - low;
    if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || !(width > 0)) {
      throw new RangeError(
        `Cannot draw from [${low}, ${high}): allowed are whole numbers, the first below the second`,
      );
    }
    if (!Number.isSafeInteger(width)) {
      throw new RangeError(`Cannot draw from [${low}, ${high}): at most 2^53 numbers are allowed`);
    }
    if (width === 1) return low;
    if (width === words32) return low + this.word32();
    const bits = width < words32 ? 32n : 64n, size = BigInt(width), mask = (1n << bits) - 1n;
    const next = () => (width < words32 ? BigInt(this.word32()) : this.word64()) * size;
    let product = next();
    if ((product & mask) < size) {
      // Below this rest some numbers would be likelier than others.
      const least = ((1n << bits) - size) % size;
      while ((product & mask) < least) product = next();
    }
    return low + Number(product >> bits);
  }

  /**
   * Generators of the same kind whose numbers have nothing to do with each other or with this one's.
   *
   * Errors: `TypeError` for a generator that was not seeded from a seed sequence.
   */
  spawn(children: number): this[] {
    if (!this.seedSequence) {
      throw new TypeError("A generator whose state was given has no seed sequence to spawn from");
    }
    return this.seedSequence.spawn(children).map((seed) => this.like(seed) as this);
  }
}

/** A generator whose own words have 64 bits: two of 32 bits are one word, the lower half first. */
export abstract class Generator64 extends Generator {
  #upper: number | undefined;

  raw(): bigint {
    return this.word64();
  }

  word32(): number {
    const kept = this.#upper;
    if (kept !== undefined) {
      this.#upper = undefined;
      return kept;
    }
    const word = this.word64();
    this.#upper = Number(word >> 32n);
    return Number(word & 0xffff_ffffn);
  }

  /** Forgets a half word, as a jump does. */
  protected forgetHalf(): void {
    this.#upper = undefined;
  }
}

/** A seed as a seed sequence; one that is one already stays. */
export function seeded(seed: Entropy | SeedSequence): SeedSequence {
  return seed instanceof SeedSequence ? seed : new SeedSequence(seed);
}
