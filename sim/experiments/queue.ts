// A sweep on many machines: chunks of runs go through a queue on Redis, and what comes back becomes rows here, each once.

import { createHash } from "node:crypto";
import type { Queue } from "bullmq";
import type { Redis } from "ioredis";
import type { Supposition } from "#/scenarios/schema.ts";
import type { Changes } from "#/sim/experiments/changes.ts";
import type { PoolOptions, TaskResult } from "#/sim/experiments/pool.ts";
import { laidSeries } from "#/sim/experiments/queue_series.ts";
import { keepSeries } from "#/sim/experiments/series.ts";
import type { Dispatch, JobTask } from "#/sim/experiments/sweep.ts";

/** A chunk of runs as it goes through Redis: plain JSON. */
export interface QueuedChunk {
  engine: string;
  timeoutSeconds: number;
  heapMib: number;
  /** Whether the daily series of its runs are laid down, see `laySeries`. */
  series: boolean;
  bases: Supposition[];
  tasks: {
    id: string;
    base: number;
    changes: Changes;
    replication: number;
    replay: string;
    openingKey: string;
  }[];
}

/** What comes back of a chunk: a result a task, in order. */
export interface QueuedResults {
  milliseconds: number;
  /** What their daily series take in Redis. */
  seriesBytes: number;
  layouts: string[];
  results: (
    | { status: "done"; layout: number; values: number[]; runHash: string }
    | { status: "done"; text: string; runHash: string }
    | Extract<TaskResult, { status: "failed" }>
  )[];
}

/** Settings that were tried with killed workers and a killed Redis: a lost chunk is taken up again after some seconds. */
export const queueSettings = {
  lockDuration: 3_000,
  stalledInterval: 1_500,
  maxStalledCount: 5,
  attempts: 5,
  backoff: { type: "exponential", delay: 200 },
} as const;

/** The queue of an engine: a worker of other sources listens to another one, so that no result is mixed with its. */
export const queueName = (engine: string): string =>
  `hutong-${createHash("sha256").update(engine).digest("hex").slice(0, 24)}`;

/** A Redis that cannot be used: the message names it without its password, and what to do. */
export class QueueError extends Error {
  override name = "QueueError";
}

/** A Redis address without what is secret in it. */
export function shownAddress(redis: string): string {
  try {
    const { protocol, host } = new URL(redis);
    return `${protocol}//${host}`;
  } catch {
    return redis;
  }
}

/** An open connection. It comes back by itself after an outage. Errors: {@link QueueError} for an address that is none, or where no Redis answers. */
export async function connected(redis: string): Promise<Redis> {
  let url: URL;
  try {
    url = new URL(redis);
    if (!/^rediss?:$/.test(url.protocol)) throw new TypeError("no address of a Redis");
  } catch {
    throw new QueueError(`found "${redis}"; allowed is an address such as redis://127.0.0.1:6379`);
  }
  try {
    const port = Number(url.port || 6_379);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const socket = await Promise.race([
      Deno.connect({ hostname: url.hostname, port }),
      new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error("no answer")), 5_000);
      }),
    ]).finally(() => clearTimeout(timer));
    socket.close();
  } catch (error) {
    throw new QueueError(
      `no Redis answers at ${shownAddress(redis)} (${
        (error as Error).message
      }); start one, or leave --engine out: ` +
        `threads of this machine need none`,
    );
  }
  await greeted(redis);
  const { Redis } = await import("ioredis");
  return new Redis(redis, {
    maxRetriesPerRequest: null,
    retryStrategy: (times: number) => Math.min(100 * times, 2_000),
  });
}

