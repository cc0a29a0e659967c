// Which shocks break a condition: the likeliest breach under a normal law, the greatest loss on an ellipsoid, the worst mean
// within a distance in information, and break points of a bank's ratio and of a pool's common factor.

import { exp, log } from "#/model/units/elementary.ts";
import { normalTail, preciseNormalQuantile } from "./distributions.ts";

/** A normal law of several shocks. */
export interface ShockLaw {
  mean: readonly number[];
  /** Symmetric and positive definite, one row a shock. */
  covariance: readonly (readonly number[])[];
}

/**
 * The likeliest point at which `weights · x` reaches a threshold.
 *
 * Shapes: one weight a shock; the distance is that of Mahalanobis, negative where the mean is beyond the threshold already; the
 * probability is that of any point beyond. Errors: `RangeError` for sizes that differ, a covariance that is none, weights
 * that are all zero.
 *
 * @example
 * ```ts
 * import { likeliestBreach } from "#/model/statistics/reverse_stress.ts";
 * import assert from "node:assert/strict";
 * const law = { mean: [0, 0], covariance: [[4, 0], [0, 1]] };
 * assert.deepEqual(likeliestBreach({ law, weights: [1, 0], threshold: 6 }).point, [6, 0]);
 * assert.equal(likeliestBreach({ law, weights: [1, 0], threshold: 6 }).distance, 3);
 * ```
 */
export function likeliestBreach(
  { law, weights, threshold }: { law: ShockLaw; weights: readonly number[]; threshold: number },
): { point: number[]; distance: number; probability: number } {
  const { along, deviation, middle } = direction(law, weights);
  const distance = (threshold - middle) / deviation;
  return {
    point: law.mean.map((mean, i) => mean + along[i] * distance / deviation),
    distance,
    probability: normalTail(distance),
  };
}

/**
 * The greatest `weights · x` within a Mahalanobis distance of the mean, and where it is.
 *
 * Shapes: `radius` from 0. Errors: as {@link likeliestBreach}. Source: Studer's maximum loss; Breuer and Krenn, 1999.
 */
export function maximumLoss(
  { law, weights, radius }: { law: ShockLaw; weights: readonly number[]; radius: number },
): { loss: number; point: number[] } {
  if (!(radius >= 0 && radius < Infinity)) {
    throw new RangeError(`Cannot search within a radius of ${radius}: 0 or more is needed`);
  }
  const { along, deviation, middle } = direction(law, weights);
  return {
    loss: middle + radius * deviation,
    point: law.mean.map((mean, i) => mean + along[i] * radius / deviation),
  };
}

/** Covariance times weights, the deviation of the weighted sum, and its mean. */
function direction(law: ShockLaw, weights: readonly number[]) {
  choleskyOf(law);
  if (weights.length !== law.mean.length) {
    throw new RangeError(`Cannot weigh ${law.mean.length} shocks with ${weights.length} weights`);
  }
  const along = law.covariance.map((row) => dot(row, weights));
  const deviation = Math.sqrt(dot(along, weights));
  if (!(deviation > 0)) throw new RangeError("Cannot search for a breach: the weights are all 0");
  return { along, deviation, middle: dot(law.mean, weights) };
}

/**
 * How far a point is from the mean of a law, in standard deviations that know of correlation.
 *
 * @example
 * ```ts
 * import { mahalanobisDistance } from "#/model/statistics/reverse_stress.ts";
 * import assert from "node:assert/strict";
 * assert.equal(mahalanobisDistance([6, 0], { mean: [0, 0], covariance: [[4, 0], [0, 1]] }), 3);
 * ```
 */
