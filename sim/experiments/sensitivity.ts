// What moves an outcome of a sweep: indices of each axis by the method that its design allows, failed rows left out and counted.

import { canonicalStrict } from "#/model/units/canonical.ts";
import { givenDataDelta } from "#/model/statistics/sensitivity/delta.ts";
import { derivativeMeasures } from "#/model/statistics/sensitivity/derivative_measures.ts";
import { elementaryEffects } from "#/model/statistics/sensitivity/elementary_effects.ts";
import { fastIndices, rbdFast } from "#/model/statistics/sensitivity/fast.ts";
import { pawn } from "#/model/statistics/sensitivity/pawn.ts";
import { type Index, sobolIndices } from "#/model/statistics/sensitivity/sobol_indices.ts";
import type { Axis, DesignTerms } from "#/scenarios/sweep_schema.ts";
import type { Analysis } from "#/sim/experiments/analyse.ts";
import { placeOf, refuseDiscrete } from "#/sim/experiments/continuous_axes.ts";
import { axesOf } from "#/sim/experiments/design.ts";
import { designRows, designSeed, type Settings, unitPoints } from "#/sim/experiments/design_rows.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";

/** The ways to ask what moves an outcome, with the designs that each can read. */
export const methods = {
  sobol: { title: "Sobol' indices", designs: ["saltelli"] },
  morris: { title: "elementary effects", designs: ["morris"] },
  fast: { title: "extended FAST", designs: ["fast"] },
  rbdFast: { title: "RBD-FAST", designs: ["latinHypercube", "sobol", "halton"] },
  pawn: { title: "PAWN", designs: ["latinHypercube", "sobol", "halton"] },
  delta: { title: "Borgonovo's delta", designs: ["latinHypercube", "sobol", "halton"] },
  dgsm: { title: "derivative-based measures", designs: ["finiteDifferences"] },
} as const satisfies Record<string, { title: string; designs: readonly DesignTerms["kind"][] }>;

/** The name of a method. */
export type Method = keyof typeof methods;

/** The methods that can read a design, the one to begin with first. */
export const methodsFor = ({ kind }: DesignTerms): Method[] =>
  (Object.keys(methods) as Method[]).filter((name) =>
    (methods[name].designs as readonly string[]).includes(kind)
  );

/** Which numbers are looked at. */
export interface Wanted {
  outcome: string;
  scenario: string;
  /** The paired difference to the first scenario of the sweep in place of the level. */
  isDifference?: boolean;
}

/** A measure of an axis, with its interval where the method gives one. */
export interface Measure {
  value: number;
  low: number | null;
  high: number | null;
}

/** What moves an outcome. */
export interface Sensitivity extends Wanted {
  method: Method;
  unit: string;
  /** By axis in file order: measure → value; the first measure ranks. */
  axes: { name: string; title: string; measures: Record<string, Measure> }[];
  /** Second order, where the design has it. */
  pairs: ({ first: string; second: string } & Measure)[];
  /** Rows that were used, and those that were left out for want of a value (with all rows that belong to them). */
  rows: number;
  dropped: number;
  /** The mean and deviation of the outcome over the rows used. */
  mean: number;
  deviation: number;
}

type Table = Pick<SweepTable, "design"> & { analysis: Pick<Analysis, "points" | "units"> };

/** The rows of a sweep's design, in its order. */
export const rowsOf = (
  { design }: Pick<SweepTable, "design">,
): Settings[] => [...designRows(designedOf(design))];

const designedOf = (design: SweepTable["design"]) => ({
  axes: axesOf(design),
  design: design.design,
  seed: design.seed,
});

/**
 * An outcome by row of the design: the mean over replications, NaN where none is there. Rows and results are joined by the
 * settings that they share, never by their order.
 */
export function outcomeByRow(
  table: Table,
  { outcome, scenario, isDifference = false }: Wanted,
): Float64Array {
  const points = new Map(
    table.analysis.points.filter((point) => point.scenario === scenario)
      .map((point) => [canonicalStrict(point.settings), point]),
  );
  return Float64Array.from(rowsOf(table), (settings) => {
    const point = points.get(canonicalStrict(settings));
    return (isDifference ? point?.differences : point?.levels)?.[outcome]?.mean ?? NaN;
  });
}

/**
 * What moves an outcome of a sweep.
 *
 * Shapes: `method` one of {@link methodsFor}, the first of them unless said.
 * Errors: `RangeError` for a design that no method, or not this one, can read, for an outcome or scenario that the sweep has
 * not, and when too few rows are there.
 */
export function sensitivityOf(
  table: Table,
  wanted: Wanted & { method?: Method; resamples?: number },
): Sensitivity {
  const { design } = table, axes = axesOf(design), fitting = methodsFor(design.design);
  const { method = fitting[0], outcome, scenario, isDifference = false, resamples } = wanted;
  if (method === undefined || !fitting.includes(method)) {
    const allowed = fitting.length > 0 ? fitting.join(", ") : `none; ${readable}`;
    throw new RangeError(
      `A ${design.design.kind} design cannot be read by ${method ?? "any method"}; allowed are ${allowed}`,
    );
  }
  refuseStrange(design, wanted);
  const y = outcomeByRow(table, { outcome, scenario, isDifference });
  const found = by[method](y, { axes, table, resamples });
  const there = y.filter(Number.isFinite), mean = there.reduce((sum, value) => sum + value, 0) / there.length;
  const squares = there.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    outcome,
    scenario,
    isDifference,
    method,
    unit: table.analysis.units[outcome] ?? "",
    axes: axes.map(({ name, title }, i) => ({ name, title, measures: found.measures[i] })),
    pairs: found.pairs ?? [],
    rows: found.rows,
    dropped: found.dropped,
    mean,
    deviation: Math.sqrt(squares / Math.max(1, there.length - 1)),
  };
}

