// The purchases of one day that were authorised, in shopper order; filled anew each day.

/** How far a purchase has come. */
export const purchaseStatus = { authorised: 1, settled: 2, cancelled: 3 } as const;

/** Bits of `flags`. */
export const purchaseFlag = { bridged: 1, stolen: 2, returned: 4 } as const;

/** The columns of a day's purchases. */
export interface Purchases {
  /** Rows filled today. */
  length: number;
  room: number;
  shopper: Uint32Array;
  merchant: Uint32Array;
  /** Index of the product, or −1 for a debit card. */
  product: Int8Array;
  network: Uint8Array;
  amountFen: Float64Array;
  minute: Uint16Array;
  route: Int8Array;
  status: Uint8Array;
  flags: Uint8Array;
  /** Instalments chosen, 0 for pay-later. */
  months: Uint8Array;
  /** Why the preferred way was refused before this one was taken; 0 when it was the first. */
  redirected: Uint8Array;
  /** Rows in order of minute, ties by row. */
  order: Uint32Array;
  /** Next row in the same queue, or −1. */
  queued: Int32Array;
}

/** Allocates room for the busiest day. */
export function allocatePurchases(room: number): Purchases {
  return {
    length: 0,
    room,
    shopper: new Uint32Array(room),
    merchant: new Uint32Array(room),
    product: new Int8Array(room),
    network: new Uint8Array(room),
    amountFen: new Float64Array(room),
    minute: new Uint16Array(room),
    route: new Int8Array(room),
    status: new Uint8Array(room),
    flags: new Uint8Array(room),
    months: new Uint8Array(room),
    redirected: new Uint8Array(room),
    order: new Uint32Array(room),
    queued: new Int32Array(room),
  };
}

const minutes = 1_440;
const starts = new Uint32Array(minutes + 1);

/** Puts the day's rows into order of minute by counting; ties keep shopper, then purchase order. */
export function sortByMinute(purchases: Purchases): void {
  const { length, minute, order } = purchases;
  starts.fill(0);
  for (let k = 0; k < length; k++) starts[minute[k] + 1]++;
  for (let m = 0; m < minutes; m++) starts[m + 1] += starts[m];
  for (let k = 0; k < length; k++) order[starts[minute[k]]++] = k;
}
