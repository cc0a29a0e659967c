// A scorecard fitted to a table and judged on rows it has not seen: the same code for simulated and for real borrowers.

import { calibrate, pdOfScore } from "#/model/scoring/fit/calibration.ts";
import { type Column, pick } from "#/model/scoring/fit/columns.ts";
import {
  fitScorecard,
  type FittedScorecard,
  type ScorecardOptions,
  withCalibration,
} from "#/model/scoring/fit/scorecard.ts";
import { scoreColumns } from "#/model/scoring/fit/score.ts";
import { auc, type AucInterval, aucInterval, aucOfParts } from "#/model/scoring/measures/auc.ts";
import { badRateAtApproval, cutOffAtApproval } from "#/model/scoring/measures/acceptance.ts";
import { brier, type CalibrationBand, calibrationBands } from "#/model/scoring/measures/calibration.ts";
import {
  fairness,
  type FairnessRow,
  type GroupMeasures,
  measuresByGroup,
} from "#/model/scoring/measures/groups.ts";
import { kolmogorovSmirnov, rocCurve, type RocPoint } from "#/model/scoring/measures/separation.ts";
import { foldsOf } from "./folds.ts";
import { groupingOf } from "./grouping.ts";
import { type ScoreBand, scoreBands } from "./score_bands.ts";
import { variableSummaries, type VariableSummary } from "./variables.ts";

/** How a study is made. */
export interface StudyOptions extends ScorecardOptions {
  /** How many folds; each row is scored once by a card that has not seen it. */
  folds?: number;
  /** A whole number that decides the folds. */
  seed?: number;
  /** The share of rows that is approved in the fairness table, of 1. */
  approvalRate?: number;
  /** Columns to part people by in the fairness table; they need not be fitted on. */
  groupsBy?: readonly Column[];
}

/** The fairness of one column: approval and outcome by group, and the measures in each. */
export interface GroupStudy {
  by: string;
  approvals: FairnessRow[];
  measures: GroupMeasures[];
}

/** All that a study finds; plain JSON. Every measure is out of sample unless it says `train`. */
export interface ScorecardStudy {
  rows: number;
  bads: number;
  badRate: number;
  folds: number;
  seed: number;
  /** Of how many folds the card converged; that of the card below stands in it. */
  foldsConverged: number;
  auc: {
    /** On the rows that the card was fitted on: too good to be true. */
    train: number;
    /** Of all rows, each scored by a card that has not seen it and compared within its fold. */
    crossValidated: number;
    /** DeLong's 95 % interval of `crossValidated`. */
    interval: { low: number; high: number };
    byFold: number[];
  };
  ks: number;
  gini: number;
  brier: number;
  calibration: { method: string; bands: CalibrationBand[] };
  roc: RocPoint[];
  scores: ScoreBand[];
  /** The fairness table's cut-off, and what it would cost. */
  approval: { approvalRate: number; badRate: number; mostPd: number };
  groups: GroupStudy[];
  variables: VariableSummary[];
  /** Fitted on all rows; its calibration is fitted on the out-of-sample scores. */
  card: FittedScorecard;
}

/** How many points of the ROC curve are kept. */
const rocPoints = 200;

/**
 * Fits a scorecard to all rows, and one to each training part, whose bins are cut there too, to judge it.
 *
 * Shapes: `columns` of equally many rows, `isBad` 0 or 1 a row; at least two rows of each class a fold.
 * Errors: as `fitScorecard()` and `foldsOf()`.
 *
 * @example
 * ```ts
 * import { columnOf } from "#/model/scoring/fit/columns.ts";
 * import { study } from "#/model/scoring/study/study.ts";
 * import assert from "node:assert/strict";
 * const late = columnOf("late", Array.from({ length: 400 }, (_, i) => i % 2));
 * const isBad = Array.from({ length: 400 }, (_, i) => i % 16 < (i % 2 ? 8 : 4) ? 1 : 0);
 * const found = study([late], isBad, { folds: 4 });
 * assert.ok(found.auc.interval.low < found.auc.crossValidated && found.auc.byFold.length === 4);
 * ```
 */
export function study(
  columns: readonly Column[],
  isBad: ArrayLike<number>,
  { folds = 5, seed = 1, approvalRate = 0.8, groupsBy = [], ...options }: StudyOptions = {},
): ScorecardStudy {
  const rows = isBad.length, fold = foldsOf(isBad, { folds, seed });
  const whole = fitScorecard(columns, isBad, options);
  const pds = new Float64Array(rows), scores = new Float64Array(rows), byFold: AucInterval[] = [];
  let foldsConverged = 0;
  for (let k = 0; k < folds; k++) {
    const inside = rowsWhere(rows, (row) => fold[row] !== k),
      outside = rowsWhere(rows, (row) => fold[row] === k);
    const card = fitScorecard(
      columns.map((column) => pick(column, inside)),
      Uint8Array.from(inside, (row) => isBad[row]),
      options,
    );
    if (card.convergence.isConverged) foldsConverged++;
    const seen = scoreColumns(card, columns.map((column) => pick(column, outside)), outside.length);
    outside.forEach((row, i) => {
      scores[row] = seen[i];
      pds[row] = pdOfScore(card.calibration, seen[i]);
    });
    byFold.push(aucInterval(seen.map((score) => -score), Uint8Array.from(outside, (row) => isBad[row])));
  }
  const card = withCalibration(whole, calibrate(scores, isBad, { method: options.calibration }));
  const bads = card.bads, interval = aucOfParts(byFold);
  const cutOff = cutOffAtApproval(pds, { approvalRate });
  return {
    rows,
    bads,
    badRate: bads / rows,
    folds,
    seed,
    foldsConverged,
    auc: {
      train: auc(scoreColumns(card, columns, rows).map((score) => -score), isBad),
      crossValidated: interval.auc,
      interval: { low: interval.low, high: interval.high },
      byFold: byFold.map((fold) => fold.auc),
    },
    ks: kolmogorovSmirnov(pds, isBad).ks,
    gini: 2 * interval.auc - 1,
    brier: brier(pds, isBad),
    calibration: { method: card.calibration.method, bands: calibrationBands(pds, isBad) },
    roc: rocCurve(pds, isBad, { most: rocPoints }),
    scores: scoreBands(scores, isBad),
    approval: {
      approvalRate,
      badRate: badRateAtApproval(pds, isBad, { approvalRate }),
      mostPd: cutOff,
    },
    groups: groupsBy.map((column) => {
      const grouping = groupingOf(column);
      return {
        by: column.name,
        approvals: fairness(pds, isBad, grouping, { cutOff }),
        measures: measuresByGroup(pds, isBad, grouping),
      };
    }),
    variables: variableSummaries(card, columns, isBad),
    card,
  };
}

function rowsWhere(rows: number, holds: (row: number) => boolean): Uint32Array {
  return Uint32Array.from({ length: rows }, (_, row) => row).filter(holds);
}
