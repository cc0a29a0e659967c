// Gross settlement: one payment at a time, as far as its payer's money and credit go.

import type { ClearingDesk } from "../work.ts";

/**
 * First in, first out for each payer: a payment enters, settles if its payer's earlier ones have settled and the money
 * is there, and what it pays releases those that wait for it. Which payments settle depends on each payer's own order
 * alone, so the result is the most that gross settlement in order can reach.
 *
 * Shapes: a desk on which a queue lies. Errors: none.
 * Source: Leinonen and Soramäki, "Simulating interbank payment and securities settlement mechanisms", 2003.
 */
export function settleInOrder(desk: ClearingDesk): void {
  const { ranked, batchOf, last: tail, start: head, previous: next, stack, isStacked } = desk;
  const { count, participants, payer, payee } = desk.queue;
  // Each payer's queue as a chain of rows: `head` waits first, `tail` came last.
  head.fill(-1, 0, participants);
  tail.fill(-1, 0, participants);
  isStacked.fill(0, 0, participants);
  for (let k = 0; k < count; k++) {
    const entered = ranked[k];
    if (batchOf[entered] >= 0) continue;
    const from = payer[entered];
    next[entered] = -1;
    if (head[from] >= 0) {
      next[tail[from]] = entered;
      tail[from] = entered;
      continue;
    }
    head[from] = tail[from] = entered;
    let top = 0;
    stack[top++] = from;
    isStacked[from] = 1;
    while (top > 0) {
      const i = stack[--top];
      isStacked[i] = 0;
      for (let p = head[i]; p >= 0 && desk.canSettle(p); p = head[i]) {
        head[i] = next[p];
        desk.settleOne(p);
        const j = payee[p];
        if (head[j] >= 0 && !isStacked[j]) {
          stack[top++] = j;
          isStacked[j] = 1;
        }
      }
    }
  }
}

/** First in, first out, alone; see {@link settleInOrder}. */
export function fifo(desk: ClearingDesk): void {
  settleInOrder(desk);
  desk.isProvenBest = true;
}

/**
 * Gross settlement with bypass: the queue is gone through from its head, again and again, and whatever its payer can pay
 * settles; a small payment may pass a large one. What settles depends on the order of the whole queue.
 */
export function bypass(desk: ClearingDesk): void {
  const { list } = desk;
  let waiting = desk.waiting(list), before: number;
  do {
    before = waiting;
    waiting = 0;
    for (let k = 0; k < before; k++) {
      const p = list[k];
      if (desk.canSettle(p)) desk.settleOne(p);
      else list[waiting++] = p;
    }
  } while (waiting < before);
}
