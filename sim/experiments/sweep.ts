// A sweep from its file to its table: design, jobs, workers, store, analysis. Kill it at any moment and give it again.

import { createHash } from "node:crypto";
import { canonicalJson, canonicalStrict } from "#/model/units/canonical.ts";
import type { Sweep } from "#/scenarios/sweep_schema.ts";
import { analyse, type Analysis, type Found } from "#/sim/experiments/analyse.ts";
import { designPoints, type Point, sweepId } from "#/sim/experiments/design.ts";
import type { Settings } from "#/sim/experiments/design_rows.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { distinct, type Job, jobId, jobsOf } from "#/sim/experiments/jobs.ts";
import { availableBytes, fittingWorkers } from "#/sim/experiments/memory.ts";
import { openingFolder, openingKey } from "#/sim/experiments/opening_cache.ts";
import { runPool, type Task, type TaskResult } from "#/sim/experiments/pool.ts";
import { replayLine } from "#/sim/experiments/replay.ts";
import { type FailureKind, type JobRow, Store, storeFile } from "#/sim/experiments/store.ts";
import { readSweepFile, type SweepOverrides } from "#/sim/experiments/sweep_file.ts";
import type { Outcome } from "#/sim/result.ts";

/** How far a sweep is. */
export interface SweepProgress {
  /** Runs of the whole sweep, and those whose row is there, reused ones included. */
  jobs: number;
  rows: number;
  reused: number;
  failed: number;
}

/** How to sweep; every part may be left out. */
export interface SweepOptions extends SweepOverrides {
  /** Worker threads; one a core unless said, fewer where memory is short. */
  workers?: number;
  /** The SQLite file of results. */
  store?: string;
  /** The folder of opening books. */
  openings?: string;
  /** Seconds after which a run counts as hung. */
  timeoutSeconds?: number;
  /** Most MiB of JavaScript objects a worker. */
  heapMib?: number;
  /** Run again what failed before. */
  retry?: boolean;
  /** Called once, when all that was asked for has been found in order and before anything is run. */
  onBegin?: (asked: Sweep, size: { points: number; jobs: number }) => void;
  onProgress?: (progress: SweepProgress) => void;
  onNote?: (note: string) => void;
  /** Ends the sweep early; what is done stays. */
  signal?: AbortSignal;
  /** The module whose `run` and `buildOpeningBook` do the work; another one in tests. */
  runner?: string;
  /** The engine's hash; computed unless said. */
  engine?: string;
}

/** A run that failed. */
export interface Failure {
  id: string;
  scenario: string;
  /** The settings that act on the scenario. */
  settings: Settings;
  replication: number;
  errorKind: FailureKind;
  errorMessage: string;
  replay: string;
}

/** A sweep's result. Everything but `reused` and `interrupted` is the same however often it was interrupted. */
export interface SweepResult {
  id: string;
  title: string;
  engine: string;
  /** Runs that the design asks for, rows that are there, those that were there before, those that failed. */
  jobs: number;
  rows: number;
  reused: number;
  failed: number;
  /** True when it was ended before all rows were there. */
  interrupted: boolean;
  /** SHA-256 over id, status, outcomes, error kind and message of all rows, in order of id. */
  hash: string;
  analysis: Analysis;
  failures: Failure[];
}

const rowsPerBatch = 64, batchMilliseconds = 100;

/**
 * Runs a sweep, or what is left of it: a run whose row is in the store is never done twice.
 *
 * Shapes: the name of a shipped sweep, or the path of a file.
 * Errors: `ScenarioError` for a file that does not fit, `StoreError` for a store that cannot be used, `MemoryError` when a
 * run would not fit into memory; each before anything is run or written. A run that fails is a row, no error here.
 */
export async function sweep(nameOrPath: string, options: SweepOptions = {}): Promise<SweepResult> {
  const { store: path = storeFile, onNote, signal } = options;
  const asked = readSweepFile(nameOrPath, options);
  const wished = options.workers ?? navigator.hardwareConcurrency;
  const available = availableBytes();
  const workers = fittingWorkers({ shoppers: asked.shoppers, workers: wished, available });
  if (workers < wished) onNote?.(`memory allows ${workers} of ${wished} workers at once`);

  const points = designPoints(asked);
  const engine = options.engine ?? engineHash();
  const id = sweepId(asked, points, engine);
  const size = distinct(points).length, jobs = size * asked.replications;
  const ids = () => jobsOf(points, asked.replications, engine).map((job) => job.id);

  using store = new Store(path);
  options.onBegin?.(asked, { points: size, jobs });
  const { title, name, replications } = asked;
  store.saveSweep(
    { id, name, title, engine, replications, design: canonicalStrict(designOf(asked)) },
    points.map((point) => ({ ...point, settings: canonicalStrict(point.settings) })),
  );
  if (options.retry) store.forgetFailed(ids());

  const progress: SweepProgress = { jobs, rows: 0, reused: 0, failed: 0 };
  for (const row of store.rows(ids())) {
    progress.rows++;
    if (row.status === "failed") progress.failed++;
  }
  progress.reused = progress.rows;
  options.onProgress?.({ ...progress });
  if (progress.rows < jobs) {
    await work({ asked, points, engine, store, workers, progress, options });
  }
  const { rows, failed, reused } = progress;
  const hash = hashOf(store, ids());
  const failures = failed > 0 ? failuresIn(store, jobsOf(points, replications, engine)) : [];
  const analysis = analyse(points, {
    base: asked.base,
    outcomes: asked.outcomes,
    replications,
    found: (point, replication) => foundIn(store, jobId(point, replication, engine)),
  });
  const interrupted = rows < jobs && signal?.aborted === true;
  return { id, title, engine, jobs, rows, reused, failed, interrupted, hash, analysis, failures };
}

