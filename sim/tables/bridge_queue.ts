// The bridge's queue: payments that wait for money, chained in order of entry, all of them and each payer's. Empty every night.

/** Columns of the payments that entered today; a row is never used twice on a day. */
export interface BridgeQueue {
  /** Rows used today. */
  length: number;
  /** Rows that still wait, and the oldest and newest of them; −1 for none. */
  waiting: number;
  oldest: number;
  newest: number;
  payer: Uint8Array;
  payee: Uint8Array;
  amountFen: Float64Array;
  /** Minute of entry, and the minute at which it waits no longer. */
  minute: Uint16Array;
  until: Uint16Array;
  /** Place of a purchase among clearing's rows; −1 for an institution's bulk payment. */
  purchase: Int32Array;
  /** Neighbours among all that wait; −1 for none. */
  before: Int32Array;
  after: Int32Array;
  /** By payer: how many wait, and their amount. */
  waitingOf: Int32Array;
  waitingFen: Float64Array;
}

/** What a payment says when it enters. */
export interface QueueEntry {
  payer: number;
  payee: number;
  amountFen: number;
  minute: number;
  until: number;
  purchase: number;
}

/** Allocates an empty queue of `count` payers. */
export function allocateBridgeQueue(count: number, room = 256): BridgeQueue {
  return {
    length: 0,
    waiting: 0,
    oldest: -1,
    newest: -1,
    payer: new Uint8Array(room),
    payee: new Uint8Array(room),
    amountFen: new Float64Array(room),
    minute: new Uint16Array(room),
    until: new Uint16Array(room),
    purchase: new Int32Array(room),
    before: new Int32Array(room),
    after: new Int32Array(room),
    waitingOf: new Int32Array(count),
    waitingFen: new Float64Array(count),
  };
}

/** Forgets yesterday's rows. Throws where something still waits: every payment ends on its day. */
export function emptyQueue(queue: BridgeQueue): void {
  if (queue.waiting > 0) throw new Error(`Cannot empty the bridge's queue: ${queue.waiting} payments wait`);
  queue.length = 0;
  queue.oldest = queue.newest = -1;
}

/** Puts a payment at the end of the queue; returns its row. */
export function joinQueue(queue: BridgeQueue, entry: QueueEntry): number {
  if (queue.length === queue.payer.length) grow(queue);
  const row = queue.length++, { payer } = entry, last = queue.newest;
  queue.payer[row] = payer;
  queue.payee[row] = entry.payee;
  queue.amountFen[row] = entry.amountFen;
  queue.minute[row] = entry.minute;
  queue.until[row] = entry.until;
  queue.purchase[row] = entry.purchase;
  queue.before[row] = last;
  queue.after[row] = -1;
  if (last < 0) queue.oldest = row;
  else queue.after[last] = row;
  queue.newest = row;
  queue.waiting++;
  queue.waitingOf[payer]++;
  queue.waitingFen[payer] += entry.amountFen;
  return row;
}

/** Takes a row out: it has been paid or has ended otherwise. */
export function leaveQueue(queue: BridgeQueue, row: number): void {
  const payer = queue.payer[row], before = queue.before[row], after = queue.after[row];
  if (before < 0) queue.oldest = after;
  else queue.after[before] = after;
  if (after < 0) queue.newest = before;
  else queue.before[after] = before;
  queue.waiting--;
  queue.waitingOf[payer]--;
  queue.waitingFen[payer] -= queue.amountFen[row];
}

const columns = [
  ...["payer", "payee", "amountFen", "minute", "until", "purchase", "before", "after"] as const,
] as const;

/** Makes room for half as many rows again. */
function grow(queue: BridgeQueue): void {
  const room = Math.ceil(queue.payer.length * 1.5);
  for (const name of columns) {
    const old = queue[name], fresh = new (old.constructor as new (room: number) => Uint8Array)(room);
    fresh.set(old as Uint8Array);
    (queue as unknown as Record<string, unknown>)[name] = fresh;
  }
}
