// Scoring with a fitted card: one borrower, columns of them, or bins worked out before; and what cost the most points.

import { binColumn, binIndex } from "./bins.ts";
import { pdOfScore } from "./calibration.ts";
import { type Column, rowsOf } from "./columns.ts";
import type { CardVariable, FittedScorecard } from "./scorecard.ts";

/** A borrower's values by name; a name that is not there is a missing value. */
export type Row = Readonly<Record<string, number | string | null | undefined>>;

/** What a card says of one borrower. */
export interface Scored {
  score: number;
  /** The calibrated probability of turning bad within the window of the target. */
  pd: number;
  /** What cost the most points, the costliest first. */
  factors: Factor[];
}

/** One reason for a score that is not higher. */
export interface Factor {
  variable: string;
  /** The bin that the borrower is in. */
  bin: string;
  points: number;
  /** Points less than in the bin it is measured against. */
  pointsLost: number;
  words: string;
}

/** Against what lost points are counted, and how many reasons are told. */
export interface FactorOptions {
  /** `best`: the bin with most points; `average`: the mean over those that the card was fitted on. */
  against?: "best" | "average";
  most?: number;
}

/**
 * The score of a row from bins worked out before: adds up points, allocates nothing.
 *
 * Shapes: `places[v][row]` is the bin of the card's v-th variable, as {@link binColumn} gives it. Errors: none; a bin that
 * does not exist throws.
 */
export function scoreBins(
  card: Pick<FittedScorecard, "basePoints" | "variables">,
  places: readonly ArrayLike<number>[],
  row: number,
): number {
  let score = card.basePoints;
  for (let v = 0; v < card.variables.length; v++) score += card.variables[v].table[places[v][row]].points;
  return score;
}

/** The points of each bin by variable, for a loop that keeps its own columns of bins. */
export function pointsByBin({ variables }: FittedScorecard): Float64Array[] {
  return variables.map(({ table }) => Float64Array.from(table, ({ points }) => points));
}

/**
 * The scores of all rows of a table.
 *
 * Shapes: one column for each variable of the card, found by name; others are not looked at; the result has a number a row
 * (`rows` is needed only where there is no column).
 * Errors: `RangeError` naming a variable without a column or columns of different lengths; `TypeError` for a column of
 * another kind.
 *
 * @example
 * ```ts
 * import { columnOf } from "#/model/scoring/fit/columns.ts";
 * import { scoreColumns } from "#/model/scoring/fit/score.ts";
 * import { fitScorecard } from "#/model/scoring/fit/scorecard.ts";
 * import assert from "node:assert/strict";
 * const late = columnOf("late", Array.from({ length: 400 }, (_, i) => i % 2));
 * const isBad = Array.from({ length: 400 }, (_, i) => i % 8 < (i % 2 ? 4 : 2) ? 1 : 0);
 * const scores = scoreColumns(fitScorecard([late], isBad), [late]);
 * assert.equal(scores.length, 400);
 * ```
 */
export function scoreColumns(
  card: FittedScorecard,
  columns: readonly Column[],
  rows: number = columns.length === 0 ? 0 : rowsOf(columns[0]),
): Float64Array {
  const places = placesOf(card, columns);
  const scores = new Float64Array(rows);
  for (let row = 0; row < rows; row++) scores[row] = scoreBins(card, places, row);
  return scores;
}

/** The bins of all rows by variable of the card. Errors: as {@link scoreColumns}. */
export function placesOf(card: FittedScorecard, columns: readonly Column[]): Uint8Array[] {
  const byName = new Map(columns.map((column) => [column.name, column]));
  const rows = columns.length === 0 ? 0 : rowsOf(columns[0]);
  return card.variables.map(({ name, bins }) => {
    const column = byName.get(name);
    if (!column) {
      throw new RangeError(
        `Cannot score without column ${name}: found ${[...byName.keys()].join(", ") || "no column"}`,
      );
    }
    if (rowsOf(column) !== rows) {
      throw new RangeError(
        `Cannot score: column ${name} has ${rowsOf(column)} rows, ${columns[0].name} has ${rows}; ` +
          "allowed are as many of each",
      );
    }
    return binColumn(bins, column);
  });
}

/**
 * Scores one borrower and says what cost the most points.
 *
 * Errors: `TypeError` for a text where the card has numbers.
 *
 * @example
 * ```ts
 * import { columnOf } from "#/model/scoring/fit/columns.ts";
 * import { scoreRow } from "#/model/scoring/fit/score.ts";
 * import { fitScorecard } from "#/model/scoring/fit/scorecard.ts";
 * import assert from "node:assert/strict";
 * const late = columnOf("late", Array.from({ length: 400 }, (_, i) => i % 2));
 * const isBad = Array.from({ length: 400 }, (_, i) => i % 8 < (i % 2 ? 4 : 2) ? 1 : 0);
 * const { pd, factors } = scoreRow(fitScorecard([late], isBad), { late: 1 });
 * assert.ok(pd > 0.4);
 * assert.match(factors[0].words, /^late is 1 or more: \d+ points less than the best/);
 * ```
 */
export function scoreRow(card: FittedScorecard, row: Row, options: FactorOptions = {}): Scored {
  const places = card.variables.map(({ name, bins }) => [binIndex(bins, row[name])]);
  const score = scoreBins(card, places, 0);
  return {
    score,
    pd: pdOfScore(card.calibration, score),
    factors: factorsOf(card, places.map(([place]) => place), options),
  };
}

/**
 * The reasons for a score: the variables that cost the most points, ties in order of the card.
 *
 * Shapes: `places[v]` is the bin of the v-th variable. Variables that cost nothing are no reason.
 * Errors: none.
 */
export function factorsOf(
  card: FittedScorecard,
  places: ArrayLike<number>,
  { against = "best", most = 4 }: FactorOptions = {},
): Factor[] {
  const measured = card.variables.map((variable, v) => {
    const { label, points } = variable.table[places[v]];
    const pointsLost = measure(variable, against) - points;
    const than = against === "best" ? `the best, ${bestBin(variable).label}` : "the average";
    const words = `${variable.name} is ${label}: ${Math.round(pointsLost)} points less than ${than}`;
    return { variable: variable.name, bin: label, points, pointsLost, words };
  });
  return measured.filter(({ pointsLost }) => pointsLost > 0)
    .sort((a, b) => b.pointsLost - a.pointsLost)
    .slice(0, most);
}

function measure(variable: CardVariable, against: "best" | "average"): number {
  if (against === "best") return bestBin(variable).points;
  let sum = 0, rows = 0;
  for (const { points, goods, bads } of variable.table) {
    sum += points * (goods + bads);
    rows += goods + bads;
  }
  return sum / rows;
}

/** The bin with most points among those that somebody was in. */
function bestBin({ table }: CardVariable) {
  return table.filter(({ goods, bads }) => goods + bads > 0)
    .reduce((best, bin) => bin.points > best.points ? bin : best);
}
