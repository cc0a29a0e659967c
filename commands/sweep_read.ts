// What the verbs that read a sweep's results share: which sweep is meant, its store, and one line for what does not fit.

import { refuse } from "#/scenarios/complain.ts";
import { namedEntry, readSweep, type SweepTable } from "#/sim/experiments/read.ts";
import { storeFile } from "#/sim/experiments/store.ts";
import { word } from "#/sim/experiments/replay.ts";
import type { Wanted } from "#/sim/experiments/sensitivity.ts";
import { namedPath } from "./options.ts";
import { stored } from "./store_errors.ts";

/** What these verbs have in common. */
export interface ReadOptions {
  store?: string;
  scenario?: string;
  difference?: boolean;
  json?: boolean;
  out?: string;
}

/**
 * A sweep of the store by its name (the last one of it) or the first letters of its id.
 *
 * Errors: `ScenarioError` naming the store, or the sweeps that are there.
 */
export function namedSweep(name: string, options: Pick<ReadOptions, "store">): SweepTable {
  const { path, id } = sweepEntry(name, options);
  return stored(() => readSweep(path, id));
}

/** The store and the id of a sweep that is named as for {@link namedSweep}. Errors: as there. */
export function sweepEntry(
  name: string,
  { store }: Pick<ReadOptions, "store">,
): { path: string; id: string } {
  const path = store === undefined ? storeFile : namedPath("--store", store, "the path of a file");
  return stored(() => ({ path, id: namedEntry(path, name).id }));
}

/** The scenario that is looked at: the last of the sweep's unless said. */
export const scenarioOf = ({ design: { base } }: SweepTable, { scenario }: ReadOptions): string =>
  scenario ?? base[base.length - 1];

/** The command that gives a reading again: the sweep by its id, since a name means the last sweep of it. */
export function readReplay(
  verb: "sensitivity" | "discover",
  { scenario, isDifference }: Pick<Wanted, "scenario" | "isDifference">,
  { table, options, rest }: { table: SweepTable; options: ReadOptions; rest: readonly string[] },
): string {
  const said = [...rest, "--scenario", scenario, ...isDifference ? ["--difference"] : []];
  const where = options.store === undefined ? [] : ["--store", options.store];
  return ["deno task hutong", verb, table.id.slice(0, 12), ...[...said, ...where].map(word)].join(" ");
}

/** Runs a reading; what it refuses becomes one line of bad input. */
export function reading<T>(place: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError) refuse(place, "", error.message);
    throw error;
  }
}
