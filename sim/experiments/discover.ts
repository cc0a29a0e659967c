// Where in the space of axes a sweep's runs are of interest: boxes by PRIM, how far they would be found again, and a tree.

import { type Box, type Column, quasiP, sampleOf } from "#/model/statistics/discovery/box.ts";
import { chosenBox, prim, type PrimTerms } from "#/model/statistics/discovery/prim.ts";
import { type LimitStability, limitStability } from "#/model/statistics/discovery/stability.ts";
import { explainedShare, growTree, type TreeNode } from "#/model/statistics/discovery/tree.ts";
import type { Setting } from "#/scenarios/sweep_schema.ts";
import { axesOf } from "#/sim/experiments/design.ts";
import { designSeed } from "#/sim/experiments/design_rows.ts";
import type { SweepTable } from "#/sim/experiments/read.ts";
import { outcomeByRow, refuseStrange, rowsOf, type Wanted } from "#/sim/experiments/sensitivity.ts";

const comparisons = {
  "<": (value: number, bound: number) => value < bound,
  "<=": (value: number, bound: number) => value <= bound,
  ">": (value: number, bound: number) => value > bound,
  ">=": (value: number, bound: number) => value >= bound,
} as const;

/** A condition on an outcome, as it is written: `resultOf.jd < 0`. */
export interface Condition {
  outcome: string;
  comparison: keyof typeof comparisons;
  bound: number;
}

/**
 * Reads a condition: an outcome, one of < <= > >=, a number.
 *
 * Errors: `SyntaxError` with what was found.
 *
 * @example
 * ```ts
 * import { readCondition } from "#/sim/experiments/discover.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(readCondition("netLoss > 2e9"), { outcome: "netLoss", comparison: ">", bound: 2e9 });
 * ```
 */
export function readCondition(text: string): Condition {
  const [, outcome, comparison, number] = /^\s*([\w.-]+?)\s*(<=|>=|<|>)\s*(\S+)\s*$/.exec(text) ?? [];
  const bound = Number(number);
  if (outcome === undefined || !Number.isFinite(bound)) {
    throw new SyntaxError(
      `found "${text}"; allowed is an outcome, one of < <= > >=, and a number, such as resultOf.jd < 0`,
    );
  }
  return { outcome, comparison: comparison as Condition["comparison"], bound };
}

/**
 * Whether a value meets a condition.
 *
 * @example
 * ```ts
 * import { meets, readCondition } from "#/sim/experiments/discover.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual([1, 2, 3].map((value) => meets(readCondition("gmv >= 2"), value)), [false, true, true]);
 * ```
 */
export const meets = ({ comparison, bound }: Condition, value: number): boolean =>
  comparisons[comparison](value, bound);

/** A limit in the words of an axis. */
export interface FoundLimit {
  axis: string;
  title: string;
  /** Both ends belong to it; the ends of the sample where a box does not restrict one. */
  low: number | null;
  high: number | null;
  /** Whether the box leaves out rows below, and above. */
  isLowCut: boolean;
  isHighCut: boolean;
  /** For axes that are no numbers: the values that are kept. */
  values: Setting[] | null;
  /** How likely the limit would be by chance. */
  quasiP: number;
}

/** What a discovery found. */
export interface Discovery extends Wanted {
  condition: Condition;
  /** The least share of rows of the chosen box that were to meet the condition, and the resamples behind stability. */
  densityMin: number;
  resamples: number;
  /** Rows with a value, those of interest among them, rows without a value. */
  rows: number;
  hits: number;
  dropped: number;
  /** The trade-off between coverage and density: each box of peeling and pasting, with the axes that it restricts. */
  trajectory: (Pick<Box, "rows" | "hits" | "mass" | "coverage" | "density"> & { restricted: string[] })[];
  /** Place of the chosen box in the trajectory, and its limits. */
  chosen: number;
  limits: FoundLimit[];
  /** How often each limit came back over resamples of the rows. */
  stability: (LimitStability & { axis: string })[];
  /** A regression tree of the outcome; cuts name axes. */
  tree: NamedNode;
  explained: number;
}