/** One question on a connection of its own: later ones wait out an outage, and a password that is refused never passes. */
async function greeted(redis: string): Promise<void> {
  const { Redis } = await import("ioredis");
  const trial = new Redis(redis, {
    ...{ lazyConnect: true, maxRetriesPerRequest: 0, enableOfflineQueue: true },
    ...{ connectTimeout: 5_000, commandTimeout: 5_000, retryStrategy: () => null },
  });
  let why: Error | undefined;
  trial.on("error", (error: Error) => void (why ??= error));
  try {
    await trial.ping();
  } catch (error) {
    const { message } = why ?? error as Error, at = shownAddress(redis);
    if (/LOADING/.test(message)) return;
    if (/NOAUTH|WRONGPASS|AUTH|NOPERM/.test(message)) {
      const allowed = "its user and password in the address, such as redis://user:password@host:6379";
      throw new QueueError(
        `the Redis at ${at} refused the password or its absence (${message}); allowed is ${allowed}`,
      );
    }
    throw new QueueError(
      `what answers at ${at} is no Redis that can be used (${message}); name another with --redis`,
    );
  } finally {
    trial.disconnect();
  }
}

/** How far ahead chunks are queued, how long one is meant to last, and how often is looked for results. */
const mostChunks = 48, chunkMilliseconds = 2_000, mostInChunk = 200, pollMilliseconds = 100;
const silentMilliseconds = 10_000;
/** How much of series a chunk is meant to lay down, and how often one whose series were lost is asked for again. */
const mostSeriesBytes = 4 * 2 ** 20, mostLost = 3;

interface Sent {
  id: string;
  tasks: JobTask[];
  /** How often its series were not to be found. */
  lost: number;
}

/**
 * A dispatcher for `sweep` that has workers elsewhere do the runs.
 *
 * A chunk's id follows from its runs, so that a coordinator that was killed finds what it had asked for. A chunk that was
 * lost with Redis is asked for again; one that a worker died of again and again is parted, until the run to blame stands
 * alone and becomes a failed row. Whatever is delivered twice is recorded once: the store's key is the run's.
 * Errors: {@link QueueError} where no Redis answers at the beginning; later outages are waited out.
 */
export function queueDispatch(redis: string): Dispatch {
  return async (tasks, options) => {
    const connection = await connected(redis);
    const { Queue } = await import("bullmq");
    const queue = new Queue(queueName(options.workerData.engine), { connection });
    const outage = () => options.onNote?.(`${shownAddress(redis)} does not answer; waiting for it`);
    for (const each of [queue, connection]) each.on("error", outage);
    try {
      await queue.waitUntilReady();
      await coordinate({ queue, connection }, tasks, options);
    } finally {
      await queue.close();
      connection.disconnect();
    }
  };
}

