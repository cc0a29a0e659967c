// Trials of a calibration: a world with some assumptions changed, run over the same replications and read.

import { createHash } from "node:crypto";
import { canonicalJson, canonicalStrict } from "#/model/units/canonical.ts";
import { scenarioHash } from "#/scenarios/hash.ts";
import { load, type Loaded } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { Targets } from "#/scenarios/targets.ts";
import { settingsOf } from "#/sim/experiments/calibrate_free.ts";
import { runnerFor } from "#/sim/experiments/calibrate_runner.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import { cachedOpeningBook, openingFolder, openingKey } from "#/sim/experiments/opening_cache.ts";
import { availableBytes, fittingWorkers } from "#/sim/experiments/memory.ts";
import { outcomesOf } from "#/sim/experiments/packed_outcomes.ts";
import { runPool, type Task, type TaskResult } from "#/sim/experiments/pool.ts";
import { runCommand } from "#/sim/experiments/replay.ts";
import { Store } from "#/sim/experiments/store.ts";
import type { Outcome } from "#/sim/result.ts";
import type { buildOpeningBook, RunOptions } from "#/sim/run.ts";

/** The file that keeps finished runs of calibrations, unless another is named. */
export const calibrationStore = ".hutong/calibrations.sqlite";

/** What is run: a world, and how often. */
export interface TrialSetup {
  /** A scenario's name or path. */
  world: string;
  targets: Targets;
  replications: number;
  set?: readonly string[];
  seed?: string;
  shoppers?: number;
  days?: number;
}

/** On what it is run; none of it moves a result. */
export interface TrialMachine {
  workers?: number;
  /** The SQLite file of finished runs; nothing is kept where it is `null`. */
  store?: string | null;
  openings?: string;
  timeoutSeconds?: number;
  /** The module that runs; another one in tests. */
  runner?: string;
  /** That module itself, to run in this thread and not in workers: for worlds so small that starting them costs more. */
  loaded?: Runner;
  engine?: string;
  /** Told after each run how many of a batch are done. */
  onRun?: (done: number, of: number) => void;
  onNote?: (note: string) => void;
  signal?: AbortSignal;
}

/** What a runner offers. */
export interface Runner {
  run(
    supposed: Supposition,
    replication: number,
    options: RunOptions,
  ): { outcomes: Record<string, Outcome>; hash: string };
  buildOpeningBook: typeof buildOpeningBook;
}

/** What one run was read as: name → value; what was not reached is missing. */
export type Reading = Record<string, Outcome>;
/** The readings of all replications, in their order. */
export type Readings = Reading[];

/** A calibration was stopped before its end; finished runs are kept. */
export class Stopped extends Error {
  override name = "Stopped";
}

interface TrialTask extends Task {
  point: string;
}

/** Loads the world of a setup with some assumptions changed, in its history too. */
export function trialWorld(setup: TrialSetup, values: Readonly<Record<string, number>> = {}): Loaded {
  const { world, set = [], seed, shoppers, days } = setup;
  return load(world, { set: [...set, ...settingsOf(values)], seed, shoppers, days });
}

/**
 * Runs trials. Every trial has the seed and the replications of all others, so the same people meet the same luck and
 * differences between trials are not drowned by it. A trial is run once, however often it is asked for.
 *
 * Errors: `ScenarioError` for a world that cannot be loaded, `MemoryError` where no run fits, `Error` with its replay line
 * for a run that fails, {@link Stopped} after an interruption.
 */
export class Trials implements Disposable {
  readonly setup: TrialSetup;
  readonly engine: string;
  /** Trials read so far, each with all its replications. */
  count = 0;
  /** Runs that stood in the store already. */
  reused = 0;
  #machine: TrialMachine;
  #store: Store | null;
  #known = new Map<string, Readings>();

  constructor(setup: TrialSetup, machine: TrialMachine = {}) {
    this.setup = setup;
    this.#machine = machine;
    this.engine = machine.engine ?? engineHash();
    const { store = calibrationStore } = machine;
    this.#store = store === null ? null : new Store(store);
  }

  [Symbol.dispose](): void {
    this.#store?.close();
  }

