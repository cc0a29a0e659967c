// Fourier amplitude sensitivity: each input swings at a frequency of its own, and the outcome's spectrum tells who moved it.

import { philox } from "#/model/statistics/philox.ts";
import { allFinite, wholeWithin } from "#/model/statistics/designs/refuse.ts";
import { circle, powerAt } from "./circle.ts";

/** Harmonics of a frequency that count as its own. */
const harmonicsOf = 4;

/** The fastest frequency that `rows` rows can carry with its harmonics. */
const highest = (rows: number, harmonics: number) => Math.floor((rows - 1) / (2 * harmonics));

/** The frequencies of the other inputs while one has the highest. */
function others(dims: number, { rows, harmonics }: { rows: number; harmonics: number }): number[] {
  const top = Math.floor(highest(rows, harmonics) / (2 * harmonics)), count = dims - 1;
  return Array.from(
    { length: count },
    (_, i) => top >= count ? Math.floor(count === 1 ? 1 : 1 + (top - 1) * i / (count - 1)) : i % top + 1,
  );
}

function checked({ rows, dims, harmonics }: { rows: number; dims: number; harmonics: number }) {
  wholeWithin(dims, [1, 1_000], "dimensions of a FAST design");
  wholeWithin(harmonics, [1, 20], "harmonics of a FAST design");
  // The lowest frequency of the others must be at least 1.
  wholeWithin(rows, [4 * harmonics * harmonics + 1, 16_777_216], "rows of a FAST design for each input");
}

/**
 * The extended FAST design over the unit cube.
 *
 * Shapes: `dims` blocks of `rows` points each, `dims` numbers in [0, 1] a point; in block i input i swings at the highest
 * frequency and the others at low ones, each block from a random phase.
 * Errors: `RangeError` for fewer than 4 M² + 1 rows, M the harmonics.
 * Source: A. Saltelli, S. Tarantola, K. P.-S. Chan, Technometrics 41 (1999).
 *
 * @example
 * ```ts
 * import { fastDesign } from "#/model/statistics/sensitivity/fast.ts";
 * import assert from "node:assert/strict";
 * const points = fastDesign({ rows: 65, dims: 2, seed: [1, 2] });
 * assert.equal(points.length, 2 * 65 * 2);
 * ```
 */
export function fastDesign(
  { rows, dims, harmonics = harmonicsOf, seed }: {
    rows: number;
    dims: number;
    harmonics?: number;
    seed: readonly [number, number];
  },
): Float64Array {
  checked({ rows, dims, harmonics });
  const points = new Float64Array(rows * dims * dims), words = new Uint32Array(4);
  const fast = highest(rows, harmonics), slow = others(dims, { rows, harmonics });
  for (let block = 0; block < dims; block++) {
    philox(block, 0, 0, 0xfa57, seed[0], seed[1], words);
    const phase = words[0] / 4_294_967_296;
    for (let row = 0; row < rows; row++) {
      for (let d = 0; d < dims; d++) {
        const frequency = d === block ? fast : slow[d < block ? d : d - 1];
        const turns = frequency * row % rows / rows + phase, part = turns - Math.floor(turns);
        // 1/2 + asin(sin(angle)) / π: up, down, up again.
        points[(block * rows + row) * dims + d] = part < 0.25
          ? 0.5 + 2 * part
          : part < 0.75
          ? 1.5 - 2 * part
          : 2 * part - 1.5;
      }
    }
  }
  return points;
}

/**
 * First-order and total indices from the outcomes of an extended FAST design.
 *
 * Shapes: `dims` · `rows` outcomes in the design's order. Errors: `RangeError` when they do not fit or one is not finite (a
 * spectrum needs every row), or when the outcome never changes.
 *
 * @example
 * ```ts
 * import { fastDesign, fastIndices } from "#/model/statistics/sensitivity/fast.ts";
 * import assert from "node:assert/strict";
 * const dims = 2, rows = 257, x = fastDesign({ rows, dims, seed: [1, 2] });
 * const y = Float64Array.from({ length: rows * dims }, (_, row) => x[2 * row] + 2 * x[2 * row + 1]);
 * const { first } = fastIndices(y, { rows, dims });
 * assert.ok(Math.abs(first[0] - 0.2) < 0.02 && Math.abs(first[1] - 0.8) < 0.02);
 * ```
 */
