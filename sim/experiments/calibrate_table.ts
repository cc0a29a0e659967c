// The error table of a calibration: each target beside what was simulated, with its interval over replications.

import { log } from "#/model/units/elementary.ts";
import { meanInterval } from "#/model/statistics/interval.ts";
import { type Target, unitOfTarget } from "#/scenarios/targets.ts";
import type { Readings } from "#/sim/experiments/calibrate_trials.ts";

/** One target and what was simulated. */
export interface ErrorRow {
  name: string;
  title: string;
  /** `share`, `CNY`, `people`, `times`, or an outcome's own unit. */
  unit: string;
  /** The date or dates that are read. */
  when: string;
  denominator: string;
  source: string;
  searched: boolean;
  value: number;
  low: number;
  high: number;
  /** Mean over replications; `null` where one of them does not reach the date. */
  mean: number | null;
  /** Ends of the 95 % interval of the mean; `null` for a single replication. */
  from: number | null;
  to: number | null;
  /** Whether the mean lies in the range; `null` where it was not reached. */
  inside: boolean | null;
  /** Whether the interval crosses an end of the range, so that more replications could turn the verdict. */
  close: boolean;
}

/** The values of a target over replications, in their order; `null` where one was not reached. */
export function valuesOf(target: Pick<Target, "name">, readings: Readings): number[] | null {
  const values = readings.map((reading) => reading[target.name]?.value);
  return values.every((value) => value !== undefined) ? values as number[] : null;
}

/** The dates of a target in words. */
export function whenOf(target: Target): string {
  if ("since" in target) return `${target.since} to ${target.on}`;
  if ("on" in target) return target.on;
  return "between" in target ? target.between.join(" to ") : "whole run";
}

/** The error table of some readings, in the order of the targets. */
export function errorTable(targets: readonly Target[], readings: Readings): ErrorRow[] {
  return targets.map((target): ErrorRow => {
    const { name, title, denominator, source, searched, value, low, high } = target;
    const values = valuesOf(target, readings);
    const unit = unitOfTarget(target) ?? readings[0]?.[name]?.unit ?? "";
    const row = { name, title, unit, when: whenOf(target), denominator, source, searched, value, low, high };
    if (values === null) return { ...row, mean: null, from: null, to: null, inside: null, close: false };
    const { mean, low: from, high: to } = meanInterval(values);
    const single = values.length < 2;
    const crosses = (end: number) => !single && from < end && end < to;
    return {
      ...row,
      mean,
      from: single ? null : from,
      to: single ? null : to,
      inside: mean >= low && mean <= high,
      close: crosses(low) || crosses(high),
    };
  });
}

/** Whether a target is measured by its logarithm: where its range is positive, a half is as far off as a double. */
const isLog = ({ low }: Pick<Target, "low">) => low > 0;
/** A share of nothing is taken for this part of the range's low end, so that its logarithm is finite. */
const floorPart = 0.01;

/** What half of the range is in the measure of {@link missOf}: one tolerance. */
const toleranceOf = (target: Pick<Target, "low" | "high">) =>
  isLog(target) ? log(target.high / target.low) / 2 : (target.high - target.low) / 2;

/**
 * How far a simulated value is from the published one, in tolerances (half the range, of logarithms where the range is
 * positive), times the target's weight.
 *
 * @example
 * ```ts
 * import { missOf } from "#/sim/experiments/calibrate_table.ts";
 * import assert from "node:assert/strict";
 * const target = { value: 2, low: 1, high: 4, weight: 1 };
 * assert.ok(Math.abs(missOf(4, target) - 1) < 1e-12);
 * assert.equal(missOf(2, target), 0);
 * ```
 */
export function missOf(
  simulated: number,
  target: Pick<Target, "value" | "low" | "high" | "weight">,
): number {
  const { value, low, weight = 1 } = target;
  const miss = isLog(target) ? log(Math.max(simulated, floorPart * low) / value) : simulated - value;
  return weight * miss / toleranceOf(target);
}
