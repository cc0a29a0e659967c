// The tables of the catalogue, version by version, and how an older file becomes a newer one.

import type { DatabaseSync } from "node:sqlite";
import { type PackedOutcomes, packer, type RowOutcomes } from "#/sim/experiments/packed_outcomes.ts";

/** The layout that this program writes; older ones are brought up to it, newer ones refused. */
export const storeVersion = 2;

/** The tables of {@link storeVersion}. Ids and hashes are 32 bytes; outcomes are doubles in order of their layout. */
export const layout = `
  create table catalogue (version integer not null) strict;
  create table sweeps (
    place integer primary key, id text not null unique, name text not null, title text not null,
    engine text not null, replications integer not null, design text not null
  ) strict;
  create table points (
    sweep text not null, place integer not null, id text not null, scenario text not null, settings text not null,
    primary key (sweep, place)
  ) strict, without rowid;
  ${jobTables()}
`;

function jobTables(): string {
  return `
  create table engines (n integer primary key, hash text not null unique) strict;
  create table layouts (n integer primary key, text text not null unique) strict;
  create table jobs (
    n integer primary key, id blob not null unique, point blob not null, replication integer not null,
    engine integer not null, status text not null check (status in ('done', 'failed')),
    layout integer, outcomes any, runHash blob, errorKind text, errorMessage text, replay text
  ) strict;`;
}

/** A key as bytes: a SHA-256 in hex as its 32, any other text between two bytes that no text has. */
export function bytesOf(key: string): Uint8Array {
  if (key.length === 64 && hex.test(key)) return Buffer.from(key, "hex");
  const text = Buffer.from(key), bytes = Buffer.alloc(text.length + (text.length === 30 ? 3 : 2), 0xff);
  bytes.set(text, 1);
  return bytes;
}

const hex = /^[0-9a-f]{64}$/;

/** The text of a key's bytes. */
export function keyOf(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return bytes.length === 32
    ? buffer.toString("hex")
    : buffer.subarray(1, buffer.indexOf(0xff, 1)).toString();
}

