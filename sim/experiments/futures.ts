// A run that is frozen on the morning of a day and goes on as many futures: the file of their shocks, the runs, the table.

import { meanInterval } from "#/model/statistics/interval.ts";
import { quantileSorted } from "#/model/statistics/quantile.ts";
import { pairedDifference } from "#/model/statistics/paired_difference.ts";
import { tailRisk } from "#/model/statistics/tail_risk.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { Lines } from "#/sim/experiments/futures_lines.ts";
import type { FuturesPlan } from "#/sim/experiments/futures_plan.ts";
import { type Asked, type FutureRun, runAll } from "#/sim/experiments/futures_runs.ts";
import { availableBytes, fittingWorkers } from "#/sim/experiments/memory.ts";
import { freeze } from "#/sim/fork.ts";
import type { OpeningBook } from "#/sim/opening_book.ts";

export { type FuturesPlan, futuresPlan } from "#/sim/experiments/futures_plan.ts";
export type { FutureRun } from "#/sim/experiments/futures_runs.ts";

/** One outcome of one future over its lucks; differences are to the first future under the same luck. */
export interface FutureRow {
  future: string;
  outcome: string;
  unit: string;
  n: number;
  mean: number;
  halfWidth: number;
  low: number;
  high: number;
  valueAtRisk95: number;
  expectedShortfall95: number;
  difference: number | null;
  differenceHalfWidth: number | null;
}

/** What came of a run and its futures. */
export interface FuturesResult {
  scenario: string;
  seed: string;
  replication: number;
  forkAt: number;
  days: number;
  startDate: string;
  engine: string;
  title: string;
  plan: FuturesPlan["futures"];
  runs: FutureRun[];
  table: FutureRow[];
}

/**
 * Runs a supposition to a day once, and every future of a plan from there, side by side. The result does not depend on the number
 * of workers.
 *
 * Shapes: as many workers as said, fewer where memory is short. Errors: those of `freeze` and of runs; `MemoryError` where not
 * even one run fits.
 */
export async function runFutures(
  supposed: Supposition,
  { plan, day, replication, engine, outcomes, openingBook, workers = 1, onDay, onNote }: {
    plan: FuturesPlan;
    day: number;
    replication: number;
    engine: string;
    /** Outcomes of the table. */
    outcomes: readonly string[];
    openingBook?: OpeningBook;
    /** Threads; in this one alone unless said. */
    workers?: number;
    /** Told of days simulated so far and in all. */
    onDay?: (done: number, total: number) => void;
    onNote?: (note: string) => void;
  },
): Promise<FuturesResult> {
  const { name, scenario: { seed, world: { days, shoppers, startDate } } } = supposed;
  const asked = plan.futures.flatMap(({ name, shocks, drawn }) =>
    Array.from({ length: plan.lucks }, (_, luck): Omit<Asked, "n"> => {
      const own = drawn?.[luck];
      return { future: name, luck, shocks: own?.shocks ?? shocks, ...own && { values: own.values } };
    })
  ).sort((a, b) => a.luck - b.luck).map((one, n) => ({ n, ...one }));
  const total = day + asked.length * (days - day);
  let done = 0;
  const tell = (more: number) => onDay?.(done += more, total);
  const frozen = freeze(supposed, replication, { day, openingBook, onDay: () => tell(1) });
  const fit = workers > 1 ? fittingWorkers({ shoppers, workers, available: availableBytes() }) : 1;
  if (fit < workers) onNote?.(`memory allows ${fit} of ${workers} workers at once`);
  const runs = await runAll(frozen, asked, { engine, workers: fit, onDays: tell });
  return {
    ...{ scenario: name, seed, replication, forkAt: day, days, startDate, engine },
    ...{ title: plan.title, plan: plan.futures, runs, table: futuresTable(runs, outcomes) },
  };
}

/** The table of futures: by future, then by outcome. An outcome that no run has is left out. */
export function futuresTable(runs: readonly FutureRun[], outcomes: readonly string[]): FutureRow[] {
  const names = [...new Set(runs.map((run) => run.future))];
  return names.flatMap((future) =>
    outcomes.flatMap((outcome): FutureRow[] => {
      const own = runs.filter((run) => run.future === future && outcome in run.outcomes);
      if (own.length === 0) return [];
      const valueOf = (run: FutureRun | undefined) => run?.outcomes[outcome]?.value;
      const values = own.map((run) => valueOf(run)!);
      const base = own.map(({ luck }) =>
        valueOf(runs.find((it) => it.future === names[0] && it.luck === luck))
      );
      const { mean, halfWidth, low, high, n } = meanInterval(values), tail = tailRisk(values, 0.95);
      const paired = future !== names[0] && base.every((value) => value !== undefined)
        ? pairedDifference(values, base as number[])
        : null;
      const { unit } = own[0].outcomes[outcome];
      return [{
        ...{ future, outcome, unit, n, mean, halfWidth, low, high },
        valueAtRisk95: tail.valueAtRisk,
        expectedShortfall95: tail.expectedShortfall,
        difference: paired && paired.mean,
        differenceHalfWidth: paired && paired.halfWidth,
      }];
    })
  );
}

/** One line of one future over its lucks: what a picture shows of it. */
export interface FutureFan {
  future: string;
  /** Day of the run of each entry: the one before the futures begin, and all from there. */
  days: number[];
  /** By level of {@link fanShares}, an entry a day. */
  levels: number[][];
}

/** The shares of lucks that lie below the edges of a fan's bands and its middle. */
export const fanShares = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/**
 * A line of all futures: the history that they share, and how far they spread after it.
 *
 * Shapes: runs of one past; the fans begin on the last day of the history, where all are one. Nothing where no run has the line.
 */
export function fansOf(
  runs: readonly FutureRun[],
  { line, forkAt }: { line: keyof Lines; forkAt: number },
): { history: number[]; fans: FutureFan[] } | undefined {
  const [first] = runs;
  if (!first?.lines[line]) return undefined;
  const names = [...new Set(runs.map(({ future }) => future))];
  return {
    history: first.lines[line].slice(0, forkAt),
    fans: names.map((future) => {
      const own = runs.filter((run) => run.future === future).map(({ lines }) => lines[line]);
      const days = Array.from({ length: own[0].length - forkAt + 1 }, (_, i) => forkAt - 1 + i);
      const sorted = days.map((day) => Float64Array.from(own, (values) => values[day]).sort());
      return {
        future,
        days,
        levels: fanShares.map((share) => sorted.map((values) => quantileSorted(values, share))),
      };
    }),
  };
}

/** The outcomes of a table where nobody says which. */
export const usualOutcomes = [
  "netLoss",
  "gmv",
  "lostPurchases",
  "dpd30Share.ant",
  "resultOf.ant",
  "resultOf.jd",
] as const;
