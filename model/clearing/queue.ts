// The payment queue of a gross settlement rail: first in, first out for each payer, as far as its money goes.

import type { Fen } from "#/model/units/units.ts";
import { type Obligation, refuseUnlessOwed } from "./netting.ts";

/** A payment that waits for settlement. */
export interface QueuedPayment extends Obligation {
  /** Its name, once in a queue. */
  id: string;
}

/** A payment that still waits, and for what. */
export interface HeldPayment {
  /** Which payment. */
  id: string;
  /** "liquidity": its payer lacks money; "order": it stands behind a payment of the same payer that lacks money. */
  reason: "liquidity" | "order";
  /** What its payer lacks for this payment alone; 0 where it has enough but must wait its turn. */
  shortFen: Fen;
}

/** What a queue came to. */
export interface Settlement {
  /** The ids that settled, in the order of settlement. */
  settled: string[];
  /** The payments that wait, in the order of the queue. */
  held: HeldPayment[];
  /** The balance of every participant afterwards. */
  balancesFen: Record<string, Fen>;
}

/**
 * Settles what a queue can settle gross, one payment at a time, until no payer at the head of its own queue has enough:
 * money that arrives is used again. Which payments settle does not depend on the order in which payers are asked.
 *
 * Shapes and units: `queue` in order of entry; `balancesFen` names every participant; `creditFen` is how far below zero
 * a balance may go, 0 where nothing is said; with `bypass` a small payment may pass a large one of the same payer that
 * lacks money (then the order of the queue decides).
 * Errors: `RangeError` for an amount that is not a whole number above zero, a payment to oneself, an id that comes twice
 * (a payment settles once), a participant without a balance, a credit below zero.
 * Source: Leinonen and Soramäki, "Simulating interbank payment and securities settlement mechanisms", 2003.
 *
 * @example
 * ```ts
 * import { settleFifo } from "#/model/clearing/queue.ts";
 * import assert from "node:assert/strict";
 * const queue = [
 *   { id: "1", payer: "ant", payee: "bank", amountFen: 70 },
 *   { id: "2", payer: "jd", payee: "ant", amountFen: 100 },
 * ];
 * const { settled, balancesFen } = settleFifo(queue, { ant: 0, bank: 0, jd: 100 });
 * assert.deepEqual(settled, ["2", "1"]);
 * assert.deepEqual(balancesFen, { ant: 30, bank: 70, jd: 0 });
 * ```
 */
export function settleFifo(
  queue: readonly QueuedPayment[],
  balancesFen: Readonly<Record<string, Fen>>,
  { creditFen = {}, bypass = false }: { creditFen?: Readonly<Record<string, Fen>>; bypass?: boolean } = {},
): Settlement {
  const balances = new Map(Object.entries(balancesFen));
  const credits = new Map(Object.entries(creditFen));
  refuseUnlessSound(queue, balances, credits);

  const spare = (payer: string) => balances.get(payer)! + (credits.get(payer) ?? 0);
  const settled: string[] = [];
  let waiting = queue.slice(), before: number;
  do {
    before = waiting.length;
    const blocked = new Set<string>();
    waiting = waiting.filter(({ id, payer, payee, amountFen }) => {
      if (blocked.has(payer) || spare(payer) < amountFen) {
        if (!bypass) blocked.add(payer);
        return true;
      }
      balances.set(payer, balances.get(payer)! - amountFen);
      balances.set(payee, balances.get(payee)! + amountFen);
      settled.push(id);
      return false;
    });
  } while (waiting.length < before);

  const heads = new Set<string>();
  const held = waiting.map(({ id, payer, amountFen }): HeldPayment => {
    const isHead = bypass || !heads.has(payer);
    heads.add(payer);
    return { id, reason: isHead ? "liquidity" : "order", shortFen: Math.max(0, amountFen - spare(payer)) };
  });
  return { settled, held, balancesFen: Object.fromEntries(balances) };
}

function refuseUnlessSound(
  queue: readonly QueuedPayment[],
  balances: ReadonlyMap<string, Fen>,
  credits: ReadonlyMap<string, Fen>,
): void {
  for (const [participant, creditFen] of credits) {
    if (!(creditFen >= 0)) {
      throw new RangeError(`Cannot give ${participant} a credit of ${creditFen} fen: 0 or more is needed`);
    }
  }
  const seen = new Set<string>();
  for (const payment of queue) {
    refuseUnlessOwed(payment);
    if (seen.has(payment.id)) {
      throw new RangeError(`Cannot settle payment ${payment.id} twice: each id may come once`);
    }
    seen.add(payment.id);
    for (const participant of [payment.payer, payment.payee]) {
      if (!balances.has(participant)) {
        throw new RangeError(`Cannot settle payment ${payment.id}: ${participant} has no balance`);
      }
    }
  }
}