/** What is kept of a sweep's file in the store. */
export type Design = Omit<Sweep, "file" | "files" | "places">;

function designOf({ file: _file, files: _files, places: _places, ...design }: Sweep): Design {
  return design;
}

async function work(
  { asked, points, engine, store, workers, progress, options }: {
    asked: Sweep;
    points: Point[];
    engine: string;
    store: Store;
    workers: number;
    progress: SweepProgress;
    options: SweepOptions;
  },
): Promise<void> {
  const { openings = openingFolder, timeoutSeconds = 3_600, heapMib = 4_096, onProgress, onNote, signal } =
    options;
  const runner = options.runner ?? new URL("../run.ts", import.meta.url).href;
  const notes = new Set<string>();
  const batch = makeBatch(store);
  try {
    await runPool(tasksOf(asked, points, engine, store), {
      workers: Math.min(workers, progress.jobs - progress.rows),
      workerData: { runner, engine, openingFolder: openings },
      timeoutSeconds,
      heapMib,
      signal,
      onNote: (note) => {
        if (!notes.has(note)) onNote?.(note);
        notes.add(note);
      },
      onResult: (task, result) => {
        const row = rowOf(task, engine, result);
        batch.add(row);
        progress.rows++;
        if (row.status === "failed") progress.failed++;
        onProgress?.({ ...progress });
      },
    });
  } finally {
    batch.close();
  }
}

interface JobTask extends Task {
  job: Job;
}

function* tasksOf(asked: Sweep, points: Point[], engine: string, store: Store): Generator<JobTask> {
  for (const job of jobsOf(points, asked.replications, engine)) {
    if (store.status(job.id)) continue;
    const { id, point: { supposition }, replication } = job;
    const replay = replayLine(asked, job.point, replication);
    yield {
      id,
      supposition,
      replication,
      replay,
      openingKey: openingKey(supposition, replication, engine),
      job,
    };
  }
}

function rowOf(
  { job: { id, point, replication }, replay }: JobTask,
  engine: string,
  result: TaskResult,
): JobRow {
  const done = result.status === "done" ? result : undefined;
  const failed = result.status === "failed" ? result : undefined;
  return {
    id,
    point: point.id,
    replication,
    engine,
    status: result.status,
    outcomes: done?.outcomes ?? null,
    runHash: done?.runHash ?? null,
    errorKind: failed?.errorKind ?? null,
    errorMessage: failed?.errorMessage ?? null,
    replay,
  };
}

/** Rows go to disk together: after 64 of them or a tenth of a second, whichever is first. */
function makeBatch(store: Store) {
  let pending: JobRow[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trouble: unknown;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    store.insert(pending);
    pending = [];
  };
  return {
    add(row: JobRow) {
      if (trouble) throw trouble;
      pending.push(row);
      if (pending.length >= rowsPerBatch) return flush();
      timer ??= setTimeout(() => {
        try {
          flush();
        } catch (error) {
          // Kept for the next call: thrown here it would end the process without closing anything.
          trouble = error;
        }
      }, batchMilliseconds);
    },
    close: flush,
  };
}

function hashOf(store: Store, ids: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const { id, status, outcomes, errorKind, errorMessage } of store.rows([...ids].sort())) {
    hash.update(canonicalJson([id, status, outcomes, errorKind, errorMessage])).update("\n");
  }
  return hash.digest("hex");
}

function failuresIn(store: Store, jobs: Iterable<Job>): Failure[] {
  const failures: Failure[] = [];
  for (const { id, point: { scenario, said }, replication } of jobs) {
    const row = store.row(id);
    if (row?.status !== "failed") continue;
    const { errorKind, errorMessage, replay } = row;
    failures.push({
      id,
      scenario,
      settings: said,
      replication,
      errorKind: errorKind!,
      errorMessage: errorMessage!,
      replay,
    });
  }
  return failures;
}

/** What a store knows of a job. */
export function foundIn(store: Store, id: string): Found {
  const row = store.row(id);
  if (!row) return undefined;
  if (row.status === "failed") return { status: "failed" };
  return { status: "done", outcomes: JSON.parse(row.outcomes!) as Record<string, Outcome> };
}
