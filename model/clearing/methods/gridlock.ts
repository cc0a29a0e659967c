// Gridlock resolution: the largest set of queued payments that can settle together with every payer's own order kept.

import type { ClearingDesk } from "../work.ts";

/**
 * Bech and Soramäki's resolution: all payments are taken in; while somebody would end below its floor or beyond one of its
 * bilateral limits, its last payment that is still in is put back. The set is the unique largest, by value and by number at
 * once (receipts only ever help, under limits as well), and holds what gross settlement in order would settle; so it settles
 * as one batch and nothing is left to release.
 *
 * Source: Bech and Soramäki, "Gridlock resolution in interbank payment systems", Bank of Finland DP 9/2001.
 */
export function gridlock(desk: ClearingDesk): void {
  const length = largestInOrder(desk, desk.list, desk.waiting(desk.list));
  desk.settleBatch(desk.list, length);
  desk.isProvenBest = true;
}

/**
 * The same for a part of the queue: keeps in the list, in its order, what can settle together, and says how many.
 * Nothing settles. Time grows with the list alone: each payment is put back at most once.
 *
 * Shapes: `rows` waiting payments, each once, each payer's own in the order in which they must leave.
 */
export function largestInOrder(desk: ClearingDesk, rows: Int32Array, length: number): number {
  const { balanceFen, floorFen, tentativeFen, last, previous, kept, stack, isStacked, limits, exceeded } =
    desk;
  const { payer, payee, amountFen } = desk.queue;
  for (let k = 0; k < length; k++) {
    const i = payer[rows[k]], j = payee[rows[k]];
    tentativeFen[i] = balanceFen[i];
    tentativeFen[j] = balanceFen[j];
    last[i] = last[j] = -1;
    isStacked[i] = isStacked[j] = 0;
    exceeded[i] = exceeded[j] = 0;
  }
  limits?.beginTentative();
  for (let k = 0; k < length; k++) {
    const p = rows[k], i = payer[p];
    tentativeFen[i] -= amountFen[p];
    tentativeFen[payee[p]] += amountFen[p];
    limits?.shift(p, amountFen[p], { exceeded, payer: i, payee: payee[p] });
    previous[p] = last[i];
    last[i] = p;
    kept[p] = 1;
  }
  let top = 0;
  for (let k = 0; k < length; k++) {
    const i = payer[rows[k]];
    if ((tentativeFen[i] < floorFen[i] || exceeded[i] > 0) && !isStacked[i]) {
      stack[top++] = i;
      isStacked[i] = 1;
    }
  }
  while (top > 0) {
    const i = stack[--top];
    isStacked[i] = 0;
    // Who began below its floor stays there once none of its own payments is left.
    while ((tentativeFen[i] < floorFen[i] || exceeded[i] > 0) && last[i] >= 0) {
      const p = last[i], j = payee[p];
      last[i] = previous[p];
      kept[p] = 0;
      tentativeFen[i] += amountFen[p];
      tentativeFen[j] -= amountFen[p];
      limits?.shift(p, -amountFen[p], { exceeded, payer: i, payee: j });
      if ((tentativeFen[j] < floorFen[j] || exceeded[j] > 0) && !isStacked[j]) {
        stack[top++] = j;
        isStacked[j] = 1;
      }
    }
  }
  let left = 0;
  for (let k = 0; k < length; k++) if (kept[rows[k]]) rows[left++] = rows[k];
  return left;
}
