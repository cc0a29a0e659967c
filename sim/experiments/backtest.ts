// A backtest run: the episode over replications, each observed figure beside where one more replication would lie.

import { studentQuantile } from "#/model/statistics/distributions.ts";
import { meanInterval } from "#/model/statistics/interval.ts";
import type { RunResult } from "#/sim/result.ts";
import { type Backtest, type BacktestName, backtests } from "./backtests.ts";

/** One observed figure beside the simulated one. Null where no replication reached its day. */
export interface BacktestRow {
  name: string;
  title: string;
  unit: "share" | "times";
  on: string;
  observed: number;
  within?: readonly [low: number, high: number];
  source: string;
  simulated: Simulated | null;
  /** Whether what was observed lies where one more replication would, with 95 %; for a bound, whether the mean keeps it. */
  isInside: boolean | null;
  /** The same figure of the world without what the episode is about. */
  without: Simulated | null;
}

/** A mean with its 95 % interval, and the 95 % interval of one more replication. */
export interface Simulated {
  mean: number;
  low: number;
  high: number;
  oneLow: number;
  oneHigh: number;
}

/** A path by day: mean and the interval of one more replication. */
export interface BacktestPath {
  mean: number[];
  low: number[];
  high: number[];
}

/** What a backtest found. */
export interface BacktestResult {
  name: BacktestName;
  title: string;
  scenario: string;
  replications: number;
  startDate: string;
  rows: BacktestRow[];
  path: {
    title: string;
    unit: "share" | "times";
    points: { on: string; observed: number }[];
    simulated: BacktestPath;
  };
  /** The path of the world without, and what it is called. */
  without: { title: string; simulated: BacktestPath } | null;
  inside: number;
  outside: number;
}

/**
 * The interval in which one more observation of a sample would lie.
 *
 * Shapes: two values or more, none negative: both intervals are cut off at 0.
 * Source: mean ± t(n − 1) · s · √(1 + 1/n), normal observations.
 *
 * @example
 * ```ts
 * import { simulatedOf } from "#/sim/experiments/backtest.ts";
 * import assert from "node:assert/strict";
 * const { mean, oneLow, oneHigh, low, high } = simulatedOf([1, 2, 3]);
 * assert.equal(mean, 2);
 * assert.ok(oneHigh > high && high > mean && oneLow === 0 && low === 0);
 * ```
 */
export function simulatedOf(values: readonly number[], confidence = 0.95): Simulated {
  const { mean, low, high, sd, n } = meanInterval(values, { confidence });
  const reach = n < 2 ? Infinity : studentQuantile(0.5 + confidence / 2, n - 1) * sd * Math.sqrt(1 + 1 / n);
  return { mean, low: Math.max(0, low), high, oneLow: Math.max(0, mean - reach), oneHigh: mean + reach };
}

/** A figure lies where one more replication would; a bound is kept by the mean. */
function isInside({ observed, within }: Pick<BacktestRow, "observed" | "within">, it: Simulated): boolean {
  return within
    ? it.mean >= within[0] && it.mean <= within[1]
    : observed >= it.oneLow && observed <= it.oneHigh;
}

function pathOf(paths: readonly number[][]): BacktestPath {
  const days = Math.min(...paths.map((path) => path.length));
  const each = Array.from({ length: days }, (_, d) => simulatedOf(paths.map((path) => path[d])));
  return {
    mean: each.map(({ mean }) => mean),
    low: each.map(({ oneLow, mean }) => Number.isFinite(oneLow) ? oneLow : mean),
    high: each.map(({ oneHigh, mean }) => Number.isFinite(oneHigh) ? oneHigh : mean),
  };
}

/**
 * Reads a backtest of its replications.
 *
 * Shapes: results of the episode and, where it has one, of the world without, in order of replication.
 * Errors: `RangeError` for fewer than two replications: one has no interval.
 */
export function readBacktest(
  name: BacktestName,
  { runs, without = [] }: { runs: readonly RunResult[]; without?: readonly RunResult[] },
): BacktestResult {
  const it: Backtest = backtests[name];
  if (runs.length < 2) {
    throw new RangeError(
      `Cannot tell where one more replication would lie from ${runs.length}; 2 or more are needed`,
    );
  }
  const of = (results: readonly RunResult[], read: (result: RunResult) => number | null) => {
    const values = results.map(read).filter((value) => value !== null);
    return values.length < 2 ? null : simulatedOf(values);
  };
  const rows = it.figures.map(({ read, ...figure }): BacktestRow => {
    const simulated = of(runs, read);
    return {
      ...figure,
      simulated,
      isInside: simulated && isInside(figure, simulated),
      without: of(without, read),
    };
  });
  return {
    name,
    title: it.title,
    scenario: it.scenario,
    replications: runs.length,
    startDate: runs[0].world.startDate,
    rows,
    path: {
      title: it.path.title,
      unit: it.path.unit,
      points: [...it.path.points],
      simulated: pathOf(runs.map(it.path.read)),
    },
    without: without.length > 1 && it.without
      ? { title: it.without.title, simulated: pathOf(without.map(it.path.read)) }
      : null,
    inside: rows.filter(({ isInside }) => isInside === true).length,
    outside: rows.filter(({ isInside }) => isInside === false).length,
  };
}
