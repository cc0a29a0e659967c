// A fitted scorecard: bins, points and a calibration as plain JSON, and how it is fitted.

import { binning, type BinningOptions } from "./binning.ts";
import { binColumn, binLabels, type Bins, missingIndex } from "./bins.ts";
import { calibrate, type Calibration } from "./calibration.ts";
import type { Column } from "./columns.ts";
import { type Convergence, fitLogistic, type LogisticFit, type LogisticOptions } from "./logistic.ts";
import { pointsOfLogOdds, pointsPerLogOdds, type PointsScale, usualScale } from "./points.ts";
import { scoreBins } from "./score.ts";
import { type CountedBin, type EmptyClassRule, weightsOfEvidence, type WoeConvention } from "./woe.ts";

/** One bin of a variable on the card. */
export interface CardBin extends CountedBin {
  label: string;
  /** Weight of evidence in the card's convention; 0 for what was never seen while fitting. */
  woe: number;
  /** Its part of the information value of the bins. */
  iv: number;
  /** What a borrower in it gets. */
  points: number;
}

/** One variable on the card. */
export interface CardVariable {
  name: string;
  /** Where a value falls; the bin's place is also its place in `table`. */
  bins: Bins;
  table: CardBin[];
  /** What one unit of weight of evidence adds to the log-odds, of good where the convention is `goodOverBad`. */
  coefficient: number;
  /** Information value of the fine bins, before merging: the figure by which variables are compared. */
  iv: number;
  /** Information value of the bins in `table`. */
  ivOfBins: number;
}

/** Why a column is not on the card. */
export const leftOut = {
  oneBin: "no two of its bins differ in their share of bads",
  weak: "its information value is below the least allowed",
  sign: "beside the others, its worse bins would earn more points",
  noPoints: "beside the others, it would move no score by a whole point",
} as const;

/** A column that was examined and left out; its bins are kept for the report. */
export interface LeftOut extends Omit<CardVariable, "coefficient"> {
  reason: keyof typeof leftOut;
}

/** A scorecard as plain JSON: it can be written, hashed and read back. */
export interface FittedScorecard {
  convention: WoeConvention;
  emptyClass: EmptyClassRule;
  /** Rows and bads that it was fitted on. */
  rows: number;
  bads: number;
  scale: PointsScale;
  /** What every borrower gets before any bin is looked at. */
  basePoints: number;
  variables: CardVariable[];
  leftOut: LeftOut[];
  ridge: number;
  intercept: number;
  /** How the last regression ended; `iterations` counts the steps of all of them, those with columns left out later too. */
  convergence: Convergence;
  /** From a score to the probability of turning bad within the window of the target. */
  calibration: Calibration;
}

/** How a scorecard is fitted. */
export interface ScorecardOptions {
  binning?: BinningOptions;
  convention?: WoeConvention;
  emptyClass?: EmptyClassRule;
  /** The penalty of the regression, on coefficients of weights of evidence. */
  ridge?: number;
  scale?: PointsScale;
  /** Whether points are whole numbers. */
  isWhole?: boolean;
  /** A column with a smaller information value of its bins is left out. */
  leastIv?: number;
  /** Whether a column is left out when its worse bins would earn more points. */
  keepsSigns?: boolean;
  calibration?: Calibration["method"];
  /** Another way to fit the coefficients, for owners who may not put their columns side by side. */
  regression?: Regression;
}

/** Fits the log-odds of bad to the evidence of the named columns. */
export type Regression = (
  evidence: readonly { name: string; evidence: Float64Array }[],
  isBad: ArrayLike<number>,
  options: LogisticOptions,
) => LogisticFit;
/** How far a regression goes that is only asked for signs; gradient a row. */
const roughTolerance = 1e-4;

/** A column on its way to the card. */
interface Candidate extends Omit<CardVariable, "coefficient"> {
  places: Uint8Array;
  evidence: Float64Array;
}

