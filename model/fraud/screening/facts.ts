// What the fraud rules may look at, for one attempt to pay, as one screener sees it.

/**
 * The kinds of data that a rule may use, as bits. People agree to each kind by itself and may withdraw it; `none` is used
 * with or without consent.
 */
export const dataCategory = { none: 0, account: 1, location: 2, device: 4 } as const;
/** A kind of data that a rule may use. */
export type DataCategory = keyof typeof dataCategory;

/** All kinds of data together: what may be used of somebody who agreed to everything. */
export const everyCategory = dataCategory.account | dataCategory.location | dataCategory.device;

/**
 * One attempt, as the screener sees it: what it knows itself, and what others share with it. One record is reused for
 * every attempt. A fact of yes or no is 1 or 0.
 */
export interface ScreenFacts {
  /** Kinds of this shopper's data that may be used now: bits of `dataCategory`. */
  mayUse: number;
  /** Attempts of this account within the window that ends now, this one included. */
  attemptsInWindow: number;
  /** 1 when the place of the device is known and may be used; else the distance says nothing. */
  hasLocation: number;
  /** From the place of the account's last payment, or from home where none is known, to the device that pays, in km. */
  distanceKm: number;
  /** Minutes since that last payment; a large number where none is known. */
  minutesSinceLast: number;
  /** 1 when this screener has never seen the account on this device. */
  newDevice: number;
  /** Accounts that this screener has seen on the device, this one included. */
  accountsOnDevice: number;
  /** 1 when the device or the account is on the list that this screener can see, its own or a shared one. */
  blacklisted: number;
  /** The amount to be paid, whole fen. */
  amountFen: number;
  /** The amount that the account usually pays, whole fen; 0 when this screener has seen too little to say. */
  usualFen: number;
  /** Share of past purchases in this shop that ended in fraud or dispute, as far as this screener knows, in bps. */
  merchantRiskBps: number;
}

/**
 * A record for attempts, to be filled anew for each. Its fields hold broken numbers at first, so that the engine keeps one
 * layout for whole and broken values alike; only `mayUse` is always whole.
 *
 * @example
 * ```ts
 * import { blankFacts, everyCategory } from "#/model/fraud/screening/facts.ts";
 * import assert from "node:assert/strict";
 * const facts = blankFacts();
 * facts.mayUse = everyCategory;
 * assert.equal(Object.values(facts).every((value) => typeof value === "number"), true);
 * ```
 */
export function blankFacts(): ScreenFacts {
  return {
    mayUse: dataCategory.none,
    attemptsInWindow: 0.5,
    hasLocation: 0.5,
    distanceKm: 0.5,
    minutesSinceLast: 0.5,
    newDevice: 0.5,
    accountsOnDevice: 0.5,
    blacklisted: 0.5,
    amountFen: 0.5,
    usualFen: 0.5,
    merchantRiskBps: 0.5,
  };
}
