// The tail of the agents' own yearly losses, beside what the formulas say of a pool of the same expected loss and spread.

import { lossQuantile } from "#/model/credit/portfolio/asrf.ts";
import { distributionQuantile } from "#/model/credit/portfolio/credit_risk_plus.ts";
import { poolDraws, simulatedLosses, tailOf } from "#/model/credit/portfolio/finite_pool.ts";
import { fitPool, fittedCreditRiskPlus, type FittedPool } from "#/model/credit/portfolio/fit.ts";
import { preciseNormalQuantile } from "#/model/statistics/distributions.ts";
import { sorted } from "#/model/statistics/quantile.ts";
import type { RunResult } from "#/sim/result.ts";

/** One simulated year of a lender. */
export interface LossYear {
  /** Written off in a year's rhythm less what came back, in parts of the mean balance. */
  loss: number;
  lossGivenDefault: number;
  /** Borrowers that would spread chance as these do. */
  borrowers: number;
}

/** Quantiles of one lender's yearly loss, by probability, in parts of the balance. */
export interface TailRow {
  probability: number;
  agents: number;
  /** The agents' quantile is no more than an order statistic where years are few: false where it is the largest of all. */
  isObserved: boolean;
  asrf: number;
  creditRiskPlus: number;
  finitePool: number;
}

/** What is found of one lender. */
export interface Tail {
  issuer: string;
  years: number;
  losses: number[];
  expectedLoss: number;
  fitted: FittedPool;
  rows: TailRow[];
  /** The mean of the worst twentieth of years: agents, and the finite pool. */
  shortfall: { agents: number; finitePool: number };
}

/** Probabilities that the table tells. */
export const tailProbabilities = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999] as const;
/** Years of the finite pool's simulation, and borrowers at most: more hardly change its quantiles. */
const poolYears = 4_000, poolBorrowers = 2_000;

/**
 * A run's year of one lender.
 *
 * Shapes: `shares` are the borrowers' parts of the balance at the start. Losses on claims sold and later payments are taken off.
 */
export function lossYear(result: RunResult, issuer: string, shares: ArrayLike<number>): LossYear {
  const { daily: { columns }, outcomes, world } = result, product = issuer === "jd" ? "baitiao" : "huabei";
  const sum = (name: string) => (columns[name] ?? []).reduce((all, x) => all + x, 0);
  const mean = sum(`balance.${product}`) / world.days;
  let squares = 0;
  for (let i = 0; i < shares.length; i++) squares += shares[i] * shares[i];
  const lost = sum(`lossBy.${issuer}`) * 365 / world.days;
  return {
    loss: mean > 0 ? Math.max(0, lost) / mean : 0,
    lossGivenDefault: outcomes[`lossGivenDefault.${issuer}`].value,
    borrowers: squares > 0 ? 1 / squares : 1,
  };
}

/**
 * The tail of some years of a lender beside the formulas fitted to them.
 *
 * Shapes: two years or more. Errors: `RangeError` where nothing was lost.
 *
 * @example
 * ```ts
 * import { tailFrom } from "#/sim/experiments/tail.ts";
 * import assert from "node:assert/strict";
 * const years = [0.02, 0.024, 0.03, 0.019, 0.05].map((loss) => ({ loss, lossGivenDefault: 0.8, borrowers: 500 }));
 * const { rows, fitted } = tailFrom("ant", years);
 * assert.ok(Math.abs(fitted.pd * fitted.lgd - 0.0286) < 1e-12);
 * assert.ok(rows.every(({ asrf }, i) => i === 0 || asrf > rows[i - 1].asrf));
 * ```
 */
export function tailFrom(issuer: string, years: readonly LossYear[]): Tail {
  const mean = (of: (year: LossYear) => number) =>
    years.reduce((sum, year) => sum + of(year), 0) / years.length;
  const losses = [...sorted(years.map(({ loss }) => loss))];
  const lgd = Math.min(1, Math.max(1e-6, mean((year) => year.lossGivenDefault)));
  const fitted = fitPool({ losses, lgd, borrowers: mean((year) => year.borrowers) });
  const { pd, correlation } = fitted, plus = fittedCreditRiskPlus(fitted);
  const count = Math.min(poolBorrowers, Math.max(1, Math.round(fitted.borrowers)));
  const loans = Array.from({ length: count }, () => ({ exposure: 1 / count, pd, lgd }));
  const pool = simulatedLosses(loans, { correlation, runs: poolYears, draw: poolDraws(0x7a11, 0x105e) });
  return {
    issuer,
    years: years.length,
    losses,
    expectedLoss: mean(({ loss }) => loss),
    fitted,
    rows: tailProbabilities.map((probability) => ({
      probability,
      agents: tailOf(losses, probability).valueAtRisk,
      isObserved: probability <= 1 - 1 / years.length,
      asrf: lossQuantile({ pd, lgd, correlation }, probability),
      creditRiskPlus: distributionQuantile(plus, probability),
      finitePool: tailOf(pool, probability).valueAtRisk,
    })),
    shortfall: {
      agents: tailOf(losses, 0.95).expectedShortfall,
      finitePool: tailOf(pool, 0.95).expectedShortfall,
    },
  };
}

/**
 * How hard the times of a replication are: the factor on the macro path, drawn from a normal factor of its own.
 *
 * Shapes: bps of the scenario's path; 10,000 is as supposed, not below 0. `spreadBps` is one standard deviation.
 */
export function severityOf(
  replication: number,
  { baseBps, spreadBps }: { baseBps: number; spreadBps: number },
): number {
  const factor = preciseNormalQuantile(poolDraws(0x5e7e, 0x217)(replication, 0));
  return Math.max(0, Math.round(baseBps + spreadBps * factor));
}
