// How many loans of a pool default together: equal loans under one common factor, with normal or heavier tails.

import { exp, log } from "#/model/units/elementary.ts";
import {
  betaCumulative,
  normalDensity,
  normalTail,
  studentDensity,
} from "#/model/statistics/distributions.ts";
import { checked } from "#/model/finance/checks.ts";

/** How loans hang together. Both laws have variance 1. */
export interface FactorModel {
  /** The correlation of two loans' values. */
  correlation: number;
  /** Degrees of freedom of the common factor, above 2: Student's law; normal where absent. */
  commonDegrees?: number;
  /** The same for what is a loan's own. */
  ownDegrees?: number;
}

/** The common factor's values and what each of them weighs. */
interface States {
  values: Float64Array;
  weights: Float64Array;
}

/**
 * The probability that k of a pool's loans have defaulted, for k from 0 to all.
 *
 * A loan defaults when √ρ · factor + √(1 − ρ) · own falls below the level that its pd asks for.
 * Shapes: `pd` by the date in question; the answer has `loans` + 1 entries that sum to 1.
 * Errors: `RangeError` for a pd outside 0 to 1, no loans or more than 10,000, a correlation outside 0 to below 1, or degrees of
 * freedom that are not above 2.
 * Source: J. Hull and A. White, "Valuation of a CDO and an n-th to Default CDS Without Monte Carlo Simulation" (2004).
 *
 * @example
 * ```ts
 * import { defaultCounts } from "#/model/credit/portfolio/factor_pool.ts";
 * import assert from "node:assert/strict";
 * const apart = defaultCounts(0.1, { loans: 2, model: { correlation: 0 } });
 * assert.ok(Math.abs(apart[2] - 0.01) < 1e-9);
 * const together = defaultCounts(0.1, { loans: 2, model: { correlation: 0.5 } });
 * assert.ok(together[2] > 0.03);
 * ```
 */
export function defaultCounts(
  pd: number,
  { loans, model }: { loans: number; model: FactorModel },
): Float64Array {
  checked("pd", pd, { least: 0, most: 1 });
  checked("loans", loans, { least: 1, most: 10_000, isWhole: true });
  const counts = new Float64Array(loans + 1), ways = waysOf(loans), { values, weights } = statesOf(model);
  if (pd === 0 || pd === 1) return counts.fill(1, pd * loans, pd * loans + 1);
  const rates = conditionalRates(pd, { model, states: { values, weights } });
  for (let s = 0; s < values.length; s++) addBinomial(counts, { rate: rates[s], weight: weights[s], ways });
  return counts;
}

/**
 * The loss expected of a tranche, as a share of the pool.
 *
 * Shapes: `counts` of {@link defaultCounts}; the tranche bears what the pool loses between `attachment` and `detachment`, shares of the
 * pool; each default loses `lgd` of its loan. Errors: `RangeError` unless 0 ≤ attachment < detachment ≤ 1 and 0 ≤ lgd ≤ 1.
 *
 * @example
 * ```ts
 * import { defaultCounts, expectedTrancheLoss } from "#/model/credit/portfolio/factor_pool.ts";
 * import assert from "node:assert/strict";
 * const counts = defaultCounts(0.05, { loans: 100, model: { correlation: 0.3 } });
 * const first = expectedTrancheLoss(counts, { lgd: 0.6, attachment: 0, detachment: 0.03 });
 * const rest = expectedTrancheLoss(counts, { lgd: 0.6, attachment: 0.03, detachment: 1 });
 * assert.ok(Math.abs(first + rest - 0.05 * 0.6) < 1e-9);
 * ```
 */
export function expectedTrancheLoss(
  counts: ArrayLike<number>,
  { lgd, attachment, detachment }: { lgd: number; attachment: number; detachment: number },
): number {
  checked("lgd", lgd, { least: 0, most: 1 });
  if (!(attachment >= 0 && attachment < detachment && detachment <= 1)) {
    throw new RangeError(
      `Cannot slice a pool from ${attachment} to ${detachment}: allowed is 0 ≤ attachment < detachment ≤ 1`,
    );
  }
  const loans = counts.length - 1;
  let expected = 0;
  for (let k = 1; k <= loans; k++) {
    const borne = Math.min(k * lgd / loans, detachment) - attachment;
    if (borne > 0) expected += counts[k] * borne;
  }
  return expected;
}