async function coordinate(
  { queue, connection }: { queue: Queue; connection: Redis },
  tasks: Iterable<JobTask>,
  { workerData: { engine, seriesFolder }, timeoutSeconds, heapMib, onResult, onNote, signal }: PoolOptions<
    JobTask
  >,
): Promise<void> {
  const source = tasks[Symbol.iterator](), sent = new Map<string, Sent>();
  let isOver = false, size = 1, heard = Date.now();
  const series = seriesFolder !== undefined, seriesOf = ({ id }: Sent) => queue.toKey(`series:${id}`);
  const send = async (chunk: JobTask[], lost = 0) => {
    const said = chunk.map(({ id }) => id).join() + (series ? " with series" : "");
    const id = createHash("sha256").update(said).digest("hex");
    sent.set(id, { id, tasks: chunk, lost });
    const { attempts, backoff } = queueSettings;
    await queue.add("runs", packed(chunk, { engine, timeoutSeconds, heapMib, series }), {
      jobId: id,
      attempts,
      backoff,
    });
  };
  /** Tells the results of a chunk; false where its series are not there any more. */
  const settle = async (chunk: Sent, { layouts, results, milliseconds, seriesBytes }: QueuedResults) => {
    const { id, tasks } = chunk;
    const done = results.flatMap(({ status }, place) => status === "done" ? [place] : []);
    const found = series ? await laidSeries(connection, seriesOf(chunk), done) : undefined;
    if (series && !found) return false;
    sent.delete(id);
    heard = Date.now();
    size = Math.max(
      1,
      Math.min(
        ...[mostInChunk, 2 * size, Math.floor(chunkMilliseconds / (milliseconds / tasks.length))],
        Math.floor(mostSeriesBytes / (seriesBytes / tasks.length)),
      ),
    );
    for (const [i, task] of tasks.entries()) {
      onResult(
        task,
        withSeries(unpacked(results[i], layouts), () => {
          if (series) keepSeries(seriesFolder, task.id, found!.get(i)!);
        }),
      );
    }
    return true;
  };
  const failAll = ({ id, tasks }: Sent, errorMessage: string) => {
    sent.delete(id);
    for (const task of tasks) onResult(task, { status: "failed", errorKind: "crash", errorMessage });
  };
  for (;;) {
    while (!isOver && sent.size < mostChunks && !signal?.aborted) {
      const chunk: JobTask[] = [];
      while (chunk.length < size) {
        const { value, done } = source.next();
        if (done) isOver = true;
        if (done) break;
        chunk.push(value);
      }
      if (chunk.length > 0) await send(chunk);
    }
    if (signal?.aborted) return await forget(queue, sent);
    if (sent.size === 0) return;
    for (const chunk of [...sent.values()]) {
      const job = await queue.getJob(chunk.id);
      if (!job) {
        // Redis was restarted and had not written it down.
        await send(chunk.tasks, chunk.lost);
      } else if (job.finishedOn && job.failedReason) {
        await job.remove();
        if (chunk.tasks.length === 1) {
          failAll(
            chunk,
            `the process of its worker was lost ${queueSettings.maxStalledCount} times, or it failed ` +
              `as a whole: ${job.failedReason}`,
          );
        } else {
          sent.delete(chunk.id);
          for (const task of chunk.tasks) await send([task]);
        }
      } else if (job.finishedOn && job.returnvalue) {
        const isSettled = await settle(chunk, job.returnvalue as QueuedResults);
        await job.remove();
        if (isSettled) {
          if (series) await connection.del(seriesOf(chunk));
        } else if (chunk.lost < mostLost) await send(chunk.tasks, chunk.lost + 1);
        else failAll(chunk, `its daily series were not found in Redis ${mostLost + 1} times`);
      }
    }
    if (Date.now() - heard > silentMilliseconds) {
      heard = Date.now();
      if (await queue.getWorkersCount() === 0) {
        onNote?.("no worker of this version listens yet; start one: deno task cluster worker --redis …");
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pollMilliseconds));
  }
}

/** Takes back what no worker has begun. */
async function forget(queue: Queue, sent: Map<string, Sent>): Promise<void> {
  for (const { id } of sent.values()) {
    const job = await queue.getJob(id);
    // What a worker holds is locked; its results are found when the sweep goes on.
    await job?.remove().catch(() => {});
  }
}

function packed(
  chunk: readonly JobTask[],
  settings: Pick<QueuedChunk, "engine" | "timeoutSeconds" | "heapMib" | "series">,
): QueuedChunk {
  const bases = [...new Set(chunk.map(({ supposition }) => supposition))];
  return {
    ...settings,
    bases,
    tasks: chunk.map(({ id, supposition, changes = [], replication, replay, openingKey }) => ({
      ...{ id, base: bases.indexOf(supposition), changes, replication, replay, openingKey },
    })),
  };
}

function unpacked(result: QueuedResults["results"][number], layouts: readonly string[]): TaskResult {
  if (result.status === "failed") return result;
  const { runHash } = result;
  const outcomes = "text" in result
    ? result.text
    : { layout: layouts[result.layout], values: Float64Array.from(result.values) };
  return { status: "done", outcomes, runHash };
}

/** A result once its series are kept; as in a thread, a run whose series cannot be kept has failed. */
function withSeries(result: TaskResult, keep: () => void): TaskResult {
  if (result.status === "failed") return result;
  try {
    keep();
    return result;
  } catch (error) {
    const { name, message } = error as Error;
    return { status: "failed", errorKind: "error", errorMessage: `${name}: ${message}` };
  }
}
