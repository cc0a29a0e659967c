// A worker thread of a sweep: takes jobs by the chunk, opens their books, runs them, sends back their outcomes together.

import { parentPort, workerData } from "node:worker_threads";
import type { Supposition } from "#/scenarios/schema.ts";
import { changed } from "#/sim/experiments/changes.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { packer } from "#/sim/experiments/packed_outcomes.ts";
import type { Chunk, Runner, SentTask, WorkerData, WorkerMessage } from "#/sim/experiments/pool.ts";
import { keepSeries } from "#/sim/experiments/series.ts";
import type { TaskResult } from "#/sim/experiments/pool.ts";

const { runner, engine, openingFolder, seriesFolder, clock } = workerData as WorkerData;
const say = (message: WorkerMessage, transfer: ArrayBuffer[] = []) =>
  parentPort!.postMessage(message, transfer);
const simulation: Promise<Runner> = import(runner);
// Jobs come replication by replication, so the last book is mostly the next one too.
const memory = {};
// What the parent reads when this thread has died or hangs: the number of the job in work, and since when.
const now = new Float64Array(clock);
const bases = new Map<number, Supposition>();
const pack = packer();
const mostSilentMilliseconds = 50;
let openedKey = "";

function work(task: SentTask, { run, buildOpeningBook }: Runner): TaskResult {
  const { base, changes, replication, replay, openingKey, id } = task;
  try {
    const supposition = changed(bases.get(base)!, changes);
    const openingBook = cachedOpeningBook(supposition, replication, {
      folder: openingFolder,
      engine,
      key: openingKey,
      build: buildOpeningBook,
      memory,
      onNote: (text) => say({ kind: "note", text }),
    });
    if (openedKey !== openingKey) say({ kind: "opened", key: openedKey = openingKey });
    const result = run(supposition, replication, { openingBook, engine, replay });
    const outcomes = pack(result.outcomes);
    if (seriesFolder !== undefined) keepSeries(seriesFolder, id, result.daily ?? { columns: {} });
    return { status: "done", outcomes, runHash: result.hash };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
    return { status: "failed", errorKind: "error", errorMessage: `${name}: ${message}` };
  }
}

function workThrough({ first, tasks, fresh, forget }: Chunk, simulation: Runner): void {
  if (forget) bases.clear();
  for (const [n, supposition] of fresh) bases.set(n, supposition);
  let results: TaskResult[] = [], since = Date.now();
  const send = () => {
    const at = Date.now();
    if (results.length > 0) say({ kind: "results", results, milliseconds: at - since });
    results = [];
    since = at;
  };
  for (const [i, task] of tasks.entries()) {
    now[0] = first + i;
    now[1] = Date.now();
    results.push(work(task, simulation));
    if (Date.now() - since >= mostSilentMilliseconds) send();
  }
  now[1] = 0;
  send();
}

simulation.then(
  (simulation) => {
    // Not inside the event's own call: there, running out of memory ends the thread without a word to the parent.
    parentPort!.on("message", (chunk: Chunk) => setTimeout(() => workThrough(chunk, simulation), 0));
    say({ kind: "ready" });
  },
  (error: Error) => say({ kind: "unable", text: error.message }),
);
