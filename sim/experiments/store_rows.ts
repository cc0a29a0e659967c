// The rows of the catalogue as they are read: one job's, or those of many in order of id.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { entriesOf, type RowOutcomes } from "#/sim/experiments/packed_outcomes.ts";
import { StoreError, withStore } from "#/sim/experiments/store_damage.ts";
import { bytesOf, keyOf } from "#/sim/experiments/store_layout.ts";

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
  /** The run's outcomes, packed or as canonical JSON; null when it failed. */
  outcomes: RowOutcomes | null;
  /** The run's own hash; null when it failed. */
  runHash: string | null;
  errorKind: FailureKind | null;
  errorMessage: string | null;
  /** The command that gives this run again; kept for failed runs, null for the others. */
  replay: string | null;
}

/** What a sweep's hash and analysis need of a row. */
export type ResultRow = Omit<JobRow, "point" | "engine" | "runHash">;

interface RawRow {
  id: Uint8Array;
  point: Uint8Array;
  replication: number;
  engine: string | null;
  status: JobRow["status"];
  layout: number | null;
  outcomes: Uint8Array | string | null;
  runHash: Uint8Array | null;
  errorKind: FailureKind | null;
  errorMessage: string | null;
  replay: string | null;
}

type ShortRow = [id: Uint8Array, replication: number, layout: number | null, outcomes: RawRow["outcomes"]];

const rowsPerPage = 1_000;

const selection =
  "select jobs.id, point, replication, engines.hash as engine, status, layout, outcomes, runHash, " +
  "errorKind, errorMessage, replay from jobs left join engines on engines.n = jobs.engine";

/** Every id is greater than this one, in bytes. */
const beforeAll = Uint8Array.of(0);

/**
 * Reads rows of an open catalogue, a page at once: a cursor that is read row by row would end at a page of the file that is
 * broken as if there were no more rows, and say nothing.
 *
 * Errors: {@link StoreError} for a row or a file that is broken.
 */
export class RowReader {
  #path: string;
  #db: DatabaseSync;
  #one: StatementSync;
  #layouts = new Map<number, string>();

  constructor(db: DatabaseSync, path: string) {
    this.#path = path;
    this.#db = db;
    this.#one = db.prepare(`${selection} where jobs.id = ?`);
  }

  /** The row of a job, if it is there. */
  one(id: string): JobRow | undefined {
    const found = withStore(this.#path, () => this.#one.get(bytesOf(id)));
    return found && this.#rowOf(found as unknown as RawRow);
  }

  /** The rows of some jobs that are there, in order of id; `has` tells whether an id is among them. */
  *sorted(ids: { has(id: string): boolean }): Generator<JobRow> {
    const read = this.#db.prepare(`${selection} where jobs.id > ? order by jobs.id limit ?`);
    for (const rows of this.#pages<RawRow>(read, beforeAll, ({ id }) => id)) {
      for (const raw of rows) if (ids.has(keyOf(raw.id))) yield this.#rowOf(raw);
    }
  }

  /** Every job that is there and how it ended. */
  *statuses(): Generator<{ id: string; status: JobRow["status"] }> {
    const read = this.#db.prepare("select n, id, status from jobs where n > ? order by n limit ?");
    type Status = [n: number, id: Uint8Array, status: JobRow["status"]];
    for (const rows of this.#pages<Status>(asLists(read), -1, ([n]) => n)) {
      for (const [, id, status] of rows) yield { id: keyOf(id), status };
    }
  }

  /** As {@link sorted}, but without point, engine and the run's own hash: what a sweep's hash and analysis need. */
  *results(ids: { has(id: string): boolean }): Generator<ResultRow> {
    const read = this.#db.prepare(
      "select id, replication, layout, outcomes from jobs where id > ? order by id limit ?",
    );
    // Lists instead of objects, a page at once, and of failed runs the rest apart: this is read for every run of a sweep.
    for (const rows of this.#pages<ShortRow>(asLists(read), beforeAll, ([id]) => id)) {
      for (const [key, replication, layout, outcomes] of rows) {
        const id = keyOf(key);
        if (!ids.has(id)) continue;
        if (outcomes === null) {
          // Another process that tries it again may have taken it out since the page was read.
          const failed = this.one(id);
          if (failed) yield failed;
        } else {
          const found = this.#outcomesOf({ id: key, layout, outcomes });
          const none = { errorKind: null, errorMessage: null, replay: null };
          yield { id, replication, status: "done", outcomes: found, ...none };
        }
      }
    }
  }

  /** The pages of a statement that takes the key to begin after and the most rows. */
  *#pages<Row>(
    read: StatementSync,
    first: number | Uint8Array,
    keyOfRow: (row: Row) => number | Uint8Array,
  ): Generator<Row[]> {
    for (let after = first;;) {
      const rows = withStore(this.#path, () => read.all(after, rowsPerPage) as unknown as Row[]);
      yield rows;
      if (rows.length < rowsPerPage) return;
      after = keyOfRow(rows.at(-1)!);
    }
  }

  #rowOf(raw: RawRow): JobRow {
    const id = keyOf(raw.id);
    if (raw.engine === null) {
      throw new StoreError(
        `${this.#path}: the row of job ${id} is broken: its engine is not there; take the row out, or name another file ` +
          `with --store`,
      );
    }
    return {
      id,
      point: keyOf(raw.point),
      replication: raw.replication,
      engine: raw.engine,
      status: raw.status,
      outcomes: this.#outcomesOf(raw),
      runHash: raw.runHash && keyOf(raw.runHash),
      errorKind: raw.errorKind,
      errorMessage: raw.errorMessage,
      replay: raw.replay,
    };
  }

  #outcomesOf({ id, layout: n, outcomes }: Pick<RawRow, "id" | "layout" | "outcomes">): RowOutcomes | null {
    if (n === null || typeof outcomes === "string" || outcomes === null) return outcomes as string | null;
    let text = this.#layouts.get(n);
    if (text === undefined) {
      text = String(this.#db.prepare("select text from layouts where n = ?").get(n)?.text ?? "[]");
      this.#layouts.set(n, text);
    }
    const values = entriesOf(text).length;
    if (outcomes.byteLength !== values * 8) {
      throw new StoreError(
        `${this.#path}: the row of job ${
          keyOf(id)
        } is broken: ${outcomes.byteLength} bytes of outcomes where ` +
          `its layout has ${values} values of 8; take the row out, or name another file with --store`,
      );
    }
    // The bytes need not begin where a double may.
    const { buffer, byteOffset } = outcomes.byteOffset % 8 === 0 ? outcomes : outcomes.slice();
    return { layout: text, values: new Float64Array(buffer, byteOffset, values) };
  }
}

function asLists(read: StatementSync): StatementSync {
  (read as StatementSync & { setReturnArrays(on: boolean): void }).setReturnArrays(true);
  return read;
}
