// A run of nothing with 30 outcomes: what is left of a sweep's time is the sweep's own.

import type { Outcome } from "#/sim/result.ts";

const names = Array.from({ length: 30 }, (_, i) => `outcome${String(i).padStart(2, "0")}`);

/** A book of four numbers. */
export function buildOpeningBook() {
  return { balancesFen: new Float64Array(4) };
}

/** Thirty numbers that follow from the replication. */
export function run(_: unknown, replication: number) {
  const outcomes: Record<string, Outcome> = {};
  for (let i = 0; i < 30; i++) outcomes[names[i]] = { value: i + replication / 7, unit: "CNY" };
  return { outcomes, hash: "5eed".repeat(16) };
}
