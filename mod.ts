// The front door for notebooks and other programs: run, compare, sweep, follow; tables back, and the same again each time.

import { type ColumnTable, from } from "arquero";
import type { PlotOptions } from "@observablehq/plot";
import { join } from "node:path";
import type { FlowCase } from "#/model/project/compare.ts";
import { type Evaluation, planDesk } from "#/model/project/evaluate.ts";
import type { ProjectFlows } from "#/model/project/flows.ts";
import { type ProjectReport, projectReport } from "#/model/project/report.ts";
import type { Circumstances, Plan } from "#/model/project/terms.ts";
import { Pcg64 } from "#/model/statistics/generators/pcg64.ts";
import type { Entropy, SeedSequence } from "#/model/statistics/generators/seed_sequence.ts";
import type { FusionName } from "#/model/scoring/fusion/registry.ts";
import { type LoadedFlows, readFlows } from "#/scenarios/flows_file.ts";
import { list, load as loadScenario, type Loaded } from "#/scenarios/load.ts";
import { loadPlan, shippedPlans } from "#/scenarios/plans.ts";
import { readUncertainties } from "#/scenarios/uncertainties.ts";
import { chartWidth, frame } from "#/server/charts/chart.ts";
import { draw, type Drawn } from "#/server/charts/draw.ts";
import { type ChartName, gallery } from "#/server/charts/gallery.ts";
import { type Asked, onNote, openings, root, settings, supposed } from "#/server/notebook/asked.ts";
import { compare as compareRuns, type ComparisonReport, reportFolder } from "#/sim/experiments/comparison.ts";
import type { Discovery } from "#/sim/experiments/discover.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import type { FuturesResult } from "#/sim/experiments/futures.ts";
import { type FusionGains, fusionGains as gainsOf } from "#/sim/experiments/fusion_gains.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import type { Checked } from "#/sim/experiments/goldens.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";
import type { Sensitivity } from "#/sim/experiments/sensitivity.ts";
import { storeFile } from "#/sim/experiments/store.ts";
import { sweep as sweepFile, type SweepOptions, type SweepResult } from "#/sim/experiments/sweep.ts";
import { traceDays, type TracedDay } from "#/sim/experiments/trace.ts";
import { purchasesOfDay } from "#/sim/experiments/trace_purchases.ts";
import { outcomeNames } from "#/sim/outcome_names.ts";
import type { RunResult } from "#/sim/result.ts";
import * as simulation from "#/sim/run.ts";

export { Mt19937 } from "#/model/statistics/generators/mt19937.ts";
export { Pcg64 } from "#/model/statistics/generators/pcg64.ts";
export { Philox4x64 } from "#/model/statistics/generators/philox_4x64.ts";
export { SeedSequence } from "#/model/statistics/generators/seed_sequence.ts";
export {
  cells,
  discover,
  measures,
  readSweep,
  sensitivity,
  series,
  sweeps,
} from "#/server/notebook/readings.ts";
export { futures, lines, replay } from "#/server/notebook/stress.ts";
export { pictureOf } from "#/server/notebook/picture.ts";
export { bundles, show } from "#/server/notebook/show.ts";
export { daily, differences, outcomes, points, rails, refusals } from "#/server/notebook/tables.ts";
export type {
  Asked,
  ChartName,
  Checked,
  Circumstances,
  ColumnTable,
  ComparisonReport,
  Discovery,
  Drawn,
  Entropy,
  Evaluation,
  FusionGains,
  FuturesResult,
  Loaded,
  LoadedFlows,
  Plan,
  ProjectFlows,
  RunResult,
  Sensitivity,
  SweepResult,
  SweepTable,
  TracedDay,
};

/**
 * The scenarios that can be asked for by name.
 *
 * @example
 * ```ts
 * import { scenarios } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * assert.ok(scenarios().array("name").includes("interop"));
 * ```
 */
export function scenarios(): ColumnTable {
  return from(list());
}

