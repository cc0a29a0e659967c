// hutong sweep merge and hutong sweep export: stores of several machines into one, and a sweep as a table for other programs.

import { existsSync } from "node:fs";
import { Option } from "commander";
import { ScenarioError } from "#/scenarios/complain.ts";
import { inFull } from "#/server/format.ts";
import { type ExportFormat, exportFormats, sweepTable, writeTable } from "#/sim/experiments/export.ts";
import { MemoryError } from "#/sim/experiments/memory.ts";
import { Store, StoreError, storeFile } from "#/sim/experiments/store.ts";
import { gather, JobIndex } from "#/sim/experiments/sweep_rows.ts";
import { namedPath, userPath } from "./options.ts";
import { print } from "./output.ts";
import { writeParts } from "./page_file.ts";
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
    .description("take the rows of other stores into one: what every shard has done becomes the whole sweep")
    .argument("<stores...>", "the stores that are taken over, as `sweep --shard` left them")
    .option("--store <path>", `the store that they go into (default: ${storeFile})`)
    .option("--json", "print what came of it as one line of JSON")
    .addHelpText("after", "\nExample: deno task hutong sweep merge one.sqlite two.sqlite three.sqlite")
    .action((stores: string[], _, command: Verb) => {
      const options = command.optsWithGlobals() as { store?: string; json?: boolean };
      const into = options.store === undefined
        ? storeFile
        : namedPath("--store", options.store, "the path of a file");
      const merged = told("--store", () => {
        const from = stores.map((path) => userPath(path));
        // All are looked for first: a store that is not there would be made, and a misspelt shard be missed.
        for (const path of from) if (!existsSync(path)) throw new StoreError(`${path}: no such store`);
        using store = new Store(into);
        let rows = 0;
        for (const path of from) {
          // Opened to be written: an older store is brought up to date by that.
          using check = new Store(path, { readOnly: false });
          rows += store.merge(check).rows;
        }
        return { rows, sweeps: storedSweeps(store) };
      });
      if (options.json) return write(JSON.stringify(merged) + "\n");
      const lines = merged.sweeps.map(({ id, name, jobs, rows, failed, hash }) =>
        `${id.slice(0, 12)}  ${name}: ${inFull(rows)} of ${inFull(jobs)} runs, ${
          inFull(failed)
        } failed; hash ${hash}\n`
      );
      write(`${inFull(merged.rows)} rows taken over\n${lines.join("")}`);
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
      if (out === undefined || out === "-") return await writeTable(table, format, write);
      const file = namedPath("--out", out, "the path of a file, or - for standard output");
      await writeParts(file, (write) => writeTable(table, format, write));
    }) as Verb;
}

/** Whether SQLite could not do something with a store's file. */
export const isDamage = (error: unknown): error is Error =>
  (error as { code?: string } | null)?.code === "ERR_SQLITE_ERROR";

/**
 * What to say of a store that SQLite could not use: that it is damaged, or that somebody else holds it.
 *
 * @example
 * ```ts
 * import { damaged } from "#/commands/sweep_stores.ts";
 * import assert from "node:assert/strict";
 * assert.match(damaged(new Error("database is locked")), /another process is writing/);
 * assert.match(damaged(new Error("no such table: jobs")), /is damaged or lacks a part/);
 * ```
 */
export const damaged = ({ message }: Error): string =>
  /is locked|is busy/.test(message)
    ? `found a store that another process is writing for longer than this one waits (${message}); what was finished is ` +
      `kept: give the same command again when that one is done`
    : `found a store that is damaged or lacks a part (${message}); allowed is one that a sweep made: take it from a copy, ` +
      `or name another file, into which the same sweep runs again`;

function told<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof StoreError) {
      throw new ScenarioError([{ place: "--store", path: "", text: `found ${error.message}` }]);
    }
    if (isDamage(error)) throw new ScenarioError([{ place: "--store", path: "", text: damaged(error) }]);
    if (error instanceof MemoryError) throw new ScenarioError([{ place, path: "", text: error.message }]);
    throw error;
  }
}

/** Bytes to standard output; false once nobody reads it. */
export const toStdout = (data: string | Uint8Array): boolean => print(data);
