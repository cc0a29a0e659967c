// Stress in a notebook: one past that goes on as many futures, and the stress suites beside what was accepted.

import { type ColumnTable, from } from "arquero";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import { goldenFile, readSuite, shippedSuites } from "#/scenarios/suite_schema.ts";
import { type Asked, onNote, openings, root, supposed } from "#/server/notebook/asked.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { futuresPlan, type FuturesResult, runFutures, usualOutcomes } from "#/sim/experiments/futures.ts";
import { type Checked, checkSuite, readGolden } from "#/sim/experiments/goldens.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { runSuite } from "#/sim/experiments/suites.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";

/**
 * Runs a scenario to the morning of a day once, and goes on from there as many futures: so many lucks, or a file of futures with
 * shocks of their own. Differences are to the first future under the same luck. {@link lines} makes a table of the days.
 *
 * Shapes: `futures` a number from 1 to 10,000, the name of a shipped file of futures or a path; `forkAt` a day within the run;
 * `outcomes` those of the table. The number of workers moves nothing.
 * Errors: `ScenarioError` for a file or a setting that does not fit; `RangeError` for a number or a day out of range.
 *
 * @example
 * ```ts
 * import { futures, lines } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * const set = { "world.history.shoppers": 200, "world.history.days": 40 };
 * const asked = { forkAt: 2, futures: 3, shoppers: 200, days: 4, workers: 1, outcomes: ["gmv"], set };
 * const found = await futures("baseline", asked);
 * assert.equal(found.table[0].n, 3);
 * assert.equal(lines(found).numRows(), 3 * 4);
 * ```
 */
export async function futures(
  nameOrPath: string,
  { forkAt, futures, outcomes = usualOutcomes, workers = navigator.hardwareConcurrency, ...asked }:
    & Asked
    & { forkAt: number; futures: number | string; outcomes?: readonly string[]; workers?: number },
): Promise<FuturesResult> {
  const { supposition, replication } = supposed(nameOrPath, asked);
  const { seed, world: { days } } = supposition.scenario;
  if (!Number.isInteger(forkAt) || forkAt < 1 || forkAt >= days) {
    throw new RangeError(
      `Cannot fork at day ${forkAt}; allowed is a whole number from 1 to ${
        days - 1
      }: the run has ${days} days`,
    );
  }
  for (const name of outcomes) {
    if (outcomeNames.includes(name)) continue;
    refuse(
      "outcomes",
      "",
      `found "${name}"; allowed are outcomes of a run, such as ${listed(usualOutcomes)}${
        meant(name, outcomeNames)
      }`,
    );
  }
  const said = String(futures), shipped = join(root, "scenarios/futures", `${said}.yaml`);
  const path = /^[\w-]+$/.test(said) && existsSync(shipped) ? shipped : said;
  const plan = futuresPlan(said, { day: forkAt, days, seed, path });
  const engine = engineHash();
  const openingBook = cachedOpeningBook(supposition, replication, { engine, folder: openings, onNote });
  return await runFutures(supposition, {
    ...{ plan, day: forkAt, replication, engine, openingBook, outcomes, workers, onNote },
  });
}

/**
 * The days of futures, a row for each future, luck and day: what both issuers have lent, their net loss since the first day
 * (both CNY), the share of it that is more than 30 days late. Days before the fork are the same in all.
 */
export function lines({ runs }: Pick<FuturesResult, "runs">): ColumnTable {
  return from(
    runs.flatMap(({ future, luck, lines }) => {
      const names = Object.keys(lines), days = names.length > 0 ? lines[names[0]].length : 0;
      return Array.from({ length: days }, (_, day) => ({
        ...{ future, luck, day },
        ...Object.fromEntries(names.map((name) => [name, lines[name][day]])),
      }));
    }),
  );
}

/**
 * Runs stress suites and holds what comes out against what was accepted: a row for each suite, case and outcome, with its golden,
 * what was found, how far it may be away (0 by the engine that made the golden) and whether it passed. Accepting is left to
 * the command line.
 *
 * Shapes: names of suites that ship, or paths; all that ship unless said, which takes half a minute.
 * Errors: `ScenarioError` for a suite or a golden that does not fit; what a run throws.
 *
 * @example
 * ```ts
 * import { replay } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * await assert.rejects(replay(["no/such/suite.yaml"]), /no such file/);
 * ```
 */
export async function replay(
  suites: readonly string[] = shippedSuites(),
  { store, workers }: { store?: string; workers?: number } = {},
): Promise<ColumnTable> {
  const engine = engineHash();
  const asked = suites.map((name) => {
    const suite = readSuite(name, { outcomes: outcomeNames }), file = goldenFile(name);
    return { suite, file, golden: readGolden(file) };
  });
  const rows: (Checked & { suite: string })[] = [];
  for (const { suite, file, golden } of asked) {
    const values = await runSuite(suite, { store, workers, engine, openings, onNote });
    const checked = checkSuite(suite, { golden, values, engine, file });
    rows.push(...checked.map((it) => ({ suite: suite.name, ...it })));
  }
  return from(rows);
}
