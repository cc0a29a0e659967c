// The quote: for how much CNY a shopper buys a price in foreign currency, at which spread, and until when.
//
// The quoting party sells foreign currency above the mid rate and buys it back below, and each amount is rounded its way:
// up when it sells, down when it buys. So nobody gains by buying and giving back at one rate, however small the amounts.

import type { Bps, Fen, Ppm } from "#/model/units/units.ts";
import { type Rate } from "./currency.ts";

/** What is promised to a shopper. */
export interface Quote {
  midPpm: Ppm;
  /** The rate at which the foreign currency is sold: mid and spread, rounded up. */
  askPpm: Ppm;
  /** What the shopper pays. */
  amountFen: Fen;
  /** What rounding up added, in parts of a fen: the denominator is 10,000 · minorPerUnit. It is the quoting party's. */
  remainder: number;
  /** The last second of the day on which the quote holds, that second included. */
  untilSecond: number;
}

/** The rate at which foreign currency is sold to shoppers: above mid by the spread, rounded up. */
export function askPpm(midPpm: Ppm, spreadBps: Bps): Ppm {
  return Math.ceil(midPpm * (10_000 + spreadBps) / 10_000);
}

/** The rate at which foreign currency is bought back: below mid by the spread, rounded down. */
export function bidPpm(midPpm: Ppm, spreadBps: Bps): Ppm {
  return Math.floor(midPpm * (10_000 - spreadBps) / 10_000);
}

/**
 * A quote for a price in foreign currency.
 *
 * Shapes and units: `minor` whole cents of the foreign currency above 0; `spreadBps` on one side of mid, below 10,000;
 * `atSecond` of the day. Errors: `RangeError` for a price that is not whole and above 0, or so large that the product with the
 * rate passes 2^53.
 *
 * @example
 * ```ts
 * import { quoteOf } from "#/model/clearing/cross_border/quote.ts";
 * import assert from "node:assert/strict";
 * const terms = { spreadBps: 50, validMinutes: 10, atSecond: 36_000 };
 * const quote = quoteOf(10_001, { midPpm: 880_000, minorPerUnit: 100 }, terms);
 * assert.equal(quote.askPpm, 884_400);
 * assert.equal(quote.amountFen, 8_845); // 8,844.8844 fen, rounded up
 * assert.equal(quote.remainder, 115_600); // millionths of a fen
 * assert.equal(quote.untilSecond, 36_600);
 * ```
 */
export function quoteOf(
  minor: number,
  { midPpm, minorPerUnit }: Rate,
  { spreadBps, validMinutes, atSecond }: { spreadBps: Bps; validMinutes: number; atSecond: number },
): Quote {
  const rate = askPpm(midPpm, spreadBps), by = 10_000 * minorPerUnit;
  const amountFen = soldFen(minor, { ratePpm: rate, minorPerUnit });
  return {
    midPpm,
    askPpm: rate,
    amountFen,
    remainder: amountFen * by - minor * rate,
    untilSecond: atSecond + validMinutes * 60,
  };
}

/** What an amount of foreign currency costs at a selling rate: rounded up to the fen. */
export function soldFen(
  minor: number,
  { ratePpm, minorPerUnit }: { ratePpm: Ppm; minorPerUnit: number },
): Fen {
  return Math.ceil(productOf(minor, ratePpm) / (10_000 * minorPerUnit));
}

/**
 * What is paid for an amount of foreign currency at a buying rate, as for what comes back from a foreign shop: rounded down.
 *
 * @example
 * ```ts
 * import { bidPpm, boughtFen } from "#/model/clearing/cross_border/quote.ts";
 * import assert from "node:assert/strict";
 * assert.equal(boughtFen(10_001, { ratePpm: bidPpm(880_000, 50), minorPerUnit: 100 }), 8_756);
 * ```
 */
export function boughtFen(
  minor: number,
  { ratePpm, minorPerUnit }: { ratePpm: Ppm; minorPerUnit: number },
): Fen {
  return Math.floor(productOf(minor, ratePpm) / (10_000 * minorPerUnit));
}

/** Whether a quote still holds at a second of the day: its last second is included. */
export function holdsAt({ untilSecond }: Quote, second: number): boolean {
  return second <= untilSecond;
}

/** What the foreign acquirer receives of a price: the issuer's share of its discount stays at home, rounded down. */
export function netOfInterchange(minor: number, interchangeBps: Bps): number {
  return minor - Math.floor(minor * interchangeBps / 10_000);
}

function productOf(minor: number, ratePpm: Ppm): number {
  const product = minor * ratePpm;
  if (!Number.isInteger(minor) || minor < 1 || product > Number.MAX_SAFE_INTEGER) {
    throw new RangeError(
      `Cannot convert ${minor} at ${ratePpm} ppm: a whole number from 1 on is needed, and a product below 2^53`,
    );
  }
  return product;
}
