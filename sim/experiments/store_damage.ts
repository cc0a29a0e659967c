// A store's file that is damaged, lacks a part or is held by somebody else: what to say of it, and how to look before using it.

import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { unwritten } from "#/sim/experiments/store_layout.ts";

/** A catalogue that cannot be used: the message names the file and what to do. */
export class StoreError extends Error {
  override name = "StoreError";
}

const damage = /malformed|corrupt|no such (table|column)/, held = /is locked|is busy/;

/**
 * What to say of a store that SQLite could not use: that the disk does not take it, that it is damaged, or that somebody else
 * holds it; undefined for an error of another kind.
 *
 * @example
 * ```ts
 * import { unusableStore } from "#/sim/experiments/store_damage.ts";
 * import assert from "node:assert/strict";
 * assert.match(unusableStore(new Error("database is locked"), "a.sqlite")!, /another process is writing/);
 * assert.match(unusableStore(new Error("no such table: jobs"), "a.sqlite")!, /is damaged or lacks a part/);
 * assert.equal(unusableStore(new Error("CHECK constraint failed"), "a.sqlite"), undefined);
 * ```
 */
export function unusableStore(error: Error, path: string): string | undefined {
  const { message } = error;
  if (held.test(message)) {
    return `a store that another process is writing for longer than this one waits (${message}); what was finished is kept: ` +
      `give the same command again for ${path} when that one is done`;
  }
  if (damage.test(message)) return damagedStore(message, path);
  return unwritten(path, error);
}

/** What to say of a store that is damaged. Shapes: what is wrong in SQLite's words, the store's path. */
export const damagedStore = (wrong: string, path: string): string =>
  `a store that is damaged or lacks a part (${wrong}); allowed in place of ${path} is one that a sweep made: ` +
  `take it from a copy, or name another file, into which the same sweep runs again`;

/** Does something with a store's file. Errors: {@link StoreError} where SQLite could not use it; those of `work`. */
export function withStore<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const why = unusableStore(error as Error, path);
    throw why === undefined || error instanceof StoreError ? error : new StoreError(why);
  }
}

const tables = ["sweeps", "points", "jobs"];

/**
 * What is wrong with the file of a store, in SQLite's words; undefined where nothing is, or where it is no store at all.
 *
 * Shapes: a path; nothing is written, and an older store is not brought up to date. Every page is read, and every row is looked up
 * in its indexes: a sixth of a second for 100,000 rows of 30 outcomes.
 */
export function storeDamage(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    using db = new DatabaseSync(path, { readOnly: true, timeout: 10_000 });
    const has = (table: string) =>
      db.prepare("select 1 from sqlite_schema where type = 'table' and name = ?").get(table) !== undefined;
    if (!has("catalogue")) return undefined;
    const missing = tables.find((table) => !has(table));
    if (missing !== undefined) return `no such table: ${missing}`;
    const [found] = db.prepare("pragma integrity_check(1)").all().map((row) => String(row.integrity_check));
    // The first line names the database, which is always the main one.
    if (found !== "ok") return found.split("\n").at(-1)!;
    if (!has("engines")) return undefined;
    const { lost } = db.prepare(
      "select count(*) as lost from jobs where engine not in (select n from engines) or layout not in (select n from layouts)",
    ).get()!;
    return Number(lost) > 0 ? `${lost} rows lack their engine or the names of their outcomes` : undefined;
  } catch (error) {
    const { message } = error as Error;
    // That it is no store, or cannot be used now, is told by whoever opens it.
    return damage.test(message) ? message : undefined;
  }
}
