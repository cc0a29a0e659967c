// A scenario with a few values changed: all other parts are shared with the one it comes from.

import type { Supposition } from "#/scenarios/schema.ts";
import type { Setting } from "#/scenarios/sweep_schema.ts";

/** Values to put in place of others: the path inside a scenario, step by step, and the new value. */
export type Changes = readonly (readonly [path: readonly string[], value: Setting])[];

/**
 * A supposition with some values of its scenario changed; the history stays. What is not changed is the same object.
 *
 * Shapes: every path leads to a value that is there.
 *
 * @example
 * ```ts
 * import { changed } from "#/sim/experiments/changes.ts";
 * import { load } from "#/scenarios/load.ts";
 * import assert from "node:assert/strict";
 * const base = load("interop");
 * const other = changed(base, [[["demand", "waitDays"], 3]]);
 * assert.equal(other.scenario.demand.waitDays, 3);
 * assert.equal(other.scenario.credit, base.scenario.credit);
 * ```
 */
export function changed(base: Supposition, changes: Changes): Supposition {
  if (changes.length === 0) return base;
  let scenario: unknown = base.scenario;
  for (const [path, value] of changes) scenario = put(scenario, path, 0, value);
  return { ...base, scenario: scenario as Supposition["scenario"] };
}

function put(tree: unknown, path: readonly string[], at: number, value: Setting): unknown {
  if (at === path.length) return value;
  const key = path[at] as keyof typeof tree;
  const inner = put((tree as object)[key], path, at + 1, value);
  if (!Array.isArray(tree)) return { ...tree as object, [key]: inner };
  const copy = [...tree];
  copy[Number(key)] = inner;
  return copy;
}
