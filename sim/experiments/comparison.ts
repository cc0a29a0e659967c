// Two scenarios side by side: the same people with the same luck, run in both, and stored as one report.

import { createHash, randomUUID } from "node:crypto";
import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { canonicalJson, canonicalStrict } from "#/model/units/canonical.ts";
import type { Assumption } from "#/scenarios/assumptions.ts";
import { scenarioHash } from "#/scenarios/hash.ts";
import { load, type Loaded } from "#/scenarios/load.ts";
import type { Scenario, Supposition } from "#/scenarios/schema.ts";
import { type Estimate, pairedEstimate } from "#/sim/experiments/analyse.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { availableBytes, fittingWorkers } from "#/sim/experiments/memory.ts";
import { cachedOpeningBook, openingFolder } from "#/sim/experiments/opening_cache.ts";
import { runCommand } from "#/sim/experiments/replay.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import type { Outcome, RunResult } from "#/sim/result.ts";
import * as simulation from "#/sim/run.ts";

/** The folder of reports, unless another is named. */
export const reportFolder = ".hutong/reports";

/** How far a comparison is, in simulated days; `doing` says it in words. */
export interface ComparisonProgress {
  done: number;
  total: number;
  doing: string;
}

/** How to compare; every part may be left out. */
export interface CompareOptions {
  seed?: string;
  shoppers?: number;
  days?: number;
  /** Settings for both, `path=value`. */
  set?: readonly string[];
  /** From 2 on the differences have intervals. */
  replications?: number;
  /** Where the report goes; null keeps it in memory. */
  folder?: string | null;
  /** The folder of opening books. */
  openings?: string;
  title?: string;
  onProgress?: (progress: ComparisonProgress) => void;
  onNote?: (note: string) => void;
  /** What runs and what simulates histories; others in tests. */
  runner?: Pick<typeof simulation, "run" | "buildOpeningBook">;
}

/** A stored comparison: `a` is the reference, `b` what it is compared with, both of replication 0. */
export interface ComparisonReport {
  kind: "comparison";
  id: string;
  title: string;
  a: RunResult;
  b: RunResult;
  /** The uncertain numbers that either scenario took from assumptions.yaml, by path. */
  assumptions: { path: string; unit: string; base: number; range: [number, number]; source: string }[];
  /** The signs that `b`'s file expects. */
  expected: Scenario["expected"];
  /** Outcome name → b minus a over all replications; no interval for a single one. */
  differences: Record<string, Estimate>;
  /** The outcomes of each replication, by name. */
  replications: { replication: number; a: Record<string, number | null>; b: Record<string, number | null> }[];
}

/**
 * Runs two scenarios with the same replications and stores what came of them as `<id>.json`.
 *
 * Shapes: the reference first. The id is made of what is supposed, the replications and the engine, so that the same
 * comparison again replaces its report.
 * Errors: `ScenarioError` for a scenario that cannot be read or expects an outcome that no run has, `MemoryError` for one that would not fit into memory.
 */
