// The catalogue of results: one SQLite file that many threads and processes may use, one row a job exactly once.

import { closeSync, existsSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { whyUnusable } from "#/scenarios/unusable.ts";

/** The file of the catalogue, unless another is named. */
export const storeFile = ".hutong/sweeps.sqlite";

/** The layout that this program reads and writes; another one is refused. */
export const storeVersion = 1;

/** Why a job has no outcomes. `error` is the run's own; the others come from the machine and may pass. */
export type FailureKind = "error" | "timeout" | "out-of-memory" | "crash";

/** The row of one job. */
export interface JobRow {
  /** See `jobId`. */
  id: string;
  point: string;
  replication: number;
  engine: string;
  status: "done" | "failed";
  /** Canonical JSON of the run's outcomes; null when it failed. */
  outcomes: string | null;
  /** The run's own hash; null when it failed. */
  runHash: string | null;
  errorKind: FailureKind | null;
  errorMessage: string | null;
  /** The command that gives this run again. */
  replay: string;
}

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

/** A catalogue that cannot be used: the message names the file and what to do. */
export class StoreError extends Error {
  override name = "StoreError";
}

const layout = `
  create table catalogue (version integer not null) strict;
  create table sweeps (
    place integer primary key, id text not null unique, name text not null, title text not null,
    engine text not null, replications integer not null, design text not null
  ) strict;
  create table points (
    sweep text not null, place integer not null, id text not null, scenario text not null, settings text not null,
    primary key (sweep, place)
  ) strict, without rowid;
  create table jobs (
    id text primary key, point text not null, replication integer not null, engine text not null,
    status text not null check (status in ('done', 'failed')), outcomes text, runHash text,
    errorKind text, errorMessage text, replay text not null
  ) strict, without rowid;
`;

/**
 * An open catalogue. One connection for one thread; close it when done (`using` does).
 *
 * Safe to kill at any moment: each batch of rows is one transaction of a write-ahead log, so a row is there whole or not
 * at all. Several processes may write the same sweep: whoever comes first writes the row, equal ones after it are dropped.
 *
 * Errors: {@link StoreError} for a file that cannot be opened, is of another layout, or is no catalogue.
 */
export class Store implements Disposable {
  readonly path: string;
  #db: DatabaseSync;
  #one: StatementSync;
  #status: StatementSync;
  #insert?: StatementSync;

  constructor(path: string, { readOnly = false } = {}) {
    this.path = path;
    this.#db = opened(path, readOnly);
    try {
      if (!readOnly) {
        this.#db.exec("pragma journal_mode = wal; pragma synchronous = full;");
        this.#create();
      }
      this.#check();
      this.#status = this.#db.prepare("select status from jobs where id = ?");
      this.#one = this.#db.prepare("select * from jobs where id = ?");
    } catch (error) {
      this.#db.close();
      if (error instanceof StoreError) throw error;
      throw new StoreError(
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

  #check(): void {
    if (!this.#tables().includes("catalogue")) {
      throw new StoreError(
        `${this.path}: is a database but no store of sweeps; name another file with --store`,
      );
    }
    const { version } = this.#db.prepare("select version from catalogue").get() as { version: number };
    if (version !== storeVersion) {
      throw new StoreError(
        `${this.path}: written as version ${version}, this program reads version ${storeVersion}; ` +
          `move the file away, or name another with --store`,
      );
    }
  }

  #whole(work: () => void): void {
    this.#db.exec("begin immediate");
    try {
      work();
      this.#db.exec("commit");
    } catch (error) {
      this.#db.exec("rollback");
      throw error;
    }
  }

  /** Writes a sweep and its points, once: the same sweep again changes nothing. */
  saveSweep(sweep: SweepRow, points: Iterable<PointRow>): void {
    this.#whole(() => {
      const { changes } = this.#db.prepare(
        "insert into sweeps (id, name, title, engine, replications, design) values (?, ?, ?, ?, ?, ?) on conflict do nothing",
      ).run(sweep.id, sweep.name, sweep.title, sweep.engine, sweep.replications, sweep.design);
      if (changes === 0) return;
      const insert = this.#db.prepare("insert into points values (?, ?, ?, ?, ?)");
      let place = 0;
      for (const { id, scenario, settings } of points) insert.run(sweep.id, place++, id, scenario, settings);
    });
  }

  /** Writes rows in one transaction; those whose id is there already stay as they are. */
  insert(rows: readonly JobRow[]): void {
    if (rows.length === 0) return;
    this.#insert ??= this.#db.prepare(
      "insert into jobs values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing",
    );
    this.#whole(() => {
      for (const row of rows) {
        this.#insert!.run(
          row.id,
          row.point,
          row.replication,
          row.engine,
          row.status,
          row.outcomes,
          row.runHash,
          row.errorKind,
          row.errorMessage,
          row.replay,
        );
      }
    });
  }

  /** Takes the failed rows among some jobs out, so that they are run again. Gives back how many. */
  forgetFailed(ids: Iterable<string>): number {
    let forgotten = 0;
    const remove = this.#db.prepare("delete from jobs where id = ? and status = 'failed'");
    this.#whole(() => {
      for (const id of ids) forgotten += Number(remove.run(id).changes);
    });
    return forgotten;
  }

  /** How a job ended; nothing while its row is not there. */
  status(id: string): JobRow["status"] | undefined {
    return this.#status.get(id)?.status as JobRow["status"] | undefined;
  }

  /** The row of a job, if it is there. */
  row(id: string): JobRow | undefined {
    const found = this.#one.get(id);
    return found && { ...found } as unknown as JobRow;
  }

  /** The rows of some jobs that are there, in the order asked, one in memory at a time. */
  *rows(ids: Iterable<string>): Generator<JobRow> {
    for (const id of ids) {
      const row = this.row(id);
      if (row) yield row;
    }
  }

  /** All sweeps, the one first asked for first. */
  sweeps(): SweepRow[] {
    return this.#db.prepare("select id, name, title, engine, replications, design from sweeps order by place")
      .all().map((row) => ({ ...row }) as unknown as SweepRow);
  }

  /** The points of a sweep, in design order. */
  points(sweep: string): PointRow[] {
    return this.#db.prepare("select id, scenario, settings from points where sweep = ? order by place")
      .all(sweep).map((row) => ({ ...row }) as unknown as PointRow);
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
