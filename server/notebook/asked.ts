// Which run a notebook means, and where what it makes is kept.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { load as loadScenario } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { availableBytes, fittingWorkers } from "#/sim/experiments/memory.ts";
import { openingFolder } from "#/sim/experiments/opening_cache.ts";
import { runCommand } from "#/sim/experiments/replay.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";

/** The folder of the project: a notebook runs in its own, and what is kept lies where the command line keeps it too. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url));
/** The folder of opening books. */
export const openings: string = join(root, openingFolder);
/** Says what a person may want to know, such as fewer workers than wished. */
export const onNote = (note: string): void => console.warn(note);

/** Which run is meant; every part may be left out. */
export interface Asked {
  /** Settings by dotted path: `{ "demand.waitDays": 3 }`, or texts `demand.waitDays=3` as on the command line. */
  set?: Record<string, unknown> | readonly string[];
  /** In place of the scenario's seed phrase. */
  seed?: string;
  /** Which replication, from 0: other luck, other people. */
  replication?: number;
  /** Simulated shoppers; the number of people that they stand for stays, and must be a whole multiple. */
  shoppers?: number;
  days?: number;
}

/** Settings as on the command line. */
export const settings = (set: Asked["set"] = []): readonly string[] =>
  Array.isArray(set)
    ? set
    : Object.entries(set).map(([path, value]) =>
      `${path}=${typeof value === "string" ? value : JSON.stringify(value)}`
    );

/** Loads what was asked for: the supposition, and the command that gives the run again. */
export function supposed(nameOrPath: string, { replication = 0, ...asked }: Asked): {
  supposition: Supposition;
  replication: number;
  replay: string;
} {
  const set = settings(asked.set);
  const loaded = loadScenario(nameOrPath, { ...asked, set, outcomes: outcomeNames });
  const { name, scenario, history } = loaded, { seed, world: { shoppers, days } } = scenario;
  fittingWorkers({ shoppers, workers: 1, available: availableBytes() });
  const replay = runCommand({ scenario: nameOrPath, set, seed, replication, shoppers, days });
  return { supposition: { name, scenario, history }, replication, replay };
}
