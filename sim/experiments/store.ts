// The catalogue of results: one SQLite file that many threads and processes may use, one row a job exactly once.

import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type SQLOutputValue, type StatementSync } from "node:sqlite";
import { canonicalJson } from "#/model/units/canonical.ts";
import { whyUnusable } from "#/scenarios/unusable.ts";
import { outcomesOf, packer } from "#/sim/experiments/packed_outcomes.ts";
import { StoreError, unusableStore, withStore } from "#/sim/experiments/store_damage.ts";
import {
  bytesOf,
  keyOf,
  layout,
  migrateFrom1,
  rowWriter,
  storeVersion,
} from "#/sim/experiments/store_layout.ts";
import { type FailureKind, type JobRow, type ResultRow, RowReader } from "#/sim/experiments/store_rows.ts";

/** The file of the catalogue, unless another is named. */
export const storeFile = ".hutong/sweeps.sqlite";

export { type FailureKind, type JobRow, type ResultRow, StoreError, storeVersion };

/** What a run that failed may be tried again for: the machine was the reason, so another time may be better. */
export const passingKinds: readonly FailureKind[] = ["timeout", "out-of-memory", "crash"];

/** A sweep as it was asked for. */
export interface SweepRow {
  id: string;
  name: string;
  title: string;
  engine: string;
  replications: number;
  /** Canonical JSON of the sweep file's content. */
  design: string;
}

/** A point of a sweep, at its place in the design. */
export interface PointRow {
  id: string;
  scenario: string;
  /** Canonical JSON: axis name → value. */
  settings: string;
}

/**
 * An open catalogue. One connection for one thread; close it when done (`using` does).
 *
 * Safe to kill at any moment: each batch of rows is one transaction of a write-ahead log, so a row is there whole or not
 * at all. Several processes may write the same sweep: whoever comes first writes the row, equal ones after it are dropped,
 * and where one failed and another did it the done row stays, whoever came first.
 *
 * Errors: {@link StoreError} for a file that cannot be opened, is of another layout, or is no catalogue; by every method for one
 * that is damaged, held by another process for long, or that the disk does not take.
 */
export class Store implements Disposable {
  readonly path: string;
  #db: DatabaseSync;
  #reader: RowReader;
  #status: StatementSync;
  #write?: ReturnType<typeof rowWriter>;
  #pack = packer();

