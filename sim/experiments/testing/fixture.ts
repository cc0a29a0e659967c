// Scenarios and a sweep made up for tests, in a folder of their own.

import { mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { leastScenario } from "#/scenarios/testing/fixture.ts";
import { removeFolder } from "#/sim/experiments/testing/folder.ts";
import type { SweepOptions } from "#/sim/experiments/sweep.ts";

/** The sweep of the fixture, as plain data: 2 scenarios × 3 × 2 values × 3 replications = 36 runs. */
export const smallSweep = {
  title: "Prefunding against severity",
  base: ["./closed.yaml", "./open.yaml"],
  seed: "sweeps",
  shoppers: 1_000,
  days: 30,
  replications: 3,
  levers: [{
    name: "prefunding",
    title: "Prefunding of the bridge",
    path: "clearing.prefundingCny",
    values: [1, 2, 3],
  }],
  uncertainties: [{
    name: "severity",
    title: "Severity of the downturn",
    path: "macro.severityBps",
    values: [10_000, 20_000],
  }],
  outcomes: ["gmv", "dpd30Share.ant"],
  heatmap: { x: "prefunding", y: "severity", outcome: "gmv" },
};

/** A folder with `closed.yaml`, `open.yaml` and `sweep.yaml`, and what a sweep of it needs. */
export interface Fixture extends Disposable {
  folder: string;
  /** The path of the sweep file. */
  file: string;
  /** Options that keep everything inside the folder and use the fake run. */
  options: SweepOptions & { store: string; openings: string; runner: string };
  /** How many runs may have begun before the next ones are held, where the fixture is `held`: none until it is said. */
  allow(runs: number): void;
  /** Writes the sweep file anew with some keys replaced. */
  write(changes?: Record<string, unknown>): void;
  path(name: string): string;
}

/**
 * Makes the folder. `slow` is the milliseconds of a fake run; `held` says that only as many runs may end as `allow` allows;
 * `facts` is the columns of its daily record.
 *
 * JSON is YAML, so the files are written as JSON, a key a line.
 */
export function fixture(
  { slow, facts, held = false }: { slow?: number; facts?: number; held?: boolean } = {},
): Fixture {
  const folder = mkdtempSync(join(tmpdir(), "hutong-sweep-"));
  const path = (name: string) => join(folder, name);
  const closed = leastScenario();
  closed.world.history.scenario = "./closed.yaml";
  for (const product of Object.values(closed.acceptance) as Record<string, { mode: string }>[]) {
    for (const cell of Object.values(product)) cell.mode = "closed";
  }
  const open = {
    extends: "./closed.yaml",
    title: "The same, opened",
    acceptance: { huabei: { "jd-mall": { mode: "bridged" } } },
  };
  const say = (name: string, value: unknown) => writeFileSync(path(name), JSON.stringify(value, null, 1));
  say("closed.yaml", closed);
  say("open.yaml", open);
  const query = new URLSearchParams({ log: folder, ...held && { held: "" } });
  for (const [name, value] of Object.entries({ slow, facts })) {
    if (value !== undefined) query.set(name, String(value));
  }
  const write = (changes: Record<string, unknown> = {}) => say("sweep.yaml", { ...smallSweep, ...changes });
  write();
  return {
    folder,
    file: path("sweep.yaml"),
    options: {
      store: path("store/sweeps.sqlite"),
      openings: path("openings"),
      runner: `${new URL("./fake_run.ts", import.meta.url)}?${query}`,
      engine: "engine of the fixture",
      workers: 2,
    },
    // In one step: a run never reads half of it.
    allow(runs) {
      writeFileSync(path("allowed.part"), String(runs));
      renameSync(path("allowed.part"), path("allowed"));
    },
    write,
    path,
    [Symbol.dispose]: () => removeFolder(folder),
  };
}

/** The axis that makes fake runs misbehave, with the values given. */
export const mischiefAxis = (...values: number[]) => ({
  name: "mischief",
  title: "What goes wrong",
  path: "clearing.queueMinutes",
  values,
});
