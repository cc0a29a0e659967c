// The bridge between the platforms: its queue, what institutions will submit to it, and what it has seen today.

import { flows } from "#/model/clearing/flows.ts";
import { ClearingDesk, type PaymentColumns } from "#/model/clearing/work.ts";
import type { RailOffer, Routed } from "#/model/clearing/routing.ts";
import type { WithholdingFacts } from "#/model/clearing/withholding.ts";
import { allocateBridgeQueue, type BridgeQueue, type QueueEntry } from "./bridge_queue.ts";

/** The bridge's state; matrices are payer · count + payee. */
export interface Bridge {
  queue: BridgeQueue;
  /** What institutions owe over the bridge, by flow and pair, and have not submitted; the second is not yet posted. */
  bulkFen: Float64Array;
  bulkNewFen: Float64Array;
  /** Payouts to shops' banks since the last bulk, by pair. */
  payoutFen: Float64Array;
  /** Money that each participant keeps on the bridge today, and how far its account may be overdrawn within the day. */
  targetFen: Float64Array;
  creditFen: Float64Array;
  /** The minute up to which the day has been played, and the number of bulks submitted. */
  minute: number;
  bulks: number;
  /** Whether anything has changed since offsetting payments were last looked for. */
  changed: boolean;
  /** Payments that wait could settle together, and none of them alone, since `minute`. */
  gridlocked: boolean;
  /** Somebody keeps money here; the bridge has closed for the day. */
  isUsed: boolean;
  isClosed: boolean;
  /** Payments that the bridge can still take in this minute. */
  room: number;
  /** What each participant has sent and received today. */
  sentFen: Float64Array;
  receivedFen: Float64Array;
  /** What each participant's payments waited, in fen times minutes, by pair; what it sent at the late tariff. */
  waitedFenMinutes: Float64Array;
  lateFen: Float64Array;
  /** Sets of payments settled together today. */
  resolutions: number;
  /** Scratch of release: the desk, what lies on it, the queue's row of each, and by participant what is there, and nothing. */
  desk: ClearingDesk;
  columns: PaymentColumns;
  rowOf: Int32Array;
  laidFen: Float64Array;
  availableFen: Float64Array;
  noneFen: Float64Array;
  /** Somebody keeps payments back. */
  isWithheld: boolean;
  /** Scratch: what enters the queue, and what a participant that withholds sees. */
  entering: QueueEntry;
  seen: WithholdingFacts;
  /** Scratch of routing by cost: bridge and channel, and the payment. */
  offers: [RailOffer, RailOffer];
  routed: Routed;
}

const blankOffer = (): RailOffer => ({ isUp: false, feeFen: 0, delayMinutes: 0, liquidityPpm: 0 });

/** Allocates the bridge of `count` participants. */
export function allocateBridge(count: number): Bridge {
  const pairs = count * count;
  return {
    queue: allocateBridgeQueue(count),
    bulkFen: new Float64Array(flows.length * pairs),
    bulkNewFen: new Float64Array(flows.length * pairs),
    payoutFen: new Float64Array(pairs),
    targetFen: new Float64Array(count),
    creditFen: new Float64Array(count),
    minute: 0,
    bulks: 0,
    changed: false,
    gridlocked: false,
    isUsed: false,
    isClosed: false,
    room: 0,
    sentFen: new Float64Array(count),
    receivedFen: new Float64Array(count),
    waitedFenMinutes: new Float64Array(pairs),
    lateFen: new Float64Array(count),
    resolutions: 0,
    desk: new ClearingDesk(),
    columns: {
      count: 0,
      participants: count,
      payer: new Int32Array(0),
      payee: new Int32Array(0),
      amountFen: new Float64Array(0),
      priority: new Int32Array(0),
      deadlineMinute: new Int32Array(0),
    },
    isWithheld: false,
    entering: { payer: 0, payee: 0, amountFen: 0, minute: 0, until: 0, purchase: -1 },
    seen: { minute: 0, untilMinute: 0, sentFen: 0, receivedFen: 0, allowanceFen: 0 },
    rowOf: new Int32Array(0),
    laidFen: new Float64Array(count),
    availableFen: new Float64Array(count),
    noneFen: new Float64Array(count),
    offers: [blankOffer(), blankOffer()],
    routed: { amountFen: 0, deadlineMinutes: 0, delayPpmPerHour: 0 },
  };
}
