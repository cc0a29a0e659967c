// A pool of worker threads: each does one job at a time; one that dies, hangs or runs out of memory costs its job, not the sweep.

import { Worker } from "node:worker_threads";
import type { Supposition } from "#/scenarios/schema.ts";
import type * as simulation from "#/sim/run.ts";
import type { FailureKind } from "#/sim/experiments/store.ts";

/** What a worker is sent. */
export interface Task {
  id: string;
  supposition: Supposition;
  replication: number;
  /** The command that gives this run again. */
  replay: string;
  /** Tasks of one key share an opening book: while one of them makes it, the others wait. */
  openingKey: string;
}

/** What becomes of a task. */
export type TaskResult =
  | { status: "done"; outcomes: string; runHash: string }
  | { status: "failed"; errorKind: FailureKind; errorMessage: string };

/** What a worker says. */
export type WorkerMessage =
  | { kind: "ready" }
  | { kind: "unable"; text: string }
  | { kind: "opened" }
  | { kind: "note"; text: string }
  | { kind: "result"; result: TaskResult };

/** What a module that runs gives a worker: a run whose `outcomes` are any plain data, and the history before it. */
export interface Runner {
  run: (
    ...asked: Parameters<typeof simulation.run>
  ) => { outcomes: unknown; hash: string };
  buildOpeningBook: typeof simulation.buildOpeningBook;
}

/** How the pool works. */
export interface PoolOptions<T extends Task> {
  workers: number;
  /** Given to each worker as its `workerData`. */
  workerData: { runner: string; engine: string; openingFolder: string };
  timeoutSeconds: number;
  /** Most MiB of JavaScript objects a worker; typed arrays come on top (see memory.ts). */
  heapMib: number;
  /** Called in order of arrival. What it throws ends the pool. */
  onResult: (task: T, result: TaskResult) => void;
  onNote?: (note: string) => void;
  /** Ends the pool after an interruption; tasks in work are dropped. */
  signal?: AbortSignal;
}

// How many tasks may wait for an opening book before the pool reads no further ahead.
const mostHeld = 1_000;

const unable = (why: string) => new Error(`The workers of the sweep cannot start: ${why}`);

interface Seat<T> {
  worker: Worker;
  task?: T;
  timer?: ReturnType<typeof setTimeout>;
  ready: boolean;
}

/**
 * Does all tasks. They are read one by one, as workers become free, so that a long list need not exist.
 *
 * Shapes: tasks in the order in which they are to begin; those whose opening book is being made by another worker wait, the
 * next ones are begun meanwhile. Errors: what `onResult` throws; an `Error` when the workers cannot start at all.
 */
export function runPool<T extends Task>(tasks: Iterable<T>, options: PoolOptions<T>): Promise<void> {
  const { workers, workerData, timeoutSeconds, heapMib, onResult, onNote, signal } = options;
  const queue = tasks[Symbol.iterator]();
  const held: T[] = [];
  const opening = new Set<string>(), opened = new Set<string>();
  const seats = new Set<Seat<T>>();
  let exhausted = false, over = false;
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
    while (!exhausted && held.length < mostHeld) {
      const { value, done } = queue.next();
      if (done) exhausted = true;
      else if (opening.has(value.openingKey)) held.push(value);
      else return value;
    }
  };

  const feed = () => {
    if (over) return;
    try {
      for (const seat of seats) {
        // What is sent to a worker before it listens is lost.
        if (seat.task || !seat.ready) continue;
        const task = next();
        if (!task) break;
        give(seat, task);
      }
      const busy = [...seats].some(({ task }) => task);
      if (!busy && exhausted && held.length === 0) finish();
    } catch (error) {
      finish(error);
    }
  };

  const give = (seat: Seat<T>, task: T) => {
    seat.task = task;
    if (!opened.has(task.openingKey)) opening.add(task.openingKey);
    seat.timer = setTimeout(
      () => replace(seat, "timeout", `no result within ${timeoutSeconds} s`),
      timeoutSeconds * 1_000,
    );
    const { id, supposition, replication, replay, openingKey } = task;
    seat.worker.postMessage({ id, supposition, replication, replay, openingKey } satisfies Task);
  };

  const settle = (seat: Seat<T>, result: TaskResult) => {
    const task = seat.task;
    if (!task || over) return;
    clearTimeout(seat.timer);
    seat.task = undefined;
    opening.delete(task.openingKey);
    try {
      onResult(task, result);
    } catch (error) {
      finish(error);
    }
  };

  const replace = (seat: Seat<T>, errorKind: FailureKind, errorMessage: string) => {
    if (!seats.delete(seat) || over) return;
    seat.worker.terminate();
    if (!seat.ready) return finish(unable(errorMessage));
    settle(seat, { status: "failed", errorKind, errorMessage });
    if (!over) seats.add(open());
    feed();
  };

  const open = (): Seat<T> => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: heapMib },
    });
    const seat: Seat<T> = { worker, ready: false };
    worker.on("message", (message: WorkerMessage) => {
      if (over || !seats.has(seat)) return;
      if (message.kind === "ready") {
        seat.ready = true;
        feed();
      } else if (message.kind === "unable") finish(unable(message.text));
      else if (message.kind === "note") onNote?.(message.text);
      else if (message.kind === "opened") {
        opened.add(seat.task!.openingKey);
        opening.delete(seat.task!.openingKey);
        feed();
      } else {
        settle(seat, message.result);
        feed();
      }
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
  feed();
  return promise;
}
