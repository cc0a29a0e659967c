// Two results beside each other: equal numbers where they should be, statistics where another engine or other luck made them.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { meanInterval, sampleDeviation } from "#/model/statistics/interval.ts";
import { studentQuantile } from "#/model/statistics/distributions.ts";
import { refuse } from "#/scenarios/complain.ts";
import { whyUnusable } from "#/scenarios/unusable.ts";
import type { RunResult } from "#/sim/result.ts";

/** What of a result is compared. */
export type Compared =
  & Pick<RunResult, "scenario" | "seed" | "replication" | "engine" | "hash" | "outcomes" | "world" | "replay">
  & {
    daily?: RunResult["daily"];
  };

/** One side: the replications of one run, in their order. */
export interface Side {
  path: string;
  results: Compared[];
}

/** One outcome, or one fact of the daily record where a side has a single run. */
export interface ComparedRow {
  name: string;
  /** What `a` and `b` are means over. */
  over: "replications" | "days" | "one run";
  a: number | null;
  b: number | null;
  difference: number | null;
  /** Half of the difference's 95 % interval; null where there is none. */
  halfWidth: number | null;
  verdict: "equal" | "differs" | "cannot be told apart" | "on one side only";
}

/** How large a difference is beside what it is a difference of: infinite where that is 0; nothing on one side only. */
export const relativeSize = ({ a, b }: Pick<ComparedRow, "a" | "b">): number =>
  a === null || b === null ? 0 : a === b ? 0 : Math.abs(b - a) / Math.abs(a);

/** What came of a comparison. */
export interface ComparedResults {
  a: { path: string; scenario: string; engine: string; runs: number };
  b: { path: string; scenario: string; engine: string; runs: number };
  /** Whether both sides have to give the same numbers: one scenario, seed, size, replication and engine. */
  isExact: boolean;
  isEqual: boolean;
  rows: ComparedRow[];
}

/**
 * Reads a side: a file of `run --json` or `--out`, or a folder with several of them, its replications.
 *
 * Errors: `ScenarioError` for a path that cannot be read and for a file that is no result of a run.
 */
export function readSide(path: string): Side {
  if (!existsSync(path)) {
    refuse(
      path,
      "",
      "no such file or folder; allowed is a result of `hutong run --json` or `--out`, or a store of sweeps, FILE.sqlite#NAME",
    );
  }
  const files = statSync(path).isDirectory()
    ? readdirSync(path, { recursive: true }).map(String).filter((name) => name.endsWith(".json")).sort()
      .map((name) => join(path, name))
    : [path];
  const results = files.map(readResult).sort((a, b) => a.replication - b.replication);
  if (results.length === 0) refuse(path, "", "found no .json file in it; allowed is a folder of results");
  const [first] = results,
    twice = results.find((it, i) => i > 0 && it.replication === results[i - 1].replication);
  if (twice) refuse(path, "", `found replication ${twice.replication} twice; allowed is each once`);
  const other = results.find((it) => it.scenario !== first.scenario || it.engine !== first.engine);
  if (other) {
    refuse(
      path,
      "",
      `found ${other.scenario} of engine ${other.engine} beside ${first.scenario} of engine ${first.engine}; allowed is one run's replications`,
    );
  }
  return { path, results };
}

function readResult(file: string): Compared {
  let read: Partial<Compared> | null;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) refuse(file, "", `is no JSON: ${error.message}`);
    refuse(file, "", `found a file, ${whyUnusable(error, file)}; allowed is a result that can be read`);
  }
  const texts = ["scenario", "seed", "engine", "hash"] as const;
  const isResult = read !== null && typeof read === "object" && typeof read.outcomes === "object" &&
    texts.every((key) => typeof read[key] === "string") && typeof read.replication === "number";
  if (!isResult) {
    refuse(file, "", `is ${kindOf(read)}; allowed is what \`hutong run --json\` or \`--out\` wrote`);
  }
  for (const [name, outcome] of Object.entries(read!.outcomes!)) {
    if (Number.isFinite((outcome as { value?: unknown } | null)?.value)) continue;
    refuse(file, `outcomes.${name}.value`, `found ${JSON.stringify(outcome)}; allowed is a finite number`);
  }
  return read as Compared;
}

/** What a file is that is no result of a run, as far as can be seen. */
function kindOf(read: unknown): string {
  const has = (key: string) => typeof read === "object" && read !== null && key in read;
  if (has("analysis")) {
    return "what `hutong sweep --json` prints, and no result of a run: sweeps are compared by their stores, FILE.sqlite#NAME";
  }
  if (has("forkAt")) return "a file of futures, and no result of a run";
  if (has("suites")) return "what `hutong replay --json` prints, and no result of a run";
  if (has("format") && has("cases")) {
    return "a golden of a suite, and no result of a run: hutong replay compares with it";
  }
  return "no result of a run";
}

