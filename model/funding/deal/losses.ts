// A loss laid on tranches from the bottom up.

/**
 * Lays a loss on tranches, the most junior first; each bears at most its size.
 *
 * Shapes and units: fen; `sizesFen` from the most junior to the most senior. `beyondFen` is what no tranche can bear.
 * Errors: `RangeError` for a loss or a size below zero.
 * Source: reverse seniority, as every offering circular states it.
 *
 * @example
 * ```ts
 * import { lossesBySeniority } from "#/model/funding/deal/losses.ts";
 * import assert from "node:assert/strict";
 * assert.deepEqual(lossesBySeniority(250, [200, 150]), { tranches: [200, 50], beyondFen: 0 });
 * assert.equal(lossesBySeniority(400, [200, 150]).beyondFen, 50);
 * ```
 */
export function lossesBySeniority(
  lossFen: number,
  sizesFen: readonly number[],
): { tranches: number[]; beyondFen: number } {
  const below = [lossFen, ...sizesFen].find((fen) => !(fen >= 0));
  if (below !== undefined) throw new RangeError(`Cannot lay a loss on tranches: ${below} fen is below 0`);
  let left = lossFen;
  const tranches = sizesFen.map((size) => {
    const borne = Math.min(size, left);
    left -= borne;
    return borne;
  });
  return { tranches, beyondFen: left };
}
