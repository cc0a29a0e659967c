// What a sweep says: the mean of each outcome at each point, and its change against the first scenario, with intervals.

import { type MeanInterval, meanInterval } from "#/model/statistics/interval.ts";
import { pairedDifference } from "#/model/statistics/paired_difference.ts";
import { canonicalStrict } from "#/model/units/canonical.ts";
import type { Settings } from "#/sim/experiments/design_rows.ts";
import type { Outcome } from "#/sim/result.ts";

/** A mean over replications with Student's 95 % interval; the interval is null for too few replications. */
export interface Estimate {
  mean: number;
  low: number | null;
  high: number | null;
  n: number;
  /**
   * Of paired differences: how many times more replications separate luck would need for the same interval; null where
   * pairing leaves no spread at all.
   */
  gain?: number | null;
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

/** The fewest replications that an interval is given for: two leave one degree of freedom, and intervals of any width. */
export const fewestForInterval = 3;

/** The analysis of a sweep: points in design order, and the unit of each outcome. */
export interface Analysis {
  /** The replications that all means and differences are taken over. */
  replications: number[];
  units: Record<string, Outcome["unit"]>;
  points: PointSummary[];
}

/** What is known of one job: its outcomes, that it failed, or nothing yet. */
export type Found = { status: "done"; outcomes: Record<string, Outcome> } | { status: "failed" } | undefined;

/**
 * Sums a sweep up. Values are joined by point and replication, never by the order of rows; failed and missing runs are
 * counted and left out, and a difference is taken over the replications that both sides have.
 *
 * All points are read over the same replications, so that no difference between two of them is one of luck: those that
 * every point has (but for points that always fail). Where there is none, those in which no run is still to do; before
 * there is one of these, the single one of which most is there.
 * Intervals are given from {@link fewestForInterval} replications on; those of levels end where the unit does: nothing
 * is below 0 people, days or minutes, no share above 1.
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
  const listed = [...points], units: Analysis["units"] = {};
  const read = new Map(listed.map(({ id }) => [id, valuesOf(id)]));
  const used = sharedReplications([...read.values()].map(({ status }) => status), replications);
  const analysis: Analysis = { replications: used, units, points: [] };
  const references = new Map<string, PointValues>();
  if (base.length > 1) {
    for (const { id, scenario, settings } of listed) {
      if (scenario === base[0]) references.set(canonicalStrict(settings), read.get(id)!);
    }
  }
  for (const { id, scenario, settings } of listed) {
    const own = read.get(id)!;
    const reference = scenario === base[0] ? undefined : references.get(canonicalStrict(settings));
    const count = (status: Status) => own.status.filter((it) => it === status).length;
    const summary: PointSummary = {
      ...{ id, scenario, settings },
      ...{ done: count("done"), failed: count("failed"), missing: count("missing") },
      ...{ levels: {}, differences: {} },
    };
    for (const [name, values] of own.values) {
      const ours = used.map((replication) => values[replication]);
      const level = ours.filter((value) => value !== undefined);
      if (level.length > 0) {
        summary.levels[name] = within(boundsOf(units[name]), surely(estimate(meanInterval(level))));
      }
      if (!reference) continue;
      const theirs = reference.values.get(name)!;
      const difference = pairedEstimate(ours, used.map((replication) => theirs[replication]));
      if (difference) summary.differences[name] = surely(difference);
    }
    analysis.points.push(summary);
  }
  return analysis;

  function valuesOf(id: string): PointValues {
    const values = new Map(
      outcomes.map((name) => [name, new Array<number | undefined>(replications).fill(undefined)]),
    );
    const status: Status[] = [];
    for (let replication = 0; replication < replications; replication++) {
      const job = found(id, replication);
      status.push(job?.status ?? "missing");
      if (job?.status !== "done") continue;
      for (const name of outcomes) {
        const outcome = job.outcomes[name];
        if (!outcome) continue;
        values.get(name)![replication] = outcome.value;
        units[name] = outcome.unit;
      }
    }
    return { values, status };
  }
}

type Status = "done" | "failed" | "missing";

interface PointValues {
  /** Outcome name → its value by replication. */
  values: Map<string, (number | undefined)[]>;
  /** What became of each replication. */
  status: Status[];
}

/**
 * The replications over which points can be compared, given what became of each of them at each point.
 *
 * @example
 * ```ts
 * import { sharedReplications } from "#/sim/experiments/analyse.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(sharedReplications([["done", "done", "missing"], ["done", "missing", "missing"]], 3), [0]);
 * ```
 */
export function sharedReplications(points: readonly (readonly Status[])[], replications: number): number[] {
  const all = Array.from({ length: replications }, (_, replication) => replication);
  const sound = points.filter((point) => point.includes("done"));
  const whole = all.filter((replication) => sound.every((point) => point[replication] === "done"));
  if (whole.length > 0) return whole;
  const over = all.filter((replication) => points.every((point) => point[replication] !== "missing"));
  if (over.length > 0) return over;
  const done = all.map((replication) => sound.filter((point) => point[replication] === "done").length);
  return [done.indexOf(Math.max(...done))];
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
  if (ours.length === 0) return undefined;
  const { gain, ...difference } = pairedDifference(ours, theirs);
  const known = ours.length < fewestForInterval ? {} : { gain: Number.isFinite(gain) ? gain : null };
  return { ...estimate(difference), ...known };
}

function estimate({ mean, low, high, n }: Pick<MeanInterval, "mean" | "low" | "high" | "n">): Estimate {
  return n < 2 ? { mean, low: null, high: null, n } : { mean, low, high, n };
}

/** Without an interval where there are too few replications for one. */
const surely = (one: Estimate): Estimate =>
  one.n < fewestForInterval ? { ...one, low: null, high: null } : one;

/** Between which values an outcome of a unit can lie at all. */
function boundsOf(unit: Outcome["unit"]): { least: number; most: number } {
  if (unit === "CNY" || unit === "points") return { least: -Infinity, most: Infinity };
  return { least: 0, most: unit === "share" ? 1 : Infinity };
}

function within({ least, most }: { least: number; most: number }, one: Estimate): Estimate {
  if (one.low === null || one.high === null) return one;
  return { ...one, low: Math.max(least, one.low), high: Math.min(most, one.high) };
}
