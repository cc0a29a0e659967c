// What can go wrong between participants: messages lost, duplicated, overtaken or late, participants down, clocks apart.

/** Why two sides exchange a message about a transfer. */
export type MessageKind = "prepare" | "offer" | "fulfil" | "refuse" | "decision";

/** A transfer over the bridge, by its idempotency key; payer and payee are participants by number. */
export interface Transfer {
  id: number;
  payer: number;
  payee: number;
}

/** One message, as it is sent. */
export interface Sent {
  transfer: Transfer;
  /** The how-manieth message about its transfer, from 0: without faults prepare, offer, fulfil, decision, decision. */
  number: number;
  kind: MessageKind;
  from: number;
  to: number;
  second: number;
}

/** What becomes of a message on its way. */
export interface Fate {
  lost: boolean;
  /** Copies that arrive besides it. */
  copies: number;
  /** How much later than usual it arrives. */
  lateSeconds: number;
  /** The next message between the same two arrives first. */
  overtaken: boolean;
}

/** A message that arrives as it was sent. */
export const unharmed: Fate = { lost: false, copies: 0, lateSeconds: 0, overtaken: false };

/** The faults that a protocol meets: pure answers, the same whenever they are asked. */
export interface TransferFaults {
  fate(message: Sent): Fate;
  /** The second from which a participant is up again; not later than `second` while it is up. */
  upAt(participant: number, second: number): number;
  /** How far a participant's clock is ahead, in seconds; below zero where it is behind. */
  clockSeconds(participant: number): number;
  /** For how long the payee fails when the offer of a transfer first reaches it; 0 where it does not. */
  failsSeconds(transfer: Transfer): number;
}

/** Nothing goes wrong. */
export const noFaults: TransferFaults = {
  fate: () => unharmed,
  upAt: (_, second) => second,
  clockSeconds: () => 0,
  failsSeconds: () => 0,
};

/** How often messages suffer what, in parts per million of messages; the four together are at most a million. */
export interface MessageFaultRates {
  lostPpm: number;
  duplicatedPpm: number;
  reorderedPpm: number;
  latePpm: number;
  /** How late a late message is. */
  lateSeconds: number;
}

/**
 * The fate of a message by one uniform number: the four kinds of fault lie beside each other from zero, so that a higher
 * rate keeps the messages that were harmed before, as long as the rates before it stay.
 *
 * Shapes: `luck` in [0, 1). Errors: none.
 *
 * @example
 * ```ts
 * import { fateOf, unharmed } from "#/model/clearing/transfers/faults.ts";
 * import assert from "node:assert/strict";
 * const rates = { lostPpm: 100_000, duplicatedPpm: 50_000, reorderedPpm: 0, latePpm: 50_000, lateSeconds: 90 };
 * assert.equal(fateOf(0.05, rates).lost, true);
 * assert.equal(fateOf(0.12, rates).copies, 1);
 * assert.equal(fateOf(0.19, rates).lateSeconds, 90);
 * assert.equal(fateOf(0.2, rates), unharmed);
 * ```
 */
export function fateOf(luck: number, rates: MessageFaultRates): Fate {
  let at = luck * 1_000_000;
  if ((at -= rates.lostPpm) < 0) return { ...unharmed, lost: true };
  if ((at -= rates.duplicatedPpm) < 0) return { ...unharmed, copies: 1 };
  if ((at -= rates.reorderedPpm) < 0) return { ...unharmed, overtaken: true };
  if ((at -= rates.latePpm) < 0) return { ...unharmed, lateSeconds: rates.lateSeconds };
  return unharmed;
}