/** A part of a tree with the axis that it is cut by. */
export interface NamedNode {
  rows: number;
  mean: number;
  cut?: { axis: string; at: Setting; isCategory: boolean; below: NamedNode; rest: NamedNode };
}

/**
 * Looks for boxes in which a condition holds.
 *
 * Shapes: a sweep of any design with enough rows; `densityMin` is the least share of rows in the chosen box that must meet the
 * condition.
 * Errors: `RangeError` for an outcome or scenario that the sweep has not, too few rows, or a condition that all rows or none
 * meet.
 */
export function discover(
  table: SweepTable,
  { condition, scenario, isDifference = false, densityMin = 0.8, resamples = 50, terms }: {
    condition: Condition;
    scenario: string;
    isDifference?: boolean;
    densityMin?: number;
    resamples?: number;
    terms?: PrimTerms;
  },
): Discovery {
  const wanted = { outcome: condition.outcome, scenario, isDifference };
  refuseStrange(table.design, wanted);
  const values = outcomeByRow(table, wanted), settings = rowsOf(table);
  const kept = [...values.keys()].filter((row) => Number.isFinite(values[row]));
  const axes = axesOf(table.design),
    codes = axes.map(({ name }) => codesOf(kept.map((row) => settings[row][name])));
  const columns: Column[] = axes.map(({ name }, i) => ({
    name,
    values: codes[i].values,
    kind: codes[i].kind,
  }));
  const outcome = Float64Array.from(kept, (row) => values[row]);
  const is = Uint8Array.from(outcome, (value) => meets(condition, value) ? 1 : 0);
  const sample = sampleOf(columns, is), { trajectory } = prim(columns, is, terms);
  const { box, index } = chosenBox(trajectory, densityMin), chances = quasiP(sample, box);
  const { limits: stability, resamples: used } = limitStability(columns, is, {
    densityMin,
    resamples,
    seed: designSeed(table.design.seed),
    terms,
  });
  const tree = growTree(columns, outcome, { rowsMin: Math.max(5, Math.floor(kept.length / 40)) });
  return {
    ...wanted,
    condition,
    densityMin,
    resamples: used,
    rows: sample.rows,
    hits: sample.hits,
    dropped: values.length - kept.length,
    trajectory: trajectory.map(({ rows, hits, mass, coverage, density, limits }) => ({
      ...{ rows, hits, mass, coverage, density },
      restricted: axes.filter((_, i) => limits[i]).map(({ name }) => name),
    })),
    chosen: index,
    limits: box.limits.flatMap((limit, i): FoundLimit[] =>
      limit
        ? [{
          axis: axes[i].name,
          title: axes[i].title,
          low: limit.codes ? null : limit.low,
          high: limit.codes ? null : limit.high,
          isLowCut: !limit.codes && limit.low > sample.ranges[i].low,
          isHighCut: !limit.codes && limit.high < sample.ranges[i].high,
          values: limit.codes ? limit.codes.map((code) => codes[i].words[code]) : null,
          quasiP: chances[i],
        }]
        : []
    ),
    stability: stability.map((one) => ({ ...one, axis: one.name })),
    tree: named(tree, axes.map(({ name }) => name), codes),
    explained: explainedShare(tree),
  };
}

interface Codes {
  values: Float64Array;
  kind: "number" | "category";
  /** By code, in order of first appearance. */
  words: Setting[];
}

/** Settings as numbers; words and truths as codes. */
function codesOf(settings: readonly Setting[]): Codes {
  if (settings.every((value) => typeof value === "number")) {
    return { values: Float64Array.from(settings as number[]), kind: "number", words: [] };
  }
  const words = [...new Set(settings)];
  return { values: Float64Array.from(settings, (value) => words.indexOf(value)), kind: "category", words };
}

function named({ rows, mean, cut }: TreeNode, names: readonly string[], codes: readonly Codes[]): NamedNode {
  if (!cut) return { rows, mean };
  const isCategory = codes[cut.column].kind === "category";
  return {
    rows,
    mean,
    cut: {
      axis: names[cut.column],
      at: isCategory ? codes[cut.column].words[cut.at] : cut.at,
      isCategory,
      below: named(cut.below, names, codes),
      rest: named(cut.rest, names, codes),
    },
  };
}
