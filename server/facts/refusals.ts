// Refused purchases by layer and reason, both runs side by side, with the text that a shopper reads.

import { type Layer, layers, reasons } from "#/model/reasons.ts";
import type { RunResult } from "#/sim/result.ts";
import { sumOf } from "#/server/facts/days.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/**
 * What followed a refusal: the want ended without a sale, or another way to pay was taken; or it was an attempt of fraud,
 * which is no want and stands in neither of them.
 */
export type Consequence = "refused" | "redirected" | "plotsRefused";

/** One reason in both runs. `shopperText` is empty for a reason that the model does not list. */
export interface Refusal {
  consequence: Consequence;
  layer: string;
  reason: string;
  shopperText: string;
  closed: number;
  open: number;
  difference: number;
}

/**
 * Every reason that occurred in either run, told for the whole population, in the order of the layers, then of the closed list of reasons.
 *
 * @example
 * ```ts
 * import { refusals } from "#/server/facts/refusals.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * const [first] = refusals(fixtureComparison(), "refused");
 * assert.equal(first.reason, "not-accepted");
 * assert.ok(first.difference < 0);
 * ```
 */
export function refusals(report: Comparison, consequence: Consequence): Refusal[] {
  // Reports of runs from before fraud was told apart lack its refusals.
  const a = report.a.purchases[consequence] ?? {}, b = report.b.purchases[consequence] ?? {};
  const scaleA = peoplePerCount(report.a), scaleB = peoplePerCount(report.b);
  const found = new Map<string, { layer: string; reason: string }>();
  for (const side of [a, b]) {
    for (const [layer, byReason] of Object.entries(side)) {
      for (const reason of Object.keys(byReason)) found.set(`${layer} ${reason}`, { layer, reason });
    }
  }
  return [...found.values()].map(({ layer, reason }) => {
    const closed = scaleA * (a[layer]?.[reason] ?? 0), open = scaleB * (b[layer]?.[reason] ?? 0);
    const listed = reasons.find((one) => one.layer === layer && one.name === reason);
    const shopperText = listed?.shopperText ?? "";
    return { consequence, layer, reason, shopperText, closed, open, difference: open - closed };
  }).sort(inChainOrder);
}

/**
 * What one counted refusal stands for: reasons are counted among the simulated shoppers, the daily record tells
 * everybody's purchases, and both count the same wants.
 */
function peoplePerCount(run: RunResult): number {
  const told = sumOf(run, "wanted"), { wanted } = run.purchases;
  return told && wanted ? told / wanted : 1;
}

/** The reason whose count moved most between the runs; undefined when none moved. */
export function mostMoved(rows: readonly Refusal[]): Refusal | undefined {
  const moved = rows.filter(({ difference }) => difference !== 0);
  return moved.reduce<Refusal | undefined>(
    (most, row) => !most || Math.abs(row.difference) > Math.abs(most.difference) ? row : most,
    undefined,
  );
}

/** All refusals of a run's side added up. */
export function total(rows: readonly Refusal[], world: "closed" | "open"): number {
  return rows.reduce((sum, row) => sum + row[world], 0);
}

/** Refusals in the order of the layers, then of the closed list of reasons; those that it lacks at the end. */
export function inChainOrder(x: Refusal, y: Refusal): number {
  return place(x) - place(y) || (x.reason < y.reason ? -1 : x.reason > y.reason ? 1 : 0);
}

function place({ layer, reason }: Refusal): number {
  const rank = layers.indexOf(layer as Layer);
  const code = reasons.findIndex((one) => one.layer === layer && one.name === reason);
  return (rank < 0 ? layers.length : rank) * 1_000 + (code < 0 ? 999 : code);
}
