// Reading sweeps in a notebook: which there are, a row a run, what moves an outcome, where a condition holds. Nothing is run.

import { type ColumnTable, from, table } from "arquero";
import { join } from "node:path";
import { root } from "#/server/notebook/asked.ts";
import { discover as discoverIn, type Discovery, readCondition } from "#/sim/experiments/discover.ts";
import { listSweeps, namedEntry, readSweep as readStored, type SweepTable } from "#/sim/experiments/read.ts";
import { type Method, type Sensitivity, sensitivityOf } from "#/sim/experiments/sensitivity.ts";
import { seriesFolderOf, seriesOf } from "#/sim/experiments/series.ts";
import { storeFile } from "#/sim/experiments/store.ts";

/** Which file of results is meant; that of the command line unless said. */
export interface Kept {
  store?: string;
}

const usual = join(root, storeFile);

/**
 * The sweeps that were run, a row each: name, title, runs asked for, rows that are there, failed ones among them, id.
 *
 * Errors: `StoreError` for a file that is no store.
 *
 * @example
 * ```ts
 * import { sweeps } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * assert.equal(sweeps({ store: "no/such.sqlite" }).numRows(), 0);
 * ```
 */
export function sweeps({ store = usual }: Kept = {}): ColumnTable {
  return from(
    listSweeps(store).map(({ name, title, jobs, rows, failed, id }) => ({
      ...{ name, title, jobs, rows, failed, id },
    })),
  );
}

/**
 * A sweep that was run: the last one of a name, or the one whose id begins so. `points`, `cells`, `sensitivity` and `discover`
 * read it; `sweep` gives the same name a result first.
 *
 * Errors: `ScenarioError` naming the sweeps that are there; `StoreError` for a file that is no store.
 *
 * @example
 * ```ts
 * import { readSweep } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * assert.throws(() => readSweep("liquidity", { store: "no/such.sqlite" }), /no sweep has been run into no\/such.sqlite yet/);
 * ```
 */
export function readSweep(nameOrId: string, { store = usual }: Kept = {}): SweepTable {
  return readStored(store, namedEntry(store, nameOrId).id);
}

/**
 * A sweep, a row a run: scenario, settings by axis, replication, status, then each outcome of the sweep in its unit (null where
 * the run has none), id.
 */
export function cells({ cells, design: { outcomes } }: Pick<SweepTable, "cells" | "design">): ColumnTable {
  return from(
    cells.map(({ id, scenario, settings, replication, status, outcomes: found }) => ({
      ...{ scenario, ...settings, replication, status },
      ...Object.fromEntries(outcomes.map((name) => [name, found[name]?.value ?? null])),
      id,
    })),
  );
}

/**
 * The daily series of one run of a sweep that was run with `--series`, a row a day: day (from 0), then each fact of the record.
 *
 * Shapes: `id` is a run's, as in {@link cells}. Errors: `RangeError` for a run without a series, or a file that is cut short.
 *
 * @example
 * ```ts
 * import { series } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * assert.throws(() => series("0".repeat(64)), /no series of the run 000000000000.*; allowed are runs of a sweep with --series/);
 * ```
 */
export function series(id: string, { store = usual }: Kept = {}): ColumnTable {
  const folder = seriesFolderOf(store), found = seriesOf(folder, id);
  if (!found) {
    throw new RangeError(
      `${folder}: no series of the run ${id.slice(0, 12)}; allowed are runs of a sweep with --series`,
    );
  }
  const [first = []] = Object.values(found.columns);
  return table({ day: first.map((_, day) => day), ...found.columns });
}

/**
 * What moves an outcome of a sweep. {@link measures} makes the table.
 *
 * Shapes: the sweep's first outcome and last scenario, and the first method that its design allows, unless said; `isDifference`
 * takes the paired difference to the sweep's first scenario.
 * Errors: `RangeError` for a design that no method, or not this one, can read, for an outcome or a scenario that the sweep has
 * not, and for too few rows.
 *
 * @example
 * ```ts
 * import { readSweep, sensitivity } from "#/mod.ts";
 * // It asks for a sweep that was run: deno task hutong sweep screening
 * const ranked = () => sensitivity(readSweep("screening"), { outcome: "netLoss" }).axes.map(({ title }) => title);
 * void ranked;
 * ```
 */
export function sensitivity(
  table: SweepTable,
  { outcome, scenario, ...rest }: {
    outcome?: string;
    scenario?: string;
    isDifference?: boolean;
    method?: Method;
    resamples?: number;
  } = {},
): Sensitivity {
  const { design: { outcomes, base } } = table;
  return sensitivityOf(table, {
    ...rest,
    outcome: outcome ?? outcomes[0],
    scenario: scenario ?? base[base.length - 1],
  });
}

/** What moves an outcome, a row an axis and measure: its name, its title, the measure, its value and 95 % interval (or null). */
export function measures({ axes }: Pick<Sensitivity, "axes">): ColumnTable {
  return from(
    axes.flatMap(({ name, title, measures }) =>
      Object.entries(measures).map(([measure, { value, low, high }]) => ({
        ...{ axis: name, title, measure, value, low, high },
      }))
    ),
  );
}

/**
 * Where in the space of a sweep a condition holds: boxes with coverage and density, how stable their limits are, a tree.
 *
 * Shapes: `where` such as `resultOf.jd < 0`; the last scenario unless said; `density` is the least share of rows in the chosen
 * box that meet it.
 * Errors: `SyntaxError` for a condition that cannot be read; `RangeError` as of {@link sensitivity}, and for a condition that
 * all rows or none meet.
 *
 * @example
 * ```ts
 * import { discover, readSweep } from "#/mod.ts";
 * // It asks for a sweep that was run: deno task hutong sweep screening
 * const limits = () => discover(readSweep("screening"), { where: "netLoss > 2e9" }).limits;
 * void limits;
 * ```
 */
export function discover(
  table: SweepTable,
  { where, scenario, density = 0.8, ...rest }: {
    where: string;
    scenario?: string;
    isDifference?: boolean;
    density?: number;
    resamples?: number;
  },
): Discovery {
  const { design: { base } } = table;
  return discoverIn(table, {
    ...rest,
    condition: readCondition(where),
    scenario: scenario ?? base[base.length - 1],
    densityMin: density,
  });
}
