// Daily series of runs beside the catalogue: one Arrow file a job, there whole or not at all.

import { Buffer } from "node:buffer";
import { randomUUID } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { columnFromArray, float64, tableFromColumns, tableFromIPC, tableToIPC } from "@uwdata/flechette";
import { whyUnusable } from "#/scenarios/unusable.ts";
import type { DailyRecord } from "#/sim/result.ts";

/** The folder of series that belongs to a catalogue. */
export const seriesFolderOf = (store: string): string => `${store.replace(/\.sqlite$/, "")}.series`;

const fileOf = (folder: string, id: string) => join(folder, id.slice(0, 2), `${id}.arrow`);

/** The daily record of a run as the bytes of an Arrow IPC file: a column a fact, a row a day. */
export function seriesBytes({ columns }: DailyRecord): Uint8Array {
  const table = tableFromColumns(
    Object.keys(columns).sort().map((
      name,
    ) => [name, columnFromArray(Float64Array.from(columns[name]), float64())]),
  );
  return tableToIPC(table, { format: "file" })!;
}

/**
 * Writes the daily series of a job. They appear under their name in one step.
 *
 * Shapes: the bytes of {@link seriesBytes}.
 * Errors: an `Error` that names the file, where it cannot be written; the job then counts as failed, and runs again with `--retry`.
 */
export function keepSeries(folder: string, id: string, bytes: Uint8Array): void {
  const file = fileOf(folder, id), draft = `${file}.${randomUUID()}.draft`;
  try {
    mkdirSync(join(folder, id.slice(0, 2)), { recursive: true });
    writeFileSync(draft, bytes, { flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new Error(`${file}: the daily series cannot be kept, ${whyUnusable(error, file)}`, {
      cause: error,
    });
  }
}

/** A draft is written within a moment; one this old was left behind by a writer that was killed. */
const draftMilliseconds = 3_600_000;

/** Takes drafts away that killed writers left behind: they were never read, and only take room. Gives back how many. */
export function tidySeries(folder: string): number {
  if (!existsSync(folder)) return 0;
  let taken = 0;
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".draft")) continue;
    const file = join(folder, name), status = statSync(file, { throwIfNoEntry: false });
    if (!status || Date.now() - status.mtimeMs < draftMilliseconds) continue;
    rmSync(file, { force: true });
    taken++;
  }
  return taken;
}

/**
 * Takes over the series that another folder has and this one has not; gives back how many.
 *
 * Errors: those of {@link keepSeries}; `RangeError` for a file that is cut short or is no Arrow file.
 */
export function mergeSeries(folder: string, from: string): number {
  if (!existsSync(from)) return 0;
  let taken = 0;
  for (const name of readdirSync(from, { recursive: true, encoding: "utf8" }).sort()) {
    const [, id] = /(?:^|[/\\])([0-9a-f]{64})\.arrow$/.exec(name) ?? [];
    if (id === undefined || hasSeries(folder, id)) continue;
    keepSeries(folder, id, wholeFile(join(from, name)));
    taken++;
  }
  return taken;
}

/** Whether the series of a job is there. */
export const hasSeries = (folder: string, id: string): boolean => existsSync(fileOf(folder, id));

/**
 * The daily record of a job, if it was kept.
 *
 * Errors: `RangeError` for a file that is cut short or is no Arrow file, before its columns are allocated.
 */
export function seriesOf(folder: string, id: string): DailyRecord | undefined {
  const file = fileOf(folder, id);
  if (!existsSync(file)) return undefined;
  const table = tableFromIPC(wholeFile(file));
  const columns: Record<string, number[]> = {};
  for (const name of table.names) columns[name] = Array.from(table.getChild(name).toArray() as Float64Array);
  return { columns };
}

/** The bytes of an Arrow file that is whole. */
function wholeFile(file: string): Uint8Array {
  const bytes = readFileSync(file), mark = "ARROW1";
  const ends = bytes.length > 20 && bytes.subarray(0, 6).toString() === mark &&
    bytes.subarray(-6).toString() === mark;
  const footer = ends ? bytes.readInt32LE(bytes.length - 10) : -1;
  if (footer <= 0 || footer > bytes.length - 18) {
    throw new RangeError(
      `${file}: ${bytes.length} bytes that are no whole Arrow file; take it out and run the job again`,
    );
  }
  return Buffer.from(bytes);
}
