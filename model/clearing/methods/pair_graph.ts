// Who owes whom: the waiting payments of a queue by pair of payer and payee, and the simple cycles among the pairs.

import type { ClearingDesk } from "../work.ts";

/** The pairs of a queue in order of payer, then payee; each holds its waiting payments in the order of release. */
export class PairGraph {
  /** How many pairs there are. */
  pairs = 0;
  /** Whom each pair pays. */
  readonly payee: Int32Array;
  /** Where each pair's rows begin; one more for the end. */
  readonly rowsFrom: Int32Array;
  /** The waiting rows, pair by pair. */
  readonly rows: Int32Array;
  /** Where each participant's pairs begin; one more for the end. */
  pairsFrom = new Int32Array(1);
  readonly #sorted: Int32Array;
  #counts = new Int32Array(0);
  /** For each participant the fewest steps back to the start of the cycle that is looked for. */
  #stepsBack = new Int32Array(0);
  #isOnPath = new Uint8Array(0);
  #payer: Int32Array;

  /** For queues up to a number of rows. */
  constructor(rows: number) {
    this.payee = new Int32Array(rows);
    this.#payer = new Int32Array(rows);
    this.rowsFrom = new Int32Array(rows + 1);
    this.rows = new Int32Array(rows);
    this.#sorted = new Int32Array(rows);
  }

  /** Takes the payments that wait on a desk. */
  lay(desk: ClearingDesk): void {
    const { participants, payer, payee } = desk.queue;
    if (this.#counts.length <= participants) {
      this.#counts = new Int32Array(participants + 1);
      this.pairsFrom = new Int32Array(participants + 1);
      this.#stepsBack = new Int32Array(participants);
      this.#isOnPath = new Uint8Array(participants);
    }
    // Two counting sorts, by payee and then by payer, keep the order of release within a pair.
    const length = desk.waiting(this.rows);
    this.#sort(this.rows, this.#sorted, { length, by: payee, participants });
    this.#sort(this.#sorted, this.rows, { length, by: payer, participants });
    this.pairs = 0;
    let from = 0;
    for (let k = 0; k < length; k++) {
      const p = this.rows[k], before = this.rows[k - 1];
      if (k > 0 && payer[p] === payer[before] && payee[p] === payee[before]) continue;
      while (from <= payer[p]) this.pairsFrom[from++] = this.pairs;
      this.#payer[this.pairs] = payer[p];
      this.payee[this.pairs] = payee[p];
      this.rowsFrom[this.pairs++] = k;
    }
    while (from <= participants) this.pairsFrom[from++] = this.pairs;
    this.rowsFrom[this.pairs] = length;
  }

  /** The pair of a payer and a payee, or -1 where nothing waits between them. */
  pairOf(payer: number, payee: number): number {
    for (let e = this.pairsFrom[payer]; e < this.pairsFrom[payer + 1]; e++) {
      if (this.payee[e] === payee) return e;
    }
    return -1;
  }

  /** Adds a pair's payments that still wait to the desk's list, from a place on, and says where the list then ends. */
  collect(pair: number, { desk, length }: { desk: ClearingDesk; length: number }): number {
    for (let k = this.rowsFrom[pair]; k < this.rowsFrom[pair + 1]; k++) {
      const p = this.rows[k];
      if (desk.batchOf[p] < 0) desk.list[length++] = p;
    }
    return length;
  }

  /**
   * Calls back for each simple cycle of so many participants, with its pairs in order; a cycle begins at its participant
   * of the lowest number. Pairs whose payments have all settled meanwhile are passed over.
   *
   * Returns: false when the budget was spent before the end; the desk counts each step as a node and says that it was spent.
   */
  eachCycle(
    size: number,
    { desk, cycleBudget }: { desk: ClearingDesk; cycleBudget: number },
    found: (pairs: Int32Array) => void,
  ): boolean {
    const { participants } = desk.queue, path = new Int32Array(size);
    for (let start = 0; start < participants; start++) {
      if (this.pairsFrom[start] === this.pairsFrom[start + 1]) continue;
      this.#measureBack(start, { size, participants });
      // `path[depth]` is the pair taken from the participant at that depth; the next to try is one further.
      let depth = 0, at = start;
      path[0] = this.pairsFrom[start] - 1;
      while (depth >= 0) {
        const pair = ++path[depth];
        if (pair >= this.pairsFrom[at + 1]) {
          this.#isOnPath[at] = 0;
          depth -= 1;
          if (depth >= 0) at = depth === 0 ? start : this.payee[path[depth - 1]];
          continue;
        }
        const next = this.payee[pair], stepsLeft = size - depth - 1;
        if (next < start || this.#stepsBack[next] > stepsLeft || this.#isOnPath[next]) continue;
        if (next === start ? stepsLeft > 0 : stepsLeft === 0) continue;
        if (!this.#waits(pair, desk)) continue;
        if (++desk.nodes > cycleBudget) {
          this.#isOnPath.fill(0);
          desk.isBudgetSpent = true;
          return false;
        }
        if (next === start) found(path);
        else {
          this.#isOnPath[next] = 1;
          depth += 1;
          at = next;
          path[depth] = this.pairsFrom[next] - 1;
        }
      }
    }
    return true;
  }

  #waits(pair: number, desk: ClearingDesk): boolean {
    for (let k = this.rowsFrom[pair]; k < this.rowsFrom[pair + 1]; k++) {
      if (desk.batchOf[this.rows[k]] < 0) return true;
    }
    return false;
  }

  /** Steps back to a start among participants of its number and above; more than the size where there is no way. */
  #measureBack(start: number, { size, participants }: { size: number; participants: number }): void {
    this.#stepsBack.fill(size + 1, 0, participants);
    this.#stepsBack[start] = 0;
    const from = this.pairsFrom[start];
    for (let round = 1; round < size; round++) {
      let isNearer = false;
      for (let e = from; e < this.pairs; e++) {
        const steps = this.#stepsBack[this.payee[e]] + 1;
        if (steps < this.#stepsBack[this.#payer[e]] && this.payee[e] >= start) {
          this.#stepsBack[this.#payer[e]] = steps;
          isNearer = true;
        }
      }
      if (!isNearer) break;
    }
  }

  #sort(
    from: Int32Array,
    to: Int32Array,
    { length, by, participants }: { length: number; by: Int32Array; participants: number },
  ): void {
    const counts = this.#counts.fill(0, 0, participants + 1);
    for (let k = 0; k < length; k++) counts[by[from[k]] + 1] += 1;
    for (let i = 0; i < participants; i++) counts[i + 1] += counts[i];
    for (let k = 0; k < length; k++) to[counts[by[from[k]]]++] = from[k];
  }
}