/**
 * Compares two sides.
 *
 * With the same scenario, seed, size, replication and engine numbers have to be equal. Else means are compared: over
 * replications, paired where both sides have the same seed and replications, by Welch's interval where not; with one run a
 * side, over ten batches of days of the daily record, while outcomes of single runs are only told.
 * Shapes: intervals of 95 % each, not of all rows together.
 */
export function compareResults(a: Side, b: Side): ComparedResults {
  const [x] = a.results, [y] = b.results;
  const sameLuck = x.seed === y.seed && a.results.length === b.results.length &&
    a.results.every(({ replication }, i) => replication === b.results[i].replication);
  const isExact = sameLuck && x.engine === y.engine && x.engine !== "unknown" && x.scenario === y.scenario &&
    x.replay === y.replay && JSON.stringify(x.world) === JSON.stringify(y.world);
  const isEqual = sameLuck && a.results.every(({ hash }, i) => hash === b.results[i].hash);
  const names = [...new Set([x, y].flatMap(({ outcomes }) => Object.keys(outcomes)))].sort();
  const rows = names.map((name) => {
    const [own, others] = [a, b].map(({ results }) =>
      results.filter(({ outcomes }) => name in outcomes).map(({ outcomes }) => outcomes[name].value)
    );
    return compareValues(name, own, others, {
      over: own.length > 1 && others.length > 1 ? "replications" : "one run",
      sameLuck,
    });
  });
  if (a.results.length === 1 && b.results.length === 1 && !isEqual && x.daily && y.daily) {
    rows.push(...dailyRows(x.daily.columns, y.daily.columns));
  }
  const side = ({ path, results }: Side) => (
    { path, scenario: results[0].scenario, engine: results[0].engine, runs: results.length }
  );
  return { a: side(a), b: side(b), isExact, isEqual, rows };
}

/** Days are told in ten batches: what one day does to the next is then inside a batch. */
const batches = 10;

function dailyRows(a: Record<string, number[]>, b: Record<string, number[]>): ComparedRow[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort().flatMap((name) => {
    const [own, others] = [a, b].map((columns) => batchMeans(columns[name] ?? []));
    if (own.length === 0 && others.length === 0) return [];
    return [
      compareValues(`daily ${name}`, own, others, { over: "days", sameLuck: own.length === others.length }),
    ];
  });
}

function batchMeans(values: readonly number[]): number[] {
  const length = Math.floor(values.length / batches);
  if (length === 0) return [];
  return Array.from(
    { length: batches },
    (_, k) => values.slice(k * length, (k + 1) * length).reduce((sum, value) => sum + value, 0) / length,
  );
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * One name's values beside each other.
 *
 * Shapes: values of replications in their order; with `sameLuck` those of one place share their luck and are paired.
 */
export function compareValues(
  name: string,
  own: number[],
  others: number[],
  { over, sameLuck }: { over: ComparedRow["over"]; sameLuck: boolean },
): ComparedRow {
  if (own.length === 0 || others.length === 0) {
    const [a, b] = [own, others].map((values) => values.length > 0 ? meanOf(values) : null);
    return { name, over, a, b, difference: null, halfWidth: null, verdict: "on one side only" };
  }
  const a = meanOf(own), b = meanOf(others), difference = b - a;
  const isEqual = own.length === others.length && own.every((value, i) => value === others[i]);
  if (isEqual) return { name, over, a, b, difference: 0, halfWidth: 0, verdict: "equal" };
  // A single run against a single run, or too few for an interval: that numbers differ is all that can be said.
  if (own.length < 2 || others.length < 2) {
    return { name, over, a, b, difference, halfWidth: null, verdict: "differs" };
  }
  const halfWidth = sameLuck
    ? meanInterval(others.map((value, i) => value - own[i])).halfWidth
    : welch(own, others);
  const verdict = Math.abs(difference) > halfWidth ? "differs" : "cannot be told apart";
  return { name, over, a, b, difference, halfWidth, verdict };
}

/** Half of Welch's 95 % interval for the difference of two means. */
function welch(a: readonly number[], b: readonly number[]): number {
  const [u, v] = [a, b].map((values) => sampleDeviation(values) ** 2 / values.length);
  if (u + v === 0) return 0;
  const degrees = (u + v) ** 2 / (u ** 2 / (a.length - 1) + v ** 2 / (b.length - 1));
  return studentQuantile(0.975, degrees) * Math.sqrt(u + v);
}
