// Binning: a column cut into few bins that differ in their share of bads, first finely, then merged.

import { binColumn, type Bins, missingIndex, unseenIndex } from "./bins.ts";
import { type Column, rowsOf } from "./columns.ts";
import type { CountedBin } from "./woe.ts";

/** How finely a column is cut. */
export interface BinningOptions {
  /** The most fine bins of a numeric column; where it has no more distinct values each is a bin of its own. */
  fineBins?: number;
  /** The most bins that are left after merging, the one for missing values apart. */
  mostBins?: number;
  /** The least share of rows in a bin, of 1; a smaller one joins the neighbour that is most like it. */
  leastShare?: number;
  /** The fewest rows in a bin. */
  leastRows?: number;
  /** Two neighbours whose chi-square is below this are one bin; 3.84 is the 5 % point with one degree of freedom. */
  mergeBelow?: number;
  /** Levels with a smaller share of rows, of 1, are one group before anything else is merged. */
  rareShare?: number;
  /** Merge further until the share of bads only rises or only falls from bin to bin (numbers only). */
  isMonotone?: boolean;
}

/** What binning found: fine and merged bins, each with its counts, missing and never seen last. */
export interface Binning {
  fine: { bins: Bins; counts: CountedBin[] };
  merged: { bins: Bins; counts: CountedBin[] };
}

const defaults: Required<BinningOptions> = {
  fineBins: 20,
  mostBins: 10,
  leastShare: 0.005,
  leastRows: 5,
  mergeBelow: 3.841,
  rareShare: 0.01,
  isMonotone: false,
};

/** A run of fine bins that are one merged bin: the places of its first and last in order of merging. */
interface Part extends CountedBin {
  first: number;
  last: number;
}

/**
 * Cuts a column into bins and merges those that do not differ.
 *
 * Numbers are cut finely (a bin a value where there are few values, else about equally many rows a bin, with a value that
 * alone fills a bin standing alone); levels that are rare are one group, the others stand in order of their share of bads.
 * Then neighbours are merged, the most alike first (ChiMerge), until each has rows enough, at most
 * `mostBins` remain and each differs from its neighbour. Missing values are always a bin of their own.
 *
 * Shapes: `isBad` is 0 or 1 a row. Errors: `RangeError` for different lengths or a flag that is neither.
 * Source: R. Kerber, "ChiMerge: discretization of numeric attributes", AAAI 1992.
 *
 * @example
 * ```ts
 * import { binning } from "#/model/scoring/fit/binning.ts";
 * import { columnOf } from "#/model/scoring/fit/columns.ts";
 * import assert from "node:assert/strict";
 * const late = columnOf("late", Array.from({ length: 1000 }, (_, i) => i % 4));
 * const isBad = Array.from({ length: 1000 }, (_, i) => (i % 4 > 1 ? i % 3 > 0 : i % 20 < 2) ? 1 : 0);
 * assert.deepEqual(binning(late, isBad).merged.bins, { kind: "numeric", cuts: [2] });
 * ```
 */
export function binning(column: Column, isBad: ArrayLike<number>, options: BinningOptions = {}): Binning {
  const asked = { ...defaults, ...options };
  checkFlags(column, isBad);
  const fine = column.kind === "numeric"
    ? { kind: "numeric" as const, cuts: fineCuts(column.values, asked.fineBins) }
    : { kind: "categorical" as const, groups: levelGroups(column, asked) };
  const fineCounts = countsOf(fine, column, isBad);
  const values = fineCounts.slice(0, missingIndex(fine));
  const order = values.map((_, place) => place);
  // Levels have no order of their own: they stand by their share of bads, ties by name.
  if (column.kind === "categorical") {
    order.sort((a, b) => badShare(values[a]) - badShare(values[b]) || a - b);
  }
  const parts = mergeParts(
    order.map((place, i): Part => ({ ...values[place], first: i, last: i })),
    rowsOf(column),
    { ...asked, isMonotone: asked.isMonotone && column.kind === "numeric" },
  );
  const bins: Bins = fine.kind === "numeric"
    ? { kind: "numeric", cuts: parts.slice(1).map(({ first }) => fine.cuts[first - 1]) }
    : {
      kind: "categorical",
      groups: parts.map(({ first, last }) =>
        order.slice(first, last + 1).flatMap((place) => fine.groups[place]).sort()
      ),
    };
  const counts = [
    ...parts.map(({ goods, bads }) => ({ goods, bads })),
    ...fineCounts.slice(missingIndex(fine)),
  ];
  return { fine: { bins: fine, counts: fineCounts }, merged: { bins, counts } };
}

function checkFlags(column: Column, isBad: ArrayLike<number>): void {
  if (rowsOf(column) !== isBad.length) {
    throw new RangeError(
      `Cannot bin ${column.name}: found ${rowsOf(column)} values and ${isBad.length} flags; ` +
        "allowed are as many of one as of the other",
    );
  }
  for (let i = 0; i < isBad.length; i++) {
    if (isBad[i] !== 0 && isBad[i] !== 1) {
      throw new RangeError(
        `Cannot bin ${column.name}: found the flag ${isBad[i]} in row ${i}; allowed are 0 and 1`,
      );
    }
  }
}

