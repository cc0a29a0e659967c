// hutong sweep merge and hutong sweep export: stores of several machines into one, and a sweep as a table for other programs.

import { existsSync } from "node:fs";
import { Option } from "commander";
import { refuse } from "#/scenarios/complain.ts";
import { inFull } from "#/server/format.ts";
import { type ExportFormat, exportFormats, sweepTable, writeTable } from "#/sim/experiments/export.ts";
import { MemoryError } from "#/sim/experiments/memory.ts";
import { mergeSeries, seriesFolderOf } from "#/sim/experiments/series.ts";
import { Store, StoreError, storeFile } from "#/sim/experiments/store.ts";
import { damagedStore, storeDamage } from "#/sim/experiments/store_damage.ts";
import { gather, JobIndex } from "#/sim/experiments/sweep_rows.ts";
import { namedPath, userPath } from "./options.ts";
import { print } from "./output.ts";
import { writeParts } from "./page_file.ts";
import { refusedStore, stored } from "./store_errors.ts";
import { sweepEntry } from "./sweep_read.ts";
import { Verb } from "./verb.ts";

/** What one sweep of a store came to. */
export interface StoredSweep {
  id: string;
  name: string;
  jobs: number;
  rows: number;
  failed: number;
  hash: string;
}

/** The sweeps of a store with the hash of their rows, the one first asked for first. */
export function storedSweeps(store: Store): StoredSweep[] {
  return store.sweeps().map(({ id, name, engine, replications }) => {
    const points = new Map(store.points(id).map((point) => [point.id, point]));
    const jobs = new JobIndex([...points.values()], replications, engine);
    const { rows, failed, hash } = gather(store, jobs, []);
    return { id, name, jobs: jobs.size, rows, failed, hash };
  });
}

/** The `merge` command under `sweep`. Errors: `ScenarioError` for a store that cannot be used. */
export function mergeCommand(write: (text: string) => void): Verb {
  return new Verb("merge")
    .description(
      "take the rows and daily series of other stores into one: what every shard has done becomes the whole sweep",
    )
    .argument("<stores...>", "the stores that are taken over, as `sweep --shard` left them")
    .option("--store <path>", `the store that they go into (default: ${storeFile})`)
    .option("--json", "print what came of it as one line of JSON")
    .addHelpText("after", "\nExample: deno task hutong sweep merge one.sqlite two.sqlite three.sqlite")
    .action((stores: string[], _, command: Verb) => {
      const options = command.optsWithGlobals() as { store?: string; json?: boolean };
      const into = options.store === undefined
        ? storeFile
        : namedPath("--store", options.store, "the path of a file");
      const from = stores.map((path) => userPath(path));
      // All are looked at first, and the one that they go into: a store that is not there would be made, a misspelt shard be
      // missed, and of a damaged one a part be taken for the whole.
      const merged = told("--store", () => {
        for (const path of from) {
          if (!existsSync(path)) throw new StoreError(`${path}: no such store`);
          refuseDamaged(path);
        }
        refuseDamaged(into);
        using opened = new DisposableStack();
        // Opened to be written: an older store is brought up to date by that.
        const others = from.map((path) => opened.use(new Store(path)));
        using store = new Store(into);
        let rows = 0, series = 0;
        for (const other of others) {
          rows += store.merge(other).rows;
          series += takenSeries(into, other.path);
        }
        return { rows, series, sweeps: storedSweeps(store) };
      });
      if (options.json) return write(JSON.stringify(merged) + "\n");
      const lines = merged.sweeps.map(({ id, name, jobs, rows, failed, hash }) =>
        `${id.slice(0, 12)}  ${name}: ${inFull(rows)} of ${inFull(jobs)} runs, ${
          inFull(failed)
        } failed; hash ${hash}\n`
      );
      const series = merged.series > 0 ? ` and ${inFull(merged.series)} files of daily series` : "";
      write(`${inFull(merged.rows)} rows${series} taken over\n${lines.join("")}`);
    }) as Verb;
}

/** The `export` command under `sweep`. Errors: `ScenarioError` for a sweep, a store or a file that cannot be used. */
export function exportCommand(write: (bytes: Uint8Array) => boolean): Verb {
  return new Verb("export")
    .description("write a sweep as one table, a row a run")
    .argument("<sweep>", "the name of a sweep in the store, or the first letters of its id")
    .addOption(new Option("--format <format>", "what to write").choices(exportFormats).default("csv"))
    .option("--out <path>", "the file (default: -, standard output)")
    .option("--store <path>", `the store (default: ${storeFile})`)
    .addHelpText(
      "after",
      "\nExample: deno task hutong sweep export financing --format parquet --out financing.parquet",
    )
    .action(async (name: string, _, command: Verb) => {
      const { format, out, store } = command.optsWithGlobals() as {
        format: ExportFormat;
        out?: string;
        store?: string;
      };
      const { path, id } = sweepEntry(name, { store });
      const table = told("sweep", () => sweepTable(path, id));
      const written = (write: (bytes: Uint8Array) => boolean) =>
        writeTable(table, format, write).catch(refusedStore);
      if (out === undefined || out === "-") return await written(write);
      await writeParts(namedPath("--out", out, "the path of a file, or - for standard output"), written);
    }) as Verb;
}

/** The daily series beside one store, taken over beside another. Errors: `StoreError` for a file that is cut short or cannot be kept. */
function takenSeries(into: string, from: string): number {
  try {
    return mergeSeries(seriesFolderOf(into), seriesFolderOf(from));
  } catch (error) {
    throw new StoreError((error as Error).message);
  }
}

function refuseDamaged(path: string): void {
  const wrong = storeDamage(path);
  if (wrong !== undefined) throw new StoreError(damagedStore(wrong, path));
}

function told<T>(place: string, work: () => T): T {
  try {
    return stored(work);
  } catch (error) {
    if (error instanceof MemoryError) refuse(place, "", error.message);
    throw error;
  }
}

/** Bytes to standard output; false once nobody reads it. */
export const toStdout = (data: string | Uint8Array): boolean => print(data);
