// The rows of a sweep, read in one pass: what is there, the sweep's hash, its failures, and the values its analysis needs.

import { createHash } from "node:crypto";
import type { Outcome } from "#/sim/result.ts";
import type { Found } from "#/sim/experiments/analyse.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import { availableBytes, MemoryError } from "#/sim/experiments/memory.ts";
import { entriesOf, outcomesOf, packer } from "#/sim/experiments/packed_outcomes.ts";
import { doubleBytes } from "#/sim/experiments/store_layout.ts";
import type { JobRow, ResultRow, Store } from "#/sim/experiments/store.ts";

/** The jobs of a sweep by id, and by number: replication by replication, points in design order. */
export class JobIndex {
  readonly ids: string[] = [];
  readonly numbers = new Map<string, number>();
  readonly points = new Map<string, number>();
  readonly replications: number;

  /** Shapes: distinct points in design order. */
  constructor(points: readonly { id: string }[], replications: number, engine: string) {
    this.replications = replications;
    for (const { id } of points) this.points.set(id, this.points.size);
    for (let replication = 0; replication < replications; replication++) {
      for (const { id } of points) {
        const job = jobId(id, replication, engine);
        this.numbers.set(job, this.ids.length);
        this.ids.push(job);
      }
    }
  }

  get size(): number {
    return this.ids.length;
  }

  has = (id: string): boolean => this.numbers.has(id);
}

/** Whether a pass over the whole store is quicker than looking each job up. */
const isMostOf = (store: Store, jobs: JobIndex) => store.count() <= 4 * jobs.size;

/** How each job stands, by number: 0 where there is no row, 1 done, 2 failed. */
export function statesOf(store: Store, jobs: JobIndex): Uint8Array {
  const states = new Uint8Array(jobs.size);
  const mark = (number: number | undefined, status: string | undefined) => {
    if (number !== undefined && status) states[number] = status === "done" ? 1 : 2;
  };
  if (isMostOf(store, jobs)) {
    for (const { id, status } of store.statuses()) mark(jobs.numbers.get(id), status);
  } else {
    for (const [number, id] of jobs.ids.entries()) mark(number, store.status(id));
  }
  return states;
}

/** What one pass over a sweep's rows gives. */
export interface Gathered {
  rows: number;
  failed: number;
  /** See {@link gather}. */
  hash: string;
  failures: ResultRow[];
  /** Looks a job up. */
  found: (point: string, replication: number) => Found;
}

/**
 * Reads all rows of a sweep once, in order of id, one in memory at a time; of their outcomes those named are kept.
 *
 * The hash is SHA-256 over id, status, outcomes (names, units and the bits of the values), error kind and message; no times,
 * no attempts. It does not matter in which order rows were written or by whom.
 * Errors: `MemoryError` where the values kept would not fit; `StoreError` for a row that is broken.
 */
export function gather(store: Store, jobs: JobIndex, outcomes: readonly string[]): Gathered {
  const bytes = jobs.size * outcomes.length * 8, available = availableBytes();
  if (bytes > available * 0.9) {
    throw new MemoryError(
      `Cannot analyse ${jobs.size} runs × ${outcomes.length} outcomes: they need ${bytes} bytes and ${available} are ` +
        `available; allowed are fewer outcomes`,
    );
  }
  const hash = createHash("sha256"), failures: ResultRow[] = [];
  const states = new Uint8Array(jobs.size);
  const columns = outcomes.map(() => new Float64Array(jobs.size).fill(NaN));
  const units: (Outcome["unit"] | undefined)[] = outcomes.map(() => undefined);
  const layouts = new Map<string, { digest: string; places: number[] }>();
  const pack = packer();
  let rows = 0, failed = 0;
  const known = (text: string) => {
    let one = layouts.get(text);
    if (!one) {
      const entries = entriesOf(text), names = entries.map(([name]) => name);
      const places = outcomes.map((name) => names.indexOf(name));
      for (const [k, place] of places.entries()) if (place >= 0) units[k] = entries[place][1];
      layouts.set(text, one = { digest: createHash("sha256").update(text).digest("hex"), places });
    }
    return one;
  };
  const inOrder = isMostOf(store, jobs) ? store.results(jobs) : store.rows([...jobs.ids].sort());
  for (const row of inOrder) {
    const number = jobs.numbers.get(row.id)!;
    rows++;
    if (row.status === "failed") {
      failed++;
      states[number] = 2;
      failures.push(row);
      hash.update(JSON.stringify([row.id, row.status, row.errorKind, row.errorMessage]) + "\n");
      continue;
    }
    states[number] = 1;
    const packed = typeof row.outcomes === "string" ? pack(JSON.parse(row.outcomes)) : row.outcomes!;
    if (typeof packed === "string") {
      hash.update(`${row.id} done ${packed}\n`);
      continue;
    }
    const { digest, places } = known(packed.layout);
    hash.update(`${row.id} done ${digest}\n`).update(doubleBytes(packed.values));
    for (let k = 0; k < places.length; k++) {
      if (places[k] >= 0) columns[k][number] = packed.values[places[k]];
    }
  }
  failures.sort((a, b) => jobs.numbers.get(a.id)! - jobs.numbers.get(b.id)!);
  const found = (point: string, replication: number): Found => {
    const number = replication * jobs.points.size + jobs.points.get(point)!, state = states[number];
    if (state === 0) return undefined;
    if (state === 2) return { status: "failed" };
    const own: Record<string, Outcome> = {};
    for (const [k, name] of outcomes.entries()) {
      const value = columns[k][number];
      if (value === value) own[name] = { value, unit: units[k]! };
    }
    return { status: "done", outcomes: own };
  };
  return { rows, failed, hash: hash.digest("hex"), failures, found };
}

/** The outcomes of a row; none where it failed. */
export const outcomesIn = ({ outcomes }: Pick<JobRow, "outcomes">): Record<string, Outcome> =>
  outcomes === null ? {} : outcomesOf(outcomes);
