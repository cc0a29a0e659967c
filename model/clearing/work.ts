// The clearing desk: queued payments as columns, the accounts they draw on, and what has settled so far.

import type { Fen } from "#/model/units/units.ts";
import type { BilateralLimits } from "./bilateral_limits.ts";

/** Payments that wait, a column a property, in order of entry; payment `p` is row `p` of each column. */
export interface PaymentColumns {
  /** How many rows are in use. */
  count: number;
  /** How many participants there are; they are numbered from 0. */
  participants: number;
  /** Who pays. */
  payer: Int32Array;
  /** Who receives; never the payer. */
  payee: Int32Array;
  /** Whole fen, above zero. */
  amountFen: Float64Array;
  /** 0 is the most urgent; at most 2^31 - 1. Needed where payments are ordered by it. */
  priority?: Int32Array;
  /** The minute by which a payment should settle, 0 to 2^31 - 1. Needed where payments are ordered by it. */
  deadlineMinute?: Int32Array;
}

/** In which order a payer's own payments leave: as entered, most urgent first, or earliest deadline first; ties as entered. */
export type OwnOrder = "entry" | "priority" | "deadline";

/** The accounts at the settlement bank. */
export interface Accounts {
  /** What each participant has; changed in place by what settles. */
  balanceFen: Float64Array;
  /** How far below zero each balance may go: intraday credit or net debit cap. */
  creditFen: Float64Array;
}

/**
 * The state of one resolution: what has settled, in which batches, and what it took. One desk serves any number of
 * queues, one after another; its columns grow to the longest and are then used again.
 */
export class ClearingDesk {
  /** The payments on the desk. */
  queue!: PaymentColumns;
  /** The balances, as they are now. */
  balanceFen!: Float64Array;
  /** Who pays ends at this or above, minus the credit; who is below already can only receive. */
  floorFen = new Float64Array(0);
  /** Bilateral limits between the participants; null where there are none. */
  limits: BilateralLimits | null = null;
  /** The balances at the opening. */
  openingFen = new Float64Array(0);
  /** The most that each participant's balance has been below its opening, after any batch. */
  peakUsedFen = new Float64Array(0);
  /** All rows in the order of release. */
  ranked = new Int32Array(0);
  /** For each row the batch that settled it, counted from 0, or -1 while it waits. */
  batchOf = new Int32Array(0);
  /** The rows that settled, in the order of their batches. */
  sequence = new Int32Array(0);
  /** How many have settled. */
  settled = 0;
  /** What has settled, in sum. */
  settledFen: Fen = 0;
  /** How many batches there were; the payments of one batch settle together. */
  batches = 0;
  /** How many nodes a search has expanded. */
  nodes = 0;
  /** No better result exists under the method's own rules. */
  isProvenBest = false;
  /** A search ended early because it had expanded as many nodes as it may. */
  isBudgetSpent = false;

  /** Columns for the methods to work in, a row a payment; what they hold between two calls means nothing. */
  list = new Int32Array(0);
  /** As {@link list}. */
  previous = new Int32Array(0);
  /** As {@link list}. */
  kept = new Uint8Array(0);
  /** Columns for the methods to work in, a row a participant. */
  tentativeFen = new Float64Array(0);
  /** As {@link tentativeFen}. */
  last = new Int32Array(0);
  /** As {@link tentativeFen}; one row more. */
  start = new Int32Array(0);
  /** As {@link tentativeFen}. */
  stack = new Int32Array(0);
  /** As {@link tentativeFen}. */
  isStacked = new Uint8Array(0);
  /** For each participant how many of its bilateral limits a set passes that is being looked at; all 0 without limits. */
  exceeded = new Int32Array(0);
  #keys = new Float64Array(0);

  /**
   * Lays a queue on the desk.
   *
   * Shapes: the columns as {@link PaymentColumns} says; they are trusted. Errors: `TypeError` where the column that the
   * order needs is not there; `RangeError` for more than 2^21 rows under an order other than entry.
   */
  begin(
    queue: PaymentColumns,
    { balanceFen, creditFen, order = "entry", limits = null }: Accounts & {
      order?: OwnOrder;
      limits?: BilateralLimits | null;
    },
  ): this {
    this.queue = queue;
    this.balanceFen = balanceFen;
    this.limits = limits;
    if (this.batchOf.length < queue.count) this.#growRows(queue.count);
    if (this.last.length < queue.participants) this.#growParticipants(queue.participants);
    for (let i = 0; i < queue.participants; i++) {
      this.openingFen[i] = balanceFen[i];
      this.floorFen[i] = -creditFen[i];
    }
    this.exceeded.fill(0, 0, queue.participants);
    this.#rank(order);
    this.#forget();
    this.nodes = 0;
    return this;
  }