/**
 * A scenario in full: its numbers, where each comes from, and the assumptions behind them. Errors: `ScenarioError`.
 *
 * @example
 * ```ts
 * import { load } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * assert.equal(load("baseline", { set: { "demand.waitDays": 3 } }).scenario.demand.waitDays, 3);
 * ```
 */
export function load(nameOrPath: string, asked: Omit<Asked, "replication"> = {}): Loaded {
  return loadScenario(nameOrPath, { ...asked, set: settings(asked.set), outcomes: outcomeNames });
}

/**
 * Runs a scenario. The same question gives the same result, whose `replay` is the command that gives it again.
 *
 * Shapes: a name of `scenarios()` or the path of a file; `onDay` hears each finished day. The world before day 1 is
 * simulated once and kept.
 * Errors: `ScenarioError` for a file or a setting that does not fit, `MemoryError` for a run that is too large.
 *
 * @example
 * ```ts
 * import { daily, outcomes, run } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * // A small world in a second: few shoppers, and a short history behind them.
 * const set = { "world.history.shoppers": 200, "world.history.days": 40 };
 * const result = run("interop", { shoppers: 400, days: 3, set });
 * assert.equal(daily(result).numRows(), 3);
 * assert.ok(outcomes(result).array("outcome").includes("gmv"));
 * ```
 */
export function run(
  nameOrPath: string,
  { onDay, ...asked }: Asked & { onDay?: (day: number, days: number) => void } = {},
): RunResult {
  const { supposition, replication, replay } = supposed(nameOrPath, asked);
  const engine = engineHash(), clock = () => performance.now();
  const began = clock();
  const openingBook = cachedOpeningBook(supposition, replication, { engine, folder: openings, onNote });
  const opened = clock();
  const result = simulation.run(supposition, replication, { clock, engine, openingBook, replay, onDay });
  result.seconds.setup += (opened - began) / 1_000;
  return result;
}

/**
 * Runs two scenarios with the same people and the same luck; the first is the reference. From 2 replications on the
 * differences have intervals. `keep` stores the report for `hutong serve`. Errors: as of {@link run}.
 *
 * @example
 * ```ts
 * import { compare, differences } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * const set = { "world.history.shoppers": 200, "world.history.days": 40 };
 * const report = compare(["baseline", "interop"], { shoppers: 400, days: 5, set });
 * assert.equal(report.a.outcomes.bridgedGmv.value, 0);
 * assert.ok(differences(report).columnNames().includes("interop"));
 * ```
 */
export function compare(
  names: readonly [string, string],
  { keep = false, ...asked }: Omit<Asked, "replication"> & { replications?: number; keep?: boolean } = {},
): ComparisonReport {
  const folder = keep ? join(root, reportFolder) : null;
  return compareRuns(names, { ...asked, set: settings(asked.set), folder, openings, onNote }).report;
}

/**
 * Runs a sweep: a shipped one by name, or a file. Runs that are in the store are not done again. `points` makes the table.
 *
 * Errors: `ScenarioError` for a file that does not fit; a run that fails is counted, no error.
 *
 * @example
 * ```ts
 * import { points, sweep } from "#/mod.ts";
 * // 36 runs, so not run here.
 * const asTable = async () => points(await sweep("liquidity", { shoppers: 1_000, days: 30, replications: 3 }));
 * void asTable;
 * ```
 */
export function sweep(nameOrPath: string, options: SweepOptions = {}): Promise<SweepResult> {
  return sweepFile(nameOrPath, { store: join(root, storeFile), openings, onNote, ...options });
}

/**
 * Follows one shopper through one day, or through each day up to `to`: every layer, what it said, what went into the books.
 *
 * Shapes: `shopper` and `day` from 0; the run is as long as it must be unless `days` says so.
 * Errors: as of {@link run}; `RangeError` for a shopper or a day that the run has not.
 *
 * @example
 * ```ts
 * import { trace } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * const set = { "world.history.shoppers": 200, "world.history.days": 40 };
 * const days = trace("interop", { shopper: 7, day: 0, to: 4, shoppers: 200, set });
 * assert.deepEqual(days.map(({ day }) => day), [0, 1, 2, 3, 4]);
 * ```
 */
