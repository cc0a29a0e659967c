// The command that runs one cell again, on its own.

import type { Sweep } from "#/scenarios/sweep_schema.ts";
import { type Point, setOptions } from "#/sim/experiments/design.ts";

/** What a run is asked for with. */
export interface Asked {
  /** A scenario's name or path. */
  scenario: string;
  /** Settings, `path=value`. */
  set: readonly string[];
  seed: string;
  replication: number;
  shoppers: number;
  days: number;
}

/** A word as a POSIX shell takes it: in single quotes where the shell would read it otherwise. */
export const word = (text: string): string =>
  /^[\w./=:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * The command line of a run, for a POSIX shell: what a shell would read otherwise stands in single quotes.
 *
 * @example
 * ```ts
 * import { runCommand } from "#/sim/experiments/replay.ts";
 * import assert from "node:assert/strict";
 * const asked = { scenario: "interop", set: [], seed: "a b", replication: 2, shoppers: 600, days: 5 };
 * assert.equal(
 *   runCommand(asked),
 *   "deno task hutong run interop --seed 'a b' --replication 2 --shoppers 600 --days 5 --json",
 * );
 * ```
 */
export function runCommand({ scenario, set, seed, replication, shoppers, days }: Asked): string {
  let line = `deno task hutong run ${word(scenario)}`;
  for (const setting of set) line += ` --set ${word(setting)}`;
  return `${line} --seed ${
    word(seed)
  } --replication ${replication} --shoppers ${shoppers} --days ${days} --json`;
}

/** The replay line of a sweep's point and replication. */
export function replayLine(
  sweep: Pick<Sweep, "seed" | "shoppers" | "days" | "files" | "levers" | "uncertainties">,
  point: Pick<Point, "scenario" | "said">,
  replication: number,
): string {
  const { seed, shoppers, days } = sweep;
  const scenario = sweep.files[point.scenario] ?? point.scenario;
  return runCommand({ scenario, set: setOptions(sweep, point.said), seed, replication, shoppers, days });
}
