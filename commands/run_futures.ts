// hutong run SCENARIO --fork-at D --futures FILE|N: one past, many futures.

import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { inUnit } from "#/server/format.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import {
  type FutureRow,
  futuresPlan,
  type FuturesResult,
  runFutures,
  usualOutcomes,
} from "#/sim/experiments/futures.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { userPath } from "./options.ts";
import { progress } from "./progress.ts";

/** What the command says of futures. */
export interface FuturesChoice {
  forkAt?: number;
  futures?: string;
  outcome?: string[];
}

/**
 * Runs the futures that were asked for; undefined where none were.
 *
 * Errors: `ScenarioError` for one of the two options without the other, a day outside the run, an outcome that no run has.
 */
export function chosenFutures(
  supposed: Supposition,
  { forkAt, futures, outcome }: FuturesChoice,
  { replication, quiet }: { replication: number; quiet?: boolean },
): FuturesResult | undefined {
  if (forkAt === undefined && futures === undefined) return undefined;
  if (forkAt === undefined) {
    refuse("--futures", "", "found no --fork-at; allowed is the day on which the futures begin");
  }
  if (futures === undefined) {
    refuse("--fork-at", "", "found no --futures; allowed is a number of lucks, or a file of futures");
  }
  const { days } = supposed.scenario.world;
  if (forkAt < 1 || forkAt >= days) {
    refuse(
      "--fork-at",
      "",
      `found ${forkAt}; allowed is 1 to ${days - 1}: the run has ${days} days, and some lie on both sides`,
    );
  }
  for (const name of outcome ?? []) {
    if (outcomeNames.includes(name)) continue;
    refuse(
      "--outcome",
      "",
      `found "${name}"; allowed are outcomes of a run, such as ${listed(usualOutcomes)}${
        meant(name, outcomeNames)
      }`,
    );
  }
  const plan = futuresPlan(futures, { day: forkAt, days, path: userPath(futures) });
  const engine = engineHash(), bar = progress({ quiet });
  const openingBook = cachedOpeningBook(supposed, replication, {
    engine,
    onNote: (note) => quiet || console.error(note),
  });
  try {
    return runFutures(supposed, {
      ...{ plan, day: forkAt, replication, engine, openingBook },
      outcomes: outcome ?? usualOutcomes,
      onDay: (done, total) =>
        bar.tell(done / total, `${supposed.name}: ${done} of ${total} days of all futures`),
    });
  } finally {
    bar.end();
  }
}

/** The table for people. */
export function futuresInWords({ scenario, forkAt, days, title, runs, table }: FuturesResult): string {
  const shown = (value: number, { unit }: FutureRow) => inUnit(value, unit);
  const about = (row: FutureRow, value: number, half: number) =>
    Number.isFinite(half) ? `${shown(value, row)} ± ${shown(half, row)}` : shown(value, row);
  const head = [
    "future",
    "outcome",
    "mean",
    "95 % of lucks up to",
    "mean of the worst 5 %",
    "to the first future",
  ];
  const rows = table.map((row) => [
    row.future,
    row.outcome,
    about(row, row.mean, row.halfWidth),
    row.n < 20 ? "" : shown(row.valueAtRisk95, row),
    row.n < 20 ? "" : shown(row.expectedShortfall95, row),
    row.difference === null ? "" : about(row, row.difference, row.differenceHalfWidth!),
  ]);
  const widths = head.map((word, k) => Math.max(word.length, ...rows.map((row) => row[k].length)));
  const laid = (row: string[]) => row.map((cell, k) => cell.padEnd(widths[k])).join("  ").trimEnd();
  const lucks = new Set(runs.map(({ luck }) => luck)).size;
  return [
    `${scenario}, frozen on the morning of day ${forkAt} of ${days}: ${title}`,
    laid(head),
    ...rows.map(laid),
    "",
    `${runs.length} futures, ${lucks} ${lucks === 1 ? "luck" : "lucks"} each` +
    (lucks < 3 ? "; no intervals from fewer than 3" : "; ± is a 95 % interval of the mean") +
    (lucks < 20 ? "; no tails from fewer than 20" : ""),
  ].join("\n");
}

/** Writes the futures into a folder, in one step. */
export function writeFutures(folder: string, futures: FuturesResult): void {
  const file = join(folder, "futures.json");
  writeFileSync(`${file}.part`, JSON.stringify(futures));
  renameSync(`${file}.part`, file);
  console.error(`Written: ${file}`);
}
