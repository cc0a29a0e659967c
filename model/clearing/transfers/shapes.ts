// What the two-phase transfer is made of: its terms, its books, what is known of each transfer.

import type { Transfer } from "./faults.ts";

/** How a transfer ended: money moved; its time ran out; the payee would not have it; the payer's money did not suffice. */
export type Decision = "settled" | "expired" | "refused" | "short";

/** How long things take, and how long they are waited for; whole seconds. */
export interface TransferTerms {
  /** From one participant to another. */
  latencySeconds: number;
  /** Until the first repetition; each further one waits twice as long, up to `longestRetrySeconds`. */
  retrySeconds: number;
  longestRetrySeconds: number;
  /** How long money stays reserved for an answer of the payee. */
  timeoutSeconds: number;
  /** How long the payer's order stands from when it is given, by the payer's clock. */
  lifeSeconds: number;
}

/** Who keeps the money. Each is called at most once for a transfer, `settle` and `release` only after it was reserved. */
export interface TransferBooks {
  /** Reserves the payer's money; "waiting" where it may come later (then `funded` or `abandon` follows). */
  reserve(transfer: Transfer, second: number): "reserved" | "waiting" | "short";
  settle(transfer: Transfer, second: number): void;
  release(transfer: Transfer, second: number): void;
  /** Told of every decision, after the money has been moved or given back. */
  decided?(transfer: Transfer, decision: Decision, second: number): void;
}

/** What the operator has of a transfer, and what the two others know. */
export interface TransferState {
  readonly transfer: Transfer;
  readonly sentSecond: number;
  /** When the order lapses, by the payer's clock. */
  readonly expirySecond: number;
  stage: "sent" | "waiting" | "reserved" | "decided";
  decision: Decision | null;
  decidedSecond: number;
  /** When the reservation lapses. */
  deadlineSecond: number;
  /** The payee has promised to deliver. */
  promised: boolean;
  /** The payee failed on its first offer. */
  hasFailed: boolean;
  payerKnows: Decision | null;
  payeeKnows: Decision | null;
  messages: number;
}