/**
 * Fits a scorecard: bins, weights of evidence, ridge logistic regression on them, points, calibration.
 *
 * Columns whose bins do not differ, that say less than `leastIv`, or whose coefficient has the wrong sign beside the others
 * are left out by name. A regression that does not converge says so in `convergence`.
 *
 * Shapes: `columns` of equally many rows, `isBad` 0 or 1 a row. The calibration is fitted on the same rows; for one that
 * has not seen its own scores use {@link withCalibration}.
 * Errors: `RangeError` for different lengths, flags that are neither 0 nor 1, one class, two columns of one name.
 * Source: N. Siddiqi, "Credit Risk Scorecards"; convention and rule for an empty class stand in the result.
 *
 * @example
 * ```ts
 * import { columnOf } from "#/model/scoring/fit/columns.ts";
 * import { scoreRow } from "#/model/scoring/fit/score.ts";
 * import { fitScorecard } from "#/model/scoring/fit/scorecard.ts";
 * import assert from "node:assert/strict";
 * const late = Array.from({ length: 400 }, (_, i) => i % 2), isBad = late.map((was, i) => i % 8 < (was ? 4 : 2) ? 1 : 0);
 * const card = fitScorecard([columnOf("late", late)], isBad);
 * assert.ok(scoreRow(card, { late: 0 }).score > scoreRow(card, { late: 1 }).score);
 * assert.deepEqual(JSON.parse(JSON.stringify(card)), card);
 * ```
 */
export function fitScorecard(
  columns: readonly Column[],
  isBad: ArrayLike<number>,
  options: ScorecardOptions = {},
): FittedScorecard {
  const { convention = "goodOverBad", emptyClass = "half", ridge = 1, scale = usualScale } = options;
  const { leastIv = 0.005, keepsSigns = true, isWhole = true, regression = sideBySide } = options;
  const rows = isBad.length, bads = countBads(isBad);
  refuseTwins(columns);
  const candidates = columns.map((column) =>
    candidate(column, isBad, { ...options, convention, emptyClass })
  );
  const out: LeftOut[] = [];
  const leave = (one: Candidate, reason: LeftOut["reason"]) => {
    const { places: _places, evidence: _evidence, ...kept } = one;
    out.push({ ...kept, reason });
  };
  const isUseful = (one: Candidate) => {
    if (one.ivOfBins === 0 || one.table.filter(({ goods, bads }) => goods + bads > 0).length < 2) {
      leave(one, "oneBin");
    } else if (one.ivOfBins < leastIv) leave(one, "weak");
    else return true;
    return false;
  };
  let kept = candidates.filter(isUseful);
  // While columns are still dropped a rough answer tells their signs; the last regression goes to the end.
  let fit = regression(kept, isBad, { ridge, tolerance: keepsSigns ? roughTolerance : undefined });
  let iterations = fit.convergence.iterations;
  for (let isDone = !keepsSigns; !isDone;) {
    const wrong = wrongSigns(fit), stays = (_: unknown, i: number) => !wrong.includes(i);
    for (const i of wrong) leave(kept[i], "sign");
    kept = kept.filter(stays);
    const start = { intercept: fit.intercept, coefficients: fit.coefficients.filter(stays) };
    const tolerance = wrong.length > 0 ? roughTolerance : undefined;
    fit = regression(kept, isBad, { ridge, start, tolerance });
    iterations += fit.convergence.iterations;
    isDone = tolerance === undefined && wrongSigns(fit).length === 0;
  }
  const all = kept.map((one, i) => onCard(one, fit.coefficients[i], { scale, isWhole, convention }));
  const counts = all.map(({ table }) => table.some(({ points }) => points !== 0));
  kept.forEach((one, i) => counts[i] || leave(one, "noPoints"));
  const card: FittedScorecard = {
    convention,
    emptyClass,
    rows,
    bads,
    scale,
    basePoints: rounded(pointsOfLogOdds(-fit.intercept, scale), isWhole),
    variables: all.filter((_, i) => counts[i]),
    leftOut: out,
    ridge,
    intercept: fit.intercept,
    convergence: { ...fit.convergence, iterations },
    calibration: { method: "logistic", intercept: 0, slope: 0 },
  };
  const places = kept.filter((_, i) => counts[i]).map((one) => one.places);
  const scores = Float64Array.from({ length: rows }, (_, row) => scoreBins(card, places, row));
  return withCalibration(card, calibrate(scores, isBad, { method: options.calibration }));
}

