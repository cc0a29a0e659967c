// What the treasuries remember: habits of the books, forecasts not yet held against what came, steps of the plan, warnings.

import { type ContingencyState, contingencySteps } from "#/model/funding/treasury/contingency.ts";
import { habitPlaces } from "#/model/funding/treasury/forecast.ts";
import { indicators } from "#/model/funding/treasury/warnings.ts";
import { lineCount } from "./tables/lines.ts";
import type { World } from "./world.ts";

/** Days ahead that a treasury looks. */
export const horizonDays = 90;
/** The horizons at which survival is told, days. */
export const survivalHorizons = [30, 60, 90] as const;
/** Days over which a forecast is held against what came. */
export const checkedDays = 7;
/** Treasuries: an issuer has one. */
const count = 2;

/** The treasuries' memory; arrays are by issuer unless they say otherwise. */
export interface TreasuryState {
  plan: ContingencyState[];
  /** Days spent at each step: issuer · steps + step. */
  stepDays: Float64Array;
  /** What each issuer owned less what it owed when the books last closed, fen. */
  worthFen: Float64Array;
  /** The book of the evening before, fen; NaN before the first. */
  balanceFen: Float64Array;
  /** Of the last days, oldest overwritten: forecasts made for the days after, what came in net, what moved, all in fen. */
  foreseenFen: Float64Array;
  netFen: Float64Array;
  movedFen: Float64Array;
  /** Sums for the mean error of forecasts. */
  errorSum: Float64Array;
  errorCount: Float64Array;
  /** The base rate of the first day, bps, and the slow mean of the share that is late. */
  firstRateBps: number;
  lateSlow: Float64Array;
  /** By issuer and indicator, and last the alarm: days on which it warned. */
  warnedDays: Float64Array;
  /** The shortest time that money lasted under stress, days. */
  leastDays: Float64Array;
  /** Days on which money would not have lasted so long under stress, by lender and {@link survivalHorizons}. */
  belowDays: Float64Array;
  leastLcr: Float64Array;
  leastNsfr: Float64Array;
  /** What each day ahead looks like; the same for both treasuries. */
  dayOfMonth: Uint8Array;
  demand: Float64Array;
  /** Scratch: net cash of the days ahead. */
  net: Float64Array;
}

/** Nothing remembered. */
export function openTreasuries(): TreasuryState {
  return {
    plan: Array.from({ length: count }, () => ({ step: 0, calm: 0 })),
    stepDays: new Float64Array(count * contingencySteps.length),
    worthFen: new Float64Array(count),
    balanceFen: new Float64Array(count).fill(NaN),
    foreseenFen: new Float64Array(count * checkedDays).fill(NaN),
    netFen: new Float64Array(count * checkedDays),
    movedFen: new Float64Array(count * checkedDays),
    errorSum: new Float64Array(count),
    errorCount: new Float64Array(count),
    firstRateBps: 0,
    lateSlow: new Float64Array(count).fill(NaN),
    warnedDays: new Float64Array(count * (indicators.length + 1)),
    leastDays: new Float64Array(count).fill(horizonDays),
    belowDays: new Float64Array(count * survivalHorizons.length),
    leastLcr: new Float64Array(count).fill(Infinity),
    leastNsfr: new Float64Array(count).fill(Infinity),
    dayOfMonth: new Uint8Array(horizonDays),
    demand: new Float64Array(horizonDays),
    net: new Float64Array(horizonDays),
  };
}

/** Habits of a world that has seen nothing, by product. */
export const blankHabitsOfAll = (): Float64Array => new Float64Array(lineCount * habitPlaces);

/** Whether the contingency plan keeps a product's issuer from raising limits and making offers. */
export function isTightened({ treasury }: World, p: number): boolean {
  return treasury.plan[p].step >= 2;
}

/** Whether the plan has all that can be drawn be drawn. */
export const drawsUnused = ({ treasury }: World, k: number): boolean => treasury.plan[k].step >= 1;

/** The share of new credit that the plan allows: all, what is throttled, nothing. */
export function plannedShare({ treasury, terms }: World, k: number): number {
  const { step } = treasury.plan[k];
  if (step >= 4) return 0;
  return step === 3 ? terms.treasury.contingency.throttleBps / 10_000 : 1;
}
