// The futures of a frozen run side by side: each thread is handed the frozen state once, as bytes, and a future at a time.

import { Worker } from "node:worker_threads";
import type { Shock } from "#/scenarios/schema.ts";
import { frozenBytes } from "#/sim/experiments/frozen_bytes.ts";
import { type Lines, linesOf } from "#/sim/experiments/futures_lines.ts";
import { type Frozen, future } from "#/sim/fork.ts";
import type { Outcome } from "#/sim/result.ts";

/** One future under one luck. */
export interface FutureRun {
  future: string;
  luck: number;
  hash: string;
  outcomes: Record<string, Outcome>;
  /** What was drawn for it, where its shocks were. */
  values?: Record<string, number>;
  /** Its daily lines from the first day of the run. */
  lines: Lines;
}

/** A future that is to be run, and its place among all. */
export interface Asked {
  n: number;
  future: string;
  luck: number;
  shocks: readonly Shock[];
  values?: Record<string, number>;
}

/** What a worker is given at its start. */
export interface FuturesWorkerData {
  bytes: SharedArrayBuffer;
  engine: string;
}

/** What a worker says. */
export type FutureTold =
  | { kind: "ready" }
  | { kind: "days"; days: number }
  | { kind: "run"; n: number; run: FutureRun }
  | { kind: "failed"; n: number; text: string };

/** How futures are run. */
export interface FutureRunOptions {
  engine: string;
  workers: number;
  /** Told how many more days have been simulated. */
  onDays: (days: number) => void;
}

/** Goes on from a frozen run as one future. Errors: those of `future`. */
export function continued(
  frozen: Frozen,
  { future: name, luck, shocks, values }: Asked,
  { engine, onDay }: { engine: string; onDay: () => void },
): FutureRun {
  const { hash, outcomes, daily } = future(frozen, { shocks, luck }, { engine, onDay });
  return { future: name, luck, hash, outcomes, ...values && { values }, lines: linesOf(daily) };
}

/**
 * Gathers simulated days, so that a thread tells of many at once: `more` counts one, `rest` tells of those not yet told.
 *
 * Shapes: every day is told once, and no message is empty. Example: see `futures_worker.ts`.
 */
export function batchedDays(
  tell: (days: number) => void,
  { mostSilentMilliseconds = 200, clock = Date.now }: {
    mostSilentMilliseconds?: number;
    clock?: () => number;
  } = {},
): { more: () => void; rest: () => void } {
  let days = 0, at = clock();
  const rest = () => {
    if (days > 0) tell(days);
    days = 0;
    at = clock();
  };
  const more = () => {
    days++;
    if (clock() - at >= mostSilentMilliseconds) rest();
  };
  return { more, rest };
}

/**
 * Finds the failure that comes first in the order asked, although several are in work at once: the one that a single thread
 * would meet. It is told when nothing that comes before it is in work any more.
 *
 * Shapes: whole numbers are begun in their order, each ends once. Example: see `runAll`.
 */
export function firstFailure(): {
  begun: (n: number) => void;
  ended: (n: number, error?: Error) => void;
  /** Whether anything failed so far, the first or not. */
  hasFailed: () => boolean;
  told: () => Error | undefined;
} {
  const inWork = new Set<number>();
  let first: { n: number; error: Error } | undefined;
  return {
    begun: (n) => void inWork.add(n),
    ended: (n, error) => {
      inWork.delete(n);
      if (error && !(first && first.n < n)) first = { n, error };
    },
    hasFailed: () => first !== undefined,
    told: () => first && [...inWork].every((n) => n > first!.n) ? first.error : undefined,
  };
}

/**
 * Runs futures and gives them in the order asked, whoever ran which and whoever was first.
 *
 * Shapes: with one worker they run in this thread. Errors: a {@link FutureError} that names the future and its luck, for the first in
 * the order asked that fails or whose thread ends, whoever was first; those still in work are given up.
 */
export async function runAll(
  frozen: Frozen,
  asked: readonly Asked[],
  { engine, workers, onDays }: FutureRunOptions,
): Promise<FutureRun[]> {
  if (workers <= 1 || asked.length <= 1) {
    return asked.map((one) => {
      try {
        return continued(frozen, one, { engine, onDay: () => onDays(1) });
      } catch (error) {
        throw failed(one, (error as Error).message, error);
      }
    });
  }
  const packed = frozenBytes(frozen), bytes = new SharedArrayBuffer(packed.length);
  new Uint8Array(bytes).set(packed);
  const runs = new Array<FutureRun>(asked.length), threads: Worker[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const order = firstFailure();
  let next = 0, left = asked.length;
  const open = () => {
    let inWork: Asked | undefined;
    const thread = new Worker(new URL("./futures_worker.ts", import.meta.url), {
      workerData: { bytes, engine } satisfies FuturesWorkerData,
    });
    threads.push(thread);
    const done = (error?: FutureError) => {
      const { n } = inWork!;
      inWork = undefined;
      order.ended(n, error);
      if (order.told()) reject(order.told());
    };
    const ended = (why: string) => {
      if (inWork) done(failed(inWork, why));
      else if (!order.hasFailed()) reject(new FutureError(`The workers of the futures cannot start: ${why}`));
    };
    const give = () => {
      // What comes later in the order than a failure need not be begun.
      if (order.hasFailed() || next >= asked.length) return;
      inWork = asked[next++];
      order.begun(inWork.n);
      thread.postMessage(inWork);
    };
    thread.on("message", (told: FutureTold) => {
      if (told.kind === "days") return onDays(told.days);
      if (told.kind === "failed") return done(failed(asked[told.n], told.text));
      if (told.kind === "run") {
        runs[told.n] = told.run;
        done();
        if (--left === 0) return resolve();
      }
      give();
    });
    thread.on(
      "error",
      (error: Error & { code?: string }) =>
        ended(error.code === "ERR_WORKER_OUT_OF_MEMORY" ? "out of memory" : error.message),
    );
    thread.on("exit", (code: number) => inWork && ended(`the thread ended with code ${code}`));
  };
  for (let i = 0; i < Math.min(workers, asked.length); i++) open();
  try {
    await promise;
  } finally {
    await Promise.allSettled(threads.map((thread) => thread.terminate()));
  }
  return runs;
}

/** A future that could not be run: the message names it and says why. */
export class FutureError extends Error {
  override name = "FutureError";
}

const failed = ({ future, luck }: Asked, why: string, cause?: unknown) =>
  new FutureError(`The future ${future} under luck ${luck} failed: ${why}`, { cause });
