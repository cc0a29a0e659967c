// A worker thread of futures: it is given a frozen run once, as bytes, and goes on from it as often as it is asked.

import { parentPort, workerData } from "node:worker_threads";
import { frozenOf } from "#/sim/experiments/frozen_bytes.ts";
import {
  type Asked,
  batchedDays,
  continued,
  type FuturesWorkerData,
  type FutureTold,
} from "#/sim/experiments/futures_runs.ts";

const { bytes, engine } = workerData as FuturesWorkerData;
const say = (message: FutureTold) => parentPort!.postMessage(message);

const frozen = frozenOf(new Uint8Array(bytes).slice());

parentPort!.on("message", (asked: Asked) =>
  // Not inside the event's own call: there, running out of memory ends the thread without a word to the parent.
  setTimeout(() => {
    const days = batchedDays((days) => say({ kind: "days", days }));
    try {
      const run = continued(frozen, asked, { engine, onDay: days.more });
      days.rest();
      say({ kind: "run", n: asked.n, run });
    } catch (error) {
      say({ kind: "failed", n: asked.n, text: error instanceof Error ? error.message : String(error) });
    }
  }, 0));
say({ kind: "ready" });
