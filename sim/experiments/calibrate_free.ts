// The free parameters of a calibration: named assumptions with their bounds, and the unit box that a search moves in.

import { exp, log } from "#/model/units/elementary.ts";
import { type Assumption, parseAssumptions } from "#/scenarios/assumptions.ts";
import { library } from "#/scenarios/chain.ts";
import { refuse } from "#/scenarios/complain.ts";
import type { Loaded } from "#/scenarios/load.ts";
import { readText } from "#/scenarios/read.ts";
import { refuseUnless, searchedOf, type Targets, whyForbidden } from "#/scenarios/targets.ts";

/** An assumption that may move, with the value that the world has now. */
export interface Free {
  path: string;
  unit: string;
  /** Between what it may move. */
  low: number;
  high: number;
  /** Its range in assumptions.yaml. */
  range: [low: number, high: number];
  value: number;
  source: string;
  /** Where its value comes from: the assumption, or the scenario file that says otherwise. */
  provenance: string;
}

/** Every assumption of a library, by path. */
export function allAssumptions(folder?: string): Map<string, Assumption> {
  const from = library(folder), file = `${from.shown}/assumptions.yaml`;
  const read = readText(`${from.folder}/assumptions.yaml`);
  if ("fault" in read) refuse(file, "", read.fault);
  return parseAssumptions(read.text, file).byPath;
}

/**
 * The free parameters that were asked for.
 *
 * Shapes: each a path of assumptions.yaml, or `path=low..high` with bounds inside its range.
 * Errors: `ScenarioError` for an unknown path (with the nearest), one said twice, a forbidden one (with the reason), bounds
 * outside the range, a world whose own value lies outside, and as many parameters as searched targets or more.
 */
export function freeParameters(
  asked: readonly string[],
  { loaded, targets, folder }: { loaded: Loaded; targets: Targets; folder?: string },
): Free[] {
  const assumptions = allAssumptions(folder), place = "--free";
  const free = asked.map((text): Free => {
    const [, path, from, to] = /^([^=]*?)(?:=(-?\d+)\.\.(-?\d+))?$/.exec(text.trim()) ??
      refuse(place, "", `found "${text}"; allowed is a path of assumptions.yaml, or path=low..high`);
    refuseUnless(place, path, { allowed: [...assumptions.keys()].sort(), what: "the assumptions" });
    const why = whyForbidden(path, targets);
    if (why !== undefined) refuse(place, path, `may not be searched: ${why}`);
    const { unit, range, source } = assumptions.get(path)!;
    const [low, high] = from === undefined ? range : [Number(from), Number(to)];
    if (low < range[0] || high > range[1] || low >= high) {
      refuse(
        place,
        path,
        `found ${low}..${high}; allowed are bounds inside its range ${range[0]}..${range[1]}`,
      );
    }
    const value = path.split(".").reduce<unknown>(
      (here, step) => (here as Record<string, unknown> | undefined)?.[step],
      loaded.scenario,
    );
    if (typeof value !== "number" || value < low || value > high) {
      refuse(place, path, `this world has ${String(value)}; allowed is a start inside ${low}..${high}`);
    }
    return { path, unit, low, high, range, value, source, provenance: loaded.provenance[path] ?? "" };
  });
  for (const [i, { path }] of free.entries()) {
    if (free.findIndex((other) => other.path === path) < i) {
      refuse(place, path, "found a second time; allowed is once");
    }
  }
  if (free.length === 0) refuse(place, "", "found nothing; allowed is at least one path of assumptions.yaml");
  const searched = searchedOf(targets.targets).length;
  if (free.length >= searched) {
    refuse(
      place,
      "",
      `found ${free.length} free parameters for ${searched} searched targets; allowed are fewer parameters than ` +
        `searched targets, here at most ${Math.max(0, searched - 1)}`,
    );
  }
  return free;
}

const isLog = ({ low }: Pick<Free, "low">) => low > 0;

/**
 * Where a value stands in its bounds, 0 to 1: by its logarithm where the bounds are positive, else evenly.
 *
 * @example
 * ```ts
 * import { toUnit, toValue } from "#/sim/experiments/calibrate_free.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(toUnit(200, { low: 100, high: 400 }) - 0.5) < 1e-12);
 * assert.equal(toValue(0.5, { low: 100, high: 400 }), 200);
 * assert.equal(toUnit(30, { low: 0, high: 40 }), 0.75);
 * ```
 */
export function toUnit(value: number, bounds: Pick<Free, "low" | "high">): number {
  const { low, high } = bounds;
  const at = isLog(bounds) ? log(value / low) / log(high / low) : (value - low) / (high - low);
  return Math.min(1, Math.max(0, at));
}

/** The whole value that stands at a place of the bounds; places outside are taken to the nearest end. */
export function toValue(at: number, bounds: Pick<Free, "low" | "high">): number {
  const { low, high } = bounds;
  const value = isLog(bounds) ? low * exp(at * log(high / low)) : low + at * (high - low);
  return Math.min(high, Math.max(low, Math.round(value)));
}

/** The nearest point of the box whose values are whole. */
export const snapTo = (free: readonly Free[]) => (at: number[]): number[] =>
  at.map((x, j) => toUnit(toValue(x, free[j]), free[j]));

/** The settings that put values into a world and into its history alike. */
export function settingsOf(values: Readonly<Record<string, number>>): string[] {
  return Object.entries(values).flatMap((
    [path, value],
  ) => [`${path}=${value}`, `world.history.set.${path}=${value}`]);
}
