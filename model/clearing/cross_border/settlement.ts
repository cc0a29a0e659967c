// Settlement through a correspondent bank: who owes what when a purchase abroad is made, comes back, and is settled later.
//
// Whoever quotes earns the spread and carries the rate until settlement: the correspondent, who then is paid at the quoted
// rate at once; or the issuer, who then pays the correspondent at the fixing of the day of settlement.

import type { Bps, Fen, Ppm } from "#/model/units/units.ts";
import { bpsOf } from "#/model/units/units.ts";
import { type Rate, valueFen } from "./currency.ts";
import { askPpm, bidPpm, boughtFen, netOfInterchange, soldFen } from "./quote.ts";

/** Who quotes to the shopper and carries the rate from the quote to settlement. */
export const bearers = ["issuer", "correspondent"] as const;

/** The terms between issuer and correspondent that a purchase needs. */
export interface SettlementTerms {
  spreadBps: Bps;
  interchangeBps: Bps;
  correspondentFeeBps: Bps;
}

/** A purchase as it is owed, in whole amounts. */
export interface Owed {
  /** Foreign currency that the foreign acquirer will receive. */
  netMinor: number;
  /** What that is worth at mid, in CNY. */
  midFen: Fen;
  /** What that costs at the quoted rate: what the issuer owes a correspondent who carries the rate. */
  quotedFen: Fen;
  /** What the correspondent is paid for its service. */
  feeFen: Fen;
}

/**
 * What is owed for a purchase abroad. The spread's result is `quotedFen − midFen`, never negative; what the issuer keeps of the
 * foreign discount is what the shopper pays less `quotedFen`.
 *
 * @example
 * ```ts
 * import { owedFor } from "#/model/clearing/cross_border/settlement.ts";
 * import assert from "node:assert/strict";
 * const terms = { spreadBps: 50, interchangeBps: 100, correspondentFeeBps: 10 };
 * const owed = owedFor(10_000, { midPpm: 880_000, minorPerUnit: 100 }, terms);
 * assert.deepEqual(owed, { netMinor: 9_900, midFen: 8_712, quotedFen: 8_756, feeFen: 9 });
 * ```
 */
export function owedFor(minor: number, rate: Rate, terms: SettlementTerms): Owed {
  const netMinor = netOfInterchange(minor, terms.interchangeBps);
  const quotedFen = soldFen(netMinor, { ...rate, ratePpm: askPpm(rate.midPpm, terms.spreadBps) });
  return {
    netMinor,
    midFen: valueFen(netMinor, rate),
    quotedFen,
    feeFen: bpsOf(quotedFen, terms.correspondentFeeBps),
  };
}

/** What goes back of a purchase abroad, in whole amounts; the correspondent's fee does not. */
export interface Returned {
  /** Foreign currency that the foreign acquirer will receive less. */
  netMinor: number;
  midFen: Fen;
  /** What a correspondent who carries the rate gives the issuer for it, at its buying rate. */
  quotedFen: Fen;
  /** What the shopper gets. */
  backFen: Fen;
}

/**
 * What goes back when goods of so much foreign currency return: at the day's rate, not at that of the purchase.
 *
 * @example
 * ```ts
 * import { returnedFor } from "#/model/clearing/cross_border/settlement.ts";
 * import assert from "node:assert/strict";
 * const terms = { spreadBps: 50, interchangeBps: 100, correspondentFeeBps: 10 };
 * const back = returnedFor(10_000, { midPpm: 880_000, minorPerUnit: 100 }, terms);
 * assert.deepEqual(back, { netMinor: 9_900, midFen: 8_712, quotedFen: 8_668, backFen: 8_756 });
 * ```
 */
export function returnedFor(minor: number, rate: Rate, terms: SettlementTerms): Returned {
  const netMinor = netOfInterchange(minor, terms.interchangeBps);
  const at = { ...rate, ratePpm: bidPpm(rate.midPpm, terms.spreadBps) };
  return {
    netMinor,
    midFen: valueFen(netMinor, rate),
    quotedFen: boughtFen(netMinor, at),
    backFen: boughtFen(minor, at),
  };
}

/**
 * The result of carrying an open foreign debt from one mid rate to another: a loss when the foreign currency rises.
 *
 * Shapes and units: `owedMinor` whole cents owed, negative for a claim; fen. Errors: none.
 *
 * @example
 * ```ts
 * import { rateResultFen } from "#/model/clearing/cross_border/settlement.ts";
 * import assert from "node:assert/strict";
 * const rates = { fromPpm: 880_000, toPpm: 884_400, minorPerUnit: 100 };
 * assert.equal(rateResultFen(10_000, rates), -44);
 * assert.equal(rateResultFen(-10_000, rates), 44);
 * ```
 */
export function rateResultFen(
  owedMinor: number,
  { fromPpm, toPpm, minorPerUnit }: { fromPpm: Ppm; toPpm: Ppm; minorPerUnit: number },
): Fen {
  return valueFen(owedMinor, { midPpm: fromPpm, minorPerUnit }) -
    valueFen(owedMinor, { midPpm: toPpm, minorPerUnit });
}
