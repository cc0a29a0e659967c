// wb/seeds_rng.json: random number generators, the one of runs (Philox4x32-10) and those that share draws with Python.

import assert from "node:assert/strict";
import type { Generator } from "#/model/statistics/generators/generator.ts";
import { Mt19937 } from "#/model/statistics/generators/mt19937.ts";
import { Pcg64 } from "#/model/statistics/generators/pcg64.ts";
import { Philox4x64, philox4x64 } from "#/model/statistics/generators/philox_4x64.ts";
import { type Entropy, SeedSequence } from "#/model/statistics/generators/seed_sequence.ts";
import { philox } from "#/model/statistics/philox.ts";
import { type CaseResult, examine, unread } from "../case.ts";

type Word = number | bigint | string;
type Words = string | Word[];
interface Block {
  ctr: Words;
  key: Words;
  out: Words;
}
interface Child {
  spawn_key: Word[];
  [state: `state${number}`]: Word[];
}

/** Reads the known answers of generators. */
export function generatorCases(text: string): CaseResult[] {
  const file = exactly(text) as Record<string, unknown>;
  const entropy = entropyOf(file.entropy as Word | Word[] | undefined ?? 0);
  return Object.entries(file).flatMap(([part, content]): CaseResult[] => {
    if (part === "note" || part === "entropy" || part === "split") return [];
    if (part === "philox4x32_10") {
      return (content as Block[]).map((block, i) => examine(`${part} ${i}`, () => blockOf32(block)));
    }
    if (part === "children") {
      return (content as Child[]).map((child) =>
        examine(`${part} ${child.spawn_key}`, () => childOf(entropy, child))
      );
    }
    if (/^state\d+(_uint64)?$/.test(part)) {
      return [
        examine(part, () => state(new SeedSequence(entropy), content as Word[], part.endsWith("_uint64"))),
      ];
    }
    if (/^philox4x64/.test(part)) {
      const parts = Array.isArray(content)
        ? content.map((one, i) => [`${i}`, one])
        : Object.entries(content as object);
      return parts.filter(([name]) => name !== "note").map(([name, given]) => wide(`${part} ${name}`, given));
    }
    const made = seededBy(part);
    if (!made || !Array.isArray(content)) return [unread(part, `part "${part}"`)];
    return [examine(part, () => drawn(made.generator, made.isDouble, content as Word[]))];
  });
}

/** Numbers beyond 2^53 as they stand in the text. */
function exactly(text: string): unknown {
  // The parser gives a number's own digits; its types do not say so yet.
  const revive = (_key: string, value: unknown, { source }: { source?: string } = {}) =>
    typeof value === "number" && !Number.isSafeInteger(value) && /^\d+$/.test(source ?? "")
      ? BigInt(source!)
      : value;
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown);
}

const entropyOf = (given: Word | Word[]): Entropy => Array.isArray(given) ? given.map(BigInt) : BigInt(given);

/** Words as a list of numbers or texts, or as hexadecimal numbers with blanks between them. */
function words(given: Words): bigint[] {
  if (typeof given !== "string") return given.map(BigInt);
  return given.trim().split(/\s+/).map((word) => BigInt(word.startsWith("0x") ? word : `0x${word}`));
}

function blockOf32({ ctr, key, out }: Block): void {
  const own = new Uint32Array(4),
    [c0, c1, c2, c3] = words(ctr).map(Number),
    [key0, key1] = words(key).map(Number);
  philox(c0, c1, c2, c3, key0, key1, own);
  assert.deepEqual([...own].map(BigInt), words(out));
}

function state(sequence: SeedSequence, expected: Word[], is64: boolean): void {
  const own = is64
    ? [...sequence.generateState64(expected.length)]
    : [...sequence.generateState(expected.length)].map(BigInt);
  assert.deepEqual(own, expected.map(BigInt));
}

/** A child by its key, and as it is spawned from its parents. */
function childOf(entropy: Entropy, { spawn_key: key, ...states }: Child): void {
  const spawnKey = key.map(Number), given = Object.entries(states).filter(([name]) => /^state\d+/.test(name));
  if (given.length === 0) throw new RangeError("the case has no state");
  const spawned = spawnKey.reduce(
    (parent, place) => parent.spawn(place + 1)[place],
    new SeedSequence(entropy),
  );
  for (const sequence of [new SeedSequence(entropy, { spawnKey }), spawned]) {
    for (const [name, words] of given) state(sequence, words as Word[], name.endsWith("_uint64"));
  }
}

/** Words of 64 bits: a block of its own, or what a counter, a key or a seed in its name draw. */
function wide(name: string, given: unknown): CaseResult {
  const joined = (list: bigint[]) => list.reduceRight((sum, word) => sum << 64n | word, 0n);
  if (typeof given === "object" && given !== null && !Array.isArray(given) && "ctr" in given) {
    const { ctr, key, out } = given as Block;
    return examine(
      name,
      () => assert.deepEqual(philox4x64(joined(words(ctr)), joined(words(key))), words(out)),
    );
  }
  const [, counter, key] = /counter(\d+)_key(\d+)/.exec(name) ?? [], [, seed] = /seed(\d+)/.exec(name) ?? [];
  if (!Array.isArray(given) || (key ?? seed) === undefined) return unread(name, `"${name}"`);
  return examine(name, () => {
    const generator = key === undefined
      ? new Philox4x64(BigInt(seed))
      : new Philox4x64({ key: BigInt(key), counter: BigInt(counter) });
    drawn(generator, name.includes("random"), given);
  });
}

/** The generator that a part's name asks for. The twister's bare seed is its authors'; with `numpy` or `seq` a seed sequence's. */
function seededBy(part: string): { generator: Generator; isDouble: boolean } | undefined {
  const [, kind, , number] = /^(pcg64|mt19937)_(.*_)?seed(\d+)/.exec(part) ?? [];
  if (!kind) return undefined;
  const seed = BigInt(number), isDouble = part.includes("random") && !part.includes("raw");
  if (kind === "pcg64") return { generator: new Pcg64(seed), isDouble };
  const isSequence = /numpy|seq/i.test(part);
  return { generator: isSequence ? new Mt19937(seed) : Mt19937.classic(Number(seed)), isDouble };
}

/** Holds when a generator draws these doubles, or these words of its own width. */
function drawn(generator: Generator, isDouble: boolean, expected: Word[]): void {
  if (isDouble) assert.deepEqual(expected.map(() => generator.random()), expected.map(Number));
  else assert.deepEqual(expected.map(() => generator.raw()), expected.map(BigInt));
}
