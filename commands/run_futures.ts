// hutong run SCENARIO --fork-at D --futures FILE|N: one past, many futures.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { counted, differenceAbout, inUnit } from "#/server/format.ts";
import { futuresPage } from "#/server/pages/futures.tsx";
import { engineHash } from "#/sim/experiments/engine.ts";
import {
  type FutureRow,
  type FuturesPlan,
  futuresPlan,
  type FuturesResult,
  runFutures,
  usualOutcomes,
} from "#/sim/experiments/futures.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import { namedPath, userPath, writableFolder } from "./options.ts";
import { pageFile, writeFile, writePage } from "./page_file.ts";
import { progress } from "./progress.ts";

/** What the command says of futures. */
export interface FuturesChoice {
  forkAt?: number;
  futures?: string;
  outcome?: string[];
  shocks?: string;
  workers?: number;
  out?: string;
}

/**
 * Runs the futures that were asked for; undefined where none were.
 *
 * Errors: `ScenarioError` for one of the two options without the other, a day outside the run, an outcome that no run has.
 */
export async function chosenFutures(
  supposed: Supposition,
  { forkAt, futures, outcome, shocks, workers }: FuturesChoice,
  { replication, quiet }: { replication: number; quiet?: boolean },
): Promise<FuturesResult | undefined> {
  if (forkAt === undefined && futures === undefined) {
    const [option, found] = shocks !== undefined
      ? ["--shocks", shocks]
      : outcome !== undefined
      ? ["--outcome", outcome[0]]
      : workers !== undefined
      ? ["--workers", workers]
      : [];
    if (option) {
      refuse(String(option), "", `found ${found} without --futures; allowed is with --fork-at and --futures`);
    }
    return undefined;
  }
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
  const plan = chosenPlan(futures, { shocks, day: forkAt, days, seed: supposed.scenario.seed });
  const engine = engineHash(), bar = progress({ quiet });
  const openingBook = cachedOpeningBook(supposed, replication, {
    engine,
    onNote: (note) => quiet || console.error(note),
  });
  try {
    return await runFutures(supposed, {
      ...{ plan, day: forkAt, replication, engine, openingBook },
      outcomes: outcome ?? usualOutcomes,
      workers: workers ?? navigator.hardwareConcurrency,
      onNote: (note) => quiet || console.error(note),
      onDay: (done, total) =>
        bar.tell(done / total, `${supposed.name}: ${done} of ${total} days of all futures`),
    });
  } finally {
    bar.end();
  }
}

/** The plan of a number, a file of futures, or a number of draws from a file with ranges. */
function chosenPlan(
  futures: string,
  { shocks, ...terms }: { shocks?: string; day: number; days: number; seed: string },
): FuturesPlan {
  if (
    shocks === undefined && !isWholeTo10000(futures) && (futures === "" || Number.isFinite(Number(futures)))
  ) {
    refuse(
      "--futures",
      "",
      `found ${futures || "nothing"}; allowed is a whole number from 1 to 10,000, or a file`,
    );
  }
  if (shocks === undefined) return futuresPlan(futures, { ...terms, path: futuresFile(futures) });
  const rows = Number(futures);
  if (!/^\d+$/.test(futures) || rows < 2 || rows > 10_000) {
    refuse("--futures", "", `found ${futures}; allowed with --shocks is a whole number from 2 to 10,000`);
  }
  return futuresPlan(shocks, { ...terms, path: futuresFile(shocks), rows });
}

const isWholeTo10000 = (text: string) => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= 10_000;

/** A shipped file of futures by its name, or a path as the user meant it. */
const futuresFile = (text: string) =>
  /[/\\]|\.ya?ml$/.test(text) || !existsSync(join(shippedFolder, `${text}.yaml`))
    ? userPath(text)
    : join(shippedFolder, `${text}.yaml`);

const shippedFolder = fileURLToPath(new URL("../scenarios/futures/", import.meta.url));

/** Where futures are to be written: a page, or a folder for the result and its page; tried before anything is run. */
export function futuresOut(out: string | undefined): { page?: string; result?: string } {
  if (out === undefined) return {};
  if (/\.html?$/i.test(out)) return { page: pageFile(out) };
  const folder = writableFolder("--out", namedPath("--out", out, "the path of a page (.html) or a folder"));
  return { page: join(folder, "futures.html"), result: join(folder, "futures.json") };
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
    row.difference === null ? "" : differenceAbout(row.difference, row.differenceHalfWidth, row.unit),
  ]);
  const widths = head.map((word, k) => Math.max(word.length, ...rows.map((row) => row[k].length)));
  const laid = (row: string[]) => row.map((cell, k) => cell.padEnd(widths[k])).join("  ").trimEnd();
  const lucks = new Set(runs.map(({ luck }) => luck)).size;
  const futures = new Set(runs.map(({ future }) => future)).size;
  return [
    `${scenario}, frozen on the morning of day ${forkAt} of ${days}: ${title}`,
    laid(head),
    ...rows.map(laid),
    "",
    `${counted(futures, "future")} under ${counted(lucks, "luck")}${futures > 1 ? " each" : ""}: ${
      counted(runs.length, "run")
    }` +
    (lucks < 3 ? "; no intervals from fewer than 3" : "; ± is a 95 % interval of the mean") +
    (lucks < 20 ? "; no tails from fewer than 20" : ""),
  ].join("\n");
}

/** What is printed as JSON: the daily lines of each future go to `--out`. */
export function withoutLines<T extends FuturesResult>(futures: T): Omit<T, "runs"> & { runs: unknown[] } {
  return { ...futures, runs: futures.runs.map(({ lines: _lines, ...run }) => run) };
}

/** Writes the picture of futures, and with it the result where a folder was named; each in one step. */
export function writeFutures(
  { page, result }: ReturnType<typeof futuresOut>,
  futures: FuturesResult & { replay: string },
): void {
  if (result !== undefined) writeFile("--out", result, JSON.stringify(futures));
  if (page !== undefined) writePage(page, futuresPage(futures, futures));
  for (const file of [result, page]) if (file !== undefined) console.error(`Written: ${file}`);
}
