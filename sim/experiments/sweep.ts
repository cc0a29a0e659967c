// A sweep from its file to its table: design, jobs, workers, store, analysis. Kill it at any moment and give it again.

import { canonicalStrict } from "#/model/units/canonical.ts";
import type { Sweep } from "#/scenarios/sweep_schema.ts";
import { analyse, type Analysis } from "#/sim/experiments/analyse.ts";
import { designPoints, type Point, sweepId } from "#/sim/experiments/design.ts";
import type { Settings } from "#/sim/experiments/design_rows.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { distinct, inShard, type Job, type Shard } from "#/sim/experiments/jobs.ts";
import { availableBytes, fittingWorkers } from "#/sim/experiments/memory.ts";
import { openingFolder, openingKey } from "#/sim/experiments/opening_cache.ts";
import { runHere } from "#/sim/experiments/one_run.ts";
import { type PoolOptions, runPool, type Task, type TaskResult } from "#/sim/experiments/pool.ts";
import { replayLine } from "#/sim/experiments/replay.ts";
import { hasSeries, seriesFolderOf, tidySeries } from "#/sim/experiments/series.ts";
import {
  type FailureKind,
  type JobRow,
  passingKinds,
  type ResultRow,
  Store,
  storeFile,
} from "#/sim/experiments/store.ts";
import { gather, JobIndex, statesOf } from "#/sim/experiments/sweep_rows.ts";
import { readSweepFile, type SweepOverrides } from "#/sim/experiments/sweep_file.ts";

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
  /** Worker threads; one a core unless said, fewer where memory is short. 0: none, see `runHere`. */
  workers?: number;
  /** The SQLite file of results. */
  store?: string;
  /** The folder of opening books. */
  openings?: string;
  /** Seconds after which a run counts as hung. */
  timeoutSeconds?: number;
  /** Most MiB of JavaScript objects a worker. */
  heapMib?: number;
  /** Run again whatever failed before; without it only what timed out, ran out of memory or crashed. */
  retry?: boolean;
  /** Run only this part of the sweep; the stores of all parts merged are the whole. */
  shard?: Shard;
  /** Keep the daily series of each run as an Arrow file beside the store. */
  series?: boolean;
  /** Do the jobs elsewhere; by worker threads of this process unless said. */
  dispatch?: Dispatch;
  /** Outcomes to gather besides the file's, for `onValues`. */
  extraOutcomes?: readonly string[];
  /** Called at the end with the values of each point by outcome, replication by replication. */
  onValues?: (point: string, values: Map<string, number[]>) => void;
  /** List the sweep in the store; true unless said. */
  isListed?: boolean;
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

/** A task of a sweep: what is run, and the job whose row it becomes. */
export interface JobTask extends Task {
  job: Job;
}

/** Does all tasks of a sweep, telling each result once; ends early at the signal. Shapes: as `runPool`. */
export type Dispatch = (tasks: Iterable<JobTask>, options: PoolOptions<JobTask>) => Promise<void>;

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
  /** SHA-256 over id, status, outcomes, error kind and message of all rows, in order of id; see `gather`. */
  hash: string;
  analysis: Analysis;
  failures: Failure[];
}

const rowsPerBatch = 4_096, batchMilliseconds = 80;

/**
 * Runs a sweep, or what is left of it: a run whose row is in the store is never done twice.
 *
 * Shapes: the name of a shipped sweep, or the path of a file.
 * Errors: `ScenarioError` for a file that does not fit, `StoreError` for a store that cannot be used, `MemoryError` when a
 * run would not fit into memory; each before anything is run or written. `StoreError` also when the disk becomes full: what
 * was written stays. A run that fails is a row, no error here.
 */
export async function sweep(nameOrPath: string, options: SweepOptions = {}): Promise<SweepResult> {
  const { store: path = storeFile, onNote, signal, shard } = options;
  const asked = readSweepFile(nameOrPath, options);
  const wished = options.workers ?? navigator.hardwareConcurrency;
  const available = availableBytes();
  const workers = fittingWorkers({ shoppers: asked.shoppers, workers: wished, available });
  if (workers < wished) onNote?.(`memory allows ${workers} of ${wished} workers at once`);

  const points = designPoints(asked), once = distinct(points);
  const engine = options.engine ?? engineHash();
  const { title, name, replications } = asked;
  const id = sweepId(asked, points, engine);
  const jobs = new JobIndex(once, replications, engine);
  const isOurs = (id: string) => !shard || inShard(id, shard);
  const size = shard ? jobs.ids.filter(isOurs).length : jobs.size;

  using store = new Store(path);
  options.onBegin?.(asked, { points: once.length, jobs: size });
  if (options.isListed ?? true) {
    store.saveSweep(
      { id, name, title, engine, replications, design: canonicalStrict(designOf(asked)) },
      function* () {
        for (const { id, scenario, settings } of points) {
          yield { id, scenario, settings: canonicalStrict(settings) };
        }
      }(),
    );
  }
  store.forgetFailed(jobs.ids.filter(isOurs), options.retry ? undefined : passingKinds);

  const states = statesOf(store, jobs);
  const seriesFolder = options.series ? seriesFolderOf(path) : undefined;
  if (seriesFolder !== undefined) tidySeries(seriesFolder);
  const progress: SweepProgress = { jobs: size, rows: 0, reused: 0, failed: 0 };
  const missing: number[] = [];
  for (const [number, id] of jobs.ids.entries()) {
    if (!isOurs(id)) continue;
    const isThere = states[number] === 2 ||
      states[number] === 1 && (seriesFolder === undefined || hasSeries(seriesFolder, id));
    if (!isThere) missing.push(number);
    else progress.rows++;
    if (isThere && states[number] === 2) progress.failed++;
  }
  progress.reused = progress.rows;
  options.onProgress?.({ ...progress });
  if (missing.length > 0) {
    const tasks = tasksOf(asked, { once, jobs, missing, engine });
    await work(tasks, { engine, store, workers, progress, seriesFolder, options });
  }
  const wanted = [...new Set([...asked.outcomes, ...options.extraOutcomes ?? []])];
  const { rows, failed, hash, found, failures } = gather(store, jobs, wanted);
  if (options.onValues) {
    for (const { id } of once) options.onValues(id, valuesOf(id, { wanted, replications, found }));
  }
  const analysis = analyse(points, { base: asked.base, outcomes: asked.outcomes, replications, found });
  const interrupted = progress.rows < size && signal?.aborted === true;
  return {
    ...{ id, title, engine, jobs: size, rows: shard ? progress.rows : rows, reused: progress.reused },
    ...{ failed: shard ? progress.failed : failed, interrupted, hash, analysis },
    failures: failures.map((row) => failureOf(row, once[jobs.numbers.get(row.id)! % once.length])),
  };
}

