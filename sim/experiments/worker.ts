// A worker thread of a sweep: takes a job, opens its books, runs it, sends back its outcomes as one text.

import { parentPort, workerData } from "node:worker_threads";
import { canonicalJson } from "#/model/units/canonical.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import type { PoolOptions, Runner, Task, TaskResult, WorkerMessage } from "#/sim/experiments/pool.ts";

const { runner, engine, openingFolder } = workerData as PoolOptions<Task>["workerData"];
const say = (message: WorkerMessage) => parentPort!.postMessage(message);
const simulation: Promise<Runner> = import(runner);
// Jobs come replication by replication, so the last book is mostly the next one too.
const memory = {};

function work({ supposition, replication, replay }: Task, { run, buildOpeningBook }: Runner): TaskResult {
  try {
    const openingBook = cachedOpeningBook(supposition, replication, {
      folder: openingFolder,
      engine,
      build: buildOpeningBook,
      memory,
      onNote: (text) => say({ kind: "note", text }),
    });
    say({ kind: "opened" });
    const { outcomes, hash } = run(supposition, replication, { openingBook, engine, replay });
    return { status: "done", outcomes: canonicalJson(outcomes), runHash: hash };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    return { status: "failed", errorKind: "error", errorMessage: `${name}: ${message}` };
  }
}

simulation.then(
  (simulation) => {
    // Not inside the event's own call: there, running out of memory ends the thread without a word to the parent.
    parentPort!.on(
      "message",
      (task: Task) => setTimeout(() => say({ kind: "result", result: work(task, simulation) }), 0),
    );
    say({ kind: "ready" });
  },
  (error: Error) => say({ kind: "unable", text: error.message }),
);
