// What a pool and its workers say to each other: tasks and results by column, since threads copy numbers far quicker than objects.

import type { Supposition } from "#/scenarios/schema.ts";
import type { Setting } from "#/scenarios/sweep_schema.ts";
import type { Changes } from "#/sim/experiments/changes.ts";
import { entriesOf } from "#/sim/experiments/packed_outcomes.ts";
import type { Task, TaskResult } from "#/sim/experiments/pool.ts";

/** Tasks that are sent together; all use one opening book. One entry a task, but for `paths` and `values`. */
export interface Chunk {
  /** The number of the first task among all that this worker was sent. */
  first: number;
  openingKey: string;
  ids: string[];
  replications: number[];
  replays: string[];
  /** The number of each task's supposition. */
  bases: number[];
  /** How many changes each task has, and these of all tasks in a row: the number of a path, the new value. */
  counts: number[];
  paths: number[];
  values: Setting[];
  /** Suppositions and paths that the worker does not have yet, by number; with `forget` it drops those that it has. */
  freshBases: [number, Supposition][];
  freshPaths: [number, readonly string[]][];
  forget: boolean;
}

/** What a worker says. */
export type WorkerMessage =
  | { kind: "ready" }
  | { kind: "unable"; text: string }
  | { kind: "opened"; key: string }
  | { kind: "note"; text: string }
  | { kind: "results"; sent: SentResults; milliseconds: number };

/** Results that are sent together, in the order of their tasks. */
export interface SentResults {
  /** For each result the number of its layout; −1 where it is the next one of `others`. */
  layoutOf: number[];
  layouts: string[];
  /** The run hashes of those with a layout, and their values, in a row. */
  runHashes: string[];
  values: Float64Array;
  /** Failures, outcomes that could not be packed, and what comes with daily series. */
  others: TaskResult[];
}

// How many suppositions and paths a worker keeps.
const mostKept = 64;

/** The sending side of one worker: what it was sent already goes by number. */
export class ChunkSender {
  #bases = new Map<Supposition, number>();
  #paths = new Map<readonly string[], number>();
  #first = 0;

  /** A message of some tasks. Shapes: at least one, all of one opening book. */
  chunk(tasks: readonly Task[]): Chunk {
    const forget = this.#bases.size > mostKept || this.#paths.size > mostKept;
    if (forget) {
      this.#bases.clear();
      this.#paths.clear();
    }
    const chunk: Chunk = {
      ...{ first: this.#first, openingKey: tasks[0].openingKey, forget, freshBases: [], freshPaths: [] },
      ...{ ids: [], replications: [], replays: [], bases: [], counts: [], paths: [], values: [] },
    };
    for (const { id, supposition, changes = [], replication, replay } of tasks) {
      chunk.ids.push(id);
      chunk.replications.push(replication);
      chunk.replays.push(replay);
      chunk.bases.push(numberOf(supposition, this.#bases, chunk.freshBases));
      chunk.counts.push(changes.length);
      for (const [path, value] of changes) {
        chunk.paths.push(numberOf(path, this.#paths, chunk.freshPaths));
        chunk.values.push(value);
      }
    }
    this.#first += tasks.length;
    return chunk;
  }
}

/** The number of a thing; one that is new is numbered and goes among the fresh. */
function numberOf<T>(thing: T, known: Map<T, number>, fresh: [number, T][]): number {
  let number = known.get(thing);
  if (number === undefined) {
    known.set(thing, number = known.size);
    fresh.push([number, thing]);
  }
  return number;
}

/** The receiving side in a worker. */
export class ChunkReader {
  #bases: Supposition[] = [];
  #paths: (readonly string[])[] = [];

  /** The tasks of a message, in order. */
  *tasks(chunk: Chunk): Generator<Task> {
    if (chunk.forget) this.#bases.length = this.#paths.length = 0;
    for (const [number, supposition] of chunk.freshBases) this.#bases[number] = supposition;
    for (const [number, path] of chunk.freshPaths) this.#paths[number] = path;
    const { openingKey, ids, replications, replays, bases, counts, paths, values } = chunk;
    let at = 0;
    for (let i = 0; i < ids.length; i++) {
      const changes: (readonly [readonly string[], Setting])[] = [];
      for (const end = at + counts[i]; at < end; at++) changes.push([this.#paths[paths[at]], values[at]]);
      yield {
        ...{ id: ids[i], supposition: this.#bases[bases[i]], changes: changes as Changes, openingKey },
        ...{ replication: replications[i], replay: replays[i] },
      };
    }
  }
}

/**
 * Results as one message.
 *
 * @example
 * ```ts
 * import { packResults, unpackResults } from "#/sim/experiments/pool_messages.ts";
 * import assert from "node:assert/strict";
 * const outcomes = { layout: '[["gmv","CNY"]]', values: Float64Array.of(5) };
 * const results = [{ status: "done", outcomes, runHash: "a" }] as const;
 * assert.deepEqual(unpackResults(packResults(results)), results);
 * ```
 */
export function packResults(results: readonly TaskResult[]): SentResults {
  const layouts = new Map<string, number>(), layoutOf: number[] = [], runHashes: string[] = [];
  const others: TaskResult[] = [], packed: Float64Array[] = [];
  let length = 0;
  for (const result of results) {
    if (result.status === "failed" || typeof result.outcomes === "string" || result.series) {
      others.push(result);
      layoutOf.push(-1);
      continue;
    }
    const { outcomes: { layout, values }, runHash } = result;
    let number = layouts.get(layout);
    if (number === undefined) layouts.set(layout, number = layouts.size);
    layoutOf.push(number);
    runHashes.push(runHash);
    packed.push(values);
    length += values.length;
  }
  const values = new Float64Array(length);
  let at = 0;
  for (const some of packed) {
    values.set(some, at);
    at += some.length;
  }
  return { layoutOf, layouts: [...layouts.keys()], runHashes, values, others };
}

/** What {@link packResults} packed. Values are views of the message. */
export function unpackResults({ layoutOf, layouts, runHashes, values, others }: SentResults): TaskResult[] {
  const sizes = layouts.map((layout) => entriesOf(layout).length);
  let at = 0, hash = 0, other = 0;
  return layoutOf.map((number) => {
    if (number < 0) return others[other++];
    const from = at;
    at += sizes[number];
    const outcomes = { layout: layouts[number], values: values.subarray(from, at) };
    return { status: "done", outcomes, runHash: runHashes[hash++] };
  });
}
