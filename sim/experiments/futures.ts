// A run that is frozen on the morning of a day and goes on as many futures: the file of their shocks, the runs, the table.

import { z } from "zod";
import { meanInterval } from "#/model/statistics/interval.ts";
import { pairedDifference } from "#/model/statistics/paired_difference.ts";
import { tailRisk } from "#/model/statistics/tail_risk.ts";
import { type Shock, shockSchema, type Supposition } from "#/scenarios/schema.ts";
import { readYamlFile } from "#/scenarios/yaml_file.ts";
import { freeze, future } from "#/sim/fork.ts";
import type { OpeningBook } from "#/sim/opening_book.ts";
import type { Outcome } from "#/sim/result.ts";

/** What a file of futures says: each with shocks of its own, all continued under as many lucks. */
export const futuresSchema = z.strictObject({
  title: z.string().min(3).max(160),
  /** How many lucks each future is continued under; the first is the run's own. */
  lucks: z.int().min(1).max(10_000).optional(),
  futures: z.array(z.strictObject({
    name: z.string().regex(/^[a-z][a-z0-9-]*$/),
    shocks: z.array(shockSchema).max(50),
  })).min(1).max(1_000),
}).meta({ title: "Futures of a run" });

/** Futures as they are run. */
export interface FuturesPlan {
  title: string;
  lucks: number;
  futures: { name: string; shocks: readonly Shock[] }[];
}

/**
 * The plan that a number or a file says: `50` is the run as it is, continued under 50 lucks.
 *
 * Errors: `ScenarioError` with file and line for what the schema refuses, a name said twice, a shock before the day or after the
 * run.
 */
export function futuresPlan(
  text: string,
  { day, days, path = text }: { day: number; days: number; path?: string },
): FuturesPlan {
  if (/^\d+$/.test(text)) {
    const lucks = Number(text);
    if (lucks < 1 || lucks > 10_000) {
      throw new RangeError(`--futures: found ${text}; allowed is a whole number from 1 to 10,000, or a file`);
    }
    return { title: `${lucks} lucks`, lucks, futures: [{ name: "as-supposed", shocks: [] }] };
  }
  const { data, stop } = readYamlFile(path, { file: text, schema: futuresSchema });
  const names = new Set<string>();
  for (const [i, { name, shocks }] of data.futures.entries()) {
    if (names.has(name)) stop(`futures.${i}.name`, `found "${name}" a second time; allowed is once`);
    names.add(name);
    for (const [k, { fromDay, untilDay }] of shocks.entries()) {
      const at = `futures.${i}.shocks.${k}`;
      if (fromDay < day || fromDay >= days) {
        stop(
          `${at}.fromDay`,
          `found ${fromDay}; allowed are days ${day} to ${days - 1}: what was before is the same in all`,
        );
      }
      if (untilDay <= fromDay) {
        stop(`${at}.untilDay`, `found ${untilDay}; allowed is more than fromDay, ${fromDay}`);
      }
    }
  }
  return { title: data.title, lucks: data.lucks ?? 1, futures: data.futures };
}

/** One future under one luck. */
export interface FutureRun {
  future: string;
  luck: number;
  hash: string;
  outcomes: Record<string, Outcome>;
}

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
  engine: string;
  title: string;
  runs: FutureRun[];
  table: FutureRow[];
}

/** Runs a supposition to a day once, and every future of a plan from there. Errors: those of `freeze` and of runs. */
export function runFutures(
  supposed: Supposition,
  { plan, day, replication, engine, outcomes, openingBook, onDay }: {
    plan: FuturesPlan;
    day: number;
    replication: number;
    engine: string;
    /** Outcomes of the table. */
    outcomes: readonly string[];
    openingBook?: OpeningBook;
    /** Told of days simulated so far and in all. */
    onDay?: (done: number, total: number) => void;
  },
): FuturesResult {
  const { days } = supposed.scenario.world;
  const total = day + plan.futures.length * plan.lucks * (days - day);
  let done = 0;
  const tell = () => onDay?.(++done, total);
  const frozen = freeze(supposed, replication, { day, openingBook, onDay: tell });
  const runs: FutureRun[] = [];
  for (let luck = 0; luck < plan.lucks; luck++) {
    for (const { name, shocks } of plan.futures) {
      const { hash, outcomes } = future(frozen, { shocks, luck }, { engine, onDay: tell });
      runs.push({ future: name, luck, hash, outcomes });
    }
  }
  const { name, scenario: { seed } } = supposed;
  return {
    ...{ scenario: name, seed, replication, forkAt: day, days, engine, title: plan.title, runs },
    table: futuresTable(runs, outcomes),
  };
}

/** The table of futures: by future, then by outcome. An outcome that no run has is left out. */
export function futuresTable(runs: readonly FutureRun[], outcomes: readonly string[]): FutureRow[] {
  const names = [...new Set(runs.map((run) => run.future))];
  const of = (future: string, outcome: string) =>
    runs.filter((run) => run.future === future && outcome in run.outcomes).map((run) =>
      run.outcomes[outcome].value
    );
  return names.flatMap((future) =>
    outcomes.flatMap((outcome): FutureRow[] => {
      const values = of(future, outcome), base = of(names[0], outcome);
      if (values.length === 0) return [];
      const { mean, halfWidth, low, high, n } = meanInterval(values), tail = tailRisk(values, 0.95);
      const paired = future !== names[0] && base.length === n ? pairedDifference(values, base) : null;
      const { unit } = runs.find((run) => outcome in run.outcomes)!.outcomes[outcome];
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

/** The outcomes of a table where nobody says which. */
export const usualOutcomes = [
  "netLoss",
  "gmv",
  "lostPurchases",
  "dpd30Share.ant",
  "resultOf.ant",
  "resultOf.jd",
] as const;
