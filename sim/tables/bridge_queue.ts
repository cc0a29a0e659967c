// The bridge's queue: payments that wait for money, in order of entry; each payer's form a chain. Empty every night.

/** Columns of the payments that entered today; a row is never used twice on a day. */
export interface BridgeQueue {
  /** Rows used today. */
  length: number;
  /** Rows that still wait. */
  waiting: number;
  payer: Uint8Array;
  payee: Uint8Array;
  amountFen: Float64Array;
  /** What the operator gets with it. */
  feeFen: Float64Array;
  /** Minute of entry, and the minute at which it waits no longer. */
  minute: Uint16Array;
  until: Uint16Array;
  /** Place of a purchase among clearing's rows; −1 for an institution's bulk payment. */
  purchase: Int32Array;
  /** Neighbours in the payer's chain; −1 for none. */
  before: Int32Array;
  after: Int32Array;
  /** First and last row of each payer's chain; −1 for none. */
  first: Int32Array;
  last: Int32Array;
  /** What of each chain waits, in fen. */
  waitingFen: Float64Array;
}

/** What a payment says when it enters. */
export interface QueueEntry {
  payer: number;
  payee: number;
  amountFen: number;
  feeFen: number;
  minute: number;
  until: number;
  purchase: number;
}

/** Allocates an empty queue of `count` payers. */
export function allocateBridgeQueue(count: number, room = 256): BridgeQueue {
  return {
    length: 0,
    waiting: 0,
    payer: new Uint8Array(room),
    payee: new Uint8Array(room),
    amountFen: new Float64Array(room),
    feeFen: new Float64Array(room),
    minute: new Uint16Array(room),
    until: new Uint16Array(room),
    purchase: new Int32Array(room),
    before: new Int32Array(room),
    after: new Int32Array(room),
    first: new Int32Array(count).fill(-1),
    last: new Int32Array(count).fill(-1),
    waitingFen: new Float64Array(count),
  };
}

/** Forgets yesterday's rows. Throws where something still waits: every payment ends on its day. */
export function emptyQueue(queue: BridgeQueue): void {
  if (queue.waiting > 0) throw new Error(`Cannot empty the bridge's queue: ${queue.waiting} payments wait`);
  queue.length = 0;
}

/** Puts a payment at the end of its payer's chain; returns its row. */
export function joinQueue(queue: BridgeQueue, entry: QueueEntry): number {
  if (queue.length === queue.payer.length) grow(queue);
  const row = queue.length++, { payer } = entry, last = queue.last[payer];
  queue.payer[row] = payer;
  queue.payee[row] = entry.payee;
  queue.amountFen[row] = entry.amountFen;
  queue.feeFen[row] = entry.feeFen;
  queue.minute[row] = entry.minute;
  queue.until[row] = entry.until;
  queue.purchase[row] = entry.purchase;
  queue.before[row] = last;
  queue.after[row] = -1;
  if (last < 0) queue.first[payer] = row;
  else queue.after[last] = row;
  queue.last[payer] = row;
  queue.waiting++;
  queue.waitingFen[payer] += entry.amountFen + entry.feeFen;
  return row;
}

/** Takes a row out of its chain: it has been paid or has ended otherwise. */
export function leaveQueue(queue: BridgeQueue, row: number): void {
  const payer = queue.payer[row], before = queue.before[row], after = queue.after[row];
  if (before < 0) queue.first[payer] = after;
  else queue.after[before] = after;
  if (after < 0) queue.last[payer] = before;
  else queue.before[after] = before;
  queue.waiting--;
  queue.waitingFen[payer] -= queue.amountFen[row] + queue.feeFen[row];
}

/**
 * The largest set of waiting payments that can settle together in the order of each payer's chain, so that nobody ends
 * below nothing (Bech and Soramäki, 2001: the maximum is unique). Writes into `upTo` the last row of each payer's chain
 * that belongs to it, −1 for none, and returns how many payments it has.
 *
 * Shapes and units: `availableFen` by participant, money and credit, whole fen, none negative; it is overwritten with what
 * would be left. `operator` receives the fees; whoever `skip` marks pays nothing now. Errors: none.
 */
export function resolvable(
  queue: BridgeQueue,
  availableFen: Float64Array,
  { operator, upTo, skip }: { operator: number; upTo: Int32Array; skip: Uint8Array },
): number {
  const { first, last, before, after, payee, amountFen, feeFen, waitingFen } = queue;
  let left = 0;
  for (let p = 0; p < first.length; p++) {
    upTo[p] = skip[p] ? -1 : last[p];
    if (upTo[p] < 0) continue;
    availableFen[p] -= waitingFen[p];
    for (let row = first[p]; row >= 0; row = after[row]) {
      availableFen[payee[row]] += amountFen[row];
      availableFen[operator] += feeFen[row];
      left++;
    }
  }
  for (let changed = true; changed && left > 0;) {
    changed = false;
    for (let p = 0; p < first.length; p++) {
      while (availableFen[p] < 0) {
        const row = upTo[p];
        availableFen[p] += amountFen[row] + feeFen[row];
        availableFen[payee[row]] -= amountFen[row];
        availableFen[operator] -= feeFen[row];
        upTo[p] = before[row];
        left--;
        changed = true;
      }
    }
  }
  return left;
}

const columns = [
  ...["payer", "payee", "amountFen", "feeFen", "minute", "until"] as const,
  ...["purchase", "before", "after"] as const,
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
