// The purchases of one day that were authorised, in shopper order; filled anew each day.

/** How far a purchase has come. */
export const purchaseStatus = { authorised: 1, settled: 2, cancelled: 3 } as const;

/** Bits of `flags`. */
export const purchaseFlag = { bridged: 1, plotted: 2, returned: 4, challenged: 8 } as const;

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
  /** Luck that says whether it comes back, in 1/65,536. */
  comesBack: Uint16Array;
  /** Code of the plot behind it, 0 for an honest purchase; and the level of assurance that was proved. */
  plot: Uint8Array;
  proved: Uint8Array;
  /** Why the preferred way was refused before this one was taken; 0 when it was the first. */
  redirected: Uint8Array;
}

/** The same purchases as clearing sees them, in order of minute, ties by row: who pays whom how much. */
export interface ClearingRows {
  row: Uint32Array;
  minute: Uint16Array;
  product: Int8Array;
  network: Uint8Array;
  route: Int8Array;
  bridged: Uint8Array;
  /** Participant that pays: the issuer, or the shopper's bank. */
  payer: Uint8Array;
  /** Participant that banks for the shop. */
  shopBank: Uint8Array;
  amountFen: Float64Array;
  discountFen: Float64Array;
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
    comesBack: new Uint16Array(room),
    plot: new Uint8Array(room),
    proved: new Uint8Array(room),
    redirected: new Uint8Array(room),
  };
}

/** Makes room for half as many purchases again, here and in clearing's view; what is there stays. */
export function growPurchases(purchases: Purchases, clearing: ClearingRows): void {
  const room = Math.ceil(purchases.room * 1.5) + 256;
  for (const table of [purchases, clearing] as unknown as Record<string, unknown>[]) {
    for (const [name, column] of Object.entries(table)) {
      if (!ArrayBuffer.isView(column)) continue;
      const fresh = new (column.constructor as new (room: number) => Uint8Array)(room);
      fresh.set(column as Uint8Array);
      table[name] = fresh;
    }
  }
  purchases.room = room;
}

/** Allocates clearing's view of as many purchases. */
export function allocateClearingRows(room: number): ClearingRows {
  return {
    row: new Uint32Array(room),
    minute: new Uint16Array(room),
    product: new Int8Array(room),
    network: new Uint8Array(room),
    route: new Int8Array(room),
    bridged: new Uint8Array(room),
    payer: new Uint8Array(room),
    shopBank: new Uint8Array(room),
    amountFen: new Float64Array(room),
    discountFen: new Float64Array(room),
  };
}

const minutes = 1_440;

/** The first place of each minute when rows are put into order of minute by counting; ties keep the order of rows. */
export function startsOfMinutes({ length, minute }: Purchases, starts: Uint32Array): void {
  starts.fill(0);
  for (let k = 0; k < length; k++) starts[minute[k] + 1]++;
  for (let m = 0; m < minutes; m++) starts[m + 1] += starts[m];
}