/** Points of the common factor, even in arsinh: dense in the middle, and far enough out for heavy tails. */
const points = 321, farthest = 8;

function statesOf({ correlation, commonDegrees, ownDegrees }: FactorModel): States {
  if (!(correlation >= 0 && correlation < 1)) {
    throw new RangeError(`Cannot join loans with correlation ${correlation}; allowed is 0 to below 1`);
  }
  for (const degrees of [commonDegrees, ownDegrees]) {
    if (degrees !== undefined && !(degrees > 2 && degrees < Infinity)) {
      throw new RangeError(`Cannot use ${degrees} degrees of freedom: more than 2 are needed for a variance`);
    }
  }
  const values = new Float64Array(points), weights = new Float64Array(points);
  let sum = 0;
  for (let i = 0; i < points; i++) {
    const x = farthest * (2 * i / (points - 1) - 1), up = exp(x), down = 1 / up;
    values[i] = (up - down) / 2;
    weights[i] = density(values[i], commonDegrees) * (up + down) / 2;
    sum += weights[i];
  }
  for (let i = 0; i < points; i++) weights[i] /= sum;
  return { values, weights };
}

const scaleOf = (degrees: number) => Math.sqrt((degrees - 2) / degrees);

function density(z: number, degrees?: number): number {
  if (degrees === undefined) return normalDensity(z);
  return studentDensity(z / scaleOf(degrees), degrees) / scaleOf(degrees);
}

function cumulative(z: number, degrees?: number): number {
  if (degrees === undefined) return normalTail(-z);
  const t = z / scaleOf(degrees),
    tail = betaCumulative(degrees / (degrees + t * t), { a: degrees / 2, b: 0.5 }) / 2;
  return z > 0 ? 1 - tail : tail;
}

/** The rate of default in each state of the factor; on average it is the pd. */
function conditionalRates(
  pd: number,
  { model, states }: { model: FactorModel; states: States },
): Float64Array {
  const { correlation, ownDegrees } = model, { values, weights } = states;
  const common = Math.sqrt(correlation), own = Math.sqrt(1 - correlation);
  const rateAt = (level: number, i: number) => cumulative((level - common * values[i]) / own, ownDegrees);
  const average = (level: number) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) if (weights[i] > 1e-18) sum += weights[i] * rateAt(level, i);
    return sum;
  };
  const level = crossing((at) => average(at) - pd);
  return values.map((_, i) => rateAt(level, i));
}

/** Where a rising function passes 0, by false position with halved ends (the Illinois method). */
function crossing(of: (at: number) => number): number {
  let low = -1, high = 1, below = of(low), above = of(high), at = 0, last = 0;
  while (below > 0 && low > -1e9) below = of(low *= 2);
  while (above < 0 && high < 1e9) above = of(high *= 2);
  for (let step = 0; step < 200 && high - low > 1e-13 && above > below; step++) {
    at = (low * above - high * below) / (above - below);
    const miss = of(at);
    if (miss === 0) return at;
    if (miss < 0) {
      if (last < 0) above /= 2;
      [low, below, last] = [at, miss, -1];
    } else {
      if (last > 0) below /= 2;
      [high, above, last] = [at, miss, 1];
    }
  }
  return at;
}

/** Logarithms of the numbers of ways to choose k of n. */
function waysOf(n: number): Float64Array {
  const ways = new Float64Array(n + 1);
  for (let k = 1; k <= n; k++) ways[k] = ways[k - 1] + log((n - k + 1) / k);
  return ways;
}

function addBinomial(
  counts: Float64Array,
  { rate, weight, ways }: { rate: number; weight: number; ways: Float64Array },
): void {
  const n = counts.length - 1;
  if (weight === 0) return;
  if (rate <= 0 || rate >= 1) return void (counts[rate <= 0 ? 0 : n] += weight);
  const yes = log(rate), no = log(1 - rate);
  for (let k = 0; k <= n; k++) {
    const power = ways[k] + k * yes + (n - k) * no;
    if (power > -700) counts[k] += weight * exp(power);
  }
}