  constructor(path: string, { readOnly = false } = {}) {
    this.path = path;
    this.#db = opened(path, readOnly);
    try {
      if (!readOnly) {
        this.#db.exec(
          "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -32768; " +
            "pragma wal_autocheckpoint = 10000;",
        );
        this.#create();
      }
      this.#check(readOnly);
      this.#status = this.#db.prepare("select status from jobs where id = ?");
      this.#reader = new RowReader(this.#db, path);
    } catch (error) {
      this.#db.close();
      if (error instanceof StoreError) throw error;
      throw new StoreError(
        unusableStore(error as Error, path) ??
          `${path}: cannot be used as a store of sweeps (${(error as Error).message}); ` +
            `allowed is a store that a sweep made, or the path of a new one`,
      );
    }
  }

  #tables(): string[] {
    return this.#db.prepare("select name from sqlite_schema where type = 'table'").all().map(({ name }) =>
      String(name)
    );
  }

  #create(): void {
    if (this.#tables().length > 0) return;
    this.#whole(() => {
      // Another process may have been quicker between the look and the lock.
      if (this.#tables().length > 0) return;
      this.#db.exec(layout);
      this.#db.prepare("insert into catalogue values (?)").run(storeVersion);
    });
  }

  /** All rows of a question; a file that is damaged is told by name. */
  #all(question: string, ...asked: string[]): Record<string, SQLOutputValue>[] {
    return withStore(this.path, () => this.#db.prepare(question).all(...asked));
  }

  #version(): number {
    const row = this.#db.prepare("select version from catalogue").get();
    if (row) return Number(row.version);
    throw new StoreError(`${this.path}: does not say its version; name another file with --store`);
  }

  #check(readOnly: boolean): void {
    if (!this.#tables().includes("catalogue")) {
      throw new StoreError(
        `${this.path}: is a database but no store of sweeps; name another file with --store`,
      );
    }
    if (this.#version() === 1 && !readOnly) {
      // Another process may migrate it at the same moment: whoever comes second finds it done.
      this.#whole(() => void (this.#version() === 1 && migrateFrom1(this.#db)));
    }
    const version = this.#version();
    if (version === storeVersion) return;
    const way = version < storeVersion
      ? "the next sweep into it, or deno task hutong sweep merge --store NEW OLD, brings it up to that"
      : "take the program that wrote it, or name another file with --store";
    throw new StoreError(
      `${this.path}: written as version ${version}, this program reads version ${storeVersion}; ${way}`,
    );
  }

  #whole<T>(work: () => T): T {
    try {
      this.#db.exec("begin immediate");
      try {
        const result = work();
        this.#db.exec("commit");
        return result;
      } catch (error) {
        // A full disk has ended the transaction already.
        if (this.#db.isTransaction) this.#db.exec("rollback");
        throw error;
      }
    } catch (error) {
      this.#write?.forget();
      const why = unusableStore(error as Error, this.path);
      throw why === undefined ? error : new StoreError(why);
    }
  }

  /** Writes a sweep and its points, once: the same sweep again changes nothing. */
  saveSweep(sweep: SweepRow, points: Iterable<PointRow>): void {
    this.#whole(() => {
      const { changes } = this.#db.prepare(
        "insert into sweeps (id, name, title, engine, replications, design) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
      ).run(sweep.id, sweep.name, sweep.title, sweep.engine, sweep.replications, sweep.design);
      if (changes === 0) return;
      const insert = this.#db.prepare(
        "insert into points (sweep, place, id, scenario, settings) " +
          "select ?, ? + key, value ->> 0, value ->> 1, value ->> 2 from json_each(?)",
      );
      let place = 0, block: string[][] = [];
      const flush = () => {
        insert.run(sweep.id, place, JSON.stringify(block));
        place += block.length;
        block = [];
      };
      for (const { id, scenario, settings } of points) {
        block.push([id, scenario, settings]);
        if (block.length >= 1_000) flush();
      }
      flush();
    });
  }

  /** Writes rows in one transaction; those whose id is there already stay as they are, but for failed ones that are done now. */
  insert(rows: readonly JobRow[]): void {
    if (rows.length === 0) return;
    this.#write ??= rowWriter(this.#db);
    this.#whole(() => {
      this.#write!(
        rows.map((row) =>
          typeof row.outcomes === "string" ? { ...row, outcomes: this.#pack(JSON.parse(row.outcomes)) } : row
        ),
      );
    });
  }

  /** Takes the failed rows among some jobs out, so that they are run again: of all kinds, or of those named. Gives back how many. */
  forgetFailed(ids: Iterable<string>, kinds?: readonly FailureKind[]): number {
    const failed = this.#all("select id, errorKind from jobs where status = 'failed'");
    const out = new Set(
      failed.filter(({ errorKind }) => kinds?.includes(errorKind as FailureKind) ?? true).map(({ id }) =>
        keyOf(id as Uint8Array)
      ),
    );
    if (out.size === 0) return 0;
    const remove = this.#db.prepare("delete from jobs where id = ? and status = 'failed'");
    return this.#whole(() => {
      let forgotten = 0;
      for (const id of ids) if (out.has(id)) forgotten += Number(remove.run(bytesOf(id)).changes);
      return forgotten;
    });
  }

  /** How a job ended; nothing while its row is not there. */
  status(id: string): JobRow["status"] | undefined {
    return withStore(this.path, () => this.#status.get(bytesOf(id)))?.status as JobRow["status"] | undefined;
  }

  /** The row of a job, if it is there; its outcomes as canonical JSON. */
  row(id: string): (JobRow & { outcomes: string | null }) | undefined {
    const row = this.rowNow(id);
    if (!row) return undefined;
    const { outcomes } = row;
    return {
      ...row,
      outcomes: outcomes === null || typeof outcomes === "string"
        ? outcomes
        : canonicalJson(outcomesOf(outcomes)),
    };
  }

  /** The row of a job, if it is there; its outcomes as they are kept. */
  rowNow(id: string): JobRow | undefined {
    return this.#reader.one(id);
  }

  /** The rows of some jobs that are there, in the order asked, one in memory at a time. */
  *rows(ids: Iterable<string>): Generator<JobRow> {
    for (const id of ids) {
      const row = this.rowNow(id);
      if (row) yield row;
    }
  }

  /**
   * The rows of some jobs that are there, in order of id. Much quicker than {@link rows} where most of the store is asked for.
   *
   * Shapes: `ids` without order; `has` tells whether an id is among them.
   */
  sorted(ids: { size: number; has(id: string): boolean }): Generator<JobRow> {
    return this.#reader.sorted(ids);
  }

  /** As {@link sorted}, but without point, engine and the run's own hash: what a sweep's hash and analysis need. */
  results(ids: { has(id: string): boolean }): Generator<ResultRow> {
    return this.#reader.results(ids);
  }

  /** Every job that is there and how it ended. */
  statuses(): Generator<{ id: string; status: JobRow["status"] }> {
    return this.#reader.statuses();
  }

  /** Takes over what another store has and this one has not: sweeps, points, rows. A done row wins over a failed one. */
  merge(other: Store): { sweeps: number; rows: number } {
    let sweeps = 0, rows = 0;
    const here = new Set(this.sweeps().map(({ id }) => id));
    for (const sweep of other.sweeps()) {
      if (!here.has(sweep.id)) sweeps++;
      this.saveSweep(sweep, other.points(sweep.id));
    }
    let batch: JobRow[] = [];
    const flush = () => {
      const better = batch.filter(({ status }) => status === "done").map(({ id }) => id);
      this.forgetFailed(better);
      const before = this.count();
      this.insert(batch);
      rows += this.count() - before;
      batch = [];
    };
    for (const row of other.sorted({ size: Infinity, has: () => true })) {
      batch.push(row);
      if (batch.length >= 5_000) flush();
    }
    flush();
    return { sweeps, rows };
  }

  /** How many rows of jobs there are. */
  count(): number {
    return Number(this.#all("select count(*) as n from jobs")[0].n);
  }

  /** All sweeps, the one first asked for first. */
  sweeps(): SweepRow[] {
    return this.#all("select id, name, title, engine, replications, design from sweeps order by place")
      .map((row) => ({ ...row }) as unknown as SweepRow);
  }

  /** The points of a sweep, in design order. */
  points(sweep: string): PointRow[] {
    return this.#all("select id, scenario, settings from points where sweep = ? order by place", sweep)
      .map((row) => ({ ...row }) as unknown as PointRow);
  }

  close(): void {
    this.#db.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** SQLite says only that it cannot open a file, so the file is tried first. */
function opened(path: string, readOnly: boolean): DatabaseSync {
  if (readOnly && !existsSync(path)) throw new StoreError(`${path}: no such store`);
  try {
    if (!readOnly) mkdirSync(dirname(path), { recursive: true });
    closeSync(openSync(path, readOnly ? "r" : "a+"));
    // The timeout is 0 unless said: writers that meet would fail at once instead of waiting for each other.
    return new DatabaseSync(path, { timeout: 10_000, readOnly });
  } catch (error) {
    const allowed = readOnly
      ? "a file that this user may read"
      : "a file that this user may read and write, or the path of a new one";
    throw new StoreError(`${path}, ${whyUnusable(error, path)}; allowed is ${allowed}`);
  }
}
