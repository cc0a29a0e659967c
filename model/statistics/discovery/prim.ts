// PRIM: a box is peeled off the sample step by step until what is left is mostly of interest, then pasted on again a little.

import { type Box, type Column, counted, type Limit, type Sample, sampleOf, within } from "./box.ts";

/**
 * What a peel is judged by: the gain of density for each row given up; the same for each row kept; or density itself, which
 * prefers inputs of few values, where a peel gives up many rows at once.
 */
export type PrimObjective = "lenient1" | "lenient2" | "original";

/** How boxes are looked for. */
export interface PrimTerms {
  /** What a peel is judged by; "lenient1" unless said. */
  objective?: PrimObjective;
  /** Share of the box's rows that one peel takes off; 0.05 unless said. */
  peelShare?: number;
  /** Share of the box's rows that one paste adds; 0.05 unless said. */
  pasteShare?: number;
  /** Least share of all rows that a box may hold; 0.05 unless said. */
  massMin?: number;
}

/** The boxes found, from the whole sample to the smallest. */
export interface PrimResult {
  /** Each peel, then each paste: the trade-off between coverage and density. */
  trajectory: Box[];
  /** How many of the trajectory's boxes come from peeling, the whole sample included. */
  peeled: number;
}

/** The part of a sample that a box still holds: its rows in the order of each input. */
interface Inside {
  sample: Sample;
  orders: Uint32Array[];
  rows: number;
  hits: number;
  limits: (Limit | undefined)[];
}

interface Peel {
  column: number;
  limit: Limit;
  rows: number;
  hits: number;
}

interface Candidate extends Peel {
  /** What the objective says of it. */
  gain: number;
}

const shareWithin = (value: number, what: string) => {
  if (!(value > 0 && value < 0.5)) {
    throw new RangeError(`${what} is ${value}; allowed is above 0 and below 0.5`);
  }
  return value;
};

/**
 * Looks for a box in which rows of interest are dense.
 *
 * Shapes: columns of one length; of each row whether it is of interest. A peel cuts one end of one input, so many rows that the
 * share is met, at the middle between two neighbouring values; of all peels it takes the one that is best by the objective, which
 * unless said is the one that raises density the most for each row that it gives up, and of equal ones the one that restricts
 * fewer inputs. Of a category a peel takes one value. Where no peel is any gain, it ends.
 * Errors: `RangeError` for shares that are out of range and samples that `sampleOf` refuses.
 * Source: J. H. Friedman and N. I. Fisher (1999; "lenient2" is their equation 14.6); the lenient criterion and quantiles of
 * Kwakkel and Jaxa-Rozen (2016).
 *
 * @example
 * ```ts
 * import { chosenBox, prim } from "#/model/statistics/discovery/prim.ts";
 * import assert from "node:assert/strict";
 * const values = Array.from({ length: 400 }, (_, row) => row % 20 / 20);
 * const { trajectory } = prim([{ name: "x", values }], values.map((x) => x > 0.7));
 * const { box } = chosenBox(trajectory, 1);
 * assert.ok(box.density === 1 && box.coverage > 0.8 && box.limits[0]!.low > 0.7);
 * ```
 */
export function prim(
  columns: readonly Column[],
  isOfInterest: ArrayLike<number | boolean>,
  { objective = "lenient1", peelShare = 0.05, pasteShare = 0.05, massMin = 0.05 }: PrimTerms = {},
): PrimResult {
  shareWithin(peelShare, "The share of a peel");
  shareWithin(pasteShare, "The share of a paste");
  shareWithin(massMin, "The least mass of a box");
  const sample = sampleOf(columns, isOfInterest);
  const inside = wholeOf(sample), trajectory = [counted(sample, { ...inside, limits: [...inside.limits] })];
  for (;;) {
    const best = bestPeel(inside, { peelShare, objective });
    if (!best || best.rows / sample.rows < massMin || best.rows >= inside.rows || !(best.gain > 0)) break;
    cut(inside, best);
    trajectory.push(counted(sample, { ...inside, limits: [...inside.limits] }));
  }
  const peeled = trajectory.length;
  for (let box = trajectory[peeled - 1];;) {
    const larger = bestPaste(sample, box, pasteShare);
    if (!larger) break;
    trajectory.push(box = larger);
  }
  return { trajectory, peeled };
}

