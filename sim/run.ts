// The front door: a supposition and a replication in, a result out. No files, no clock of its own, no chance.

import { createHash } from "node:crypto";
import { fusions, lawMark, lawOf } from "#/model/scoring/fusion/registry.ts";
import { canonicalJson } from "#/model/units/canonical.ts";
import { isoDate } from "#/model/units/calendar.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { sampleProofs } from "./experiments/protocol_sample.ts";
import { runDay } from "./day.ts";
import { applyOpeningBook, openEmpty, type OpeningBook, takeOpeningBook } from "./opening_book.ts";
import { byReason, calibrationOf, outcomesOf } from "./outcomes.ts";
import { sharingTable } from "./joint_outcomes.ts";
import { pastOf } from "./past.ts";
import { told } from "./recorder.ts";
import { turnoverOf } from "./ledger/chart.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { fundingTables } from "./funding_outcomes.ts";
import { memoryOf } from "./memory.ts";
import type { RunResult } from "./result.ts";
import type { Scorecards } from "./scoring/cards.ts";
import { openCards } from "./scoring/points.ts";
import { scorecardsOf } from "./scoring/scorecards.ts";
import { clearingTables } from "./rail_tables.ts";
import { servicingTables } from "./servicing_outcomes.ts";
import type { TraceEvent } from "./trace.ts";
import { makeWorld } from "./make_world.ts";
import { entityBase, type World } from "./world.ts";

/** What a caller may give beside the supposition; none of it moves a result. */
export interface RunOptions {
  /** Milliseconds from any origin; only reported. */
  clock?: () => number;
  /** The seasoned book, when it is at hand; else it is simulated first. */
  openingBook?: OpeningBook;
  /** Hash of the sources, to be printed. */
  engine?: string;
  /** The command that gives this run again; made from the supposition when absent. */
  replay?: string;
  /** Changes people before anything is granted, in the history and in the run: experiments on who is who. */
  people?: (shoppers: World["shoppers"]) => void;
  /** Called after each day of the run, and of the history with negative days. */
  onDay?: (day: number, days: number) => void;
  /** Called after each day with the world, for tests that look inside or break things. */
  inspect?: (world: World, day: number) => void;
  /** Another ledger with the same answers, for tests that audit it. */
  makeLedger?: (capacity: number) => Ledger;
}

/**
 * Runs a supposition: history (unless a book is given), opening, days, outcomes.
 *
 * Errors: `RangeError` when people are no whole multiple of shoppers; `ReconciliationError` when a day does not close.
 *
 * @example
 * ```ts
 * import { load } from "#/scenarios/load.ts";
 * import { run } from "#/sim/run.ts";
 * import assert from "node:assert/strict";
 * const set = ["world.history.shoppers=200", "world.history.days=40"];
 * const result = run(load("baseline", { shoppers: 200, days: 5, set }), 0);
 * assert.equal(result.money.daysReconciled, 5);
 * ```
 */
export function run(supposed: Supposition, replication: number, options: RunOptions = {}): RunResult {
  return runWorld(supposed, replication, options).result;
}

/** Runs a supposition and keeps its world, for tests, traces and benchmarks. */
export function runWorld(
  supposed: Supposition,
  replication: number,
  options: RunOptions & { trace?: { shopper: number; day: number } } = {},
): { result: RunResult; world: World; trace: TraceEvent[] } {
  const { clock } = options;
  const began = clock?.() ?? 0;
  const world = openWorld(supposed, replication, options);
  const proofs = sampleProofs(world);
  if (options.trace) world.trace = { ...options.trace, events: [], notices: [] };
  const opened = clock?.() ?? 0;
  const result = runOn(world, replication, { ...options, proofs, setupMs: opened - began });
  return { result, world, trace: world.trace?.events ?? [] };
}

/**
 * Runs a world's days from the one after its last to the scenario's end, and tells what came of all of them.
 *
 * Shapes: a world as {@link openWorld} made it, or one that was stopped between two days. Errors: `ReconciliationError` when a
 * day does not close.
 */
