// Leverage: how much may be owed on own money, what room is left for one more draw, and how far past the bound one stands.

import { type Bps, type Fen, mulDiv } from "#/model/units/units.ts";

/** What is held against a bound: a sum, the base that it is measured by, and the most in bps of the base. */
export interface Measured {
  owedFen: Fen;
  baseFen: Fen;
  mostBps: Bps;
}

/**
 * What may still be drawn: never below zero, nothing on a base of nothing or less.
 *
 * @example
 * ```ts
 * import { roomFen } from "#/model/rulebook/leverage.ts";
 * import assert from "node:assert/strict";
 * assert.equal(roomFen({ owedFen: 60, baseFen: 100, mostBps: 10_000 }), 40);
 * assert.equal(roomFen({ owedFen: 160, baseFen: 100, mostBps: 10_000 }), 0);
 * assert.equal(roomFen({ owedFen: 0, baseFen: -5, mostBps: 40_000 }), 0);
 * ```
 */
export function roomFen({ owedFen, baseFen, mostBps }: Measured): Fen {
  return baseFen <= 0 ? 0 : Math.max(0, mulDiv(baseFen, mostBps, 10_000) - owedFen);
}

/** Whether what is owed is past the bound; who owes nothing never is. */
export const isPast = (it: Measured): boolean =>
  it.owedFen > 0 && (it.baseFen <= 0 || it.owedFen > mulDiv(it.baseFen, it.mostBps, 10_000));

/** What is owed in parts of the base, 1 is once; at most `top`, which also stands for a base of nothing or less. */
export const ratioOf = ({ owedFen, baseFen }: Pick<Measured, "owedFen" | "baseFen">, top = 99): number =>
  owedFen <= 0 ? 0 : baseFen <= 0 ? top : Math.min(top, owedFen / baseFen);
