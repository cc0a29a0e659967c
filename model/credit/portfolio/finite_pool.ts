// Loss of a finite pool by simulation: one systematic factor, loans of their own size, and luck from counter-based streams.

import { philox, unit } from "#/model/statistics/philox.ts";
import { preciseNormalQuantile } from "#/model/statistics/distributions.ts";
import { sorted } from "#/model/statistics/quantile.ts";
import { conditionalDefaultRate } from "./asrf.ts";

/** A loan of a finite pool: exposure at default in any unit, pd of a year, lgd as a share. */
export interface PoolLoan {
  exposure: number;
  pd: number;
  lgd: number;
}

/** A number between 0 and 1, both excluded, for a run and a place in it; place 0 is the factor, 1 on are the loans. */
export type PoolDraw = (run: number, place: number) => number;

/** The draws of a key: the block of counter (run, place ÷ 4), its four lanes for four places. */
export function poolDraws(key0: number, key1: number): PoolDraw {
  const block = new Uint32Array(4);
  let atRun = -1, atBlock = -1;
  return (run, place) => {
    const index = place >>> 2;
    if (run !== atRun || index !== atBlock) {
      philox(index, run, 0, 0, key0, key1, block);
      [atRun, atBlock] = [run, index];
    }
    return unit(block[place & 3]);
  };
}

/**
 * Losses of a pool in so many simulated years, ascending.
 *
 * In each year the factor is drawn, then each loan defaults with its rate given the factor; loans that are equal in pd share
 * the rate. The same draws give the same losses, and a loan added at the end moves no other loan's luck.
 *
 * Shapes and units: losses in the unit of the exposures. Errors: `RangeError` for a number of runs that is not whole and
 * positive, an exposure below 0, or a pd, an lgd or a correlation out of range.
 * Source: the one-factor Gaussian model of Vasicek (1987), finite.
 *
 * @example
 * ```ts
 * import { poolDraws, simulatedLosses, tailOf } from "#/model/credit/portfolio/finite_pool.ts";
 * import assert from "node:assert/strict";
 * const loans = Array.from({ length: 50 }, () => ({ exposure: 1, pd: 0.05, lgd: 0.4 }));
 * const losses = simulatedLosses(loans, { correlation: 0.1, runs: 2000, draw: poolDraws(1, 2) });
 * const { expectedLoss, valueAtRisk, expectedShortfall } = tailOf(losses, 0.99);
 * assert.ok(Math.abs(expectedLoss - 1) < 0.1);
 * assert.ok(expectedLoss < valueAtRisk && valueAtRisk <= expectedShortfall);
 * ```
 */
export function simulatedLosses(
  loans: readonly PoolLoan[],
  { correlation, runs, draw }: { correlation: number; runs: number; draw: PoolDraw },
): Float64Array {
  if (!Number.isSafeInteger(runs) || runs < 1) {
    throw new RangeError(`Cannot simulate ${runs} years: a whole number from 1 on is needed`);
  }
  const pds = [...new Set(loans.map(({ pd }) => pd))];
  const kindOf = Uint32Array.from(loans, ({ pd }) => pds.indexOf(pd));
  const loss = Float64Array.from(loans, ({ exposure, lgd }) => {
    if (!(exposure >= 0 && exposure < Infinity)) {
      throw new RangeError(`Cannot simulate an exposure of ${exposure}: 0 or more is needed`);
    }
    if (!(lgd >= 0 && lgd <= 1)) throw new RangeError(`Cannot simulate an lgd of ${lgd}; allowed is 0 to 1`);
    return exposure * lgd;
  });
  const rates = new Float64Array(pds.length), losses = new Float64Array(runs);
  for (let run = 0; run < runs; run++) {
    const factor = preciseNormalQuantile(draw(run, 0));
    for (let k = 0; k < pds.length; k++) {
      rates[k] = conditionalDefaultRate({ pd: pds[k], correlation }, factor);
    }
    let lost = 0;
    for (let i = 0; i < loss.length; i++) if (draw(run, i + 1) < rates[kindOf[i]]) lost += loss[i];
    losses[run] = lost;
  }
  return sorted(losses);
}

/**
 * Mean and tail of losses that ascend.
 *
 * The value at risk is the smallest loss that at least the share `probability` of runs does not exceed; the shortfall is the
 * mean of the worst 1 − probability, with the fitting part of the loss at the border.
 * Errors: `RangeError` for no losses or a probability outside 0 to below 1.
 * Source: Acerbi, Tasche, "On the coherence of expected shortfall" (2002).
 */
export function tailOf(
  losses: ArrayLike<number>,
  probability: number,
): { expectedLoss: number; valueAtRisk: number; expectedShortfall: number } {
  const n = losses.length;
  if (n === 0 || !(probability >= 0 && probability < 1)) {
    throw new RangeError(
      `Cannot read the tail of ${n} losses at ${probability}; allowed is 0 to below 1, of one loss or more`,
    );
  }
  const at = Math.max(0, Math.ceil(n * probability - 1e-9) - 1), valueAtRisk = losses[at];
  let sum = 0, beyond = 0;
  for (let i = 0; i < n; i++) {
    sum += losses[i];
    if (i > at) beyond += losses[i];
  }
  const tail = n * (1 - probability);
  return {
    expectedLoss: sum / n,
    valueAtRisk,
    expectedShortfall: (beyond + (tail - (n - 1 - at)) * valueAtRisk) / tail,
  };
}