function wholeOf(sample: Sample): Inside {
  const { columns, rows, hits } = sample;
  const orders = columns.map(({ values }) =>
    Uint32Array.from({ length: rows }, (_, row) => row).sort((a, b) => values[a] - values[b] || a - b)
  );
  return { sample, orders, rows, hits, limits: columns.map(() => undefined) };
}

/** The value at which a share of the ordered rows is cut off: the middle of two neighbours that differ. */
function cutValue(
  values: ArrayLike<number>,
  order: Uint32Array,
  { rows, share }: { rows: number; share: number },
): number {
  const at = (rows - 1) * share;
  let low = Math.floor(at), high = Math.ceil(at);
  const value = (i: number) => values[order[i]];
  if (share > 0.5) { while (value(low) === value(high) && low > 0) low--; }
  else while (value(low) === value(high) && high < rows - 1) high++;
  return (value(low) + value(high)) / 2;
}

function bestPeel(
  inside: Inside,
  { peelShare, objective }: { peelShare: number; objective: PrimObjective },
): Candidate | undefined {
  let best: Candidate | undefined, bestRestricted = Infinity;
  const consider = (peel: Peel) => {
    const gain = gains[objective](inside, peel), restricted = inside.limits[peel.column] ? 0 : 1;
    if (best && (gain < best.gain || gain === best.gain && restricted >= bestRestricted)) return;
    [best, bestRestricted] = [{ ...peel, gain }, restricted];
  };
  for (const [column, { kind }] of inside.sample.columns.entries()) {
    if (kind === "category") { for (const candidate of categoryPeels(inside, column)) consider(candidate); }
    else for (const isUpper of [true, false]) consider(endPeel(inside, { column, isUpper, peelShare }));
  }
  return best;
}

interface Counts {
  rows: number;
  hits: number;
}

const gains: Record<PrimObjective, (from: Counts, to: Counts) => number> = {
  lenient1: gainOf,
  lenient2: (from, to) => gainOf(from, to) * to.rows,
  original: (_from, { rows, hits }) => rows === 0 ? -1 : hits / rows,
};

/** By how much density rises for each row given up. */
function gainOf(from: Counts, to: Counts): number {
  if (to.rows === from.rows || to.rows === 0) return 0;
  const before = from.hits / from.rows, after = to.hits / to.rows;
  return before === after ? 0 : (after - before) / (from.rows - to.rows);
}

function endPeel(
  { sample, orders, rows, hits, limits }: Inside,
  { column, isUpper, peelShare }: { column: number; isUpper: boolean; peelShare: number },
): Peel {
  const { values } = sample.columns[column], order = orders[column];
  const value = cutValue(values, order, { rows, share: isUpper ? 1 - peelShare : peelShare });
  let gone = 0, hitsGone = 0;
  for (; gone < rows; gone++) {
    const row = order[isUpper ? rows - 1 - gone : gone];
    if (isUpper ? values[row] <= value : values[row] >= value) break;
    hitsGone += sample.interest[row];
  }
  const limit = limits[column] ?? sample.ranges[column];
  return {
    column,
    limit: isUpper ? { ...limit, high: value } : { ...limit, low: value },
    rows: rows - gone,
    hits: hits - hitsGone,
  };
}

