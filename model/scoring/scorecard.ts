// The expert scorecard: points for what an issuer can see of a shopper.

import { exp, log } from "#/model/units/elementary.ts";

/** What an issuer sees when it scores one shopper. One record is reused in loops. */
export interface ScoreFacts {
  /** Declared income, CNY fen a month, seen with noise. */
  incomeFen: number;
  /** Days since the line was opened; 0 for an applicant. */
  tenureDays: number;
  /** Bills paid on time on this line. */
  onTimeBills: number;
  /** Bills missed on this line. */
  lateBills: number;
  /** Share of the limit in use, 0 to 1. */
  utilisation: number;
  /** Whether the other line is overdue; false where it is not seen. */
  otherLineLate: boolean;
  /** Debt over all lines that are seen, in monthly incomes. */
  burdenIncomes: number;
  /** Noise of measurement, a standard deviate that belongs to the shopper. */
  noise: number;
}

/** The points table, whole points. */
export interface PointsTable {
  basePoints: number;
  incomePointsPerDoubling: number;
  tenurePointsPerYear: number;
  onTimePoints: number;
  latePoints: number;
  utilisationPoints: number;
  otherLineLatePoints: number;
  burdenPoints: number;
  noisePoints: number;
}

const referenceIncomeFen = 400_000;
const log2 = 0.6931471805599453;

/**
 * The score of one shopper in whole points; more is better.
 *
 * Shapes and units: see {@link ScoreFacts} and {@link PointsTable}. Tenure counts up to three years, bills paid on
 * time up to twelve, missed bills up to four, burden up to six monthly incomes. Errors: none; the result is 0 to 1,000.
 * Source: an expert table; its numbers are assumptions.
 *
 * @example
 * ```ts
 * import { scorePoints } from "#/model/scoring/scorecard.ts";
 * import assert from "node:assert/strict";
 * const table = { basePoints: 560, incomePointsPerDoubling: 20, tenurePointsPerYear: 10, onTimePoints: 4, latePoints: 45,
 *   utilisationPoints: 30, otherLineLatePoints: 80, burdenPoints: 15, noisePoints: 0 };
 * const facts = { incomeFen: 800_000, tenureDays: 365, onTimeBills: 5, lateBills: 0, utilisation: 0.5,
 *   otherLineLate: false, burdenIncomes: 0, noise: 0 };
 * assert.equal(scorePoints(facts, table), 595); // 560 + 20 + 10 + 20 - 15
 * ```
 */
export function scorePoints(facts: ScoreFacts, table: PointsTable): number {
  const doublings = log(Math.max(facts.incomeFen, 1) / referenceIncomeFen) / log2;
  const points = table.basePoints +
    table.incomePointsPerDoubling * Math.max(-3, Math.min(3, doublings)) +
    table.tenurePointsPerYear * Math.min(facts.tenureDays / 365, 3) +
    table.onTimePoints * Math.min(facts.onTimeBills, 12) -
    table.latePoints * Math.min(facts.lateBills, 4) -
    table.utilisationPoints * Math.min(facts.utilisation, 1) -
    (facts.otherLineLate ? table.otherLineLatePoints : 0) -
    table.burdenPoints * Math.min(facts.burdenIncomes, 6) +
    table.noisePoints * facts.noise;
  return Math.max(0, Math.min(1000, Math.round(points)));
}

/**
 * The 12-month probability of default that a score stands for.
 *
 * Shapes and units: points; `pointsToDoubleOdds` points that double good:bad odds, `oddsAtBase` odds at `basePoints`.
 * Source: the usual scaling of scorecards, odds = oddsAtBase · 2^((points − base) / pdo).
 *
 * @example
 * ```ts
 * import { pd12m } from "#/model/scoring/scorecard.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(pd12m(600, { basePoints: 600, oddsAtBase: 49, pointsToDoubleOdds: 40 }) - 0.02) < 1e-12);
 * ```
 */
export function pd12m(
  points: number,
  { basePoints, oddsAtBase, pointsToDoubleOdds }: {
    basePoints: number;
    oddsAtBase: number;
    pointsToDoubleOdds: number;
  },
): number {
  return 1 / (1 + oddsAtBase * exp((points - basePoints) / pointsToDoubleOdds * log2));
}
