// The distributions behind intervals: normal, beta and Student's t, made of our own exp and log so that a page shows
// the same digits everywhere.

import { exp, log } from "#/model/units/elementary.ts";

const rootTwoPi = 2.5066282746310002;

/**
 * The probability that a standard normal variable lies above z, with full relative accuracy also far out.
 *
 * Source: the series of G. Marsaglia (2004) near the middle, Laplace's continued fraction in the tail.
 *
 * @example
 * ```ts
 * import { normalTail } from "#/model/statistics/distributions.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(normalTail(1.959963984540054) - 0.025) < 1e-15);
 * ```
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = normalDensity(z);
  if (z < 1.5) {
    let term = z, sum = z;
    for (let k = 3; term > sum * 1e-17; k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return 0.5 - density * sum;
  }
  // A fixed depth, enough for 16 digits from z = 1.5 on.
  let fraction = z;
  for (let k = 150; k > 0; k--) fraction = z + k / fraction;
  return density / fraction;
}

/**
 * The z below which a standard normal variable lies with the given probability, to the last places; for draws in bulk
 * the approximation in normal.ts is faster and good to nine digits.
 *
 * Errors: `RangeError` unless the probability lies from 0 to 1; 0 and 1 give the infinities.
 */
export function preciseNormalQuantile(probability: number): number {
  return symmetricQuantile(probability, normalTail, normalDensity);
}

/**
 * The t below which a variable with Student's distribution lies with the given probability.
 *
 * Shapes: `degreesOfFreedom` above zero, not necessarily whole; Infinity gives the normal distribution.
 * Errors: `RangeError` for a probability outside 0 to 1 or degrees of freedom that are not positive.
 * Source: the incomplete beta function, solved by Newton's steps; beyond a million degrees the expansion about the
 * normal quantile (Fisher 1925), whose next term is below 1e-15 there.
 *
 * @example
 * ```ts
 * import { studentQuantile } from "#/model/statistics/distributions.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(studentQuantile(0.975, 4) - 2.7764451051977987) < 1e-12);
 * ```
 */
export function studentQuantile(probability: number, degreesOfFreedom: number): number {
  const v = degreesOfFreedom;
  if (!(v > 0)) {
    throw new RangeError(`Cannot take Student's t with ${v} degrees of freedom: more than 0 are needed`);
  }
  if (v > 1e6) {
    const z = preciseNormalQuantile(probability), square = z * z;
    if (v === Infinity || square === Infinity) return z;
    return z + z * (square + 1) / (4 * v) + z * ((5 * square + 16) * square + 3) / (96 * v * v);
  }
  // P(T > t) = I_x(v/2, 1/2) / 2 with x = v / (v + t^2); 1 - x is passed on as well, or it would lose its digits.
  const tail = (t: number) => betaShare(v / 2, 0.5, v / (v + t * t), t * t / (v + t * t)) / 2;
  return symmetricQuantile(probability, tail, (t) => studentDensity(t, v));
}

/**
 * The density of Student's distribution at t.
 *
 * Shapes: `degreesOfFreedom` above zero and finite. Errors: `RangeError` for others.
 *
 * @example
 * ```ts
 * import { studentDensity } from "#/model/statistics/distributions.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(studentDensity(1, 1) - 1 / (2 * Math.PI)) < 1e-15);
 * ```
 */
export function studentDensity(t: number, degreesOfFreedom: number): number {
  const v = degreesOfFreedom;
  if (!(v > 0 && v < Infinity)) {
    throw new RangeError(
      `Cannot take Student's density with ${v} degrees of freedom: more than 0 are needed`,
    );
  }
  const away = Math.abs(t), square = t * t / v;
  if (away < 1e-8) {
    return exp(betaKernelLog(v / 2, 0.5, 0.5, 0.5) + (v / 2 + 0.5) * 0.6931471805599453) / Math.sqrt(v);
  }
  return exp(betaKernelLog(v / 2, 0.5, 1 / (1 + square), square / (1 + square))) / away;
}