export function trace(
  nameOrPath: string,
  { shopper, day, to = day, ...asked }: Asked & { shopper: number; day: number; to?: number },
): TracedDay[] {
  const { supposition, replication } = supposed(nameOrPath, { days: to + 1, ...asked });
  return traceDays(supposition, replication, { shopper, from: day, to, openings });
}

/**
 * Every purchase of one day, a row each: shopper, minute, shop, how it was paid, over which rail, and instead of what.
 *
 * Errors: as of {@link trace}.
 *
 * @example
 * ```ts
 * import { purchases } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * const set = { "world.history.shoppers": 200, "world.history.days": 40 };
 * const bought = purchases("baseline", { day: 2, shoppers: 400, set });
 * assert.ok(bought.numRows() > 0 && bought.array("isBridged").every((crossed) => !crossed));
 * ```
 */
export function purchases(nameOrPath: string, { day, ...asked }: Asked & { day: number }): ColumnTable {
  const { supposition, replication } = supposed(nameOrPath, { days: day + 1, ...asked });
  return from(purchasesOfDay(supposition, replication, { day, openings }));
}

/**
 * What joining the two issuers' scores is worth, measured on people on whom nothing was fitted.
 *
 * Shapes: one entry a fusion and product, with AUC, gains against the issuer alone with 95 % intervals, calibration, stability,
 * groups, and what the law says. It simulates two populations first, which takes some seconds.
 * Errors: `ScenarioError` for a scenario that does not load; `RangeError` where too few defaults are seen.
 *
 * @example
 * ```ts
 * import { fusionGains } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * const set = { "world.history.shoppers": 200, "world.history.days": 40 };
 * assert.throws(() => fusionGains("interop", { set }), /Cannot measure fusions: defaults seen are/);
 * ```
 */
export function fusionGains(
  nameOrPath: string,
  asked: Pick<Asked, "set" | "seed"> & { fusions?: readonly FusionName[] } = {},
): FusionGains {
  const { fusions: names, ...rest } = asked;
  return gainsOf(load(nameOrPath, rest), { names });
}

/** The names of the financing plans that ship. */
export const plans = shippedPlans;

export { readFlows };

/**
 * Evaluates a financing plan on monthly flows; the same plan may be asked under other circumstances.
 *
 * Shapes: a shipped plan's name or a file's path; flows of {@link readFlows} or of one's own. Columns are the answer's own.
 * Errors: `ScenarioError` for a plan that does not fit, `RangeError` for flows that do not.
 *
 * @example
 * ```ts
 * import { finance } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * const sent = { stream: "bridgedVolume" as const, counterparty: "jd", monthlyFen: new Float64Array(60).fill(3e11) };
 * const others = { ...sent, counterparty: "ant" };
 * const peaks = { prefundingFen: 0, collateralFen: 0, guaranteeFundFen: 0 };
 * const found = finance("all-equity", { months: 60, streams: [sent, others], peaks });
 * assert.deepEqual([found.verdict.kind, found.covers], ["worthless", null]);
 * ```
 */
export function finance(
  nameOrPath: string,
  flows: ProjectFlows,
  circumstances: Partial<Circumstances> = {},
): Evaluation {
  return planDesk(loadPlan(nameOrPath).plan, flows).evaluate(circumstances);
}

