// The made-up sweep in a real store, so that tests read it the way the server does.

import { canonicalJson, canonicalStrict } from "#/model/units/canonical.ts";
import { jobId } from "#/sim/experiments/jobs.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";
import { Store } from "#/sim/experiments/store.ts";
import { fixtureSweep } from "#/server/testing/fixture_sweep.ts";

/** Writes a made-up sweep with all its rows into a store. */
export function fillStore(path: string, table: SweepTable = fixtureSweep()): void {
  using store = new Store(path);
  const { id, name, title, engine, design, points, cells } = table;
  store.saveSweep(
    { id, name, title, engine, replications: design.replications, design: canonicalStrict(design) },
    points.map((point) => ({ ...point, settings: canonicalStrict(point.settings) })),
  );
  store.insert(
    cells.filter(({ status }) => status !== "missing").map((cell) => ({
      id: jobId(cell.point, cell.replication, engine),
      point: cell.point,
      replication: cell.replication,
      engine,
      status: cell.status as "done" | "failed",
      outcomes: cell.status === "done" ? canonicalJson(cell.outcomes) : null,
      runHash: cell.runHash,
      errorKind: cell.errorKind,
      errorMessage: cell.errorMessage,
      replay: cell.replay!,
    })),
  );
}
