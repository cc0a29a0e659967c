// One run of a sweep: its scenario put together, its opening book found, the run done, its outcomes packed.

import { setImmediate } from "node:timers";
import { changed } from "#/sim/experiments/changes.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { packer } from "#/sim/experiments/packed_outcomes.ts";
import type { Runner, Task, TaskResult, WorkerData } from "#/sim/experiments/pool.ts";
import { keepSeries, seriesBytes } from "#/sim/experiments/series.ts";

/** What a runner of tasks tells on the way. */
export interface Heard {
  onNote: (note: string) => void;
  /** The book of a key is there now: other tasks of that key find it. */
  onOpened: (key: string) => void;
}

/**
 * A function that does one task after another in the thread that calls it. What a run throws becomes a failed result.
 *
 * Tasks come replication by replication, so the last book is kept: mostly it is the next one too.
 */
export function oneByOne(
  { run, buildOpeningBook }: Runner,
  { engine, openingFolder, seriesFolder, sendSeries }: Omit<WorkerData, "clock" | "runner">,
  { onNote, onOpened }: Heard,
): (task: Task) => TaskResult {
  const memory = {}, pack = packer();
  let openedKey = "";
  return ({ id, supposition: base, changes = [], replication, replay, openingKey }) => {
    try {
      const supposition = changed(base, changes);
      const openingBook = cachedOpeningBook(supposition, replication, {
        folder: openingFolder,
        engine,
        key: openingKey,
        build: buildOpeningBook,
        memory,
        onNote,
      });
      if (openedKey !== openingKey) onOpened(openedKey = openingKey);
      const result = run(supposition, replication, { openingBook, engine, replay });
      const outcomes = pack(result.outcomes);
      const done = { status: "done", outcomes, runHash: result.hash } as const;
      if (seriesFolder === undefined && !sendSeries) return done;
      const series = seriesBytes(result.daily ?? { columns: {} });
      if (seriesFolder !== undefined) keepSeries(seriesFolder, id, series);
      return sendSeries ? { ...done, series } : done;
    } catch (error) {
      const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
      return { status: "failed", errorKind: "error", errorMessage: `${name}: ${message}` };
    }
  };
}

/** How long tasks are done before timers and signals are looked at. */
const mostSilentMilliseconds = 15;

/**
 * Does all tasks in this thread, one after another: for debuggers and profilers, and where threads cost more than they give.
 *
 * Nothing guards it: a run that hangs or fills the memory takes the caller with it.
 * Shapes and errors: as `runPool`.
 */
export async function runHere<T extends Task>(
  tasks: Iterable<T | undefined>,
  { workerData, onResult, onNote = () => {}, signal }: {
    workerData: Omit<WorkerData, "clock">;
    onResult: (task: T, result: TaskResult) => void;
    onNote?: (note: string) => void;
    signal?: AbortSignal;
  },
): Promise<void> {
  const work = oneByOne(await import(workerData.runner), workerData, { onNote, onOpened: () => {} });
  let since = Date.now();
  for (const task of tasks) {
    if (signal?.aborted) return;
    if (task) onResult(task, work(task));
    if (Date.now() - since < mostSilentMilliseconds) continue;
    await new Promise((resolve) => setImmediate(resolve));
    since = Date.now();
  }
}
