// A private placement: notes of a fixed term, in whole tickets, to at most 200 qualified investors, on pledged receivables.

import { z } from "zod";
import { bpsOf, type Fen } from "#/model/units/units.ts";
import type { FundingSource } from "./registry.ts";
import { actual365, number, poolPart, upTo } from "./rules.ts";

/** What a scenario says of the placement. */
export const privatePlacementTerms = z.strictObject({
  active: z.boolean(),
  amountCny: number.cny(),
  issueDay: number.days(),
  termDays: number.days(30, 3_650),
  spreadBps: number.bps(2_000),
  placementFeeBps: number.bps(1_000),
  /** What one investor takes; the notes are a whole number of it. */
  ticketCny: number.cny(),
  ...poolPart,
  /** Notes at most, of the receivables pledged for them. */
  advanceRateBps: number.bps(),
});

/** More investors would make it a public offer (Securities Law of 2019, art. 9: 200 in all). */
export const investorsMax = 200;

/** Placed once, repaid at its end; interest each 30 days. */
export const privatePlacement: FundingSource = {
  title: "private placement to qualified investors",
  lender: "investors",
  kind: "term",
  terms: privatePlacementTerms,
  draw: upTo,
  interestOfDay: actual365,
  quote: (terms, baseRateBps) => ({
    rateBps: baseRateBps + Number(terms.spreadBps),
    feeBps: Number(terms.placementFeeBps),
    payEveryDays: 30,
    interestOnlyDays: Number(terms.termDays) - 1,
    termDays: Number(terms.termDays),
  }),
};

/**
 * What a placement raises: the amount that is asked, that the pledged receivables carry and that 200 investors take at a
 * ticket each, in whole tickets.
 *
 * @example
 * ```ts
 * import { placedFen } from "#/model/funding/sources/private_placement.ts";
 * import assert from "node:assert/strict";
 * assert.equal(placedFen({ amountFen: 950, ticketFen: 100, advanceRateBps: 9_000 }, { pledgedFen: 2_000 }), 900);
 * assert.equal(placedFen({ amountFen: 950, ticketFen: 100, advanceRateBps: 9_000 }, { pledgedFen: 100 }), 0);
 * assert.equal(placedFen({ amountFen: 950, ticketFen: 1, advanceRateBps: 9_000 }, { pledgedFen: 2_000 }), 200);
 * ```
 */
export function placedFen(
  { amountFen, ticketFen, advanceRateBps }: { amountFen: Fen; ticketFen: Fen; advanceRateBps: number },
  { pledgedFen }: { pledgedFen: Fen },
): Fen {
  const mostFen = Math.min(amountFen, bpsOf(pledgedFen, advanceRateBps));
  return Math.min(investorsMax, Math.floor(mostFen / ticketFen)) * ticketFen;
}