/**
 * The share of a beta distribution that lies below x: the regularised incomplete beta function.
 *
 * Shapes: `a` and `b` above zero, `x` from 0 to 1.
 * Errors: `RangeError` for anything else.
 *
 * @example
 * ```ts
 * import { betaCumulative } from "#/model/statistics/distributions.ts";
 * import assert from "node:assert/strict";
 * assert.ok(Math.abs(betaCumulative(0.5, { a: 2, b: 3 }) - 11 / 16) < 1e-15);
 * ```
 */
export function betaCumulative(x: number, { a, b }: { a: number; b: number }): number {
  if (!(a > 0 && b > 0 && x >= 0 && x <= 1)) {
    throw new RangeError(
      `Cannot take the beta distribution (${a}, ${b}) at ${x}: a, b > 0 and 0 <= x <= 1 are needed`,
    );
  }
  return betaShare(a, b, x, 1 - x);
}

/** The x below which a beta variable lies with the given probability. Shapes and errors as {@link betaCumulative}. */
export function betaQuantile(probability: number, { a, b }: { a: number; b: number }): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(
      `Cannot take a beta quantile at ${probability}: a probability from 0 to 1 is needed`,
    );
  }
  if (probability === 0 || probability === 1) return probability;
  let low = 0, high = 1, x = a / (a + b);
  for (let step = 0; step < 2_000 && low < high; step++) {
    const miss = betaCumulative(x, { a, b }) - probability;
    if (miss === 0) return x;
    if (miss < 0) low = x;
    else high = x;
    const slope = exp(betaKernelLog(a, b, x, 1 - x)) / (x * (1 - x));
    const newton = x - miss / slope;
    // Newton's step where it stays inside what is known; else the middle, on the scale of ratios near zero.
    const next = newton > low && newton < high ? newton : low > 0 ? Math.sqrt(low * high) : high / 16;
    if (Math.abs(next - x) <= 4e-16 * x) return next;
    x = next;
    if (x === 0) return 0;
  }
  return x;
}

/** The density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return exp(-z * z / 2) / rootTwoPi;
}

/** The quantile of a distribution that is symmetric about zero, from its upper tail and its density. */
function symmetricQuantile(
  probability: number,
  tail: (x: number) => number,
  density: (x: number) => number,
): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`Cannot take a quantile at ${probability}: a probability from 0 to 1 is needed`);
  }
  if (probability === 0.5) return 0;
  if (probability === 0 || probability === 1) return probability === 0 ? -Infinity : Infinity;
  const sign = probability > 0.5 ? 1 : -1;
  const target = probability > 0.5 ? 1 - probability : probability;
  // Above zero the tail is convex and falls, so that Newton's steps from zero climb to the root without passing it.
  let x = 0;
  for (let step = 0; step < 2_000; step++) {
    const next = x + ((x === 0 ? 0.5 : tail(x)) - target) / density(x);
    if (!(next - x > 4e-16 * x)) return sign * next;
    x = next;
  }
  return sign * x;
}

/** I_x(a, b) with y = 1 - x given, by the continued fraction on the side where it converges fast. */
function betaShare(a: number, b: number, x: number, y: number): number {
  if (x <= 0) return 0;
  if (y <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(b, a, y, x);
  const kernel = exp(betaKernelLog(a, b, x, y));
  return Math.min(1, kernel * betaFraction(a, b, x) / a);
}

/** The continued fraction of I_x(a, b) by Lentz's method. Source: DLMF 8.17.22. */
function betaFraction(a: number, b: number, x: number): number {
  let c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), value = d;
  for (let m = 1; m < 100_000; m++) {
    const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= d * c;
    const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    value *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return value;
}

/** ln of x^a y^b / B(a, b), arranged so that large a and b do not cancel. Source: C. Loader (2000), saddle point. */
function betaKernelLog(a: number, b: number, x: number, y: number): number {
  const sum = a + b;
  return a * log(x * sum / a) + b * log(y * sum / b) + 0.5 * log(a * b / sum) - log(rootTwoPi) +
    stirlingRest(sum) - stirlingRest(a) - stirlingRest(b);
}

/** ln Gamma(z) minus Stirling's formula. */
function stirlingRest(z: number): number {
  let below = 0;
  for (; z < 12; z++) below += (z + 0.5) * log((z + 1) / z) - 1;
  const w = 1 / (z * z);
  return below +
    (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * 691 / 360360))))) / z;
}