/** What is kept of a sweep's file in the store. `files` leads from a scenario of `base` to its file; older sweeps have none. */
export type Design = Omit<Sweep, "file" | "files" | "places"> & { files?: Sweep["files"] };

function designOf({ file: _file, places: _places, ...design }: Sweep): Design {
  return design;
}

async function work(
  tasks: Iterable<JobTask>,
  { engine, store, workers, progress, seriesFolder, options }: {
    engine: string;
    store: Store;
    workers: number;
    progress: SweepProgress;
    seriesFolder: string | undefined;
    options: SweepOptions;
  },
): Promise<void> {
  const { openings = openingFolder, timeoutSeconds = 3_600, heapMib = 4_096, onProgress, onNote, signal } =
    options;
  const runner = options.runner ?? new URL("../run.ts", import.meta.url).href;
  const notes = new Set<string>();
  const batch = makeBatch(store);
  try {
    await (options.dispatch ?? (workers === 0 ? runHere : runPool))(tasks, {
      workers: Math.min(workers, progress.jobs - progress.rows),
      workerData: { runner, engine, openingFolder: openings, seriesFolder },
      timeoutSeconds,
      heapMib,
      signal,
      onNote: (note) => {
        if (!notes.has(note)) onNote?.(note);
        notes.add(note);
      },
      onResult: (task, result) => {
        batch.add(rowOf(task, engine, result));
        progress.rows++;
        if (result.status === "failed") progress.failed++;
        onProgress?.({ ...progress });
      },
    });
  } finally {
    batch.close();
  }
}

function* tasksOf(
  asked: Sweep,
  { once, jobs, missing, engine }: { once: Point[]; jobs: JobIndex; missing: number[]; engine: string },
): Generator<JobTask> {
  for (const number of missing) {
    const point = once[number % once.length], replication = Math.floor(number / once.length);
    const id = jobs.ids[number], { base, changes } = point;
    yield {
      id,
      supposition: base,
      changes,
      replication,
      replay: replayLine(asked, point, replication),
      openingKey: openingKey(changesPeople(changes) ? point.supposition : base, replication, engine),
      job: { id, point, replication },
    };
  }
}

/** Whether a change reaches what an opening book depends on beside the history. */
const changesPeople = (changes: Point["changes"]) =>
  changes.some(([path]) => path[0] === "seed" || path[0] === "world");

/** The row of a task that has ended. */
export function rowOf(
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
    replay: failed ? replay : null,
  };
}

/** Rows go to disk together, a tenth of a second after the ones before them at the latest; a row that comes alone goes at once. */
function makeBatch(store: Store) {
  let pending: JobRow[] = [], writtenAt = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let trouble: unknown;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const rows = pending;
    pending = [];
    store.insert(rows);
    writtenAt = Date.now();
  };
  return {
    add(row: JobRow) {
      if (trouble) throw trouble;
      pending.push(row);
      if (pending.length >= rowsPerBatch || Date.now() - writtenAt >= batchMilliseconds) return flush();
      timer ??= setTimeout(() => {
        try {
          flush();
        } catch (error) {
          // Kept for the next call: thrown here it would end the process without closing anything.
          trouble = error;
        }
      }, batchMilliseconds);
    },
    close() {
      if (trouble) {
        clearTimeout(timer);
        throw trouble;
      }
      flush();
    },
  };
}

function valuesOf(
  point: string,
  { wanted, replications, found }: {
    wanted: readonly string[];
    replications: number;
    found: ReturnType<typeof gather>["found"];
  },
): Map<string, number[]> {
  const values = new Map(wanted.map((name) => [name, [] as number[]]));
  for (let replication = 0; replication < replications; replication++) {
    const job = found(point, replication);
    if (job?.status !== "done") continue;
    for (const name of wanted) if (job.outcomes[name]) values.get(name)!.push(job.outcomes[name].value);
  }
  return values;
}

function failureOf({ id, replication, errorKind, errorMessage, replay }: ResultRow, point: Point): Failure {
  const { scenario, said } = point;
  return {
    ...{ id, scenario, settings: said, replication },
    ...{ errorKind: errorKind!, errorMessage: errorMessage!, replay: replay! },
  };
}