export function mahalanobisDistance(point: readonly number[], law: ShockLaw): number {
  const root = choleskyOf(law), z: number[] = [];
  if (point.length !== law.mean.length) {
    throw new RangeError(
      `Cannot measure a point of ${point.length} shocks under a law of ${law.mean.length}`,
    );
  }
  for (let i = 0; i < point.length; i++) {
    let rest = point[i] - law.mean[i];
    for (let k = 0; k < i; k++) rest -= root[i][k] * z[k];
    z.push(rest / root[i][i]);
  }
  return Math.sqrt(dot(z, z));
}

/** The lower triangle whose product with itself is the covariance. Errors: `RangeError` for a matrix that is no covariance. */
export function choleskyOf({ mean, covariance }: ShockLaw): number[][] {
  const n = mean.length;
  if (n === 0 || covariance.length !== n || covariance.some((row) => row.length !== n)) {
    throw new RangeError(`Cannot use a covariance that has not ${n} rows of ${n} numbers`);
  }
  const root: number[][] = [];
  for (let i = 0; i < n; i++) {
    root.push(new Array(n).fill(0));
    for (let j = 0; j <= i; j++) {
      if (Math.abs(covariance[i][j] - covariance[j][i]) > 1e-12 * Math.abs(covariance[i][j])) {
        throw new RangeError(`Cannot use a covariance whose entries (${i}, ${j}) and (${j}, ${i}) differ`);
      }
      let rest = covariance[i][j];
      for (let k = 0; k < j; k++) rest -= root[i][k] * root[j][k];
      if (i !== j) root[i][j] = rest / root[j][j];
      else if (rest > 0) root[i][i] = Math.sqrt(rest);
      else throw new RangeError(`Cannot use a covariance that is not positive definite (row ${i})`);
    }
  }
  return root;
}

/**
 * The worst mean of a normal loss among all laws whose relative entropy to it is at most `divergence`.
 *
 * Shapes: `sd` above 0, `divergence` in nats from 0. Source: Breuer and Csiszár, "Systematic stress tests with entropic
 * plausibility constraints", 2013.
 *
 * @example
 * ```ts
 * import { worstNormalMean } from "#/model/statistics/reverse_stress.ts";
 * import assert from "node:assert/strict";
 * assert.equal(worstNormalMean({ mean: 0, sd: 1, divergence: 0.5 }), 1);
 * ```
 */
export function worstNormalMean(
  { mean, sd, divergence }: { mean: number; sd: number; divergence: number },
): number {
  refuseDivergence(divergence);
  if (!(sd > 0)) {
    throw new RangeError(`Cannot stress a normal loss with a deviation of ${sd}: more than 0 is needed`);
  }
  return mean + sd * Math.sqrt(2 * divergence);
}

/** The same for an exponential loss: its tilt θ (from 0 to below the rate) and the worst mean, 1 / (rate − θ). */
export function worstExponentialMean(
  { rate = 1, divergence }: { rate?: number; divergence: number },
): { tilt: number; mean: number } {
  refuseDivergence(divergence);
  if (!(rate > 0)) {
    throw new RangeError(`Cannot stress an exponential loss of rate ${rate}: more than 0 is needed`);
  }
  // The entropy of a mean m times as large is m − 1 − ln m; it rises from m = 1 on.
  const multiple = rising((m) => m - 1 - log(m), { target: divergence, from: 1 });
  return { tilt: rate * (1 - 1 / multiple), mean: multiple / rate };
}

/**
 * The same for losses of a sample: the weights that the worst law gives them.
 *
 * Shapes: at least one finite loss. Where so much entropy is allowed that all weight could lie on the greatest loss, it does.
 */
