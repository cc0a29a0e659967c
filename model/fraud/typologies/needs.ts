// What must be true of a person for a plot to be possible.

/** Facts about a person, as bits. */
export const plotNeed = {
  /** Holds a line that is in use. */
  line: 1,
  /** Holds both lines. */
  bothLines: 2,
  /** Is short of cash: income has failed. */
  trouble: 4,
  /** Has a bill that is due now. */
  billDue: 8,
  /** Is invented: no real person stands behind the account. */
  invented: 16,
  /** Has held a line, and paid on time, for as long as it takes to be trusted. */
  seasoned: 32,
} as const;