export function compare(
  names: readonly [string, string],
  options: CompareOptions = {},
): { id: string; file: string | null; report: ComparisonReport } {
  const { seed, shoppers, days, set = [], replications = 1, folder = reportFolder, onProgress, onNote } =
    options;
  const { openings = openingFolder, runner = simulation } = options;
  if (!Number.isSafeInteger(replications) || replications < 1) {
    throw new RangeError(
      `Cannot compare over ${replications} replications: a whole number above 0 is needed`,
    );
  }
  const sides = names.map((name) => load(name, { seed, shoppers, days, set, outcomes: outcomeNames }));
  const available = availableBytes();
  for (const { scenario } of sides) {
    fittingWorkers({ shoppers: scenario.world.shoppers, workers: 1, available });
  }

  const engine = engineHash();
  const steps = replications * sides.reduce((sum, { scenario }) => sum + scenario.world.days, 0);
  const histories = replications * sides[0].history.world.days;
  let done = 0;
  const tell = (more: number, doing: string) =>
    onProgress?.({ done: done + more, total: steps + histories, doing });
  const memory = {};
  const results: RunResult[][] = [];
  for (let replication = 0; replication < replications; replication++) {
    results.push(sides.map((side, i) => {
      const supposed: Supposition = { name: side.name, scenario: side.scenario, history: side.history };
      const openingBook = cachedOpeningBook(supposed, replication, {
        folder: openings,
        engine,
        build: runner.buildOpeningBook,
        memory,
        onNote,
        // A history counts its days down to day 0.
        onDay: (day, days) => i === 0 && tell(day + days + 1, "the history before day 1"),
      });
      if (i === 0) done += side.history.world.days;
      const result = runner.run(supposed, replication, {
        openingBook,
        engine,
        clock: () => performance.now(),
        replay: replayOf(side, set, replication),
        onDay: (day) => tell(day + 1, nameOf(side)),
      });
      done += side.scenario.world.days;
      return result;
    }));
  }
  tell(0, "the report");

  const id = reportId(sides, replications, engine);
  const title = options.title ?? `${nameOf(sides[1])} compared with ${nameOf(sides[0])}`;
  const report = storable(reportOf(sides, results, { id, title })) as ComparisonReport;
  return { id, file: folder === null ? null : store(report, folder), report };
}

function replayOf({ name, scenario }: Loaded, set: readonly string[], replication: number): string {
  const { seed, world: { shoppers, days } } = scenario;
  return runCommand({ scenario: name, set, seed, replication, shoppers, days });
}

const nameOf = ({ name }: Loaded) => basename(name).replace(/\.ya?ml$/, "");

function reportId(sides: readonly Loaded[], replications: number, engine: string): string {
  const said = canonicalStrict({ sides: sides.map(scenarioHash), replications, engine });
  const hash = createHash("sha256").update(said).digest("hex").slice(0, 12);
  const words = sides.map((side) =>
    nameOf(side).replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").slice(0, 60)
  );
  return [...words.filter(Boolean), hash].join("-");
}

function reportOf(
  sides: readonly Loaded[],
  results: readonly RunResult[][],
  { id, title }: { id: string; title: string },
): ComparisonReport {
  const [a, b] = results[0];
  const outcomes = Object.keys(a.outcomes).filter((name) => name in b.outcomes);
  const differences: Record<string, Estimate> = {};
  for (const name of outcomes) {
    const side = (i: number) => results.map((pair) => known(pair[i].outcomes[name]));
    const difference = pairedEstimate(side(1), side(0));
    if (difference) differences[name] = difference;
  }
  const assumptions: Record<string, Assumption> = { ...sides[0].assumptions, ...sides[1].assumptions };
  return {
    kind: "comparison",
    id,
    title,
    a,
    b,
    assumptions: Object.keys(assumptions).sort().map((path) => {
      const { unit, base, range, source } = assumptions[path];
      return { path, unit, base, range, source };
    }),
    expected: sides[1].scenario.expected,
    differences,
    replications: results.map(([a, b], replication) => ({
      replication,
      a: valuesOf(a.outcomes),
      b: valuesOf(b.outcomes),
    })),
  };
}

const known = (outcome: Outcome | undefined) =>
  outcome && Number.isFinite(outcome.value) ? outcome.value : undefined;
const valuesOf = (outcomes: Record<string, Outcome>) =>
  Object.fromEntries(Object.entries(outcomes).map(([name, { value }]) => [name, value]));

/** Plain data as JSON can say it: a number that is not finite becomes null, a key without a value goes. */
function storable(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    return Array.from(value as ArrayLike<unknown>, storable);
  }
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(entries.map(([key, inner]) => [key, storable(inner)]));
}

function store(report: ComparisonReport, folder: string): string {
  const file = join(folder, `${report.id}.json`), draft = join(folder, `.${report.id}.${randomUUID()}.draft`);
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(draft, canonicalJson(report) + "\n", { flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
  return file;
}
