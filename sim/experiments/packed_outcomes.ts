// The outcomes of a run as a row keeps them: names and units once for many runs, values as plain doubles.

import { canonicalJson } from "#/model/units/canonical.ts";
import type { Outcome } from "#/sim/result.ts";

/** The outcomes of one run: its layout and a value for each entry of it. */
export interface PackedOutcomes {
  /** Canonical JSON of `[[name, unit], …]`, sorted by name. */
  layout: string;
  values: Float64Array;
}

/** What a row may hold as outcomes: packed ones, or the canonical JSON of anything else. */
export type RowOutcomes = PackedOutcomes | string;

/**
 * A function that packs outcomes. It remembers the last layout, since the runs of a sweep mostly share theirs.
 *
 * Shapes: data of a run. What is no plain record of values with units is given back as canonical JSON.
 * Errors: those of `canonicalJson`, which names a value that is not finite.
 *
 * @example
 * ```ts
 * import { outcomesOf, packer } from "#/sim/experiments/packed_outcomes.ts";
 * import assert from "node:assert/strict";
 * const packed = packer()({ b: { value: 2, unit: "days" }, a: { value: 1, unit: "CNY" } });
 * assert.deepEqual(outcomesOf(packed), { a: { value: 1, unit: "CNY" }, b: { value: 2, unit: "days" } });
 * assert.equal(packer()(["no", "outcomes"]), '["no","outcomes"]');
 * ```
 */
export function packer(): (outcomes: unknown) => RowOutcomes {
  let names: string[] = [], units: string[] = [], place: Int32Array = new Int32Array(0), layout = "";
  const learn = (record: Record<string, Outcome>) => {
    names = Object.keys(record);
    units = names.map((name) => record[name].unit);
    const sorted = [...names].sort();
    const at = new Map(sorted.map((name, i) => [name, i]));
    place = Int32Array.from(names, (name) => at.get(name)!);
    layout = canonicalJson(sorted.map((name) => [name, record[name].unit]));
  };
  /** The values in the layout learnt last; nothing where the data has another one. */
  const packed = (data: object): PackedOutcomes | undefined => {
    const values = new Float64Array(names.length);
    let i = 0;
    for (const name in data) {
      const entry = (data as Record<string, Outcome>)[name];
      if (names[i] !== name || entry === null || units[i] !== entry.unit) return undefined;
      const { value } = entry;
      // Whatever is not finite is refused by name; -0 is written as 0.
      if (typeof value !== "number" || sizeOf(entry) !== 2) return undefined;
      if (value - value !== 0) canonicalJson(data);
      values[place[i++]] = value + 0;
    }
    return i === names.length && i > 0 ? { layout, values } : undefined;
  };
  return (outcomes) => {
    const known = typeof outcomes === "object" && outcomes !== null && !Array.isArray(outcomes)
      ? packed(outcomes)
      : undefined;
    if (known) return known;
    if (!isRecord(outcomes)) return canonicalJson(outcomes);
    learn(outcomes);
    return packed(outcomes) ?? { layout, values: new Float64Array(0) };
  };
}

function sizeOf(entry: object): number {
  let size = 0;
  for (const _ in entry) size++;
  return size;
}

function isRecord(data: unknown): data is Record<string, Outcome> {
  if (typeof data !== "object" || data === null || Array.isArray(data)) return false;
  for (const name in data) {
    const entry = (data as Record<string, unknown>)[name] as Partial<Outcome> | null;
    if (typeof entry !== "object" || entry === null) return false;
    if (typeof entry.value !== "number" || typeof entry.unit !== "string") return false;
    if (Object.keys(entry).length !== 2) return false;
  }
  return true;
}

/** The entries of a layout, `[name, unit]`, sorted by name; parsed once for a text. */
export function entriesOf(layout: string): [string, Outcome["unit"]][] {
  let entries = parsed.get(layout);
  if (!entries) {
    if (parsed.size >= mostParsed) parsed.clear();
    parsed.set(layout, entries = JSON.parse(layout) as [string, Outcome["unit"]][]);
  }
  return entries;
}

const parsed = new Map<string, [string, Outcome["unit"]][]>(), mostParsed = 1_000;

/** The outcomes of a row as a run gave them, sorted by name. */
export function outcomesOf(row: RowOutcomes): Record<string, Outcome> {
  if (typeof row === "string") return JSON.parse(row);
  return Object.fromEntries(
    entriesOf(row.layout).map(([name, unit], i) => [name, { value: row.values[i], unit }]),
  );
}
