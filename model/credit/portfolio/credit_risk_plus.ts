// CreditRisk+: the distribution of loss of a finite pool whose rates of default move with sectors.

import { exp, log } from "#/model/units/elementary.ts";

/** Equal loans of a sector: how many, what each loses at default (any unit of money), yearly probability of default. */
export interface LoanBand {
  count: number;
  exposure: number;
  pd: number;
}

/** A sector: its loans, and the standard deviation of its rate of default as a share of that rate. */
export interface Sector {
  bands: readonly LoanBand[];
  relativeStd: number;
}

/** What a distribution is asked for. */
export interface CreditRiskPlusTerms {
  sectors: readonly Sector[];
  /** "independent" sectors, or the correlation of their rates, met by one sector of the same variance. */
  combine: "independent" | { correlation: number };
  /** The step of the grid of losses, in the unit of exposures; exposures are rounded to it and expected losses kept. */
  unit: number;
}

/** A distribution of loss on a grid. Amounts in the unit of the exposures. */
export interface LossDistribution {
  unit: number;
  /** The probability of a loss of so many units, from none on; what is left out at the far end is below 1e-12. */
  probabilities: Float64Array;
  expectedLoss: number;
  /** The standard deviation. */
  unexpectedLoss: number;
  sectors: { exposure: number; expectedLoss: number; unexpectedLoss: number }[];
  /** The variance of the one rate of default that stands for all sectors, relative to it. */
  relativeVariance: number;
}

const mostSteps = 2_000_000, left = 1e-12;

/**
 * The distribution of a pool's loss.
 *
 * Errors: `RangeError` for a count, exposure, probability, deviation, correlation or unit out of range.
 * Source: Credit Suisse First Boston, "CreditRisk+, a credit risk management framework" (1997); correlated sectors by
 * Bürgisser, Kurth, Wagner, Wolf, "Integrating correlations", Risk, July 1999. The recursion is Panjer's in the form
 * n·c·g(n) = Σ q(j)·[v·(n − j) + j]·g(n − j), c = 1 + v·Σq: every term is positive, so that nothing cancels, and values are
 * kept with a common scale, so that nothing underflows however large the pool.
 *
 * @example
 * ```ts
 * import { creditRiskPlus, distributionQuantile } from "#/model/credit/portfolio/credit_risk_plus.ts";
 * import assert from "node:assert/strict";
 * const sector = (exposure: number, pd: number) => ({ bands: [{ count: 1000, exposure, pd }], relativeStd: 0.75 });
 * const found = creditRiskPlus({
 *   sectors: [sector(1, 0.04), sector(2, 0.02)],
 *   combine: { correlation: 0.5 },
 *   unit: 0.1,
 * });
 * assert.ok(Math.abs(found.unexpectedLoss - 53.1) < 0.01); // Risk, July 1999, table B
 * assert.ok(Math.abs(distributionQuantile(found, 0.99) - 250) < 0.5);
 * ```
 */
export function creditRiskPlus({ sectors, combine, unit }: CreditRiskPlusTerms): LossDistribution {
  if (!(unit > 0)) throw new RangeError(`Cannot lay losses on a grid of ${unit}: a unit above 0 is needed`);
  const read = sectors.map((sector) => sectorOf(sector, unit));
  const expectedLoss = read.reduce((sum, it) => sum + it.expectedLoss, 0);
  const correlation = combine === "independent" ? 0 : combine.correlation;
  if (!(correlation >= 0 && correlation <= 1)) {
    throw new RangeError(`Cannot correlate sectors by ${correlation}; allowed is 0 to 1`);
  }
  let shared = 0, own = 0;
  for (const [i, a] of read.entries()) {
    own += a.ownVariance;
    for (const [j, b] of read.entries()) {
      const together = i === j ? 1 : correlation;
      shared += together * a.relativeStd * b.relativeStd * a.expectedLoss * b.expectedLoss;
    }
  }
  const relativeVariance = expectedLoss > 0 ? shared / (expectedLoss * expectedLoss) : 0;
  const probabilities = combine === "independent"
    ? read.map(({ rates, relativeStd }) => recursion(rates, relativeStd * relativeStd)).reduce(convolved)
    : recursion(added(read.map(({ rates }) => rates)), relativeVariance);
  return {
    ...{ unit, probabilities, expectedLoss, relativeVariance },
    unexpectedLoss: Math.sqrt(shared + own),
    sectors: read.map((it) => ({
      exposure: it.exposure,
      expectedLoss: it.expectedLoss,
      unexpectedLoss: Math.sqrt(
        it.relativeStd * it.relativeStd * it.expectedLoss * it.expectedLoss + it.ownVariance,
      ),
    })),
  };
}

