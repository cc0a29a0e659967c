// A pool of worker threads: each does jobs by the chunk; one that dies, hangs or runs out of memory costs one job, not the sweep.

import { Worker } from "node:worker_threads";
import type { Supposition } from "#/scenarios/schema.ts";
import type * as simulation from "#/sim/run.ts";
import type { Changes } from "#/sim/experiments/changes.ts";
import { hasOpeningBook } from "#/sim/experiments/opening_cache.ts";
import type { RowOutcomes } from "#/sim/experiments/packed_outcomes.ts";
import {
  type Chunk,
  ChunkSender,
  unpackResults,
  type WorkerMessage,
} from "#/sim/experiments/pool_messages.ts";
import type { DailyRecord } from "#/sim/result.ts";
import type { FailureKind } from "#/sim/experiments/store.ts";

/** What a worker does. */
export interface Task {
  id: string;
  /** What is supposed, but for `changes`; the same object for all tasks that share it, since a worker is sent it once. */
  supposition: Supposition;
  changes?: Changes;
  replication: number;
  /** The command that gives this run again. */
  replay: string;
  /** Tasks of one key share an opening book: while one of them makes it, the others wait. */
  openingKey: string;
}

/** What becomes of a task. */
export type TaskResult =
  | {
    status: "done";
    outcomes: RowOutcomes;
    runHash: string;
    /** The run's daily series as the bytes of an Arrow file, where they were asked for. */
    series?: Uint8Array;
  }
  | { status: "failed"; errorKind: FailureKind; errorMessage: string };

/** What a worker is given at its start. */
export interface WorkerData {
  runner: string;
  engine: string;
  openingFolder: string;
  /** Where daily series are kept; nowhere unless said. */
  seriesFolder?: string;
  /** Whether daily series come back with the results. */
  sendSeries?: boolean;
  /** Two shared doubles: the number of the task in work, and the milliseconds since 1970 at which it was begun (0: none). */
  clock: SharedArrayBuffer;
}

/** What a module that runs gives a worker: a run whose `outcomes` are any plain data, and the history before it. */
export interface Runner {
  run: (
    ...asked: Parameters<typeof simulation.run>
  ) => { outcomes: unknown; hash: string; daily?: DailyRecord };
  buildOpeningBook: typeof simulation.buildOpeningBook;
}

/** How the pool works. */
export interface PoolOptions<T extends Task> {
  workers: number;
  /** Given to each worker. */
  workerData: Omit<WorkerData, "clock">;
  timeoutSeconds: number;
  /** Most MiB of JavaScript objects a worker; typed arrays come on top (see memory.ts). */
  heapMib: number;
  /** Called in order of arrival. What it throws ends the pool. */
  onResult: (task: T, result: TaskResult) => void;
  onNote?: (note: string) => void;
  /** Ends the pool after an interruption; tasks in work are dropped. */
  signal?: AbortSignal;
  /** Given a function that has the pool look for tasks again: for a source that said `undefined`, nothing at the moment. */
  onOpen?: (look: () => void) => void;
}

// How many tasks may wait for an opening book before the pool reads no further ahead.
const mostHeld = 1_000;
// A chunk lasts about this long, so that a message is worth its price and no worker is idle at the end for longer.
const chunkMilliseconds = 20, mostInChunk = 2_000, mostChunksAhead = 2;
// A worker's clock is looked at this often while it works.
const longestUnwatchedMilliseconds = 1_000;
const unable = (why: string) => new Error(`The workers of the sweep cannot start: ${why}`);

interface Seat<T> {
  worker: Worker;
  clock: Float64Array;
  /** Tasks that it was sent and has not answered, in order, and the number of the first of them. */
  pending: T[];
  first: number;
  chunks: number;
  sender: ChunkSender;
  timer?: ReturnType<typeof setTimeout>;
  ready: boolean;
}

/**
 * Does all tasks. They are read as workers become free, so that a long list need not exist; short ones go by the chunk.
 *
 * Shapes: tasks in the order in which they are to begin; those whose opening book is being made by another worker wait, the
 * next ones are begun meanwhile. Errors: what `onResult` throws; an `Error` when the workers cannot start at all.
 */
