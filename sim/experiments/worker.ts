// A worker thread of a sweep: takes jobs by the chunk, opens their books, runs them, sends back their outcomes together.

import { parentPort, workerData } from "node:worker_threads";
import { oneByOne } from "#/sim/experiments/one_run.ts";
import type { Runner, TaskResult, WorkerData } from "#/sim/experiments/pool.ts";
import { type Chunk, ChunkReader, packResults, type WorkerMessage } from "#/sim/experiments/pool_messages.ts";

const { runner, clock, ...asked } = workerData as WorkerData;
const say = (message: WorkerMessage, transfer: ArrayBuffer[] = []) =>
  parentPort!.postMessage(message, transfer);
const simulation: Promise<Runner> = import(runner);
// What the parent reads when this thread has died or hangs: the number of the job in work, and since when.
const now = new Float64Array(clock);
const reader = new ChunkReader();
const mostSilentMilliseconds = 50;

function workThrough(chunk: Chunk, work: ReturnType<typeof oneByOne>): void {
  let results: TaskResult[] = [], since = Date.now(), number = chunk.first;
  const send = () => {
    const at = Date.now();
    if (results.length > 0) {
      const sent = packResults(results);
      say({ kind: "results", sent, milliseconds: at - since }, [sent.values.buffer as ArrayBuffer]);
    }
    results = [];
    since = at;
  };
  for (const task of reader.tasks(chunk)) {
    now[0] = number++;
    now[1] = Date.now();
    results.push(work(task));
    if (Date.now() - since >= mostSilentMilliseconds) send();
  }
  now[1] = 0;
  send();
}

simulation.then(
  (simulation) => {
    const work = oneByOne(simulation, asked, {
      onNote: (text) => say({ kind: "note", text }),
      onOpened: (key) => say({ kind: "opened", key }),
    });
    // Not inside the event's own call: there, running out of memory ends the thread without a word to the parent.
    parentPort!.on("message", (chunk: Chunk) => setTimeout(() => workThrough(chunk, work), 0));
    say({ kind: "ready" });
  },
  (error: Error) => say({ kind: "unable", text: error.message }),
);
