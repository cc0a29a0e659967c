// Rings of debt: whether participants owe each other in a circle, so that all of it could settle without any money.

import type { Fen } from "#/model/units/units.ts";

/**
 * Whether some participants owe each other in a ring.
 *
 * Shapes and units: `owedFen` at payer · count + payee, whole fen from 0; `isIn` says by participant who counts (1) and who
 * does not (0). Time: at most count³. Errors: none.
 * Source: Bech and Soramäki, "Gridlock resolution in interbank payment systems", 2001: a gridlock is a ring of which no member
 * can pay first.
 *
 * @example
 * ```ts
 * import { hasRing } from "#/model/clearing/ring.ts";
 * import assert from "node:assert/strict";
 * const ring = Float64Array.of(0, 5, 0, 0, 0, 3, 2, 0, 0);
 * assert.equal(hasRing(ring, Uint8Array.of(1, 1, 1)), true);
 * assert.equal(hasRing(ring, Uint8Array.of(1, 1, 0)), false);
 * ```
 */
export function hasRing(owedFen: ArrayLike<Fen>, isIn: Uint8Array): boolean {
  const count = isIn.length, left = isIn.slice();
  let size = left.reduce((sum, one) => sum + one, 0);
  // Who owes nobody that is left is in no ring; what remains when all such are gone leads round.
  for (let isDone = false; !isDone;) {
    isDone = true;
    for (let payer = 0; payer < count; payer++) {
      if (!left[payer]) continue;
      let owes = false;
      for (let payee = 0; payee < count && !owes; payee++) {
        owes = left[payee] === 1 && payee !== payer && owedFen[payer * count + payee] > 0;
      }
      if (owes) continue;
      left[payer] = 0;
      size--;
      isDone = false;
    }
  }
  return size > 0;
}