export function runPool<T extends Task>(
  tasks: Iterable<T | undefined>,
  options: PoolOptions<T>,
): Promise<void> {
  const { workers, workerData, timeoutSeconds, heapMib, onResult, onNote, signal } = options;
  const limit = timeoutSeconds * 1_000, queue = tasks[Symbol.iterator]();
  let again: T[] = [];
  const held: T[] = [];
  const opening = new Set<string>(), opened = new Set<string>();
  const seats = new Set<Seat<T>>();
  let exhausted = false, over = false, millisecondsEach = Infinity;
  const { promise, resolve, reject } = Promise.withResolvers<void>();

  const finish = (error?: unknown) => {
    if (over) return;
    over = true;
    signal?.removeEventListener("abort", stop);
    const leaving = [...seats].map((seat) => {
      clearTimeout(seat.timer);
      return seat.worker.terminate();
    });
    Promise.allSettled(leaving).then(() => error === undefined ? resolve() : reject(error));
  };
  const stop = () => finish();

  const next = (): T | undefined => {
    const waiting = held.findIndex(({ openingKey }) => !opening.has(openingKey));
    if (waiting >= 0) return held.splice(waiting, 1)[0];
    const redo = again.findIndex(({ openingKey }) => !opening.has(openingKey));
    if (redo >= 0) return again.splice(redo, 1)[0];
    while (!exhausted && held.length < mostHeld) {
      const { value, done } = queue.next();
      if (done) exhausted = true;
      else if (value === undefined) return undefined;
      else if (opening.has(value.openingKey)) held.push(value);
      else return value;
    }
  };

  /** One task where its book has to be made or tasks are long; else as many of that book as a chunk lasts. */
  const nextChunk = (): T[] => {
    const first = next();
    if (!first) return [];
    const chunk = [first];
    if (!opened.has(first.openingKey)) {
      if (!hasOpeningBook(workerData.openingFolder, first.openingKey)) {
        opening.add(first.openingKey);
        return chunk;
      }
      // Nobody waits for a book that is there to be read.
      opened.add(first.openingKey);
    }
    const size = Math.min(mostInChunk, Math.floor(chunkMilliseconds / millisecondsEach));
    while (chunk.length < size) {
      const more = next();
      if (!more) break;
      if (more.openingKey !== first.openingKey) {
        held.unshift(more);
        break;
      }
      chunk.push(more);
    }
    return chunk;
  };

  const feed = () => {
    if (over) return;
    try {
      for (let ahead = 0; ahead < mostChunksAhead; ahead++) {
        // Long tasks are not sent ahead: another worker may be free first. While a book is made, what follows it waits.
        if (ahead > 0 && (opening.size > 0 || !(millisecondsEach < chunkMilliseconds))) break;
        for (const seat of seats) {
          // What is sent to a worker before it listens is lost.
          if (!seat.ready || seat.chunks > ahead) continue;
          const chunk = nextChunk();
          if (chunk.length === 0) break;
          give(seat, chunk);
        }
      }
      const busy = [...seats].some(({ pending }) => pending.length > 0);
      if (!busy && exhausted && held.length === 0 && again.length === 0) finish();
    } catch (error) {
      finish(error);
    }
  };

  const give = (seat: Seat<T>, chunk: T[]) => {
    seat.pending.push(...chunk);
    seat.chunks++;
    seat.timer ??= setTimeout(() => watch(seat), Math.min(longestUnwatchedMilliseconds, limit));
    seat.worker.postMessage(seat.sender.chunk(chunk) satisfies Chunk);
  };

  /** Looks at a worker's clock: one task too long ends it, otherwise it is looked at again when the task would be, or soon. */
  const watch = (seat: Seat<T>) => {
    seat.timer = undefined;
    if (over || !seats.has(seat) || seat.pending.length === 0) return;
    const since = seat.clock[1];
    const left = since === 0 ? limit : since + limit - Date.now();
    if (left <= 0) replace(seat, "timeout", `no result within ${timeoutSeconds} s`);
    else seat.timer = setTimeout(() => watch(seat), Math.min(longestUnwatchedMilliseconds, left));
  };

  const settle = (task: T, result: TaskResult) => {
    opening.delete(task.openingKey);
    try {
      onResult(task, result);
    } catch (error) {
      finish(error);
    }
  };

  const replace = (seat: Seat<T>, errorKind: FailureKind, errorMessage: string) => {
    if (!seats.delete(seat) || over) return;
    clearTimeout(seat.timer);
    seat.worker.terminate();
    if (!seat.ready) return finish(unable(errorMessage));
    const [number, since] = seat.clock;
    // Only the task in work failed; those before it were done but not told, those after it never begun.
    const blamed = since === 0 ? 0 : Math.max(0, number - seat.first);
    const [culprit] = seat.pending.splice(blamed, 1);
    for (const { openingKey } of seat.pending) opening.delete(openingKey);
    again = [...seat.pending, ...again];
    if (culprit) settle(culprit, { status: "failed", errorKind, errorMessage });
    if (!over) seats.add(open());
    feed();
  };

  const open = (): Seat<T> => {
    const clock = new SharedArrayBuffer(16);
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData: { ...workerData, clock } satisfies WorkerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMib },
    });
    const seat: Seat<T> = {
      ...{
        worker,
        clock: new Float64Array(clock),
        pending: [],
        first: 0,
        chunks: 0,
        sender: new ChunkSender(),
      },
      ready: false,
    };
    worker.on("message", (message: WorkerMessage) => {
      if (over || !seats.has(seat)) return;
      if (message.kind === "ready") seat.ready = true;
      else if (message.kind === "unable") return finish(unable(message.text));
      else if (message.kind === "note") return onNote?.(message.text);
      else if (message.kind === "opened") {
        opened.add(message.key);
        opening.delete(message.key);
      } else {
        const { sent, milliseconds } = message, results = unpackResults(sent);
        const each = milliseconds / results.length;
        millisecondsEach = Math.max(
          0.001,
          millisecondsEach === Infinity ? each : (millisecondsEach + each) / 2,
        );
        const answered = seat.pending.splice(0, results.length);
        seat.first += answered.length;
        // A chunk may be answered in parts; it is over when no more than the later one is pending.
        if (seat.pending.length === 0) seat.chunks = 0;
        else if (seat.chunks > 1) seat.chunks--;
        for (const [i, task] of answered.entries()) {
          settle(task, results[i]);
          if (over) return;
        }
      }
      feed();
    });
    worker.on("error", (error: Error & { code?: string }) => {
      if (error.code === "ERR_WORKER_OUT_OF_MEMORY") replace(seat, "out-of-memory", "out of memory");
      else replace(seat, "crash", `${error.name}: ${error.message}`);
    });
    worker.on("exit", (code: number) => replace(seat, "crash", `the worker ended with code ${code}`));
    return seat;
  };

  if (signal?.aborted) return Promise.resolve();
  signal?.addEventListener("abort", stop);
  for (let i = 0; i < workers; i++) seats.add(open());
  options.onOpen?.(feed);
  feed();
  return promise;
}
