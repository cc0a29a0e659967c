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
  /** Where it is another than the file's. */
  entropy?: Word | Word[];
  spawn_key: Word[];
  [state: `state${number}`]: Word[];
}

/** Reads the known answers of generators. */
export function generatorCases(text: string): CaseResult[] {
  const file = exactly(text) as Record<string, unknown>;
  const entropy = entropyOf(file.entropy as Word | Word[] | undefined ?? 0);
  return Object.entries(file).flatMap(([part, content]): CaseResult[] => {
    if (part === "note" || part === "source" || part === "entropy" || part === "split") return [];
    if (part === "philox4x32_10") {
      return (content as Block[]).map((block, i) => examine(`${part} ${i}`, () => blockOf32(block)));
    }
    if (part === "children") {
      return (content as Child[]).map((child) =>
        examine(
          `${part} ${child.spawn_key}`,
          () => childOf(child.entropy === undefined ? entropy : entropyOf(child.entropy), child),
        )
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
    return [examine(part, () => drawn(made.generator, made.draw, content as Word[]))];
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
function childOf(entropy: Entropy, { spawn_key: key, entropy: _own, ...states }: Child): void {
  const spawnKey = key.map(BigInt), given = Object.entries(states).filter(([name]) => /^state\d+/.test(name));
  if (given.length === 0) throw new RangeError("the case has no state");
  const sequences = [new SeedSequence(entropy, { spawnKey })];
  // A child far on is spawned from a parent that has had all those before; beyond 2^53 no parent counts that far.
  if (spawnKey.every((place) => place <= Number.MAX_SAFE_INTEGER)) {
    const spawned = (parent: SeedSequence, place: number) =>
      place < 16
        ? parent.spawn(place + 1)[place]
        : new SeedSequence(entropy, { spawnKey: parent.spawnKey, childrenSpawned: place }).spawn(1)[0];
    sequences.push(spawnKey.map(Number).reduce(spawned, new SeedSequence(entropy)));
  }
  for (const sequence of sequences) {
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
  const draw = drawOf(`_${name}`);
  if (!Array.isArray(given) || (key ?? seed) === undefined || !draw) return unread(name, `"${name}"`);
  return examine(name, () => {
    const generator = key === undefined
      ? new Philox4x64(BigInt(seed))
      : new Philox4x64({ key: BigInt(key), counter: BigInt(counter) });
    drawn(generator, draw, given);
  });
}

/** What a part's name asks to be drawn: words as they come, doubles, or whole numbers of a range. */
type Draw = (generator: Generator) => number | bigint;

function drawOf(name: string): Draw | undefined {
  const [, low, high] = /_integers?_(-?\d+)_(-?\d+)/.exec(name)?.map(Number) ?? [];
  if (low !== undefined) return (generator) => generator.integer(low, high);
  if (/_(raw|next)\d*$/.test(name)) return (generator) => generator.raw();
  return /_random\d*$/.test(name) ? (generator) => generator.random() : undefined;
}

/** The generator that a part's name asks for. The twister's bare seed is its authors'; with `numpy` or `seq` a seed sequence's. */
function seededBy(part: string): { generator: Generator; draw: Draw } | undefined {
  const [, kind, , number] = /^(pcg64|mt19937)_(.*_)?seed(\d+)/.exec(part) ?? [], draw = drawOf(part);
  if (!kind || !draw) return undefined;
  const seed = BigInt(number);
  if (kind === "pcg64") return { generator: new Pcg64(seed), draw };
  const isSequence = /numpy|seq/i.test(part);
  return { generator: isSequence ? new Mt19937(seed) : Mt19937.classic(Number(seed)), draw };
}

/** Holds when a generator draws these numbers. */
function drawn(generator: Generator, draw: Draw, expected: Word[]): void {
  // Words come as numbers, as numbers beyond 2^53 or as texts; both sides are told as texts of numbers.
  const told = (one: Word) => typeof one === "string" ? `${BigInt(one)}` : `${one}`;
  assert.deepEqual(expected.map(() => told(draw(generator))), expected.map(told));
}
