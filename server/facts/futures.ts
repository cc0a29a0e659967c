// What futures suppose beside their scenario, in words, and which numbers were drawn for them.

import type { FutureRun } from "#/sim/experiments/futures.ts";
import type { PlannedFuture } from "#/sim/experiments/futures_plan.ts";

/**
 * The shocks of a future, each with its days and its own terms; of drawn ones how many there are.
 *
 * @example
 * ```ts
 * import { shockWords } from "#/server/facts/futures.ts";
 * import assert from "node:assert/strict";
 * const jump = { event: "unemployment-jump", fromDay: 30, untilDay: 90, plusBps: 600 } as const;
 * assert.equal(shockWords({ name: "jobs-lost", shocks: [jump] }), "unemployment-jump, days 30 to 90 (plusBps 600)");
 * assert.equal(shockWords({ name: "as-supposed", shocks: [] }), "none");
 * ```
 */
export function shockWords({ shocks, drawn }: Pick<PlannedFuture, "name" | "shocks" | "drawn">): string {
  if (drawn) return `${drawn[0].shocks.map(({ event }) => event).join(", ")}: other numbers under each luck`;
  return shocks.map(({ event, fromDay, untilDay, ...terms }) => {
    const own = Object.entries(terms).map(([name, value]) => `${name} ${value}`).join(", ");
    return `${event}, days ${fromDay} to ${untilDay}${own && ` (${own})`}`;
  }).join("; ") || "none";
}

/** The least and the most of each number that was drawn, by name. */
export function sampledRange(runs: readonly FutureRun[]): { name: string; least: number; most: number }[] {
  const values = runs.flatMap(({ values }) => values ? [values] : []);
  return Object.keys(values[0] ?? {}).map((name) => {
    const own = values.map((it) => it[name]);
    return { name, least: Math.min(...own), most: Math.max(...own) };
  });
}