export function runOn(
  world: World,
  replication: number,
  options: Omit<RunOptions, "openingBook" | "makeLedger" | "people"> & {
    /** Proves the tries of the day; says how many were proved so far. */
    proofs?: () => number;
    /** Milliseconds that the opening took. */
    setupMs?: number;
  } = {},
): RunResult {
  const { clock, engine = "unknown", onDay, proofs = () => 0, setupMs = 0 } = options;
  const { supposed } = world, { days } = supposed.scenario.world;
  const replay = options.replay ?? replayOf(supposed, replication);
  const opened = clock?.() ?? 0;
  const spent: Record<string, number> = {};
  for (let day = world.today.day + 1; day < days; day++) {
    runDay(world, day, { replay, clock, spent });
    proofs();
    options.inspect?.(world, day);
    onDay?.(day, days);
  }
  const ended = clock?.() ?? 0;
  const { counts, terms, ledger, recorder } = world;
  const columns = Object.fromEntries(
    [...recorder.columns.keys()].sort().map((name) => [name, told(recorder, name, terms.factor)]),
  );
  const outcomes = outcomesOf(world);
  const hash = createHash("sha256").update(canonicalJson({ columns, outcomes })).digest("hex");
  const seconds = { setup: setupMs / 1000, days: (ended - opened) / 1000 };
  return {
    scenario: supposed.name,
    seed: supposed.scenario.seed,
    replication,
    engine,
    hash,
    seconds,
    purchases: {
      wanted: counts.wanted,
      authorised: counts.authorised,
      settled: counts.settled,
      settledOnCredit: counts.settledOnCredit,
      waiting: counts.waiting,
      waitingAtStart: counts.waitingAtStart,
      refused: byReason(counts.refused),
      redirected: byReason(counts.redirected),
      plotsRefused: byReason(counts.plotsRefused),
      perSecond: seconds.days > 0 ? Math.round(counts.wanted / seconds.days) : 0,
    },
    money: {
      checks: world.checks,
      daysReconciled: days,
      totalFen: turnoverOf(ledger, 0),
    },
    proofs: proofs(),
    scoring: scoringOf(world),
    calibration: calibrationOf(world),
    outcomes,
    replay,
    daily: { columns },
    servicing: servicingTables(world),
    clearing: clearingTables(world),
    sharing: sharingTable(world),
    funding: fundingTables(world),
    world: {
      shoppers: world.shoppers.count,
      peoplePerShopper: terms.factor,
      startDate: isoDate(terms.startEpoch),
      days,
      calibration: terms.scenario.world.calibration,
    },
    memory: memoryOf(world),
    phases: spent,
  };
}

/** What decided on credit, for whoever reads the result. */
function scoringOf(
  { cards, terms: { scenario: { scoring: { card, fusion }, world } } }: World,
): RunResult["scoring"] {
  return {
    card: cards
      ? "fitted"
      : card === "fitted"
      ? "expert, as too few defaults were seen to fit one"
      : "expert",
    fusion,
    title: fusions[fusion].title,
    law: lawOf(fusion, world.startDate).status,
    mark: lawMark(fusion, world.startDate),
    samples: cards?.fitted.samples ?? [],
  };
}

/** Makes the world of a supposition as it stands on the morning of day 0. */
export function openWorld(supposed: Supposition, replication: number, options: RunOptions = {}): World {
  const book = options.openingBook ?? buildOpeningBook(supposed, replication, options);
  const world = makeWorld(supposed, replication, entityBase.run, options.makeLedger);
  options.people?.(world.shoppers);
  world.cards = openCards(world, cardsOf(supposed, options));
  applyOpeningBook(world, book);
  return world;
}

/** The cards with which a run, or its history, scores; null where the scenario says the expert card. */
function cardsOf(
  { name, scenario, history }: Supposition,
  { onDay }: Pick<RunOptions, "onDay">,
): Scorecards | null {
  const { card, fusion } = scenario.scoring;
  if (card === "expert") return null;
  // A history is its own past: both are then scored by the same cards.
  const past = history === scenario ? scenario : pastOf({ name, scenario, history }).scenario;
  return scorecardsOf(past, scenario.scoring, fusion, { onDay });
}

/** Simulates the history of a supposition for the pool of donors and takes its book. */
export function buildOpeningBook(
  supposed: Supposition,
  replication: number,
  { onDay, people }: Pick<RunOptions, "onDay" | "people"> = {},
): OpeningBook {
  const past = pastOf(supposed);
  const { days } = past.scenario.world;
  const world = makeWorld(past, replication, entityBase.pool);
  people?.(world.shoppers);
  world.cards = openCards(world, cardsOf(past, { onDay }));
  openEmpty(world);
  for (let day = 0; day < days; day++) {
    runDay(world, day, { replay: `${replayOf(supposed, replication)} (its history)` });
    onDay?.(day - days, days);
  }
  return takeOpeningBook(world, days);
}

/** The command that gives a run again, as far as the supposition tells: files and settings are the caller's to add. */
export function replayOf({ name, scenario }: Supposition, replication: number): string {
  return `deno task hutong run ${name} --seed ${scenario.seed} --replication ${replication} ` +
    `--shoppers ${scenario.world.shoppers} --days ${scenario.world.days}`;
}