/** The bytes of doubles, without a copy. */
export const doubleBytes = (values: Float64Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

interface OldRow {
  id: string;
  point: string;
  replication: number;
  engine: string;
  status: string;
  outcomes: string | null;
  runHash: string | null;
  errorKind: string | null;
  errorMessage: string | null;
  replay: string;
}

/**
 * Brings a catalogue of version 1 up to version 2, inside the caller's transaction: every row stays, under the same id.
 *
 * Version 1 kept ids as text and outcomes as JSON in every row.
 */
export function migrateFrom1(db: DatabaseSync): void {
  db.exec(`alter table jobs rename to old; ${jobTables()}`);
  const write = rowWriter(db), pack = packer();
  // Read in blocks: a table must not change under an open cursor.
  const read = db.prepare("select * from old where id > ? order by id limit 1000");
  for (let after = "";;) {
    const rows = read.all(after) as unknown as OldRow[];
    if (rows.length === 0) break;
    write(rows.map((row) => ({
      ...row,
      outcomes: row.outcomes === null ? null : pack(JSON.parse(row.outcomes)),
    })));
    after = rows.at(-1)!.id;
  }
  db.exec("drop table old; update catalogue set version = 2");
}

/** What {@link rowWriter} writes. */
export interface WrittenRow extends Omit<OldRow, "outcomes" | "replay"> {
  outcomes: RowOutcomes | null;
  replay: string | null;
}

/**
 * A function that writes rows where their ids are not there yet, or failed before; call it inside a transaction that is kept or `forget` after.
 *
 * Runs of rows that are done, and share engine and layout, go to SQLite by column, six values for all of them; the others
 * one by one.
 */
export function rowWriter(
  db: DatabaseSync,
): ((rows: readonly WrittenRow[]) => void) & { forget: () => void } {
  const numbered = (table: string, column: string) => {
    const add = db.prepare(`insert into ${table} (${column}) values (?) on conflict do nothing`);
    const find = db.prepare(`select n from ${table} where ${column} = ?`);
    const known = new Map<string, number>();
    const number = (text: string): number => {
      let n = known.get(text);
      if (n === undefined) {
        add.run(text);
        known.set(text, n = Number(find.get(text)!.n));
      }
      return n;
    };
    return Object.assign(number, { forget: () => known.clear() });
  };
  const engines = numbered("engines", "hash"), layouts = numbered("layouts", "text");
  const insert = db.prepare(
    "insert into jobs (id, point, replication, engine, status, layout, outcomes, runHash, errorKind, errorMessage, replay) " +
      "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) " + onceOrBetter,
  );
  const writeOne = (row: WrittenRow) => {
    const { outcomes } = row, packed = outcomes !== null && typeof outcomes !== "string";
    insert.run(
      bytesOf(row.id),
      bytesOf(row.point),
      row.replication,
      engines(row.engine),
      row.status,
      packed ? layouts(outcomes.layout) : null,
      packed ? doubleBytes(outcomes.values) : outcomes,
      row.runHash === null ? null : bytesOf(row.runHash),
      row.errorKind,
      row.errorMessage,
      row.status === "failed" ? row.replay : null,
    );
  };
  const insertAll = db.prepare(
    "insert into jobs (id, point, replication, engine, status, layout, outcomes, runHash) " +
      "select substr(:ids, 32 * key + 1, 32), substr(:points, 32 * key + 1, 32), value, :engine, 'done', :layout, " +
      "substr(:values, :bytes * key + 1, :bytes), substr(:hashes, 32 * key + 1, 32) " +
      "from json_each(:replications) where true " + onceOrBetter,
  );
  const writeAll = (rows: readonly WrittenRow[]) => {
    const ids = keysOf(rows, "id"), points = keysOf(rows, "point"), hashes = keysOf(rows, "runHash");
    if (!ids || !points || !hashes) return rows.forEach(writeOne);
    const { engine, outcomes } = rows[0], { layout, values: { length } } = outcomes as PackedOutcomes;
    const values = new Float64Array(rows.length * length);
    for (const [i, row] of rows.entries()) values.set((row.outcomes as PackedOutcomes).values, i * length);
    insertAll.run({
      ...{ ids, points, hashes, values: doubleBytes(values), bytes: length * 8 },
      ...{ engine: engines(engine), layout: layouts(layout) },
      replications: JSON.stringify(rows.map(({ replication }) => replication)),
    });
  };
  const write = (rows: readonly WrittenRow[]) => {
    for (let from = 0, to = 0; from < rows.length; from = to) {
      for (to = from + 1; to < rows.length && areAlike(rows[from], rows[to]); to++);
      if (to - from > 1) writeAll(rows.slice(from, to));
      else writeOne(rows[from]);
    }
  };
  return Object.assign(write, {
    forget: () => {
      engines.forget();
      layouts.forget();
    },
  });
}

/** A row that is there stays, but a done one takes the place of one that failed. */
const onceOrBetter = "on conflict (id) do update set status = excluded.status, layout = excluded.layout, " +
  "outcomes = excluded.outcomes, runHash = excluded.runHash, errorKind = null, errorMessage = null, replay = null " +
  "where jobs.status = 'failed' and excluded.status = 'done'";

/** Whether two rows are done and share what is said once for many. */
function areAlike(a: WrittenRow, b: WrittenRow): boolean {
  const { outcomes: ours } = a, { outcomes: theirs } = b;
  if (ours === null || typeof ours === "string" || theirs === null || typeof theirs === "string") {
    return false;
  }
  return a.status === "done" && b.status === "done" && a.engine === b.engine && ours.values.length > 0 &&
    ours.layout === theirs.layout && ours.values.length === theirs.values.length;
}

/** The keys of rows as 32 bytes each, in a row; nothing where one is no SHA-256 in hex. */
function keysOf(rows: readonly WrittenRow[], name: "id" | "point" | "runHash"): Uint8Array | undefined {
  if (rows.some((row) => row[name]?.length !== 64)) return undefined;
  const text = rows.map((row) => row[name]).join("");
  return /^[0-9a-f]*$/.test(text) ? Buffer.from(text, "hex") : undefined;
}

// What SQLite says of a disk that is full, fails, or has become read-only; not every call tells the code too.
const unwritable = /disk is full|disk I\/O error|readonly database/;

/** What to say of a catalogue that the disk does not take; undefined for another error. */
export const unwritten = (path: string, { message }: Error): string | undefined =>
  unwritable.test(message)
    ? `${path}: cannot be written (${message}); what was finished before is kept: make room and give the same command again`
    : undefined;
