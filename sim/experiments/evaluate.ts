// Runs of one scenario under several settings, the same people and luck in each; what the store of sweeps has is not run again.

import { scenarioHash } from "#/scenarios/hash.ts";
import { load } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import { availableBytes, fittingWorkers } from "#/sim/experiments/memory.ts";
import { openingFolder, openingKey } from "#/sim/experiments/opening_cache.ts";
import { runPool, type Task, type TaskResult } from "#/sim/experiments/pool.ts";
import { runCommand } from "#/sim/experiments/replay.ts";
import { StandingPool } from "#/sim/experiments/standing_pool.ts";
import { type JobRow, Store, storeFile } from "#/sim/experiments/store.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import type { Outcome } from "#/sim/result.ts";

/** What is run: a scenario and its size. */
export interface EvaluateOptions {
  set?: readonly string[];
  seed?: string;
  shoppers?: number;
  days?: number;
  replications: number;
  /** The first replication, 0 unless said: `replications` of them are run from it on. */
  firstReplication?: number;
  workers?: number;
  store?: string;
  openings?: string;
  /** The module that runs; another one in tests. */
  runner?: string;
  engine?: string;
  /** Threads that stay open between calls, see {@link standingPool}; else each call opens its own. */
  pool?: StandingPool;
  onRun?: (told: { done: number; total: number; reused: number }) => void;
  onNote?: (note: string) => void;
}

/** The outcomes of one run by name. */
export type Values = Record<string, number>;

/** Settings to be tried, each a list of `path=value`. */
export type Case = readonly string[];

/** Runs cases: by case, then by replication. */
export type Evaluate = (cases: readonly Case[]) => Promise<Values[][]>;

/** Runs cases: what each run recorded, as canonical JSON, by case, then by replication. */
export type Records = (cases: readonly Case[]) => Promise<string[][]>;

/** A run that failed: the message says why and gives the command that runs it again. */
export class RunError extends Error {
  override name = "RunError";
}

/** Seconds after which a run counts as hung. */
const timeoutSeconds = 3_600;

/**
 * An evaluator of a scenario: it gives the outcomes of each case and replication, from the store or by running them.
 *
 * Shapes: the settings of a case come after those of all. Errors: `ScenarioError` for what cannot be read, `MemoryError` and
 * `StoreError` before anything is run, {@link RunError} with the replay line for a run that fails.
 */
export function evaluator(scenario: string, options: EvaluateOptions): Evaluate {
  const records = recordsOf(scenario, options);
  return async (cases) =>
    (await records(cases)).map((runs) => runs.map((text) => valuesOf(JSON.parse(text))));
}

/**
 * As {@link evaluator}, for a runner that records something else than outcomes: `record` names it, so that its rows are kept apart
 * from those of outcomes.
 */
export function recordsOf(scenario: string, options: EvaluateOptions & { record?: string }): Records {
  const { set = [], seed, shoppers, days, replications, firstReplication = 0, onRun, record } = options;
  const engine = options.engine ?? engineHash();
  let done = 0, total = 0, reused = 0;
  return async (cases) => {
    const asked = cases.map((own) => {
      const all = [...set, ...own];
      const { name, scenario: resolved, history } = load(scenario, {
        set: all,
        seed,
        shoppers,
        days,
        outcomes: outcomeNames,
      });
      const supposed: Supposition = { name, scenario: resolved, history };
      const hash = scenarioHash(supposed);
      return { supposed, all, id: record === undefined ? hash : `${hash} ${record}` };
    });
    using store = new Store(options.store ?? storeFile);
    const jobs = asked.flatMap(({ supposed, all, id: point }) =>
      Array.from({ length: replications }, (_, k) => firstReplication + k).map((replication) => ({
        point,
        replication,
        id: jobId(point, replication, engine),
        supposed,
        replay: runCommand({
          scenario,
          set: all,
          seed: supposed.scenario.seed,
          replication,
          shoppers: supposed.scenario.world.shoppers,
          days: supposed.scenario.world.days,
        }),
      }))
    );
    store.forgetFailed(jobs.map(({ id }) => id));
    const distinct = [...new Map(jobs.map((job) => [job.id, job])).values()];
    // Replication by replication: those who share a history come together.
    const todo = distinct.filter(({ id }) => !store.status(id)).sort((a, b) => a.replication - b.replication);
    total += distinct.length;
    done += distinct.length - todo.length;
    reused += distinct.length - todo.length;
    onRun?.({ done, total, reused });
    if (todo.length > 0) {
      const tasks: (Task & { point: string })[] = todo.map((
        { id, point, supposed, replication, replay },
      ) => ({
        ...{ id, point, supposition: supposed, replication, replay },
        openingKey: openingKey(supposed, replication, engine),
      }));
      const keep = ({ id, point, replication, replay }: typeof tasks[number], result: TaskResult) => {
        if (result.status === "failed") {
          throw new RunError(`A run failed: ${result.errorMessage}\nReplay: ${replay}`);
        }
        const { outcomes, runHash } = result;
        store.insert([
          {
            ...{ id, point, replication, engine, status: "done", outcomes, runHash, replay },
            ...{ errorKind: null, errorMessage: null },
          } satisfies JobRow,
        ]);
        onRun?.({ done: ++done, total, reused });
      };
      if (options.pool) await options.pool.run(tasks, keep);
      else {
        const shoppers = Math.max(...todo.map(({ supposed }) => supposed.scenario.world.shoppers));
        const workers = Math.min(options.workers ?? navigator.hardwareConcurrency, todo.length);
        await runPool(tasks, { ...poolTerms({ ...options, engine, shoppers, workers }), onResult: keep });
      }
    }
    const byId = (id: string) => store.row(id)!.outcomes!;
    return asked.map((_, k) =>
      jobs.slice(k * replications, (k + 1) * replications).map(({ id }) => byId(id))
    );
  };
}

/** What a pool needs that runs worlds of so many shoppers. Errors: `MemoryError` where not even one fits. */
function poolTerms(
  { shoppers, workers = navigator.hardwareConcurrency, runner, engine, openings, onNote }:
    & Pick<EvaluateOptions, "workers" | "runner" | "engine" | "openings" | "onNote">
    & { shoppers: number },
) {
  return {
    workers: fittingWorkers({ shoppers, workers, available: availableBytes() }),
    workerData: {
      runner: runner ?? new URL("../run.ts", import.meta.url).href,
      engine: engine ?? engineHash(),
      openingFolder: openings ?? openingFolder,
    },
    ...{ timeoutSeconds, heapMib: 4_096, onNote },
  };
}

/**
 * Threads for evaluators that are asked again and again, for worlds of at most so many shoppers; close it when done.
 *
 * Errors: `MemoryError` where not even one run fits.
 */
export const standingPool = (terms: Parameters<typeof poolTerms>[0]): StandingPool =>
  new StandingPool(poolTerms(terms));

const valuesOf = (outcomes: Record<string, Outcome>): Values =>
  Object.fromEntries(Object.entries(outcomes).map(([name, { value }]) => [name, value]));