export function fastIndices(
  outcomes: ArrayLike<number>,
  { rows, dims, harmonics = harmonicsOf }: { rows: number; dims: number; harmonics?: number },
): { first: Float64Array; total: Float64Array } {
  checked({ rows, dims, harmonics });
  if (outcomes.length !== rows * dims) {
    throw new RangeError(
      `A FAST design of ${dims} blocks of ${rows} rows has ${rows * dims} outcomes, not ${outcomes.length}`,
    );
  }
  allFinite(outcomes, "Outcomes of a FAST design");
  const turns = circle(rows), fast = highest(rows, harmonics);
  const first = new Float64Array(dims), total = new Float64Array(dims);
  for (let block = 0; block < dims; block++) {
    const y = Float64Array.from({ length: rows }, (_, row) => outcomes[block * rows + row]);
    const whole = halfPower(y, turns);
    let own = 0, low = 0;
    for (let harmonic = 1; harmonic <= harmonics; harmonic++) own += powerAt(y, harmonic * fast, turns);
    for (let frequency = 1; frequency <= Math.floor(fast / 2); frequency++) {
      low += powerAt(y, frequency, turns);
    }
    first[block] = own / whole;
    total[block] = 1 - low / whole;
  }
  return { first, total };
}

/** The power of all frequencies from 1 to the one below half the rows, by Parseval. Takes the mean off the values. */
function halfPower(y: Float64Array, turns: ReturnType<typeof circle>, { withNyquist = false } = {}): number {
  const n = y.length;
  let sum = 0, squares = 0;
  for (const value of y) sum += value;
  for (let t = 0; t < n; t++) {
    y[t] -= sum / n;
    squares += y[t] * y[t];
  }
  if (!(squares > 0)) throw new RangeError("Cannot tell what moves an outcome that is the same in every row");
  const middle = n % 2 === 0 ? powerAt(y, n / 2, turns) : 0;
  return (n * squares - middle) / 2 + (withNyquist ? middle / 2 : 0);
}

/**
 * First-order indices from any random sample (RBD-FAST): the outcomes are put in the order in which an input swings once.
 *
 * Shapes: `rows` · `dims` inputs, row by row; `rows` outcomes, NaN where a row failed (it is left out). `harmonics` 10 unless
 * said. The bias that chance harmonics bring is taken off.
 * Errors: `RangeError` when numbers do not fit, or fewer than 4 · harmonics rows are left.
 * Source: S. Tarantola, D. Gatelli, T. Mara (2006); bias by Tissot and Prieur (2012); order by Plischke (2010).
 *
 * @example
 * ```ts
 * import { latinHypercube } from "#/model/statistics/designs/latin_hypercube.ts";
 * import { rbdFast } from "#/model/statistics/sensitivity/fast.ts";
 * import assert from "node:assert/strict";
 * const x = latinHypercube({ rows: 512, dims: 2, seed: [1, 2] });
 * const y = Float64Array.from({ length: 512 }, (_, row) => x[2 * row] + 2 * x[2 * row + 1]);
 * const { first } = rbdFast(x, y, { dims: 2 });
 * assert.ok(Math.abs(first[1] - 0.8) < 0.05);
 * ```
 */
export function rbdFast(
  inputs: ArrayLike<number>,
  outcomes: ArrayLike<number>,
  { dims, harmonics = 10 }: { dims: number; harmonics?: number },
): { first: Float64Array; rows: number; dropped: number } {
  wholeWithin(dims, [1, 1_000], "dimensions of RBD-FAST");
  if (inputs.length !== outcomes.length * dims) {
    throw new RangeError(
      `${outcomes.length} outcomes need ${outcomes.length * dims} inputs, not ${inputs.length}`,
    );
  }
  const kept: number[] = [];
  for (let row = 0; row < outcomes.length; row++) if (Number.isFinite(outcomes[row])) kept.push(row);
  const n = kept.length;
  if (n < 4 * harmonics) {
    throw new RangeError(`Too few rows for RBD-FAST: ${n} are left, at least ${4 * harmonics} are needed`);
  }
  const turns = circle(n), first = new Float64Array(dims), share = 2 * harmonics / n;
  for (let d = 0; d < dims; d++) {
    const order = kept.toSorted((a, b) => inputs[a * dims + d] - inputs[b * dims + d] || a - b);
    const y = new Float64Array(n);
    let at = 0;
    for (let i = 0; i < n; i += 2) y[at++] = outcomes[order[i]];
    for (let i = n - 1 - n % 2; i > 0; i -= 2) y[at++] = outcomes[order[i]];
    const whole = halfPower(y, turns, { withNyquist: true });
    let own = 0;
    for (let harmonic = 1; harmonic <= harmonics; harmonic++) own += powerAt(y, harmonic, turns);
    const raw = own / whole;
    first[d] = raw - share / (1 - share) * (1 - raw);
  }
  return { first, rows: n, dropped: outcomes.length - n };
}
