// The payment queue of a settlement rail, by name: what settles under a method, what waits and why, what it took.

import type { Fen } from "#/model/units/units.ts";
import { type BilateralLimit, BilateralLimits } from "./bilateral_limits.ts";
import { type QueueMethod, type QueueMethodName, queueMethods, usualTerms } from "./methods/registry.ts";
import type { UnionTerms } from "./methods/unions.ts";
import { type Obligation, refuseUnlessOwed } from "./netting.ts";
import { ClearingDesk, type OwnOrder, type PaymentColumns } from "./work.ts";

/** A payment that waits for settlement. */
export interface QueuedPayment extends Obligation {
  /** Its name, once in a queue. */
  id: string;
  /** 0 is the most urgent; 9 where nothing is said. */
  priority?: number;
  /** The minute by which it should settle; none where nothing is said. */
  deadlineMinute?: number;
}

/** A payment that still waits, and for what. */
export interface HeldPayment {
  /** Which payment. */
  id: string;
  /**
   * "liquidity": its payer lacks money; "limit": its payer's limit towards the payee is used; "order": it stands behind a
   * payment of the same payer that waits.
   */
  reason: "liquidity" | "limit" | "order";
  /** What its payer lacks for this payment alone; 0 where it has enough but must wait its turn. */
  shortFen: Fen;
  /** How far this payment alone would pass its payer's limit towards the payee; 0 where it would not, or there is none. */
  overFen: Fen;
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

/** What a queue came to under a method. */
export interface Resolution extends Settlement {
  /** The ids that settled, by batch: those of one batch settle together. */
  batches: string[][];
  /** The sum of what settled. */
  settledFen: Fen;
  /** The most that each participant's balance was below its opening, after any batch. */
  peakUsedFen: Record<string, Fen>;
  /** No better set exists under the method's own rules. */
  isProvenBest: boolean;
  /** A search ended early because its budget of nodes was spent. */
  isBudgetSpent: boolean;
  /** How many nodes a search expanded. */
  nodes: number;
}

/** How a queue is to be resolved. */
export interface ResolutionTerms extends Partial<UnionTerms> {
  /** How far below zero a balance may go: credit or net debit cap; 0 where nothing is said. */
  creditFen?: Readonly<Record<string, Fen>>;
  /** Limits of one participant towards another; none where nothing is said. Kept after every batch. */
  limits?: readonly BilateralLimit[];
  /** Which method; `fifo` where nothing is said. */
  method?: QueueMethodName;
  /** In which order a payer's own payments leave, where the method leaves it open; `entry` where nothing is said. */
  order?: OwnOrder;
}

/**
 * Resolves a queue under a registered method.
 *
 * Shapes and units: `queue` in order of entry; `balancesFen` names every participant. Whoever pays ends each batch at or
 * above minus its credit, and within its limits.
 * Errors: `RangeError` for an amount that is not a whole number above zero, a payment to oneself, an id that comes twice
 * (a payment settles once), a participant without a balance, a balance that is no whole number, a credit below zero, a
 * limit that is no whole number from 0, towards oneself or said twice, a priority or deadline that is no whole number from 0
 * to 2^31 - 1, sums beyond 2^53, an unknown method.
 *
 * @example
 * ```ts
 * import { resolveQueue } from "#/model/clearing/queue.ts";
 * import assert from "node:assert/strict";
 * const ring = [
 *   { id: "1", payer: "ant", payee: "jd", amountFen: 50 },
 *   { id: "2", payer: "jd", payee: "bank", amountFen: 50 },
 *   { id: "3", payer: "bank", payee: "ant", amountFen: 50 },
 * ];
 * const balances = { ant: 0, bank: 0, jd: 0 };
 * assert.deepEqual(resolveQueue(ring, balances, { method: "fifo" }).settled, []);
 * assert.deepEqual(resolveQueue(ring, balances, { method: "gridlock" }).batches, [["1", "2", "3"]]);
 * ```
 */
export function resolveQueue(
  queue: readonly QueuedPayment[],
  balancesFen: Readonly<Record<string, Fen>>,
  { creditFen = {}, limits = [], method = "fifo", order, ...terms }: ResolutionTerms = {},
): Resolution {
  if (!Object.hasOwn(queueMethods, method)) {
    const names = Object.keys(queueMethods).join(", ");
    throw new RangeError(`Cannot resolve a queue by "${method}": the methods are ${names}`);
  }
  const { release, keepsOrder, order: own }: QueueMethod = queueMethods[method];
  const participants = participantsOf(queue, balancesFen, creditFen);
  for (const { payer, payee } of limits) {
    for (const participant of [payer, payee]) {
      if (participants.numbers.has(participant)) continue;
      throw new RangeError(`Cannot limit what ${payer} sends ${payee}: ${participant} has no balance`);
    }
  }
  const desk = new ClearingDesk().begin(columnsOf(queue, participants.numbers), {
    balanceFen: participants.balanceFen,
    creditFen: participants.creditFen,
    order: own ?? order,
    limits: limits.length > 0 ? new BilateralLimits(limits, queue) : null,
  });
  release(desk, { ...usualTerms, ...terms });
  return told(desk, { queue, names: participants.names, keepsOrder });
}

/**
 * Settles what a queue can settle gross, one payment at a time, until no payer at the head of its own queue has enough:
 * money that arrives is used again. Which payments settle does not depend on the order in which payers are asked.
 *
 * Shapes and units: `queue` in order of entry; `balancesFen` names every participant; `creditFen` is how far below zero
 * a balance may go, 0 where nothing is said; with `bypass` a small payment may pass a large one of the same payer that
 * lacks money (then the order of the queue decides).
 * Errors: as {@link resolveQueue}.
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
  const own = resolveQueue(queue, balancesFen, { creditFen, method: bypass ? "bypass" : "fifo" });
  return { settled: own.settled, held: own.held, balancesFen: own.balancesFen };
}

/** The participants by number, in the order of the balances. */
function participantsOf(
  queue: readonly QueuedPayment[],
  balancesFen: Readonly<Record<string, Fen>>,
  creditFen: Readonly<Record<string, Fen>>,
) {
  const names = Object.keys(balancesFen), numbers = new Map(names.map((name, i) => [name, i]));
  const credits = new Map(Object.entries(creditFen));
  for (const [participant, credit] of credits) {
    if (!(credit >= 0)) {
      throw new RangeError(`Cannot give ${participant} a credit of ${credit} fen: 0 or more is needed`);
    }
  }
  // Nobody's tentative balance is ever further from zero than all money and all payments together.
  let mostFen = 0;
  for (const name of names) {
    if (!Number.isSafeInteger(balancesFen[name])) {
      throw new RangeError(
        `Cannot use ${name}'s balance of ${balancesFen[name]} fen: a whole number is needed`,
      );
    }
    mostFen += Math.abs(balancesFen[name]);
  }
  const seen = new Set<string>();
  for (const payment of queue) {
    refuseUnlessOwed(payment);
    if (seen.has(payment.id)) {
      throw new RangeError(`Cannot settle payment ${payment.id} twice: each id may come once`);
    }
    seen.add(payment.id);
    for (const participant of [payment.payer, payment.payee]) {
      if (!numbers.has(participant)) {
        throw new RangeError(`Cannot settle payment ${payment.id}: ${participant} has no balance`);
      }
    }
    for (const value of [payment.priority ?? 0, payment.deadlineMinute ?? 0]) {
      if (!Number.isInteger(value) || value < 0 || value > latest) {
        throw new RangeError(
          `Cannot order payment ${payment.id} by ${value}: a whole number from 0 to ${latest} is needed`,
        );
      }
    }
    mostFen += payment.amountFen;
  }
  if (!Number.isSafeInteger(mostFen)) {
    throw new RangeError(`Cannot settle a queue of ${mostFen} fen in sum: sums up to 2^53 - 1 are exact`);
  }
  return {
    names,
    numbers,
    balanceFen: Float64Array.from(names, (name) => balancesFen[name]),
    creditFen: Float64Array.from(names, (name) => credits.get(name) ?? 0),
  };
}

const latest = 2_147_483_647;

function columnsOf(queue: readonly QueuedPayment[], numbers: ReadonlyMap<string, number>): PaymentColumns {
  return {
    count: queue.length,
    participants: numbers.size,
    payer: Int32Array.from(queue, ({ payer }) => numbers.get(payer)!),
    payee: Int32Array.from(queue, ({ payee }) => numbers.get(payee)!),
    amountFen: Float64Array.from(queue, ({ amountFen }) => amountFen),
    priority: Int32Array.from(queue, ({ priority = 9 }) => priority),
    deadlineMinute: Int32Array.from(queue, ({ deadlineMinute = latest }) => deadlineMinute),
  };
}

/** What lies on a desk, by name. */
function told(
  desk: ClearingDesk,
  { queue, names, keepsOrder }: {
    queue: readonly QueuedPayment[];
    names: readonly string[];
    keepsOrder: boolean;
  },
): Resolution {
  const { payer, amountFen } = desk.queue;
  const sequence = Array.from(desk.sequence.subarray(0, desk.settled));
  const batches: string[][] = Array.from({ length: desk.batches }, () => []);
  for (const p of sequence) batches[desk.batchOf[p]].push(queue[p].id);

  const heads = new Uint8Array(names.length), isHead = new Uint8Array(queue.length);
  for (const p of desk.ranked.subarray(0, queue.length)) {
    if (desk.batchOf[p] >= 0) continue;
    isHead[p] = heads[payer[p]] && keepsOrder ? 0 : 1;
    heads[payer[p]] = 1;
  }
  const held = queue.flatMap(({ id }, p): HeldPayment[] => {
    if (desk.batchOf[p] >= 0) return [];
    const spareFen = desk.balanceFen[payer[p]] - desk.floorFen[payer[p]];
    const shortFen = Math.max(0, amountFen[p] - spareFen);
    const overFen = desk.limits?.overFen(p, amountFen[p]) ?? 0;
    const reason = !isHead[p] ? "order" : shortFen > 0 ? "liquidity" : overFen > 0 ? "limit" : "order";
    return [{ id, reason, shortFen, overFen }];
  });
  const byName = (column: Float64Array) => Object.fromEntries(names.map((name, i) => [name, column[i]]));
  return {
    settled: sequence.map((p) => queue[p].id),
    held,
    balancesFen: byName(desk.balanceFen),
    batches,
    settledFen: desk.settledFen,
    peakUsedFen: byName(desk.peakUsedFen),
    isProvenBest: desk.isProvenBest,
    isBudgetSpent: desk.isBudgetSpent,
    nodes: desk.nodes,
  };
}
