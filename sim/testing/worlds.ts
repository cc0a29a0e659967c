// Small worlds for tests: a village of shoppers with a short history, books shared, and one way to read what came out.

import assert from "node:assert/strict";
import { canonicalJson } from "#/model/units/canonical.ts";
import { load } from "#/scenarios/load.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import type { OpeningBook } from "#/sim/opening_book.ts";
import type { RunResult } from "#/sim/result.ts";
import { buildOpeningBook, openWorld, runWorld } from "#/sim/run.ts";
import { phases } from "#/sim/day.ts";
import {
  amountNames,
  amounts,
  bridgedAt,
  feesAt,
  limitAt,
  lineState,
  planAt,
  principalFen,
  reservedAt,
} from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";

/** What a small world may say beside its scenario; the rest is {@link village}. */
export interface Small {
  /** Settings, as on the command line. */
  set?: readonly string[];
  shoppers?: number;
  days?: number;
  seed?: string;
}

/** Settings of every small world: few shops, and a history just long enough for lateness beyond 90 days. */
export const village = [
  "world.merchants=200",
  "world.history.shoppers=600",
  "world.history.days=160",
  // Too few people to fit a score on; tests of scores say otherwise.
  "scoring.card=expert",
  "world.history.set.scoring.card=expert",
] as const;

/** A shipped scenario with 800 shoppers for 20 days, unless it is told otherwise. */
export function small(
  scenario: string,
  { set = [], shoppers = 800, days = 20, seed }: Small = {},
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

/** What the makers of small worlds take beside the supposition. */
type Options = Parameters<typeof runWorld>[2] & { replication?: number };

/** Runs a small world from the shared book. */
export function runSmall(
  supposed: Supposition,
  { replication = 0, ...options }: Options = {},
): ReturnType<typeof runWorld> {
  return runWorld(supposed, replication, { openingBook: bookOf(supposed, replication), ...options });
}

/** The world of a supposition on the morning of day 0, from the shared book. */
export function openSmall(
  supposed: Supposition,
  { replication = 0, ...options }: Options = {},
): World {
  return openWorld(supposed, replication, { openingBook: bookOf(supposed, replication), ...options });
}

/** The name of a phase of the day. */
export type Phase = keyof typeof phases;

/** Walks one day phase by phase, as `runDay` does; `after` is called after each. */
export function walkDay(world: World, day: number, after: (phase: Phase) => void = () => {}): void {
  for (const [name, phase] of Object.entries(phases)) {
    // The first phase is told the day, the last the replay line; those between take neither.
    (phase as (world: World, told: number | string) => void)(
      world,
      name === "open" ? day : "walked day by day",
    );
    after(name as Phase);
  }
}

/**
 * Asserts what must hold of a world after every phase: no exposure above its limit by an authorisation, money that cannot be
 * overdrawn is not, positions within their room, lines of whole fen that owe no less than nothing.
 */
export function assertSound(world: World, phase: Phase): void {
  const { ledger, chart, participants, lines, loans, today } = world;
  const at = `day ${today.day}, after ${phase}`;
  for (const account of [...chart.settle, ...chart.prefund]) {
    assert.ok(ledger.availableFen(account) >= 0, `${at}: ${ledger.names[account]} is overdrawn`);
  }
  for (let p = 0; p < participants.count; p++) {
    const roomFen = Math.min(participants.capFen[p], ledger.availableFen(chart.settle[p]));
    assert.ok(
      participants.positionFen[p] >= -roomFen,
      `${at}: ${ledger.names[chart.due[p]]} is beyond its room`,
    );
    assert.ok(
      participants.heldByFen[p] >= 0,
      `${at}: ${ledger.names[chart.held[p]]} holds less than nothing`,
    );
  }
  for (let line = 0; line < lines.count; line++) {
    // Words are made only where they are needed: this looks at every amount of every line after every phase.
    const fail = (what: string) => assert.fail(`${at}: line ${line} ${what}`);
    const reservedFen = lines.fen[reservedAt(line)], limitFen = lines.fen[limitAt(line)];
    const owedFen = principalFen(lines, line), claimFen = owedFen + lines.fen[feesAt(line)];
    if (phase === "authorise" && reservedFen > 0 && claimFen + reservedFen > limitFen) {
      fail("is used beyond its limit");
    }
    for (let k = 0; k < amounts; k++) {
      const fen = lines.fen[line * amounts + k];
      if (!Number.isSafeInteger(fen) || fen < 0) fail(`has ${amountNames[k]} ${fen}`);
    }
    if (lines.fen[bridgedAt(line)] > owedFen) fail("owes more across platforms than in all");
    if (lines.state[line] !== lineState.active && claimFen + limitFen !== 0) {
      fail(`is not active and yet has ${claimFen + limitFen} fen of limit and debt`);
    }
    let plansFen = 0;
    for (let row = lines.firstLoan[line]; row >= 0; row = loans.next[row]) plansFen += loans.owedFen[row];
    if (plansFen !== lines.fen[planAt(line)]) fail(`owes ${plansFen} fen on plans, not what it says`);
  }
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
  const columns = new Set([base, moved].flatMap(({ daily }) => Object.keys(daily.columns)));
  // A fact that only one side knows never happened on the other.
  const readOf = (result: RunResult, name: string) => {
    const column = /^(?:days|last)\.(.*)$/.exec(name)?.[1];
    return column && columns.has(column) && !result.daily.columns[column] ? 0 : read(result, name);
  };
  for (const [name, sign] of Object.entries(signs)) {
    const from = readOf(base, name), to = readOf(moved, name);
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
