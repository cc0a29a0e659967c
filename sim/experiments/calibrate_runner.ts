// What a worker runs for a calibration: the simulation as it is, watched from outside. Its address says which targets.

import type { Supposition } from "#/scenarios/schema.ts";
import type { Target } from "#/scenarios/targets.ts";
import type { Outcome } from "#/sim/result.ts";
import { run as simulate, type RunOptions } from "#/sim/run.ts";
import { observer } from "#/sim/experiments/calibrate_observe.ts";
import { readPictures, readTarget } from "#/sim/experiments/calibrate_read.ts";

export { buildOpeningBook } from "#/sim/run.ts";

/** The address of this module for some targets: a worker that loads it reads these. */
export function runnerFor(targets: readonly Target[]): string {
  const address = new URL(import.meta.url);
  address.search = new URLSearchParams({ targets: JSON.stringify(targets) }).toString();
  return address.href;
}

const asked = new URL(import.meta.url).searchParams.get("targets");
const targets = asked === null ? [] : JSON.parse(asked) as Target[];

/** The names of what is no target among a run's readings begin so. */
export const pictured = "picture ";

/** Runs and reads: one outcome a target that was reached, and the pictures. Errors: those of the simulation. */
export function run(
  supposed: Supposition,
  replication: number,
  options: RunOptions,
): { outcomes: Record<string, Outcome>; hash: string } {
  return observed(supposed, replication, { ...options, targets });
}

/** The same for targets that are at hand. */
export function observed(
  supposed: Supposition,
  replication: number,
  { targets, ...options }: RunOptions & { targets: readonly Target[] },
): { outcomes: Record<string, Outcome>; hash: string } {
  const seen = observer();
  const result = simulate(supposed, replication, {
    ...options,
    inspect: (world, day) => seen.look(world, day),
  });
  const outcomes: Record<string, Outcome> = {};
  for (const target of targets) {
    const { value, unit } = readTarget(target, result, seen);
    if (value !== null) outcomes[target.name] = { value, unit: unit as Outcome["unit"] };
  }
  for (const [name, value] of Object.entries(readPictures(seen))) {
    outcomes[pictured + name] = { value, unit: "share" };
  }
  return { outcomes, hash: result.hash };
}
