// Bilateral limits: how far what a participant has sent another may exceed what it has received from it (net sender limits).

import type { Fen } from "#/model/units/units.ts";
import { type Obligation, refuseUnlessOwed } from "./netting.ts";

/** A participant's limit towards one other: sent less received may not pass it. */
export interface BilateralLimit {
  /** Who sends. */
  payer: string;
  /** To whom. */
  payee: string;
  /** Whole fen, 0 or more; 0: nothing is sent that has not been received before or is not received with it. */
  limitFen: Fen;
}

/** The limits of one queue as columns, with what has been sent against each so far. */
export class BilateralLimits {
  /** The limit, by its number. */
  readonly limitFen: Float64Array;
  /** Sent less received under each limit; never above it after a batch. */
  readonly netFen: Float64Array;
  /** As {@link netFen} if a set settled that is being looked at. */
  readonly tentativeFen: Float64Array;
  /** For each payment the limit that it uses, its payer's towards its payee; -1 where there is none. */
  readonly used: Int32Array;
  /** For each payment the limit that it frees, its payee's towards its payer; -1 where there is none. */
  readonly freed: Int32Array;

  /**
   * Lays limits over a queue. Shapes: `queue` as it lies on the desk.
   * Errors: `RangeError` for a limit that is no whole number from 0, towards oneself, or said twice.
   */
  constructor(limits: readonly BilateralLimit[], queue: readonly Obligation[]) {
    const numbers = new Map<string, number>();
    const key = (from: string, to: string) => JSON.stringify([from, to]);
    for (const [number, { payer, payee, limitFen }] of limits.entries()) {
      if (!Number.isSafeInteger(limitFen) || limitFen < 0) {
        throw new RangeError(
          `Cannot limit what ${payer} sends ${payee} to ${limitFen} fen: a whole number from 0 is needed`,
        );
      }
      if (payer === payee) throw new RangeError(`Cannot limit what ${payer} sends to itself`);
      if (numbers.has(key(payer, payee))) {
        throw new RangeError(`Cannot limit what ${payer} sends ${payee} twice`);
      }
      numbers.set(key(payer, payee), number);
    }
    this.limitFen = Float64Array.from(limits, ({ limitFen }) => limitFen);
    this.netFen = new Float64Array(limits.length);
    this.tentativeFen = new Float64Array(limits.length);
    this.used = Int32Array.from(queue, ({ payer, payee }) => numbers.get(key(payer, payee)) ?? -1);
    this.freed = Int32Array.from(queue, ({ payer, payee }) => numbers.get(key(payee, payer)) ?? -1);
  }

  /** How far a payment alone would pass its limit; 0 where it fits. */
  overFen(p: number, amountFen: Fen): Fen {
    const limit = this.used[p];
    return limit < 0 ? 0 : Math.max(0, this.netFen[limit] + amountFen - this.limitFen[limit]);
  }

  /** Whether a payment that is not in the set would pass its limit if it came in. */
  wouldExceed(p: number, amountFen: Fen): boolean {
    const limit = this.used[p];
    return limit >= 0 && this.tentativeFen[limit] + amountFen > this.limitFen[limit];
  }

  /** A payment has settled. */
  book(p: number, amountFen: Fen): void {
    if (this.used[p] >= 0) this.netFen[this.used[p]] += amountFen;
    if (this.freed[p] >= 0) this.netFen[this.freed[p]] -= amountFen;
  }

  /** Nothing has settled. */
  reset(): void {
    this.netFen.fill(0);
  }

  /** Begins to look at a set, from what has settled. */
  beginTentative(): void {
    this.tentativeFen.set(this.netFen);
  }

  /**
   * Takes a payment into the set (a positive amount) or out of it (a negative one). Says in `exceeded`, by participant, how
   * many of its limits the set passes; `payer` and `payee` are those of the payment.
   */
  shift(p: number, amountFen: Fen, { exceeded, payer, payee }: {
    exceeded: Int32Array;
    payer: number;
    payee: number;
  }): void {
    if (this.used[p] >= 0) exceeded[payer] += this.#move(this.used[p], amountFen);
    if (this.freed[p] >= 0) exceeded[payee] += this.#move(this.freed[p], -amountFen);
  }

  /** 1 where a limit is passed now and was not before, -1 the other way round. */
  #move(limit: number, fen: Fen): number {
    const before = this.tentativeFen[limit] > this.limitFen[limit] ? 1 : 0;
    this.tentativeFen[limit] += fen;
    return (this.tentativeFen[limit] > this.limitFen[limit] ? 1 : 0) - before;
  }
}

/**
 * What has been sent less what has been received, for each limit.
 *
 * Shapes and units: fen, in the order of the limits; below zero more came back. Errors: `RangeError` for a payment that is none.
 * Source: CPSS, "New developments in large-value payment systems", 2005 (bilateral net sender limits).
 *
 * @example
 * ```ts
 * import { sentNetFen } from "#/model/clearing/bilateral_limits.ts";
 * import assert from "node:assert/strict";
 * const settled = [{ payer: "ant", payee: "jd", amountFen: 70 }, { payer: "jd", payee: "ant", amountFen: 20 }];
 * assert.deepEqual(sentNetFen([{ payer: "ant", payee: "jd", limitFen: 60 }], settled), [50]);
 * ```
 */
export function sentNetFen(limits: readonly BilateralLimit[], settled: readonly Obligation[]): Fen[] {
  const book = new BilateralLimits(limits, settled);
  for (const [p, payment] of settled.entries()) {
    refuseUnlessOwed(payment);
    book.book(p, payment.amountFen);
  }
  return [...book.netFen];
}
