// Outcomes of both runs side by side: closed, open, and what lies between them.

import type { Comparison } from "#/server/reports/shape.ts";

/** One outcome of both runs. `difference` is open less closed; over several replications it comes with an interval. */
export interface Pair {
  name: string;
  unit: string;
  closed: number | null;
  open: number | null;
  difference: number | null;
  interval?: { mean: number; low: number; high: number; n: number };
}

/** The outcomes that the first table shows, in this order; a name that ends in a dot takes all that begin so. */
export const keyOutcomes: readonly string[] = [
  "gmv",
  "bridgedGmv",
  "bridgedPurchases",
  "lostPurchases",
  "approvalRate",
  "users.",
  "usersGained",
  "usersMoved",
  "balancePerUser.",
  "dpd30Share.",
  "dpd90Share.",
  "netLoss",
  "fraudLoss",
  "overIndebtedShare",
  "peakLiquidity",
  "settlementDelay",
  "fundingGapDays",
  "projectCash",
];

/**
 * One outcome of both runs.
 *
 * Shapes: a value that either run lacks is null, and then the difference is null too; undefined when both lack it.
 *
 * @example
 * ```ts
 * import { pairOf } from "#/server/facts/outcomes.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * assert.equal(pairOf(fixtureComparison(), "usersGained")?.difference, 3.1e6);
 * assert.equal(pairOf(fixtureComparison(), "noSuchOutcome"), undefined);
 * ```
 */
export function pairOf(report: Comparison, name: string): Pair | undefined {
  const a = report.a.outcomes[name], b = report.b.outcomes[name];
  if (!a && !b) return undefined;
  const closed = a?.value ?? null, open = b?.value ?? null;
  const over = report.differences?.[name];
  return {
    name,
    unit: (b ?? a).unit,
    closed,
    open,
    difference: closed === null || open === null ? null : open - closed,
    interval: over && over.n > 1 && over.low !== null && over.high !== null
      ? { mean: over.mean, low: over.low, high: over.high, n: over.n }
      : undefined,
  };
}

/** The key figures first, then every other outcome by name. */
export function allPairs(report: Comparison): { key: Pair[]; others: Pair[] } {
  const names = [...new Set([...Object.keys(report.a.outcomes), ...Object.keys(report.b.outcomes)])].sort();
  const key = keyOutcomes.flatMap((wanted) =>
    wanted.endsWith(".")
      ? names.filter((name) => name.startsWith(wanted))
      : names.filter((name) => name === wanted)
  );
  const of = (chosen: string[]) => chosen.map((name) => pairOf(report, name)!);
  return { key: of(key), others: of(names.filter((name) => !key.includes(name))) };
}

/** The part after the dot of all outcomes of one kind that either run has: `partsOf(report, "users")` → products. */
export function partsOf(report: Comparison, kind: string): string[] {
  const names = new Set([...Object.keys(report.a.outcomes), ...Object.keys(report.b.outcomes)]);
  return [...names].filter((name) => name.startsWith(`${kind}.`)).map((name) => name.slice(kind.length + 1))
    .sort();
}