/** A sector on the grid: expected defaults by size in units, and its sums. */
function sectorOf({ bands, relativeStd }: Sector, unit: number) {
  if (!(relativeStd >= 0 && relativeStd < Infinity)) {
    throw new RangeError(`Cannot use a relative deviation of ${relativeStd}: 0 or more is needed`);
  }
  const rates: number[] = [];
  let exposure = 0, expectedLoss = 0, ownVariance = 0;
  for (const band of bands) {
    const { count, exposure: each, pd } = band;
    if (!(count >= 0 && each > 0 && each < Infinity && pd >= 0 && pd <= 1)) {
      throw new RangeError(
        `Cannot use ${count} loans of ${each} with pd ${pd}: count from 0, exposure above 0, pd 0 to 1`,
      );
    }
    const size = Math.max(1, Math.round(each / unit));
    if (size > mostSteps) {
      throw new RangeError(`Cannot lay ${each} on a grid of ${unit}: at most ${mostSteps} steps`);
    }
    // The rate is scaled so that rounding of the exposure leaves the expected loss as it is.
    rates[size] = (rates[size] ?? 0) + count * pd * each / (size * unit);
    exposure += count * each;
    expectedLoss += count * pd * each;
    ownVariance += count * pd * each * each;
  }
  return { rates, relativeStd, exposure, expectedLoss, ownVariance };
}

function added(lists: readonly number[][]): number[] {
  const sum: number[] = [];
  for (const rates of lists) {
    for (const [size, rate] of rates.entries()) if (rate) sum[size] = (sum[size] ?? 0) + rate;
  }
  return sum;
}

/** Probabilities of 0, 1, 2, … units for one sector of a relative variance v; v = 0 is compound Poisson. */
function recursion(rates: readonly number[], v: number): Float64Array {
  const sizes: number[] = [], q: number[] = [];
  for (const [size, rate] of rates.entries()) {
    if (rate > 0) {
      sizes.push(size);
      q.push(rate);
    }
  }
  const all = q.reduce((sum, rate) => sum + rate, 0), c = 1 + v * all;
  const mean = q.reduce((sum, rate, k) => sum + rate * sizes[k], 0);
  // log of the probability of no loss; the recursion runs on g ÷ g(0) and is scaled back when it grows.
  let scale = v > 0 ? -log(c) / v : -all;
  const values: number[] = [1];
  let sum = 1, latest = 1;
  for (let n = 1; n < mostSteps; n++) {
    let term = 0;
    for (let k = 0; k < sizes.length && sizes[k] <= n; k++) {
      const j = sizes[k];
      term += q[k] * (v * (n - j) + j) * values[n - j];
    }
    const value = term / (n * c);
    values.push(value);
    sum += value;
    // A coarse pool leaves gaps on the grid: what counts is the latest loss that can be.
    if (value > 0) latest = value;
    if (sum > 1e200) {
      for (let k = 0; k <= n; k++) values[k] *= 1e-200;
      sum *= 1e-200;
      latest *= 1e-200;
      scale += log(1e200);
    }
    // Past the mean, stop when what is still to come cannot matter, or is below what rounding leaves of the sum.
    if (n % 64 === 0 && n > mean && (1 - sum * exp(scale) < left || latest * n < sum * 1e-14)) break;
  }
  const factor = exp(scale);
  return Float64Array.from(values, (value) => value * factor);
}

function convolved(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length - 1);
  for (let i = 0; i < a.length; i++) {
    if (a[i] === 0) continue;
    for (let j = 0; j < b.length; j++) out[i + j] += a[i] * b[j];
  }
  return out;
}

/**
 * The smallest loss on the grid that is not exceeded with a probability.
 *
 * Errors: `RangeError` for a probability outside 0 to below 1, or one beyond the distribution's far end.
 */
export function distributionQuantile({ probabilities, unit }: LossDistribution, probability: number): number {
  if (!(probability >= 0 && probability < 1)) {
    throw new RangeError(`Cannot find the loss not exceeded with ${probability}; allowed is 0 to below 1`);
  }
  let sum = 0;
  for (let n = 0; n < probabilities.length; n++) {
    sum += probabilities[n];
    if (sum >= probability) return n * unit;
  }
  throw new RangeError(
    `Cannot find the loss not exceeded with ${probability}: the distribution reaches ${sum}`,
  );
}