/** The same card with another calibration, for instance one fitted on scores of people it was not fitted on. */
export function withCalibration(card: FittedScorecard, calibration: Calibration): FittedScorecard {
  return { ...card, calibration };
}

/** Bins a column and weighs them; what was never seen has weight 0. */
function candidate(
  column: Column,
  isBad: ArrayLike<number>,
  { binning: how, convention, emptyClass }: ScorecardOptions & { convention: WoeConvention },
): Candidate {
  const { fine, merged } = binning(column, isBad, how);
  const weighed = weightsOfEvidence(merged.counts, { convention, emptyClass });
  const labels = binLabels(merged.bins, { isWhole: isWholeColumn(column) }),
    places = binColumn(merged.bins, column);
  const table = weighed.bins.map(({ goods, bads, woe, iv }, i): CardBin => ({
    label: labels[i],
    goods,
    bads,
    woe,
    iv,
    points: 0,
  }));
  // The regression explains bad, so it reads the evidence of bad whatever the convention of the table.
  const ofBad = table.map(({ woe }) => convention === "badOverGood" ? woe : -woe);
  return {
    name: column.name,
    bins: merged.bins,
    table: column.kind === "numeric" ? table.slice(0, missingIndex(merged.bins) + 1) : table,
    iv: weightsOfEvidence(fine.counts, { convention, emptyClass }).iv,
    ivOfBins: weighed.iv,
    places,
    evidence: Float64Array.from(places, (place) => ofBad[place]),
  };
}

function isWholeColumn(column: Column): boolean {
  return column.kind === "numeric" &&
    column.values.every((value) => value !== value || Number.isInteger(value));
}

const sideBySide: Regression = (kept, isBad, options) =>
  fitLogistic(kept.map(({ evidence }) => evidence), isBad, options);

/**
 * The places of the most negative coefficients, the worst first: one where there are few, a quarter of them where there are
 * many. Those that are left often turn positive once the worst are gone.
 */
function wrongSigns({ coefficients }: LogisticFit): number[] {
  const negative = coefficients.map((_, i) => i).filter((i) => coefficients[i] < 0)
    .sort((a, b) => coefficients[a] - coefficients[b] || a - b);
  return negative.slice(0, Math.ceil(negative.length / 4));
}

function onCard(
  { places: _places, evidence: _evidence, table, ...one }: Candidate,
  coefficient: number,
  { scale, isWhole, convention }: { scale: PointsScale; isWhole: boolean; convention: WoeConvention },
): CardVariable {
  const factor = pointsPerLogOdds(scale), sign = convention === "goodOverBad" ? 1 : -1;
  return {
    ...one,
    coefficient,
    table: table.map((bin) => ({
      ...bin,
      points: rounded(sign * factor * coefficient * bin.woe, isWhole),
    })),
  };
}

function rounded(points: number, isWhole: boolean): number {
  const value = isWhole ? Math.round(points) : points;
  return value === 0 ? 0 : value;
}

function countBads(isBad: ArrayLike<number>): number {
  let bads = 0;
  for (let i = 0; i < isBad.length; i++) {
    if (isBad[i] !== 0 && isBad[i] !== 1) {
      throw new RangeError(
        `Cannot fit a scorecard: found the flag ${isBad[i]} in row ${i}; allowed are 0 and 1`,
      );
    }
    bads += isBad[i];
  }
  if (bads === 0 || bads === isBad.length) {
    throw new RangeError(
      `Cannot fit a scorecard: found ${bads} bads among ${isBad.length} rows; ` +
        "allowed are samples with both classes",
    );
  }
  return bads;
}

function refuseTwins(columns: readonly Column[]): void {
  const names = columns.map(({ name }) => name);
  const twin = names.find((name, i) => names.indexOf(name) < i);
  if (twin !== undefined) {
    throw new RangeError(
      `Cannot fit a scorecard: found two columns named ${twin}; allowed are names of one each`,
    );
  }
}
