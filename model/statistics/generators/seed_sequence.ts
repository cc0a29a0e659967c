// Seed sequences: any whole numbers become a pool of well-mixed words, from which generators and their children are seeded.

import { wholeWithin } from "#/model/statistics/designs/refuse.ts";

/** What a seed may be: a whole number from 0 of any size, or a list of them. */
export type Entropy = number | bigint | readonly (number | bigint)[];

const initialA = 0x43b0d7e5, multiplierA = 0x931e8875;
const initialB = 0x8b51f9dd, multiplierB = 0x58f38ded;
const mixLeft = 0xca01f9dd, mixRight = 0x4973f715;

/**
 * A seed sequence with the words that NumPy's `SeedSequence` gives for the same entropy.
 *
 * Shapes: `entropy` of any size; `spawnKey` tells children of one parent apart; the pool has `poolSize` words, 4 or more.
 * Errors: `RangeError` for numbers that are negative, not whole, or beyond 2^53 without being a bigint, and for a small pool.
 * Source: M. E. O'Neill, "Developing a seed_seq Alternative" (2015).
 *
 * @example
 * ```ts
 * import { SeedSequence } from "#/model/statistics/generators/seed_sequence.ts";
 * import assert from "node:assert/strict";
 * const parent = new SeedSequence(12345);
 * assert.equal(parent.generateState(1)[0], 2_688_385_916);
 * const [first, second] = parent.spawn(2);
 * assert.deepEqual([first.spawnKey, second.spawnKey], [[0], [1]]);
 * assert.notDeepEqual(first.generateState(4), second.generateState(4));
 * ```
 */
export class SeedSequence {
  readonly entropy: Entropy;
  readonly spawnKey: readonly (number | bigint)[];
  readonly poolSize: number;
  readonly #pool: Uint32Array;
  #children: number;

  constructor(
    entropy: Entropy,
    { spawnKey = [], poolSize = 4, childrenSpawned = 0 }: {
      spawnKey?: readonly (number | bigint)[];
      poolSize?: number;
      childrenSpawned?: number;
    } = {},
  ) {
    wholeWithin(poolSize, [4, 1_024], "words in the pool of a seed sequence");
    wholeWithin(childrenSpawned, [0, Number.MAX_SAFE_INTEGER], "children of a seed sequence");
    this.entropy = entropy;
    this.spawnKey = spawnKey;
    this.poolSize = poolSize;
    this.#children = childrenSpawned;
    const own = wordsOf(entropy), key = wordsOf(spawnKey);
    // Without the zeros a short seed with a key would be the longer seed without one.
    if (key.length > 0) { while (own.length < poolSize) own.push(0); }
    this.#pool = mixed([...own, ...key], poolSize);
  }

  /** How many children were spawned. */
  get childrenSpawned(): number {
    return this.#children;
  }

  /** The first 32-bit words of the sequence, the same at each call. Errors: `RangeError` for a count that is not whole or negative. */
  generateState(words: number): Uint32Array {
    wholeWithin(words, [0, 16_777_216], "words of a seed sequence");
    const state = new Uint32Array(words);
    let constant = initialB;
    for (let i = 0; i < words; i++) {
      const word = this.#pool[i % this.poolSize] ^ constant;
      constant = Math.imul(constant, multiplierB);
      state[i] = folded(Math.imul(word, constant));
    }
    return state;
  }

  /** The first 64-bit words: pairs of 32-bit words, the lower first. Errors: as of {@link generateState}. */
  generateState64(words: number): BigUint64Array {
    wholeWithin(words, [0, 8_388_608], "words of a seed sequence");
    const halves = this.generateState(2 * words);
    return BigUint64Array.from(
      { length: words },
      (_, i) => BigInt(halves[2 * i]) | BigInt(halves[2 * i + 1]) << 32n,
    );
  }

  /** The next children: sequences of their own, which no other child and no parent repeats. Errors: `RangeError`, as for words. */
  spawn(children: number): SeedSequence[] {
    wholeWithin(children, [0, 16_777_216], "children of a seed sequence");
    const { entropy, poolSize } = this, first = this.#children;
    this.#children += children;
    return Array.from(
      { length: children },
      (_, i) => new SeedSequence(entropy, { spawnKey: [...this.spawnKey, first + i], poolSize }),
    );
  }
}

/**
 * Whole numbers as 32-bit words, the lowest first; 0 is one word.
 *
 * Errors: `RangeError` for a number that is negative, not whole, or beyond 2^53 without being a bigint.
 *
 * @example
 * ```ts
 * import { wordsOf } from "#/model/statistics/generators/seed_sequence.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(wordsOf([0, 7, 0x1_0000_0002n]), [0, 7, 2, 1]);
 * ```
 */
export function wordsOf(numbers: Entropy): number[] {
  const list = typeof numbers === "object" ? numbers : [numbers];
  return list.flatMap((number) => {
    const isWhole = typeof number === "bigint" || Number.isSafeInteger(number);
    if (!isWhole || number < 0) {
      throw new RangeError(
        `Cannot seed with ${number}: allowed are whole numbers from 0, as bigint beyond 2^53`,
      );
    }
    const words: number[] = [];
    let rest = BigInt(number);
    do {
      words.push(Number(rest & 0xffff_ffffn));
      rest >>= 32n;
    } while (rest > 0n);
    return words;
  });
}

/** The pool: each word of the entropy changes every word of it. */
function mixed(entropy: readonly number[], size: number): Uint32Array {
  const pool = new Uint32Array(size);
  let constant = initialA;
  const hash = (word: number) => {
    const changed = word ^ constant;
    constant = Math.imul(constant, multiplierA);
    return folded(Math.imul(changed, constant));
  };
  const mix = (x: number, y: number) => folded(Math.imul(mixLeft, x) - Math.imul(mixRight, y));
  for (let i = 0; i < size; i++) pool[i] = hash(entropy[i] ?? 0);
  for (let from = 0; from < size; from++) {
    for (let to = 0; to < size; to++) if (from !== to) pool[to] = mix(pool[to], hash(pool[from]));
  }
  for (let from = size; from < entropy.length; from++) {
    for (let to = 0; to < size; to++) pool[to] = mix(pool[to], hash(entropy[from]));
  }
  return pool;
}

const folded = (word: number) => word ^ (word >>> 16);
