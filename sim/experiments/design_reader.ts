// The scenarios of a sweep's points, cheaply: one full reading for many points, changed values put in and checked.

import { createHash, type Hash } from "node:crypto";
import { canonicalStrict } from "#/model/units/canonical.ts";
import { faults } from "#/scenarios/checks.ts";
import { ScenarioError, shown } from "#/scenarios/complain.ts";
import { load } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { shapeAt } from "#/scenarios/shape.ts";
import type { Axis, Setting, Sweep } from "#/scenarios/sweep_schema.ts";
import { changed, type Changes } from "#/sim/experiments/changes.ts";
import type { Settings } from "#/sim/experiments/design_rows.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";

/** What a point supposes: a full reading, and the values in which the point differs from it. */
export interface Read {
  base: Supposition;
  changes: Changes;
  /** See `scenarioHash`. */
  id: string;
}

/**
 * A reader of the points of a sweep. It gives what the scenarios' own reader would, for a fraction of the time.
 *
 * An axis is plain where each of its values changes one leaf of the scenario and nothing else: not the history, not a choice
 * that drops or asks for other terms. That is tried with the full reader, once a value (the ends of a range). Plain values
 * are then put into a full reading of the others, and the checks across fields are made anew; whatever they complain of goes
 * to the full reader, whose message it gets.
 * Errors: `ScenarioError` naming the sweep's file and line.
 */
export class DesignReader {
  #sweep: Sweep;
  #axes: Axis[];
  #scenarios = new Map<string, ScenarioReader>();

  constructor(sweep: Sweep) {
    this.#sweep = sweep;
    this.#axes = [...sweep.levers, ...sweep.uncertainties];
  }

  /** What a point supposes. Shapes: a scenario of the sweep, and the settings that act on it. */
  read(scenario: string, said: Settings): Read {
    let reader = this.#scenarios.get(scenario);
    if (!reader) {
      const axes = this.#axes.filter(({ name }) => name in said);
      this.#scenarios.set(scenario, reader = new ScenarioReader(this.#sweep, scenario, axes, said));
    }
    return reader.read(said);
  }
}

/** A point's supposition by the full reader. Errors: `ScenarioError` naming the sweep's file and line. */
export function readFully(sweep: Sweep, scenario: string, said: Settings): Supposition {
  const { seed, shoppers, days } = sweep;
  const set = setOptions(sweep, said), outcomes = outcomeNames;
  try {
    const loaded = load(sweep.files[scenario] ?? scenario, { set, seed, shoppers, days, outcomes });
    return { name: loaded.name, scenario: loaded.scenario, history: loaded.history };
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    // What the reader of scenarios calls an option stands in the sweep's file, and so does the name that it was given.
    throw new ScenarioError(error.complaints.map((complaint) =>
      complaint.place === shown(scenario)
        ? {
          place: sweep.places.base ?? sweep.file,
          path: "base",
          text: `found ${shown(scenario)}; ${complaint.text}`,
        }
        : {
          ...complaint,
          place: complaint.place.startsWith("--")
            ? sweep.places[complaint.path] ?? sweep.file
            : complaint.place,
        }
    ));
  }
}

/** What a point says as the command line does: `clearing.prefundingCny=500000000`. */
export function setOptions(sweep: Pick<Sweep, "levers" | "uncertainties">, said: Settings): string[] {
  return [...sweep.levers, ...sweep.uncertainties].filter(({ name }) => name in said)
    .map(({ name, path }) => `${path}=${JSON.stringify(said[name])}`);
}

interface PlainAxis {
  name: string;
  path: string[];
  /** The values that were tried, where the axis lists them. */
  values?: Set<Setting>;
  /** Else the ends that were tried, and whether values are whole. */
  low: number;
  high: number;
  isWhole: boolean;
}

interface Base {
  supposition: Supposition;
  /** The text that is hashed, cut where plain values stand; the hash of what is before the first of them. */
  pieces: string[];
  order: PlainAxis[];
  start: Hash;
}

// A full reading for each combination of values that are not plain; more than this are read again when they come again.
const mostBases = 500;

class ScenarioReader {
  #sweep: Sweep;
  #scenario: string;
  #plain: PlainAxis[];
  #others: string[];
  #bases = new Map<string, Base>();

