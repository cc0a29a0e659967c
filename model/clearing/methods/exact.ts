// The optimum of a small queue: of all sets of payments that can settle together the best, by branch and bound.

import type { Fen } from "#/model/units/units.ts";
import type { ClearingDesk } from "../work.ts";
import { bestUnion, isBetter, type UnionTerms } from "./unions.ts";

/**
 * The best set of payments that settles as one batch, whatever the order of the queue: unions of cycles included.
 *
 * Meant for up to about 20 payments; longer queues are searched as far as the budget of nodes goes. The search starts
 * from the set of `unions`, so its answer is never below any other method's. When the budget is spent the best set found
 * settles and `isProvenBest` stays false.
 */
export function exact(desk: ClearingDesk, terms: UnionTerms): void {
  const best = bestUnion(desk, terms);
  const search = new Search(desk, terms);
  desk.isProvenBest = search.run(best);
  desk.isBudgetSpent = !desk.isProvenBest;
  desk.settleBatch(best.rows, best.length);
}

/** Depth first over the payments, the largest first (for a count: the smallest): first with the payment, then without. */
class Search {
  readonly #order: Int32Array;
  readonly #tentativeFen: Float64Array;
  /** What each participant would still receive if all undecided payments settled. */
  readonly #openInFen: Float64Array;
  readonly #openOutFen: Float64Array;
  /** By limit, what could still come back under it if all undecided payments settled. */
  readonly #openBackFen: Float64Array;
  readonly #paid: Int32Array;
  readonly #spentFen: Float64Array;
  readonly #isIn: Uint8Array;

  constructor(readonly desk: ClearingDesk, readonly terms: UnionTerms) {
    const { count, participants, payer, payee, amountFen } = desk.queue;
    const sign = terms.objective === "value" ? -1 : 1;
    this.#order = desk.ranked.slice(0, count)
      .sort((a, b) => sign * (amountFen[a] - amountFen[b]) || a - b);
    this.#tentativeFen = desk.balanceFen.slice(0, participants);
    this.#openInFen = new Float64Array(participants);
    this.#openOutFen = new Float64Array(participants);
    this.#paid = new Int32Array(participants);
    this.#spentFen = new Float64Array(participants);
    this.#isIn = new Uint8Array(count);
    this.#openBackFen = new Float64Array(desk.limits?.limitFen.length ?? 0);
    desk.exceeded.fill(0, 0, participants);
    desk.limits?.beginTentative();
    for (let p = 0; p < count; p++) {
      this.#openInFen[payee[p]] += amountFen[p];
      this.#openOutFen[payer[p]] += amountFen[p];
      this.#open(p, amountFen[p]);
    }
  }

  /** Improves a set in place; says whether the whole tree was seen. */
  run(best: { rows: Int32Array; length: number; valueFen: Fen }): boolean {
    const { desk, terms } = this, { count, payer, payee, amountFen } = desk.queue;
    const order = this.#order, isIn = this.#isIn;
    // `tried[depth]`: 0 nothing tried, 1 tried with the payment, 2 tried without.
    const tried = new Uint8Array(count + 1);
    let depth = 0, length = 0, valueFen = 0, openFen = 0;
    const nodesBefore = desk.nodes;
    for (let p = 0; p < count; p++) openFen += amountFen[p];
    while (depth >= 0) {
      if (depth === count) {
        if (isBetter({ length, valueFen }, best, terms.objective)) {
          best.length = 0;
          best.valueFen = valueFen;
          for (let k = 0; k < count; k++) {
            if (isIn[desk.ranked[k]]) best.rows[best.length++] = desk.ranked[k];
          }
        }
        depth -= 1;
        continue;
      }
      const p = order[depth], i = payer[p], j = payee[p], amount = amountFen[p];
      if (tried[depth] === 0) {
        tried[depth] = 1;
        if (++desk.nodes - nodesBefore > terms.nodeBudget) return false;
        openFen -= amount;
        this.#openInFen[j] -= amount;
        this.#openOutFen[i] -= amount;
        this.#open(p, -amount);
        isIn[p] = 1;
        this.#move(p, 1);
        length += 1;
        valueFen += amount;
        const holds = this.#canHold(i) && this.#keepsLimit(desk.limits?.used[p] ?? -1);
        if (holds && this.#canBeat(best, { length, valueFen, open: count - depth - 1, openFen })) {
          depth += 1;
          tried[depth] = 0;
        }
      } else if (tried[depth] === 1) {
        tried[depth] = 2;
        if (++desk.nodes - nodesBefore > terms.nodeBudget) return false;
        isIn[p] = 0;
        this.#move(p, -1);
        length -= 1;
        valueFen -= amount;
        const holds = this.#canHold(j) && this.#keepsLimit(desk.limits?.freed[p] ?? -1);
        if (holds && this.#canBeat(best, { length, valueFen, open: count - depth - 1, openFen })) {
          depth += 1;
          tried[depth] = 0;
        }
      } else {
        openFen += amount;
        this.#openInFen[j] += amount;
        this.#openOutFen[i] += amount;
        this.#open(p, amount);
        depth -= 1;
      }
    }
    return true;
  }