/**
 * Holds plans against flows under draws of what may happen: intervals, frequencies, fans, regrets, tornado, evidence grade.
 *
 * Shapes: cases have a name, a title and flows, one a replication; the same draws for all plans, cases and replications.
 * Errors: as of {@link finance}, and `RangeError` below two draws.
 *
 * @example
 * ```ts
 * import { financeUnderDraws, type FlowCase } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * const sent = { stream: "bridgedVolume" as const, counterparty: "jd", monthlyFen: new Float64Array(60).fill(3e11) };
 * const streams = [sent, { ...sent, counterparty: "ant" }];
 * const peaks = { prefundingFen: 0, collateralFen: 0, guaranteeFundFen: 0 };
 * const one: FlowCase = { name: "one", title: "one case", replications: [{ months: 60, streams, peaks }] };
 * const { regrets } = financeUnderDraws(["articles", "minimal-pilot"], [one], { draws: 20 });
 * assert.ok(regrets.npv.cells.some(([{ regretFen }]) => regretFen === 0));
 * ```
 */
export function financeUnderDraws(
  namesOrPaths: readonly string[],
  cases: readonly FlowCase[],
  { draws = 400, luck = 1, uncertainties: file }: { draws?: number; luck?: number; uncertainties?: string } =
    {},
): ProjectReport {
  const { uncertainties, pilot } = readUncertainties(file);
  return projectReport(namesOrPaths.map((name) => loadPlan(name).plan), cases, {
    uncertainties,
    pilot: { costFen: pilot.costFen.base, months: pilot.months.base },
    draws,
    seed: [luck, 0],
  });
}

export type { FlowCase, ProjectReport };

/**
 * A random number generator that draws the numbers of NumPy's `default_rng(seed)`, so that a notebook here and one in Python
 * share their draws. `Pcg64`, `Philox4x64`, `Mt19937` and `SeedSequence` are NumPy's others. Runs draw from counters, not from it.
 *
 * Shapes: a whole number from 0 of any size (a bigint beyond 2^53), a list of them, or a seed sequence. Errors: `RangeError`.
 *
 * @example
 * ```ts
 * import { defaultGenerator } from "#/mod.ts";
 * import assert from "node:assert/strict";
 * // In Python: rng = numpy.random.default_rng(2024); rng.random(2); rng.spawn(1)[0].integers(0, 6)
 * const rng = defaultGenerator(2024);
 * assert.deepEqual([...rng.randoms(2)], [0.6758313379812818, 0.21432320123825765]);
 * const [child] = rng.spawn(1);
 * assert.ok(child.integer(0, 6) < 6);
 * ```
 */
export function defaultGenerator(seed: Entropy | SeedSequence): Pcg64 {
  return new Pcg64(seed);
}

/** The names of the charts that {@link chart} draws. */
export const charts: readonly ChartName[] = Object.keys(gallery) as ChartName[];

/**
 * A chart of the report pages, drawn from a comparison; give it to `show`.
 *
 * Errors: `RangeError` for a name that is not in {@link charts}.
 *
 * @example
 * ```ts
 * import { chart, compare, show } from "#/mod.ts";
 * const set = { "world.history.shoppers": 200, "world.history.days": 40 };
 * await show(chart("fate-of-wants", compare(["baseline", "interop"], { shoppers: 400, days: 5, set })));
 * ```
 */
export function chart(name: ChartName, report: ComparisonReport): Drawn {
  if (!Object.hasOwn(gallery, name)) {
    throw new RangeError(`Cannot draw the chart ${name}: there are ${charts.join(", ")}`);
  }
  return draw(gallery[name](report), { id: name });
}

/**
 * A chart of one's own, from Plot options, in the frame of the report's charts; give it to `show`.
 *
 * Shapes: `title` states the finding, `caption` says what is drawn and in which unit; `width` in px, that of a report's
 * chart unless said.
 *
 * @example
 * ```ts
 * import { plot, show } from "#/mod.ts";
 * import { dot } from "@observablehq/plot";
 * const marks = [dot([{ x: 1, y: 2 }], { x: "x", y: "y" })];
 * await show(plot({ title: "One point", caption: "y over x.", marks }));
 * ```
 */
export function plot(options: PlotOptions & { title: string; caption: string }): Drawn {
  const id = options.title.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  return draw(frame({ width: chartWidth, ...options }), { id });
}
