// Cosines and sines of whole parts of a circle, from + − × ÷ alone, and the power of a series at a frequency.

/**
 * The point at part k of n on the unit circle.
 *
 * Shapes: whole numbers, `n` at least 1; writes cosine and sine to `into`. The angle is brought into the first eighth by whole
 * numbers, so that no rounding comes from the reduction. Errors: none.
 *
 * @example
 * ```ts
 * import { onCircle } from "#/model/statistics/sensitivity/circle.ts";
 * import assert from "node:assert/strict";
 * const into = new Float64Array(2);
 * onCircle(1, 4, into);
 * assert.deepEqual([...into], [0, 1]);
 * onCircle(1, 6, into);
 * assert.ok(Math.abs(into[0] - 0.5) < 1e-15);
 * ```
 */
export function onCircle(k: number, n: number, into: Float64Array): void {
  // Eighths of n, so that all comparisons are of whole numbers: the circle has 8 n of them.
  let part = (k % n + n) % n * 8;
  let isBelow = false, isLeft = false, isSwapped = false;
  if (part > 4 * n) [part, isBelow] = [8 * n - part, true];
  if (part > 2 * n) [part, isLeft] = [4 * n - part, true];
  if (part > n) [part, isSwapped] = [2 * n - part, true];
  const x = 2 * 3.141592653589793 * (part / (8 * n)), square = x * x;
  let cosine = 1, sine = x, term = 1, other = x;
  for (let i = 2; i <= 20; i += 2) {
    term *= -square / (i * (i - 1));
    cosine += term;
    other *= -square / (i * (i + 1));
    sine += other;
  }
  into[0] = isSwapped ? sine : cosine;
  into[1] = isSwapped ? cosine : sine;
  if (isLeft) into[0] = -into[0];
  if (isBelow) into[1] = -into[1];
}

/** The cosines and sines of all parts of a circle of n. */
export function circle(n: number): { cosines: Float64Array; sines: Float64Array } {
  const cosines = new Float64Array(n), sines = new Float64Array(n), point = new Float64Array(2);
  for (let k = 0; k < n; k++) {
    onCircle(k, n, point);
    cosines[k] = point[0];
    sines[k] = point[1];
  }
  return { cosines, sines };
}

/**
 * The power of a series at a whole frequency: the squared size of its Fourier coefficient, summed and not averaged.
 *
 * Shapes: n values, the circle of n parts, a whole frequency. Errors: none.
 */
export function powerAt(
  values: ArrayLike<number>,
  frequency: number,
  { cosines, sines }: { cosines: Float64Array; sines: Float64Array },
): number {
  const n = values.length;
  let real = 0, imaginary = 0;
  for (let t = 0, at = 0; t < n; t++, at = (at + frequency) % n) {
    real += values[t] * cosines[at];
    imaginary += values[t] * sines[at];
  }
  return real * real + imaginary * imaginary;
}
