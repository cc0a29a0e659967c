// Participants of clearing: their net positions in the open window, what is owed to whom, what is held back.

/** The few institutions, as small columns; matrices are payer · count + payee. */
export interface Participants {
  count: number;
  /** Net position of obligations not yet settled: positive to receive. Whole fen. */
  positionFen: Float64Array;
  /** How far below zero a position may go now: net debit cap, or the money that is there, whichever is less. */
  roomFen: Float64Array;
  /** Obligations taken into the window and not yet posted to the ledger. */
  obligedFen: Float64Array;
  /** Obligations held back by the cap, posted to the ledger. */
  heldFen: Float64Array;
  /** Held obligations not yet posted. */
  heldNewFen: Float64Array;
  /** Sum of what a payer has in `heldFen` and `heldNewFen`. */
  heldByFen: Float64Array;
  /** The deepest net position of the day. */
  deepestFen: Float64Array;
  /** First and last purchase waiting for bridge money, by payer; −1 for none. */
  queueFirst: Int32Array;
  queueLast: Int32Array;
  /** The lowest prefunded balance of the day. */
  prefundLowFen: Float64Array;
}

/** Allocates the columns. */
export function makeParticipants(count: number): Participants {
  return {
    count,
    positionFen: new Float64Array(count),
    roomFen: new Float64Array(count),
    obligedFen: new Float64Array(count * count),
    heldFen: new Float64Array(count * count),
    heldNewFen: new Float64Array(count * count),
    heldByFen: new Float64Array(count),
    deepestFen: new Float64Array(count),
    queueFirst: new Int32Array(count).fill(-1),
    queueLast: new Int32Array(count).fill(-1),
    prefundLowFen: new Float64Array(count),
  };
}
