// A queue over a day: payments arrive, are tried at each time of settlement, and expire when their deadline has passed.

import type { Fen } from "#/model/units/units.ts";
import {
  type HeldPayment,
  type QueuedPayment,
  type Resolution,
  type ResolutionTerms,
  resolveQueue,
} from "./queue.ts";
import { sentNetFen } from "./bilateral_limits.ts";

/** A payment with the minute at which it enters; 0, the day's begin, where nothing is said. */
export interface ArrivingPayment extends QueuedPayment {
  arrivalMinute?: number;
}

/** One time of settlement. */
export interface SettlementTime
  extends Pick<Resolution, "batches" | "isProvenBest" | "isBudgetSpent" | "nodes"> {
  /** When; null where the queue has no clock. */
  minute: number | null;
}

/** What a day came to. */
export interface QueueDay {
  /** The times, in order. */
  times: SettlementTime[];
  /** The ids that settled, in the order of settlement. */
  settled: string[];
  settledFen: Fen;
  /** The ids whose deadline had passed before a time found them, in the order of the queue, with that time. */
  expired: { id: string; foundMinute: number }[];
  /** What still waits after the last time and has not expired; what arrives later is among them, as "notYet". */
  held: (Omit<HeldPayment, "reason"> & { reason: HeldPayment["reason"] | "notYet" })[];
  balancesFen: Record<string, Fen>;
  /** The most that each balance was below its opening, after any batch of the day. */
  peakUsedFen: Record<string, Fen>;
  /** For each limit what was sent less what was received. */
  limitNetFen: Fen[];
}

/**
 * Resolves a queue at each of some times of a day. At a time whatever has arrived by then is tried, in the order of entry
 * into the list; what settled, the balances and what bilateral limits have used are carried on.
 *
 * A payment may settle up to and including the minute of its deadline; a later time finds it expired, and it leaves the
 * queue, so that those behind it move up. Without times there is no clock: everything is tried once, and a deadline only
 * orders.
 *
 * Shapes and units: as {@link resolveQueue}; `minutes` rise strictly. Errors: as {@link resolveQueue}; `RangeError` for
 * minutes that do not rise, and for a deadline before the arrival.
 *
 * @example
 * ```ts
 * import { resolveDay } from "#/model/clearing/queue_day.ts";
 * import assert from "node:assert/strict";
 * const queue = [
 *   { id: "early", payer: "ant", payee: "jd", amountFen: 9, deadlineMinute: 600 },
 *   { id: "late", payer: "ant", payee: "jd", amountFen: 9, arrivalMinute: 700 },
 * ];
 * const { settled, expired } = resolveDay(queue, { ant: 10, jd: 0 }, { minutes: [660, 720] });
 * assert.deepEqual(settled, ["late"]);
 * assert.deepEqual(expired, [{ id: "early", foundMinute: 660 }]);
 * ```
 */
export function resolveDay(
  queue: readonly ArrivingPayment[],
  openingFen: Readonly<Record<string, Fen>>,
  { minutes, limits = [], ...terms }: ResolutionTerms & { minutes?: readonly number[] } = {},
): QueueDay {
  refuseDisorder(queue, minutes ?? []);
  const sentFen = new Float64Array(limits.length);
  const times: SettlementTime[] = [], expired: QueueDay["expired"] = [], settled: string[] = [];
  const lowestFen = new Map(Object.entries(openingFen));
  let waiting: readonly ArrivingPayment[] = queue, balancesFen = { ...openingFen };
  let held: QueueDay["held"] = [], settledFen = 0;
  for (const minute of minutes ?? [null]) {
    if (minute !== null) {
      const inTime = ({ deadlineMinute }: QueuedPayment) =>
        !(deadlineMinute !== undefined && deadlineMinute < minute);
      for (const payment of waiting) {
        if (!inTime(payment)) expired.push({ id: payment.id, foundMinute: minute });
      }
      waiting = waiting.filter(inTime);
    }
    const hasCome = ({ arrivalMinute = 0 }: ArrivingPayment) => minute === null || arrivalMinute <= minute;
    const own = resolveQueue(waiting.filter(hasCome), balancesFen, {
      ...terms,
      // What has come back widens a limit, what has gone out narrows it; it is never passed, so never below zero.
      limits: limits.map((one, k) => ({ ...one, limitFen: one.limitFen - sentFen[k] })),
    });
    const gone = new Set(own.settled);
    sentNetFen(limits, waiting.filter(({ id }) => gone.has(id))).forEach((fen, k) => sentFen[k] += fen);
    for (const [name, usedFen] of Object.entries(own.peakUsedFen)) {
      lowestFen.set(name, Math.min(lowestFen.get(name)!, balancesFen[name] - usedFen));
    }
    const { batches, isProvenBest, isBudgetSpent, nodes } = own;
    times.push({ minute, batches, isProvenBest, isBudgetSpent, nodes });
    for (const id of own.settled) settled.push(id);
    settledFen += own.settledFen;
    balancesFen = own.balancesFen;
    waiting = waiting.filter(({ id }) => !gone.has(id));
    const reasons = new Map(own.held.map((one) => [one.id, one]));
    held = waiting.map(({ id }) => reasons.get(id) ?? { id, reason: "notYet", shortFen: 0, overFen: 0 });
  }
  return {
    ...{ times, settled, settledFen, expired, held, balancesFen, limitNetFen: [...sentFen] },
    peakUsedFen: Object.fromEntries(
      [...lowestFen].map(([name, fen]) => [name, openingFen[name] - fen]),
    ),
  };
}

function refuseDisorder(queue: readonly ArrivingPayment[], minutes: readonly number[]): void {
  for (const [k, minute] of minutes.entries()) {
    if (Number.isInteger(minute) && minute >= 0 && (k === 0 || minute > minutes[k - 1])) continue;
    throw new RangeError(`Cannot settle at minute ${minute}: whole minutes that rise are needed`);
  }
  for (const { id, arrivalMinute = 0, deadlineMinute = Infinity } of queue) {
    if (!Number.isInteger(arrivalMinute) || arrivalMinute < 0) {
      throw new RangeError(
        `Cannot let payment ${id} arrive at minute ${arrivalMinute}: a whole minute is needed`,
      );
    }
    if (deadlineMinute < arrivalMinute) {
      throw new RangeError(
        `Cannot settle payment ${id} by minute ${deadlineMinute}: it arrives at minute ${arrivalMinute}`,
      );
    }
  }
}