export function worstSampleMean(
  losses: readonly number[],
  divergence: number,
): { tilt: number; mean: number; weights: number[] } {
  refuseDivergence(divergence);
  if (losses.length === 0 || !losses.every(Number.isFinite)) {
    throw new RangeError("Cannot stress losses that are none or not finite");
  }
  const n = losses.length,
    greatest = Math.max(...losses),
    ties = losses.filter((loss) => loss === greatest).length;
  if (divergence >= log(n / ties) * (1 - 1e-12)) {
    return {
      tilt: Infinity,
      mean: greatest,
      weights: losses.map((loss) => loss === greatest ? 1 / ties : 0),
    };
  }
  const spread = greatest - Math.min(...losses);
  const tilted = (tilt: number) => {
    const raw = losses.map((loss) => exp(tilt * (loss - greatest))), sum = raw.reduce((a, b) => a + b, 0);
    return raw.map((x) => x / sum);
  };
  const entropy = (tilt: number) => tilted(tilt).reduce((sum, w) => sum + (w > 0 ? w * log(w * n) : 0), 0);
  const tilt = divergence === 0
    ? 0
    : rising((x) => entropy(x / spread), { target: divergence, from: 0 }) / spread;
  const weights = tilted(tilt);
  return { tilt, mean: dot(weights, losses), weights };
}

/** Where a function that rises from `from` on reaches a target: doubled until passed, then halved. */
function rising(of: (x: number) => number, { target, from }: { target: number; from: number }): number {
  if (target <= of(from)) return from;
  let low = from, high = Math.max(1, 2 * from);
  while (of(high) < target) [low, high] = [high, high * 2];
  for (let step = 0; step < 200; step++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (of(middle) < target) low = middle;
    else high = middle;
  }
  return high;
}

function refuseDivergence(divergence: number): void {
  if (divergence >= 0 && divergence < Infinity) return;
  throw new RangeError(`Cannot stress within a relative entropy of ${divergence}: 0 or more is needed`);
}

/**
 * By how many times non-performing loans must rise, beside those there are, for the capital ratio to fall to `leastRatio`.
 *
 * Shapes: amounts in one unit; `provisionShare` of the new bad loans is written off capital and risk-weighted assets alike.
 * Source: M. Čihák, "Introduction to applied stress testing", IMF WP/07/59.
 *
 * @example
 * ```ts
 * import { badLoanBreakPoint } from "#/model/statistics/reverse_stress.ts";
 * import assert from "node:assert/strict";
 * const bank = { capital: 12, riskWeightedAssets: 100, nonPerforming: 2, provisionShare: 0.5, leastRatio: 0.08 };
 * assert.ok(Math.abs(badLoanBreakPoint(bank) - 4.3478260869565215) < 1e-14);
 * ```
 */
export function badLoanBreakPoint(
  { capital, riskWeightedAssets, nonPerforming, provisionShare, leastRatio }: {
    capital: number;
    riskWeightedAssets: number;
    nonPerforming: number;
    provisionShare: number;
    leastRatio: number;
  },
): number {
  if (!(riskWeightedAssets > 0 && nonPerforming > 0 && provisionShare > 0 && leastRatio < 1)) {
    throw new RangeError(
      "Cannot find the break point: assets, bad loans and provisions above 0 and a ratio below 1 are needed",
    );
  }
  return (capital - leastRatio * riskWeightedAssets) / ((1 - leastRatio) * nonPerforming * provisionShare);
}

/**
 * The level of the common factor at which the loss of a large pool reaches a share, and the probability of one as bad.
 *
 * Shapes: `pd`, `correlation` and `lossShare` strictly between 0 and 1; bad factors are negative. Source: Vasicek, 1987.
 */
export function factorBreakPoint(
  { pd, correlation, lossShare }: { pd: number; correlation: number; lossShare: number },
): { factor: number; probability: number } {
  for (const [name, value] of Object.entries({ pd, correlation, lossShare })) {
    if (!(value > 0 && value < 1)) {
      throw new RangeError(`Cannot find the break point with ${name} ${value}: it lies between 0 and 1`);
    }
  }
  const factor = (preciseNormalQuantile(pd) - Math.sqrt(1 - correlation) * preciseNormalQuantile(lossShare)) /
    Math.sqrt(correlation);
  return { factor, probability: normalTail(-factor) };
}

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i], 0);
