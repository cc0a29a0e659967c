// Where a rising measure reaches zero: a bracket that doubles, then false position that cannot get stuck.

/**
 * The least factor at which a rising function is zero or more, within a relative tolerance of one in a million; nothing where
 * it is below zero even at the end.
 *
 * Shapes: `f` should rise with its argument; where it does not, the answer is one place at which it turns positive.
 * Source: Dowell and Jarratt (1971), the Illinois rule, with a halving where it is slow.
 *
 * @example
 * ```ts
 * import { reachesZero } from "#/model/project/rising.ts";
 * import assert from "node:assert/strict";
 * const found = reachesZero((x) => x * x - 9, { to: 1_000 });
 * assert.ok(found !== null && Math.abs(found - 3) < 1e-5);
 * assert.equal(reachesZero((x) => x - 5_000, { to: 1_000 }), null);
 * ```
 */
export function reachesZero(f: (factor: number) => number, { to }: { to: number }): number | null {
  let low = 0, below = f(0);
  if (below >= 0) return 0;
  let high = 1, above = f(1);
  while (above < 0) {
    if (high >= to) return null;
    low = high;
    below = above;
    high = Math.min(to, high * 4);
    above = f(high);
  }
  let side = 0, isSlow = false;
  for (let k = 0; k < 100 && high - low > 1e-6 * high; k++) {
    const width = high - low;
    const isHalved: boolean = isSlow || !Number.isFinite(below) || !Number.isFinite(above);
    const raw = isHalved ? (low + high) / 2 : (low * above - high * below) / (above - below);
    // A step aside of the guess, so that once it is good the next one closes the bracket.
    const next = Math.min(high - 4e-7 * high, Math.max(low + 4e-7 * high, raw)), value = f(next);
    if (value < 0) {
      low = next;
      below = value;
      if (side === -1) above /= 2;
      side = -1;
    } else {
      high = next;
      above = value;
      if (side === 1) below /= 2;
      side = 1;
    }
    isSlow = !isHalved && high - low > 0.6 * width && k % 2 === 1;
  }
  return high;
}