/** Goods and bads in each bin, missing and never seen included. */
export function countsOf(bins: Bins, column: Column, isBad: ArrayLike<number>): CountedBin[] {
  const places = binColumn(bins, column), size = unseenIndex(bins) + 1;
  const goods = new Float64Array(size), bads = new Float64Array(size);
  for (let i = 0; i < places.length; i++) {
    if (isBad[i] === 1) bads[places[i]]++;
    else goods[places[i]]++;
  }
  return Array.from({ length: size }, (_, i) => ({ goods: goods[i], bads: bads[i] }));
}

/** Cuts into a bin a value, or into bins of about equally many rows. */
function fineCuts(values: Float64Array, most: number): number[] {
  const present = values.filter((value) => value === value).sort();
  const starts: number[] = [];
  for (let i = 0; i < present.length; i++) {
    if (i === 0 || present[i] !== present[i - 1]) starts.push(i);
  }
  if (starts.length <= most) return starts.slice(1).map((at) => present[at]);
  const target = present.length / most, cuts: number[] = [];
  let from = 0;
  for (let run = 1; run < starts.length; run++) {
    const at = starts[run], next = starts[run + 1] ?? present.length;
    if (at - from >= target || next - at >= target) {
      cuts.push(present[at]);
      from = at;
    }
  }
  return cuts;
}

/** Most groups of levels: places of bins are kept in a byte. */
const mostGroups = 200;

/** A group for each level that is frequent enough, and one for all rare ones, last. */
function levelGroups(
  { levels, codes }: Column & { kind: "categorical" },
  { rareShare }: { rareShare: number },
): string[][] {
  const rows = new Float64Array(levels.length);
  let present = 0;
  for (const code of codes) {
    if (code < 0) continue;
    rows[code]++;
    present++;
  }
  const ordered = levels.map((_, code) => code).sort((a, b) => rows[b] - rows[a] || a - b);
  const isFrequent = (code: number, rank: number) => rows[code] >= rareShare * present && rank < mostGroups;
  const frequent = ordered.filter(isFrequent);
  const rare = ordered.filter((code, rank) => !isFrequent(code, rank) && rows[code] > 0);
  const groups = frequent.filter((code) => rows[code] > 0).sort((a, b) => a - b)
    .map((code) => [levels[code]]);
  return rare.length > 0 ? [...groups, rare.sort((a, b) => a - b).map((code) => levels[code])] : groups;
}

function mergeParts(
  parts: Part[],
  rows: number,
  { mostBins, leastShare, leastRows, mergeBelow, isMonotone }: Required<BinningOptions>,
): Part[] {
  // A bin of one class alone is no fault: where it is large it says much, where it is small chi-square merges it.
  const least = Math.max(leastRows, leastShare * rows);
  const isSmall = (part: Part) => part.goods + part.bads < least;
  // First what cannot stand alone joins the neighbour that is most like it.
  for (let at = parts.findIndex(isSmall); at >= 0 && parts.length > 1; at = parts.findIndex(isSmall)) {
    const before = at > 0 ? chiSquare(parts[at - 1], parts[at]) : Infinity;
    const after = at < parts.length - 1 ? chiSquare(parts[at], parts[at + 1]) : Infinity;
    join(parts, before <= after ? at - 1 : at);
  }
  while (parts.length > 1) {
    let best = 0, closest = Infinity;
    for (let i = 0; i + 1 < parts.length; i++) {
      const unlike = chiSquare(parts[i], parts[i + 1]);
      if (unlike < closest) [best, closest] = [i, unlike];
    }
    if (parts.length <= mostBins && closest >= mergeBelow) break;
    join(parts, best);
  }
  return isMonotone ? monotone(parts) : parts;
}

function join(parts: Part[], at: number): void {
  const [a, b] = parts.splice(at, 2);
  parts.splice(at, 0, {
    goods: a.goods + b.goods,
    bads: a.bads + b.bads,
    first: a.first,
    last: b.last,
  });
}

/** Pools neighbours that break the order, rising or falling, whichever keeps more of the chi-square. */
function monotone(parts: readonly Part[]): Part[] {
  const pooled = [1, -1].map((sign) => {
    const kept: Part[] = [];
    for (const part of parts) {
      kept.push({ ...part });
      while (
        kept.length > 1 && sign * (badShare(kept[kept.length - 1]) - badShare(kept[kept.length - 2])) <= 0
      ) {
        join(kept, kept.length - 2);
      }
    }
    return kept;
  });
  return spread(pooled[0]) >= spread(pooled[1]) ? pooled[0] : pooled[1];
}

/** The variance of the share of bads between parts, weighted by rows. */
function spread(parts: readonly Part[]): number {
  const rows = parts.reduce((sum, { goods, bads }) => sum + goods + bads, 0);
  const mean = parts.reduce((sum, { bads }) => sum + bads, 0) / rows;
  return parts.reduce((sum, part) => {
    const gap = badShare(part) - mean;
    return sum + (part.goods + part.bads) * gap * gap;
  }, 0);
}

function badShare({ goods, bads }: CountedBin): number {
  return goods + bads === 0 ? 0 : bads / (goods + bads);
}

/** Chi-square of two bins against one share of bads in both; 0 where only one class occurs. */
function chiSquare(a: CountedBin, b: CountedBin): number {
  const rowsA = a.goods + a.bads, rowsB = b.goods + b.bads, goods = a.goods + b.goods, bads = a.bads + b.bads;
  if (rowsA === 0 || rowsB === 0 || goods === 0 || bads === 0) return 0;
  const cross = a.goods * b.bads - a.bads * b.goods;
  return cross * cross * (rowsA + rowsB) / (rowsA * rowsB * goods * bads);
}
