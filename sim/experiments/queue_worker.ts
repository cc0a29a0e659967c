// One machine of many: takes chunks of runs from a queue on Redis, does them on its own threads, gives the results back.

import type { Job, Worker as QueueTaker } from "bullmq";
import type { TaskResult } from "#/sim/experiments/pool.ts";
import { openingFolder } from "#/sim/experiments/opening_cache.ts";
import {
  connected,
  type QueuedChunk,
  type QueuedResults,
  QueueError,
  queueName,
  queueSettings,
  shownAddress,
} from "#/sim/experiments/queue.ts";
import { laySeries } from "#/sim/experiments/queue_series.ts";
import { StandingPool } from "#/sim/experiments/standing_pool.ts";

/** How a worker works. */
export interface QueueWorkerOptions {
  redis: string;
  engine: string;
  /** Threads; one a core unless said. */
  workers?: number;
  openings?: string;
  runner?: string;
  onNote?: (note: string) => void;
  /** Ends the worker after the chunk that it has in work. */
  signal: AbortSignal;
}

/**
 * Serves the queue of an engine until the signal. A chunk that it holds when it is killed is taken up by another worker.
 *
 * Gives back how many runs it has done. Errors: `QueueError` where no Redis answers at the beginning.
 */
export async function serveQueue(options: QueueWorkerOptions): Promise<number> {
  const { redis, engine, onNote, signal } = options;
  const connection = await connected(redis);
  const { Worker } = await import("bullmq");
  const threads = new Threads(options);
  let done = 0;
  const { lockDuration, stalledInterval, maxStalledCount } = queueSettings;
  const worker: QueueTaker<QueuedChunk, QueuedResults> = new Worker(
    queueName(engine),
    async (job: Job<QueuedChunk>) => {
      if (job.data.engine !== engine) throw new QueueError("the chunk is of another version of the program");
      const since = Date.now(), results = await threads.work(job.data);
      done += results.length;
      const seriesBytes = job.data.series
        ? await laySeries(connection, worker.toKey(`series:${job.id}`), results)
        : 0;
      return packed(results, { milliseconds: Date.now() - since, seriesBytes });
    },
    { connection, concurrency: 1, lockDuration, stalledInterval, maxStalledCount },
  );
  let isAway = false;
  // A lock that was lost in an outage is no harm: the chunk is done again, and its rows are recorded once.
  const trouble = (error: Error & { code?: string }) => {
    if (!/^E[A-Z]+$/.test(error.code ?? "") || isAway) return;
    isAway = true;
    onNote?.(`${shownAddress(redis)} does not answer; waiting for it`);
  };
  worker.on("error", trouble);
  connection.on("error", trouble);
  worker.on("completed", () => void (isAway = false));
  if (!signal.aborted) {
    await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  }
  const isClosed = await Promise.race([worker.close().then(() => true), gone(connection).then(() => false)]);
  if (!isClosed) {
    onNote?.(`${shownAddress(redis)} does not answer; what was in work is done again by another worker`);
    worker.disconnect().catch(() => {});
  }
  connection.disconnect();
  await threads.close();
  return done;
}

const patienceMilliseconds = 3_000, lookMilliseconds = 200;

/** Resolves when a connection has been away for some seconds: leaving a queue in good order would wait for it for ever. */
async function gone(connection: { status: string }): Promise<void> {
  for (let since = Date.now(); Date.now() - since < patienceMilliseconds;) {
    if (connection.status === "end") return;
    if (connection.status === "ready") since = Date.now();
    await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
  }
}

/** Threads that stay: a chunk after a chunk finds them warm. They are opened anew for chunks with other limits. */
class Threads {
  #options: QueueWorkerOptions;
  #limits = "";
  #pool?: StandingPool;

  constructor(options: QueueWorkerOptions) {
    this.#options = options;
  }

  async work({ timeoutSeconds, heapMib, series, bases, tasks }: QueuedChunk): Promise<TaskResult[]> {
    const limits = `${timeoutSeconds} ${heapMib} ${series}`;
    if (limits !== this.#limits) await this.#open(limits, { timeoutSeconds, heapMib, series });
    const asked = tasks.map(({ base, ...task }) => ({ ...task, supposition: bases[base] }));
    return await this.#pool!.run(asked).catch((error) => {
      // Threads that cannot start end the pool; the chunk fails with their reason, and the next one tries again.
      this.#limits = "";
      throw error;
    });
  }

  async #open(
    limits: string,
    { timeoutSeconds, heapMib, series }: Pick<QueuedChunk, "timeoutSeconds" | "heapMib" | "series">,
  ) {
    await this.close();
    const { engine, workers = navigator.hardwareConcurrency, openings = openingFolder, onNote } =
      this.#options;
    const runner = this.#options.runner ?? new URL("../run.ts", import.meta.url).href;
    this.#limits = limits;
    this.#pool = new StandingPool({
      workers,
      workerData: { runner, engine, openingFolder: openings, sendSeries: series },
      timeoutSeconds,
      heapMib,
      onNote,
    });
  }

  async close(): Promise<void> {
    await this.#pool?.close();
    this.#limits = "";
  }
}

/** The results of a chunk as they go through Redis; the names of outcomes once for all that share them. */
function packed(
  results: readonly TaskResult[],
  told: Pick<QueuedResults, "milliseconds" | "seriesBytes">,
): QueuedResults {
  const layouts: string[] = [];
  return {
    results: results.map((result) => {
      if (result.status === "failed") return result;
      const { outcomes, runHash } = result;
      if (typeof outcomes === "string") return { status: "done", text: outcomes, runHash };
      if (!layouts.includes(outcomes.layout)) layouts.push(outcomes.layout);
      const layout = layouts.indexOf(outcomes.layout);
      return { status: "done", layout, values: [...outcomes.values], runHash };
    }),
    layouts,
    ...told,
  };
}