  /** Takes everything back that has settled: balances as at the opening. */
  reset(): void {
    for (let i = 0; i < this.queue.participants; i++) this.balanceFen[i] = this.openingFen[i];
    this.#forget();
  }

  /** Whether a payment that waits can settle alone: its payer has the money, and its limit towards the payee is kept. */
  canSettle(p: number): boolean {
    const i = this.queue.payer[p], amount = this.queue.amountFen[p];
    if (this.balanceFen[i] - amount < this.floorFen[i]) return false;
    return this.limits === null || this.limits.overFen(p, amount) === 0;
  }

  /** Settles one payment, a batch of its own. */
  settleOne(p: number): void {
    const { payer, payee, amountFen } = this.queue, i = payer[p], amount = amountFen[p];
    this.balanceFen[i] -= amount;
    this.balanceFen[payee[p]] += amount;
    this.#book(p);
    this.batches += 1;
    this.#measure(i);
  }

  /** Settles the first rows of a list together: only what they leave counts, not the order among them. */
  settleBatch(rows: Int32Array, length: number): void {
    if (length === 0) return;
    const { payer, payee, amountFen } = this.queue;
    for (let k = 0; k < length; k++) {
      const p = rows[k];
      this.balanceFen[payer[p]] -= amountFen[p];
      this.balanceFen[payee[p]] += amountFen[p];
      this.#book(p);
    }
    this.batches += 1;
    for (let k = 0; k < length; k++) this.#measure(payer[rows[k]]);
  }

  /** Fills a list with the rows that wait, in the order of release, and says how many. */
  waiting(rows: Int32Array): number {
    let length = 0;
    for (let k = 0; k < this.queue.count; k++) {
      const p = this.ranked[k];
      if (this.batchOf[p] < 0) rows[length++] = p;
    }
    return length;
  }

  #book(p: number): void {
    this.batchOf[p] = this.batches;
    this.sequence[this.settled++] = p;
    this.settledFen += this.queue.amountFen[p];
    if (this.limits !== null) this.limits.book(p, this.queue.amountFen[p]);
  }

  #measure(i: number): void {
    const usedFen = this.openingFen[i] - this.balanceFen[i];
    if (usedFen > this.peakUsedFen[i]) this.peakUsedFen[i] = usedFen;
  }

  #forget(): void {
    this.batchOf.fill(-1, 0, this.queue.count);
    this.peakUsedFen.fill(0, 0, this.queue.participants);
    this.settled = this.settledFen = this.batches = 0;
    this.isProvenBest = this.isBudgetSpent = false;
    this.limits?.reset();
  }

  #rank(order: OwnOrder): void {
    const { count } = this.queue;
    if (order === "entry") {
      for (let p = 0; p < count; p++) this.ranked[p] = p;
      return;
    }
    const column = order === "priority" ? this.queue.priority : this.queue.deadlineMinute;
    if (!column) throw new TypeError(`Cannot order payments by ${order}: the queue has no such column`);
    // Key and row in one number, so that a plain numeric sort is stable: 31 bits and 21 bits.
    if (count > rows21) throw new RangeError(`Cannot order ${count} payments by ${order}: at most ${rows21}`);
    for (let p = 0; p < count; p++) this.#keys[p] = column[p] * rows21 + p;
    this.#keys.subarray(0, count).sort();
    for (let k = 0; k < count; k++) this.ranked[k] = this.#keys[k] % rows21;
  }

  #growRows(count: number): void {
    const rows = Math.max(count, 2 * this.batchOf.length);
    this.ranked = new Int32Array(rows);
    this.batchOf = new Int32Array(rows);
    this.sequence = new Int32Array(rows);
    this.list = new Int32Array(rows);
    this.previous = new Int32Array(rows);
    this.kept = new Uint8Array(rows);
    this.#keys = new Float64Array(rows);
  }

  #growParticipants(count: number): void {
    this.floorFen = new Float64Array(count);
    this.openingFen = new Float64Array(count);
    this.peakUsedFen = new Float64Array(count);
    this.tentativeFen = new Float64Array(count);
    this.last = new Int32Array(count);
    this.start = new Int32Array(count + 1);
    this.stack = new Int32Array(count);
    this.isStacked = new Uint8Array(count);
    this.exceeded = new Int32Array(count);
  }
}

const rows21 = 2_097_152;
