// Philox4x64-10: four words of 64 bits from a counter and a key, and the generator that counts up.

import { Generator64, seeded } from "./generator.ts";
import { type Entropy, SeedSequence } from "./seed_sequence.ts";

const multiplier0 = 0xd2e7470ee14c6c93n, multiplier1 = 0xca5a826395121157n;
const weyl0 = 0x9e3779b97f4a7c15n, weyl1 = 0xbb67ae8584caa73bn;
const mask64 = (1n << 64n) - 1n, mask128 = (1n << 128n) - 1n, mask256 = (1n << 256n) - 1n;

/**
 * The block of four 64-bit words that belongs to a counter and a key.
 *
 * Shapes: `counter` and `key` are whole numbers, taken modulo 2^256 and 2^128; their lowest 64 bits are the first words.
 * Errors: none.
 * Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011; ten rounds.
 *
 * @example
 * ```ts
 * import { philox4x64 } from "#/model/statistics/generators/philox_4x64.ts";
 * import assert from "node:assert/strict";
 * assert.equal(philox4x64(0n, 0n)[0], 0x16554d9eca36314cn);
 * ```
 */
export function philox4x64(counter: bigint, key: bigint): [bigint, bigint, bigint, bigint] {
  let [c0, c1, c2, c3] = [0n, 64n, 128n, 192n].map((at) => counter >> at & mask64);
  let k0 = key & mask64, k1 = key >> 64n & mask64;
  for (let round = 0; round < 10; round++) {
    const product0 = c0 * multiplier0, product1 = c2 * multiplier1;
    c0 = (product1 >> 64n) ^ c1 ^ k0;
    c1 = product1 & mask64;
    c2 = (product0 >> 64n) ^ c3 ^ k1;
    c3 = product0 & mask64;
    k0 = (k0 + weyl0) & mask64;
    k1 = (k1 + weyl1) & mask64;
  }
  return [c0, c1, c2, c3];
}

/**
 * A generator that draws the blocks of one key in the order of their counters, as NumPy's `Philox` does: it counts up *before*
 * each block, so that the first block is that of counter + 1.
 *
 * Shapes: a seed, or a key (below 2^128) with a counter (below 2^256).
 * Errors: `RangeError` for a seed that is negative or not whole.
 *
 * @example
 * ```ts
 * import { Philox4x64, philox4x64 } from "#/model/statistics/generators/philox_4x64.ts";
 * import assert from "node:assert/strict";
 * const drawn = new Philox4x64({ key: 7n, counter: 2n });
 * assert.deepEqual([drawn.raw(), drawn.raw()], philox4x64(3n, 7n).slice(0, 2));
 * ```
 */
export class Philox4x64 extends Generator64 {
  readonly #key: bigint;
  #counter: bigint;
  #block: readonly bigint[] = [];
  #next = 4;

  constructor(seed: Entropy | SeedSequence | { key: bigint; counter?: bigint }) {
    const sequence = isKey(seed) ? undefined : seeded(seed);
    super(sequence);
    if (isKey(seed)) {
      this.#key = seed.key & mask128;
      this.#counter = (seed.counter ?? 0n) & mask256;
    } else {
      const [low, high] = sequence!.generateState64(2);
      this.#key = high << 64n | low;
      this.#counter = 0n;
    }
  }

  word64(): bigint {
    if (this.#next === 4) {
      this.#counter = (this.#counter + 1n) & mask256;
      this.#block = philox4x64(this.#counter, this.#key);
      this.#next = 0;
    }
    return this.#block[this.#next++];
  }

  /** Counts on by so many blocks and forgets what is left of the present one. */
  advance(blocks: bigint): this {
    this.#counter = (this.#counter + blocks) & mask256;
    this.#next = 4;
    this.forgetHalf();
    return this;
  }

  protected like(seed: SeedSequence): Philox4x64 {
    return new Philox4x64(seed);
  }
}

const isKey = (
  seed: Entropy | SeedSequence | { key: bigint; counter?: bigint },
): seed is { key: bigint; counter?: bigint } =>
  typeof seed === "object" && !Array.isArray(seed) && !(seed instanceof SeedSequence);
