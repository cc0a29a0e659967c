// Outcomes of both runs side by side: closed, open, and what lies between them.

import { pairedEstimate } from "#/sim/experiments/analyse.ts";
import type { RunResult } from "#/sim/result.ts";
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

/**
 * The outcomes that the first table shows, in this order; a name that ends in a dot takes all that begin so, and one that no
 * run says itself is the total of those that begin so.
 */
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
  "fraudTaken",
  "insultedShare",
  "linkedShare",
  "attributesDisclosed",
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
    interval: intervalOf(over),
  };
}

function intervalOf(
  over: { mean: number; low: number | null; high: number | null; n: number } | undefined,
): Pair["interval"] {
  if (!over || over.n < 2 || over.low === null || over.high === null) return undefined;
  return { mean: over.mean, low: over.low, high: over.high, n: over.n };
}

/**
 * All outcomes of one kind added up, both runs side by side: `totalOf(report, "fraudTaken")` over the typologies.
 *
 * Shapes: undefined when neither run has any of the kind; a run that lacks them all, or has one without a number, has no
 * total. The interval needs the outcomes of each replication, which older reports do not hold.
 *
 * @example
 * ```ts
 * import { pairOf, totalOf } from "#/server/facts/outcomes.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * const report = fixtureComparison();
 * const part = pairOf(report, "fraudTaken.cashOut")!.open!, whole = totalOf(report, "fraudTaken")!.open!;
 * assert.ok(part > 0 && whole > part);
 * assert.equal(totalOf(report, "noSuchKind"), undefined);
 * ```
 */
export function totalOf(report: Comparison, kind: string): Pair | undefined {
  const names = partsOf(report, kind).map((part) => `${kind}.${part}`);
  if (names.length === 0) return undefined;
  const sum = (values: Record<string, number | null>) => {
    const found = names.map((name) => values[name]).filter((value) => value !== undefined);
    return found.length === 0 || found.includes(null) ? null : found.reduce((x, y) => x! + y!, 0);
  };
  const ofRun = ({ outcomes }: RunResult) =>
    sum(Object.fromEntries(Object.entries(outcomes).map(([name, { value }]) => [name, value])));
  const closed = ofRun(report.a), open = ofRun(report.b);
  const each = (side: "a" | "b") =>
    (report.replications ?? []).map((one) => sum(one[side] ?? {}) ?? undefined);
  return {
    name: kind,
    unit: (report.b.outcomes[names[0]] ?? report.a.outcomes[names[0]]).unit,
    closed,
    open,
    difference: closed === null || open === null ? null : open - closed,
    interval: intervalOf(pairedEstimate(each("b"), each("a"))),
  };
}

/** The key figures first, totals among them, then every other outcome by name. */
export function allPairs(report: Comparison): { key: Pair[]; others: Pair[] } {
  const names = [...new Set([...Object.keys(report.a.outcomes), ...Object.keys(report.b.outcomes)])].sort();
  const key = keyOutcomes.flatMap((wanted) =>
    wanted.endsWith(".")
      ? names.filter((name) => name.startsWith(wanted))
      : names.includes(wanted) || totalOf(report, wanted)
      ? [wanted]
      : []
  );
  const of = (chosen: string[]) => chosen.map((name) => pairOf(report, name) ?? totalOf(report, name)!);
  return { key: of(key), others: of(names.filter((name) => !key.includes(name))) };
}

/** The part after the dot of all outcomes of one kind that either run has: `partsOf(report, "users")` → products. */
export function partsOf(report: Comparison, kind: string): string[] {
  const names = new Set([...Object.keys(report.a.outcomes), ...Object.keys(report.b.outcomes)]);
  return [...names].filter((name) => name.startsWith(`${kind}.`)).map((name) => name.slice(kind.length + 1))
    .sort();
}
