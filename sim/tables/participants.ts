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
  /** Obligations kept for the next morning: posted to the ledger, and not yet. */
  forwardFen: Float64Array;
  forwardNewFen: Float64Array;
  /** The day's net debit cap; sent today, and a mean of what was sent on the days before. */
  capFen: Float64Array;
  sentFen: Float64Array;
  recentFlowFen: Float64Array;
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
    forwardFen: new Float64Array(count * count),
    forwardNewFen: new Float64Array(count * count),
    capFen: new Float64Array(count),
    sentFen: new Float64Array(count),
    recentFlowFen: new Float64Array(count),
    prefundLowFen: new Float64Array(count),
  };
}