  #move(p: number, sign: number): void {
    const { payer, payee, amountFen } = this.desk.queue;
    this.#tentativeFen[payer[p]] -= sign * amountFen[p];
    this.#tentativeFen[payee[p]] += sign * amountFen[p];
    this.#paid[payer[p]] += sign;
    const { limits, exceeded } = this.desk;
    limits?.shift(p, sign * amountFen[p], { exceeded, payer: payer[p], payee: payee[p] });
  }

  /** A payment becomes undecided (a positive amount) or is decided. */
  #open(p: number, amountFen: Fen): void {
    const limit = this.desk.limits?.freed[p] ?? -1;
    if (limit >= 0) this.#openBackFen[limit] += amountFen;
  }

  /** Whether a limit can still be kept, should all that is undecided come back under it. */
  #keepsLimit(limit: number): boolean {
    if (limit < 0) return true;
    const { tentativeFen, limitFen } = this.desk.limits!;
    return tentativeFen[limit] - this.#openBackFen[limit] <= limitFen[limit];
  }

  /** Whether a participant can still end at its floor or above, should all that is undecided reach it. */
  #canHold(i: number): boolean {
    return this.#paid[i] === 0 ||
      this.#tentativeFen[i] + this.#openInFen[i] >= this.desk.floorFen[i];
  }

  /** Whether what is undecided could lift a set above the best: all of it, then what payers could pay at most. */
  #canBeat(
    best: { length: number; valueFen: Fen },
    { length, valueFen, open, openFen }: { length: number; valueFen: Fen; open: number; openFen: Fen },
  ): boolean {
    const { objective } = this.terms;
    if (!isBetter({ length: length + open, valueFen: valueFen + openFen }, best, objective)) return false;
    let payableFen = 0;
    for (let i = 0; i < this.#paid.length; i++) {
      if (this.#openOutFen[i] === 0) continue;
      const roomFen = this.#tentativeFen[i] + this.#openInFen[i] - this.desk.floorFen[i];
      payableFen += Math.max(0, Math.min(this.#openOutFen[i], roomFen));
    }
    // The finer bound of a count looks at every open payment, which long queues cannot afford at each node.
    if (objective === "value" || open > 64) {
      return isBetter({ length: length + open, valueFen: valueFen + payableFen }, best, objective);
    }
    return isBetter(
      { length: length + this.#payableCount(open), valueFen: valueFen + payableFen },
      best,
      objective,
    );
  }

  /** How many undecided payments their payers could pay at most: the smallest first, since the order is by amount. */
  #payableCount(open: number): number {
    const { payer, amountFen } = this.desk.queue, spentFen = this.#spentFen.fill(0);
    let sum = 0;
    for (let k = this.#order.length - open; k < this.#order.length; k++) {
      const p = this.#order[k], i = payer[p];
      const roomFen = this.#tentativeFen[i] + this.#openInFen[i] - this.desk.floorFen[i];
      if (spentFen[i] + amountFen[p] > roomFen) continue;
      spentFen[i] += amountFen[p];
      sum += 1;
    }
    return sum;
  }
}