const readable =
  "analyses read saltelli, morris, fast, latinHypercube, sobol, halton and finiteDifferences designs";

/** Refuses an outcome or a scenario that the sweep has not, and a difference of the reference to itself. */
export function refuseStrange(
  { outcomes, base }: SweepTable["design"],
  { outcome, scenario, isDifference }: Wanted,
): void {
  if (!outcomes.includes(outcome)) {
    throw new RangeError(`The sweep has no outcome "${outcome}"; allowed are ${outcomes.join(", ")}`);
  }
  if (!base.includes(scenario)) {
    throw new RangeError(`The sweep has no scenario "${scenario}"; allowed are ${base.join(", ")}`);
  }
  if (isDifference && scenario === base[0]) {
    throw new RangeError(
      `"${scenario}" is what differences are taken against; allowed are ${base.slice(1).join(", ")}`,
    );
  }
}

interface Found {
  measures: Record<string, Measure>[];
  pairs?: Sensitivity["pairs"];
  rows: number;
  dropped: number;
}

const bare = (value: number): Measure => ({ value, low: null, high: null });
const ranged = ({ value, low, high }: Pick<Index, "value" | "low" | "high">): Measure => ({
  value,
  low,
  high,
});

const by: Record<Method, (y: Float64Array, of: { axes: Axis[]; table: Table; resamples?: number }) => Found> =
  {
    sobol(y, { axes, table: { design }, resamples }) {
      const isSecondOrder = design.design.kind === "saltelli" && (design.design.pairs ?? false);
      const dims = axes.length, seed = designSeed(design.seed);
      const found = sobolIndices(y, { dims, isSecondOrder, resamples, seed });
      const block = y.length / (found.baseRows + found.dropped);
      return {
        measures: axes.map((_, i) => ({ first: ranged(found.first[i]), total: ranged(found.total[i]) })),
        pairs: found.second.map(({ i, j, ...index }) => ({
          first: axes[i].name,
          second: axes[j].name,
          ...ranged(index),
        })),
        rows: found.baseRows * block,
        dropped: found.dropped * block,
      };
    },
    morris(y, { axes, table: { design }, resamples }) {
      const dims = axes.length, points = unitPoints(designedOf(design));
      const { effects, paths, dropped } = elementaryEffects(points, y, {
        dims,
        resamples,
        seed: designSeed(design.seed),
      });
      return {
        measures: effects.map(({ mu, muStar, sigma, muStarLow, muStarHigh }) => ({
          muStar: { value: muStar, low: muStarLow, high: muStarHigh },
          mu: bare(mu),
          sigma: bare(sigma),
        })),
        rows: paths * (dims + 1),
        dropped: dropped * (dims + 1),
      };
    },
    fast(y, { axes, table: { design } }) {
      const missing = y.reduce((count, value) => count + (Number.isFinite(value) ? 0 : 1), 0);
      if (missing > 0) {
        throw new RangeError(
          `${missing} of ${y.length} rows are not there; FAST needs every row, a saltelli design does not`,
        );
      }
      const dims = axes.length, { first, total } = fastIndices(y, { dims, rows: y.length / dims });
      if (design.design.kind !== "fast") throw new RangeError(readable);
      return {
        measures: axes.map((_, i) => ({ first: bare(first[i]), total: bare(total[i]) })),
        rows: y.length,
        dropped: 0,
      };
    },
    rbdFast(y, { axes, table: { design } }) {
      const { first, rows, dropped } = rbdFast(unitPoints(designedOf(design)), y, { dims: axes.length });
      return { measures: axes.map((_, i) => ({ first: bare(first[i]) })), rows, dropped };
    },
    pawn(y, { axes, table: { design } }) {
      const { inputs, rows, dropped } = pawn(unitPoints(designedOf(design)), y, { dims: axes.length });
      return {
        measures: inputs.map(({ median, minimum, maximum }) => ({
          median: { value: median, low: minimum, high: maximum },
        })),
        rows,
        dropped,
      };
    },
    delta(y, { axes, table: { design }, resamples }) {
      refuseDiscrete(axes, { what: "Delta", instead: "pawn reads them too" });
      const { inputs, rows, dropped } = givenDataDelta(unitPoints(designedOf(design)), y, {
        dims: axes.length,
        resamples,
        seed: designSeed(design.seed),
      });
      return {
        measures: inputs.map(({ delta, low, high, first, firstLow, firstHigh }) => ({
          delta: ranged({ value: delta, low, high }),
          first: ranged({ value: first, low: firstLow, high: firstHigh }),
        })),
        rows,
        dropped,
      };
    },
    dgsm(y, { axes, table, resamples }) {
      refuseDiscrete(axes, { what: "A derivative", instead: "a saltelli or morris design serves them" });
      // Values may be rounded to steps of their range: how far each went is what was said, not what was drawn.
      const points = rowsOf(table).flatMap((settings) =>
        axes.map(({ name, range }) => placeOf(range!, settings[name] as number))
      );
      const { inputs, baseRows, dropped } = derivativeMeasures(points, y, {
        dims: axes.length,
        resamples,
        seed: designSeed(table.design.seed),
      });
      return {
        measures: inputs.map(({ totalBound, low, high, mean, meanSquare }) => ({
          totalBound: ranged({ value: totalBound, low, high }),
          slope: bare(mean),
          steepness: bare(Math.sqrt(meanSquare)),
        })),
        rows: baseRows * (axes.length + 1),
        dropped: dropped * (axes.length + 1),
      };
    },
  };