function categoryPeels({ sample, orders, rows, hits, limits }: Inside, column: number): Peel[] {
  const { values } = sample.columns[column], limit = limits[column] ?? sample.ranges[column];
  const rowsOf = new Map<number, number>(), hitsOf = new Map<number, number>();
  for (let i = 0; i < rows; i++) {
    const row = orders[column][i], code = values[row];
    rowsOf.set(code, (rowsOf.get(code) ?? 0) + 1);
    hitsOf.set(code, (hitsOf.get(code) ?? 0) + sample.interest[row]);
  }
  if (rowsOf.size < 2) return [];
  return [...rowsOf].map(([code, gone]) => ({
    column,
    limit: { ...limit, codes: limit.codes!.filter((kept) => kept !== code && rowsOf.has(kept)) },
    rows: rows - gone,
    hits: hits - hitsOf.get(code)!,
  }));
}

/** Leaves inside only the rows that a candidate keeps, each order staying what it was. */
function cut(inside: Inside, { column, limit, rows, hits }: Peel): void {
  const { values } = inside.sample.columns[column];
  for (const order of inside.orders) {
    let kept = 0;
    for (let i = 0; i < inside.rows; i++) if (within(values[order[i]], limit)) order[kept++] = order[i];
  }
  inside.limits[column] = limit;
  inside.rows = rows;
  inside.hits = hits;
}

/** The wider box with the highest density, where one is denser than the box is. */
function bestPaste(sample: Sample, box: Box, pasteShare: number): Box | undefined {
  const wanted = Math.max(1, Math.ceil(pasteShare * box.rows));
  let best: Box | undefined;
  for (const [column, limit] of box.limits.entries()) {
    if (!limit) continue;
    const beside = rowsBeside(sample, box, column), { values, kind } = sample.columns[column];
    const wider = kind === "category" ? [...new Set(beside.map((row) => values[row]))] : [true, false];
    for (const end of wider) {
      const added = kind === "category"
        ? beside.filter((row) => values[row] === end)
        : nearest(beside, { values, limit, isUpper: end === true, wanted });
      if (added.length === 0) continue;
      let hits = box.hits;
      for (const row of added) hits += sample.interest[row];
      const rows = box.rows + added.length;
      if (hits / rows <= (best?.density ?? box.density)) continue;
      const at = values[added[added.length - 1]];
      const widened = kind === "category"
        ? { ...limit, codes: [...limit.codes!, at].sort((a, b) => a - b) }
        : end === true
        ? { ...limit, high: at }
        : { ...limit, low: at };
      best = counted(sample, { limits: box.limits.with(column, widened), rows, hits });
    }
  }
  return best;
}

/** Rows that only one input keeps out of the box. */
function rowsBeside(sample: Sample, { limits }: Box, column: number): number[] {
  const beside: number[] = [];
  for (let row = 0; row < sample.rows; row++) {
    const value = (i: number) => sample.columns[i].values[row];
    if (
      !within(value(column), limits[column]) &&
      limits.every((limit, i) => i === column || within(value(i), limit))
    ) {
      beside.push(row);
    }
  }
  return beside;
}

/** The rows next to an end of the box, and all that share the value of the last one. */
function nearest(
  beside: readonly number[],
  { values, limit, isUpper, wanted }: {
    values: ArrayLike<number>;
    limit: Limit;
    isUpper: boolean;
    wanted: number;
  },
): number[] {
  const outside = beside.filter((row) => isUpper ? values[row] > limit.high : values[row] < limit.low)
    .sort((a, b) => isUpper ? values[a] - values[b] : values[b] - values[a]);
  let count = Math.min(wanted, outside.length);
  while (count > 0 && count < outside.length && values[outside[count]] === values[outside[count - 1]]) {
    count++;
  }
  return outside.slice(0, count);
}

/**
 * The box of a trajectory that is to be reported: the one of highest coverage among those at least so dense; the densest where
 * none is. The first of equals.
 */
export function chosenBox(trajectory: readonly Box[], densityMin: number): { box: Box; index: number } {
  let index = -1;
  for (const [i, { density, coverage }] of trajectory.entries()) {
    if (density >= densityMin && (index < 0 || coverage > trajectory[index].coverage)) index = i;
  }
  if (index < 0) {
    for (
      const [i, { density }] of trajectory.entries()
    ) if (index < 0 || density > trajectory[index].density) index = i;
  }
  return { box: trajectory[index], index };
}
