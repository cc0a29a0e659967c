// The points of a sweep: each row of its design for every scenario that is compared, resolved and named by its hash.

import { createHash } from "node:crypto";
import { canonicalStrict } from "#/model/units/canonical.ts";
import { ScenarioError } from "#/scenarios/complain.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { Axis, Sweep } from "#/scenarios/sweep_schema.ts";
import { designRows, type Settings } from "#/sim/experiments/design_rows.ts";
import { changed, type Changes } from "#/sim/experiments/changes.ts";
import { DesignReader } from "#/sim/experiments/design_reader.ts";

export { setOptions } from "#/sim/experiments/design_reader.ts";

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
  /** A full reading that it shares with other points, and the values in which it differs from it. */
  base: Supposition;
  changes: Changes;
  /** Both together, made anew at each call. */
  readonly supposition: Supposition;
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
 * A point keeps only what differs from a reading that it shares with others; memory grows with the settings, not with
 * whole scenarios. Fields of a scenario that differ only in axes that do not act on it are one point: they have its id and
 * share its runs.
 * Errors: `ScenarioError` naming the sweep's file; two points that suppose the same otherwise are refused, since their rows
 * would be one.
 */
export function designPoints(sweep: Sweep): Point[] {
  const seen = new Map<string, Point>(), points: Point[] = [];
  const axes = axesOf(sweep), reader = new DesignReader(sweep);
  for (const { scenario, settings } of cells(sweep)) {
    const own = acting(axes, scenario, settings);
    const names = Object.keys(own);
    const said = names.length === axes.length ? settings : own;
    const { id, base, changes } = reader.read(scenario, said);
    const other = seen.get(id);
    if (!other) {
      const point = new DesignPoint({ id, scenario, settings, said, base, changes });
      seen.set(id, point);
      points.push(point);
      continue;
    }
    if (other.scenario === scenario && names.every((name) => other.said[name] === said[name])) {
      points.push(new DesignPoint({ ...other, settings }));
      continue;
    }
    throw new ScenarioError([{
      place: sweep.file,
      path: "",
      text: `two design points suppose the same: "${label(other)}" and "${label({ scenario, said })}"; ` +
        "take one of them out",
    }]);
  }
  return points;
}

const label = ({ scenario, said }: Pick<Point, "scenario" | "said">) =>
  [scenario, ...Object.entries(said).map(([name, value]) => `${name}=${value}`)].join(" ");

/** A point that puts its supposition together when it is asked for it. */
class DesignPoint implements Point {
  readonly id!: string;
  readonly scenario!: string;
  readonly settings!: Settings;
  readonly said!: Settings;
  readonly base!: Supposition;
  readonly changes!: Changes;

  constructor(parts: Omit<Point, "supposition">) {
    Object.assign(this, parts);
  }

  get supposition(): Supposition {
    return changed(this.base, this.changes);
  }
}

/** The id of a sweep: SHA-256, in hex, of its points, replications, what is read from them and the engine. */
export function sweepId(sweep: Sweep, points: readonly Point[], engine: string): string {
  const { file: _file, files: _files, places: _places, ...said } = sweep;
  return createHash("sha256")
    .update(canonicalStrict({ said, points: points.map(({ id }) => id), engine })).digest("hex");
}