  /** The readings of some trials, in the order asked. Shapes: each trial maps assumption paths to whole values. */
  async read(trials: readonly Readonly<Record<string, number>>[]): Promise<Readings[]> {
    const keys = trials.map((values) => canonicalStrict(values));
    const fresh = [...new Set(keys)].filter((key) => !this.#known.has(key));
    const found = await this.#run(fresh.map((key) => JSON.parse(key) as Record<string, number>));
    fresh.forEach((key, k) => this.#known.set(key, found[k]));
    this.count = this.#known.size;
    return keys.map((key) => this.#known.get(key)!);
  }

  async #run(trials: Record<string, number>[]): Promise<Readings[]> {
    const { setup, engine } = this, { replications, targets } = setup;
    const rows = new Map<string, Reading>(), tasks: TrialTask[] = [], failed: string[] = [];
    const ids: string[][] = trials.map(() => []);
    for (const [k, values] of trials.entries()) {
      const { name, scenario, history } = trialWorld(setup, values);
      const supposition: Supposition = { name, scenario, history };
      const point = createHash("sha256")
        .update(canonicalStrict(["calibration", scenarioHash(supposition), targets.targets])).digest("hex");
      for (let replication = 0; replication < replications; replication++) {
        const id = jobId(point, replication, engine);
        ids[k].push(id);
        const row = this.#store?.row(id);
        if (row?.status === "done") {
          rows.set(id, JSON.parse(row.outcomes!) as Reading);
          this.reused++;
          continue;
        }
        const key = openingKey(supposition, replication, engine);
        const replay = this.#replay(scenario, values, replication);
        tasks.push({ id, point, supposition, replication, replay, openingKey: key });
      }
    }
    await this.#pool(tasks, (task, result) => {
      if (result.status === "failed") {
        failed.push(`${result.errorMessage} (${result.errorKind}); again: ${task.replay}`);
        return;
      }
      rows.set(task.id, outcomesOf(result.outcomes) as unknown as Reading);
      this.#keep(task, result);
    });
    // In order of trial and replication, whichever worker was first.
    if (failed.length > 0) throw new Error(`A run of the calibration failed: ${failed.sort()[0]}`);
    return ids.map((trial) => trial.map((id) => rows.get(id)!));
  }

  async #pool(tasks: TrialTask[], onDone: (task: TrialTask, result: TaskResult) => void): Promise<void> {
    if (tasks.length === 0) return;
    const { openings = openingFolder, timeoutSeconds = 3_600, signal, onNote, onRun } = this.#machine;
    const { shoppers } = tasks[0].supposition.scenario.world;
    const wished = this.#machine.workers ?? navigator.hardwareConcurrency;
    const workers = fittingWorkers({ shoppers, workers: wished, available: availableBytes() });
    let done = 0;
    if (this.#machine.loaded) {
      for (const task of tasks) {
        onDone(task, runHere(task, this.#machine.loaded, { folder: openings, engine: this.engine }));
        onRun?.(++done, tasks.length);
        if (signal?.aborted) throw new Stopped("the calibration was stopped");
      }
      return;
    }
    await runPool(tasks, {
      workers: Math.min(workers, tasks.length),
      workerData: {
        runner: this.#machine.runner ?? runnerFor(this.setup.targets.targets),
        engine: this.engine,
        openingFolder: openings,
      },
      timeoutSeconds,
      heapMib: 4_096,
      signal,
      onNote,
      onResult: (task, result) => {
        onDone(task, result);
        onRun?.(++done, tasks.length);
      },
    });
    if (signal?.aborted) throw new Stopped("the calibration was stopped");
  }

  #keep({ id, point, replication, replay }: TrialTask, result: TaskResult): void {
    if (result.status === "failed") return;
    const { outcomes, runHash } = result;
    this.#store?.insert([{
      id,
      point,
      replication,
      engine: this.engine,
      status: "done",
      outcomes,
      runHash,
      errorKind: null,
      errorMessage: null,
      replay,
    }]);
  }

  #replay(
    { world, seed }: Supposition["scenario"],
    values: Record<string, number>,
    replication: number,
  ): string {
    return runCommand({
      scenario: this.setup.world,
      set: [...this.setup.set ?? [], ...settingsOf(values)],
      seed,
      replication,
      shoppers: world.shoppers,
      days: world.days,
    });
  }
}

/** As a worker does it. */
function runHere(
  { supposition, replication, replay }: TrialTask,
  { run, buildOpeningBook }: Runner,
  { folder, engine }: { folder: string; engine: string },
): TaskResult {
  try {
    const openingBook = cachedOpeningBook(supposition, replication, {
      folder,
      engine,
      build: buildOpeningBook,
    });
    const { outcomes, hash } = run(supposition, replication, { openingBook, engine, replay });
    return { status: "done", outcomes: canonicalJson(outcomes), runHash: hash };
  } catch (error) {
    const { name, message } = error as Error;
    return { status: "failed", errorKind: "error", errorMessage: `${name}: ${message}` };
  }
}
