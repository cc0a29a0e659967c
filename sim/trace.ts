// One purchase followed through every layer: what each looked at, what it said, and what the shopper would be told.

/** What the shopper was told of a debt that day. */
export interface TracedNotice {
  kind: string;
  product: string;
  text: string;
}

/** Money of a purchase that went back on the day: each participant's part of the way, and what for. */
export interface TracedRefund {
  shopper: number;
  /** The day of the purchase, before 0 where it was made before the run; its shop and its whole amount. */
  purchaseDay: number;
  shop: number;
  amountFen: number;
  /** What the shopper gets back. */
  refundFen: number;
  /** Bought with a debit card, not on a line. */
  isDebit: boolean;
  /** Obligations that it made between participants, in the order of the way back. */
  legs: { payer: string; payee: string; amountFen: number }[];
}

/** One step of a traced purchase. */
export interface TraceEvent {
  /** Number of the want on the day, counted from 0 in order of minute. */
  want: number;
  layer: string;
  /** What the layer looked at. */
  saw: Record<string, string | number | boolean>;
  /** "passed", or the reason of the refusal. */
  verdict: string;
  /** The text that a shopper would be shown, where there is one. */
  shopperText?: string;
  /** What weighed most against the score, in words, where the score or the limit that follows it refused. */
  factors?: string[];
}
