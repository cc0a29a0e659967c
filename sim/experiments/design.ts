// The points of a sweep: each row of its design for every scenario that is compared, resolved and named by its hash.

import { createHash } from "node:crypto";
import { canonicalStrict } from "#/model/units/canonical.ts";
import { ScenarioError } from "#/scenarios/complain.ts";
import { scenarioHash } from "#/scenarios/hash.ts";
import { load } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { Axis, Sweep } from "#/scenarios/sweep_schema.ts";
import { designRows, type Settings } from "#/sim/experiments/design_rows.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";

/** One design point: a scenario with settings, resolved and hashed. */
export interface Point {
  /** Its id: the hash of what it supposes. Rows are joined by it, never by their order. */
  id: string;
  /** The scenario as the sweep names it. */
  scenario: string;
  /** Its row of the design. */
  settings: Settings;
  /** Those of its settings that act on its scenario: what is said to it. */
  said: Settings;
  supposition: Supposition;
}

/** The levers and uncertainties of a sweep, in file order. */
export const axesOf = (
  sweep: Pick<Sweep, "levers" | "uncertainties">,
): Axis[] => [...sweep.levers, ...sweep.uncertainties];

/**
 * The settings that act on a scenario: all, but for axes that act only on others.
 *
 * @example
 * ```ts
 * import { acting } from "#/sim/experiments/design.ts";
 * import assert from "node:assert/strict";
 * const axes = [{ name: "a" }, { name: "b", actsOn: ["interop"] }];
 * assert.deepEqual(acting(axes, "baseline", { a: 1, b: 2 }), { a: 1 });
 * ```
 */
export function acting(
  axes: readonly Pick<Axis, "name" | "actsOn">[],
  scenario: string,
  settings: Settings,
): Settings {
  const names = axes.filter(({ actsOn }) => actsOn?.includes(scenario) ?? true).map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, settings[name]]));
}

/** The points of a sweep before their scenarios are resolved: the scenarios of one cell stand together. */
export function* cells(sweep: Sweep): Generator<{ scenario: string; settings: Settings }> {
  for (const settings of designRows({ axes: axesOf(sweep), design: sweep.design, seed: sweep.seed })) {
    for (const scenario of sweep.base) yield { scenario, settings };
  }
}

/**
 * The points of a sweep, resolved: settings are said to the scenario's reader as `--set path=value`, so that a value out
 * of its bounds is refused as it would be on the command line.
 *
 * A point keeps only what differs from the first of its scenario; memory grows with the settings, not with whole scenarios.
 * Fields of a scenario that differ only in axes that do not act on it are one point: they have its id and share its runs.
 * Errors: `ScenarioError` naming the sweep's file; two points that suppose the same otherwise are refused, since their rows
 * would be one.
 */
export function designPoints(sweep: Sweep): Point[] {
  const first = new Map<string, Supposition>();
  const seen = new Map<string, string>(), byLabel = new Map<string, Point>();
  const points: Point[] = [];
  const axes = axesOf(sweep);
  for (const { scenario, settings } of cells(sweep)) {
    const said = acting(axes, scenario, settings);
    const label = [scenario, ...Object.entries(said).map(([name, value]) => `${name}=${value}`)].join(" ");
    const same = byLabel.get(label);
    if (same) {
      points.push({ ...same, settings });
      continue;
    }
    const supposition = supposed(sweep, scenario, said);
    const id = scenarioHash(supposition);
    const other = seen.get(id);
    if (other !== undefined) {
      throw new ScenarioError([{
        place: sweep.file,
        path: "",
        text: `two design points suppose the same: "${other}" and "${label}"; take one of them out`,
      }]);
    }
    seen.set(id, label);
    const base = first.get(scenario);
    const point = {
      id,
      scenario,
      settings,
      said,
      supposition: base ? shared(base, supposition) : supposition,
    };
    points.push(point);
    byLabel.set(label, point);
    if (!base) first.set(scenario, supposition);
  }
  return points;
}

function supposed(sweep: Sweep, scenario: string, said: Settings): Supposition {
  const { seed, shoppers, days } = sweep;
  const set = setOptions(sweep, said), outcomes = outcomeNames;
  try {
    const loaded = load(sweep.files[scenario] ?? scenario, { set, seed, shoppers, days, outcomes });
    return { name: loaded.name, scenario: loaded.scenario, history: loaded.history };
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    // What the reader of scenarios calls an option stands in the sweep's file.
    throw new ScenarioError(error.complaints.map((complaint) => ({
      ...complaint,
      place: complaint.place.startsWith("--") ? sweep.places[complaint.path] ?? sweep.file : complaint.place,
    })));
  }
}

/** What a point says as the command line does: `clearing.prefundingCny=500000000`. */
export function setOptions(sweep: Sweep, said: Settings): string[] {
  return axesOf(sweep).filter(({ name }) => name in said)
    .map(({ name, path }) => `${path}=${JSON.stringify(said[name])}`);
}

/** The id of a sweep: SHA-256, in hex, of its points, replications, what is read from them and the engine. */
export function sweepId(sweep: Sweep, points: readonly Point[], engine: string): string {
  const { file: _file, files: _files, places: _places, ...said } = sweep;
  return createHash("sha256")
    .update(canonicalStrict({ said, points: points.map(({ id }) => id), engine })).digest("hex");
}

/**
 * `value` with every part that equals the same part of `base` replaced by it, so that equal parts are kept once.
 *
 * Shapes: plain data. Neither argument is changed.
 */
export function shared<T>(base: T, value: T): T {
  if (base === value) return base;
  if (typeof base !== "object" || typeof value !== "object" || base === null || value === null) return value;
  if (Array.isArray(base) !== Array.isArray(value)) return value;
  const keys = Object.keys(value) as (keyof T)[];
  const parts = keys.map((key) => Object.hasOwn(base, key) ? shared(base[key], value[key]) : value[key]);
  if (keys.length === Object.keys(base).length && parts.every((part, i) => part === base[keys[i]])) {
    return base;
  }
  if (Array.isArray(value)) return parts as T;
  return Object.fromEntries(keys.map((key, i) => [key, parts[i]])) as T;
}
