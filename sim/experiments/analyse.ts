// What a sweep says: the mean of each outcome at each point, and its change against the first scenario, with intervals.

import { type MeanInterval, meanInterval } from "#/model/statistics/interval.ts";
import { pairedDifference } from "#/model/statistics/paired_difference.ts";
import { canonicalStrict } from "#/model/units/canonical.ts";
import type { Settings } from "#/sim/experiments/design.ts";
import type { Outcome } from "#/sim/result.ts";

/** A mean over replications with Student's 95 % interval; the interval is null for a single replication. */
export interface Estimate {
  mean: number;
  low: number | null;
  high: number | null;
  n: number;
}

/** One point of the design, summed up. */
export interface PointSummary {
  /** The point's id. */
  id: string;
  scenario: string;
  settings: Settings;
  /** Replications that are there, those that failed, those still to do. */
  done: number;
  failed: number;
  missing: number;
  /** Outcome name → its level. An outcome without a single value is left out. */
  levels: Record<string, Estimate>;
  /**
   * Outcome name → this scenario minus the first one of the sweep, both under the same settings, replication by
   * replication; empty for the first scenario itself.
   */
  differences: Record<string, Estimate>;
}

/** The analysis of a sweep: points in design order, and the unit of each outcome. */
export interface Analysis {
  units: Record<string, Outcome["unit"]>;
  points: PointSummary[];
}

/** What is known of one job: its outcomes, that it failed, or nothing yet. */
export type Found = { status: "done"; outcomes: Record<string, Outcome> } | { status: "failed" } | undefined;

/**
 * Sums a sweep up. Values are joined by point and replication, never by the order of rows; failed and missing runs are
 * counted and left out, and a difference is taken over the replications that both sides have.
 *
 * Shapes: `points` in design order; `base` the compared scenarios, the reference first; `found` looks a job up.
 */
export function analyse(
  points: Iterable<{ id: string; scenario: string; settings: Settings }>,
  { base, outcomes, replications, found }: {
    base: readonly string[];
    outcomes: readonly string[];
    replications: number;
    found: (point: string, replication: number) => Found;
  },
): Analysis {
  const analysis: Analysis = { units: {}, points: [] };
  const listed = [...points];
  // Reference values by cell. They are read first: design order puts the scenarios of a cell side by side, but nothing
  // here relies on it.
  const references = new Map<string, PointValues>();
  for (const { id, scenario, settings } of listed) {
    if (scenario === base[0]) references.set(canonicalStrict(settings), read(id));
  }
  for (const { id, scenario, settings } of listed) {
    const reference = references.get(canonicalStrict(settings));
    const own = scenario === base[0] ? reference! : read(id);
    const summary: PointSummary = { id, scenario, settings, ...own.count, levels: {}, differences: {} };
    for (const [name, ours] of own.values) {
      const level = ours.filter((value) => value !== undefined);
      if (level.length > 0) summary.levels[name] = estimate(meanInterval(level));
      if (own === reference || !reference) continue;
      const difference = pairedEstimate(ours, reference.values.get(name)!);
      if (difference) summary.differences[name] = difference;
    }
    analysis.points.push(summary);
  }
  return analysis;

  function read(id: string): PointValues {
    const values = new Map(
      outcomes.map((name) => [name, new Array<number | undefined>(replications).fill(undefined)]),
    );
    const count = { done: 0, failed: 0, missing: 0 };
    for (let replication = 0; replication < replications; replication++) {
      const job = found(id, replication);
      count[job?.status ?? "missing"]++;
      if (job?.status !== "done") continue;
      for (const name of outcomes) {
        const outcome = job.outcomes[name];
        if (!outcome) continue;
        values.get(name)![replication] = outcome.value;
        analysis.units[name] = outcome.unit;
      }
    }
    return { values, count };
  }
}

interface PointValues {
  /** Outcome name → its value by replication. */
  values: Map<string, (number | undefined)[]>;
  count: { done: number; failed: number; missing: number };
}

/**
 * The paired difference of two lists that belong together place by place; places that miss a side are left out.
 *
 * @example
 * ```ts
 * import { pairedEstimate } from "#/sim/experiments/analyse.ts";
 * import assert from "node:assert/strict";
 * assert.equal(pairedEstimate([3, 5, undefined], [1, 4, 9])?.mean, 1.5);
 * assert.equal(pairedEstimate([undefined], [1]), undefined);
 * ```
 */
export function pairedEstimate(
  compared: readonly (number | undefined)[],
  base: readonly (number | undefined)[],
): Estimate | undefined {
  const ours: number[] = [], theirs: number[] = [];
  for (let i = 0; i < compared.length; i++) {
    const a = compared[i], b = base[i];
    if (a === undefined || b === undefined) continue;
    ours.push(a);
    theirs.push(b);
  }
  return ours.length === 0 ? undefined : estimate(pairedDifference(ours, theirs));
}

function estimate({ mean, low, high, n }: Pick<MeanInterval, "mean" | "low" | "high" | "n">): Estimate {
  return n < 2 ? { mean, low: null, high: null, n } : { mean, low, high, n };
}
