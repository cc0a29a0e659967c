// MT19937, the Mersenne Twister: old, large and still what many published results were drawn from.

import { Generator, seeded } from "./generator.ts";
import { type Entropy, SeedSequence, wordsOf } from "./seed_sequence.ts";

const size = 624, middle = 397;
const upperBit = 0x8000_0000, lowerBits = 0x7fff_ffff;

/**
 * The Mersenne Twister, in the two ways in which it is seeded.
 *
 * `new Mt19937(seed)` is seeded from a seed sequence, as NumPy's `Generator(MT19937(seed))`; `Mt19937.classic(seed)` as the authors
 * and NumPy's `RandomState(seed)` seed it: one number by `init_genrand`, a list by `init_by_array`.
 *
 * Shapes: words of 32 bits; the period is 2^19937 − 1.
 * Errors: `RangeError` for a seed that is negative, not whole, or, in the classic way, beyond 32 bits or an empty list.
 * Source: M. Matsumoto and T. Nishimura, ACM Transactions on Modeling and Computer Simulation 8 (1998); seeding of 2002.
 *
 * @example
 * ```ts
 * import { Mt19937 } from "#/model/statistics/generators/mt19937.ts";
 * import assert from "node:assert/strict";
 * const classic = Mt19937.classic(5489);
 * assert.deepEqual([classic.word32(), classic.word32()], [3_499_211_612, 581_869_302]);
 * ```
 */
export class Mt19937 extends Generator {
  readonly #state: Uint32Array;
  #at: number;

  constructor(seed: Entropy | SeedSequence | { state: Uint32Array }) {
    const given = typeof seed === "object" && "state" in seed ? seed.state : undefined;
    const sequence = given ? undefined : seeded(seed as Entropy | SeedSequence);
    super(sequence);
    if (given) {
      if (given.length !== size) {
        throw new RangeError(`The state of MT19937 has ${size} words, not ${given.length}`);
      }
      this.#state = given.slice();
      this.#at = size;
    } else {
      this.#state = sequence!.generateState(size);
      this.#state[0] = upperBit;
      // NumPy begins at the last word of the state as it was seeded.
      this.#at = size - 1;
    }
  }

  /** Seeds it as its authors do; such a generator cannot spawn. */
  static classic(seed: number | readonly number[]): Mt19937 {
    return new Mt19937({ state: typeof seed === "number" ? fromNumber(word(seed)) : fromList(seed) });
  }

  word32(): number {
    if (this.#at >= size) this.#twist();
    let y = this.#state[this.#at++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c_5680;
    y ^= y << 15 & 0xefc6_0000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  raw(): bigint {
    return BigInt(this.word32());
  }

  /** The upper half is drawn first. */
  word64(): bigint {
    const high = this.word32();
    return BigInt(high) << 32n | BigInt(this.word32());
  }

  /** 27 bits of one word above 26 of the next. */
  override random(): number {
    const high = this.word32() >>> 5, low = this.word32() >>> 6;
    return (high * 67_108_864 + low) / 9_007_199_254_740_992;
  }

  #twist(): void {
    const state = this.#state;
    for (let k = 0; k < size; k++) {
      const y = (state[k] & upperBit) | (state[(k + 1) % size] & lowerBits);
      state[k] = state[(k + middle) % size] ^ y >>> 1 ^ (y & 1 ? 0x9908_b0df : 0);
    }
    this.#at = 0;
  }

  protected like(seed: SeedSequence): Mt19937 {
    return new Mt19937(seed);
  }
}

/** One word of 32 bits. */
function word(seed: number): number {
  const words = wordsOf(seed);
  if (words.length > 1) throw new RangeError(`Cannot seed with ${seed}: allowed are numbers below 2^32`);
  return words[0];
}

/** `init_genrand`. */
function fromNumber(seed: number): Uint32Array {
  const state = new Uint32Array(size);
  state[0] = seed;
  for (let i = 1; i < size; i++) {
    state[i] = Math.imul(1_812_433_253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
  }
  return state;
}

/** `init_by_array`. */
function fromList(seeds: readonly number[]): Uint32Array {
  if (seeds.length === 0) {
    throw new RangeError("Cannot seed with an empty list: at least one number is needed");
  }
  const key = seeds.map(word), state = fromNumber(19_650_218);
  const mixed = (i: number, multiplier: number) =>
    Math.imul(state[i - 1] ^ (state[i - 1] >>> 30), multiplier) ^ state[i];
  let i = 1;
  const on = () => {
    if (++i < size) return;
    state[0] = state[size - 1];
    i = 1;
  };
  for (let k = 0, j = 0; k < Math.max(size, key.length); k++) {
    state[i] = mixed(i, 1_664_525) + key[j] + j;
    on();
    j = (j + 1) % key.length;
  }
  for (let k = 1; k < size; k++) {
    state[i] = mixed(i, 1_566_083_941) - i;
    on();
  }
  state[0] = upperBit;
  return state;
}