  constructor(sweep: Sweep, scenario: string, axes: readonly Axis[], said: Settings) {
    this.#sweep = sweep;
    this.#scenario = scenario;
    const base = readFully(sweep, scenario, said);
    this.#plain = axes.flatMap((axis) => this.#plainAxis(axis, base, said) ?? []);
    const plain = new Set(this.#plain.map(({ name }) => name));
    this.#others = axes.map(({ name }) => name).filter((name) => !plain.has(name));
  }

  #plainAxis(axis: Axis, base: Supposition, said: Settings): PlainAxis | undefined {
    const { name, range } = axis, path = axis.path.split(".");
    const original = leafAt(base, path);
    if (original === undefined) return undefined;
    for (const value of range ? [range.low, range.high] : axis.values) {
      if (value === original) continue;
      let other: Supposition;
      try {
        other = readFully(this.#sweep, this.#scenario, { ...said, [name]: value });
      } catch {
        // Refused beside these settings; the point that has it will say so, if there is one.
        return undefined;
      }
      const put = changed(base, [[path, value]]);
      if (canonicalStrict(put.scenario) !== canonicalStrict(other.scenario)) return undefined;
      if (canonicalStrict(put.history) !== canonicalStrict(other.history)) return undefined;
    }
    if (!range) return { name, path, values: new Set(axis.values), low: 0, high: 0, isWhole: false };
    const isWhole = shapeAt(path)?.type === "integer";
    return { name, path, low: range.low, high: range.high, isWhole };
  }

  read(said: Settings): Read {
    const fits = this.#plain.every(({ name, values, low, high, isWhole }) => {
      const value = said[name];
      if (values) return values.has(value);
      return typeof value === "number" && value >= low && value <= high && !Object.is(value, -0) &&
        (!isWhole || Number.isSafeInteger(value));
    });
    if (!fits) return this.#full(said);
    const key = this.#others.length === 0 ? "" : JSON.stringify(this.#others.map((name) => said[name]));
    let base = this.#bases.get(key);
    if (!base) {
      if (this.#bases.size >= mostBases) this.#bases.clear();
      this.#bases.set(key, base = this.#baseOf(said));
    }
    const { supposition, pieces, order, start } = base;
    const changes = order.filter(({ name, path }) => leafAt(supposition, path) !== said[name])
      .map(({ name, path }) => [path, said[name]] as const);
    if (changes.length > 0 && faults(changed(supposition, changes).scenario).length > 0) {
      return this.#full(said);
    }
    const hash = start.copy();
    for (const [i, { name }] of order.entries()) hash.update(canonicalStrict(said[name]) + pieces[i + 1]);
    return { base: supposition, changes, id: hash.digest("hex") };
  }

  #full(said: Settings): Read {
    const base = readFully(this.#sweep, this.#scenario, said);
    return {
      base,
      changes: [],
      id: hashOf(canonicalStrict({ scenario: base.scenario, history: base.history })),
    };
  }

  #baseOf(said: Settings): Base {
    const supposition = readFully(this.#sweep, this.#scenario, said);
    const { history } = supposition;
    const marks = this.#plain.map((axis, i) => ({ axis, mark: `\u0000${i}\u0000` }));
    const marked = changed(supposition, marks.map(({ axis: { path }, mark }) => [path, mark] as const));
    const text = canonicalStrict({ scenario: marked.scenario, history });
    const cuts = marks.map(({ axis, mark }) => {
      const written = JSON.stringify(mark);
      return { axis, from: text.indexOf(written), length: written.length };
    }).sort((a, b) => a.from - b.from);
    const pieces: string[] = [];
    let at = 0;
    for (const { from, length } of cuts) {
      pieces.push(text.slice(at, from));
      at = from + length;
    }
    pieces.push(text.slice(at));
    const start = createHash("sha256").update(pieces[0]);
    return { supposition, pieces, order: cuts.map(({ axis }) => axis), start };
  }
}

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

function leafAt({ scenario }: Supposition, path: readonly string[]): Setting | undefined {
  let tree: unknown = scenario;
  for (const step of path) {
    if (typeof tree !== "object" || tree === null || !Object.hasOwn(tree, step)) return undefined;
    tree = tree[step as keyof typeof tree];
  }
  return typeof tree === "object" || tree === null ? undefined : tree as Setting;
}
