// What runs, comparisons and sweeps found, as arquero tables: for a cell that filters, groups and joins.

import { type ColumnTable, from, table } from "arquero";
import { layers, reasons } from "#/model/reasons.ts";
import type { ComparisonReport } from "#/sim/experiments/comparison.ts";
import type { SweepResult } from "#/sim/experiments/sweep.ts";
import type { RunResult } from "#/sim/result.ts";

const dayMilliseconds = 86_400_000;

/**
 * The daily record of a run: `day` from 0, `date`, then a column for each fact, sorted by name.
 *
 * Units: money in CNY for the whole population, people and purchases for everybody, shares as they are.
 */
export function daily({ daily: { columns }, world: { startDate, days } }: RunResult): ColumnTable {
  const start = Date.parse(`${startDate}T00:00:00Z`);
  const day = Array.from({ length: days }, (_, d) => d);
  const date = day.map((d) => new Date(start + d * dayMilliseconds));
  return table({ day, date, ...columns });
}

/** The outcomes of one run or of several, a row for each: scenario, replication, outcome, value, unit. */
export function outcomes(results: RunResult | readonly RunResult[]): ColumnTable {
  return from(
    [results].flat().flatMap(({ scenario, replication, outcomes }) =>
      Object.entries(outcomes).map(([outcome, { value, unit }]) => ({
        scenario,
        replication,
        outcome,
        value,
        unit,
      }))
    ),
  );
}

/**
 * Clearing, a row for each scenario, rail and hour of the day: payments and their value, mean delay, the most that waited and the
 * most money in use on any day, what that cost, the share that nets out, minutes of gridlock a day, failed calls.
 */
export function rails(results: RunResult | readonly RunResult[]): ColumnTable {
  return from(
    [results].flat().flatMap(({ scenario, replication, clearing }) =>
      (clearing?.rails ?? []).flatMap(({ rail, hours }) =>
        hours.map((own, hour) => ({ scenario, replication, rail, hour, ...own }))
      )
    ),
  );
}

/**
 * What layers refused, a row for each scenario and reason, in the order of the chain. `lost` counts wants that ended
 * without a sale, `paidOtherwise` those that were paid in another way; simulated purchases, not scaled.
 */
export function refusals(results: RunResult | readonly RunResult[]): ColumnTable {
  return from(
    [results].flat().flatMap(({ scenario, replication, purchases: { refused, redirected } }) =>
      layers.flatMap((layer) =>
        reasons.filter((it, code) => code > 0 && it.layer === layer).flatMap(({ name, shopperText }) => {
          const lost = refused[layer]?.[name] ?? 0, paidOtherwise = redirected[layer]?.[name] ?? 0;
          if (lost + paidOtherwise === 0) return [];
          return [{
            scenario,
            replication,
            layer,
            reason: name,
            lost,
            paidOtherwise,
            shopperReads: shopperText,
          }];
        })
      )
    ),
  );
}

/**
 * A comparison, outcome by outcome: the first replication of both, then the paired difference over all replications with
 * its 95 % interval (none for a single replication).
 */
export function differences({ a, b, differences }: ComparisonReport): ColumnTable {
  return from(
    Object.entries(differences).map(([outcome, { mean, low, high, n }]) => ({
      outcome,
      [a.scenario]: a.outcomes[outcome].value,
      [b.scenario]: b.outcomes[outcome].value,
      difference: mean,
      low,
      high,
      n,
      unit: b.outcomes[outcome].unit,
    })),
  );
}

/** A sweep, a row for each design point and outcome: settings, level with its interval, difference to the reference. */
export function points({ analysis: { points, units } }: Pick<SweepResult, "analysis">): ColumnTable {
  return from(
    points.flatMap(({ scenario, settings, levels, differences, done, failed, missing }) =>
      Object.entries(levels).map(([outcome, { mean, low, high }]) => ({
        scenario,
        ...settings,
        outcome,
        mean,
        low,
        high,
        difference: differences[outcome]?.mean ?? null,
        differenceLow: differences[outcome]?.low ?? null,
        differenceHigh: differences[outcome]?.high ?? null,
        done,
        failed,
        missing,
        unit: units[outcome],
      }))
    ),
  );
}
