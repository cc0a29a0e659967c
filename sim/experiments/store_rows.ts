// The rows of the catalogue as they are read: one job's, or those of many in order of id.

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { entriesOf, type RowOutcomes } from "#/sim/experiments/packed_outcomes.ts";
import { bytesOf, keyOf } from "#/sim/experiments/store_layout.ts";

/** A catalogue that cannot be used: the message names the file and what to do. */
export class StoreError extends Error {
  override name = "StoreError";
}

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
  engine: string;
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
  "errorKind, errorMessage, replay from jobs join engines on engines.n = jobs.engine";

/** Reads rows of an open catalogue. Errors: {@link StoreError} for a row that is broken. */
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
    const found = this.#one.get(bytesOf(id));
    return found && this.#rowOf(found as unknown as RawRow);
  }

  /** The rows of some jobs that are there, in order of id; `has` tells whether an id is among them. */
  *sorted(ids: { has(id: string): boolean }): Generator<JobRow> {
    for (const raw of this.#db.prepare(`${selection} order by jobs.id`).iterate()) {
      if (ids.has(keyOf((raw as unknown as RawRow).id))) yield this.#rowOf(raw as unknown as RawRow);
    }
  }

  /** As {@link sorted}, but without point, engine and the run's own hash: what a sweep's hash and analysis need. */
  *results(ids: { has(id: string): boolean }): Generator<ResultRow> {
    const read = this.#db.prepare(
      "select id, replication, layout, outcomes from jobs where id > ? order by id limit ?",
    );
    // Lists instead of objects, a page at once, and of failed runs the rest apart: this is read for every run of a sweep.
    (read as StatementSync & { setReturnArrays(on: boolean): void }).setReturnArrays(true);
    // Every id is greater than this one.
    let after: Uint8Array = Uint8Array.of(0);
    for (;;) {
      const rows = read.all(after, rowsPerPage) as unknown as ShortRow[];
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
      if (rows.length < rowsPerPage) return;
      after = rows.at(-1)![0];
    }
  }

  #rowOf(raw: RawRow): JobRow {
    return {
      id: keyOf(raw.id),
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
