// The rows of a sweep's design: which settings are run together, in the order in which analyses know them.

import { createHash } from "node:crypto";
import { finiteDifferences } from "#/model/statistics/designs/finite_differences.ts";
import { haltonPoints } from "#/model/statistics/designs/halton.ts";
import { latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
import { morrisPaths } from "#/model/statistics/designs/morris.ts";
import { saltelliBlock, saltelliDesign } from "#/model/statistics/designs/saltelli.ts";
import { sobolPoints } from "#/model/statistics/designs/sobol.ts";
import { fastDesign } from "#/model/statistics/sensitivity/fast.ts";
import type { Axis, DesignTerms, Setting } from "#/scenarios/sweep_schema.ts";

/** What a row sets: axis name → value. */
export type Settings = Record<string, Setting>;

/** What the rows of a design follow from. */
export interface Designed {
  axes: readonly Axis[];
  design: DesignTerms;
  /** The sweep's seed phrase; scrambling and shuffling follow from it. */
  seed: string;
}

/** The kinds of design whose rows are drawn from the unit cube. */
export const sampling = [
  "latinHypercube",
  "sobol",
  "halton",
  "saltelli",
  "morris",
  "fast",
  "finiteDifferences",
] as const;

/** Whether a design draws its rows, so that axes may have ranges. */
export const samples = (design: DesignTerms): boolean =>
  (sampling as readonly string[]).includes(design.kind);

/** Two words that designs and analyses of a sweep are drawn from; nothing of a run. */
export function designSeed(seed: string): readonly [number, number] {
  const hash = createHash("sha256").update(`design/${seed}`).digest();
  return [hash.readUInt32LE(0), hash.readUInt32LE(4)];
}

/** How many rows a design has, without making them. */
export function rowCount({ axes, design }: Pick<Designed, "axes" | "design">): number {
  switch (design.kind) {
    case "factorial":
      return axes.reduce((count, { values }) => count * values.length, 1);
    case "oneAtATime":
      return axes.reduce((count, { values }) => count + values.length - 1, 1);
    case "list":
      return design.points.length;
    case "saltelli":
      return design.baseRows * saltelliBlock(axes.length, design.pairs ?? false);
    case "morris":
      return design.paths * (axes.length + 1);
    case "fast":
      return design.rows * axes.length;
    case "finiteDifferences":
      return design.baseRows * (axes.length + 1);
    default:
      return design.rows;
  }
}

/**
 * The points of a sampling design in the unit cube, one number an axis, row by row.
 *
 * Errors: `RangeError` for sizes that the design does not serve, and for a design that does not sample.
 */
export function unitPoints({ axes, design, seed: phrase }: Designed): Float64Array {
  const dims = axes.length, seed = designSeed(phrase);
  switch (design.kind) {
    case "latinHypercube":
      return latinHypercube({ rows: design.rows, dims, seed });
    case "sobol":
      return sobolPoints({ rows: design.rows, dims, seed: design.scrambled ?? true ? seed : undefined });
    case "halton":
      return haltonPoints({ rows: design.rows, dims, seed: design.scrambled ?? true ? seed : undefined });
    case "saltelli":
      return saltelliDesign({ baseRows: design.baseRows, dims, isSecondOrder: design.pairs, seed });
    case "morris":
      return morrisPaths({ paths: design.paths, dims, levels: design.levels, seed });
    case "fast":
      return fastDesign({ rows: design.rows, dims, seed });
    case "finiteDifferences":
      return finiteDifferences({ baseRows: design.baseRows, dims, step: design.step, seed });
    default:
      throw new RangeError(`A ${design.kind} design draws no points`);
  }
}

/**
 * The value of an axis at a place of the unit interval.
 *
 * Shapes: `u` in [0, 1]. A list of values is parted evenly; a range is even on its scale, and in steps it is parted evenly
 * among them.
 *
 * @example
 * ```ts
 * import { valueAt } from "#/sim/experiments/design_rows.ts";
 * import assert from "node:assert/strict";
 * const axis = { name: "a", title: "an axis", path: "p", values: [] };
 * assert.equal(valueAt({ ...axis, range: { low: 10, high: 20, step: 5 } }, 0.5), 15);
 * assert.equal(valueAt({ ...axis, range: { low: 1, high: 100, scale: "log" } }, 0.5), 10);
 * assert.equal(valueAt({ ...axis, values: ["x", "y"] }, 1), "y");
 * ```
 */
export function valueAt({ values, range }: Axis, u: number): Setting {
  if (!range) return values[Math.min(values.length - 1, Math.floor(u * values.length))];
  const { low, high, scale = "linear", step } = range;
  const even = step === undefined ? u : steppedShare(u, { low, high, step, scale });
  const value = scale === "log" ? low * (high / low) ** even : low + (high - low) * even;
  if (step === undefined) return Number(value.toPrecision(12));
  // What is said to a scenario is a decimal number as a person would write it, never 0.30000000000000004.
  return Number((low + Math.min(Math.round((value - low) / step), stepsOf(range)) * step).toPrecision(12));
}

const stepsOf = ({ low, high, step = 1 }: { low: number; high: number; step?: number }) =>
  Math.floor((high - low) / step * (1 + 1e-12) + 1e-9);

/** On a linear scale each step has the same share of the interval, both ends included. */
function steppedShare(
  u: number,
  { low, high, step, scale }: { low: number; high: number; step: number; scale: string },
): number {
  if (scale === "log") return u;
  const steps = stepsOf({ low, high, step });
  return Math.min(steps, Math.floor(u * (steps + 1))) * step / (high - low);
}

/**
 * The rows of a design, in its order.
 *
 * @example
 * ```ts
 * import { designRows } from "#/sim/experiments/design_rows.ts";
 * import assert from "node:assert/strict";
 * const axis = (name: string) => ({ name, title: "an axis", path: name, values: [1, 2] });
 * const rows = designRows({ axes: [axis("a"), axis("b")], design: { kind: "oneAtATime" }, seed: "s" });
 * assert.deepEqual([...rows], [{ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 2 }]);
 * ```
 */
export function* designRows(designed: Designed): Generator<Settings> {
  const { axes, design } = designed;
  if (design.kind === "factorial") return yield* grid(axes);
  const first = Object.fromEntries(axes.map(({ name, values }) => [name, values[0]]));
  if (design.kind === "oneAtATime") {
    yield first;
    for (const { name, values } of axes) {
      for (const value of values.slice(1)) yield { ...first, [name]: value };
    }
    return;
  }
  if (design.kind === "list") {
    for (const point of design.points) yield Object.fromEntries(axes.map(({ name }) => [name, point[name]]));
    return;
  }
  const points = unitPoints(designed), dims = axes.length;
  for (let at = 0; at < points.length; at += dims) {
    yield Object.fromEntries(axes.map((axis, d) => [axis.name, valueAt(axis, points[at + d])]));
  }
}

/**
 * All combinations of the axes' values: the last axis moves first, as digits do.
 *
 * @example
 * ```ts
 * import { grid } from "#/sim/experiments/design_rows.ts";
 * import assert from "node:assert/strict";
 * const cells = grid([{ name: "a", values: [1, 2] }, { name: "b", values: [true, false] }]);
 * assert.deepEqual([...cells][1], { a: 1, b: false });
 * ```
 */
export function* grid(axes: readonly Pick<Axis, "name" | "values">[]): Generator<Settings> {
  const [first, ...rest] = axes;
  if (!first) return void (yield {});
  for (const value of first.values) {
    for (const settings of grid(rest)) yield { [first.name]: value, ...settings };
  }
}
