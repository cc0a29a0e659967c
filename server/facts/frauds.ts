// Fraud in both runs: what each typology tried and took, and where its attempts ended.

import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import type { RunResult } from "#/sim/result.ts";
import { columnsOf, sumOf, type World, worldsOf } from "#/server/facts/days.ts";
import { partsOf } from "#/server/facts/outcomes.ts";
import { refusals, total } from "#/server/facts/refusals.ts";
import type { Comparison } from "#/server/reports/shape.ts";

/** One typology in one world: attempts, those that a rule or a challenge stopped, and CNY taken; null where not recorded. */
export interface FraudRow {
  typology: string;
  world: World;
  tried: number | null;
  stopped: number | null;
  taken: number | null;
}

/**
 * Every typology that either run knows, in the order of the registry, both worlds; none in reports from before there were any.
 *
 * @example
 * ```ts
 * import { fraudRows } from "#/server/facts/frauds.ts";
 * import { fixtureComparison } from "#/server/testing/fixture.ts";
 * import assert from "node:assert/strict";
 * const [first] = fraudRows(fixtureComparison({ days: 30 }));
 * assert.deepEqual([first.typology, first.world], ["stolenAccount", "closed"]);
 * assert.ok(first.stopped! < first.tried!);
 * ```
 */
export function fraudRows(report: Comparison): FraudRow[] {
  return typologiesOf(report).flatMap((typology) =>
    worldsOf(report).map(([world, run]) => ({
      typology,
      world,
      tried: sumOf(run, `plotsTried.${typology}`),
      stopped: sumOf(run, `plotsStopped.${typology}`),
      taken: run.outcomes[`fraudTaken.${typology}`]?.value ?? null,
    }))
  );
}

function typologiesOf(report: Comparison): string[] {
  const found = [...new Set([...partsOf(report, "fraudTaken"), ...columnsOf(report, "plotsTried.")])];
  const place = (name: string) => (typologyNames as readonly string[]).indexOf(name) >>> 0;
  return found.sort((x, y) => place(x) - place(y) || (x < y ? -1 : 1));
}

/** All attempts of a run, for everybody; null where none were recorded. */
export function attemptsOf(run: RunResult): number | null {
  const columns = Object.keys(run.daily.columns).filter((name) => name.startsWith("plotsTried."));
  return columns.length === 0 ? null : columns.reduce((sum, name) => sum + (sumOf(run, name) ?? 0), 0);
}

/** The attempts of a world that no layer refused, with all that were made; undefined where none were recorded. */
export function passedOf(report: Comparison, world: World): { tried: number; passed: number } | undefined {
  const tried = attemptsOf(world === "closed" ? report.a : report.b);
  if (tried === null) return undefined;
  // Refusals are counted and attempts are told: what doubles cannot hold counts as nothing.
  const passed = tried - total(refusals(report, "plotsRefused"), world);
  return { tried, passed: Math.abs(passed) < tried * 1e-9 ? 0 : Math.max(0, passed) };
}
