// A run that is stopped on the morning of a day and goes on as several futures, each with shocks and luck of its own.

import type { Scenario, Shock, Supposition } from "#/scenarios/schema.ts";
import { copyWorld } from "./copy_world.ts";
import { runDay } from "./day.ts";
import type { RunResult } from "./result.ts";
import { openWorld, replayOf, runOn, type RunOptions } from "./run.ts";
import { openStreams, turnLuck } from "./streams.ts";
import { makeTerms } from "./terms.ts";
import type { World } from "./world.ts";

/** A run as it stands on the morning of a day; it is never run itself, so that any number of futures can begin with it. */
export interface Frozen {
  readonly world: World;
  /** The day that comes next, from 1. */
  readonly day: number;
  readonly replication: number;
}

/** How one future differs from what the run would have become. */
export interface FutureTerms {
  /** Shocks beside the scenario's own, none of them before the day. */
  shocks?: readonly Shock[];
  /** Whose luck it has from the day on: 0 is the run's own. */
  luck?: number;
}

/**
 * Runs a supposition up to the morning of a day.
 *
 * Shapes: a day from 1 to the last of the run, less 1. Errors: `RangeError` for another day; those of a run.
 */
export function freeze(
  supposed: Supposition,
  replication: number,
  { day, ...options }: { day: number } & Pick<RunOptions, "openingBook" | "onDay" | "replay">,
): Frozen {
  const { days } = supposed.scenario.world;
  if (!Number.isSafeInteger(day) || day < 1 || day >= days) {
    throw new RangeError(
      `Cannot freeze a run of ${days} days at day ${day}: a day from 1 to ${
        days - 1
      } is needed, with days on both sides`,
    );
  }
  const world = openWorld(supposed, replication, options),
    replay = options.replay ?? replayOf(supposed, replication);
  for (let today = 0; today < day; today++) {
    runDay(world, today, { replay });
    options.onDay?.(today, days);
  }
  return { world: copyWorld(world), day, replication };
}

/**
 * Goes on from a frozen run to its end.
 *
 * Without shocks and with luck 0 the result has the hash of the unbroken run; with shocks that of an unbroken run of a scenario
 * that says them. Who people are, and what was drawn for days before, stays under any luck.
 * Errors: `RangeError` for a shock before the day; those of a run.
 *
 * @example
 * ```ts
 * import { load } from "#/scenarios/load.ts";
 * import { freeze, future } from "#/sim/fork.ts";
 * import { run } from "#/sim/run.ts";
 * import assert from "node:assert/strict";
 * const set = ["world.history.shoppers=200", "world.history.days=40", "scoring.card=expert"];
 * const supposed = load("baseline", { shoppers: 200, days: 6, set: [...set, "world.history.set.scoring.card=expert"] });
 * assert.equal(future(freeze(supposed, 0, { day: 3 })).hash, run(supposed, 0).hash);
 * ```
 */
export function future(
  frozen: Frozen,
  { shocks = [], luck = 0 }: FutureTerms = {},
  options: Parameters<typeof runOn>[2] = {},
): RunResult {
  const { day, replication } = frozen;
  const early = shocks.find(({ fromDay }) => fromDay < day);
  if (early) {
    throw new RangeError(
      `Cannot begin ${early.event} on day ${early.fromDay}: the futures begin on day ${day}, and what was is the same in all`,
    );
  }
  const copy = copyWorld(frozen.world), { supposed } = copy;
  const scenario: Scenario = { ...supposed.scenario, shocks: [...supposed.scenario.shocks, ...shocks] };
  const world: World = shocks.length === 0
    ? copy
    : { ...copy, supposed: { ...supposed, scenario }, terms: makeTerms(scenario) };
  if (luck > 0) {
    turnLuck(world.streams, { day, to: openStreams(`${scenario.seed}/future ${luck}`, replication) });
  }
  return runOn(world, replication, options);
}
