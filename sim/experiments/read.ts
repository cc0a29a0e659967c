// Reading sweeps back from a store, for pages and notebooks: plain tables, and nothing is run or written.

import { existsSync } from "node:fs";
import { listed, meant, refuse } from "#/scenarios/complain.ts";
import { analyse, type Analysis, type Estimate } from "#/sim/experiments/analyse.ts";
import { acting, axesOf } from "#/sim/experiments/design.ts";
import type { Settings } from "#/sim/experiments/design_rows.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import { type FailureKind, Store, StoreError, storeFile } from "#/sim/experiments/store.ts";
import { replayLine } from "#/sim/experiments/replay.ts";
import type { Design } from "#/sim/experiments/sweep.ts";
import { gather, JobIndex, outcomesIn } from "#/sim/experiments/sweep_rows.ts";
import type { Outcome } from "#/sim/result.ts";

/** A sweep in a list. */
export interface SweepEntry {
  id: string;
  name: string;
  title: string;
  engine: string;
  /** Runs asked for, rows that are there, failed ones among them. */
  jobs: number;
  rows: number;
  failed: number;
}

/** One job of a sweep as a row of a table. */
export interface SweepCell {
  id: string;
  point: string;
  scenario: string;
  /** The settings that act on the scenario; fields that differ in others share the job. */
  settings: Settings;
  replication: number;
  status: "done" | "failed" | "missing";
  outcomes: Record<string, Outcome>;
  runHash: string | null;
  errorKind: FailureKind | null;
  errorMessage: string | null;
  replay: string | null;
}

/** A whole sweep. */
export interface SweepTable extends SweepEntry {
  design: Design;
  points: { id: string; scenario: string; settings: Settings }[];
  /** Replication by replication, points in design order. */
  cells: SweepCell[];
  analysis: Analysis;
}

/** One field of a heatmap: a level, and the paired difference to the reference scenario (null for itself). */
export interface HeatmapCell {
  x: Settings[string];
  y: Settings[string];
  scenario: string;
  level: Estimate | null;
  difference: Estimate | null;
  done: number;
  failed: number;
}

/**
 * The sweeps of a store, the one first asked for first; none where there is no store yet.
 *
 * Errors: `StoreError` for a file that is no store or has another version.
 */
export function listSweeps(path: string = storeFile): SweepEntry[] {
  if (!existsSync(path)) return [];
  using store = new Store(path, { readOnly: true });
  return store.sweeps().map(({ design: _design, replications, ...sweep }) => {
    const points = new Set(store.points(sweep.id).map(({ id }) => id));
    const ids = [...points].flatMap((id) => jobIds(id, replications, sweep.engine));
    let rows = 0, failed = 0;
    for (const id of ids) {
      const status = store.status(id);
      if (status !== undefined) rows++;
      if (status === "failed") failed++;
    }
    return { ...sweep, jobs: ids.length, rows, failed };
  });
}

/**
 * The sweep of a store that a name means: the last one of that name, or the one whose id begins so (six letters or more).
 *
 * Errors: `ScenarioError` naming the sweeps that are there; `StoreError` as of {@link listSweeps}.
 */
export function namedEntry(path: string, name: string): SweepEntry {
  const sweeps = listSweeps(path), named = sweeps.filter((sweep) => sweep.name === name).at(-1);
  const byId = /^[0-9a-f]{6,64}$/.test(name) ? sweeps.filter(({ id }) => id.startsWith(name)) : [];
  const found = named ?? (byId.length === 1 ? byId[0] : undefined);
  if (found) return found;
  const names = [...new Set(sweeps.map((sweep) => sweep.name))];
  const allowed = names.length > 0
    ? `allowed are ${listed(names)}, or six letters of an id${meant(name, names)}`
    : `no sweep has been run into ${path} yet: deno task hutong sweep ${name}`;
  refuse("sweep", "", `found "${name}"; ${allowed}`);
}

/**
 * One sweep of a store, by its id or by the first letters of it.
 *
 * Errors: `StoreError` for a store that cannot be used, and for an id that no sweep or more than one sweep has.
 */
export function readSweep(path: string, idOrPrefix: string): SweepTable {
  using store = new Store(path, { readOnly: true });
  const fitting = store.sweeps().filter(({ id }) => id.startsWith(idOrPrefix));
  if (fitting.length !== 1) {
    throw new StoreError(
      `${path}: ${fitting.length === 0 ? "no sweep" : `${fitting.length} sweeps`} of id ${idOrPrefix}`,
    );
  }
  const [{ id, name, title, engine, replications, design: text }] = fitting;
  // Sweeps from before there were other designs say none.
  const design: Design = { design: { kind: "factorial" }, ...JSON.parse(text) };
  const points = store.points(id).map((point) => ({
    ...point,
    settings: JSON.parse(point.settings) as Settings,
  }));
  const cells: SweepCell[] = [];
  const axes = axesOf(design);
  const runs = new Map(points.map(({ id, scenario, settings }) => [
    id,
    { point: id, scenario, settings: acting(axes, scenario, settings) },
  ]));
  const asked = { files: {}, ...design };
  for (let replication = 0; replication < replications; replication++) {
    for (const { point, scenario, settings } of runs.values()) {
      const id = jobId(point, replication, engine);
      const row = store.rowNow(id);
      cells.push({
        ...{ id, point, scenario, settings, replication },
        status: row?.status ?? "missing",
        outcomes: row ? outcomesIn(row) : {},
        runHash: row?.runHash ?? null,
        errorKind: row?.errorKind ?? null,
        errorMessage: row?.errorMessage ?? null,
        // Of a run that was done it follows from the design.
        replay: row ? row.replay ?? replayLine(asked, { scenario, said: settings }, replication) : null,
      });
    }
  }
  const jobs = new JobIndex([...runs.keys()].map((id) => ({ id })), replications, engine);
  const { found } = gather(store, jobs, design.outcomes);
  const analysis = analyse(points, {
    base: design.base,
    outcomes: design.outcomes,
    replications,
    found,
  });
  const count = (status: string) => cells.filter((cell) => cell.status === status).length;
  const failed = count("failed");
  return {
    ...{ id, name, title, engine, jobs: cells.length, rows: count("done") + failed, failed },
    ...{ design, points, cells, analysis },
  };
}

/**
 * The fields of a sweep's heatmap, for every scenario; empty where the sweep has none.
 *
 * Axes that the heatmap does not show stand at their first value: fields of several values would mix what is varied with
 * what is luck.
 */
export function heatmapCells({ design, analysis }: Pick<SweepTable, "design" | "analysis">): HeatmapCell[] {
  if (!design.heatmap) return [];
  const { x, y, outcome } = design.heatmap;
  const hidden = axesOf(design).filter(({ name }) => name !== x && name !== y);
  return analysis.points
    .filter(({ settings }) => hidden.every(({ name, values }) => settings[name] === values[0]))
    .map(({ scenario, settings, levels, differences, done, failed }) => ({
      x: settings[x],
      y: y === "scenario" ? scenario : settings[y],
      scenario,
      level: levels[outcome] ?? null,
      difference: differences[outcome] ?? null,
      done,
      failed,
    }));
}

const jobIds = (point: string, replications: number, engine: string) =>
  Array.from({ length: replications }, (_, replication) => jobId(point, replication, engine));
