// One purchase followed through every layer: what each looked at, what it said, and what the shopper would be told.

/** What the shopper was told of a debt that day. */
export interface TracedNotice {
  kind: string;
  product: string;
  text: string;
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
