// Small worlds for tests: a village of shoppers with a short history, books shared, and one way to read what came out.

import assert from "node:assert/strict";
import { canonicalJson } from "#/model/units/canonical.ts";
import { load } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { OpeningBook } from "#/sim/opening_book.ts";
import type { RunResult } from "#/sim/result.ts";
import { buildOpeningBook, openWorld, type RunOptions, runWorld } from "#/sim/run.ts";
import type { World } from "#/sim/world.ts";

/** What a small world may say beside its scenario; the rest is {@link village}. */
export interface Small {
  /** Settings, as on the command line. */
  set?: readonly string[];
  shoppers?: number;
  days?: number;
  seed?: string;
}

/** Settings of every small world: few shops, and a history just long enough for every bucket of lateness to fill. */
export const village = [
  "world.merchants=200",
  "world.history.shoppers=1000",
  "world.history.days=210",
] as const;

/** A shipped scenario with 1,000 shoppers for 20 days, unless it is told otherwise. */
export function small(
  scenario: string,
  { set = [], shoppers = 1_000, days = 20, seed }: Small = {},
): Supposition {
  return load(scenario, { shoppers, days, seed, set: [...village, ...set] });
}

const books = new Map<string, OpeningBook>();

/** The opening book of a supposition, simulated once for all worlds that share its history. */
export function bookOf(supposed: Supposition, replication = 0): OpeningBook {
  const { scenario: { seed, world: { people } }, history } = supposed;
  const key = canonicalJson({ history, seed, people, replication });
  let book = books.get(key);
  if (!book) books.set(key, book = buildOpeningBook(supposed, replication));
  return book;
}

/** Runs a small world from the shared book. */
export function runSmall(
  supposed: Supposition,
  { replication = 0, ...options }: RunOptions & { replication?: number } = {},
): { result: RunResult; world: World } {
  return runWorld(supposed, replication, { openingBook: bookOf(supposed, replication), ...options });
}

/** The world of a supposition on the morning of day 0, from the shared book. */
export function openSmall(
  supposed: Supposition,
  { replication = 0, ...options }: RunOptions & { replication?: number } = {},
): World {
  return openWorld(supposed, replication, { openingBook: bookOf(supposed, replication), ...options });
}

/**
 * One figure of a result by name: an outcome; `turnedAway.layer.reason`, wants that a layer refused, whether they ended there
 * or took another way; `refused.layer.reason`, those that ended; `days.column`, the sum of a daily column; `last.column`, its last
 * entry; `purchases.settled` and its sisters. What never happened is 0.
 *
 * Errors: `RangeError` for an outcome or a column that no result has.
 */
export function read(result: RunResult, name: string): number {
  const [group, ...rest] = name.split("."), [layer, reason] = rest, { purchases } = result;
  const refused = purchases.refused[layer]?.[reason] ?? 0;
  if (group === "refused") return refused;
  if (group === "turnedAway") return refused + (purchases.redirected[layer]?.[reason] ?? 0);
  if (group === "purchases") return purchases[layer as "wanted" | "authorised" | "settled" | "waiting"];
  if (group === "days" || group === "last") {
    const column = result.daily.columns[rest.join(".")];
    if (!column) throw new RangeError(`Cannot read ${name}: the record has no column ${rest.join(".")}`);
    return group === "last" ? column.at(-1)! : column.reduce((sum, x) => sum + x, 0);
  }
  if (!result.outcomes[name]) throw new RangeError(`Cannot read ${name}: the result has no such outcome`);
  return result.outcomes[name].value;
}

/** The sign with which something is expected to move. */
export type Sign = "+" | "-" | "0";

/**
 * Asserts that settings move outcomes with the signs named, people and luck being the same.
 *
 * Shapes: `changed` settings of the changed side, `signs` by names of {@link read}; `under` settings of both sides.
 * Errors: `AssertionError` with both values where one moves another way, or does not move.
 */
export function assertMoves(
  scenario: string,
  changed: readonly string[],
  signs: Record<string, Sign>,
  { under = [], ...size }: Omit<Small, "set"> & { under?: readonly string[] } = {},
): void {
  const base = baseOf(scenario, { ...size, set: under });
  const moved = runSmall(small(scenario, { ...size, set: [...under, ...changed] })).result;
  for (const [name, sign] of Object.entries(signs)) {
    const from = read(base, name), to = read(moved, name);
    const found = to > from ? "+" : to < from ? "-" : "0";
    assert.equal(found, sign, `${changed.join(" ")} should move ${name} by ${sign}, found ${from} → ${to}`);
  }
}

const bases = new Map<string, RunResult>();

/** The result of an unchanged side, run once for all tests of a file. */
function baseOf(scenario: string, options: Small): RunResult {
  const key = JSON.stringify([scenario, options]);
  let result = bases.get(key);
  if (!result) bases.set(key, result = runSmall(small(scenario, options)).result);
  return result;
}
