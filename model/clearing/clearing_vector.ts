// The greatest clearing vector: what everybody can pay when some cannot pay in full, in exact arithmetic.

/** What one debtor owes to creditors of equal rank. */
export interface DebtClass {
  /** The sum owed. */
  total: bigint;
  /** To whom, and how much. */
  claims: { creditor: number; amount: bigint }[];
}

/** A debt network by number, amounts in {@link unit}s of a fen. */
export interface VectorProblem {
  /** What each participant has besides its claims. */
  assets: bigint[];
  /** What each owes, the most senior class first. */
  classes: DebtClass[][];
  /** What of its assets a defaulted participant keeps after the cost of bankruptcy, in ppm. */
  assetRecoveryPpm: number;
  /** The same of its claims. */
  claimRecoveryPpm: number;
  /** The share of every shortfall that a guarantee fund pays to the creditors; {@link unit} for all of it. */
  cover: bigint;
}

/** What a network comes to. */
export interface ClearingVector {
  /** What each participant pays of its own, at most what it owes. */
  paid: bigint[];
  /** For each participant the wave in which it defaulted, counted from 1; 0 where it pays in full. */
  wave: number[];
}

/** A fen in the fixed-point arithmetic of this chapter: 2^80. */
export const unit = 1n << 80n;

/** Below this two amounts are the same, in favour of the debtor: 2^-40 fen. */
export const tolerance = 1n << 40n;

const million = 1_000_000n;

/**
 * The greatest clearing vector by the fictitious default algorithm: nobody defaults at first; whoever then cannot pay in
 * full defaults and pays what is left of its assets and claims, class by class and pro rata within a class; what that
 * takes from its creditors makes the next wave.
 *
 * Within a wave the payments are the greatest fixed point, found by Newton's steps from above that stop where a payment
 * leaves its class; the steps never pass below the solution, rings without any assets included. Error: about 2^-40 fen.
 * Source: Eisenberg and Noe, "Systemic risk in financial systems", 2001; Rogers and Veraart, "Failure and rescue in an
 * interbank network", 2013; classes as in Elsinger, "Financial networks, cross holdings, and limited liability", 2009.
 */
export function greatestClearingVector(problem: VectorProblem): ClearingVector {
  const { assets, classes } = problem;
  const owed = classes.map((all) => all.reduce((sum, { total }) => sum + total, 0n));
  const paid = owed.slice(), wave = owed.map(() => 0);
  for (let round = 1;; round++) {
    const received = receivedOf(problem, paid);
    const failing = owed.flatMap((debt, i) =>
      wave[i] === 0 && assets[i] + received[i] < debt - tolerance ? [i] : []
    );
    if (failing.length === 0) return { paid, wave };
    for (const i of failing) wave[i] = round;
    settleWave(problem, paid, wave);
  }
}

/** What each participant receives of its debtors and of the fund. */
export function receivedOf({ assets, classes, cover }: VectorProblem, paid: readonly bigint[]): bigint[] {
  const received = assets.map(() => 0n);
  for (const [j, all] of classes.entries()) {
    let left = paid[j];
    for (const { total, claims } of all) {
      const part = left < total ? left : total;
      left -= part;
      const arrives = part + (total - part) * cover / unit;
      for (const { creditor, amount } of claims) received[creditor] += arrives * amount / total;
    }
  }
  return received;
}

/** Lowers the payments of all that have defaulted to their greatest fixed point. */
function settleWave(problem: VectorProblem, paid: bigint[], wave: readonly number[]): void {
  const { assets, classes, assetRecoveryPpm, claimRecoveryPpm, cover } = problem;
  const defaulted = wave.flatMap((it, i) => it > 0 ? [i] : []);
  const claimShare = BigInt(claimRecoveryPpm) * (unit - cover) / million;
  for (let steps = 0;; steps++) {
    if (steps > 10_000) {
      throw new Error(`A clearing vector of ${assets.length} participants did not converge`);
    }
    const received = receivedOf(problem, paid);
    const excess = defaulted.map((i) => {
      const has = (assets[i] * BigInt(assetRecoveryPpm) + received[i] * BigInt(claimRecoveryPpm)) / million;
      return paid[i] > has ? paid[i] - has : 0n;
    });
    if (excess.every((it) => it < tolerance)) return;
    const marginal = defaulted.map((i) => marginalClass(classes[i], paid[i]));
    const down = solve(defaulted, { marginal, claimShare, excess });
    // The whole step, or as far as the first payment that would leave its class: a fraction of two amounts.
    let part = 1n, whole = 1n;
    for (const [k, i] of defaulted.entries()) {
      const room = paid[i] - marginal[k].floor;
      if (room * whole < part * down[k]) [part, whole] = [room, down[k]];
    }
    for (const [k, i] of defaulted.entries()) paid[i] -= down[k] * part / whole;
  }
}

/** The class that the last fen of a payment goes to, and what classes above it take. */
function marginalClass(classes: readonly DebtClass[], paid: bigint): { floor: bigint; of: DebtClass | null } {
  let floor = 0n;
  for (const of of classes) {
    if (paid <= floor + of.total) return { floor, of: paid === 0n ? null : of };
    floor += of.total;
  }
  return { floor, of: null };
}

/** Solves (1 - M) x = excess, M being what of one payment less is missing in the others; no pivoting: M's columns sum to less than 1. */
function solve(
  defaulted: readonly number[],
  { marginal, claimShare, excess }: {
    marginal: readonly { of: DebtClass | null }[];
    claimShare: bigint;
    excess: readonly bigint[];
  },
): bigint[] {
  const size = defaulted.length, places = new Map(defaulted.map((i, k) => [i, k]));
  const rows = defaulted.map((_, k) => {
    const row = new Array<bigint>(size + 1).fill(0n);
    row[k] = unit;
    row[size] = excess[k];
    return row;
  });
  for (const [k, { of }] of marginal.entries()) {
    for (const { creditor, amount } of of?.claims ?? []) {
      const at = places.get(creditor);
      // A little less than all of it, so that a ring which pays nobody outside can be solved as well.
      if (at !== undefined) rows[at][k] -= claimShare * amount / of!.total * (tolerance - 1n) / tolerance;
    }
  }
  for (let k = 0; k < size; k++) {
    for (let below = k + 1; below < size; below++) {
      if (rows[below][k] === 0n) continue;
      const factor = rows[below][k] * unit / rows[k][k];
      for (let at = k; at <= size; at++) {
        if (rows[k][at] !== 0n) rows[below][at] -= factor * rows[k][at] / unit;
      }
    }
  }
  const x = new Array<bigint>(size).fill(0n);
  for (let k = size - 1; k >= 0; k--) {
    let right = rows[k][size];
    for (let at = k + 1; at < size; at++) right -= rows[k][at] * x[at] / unit;
    x[k] = right * unit / rows[k][k];
    if (x[k] < 0n) x[k] = 0n;
  }
  return x;
}
