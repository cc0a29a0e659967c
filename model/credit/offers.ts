// Offers: what an issuer, from the orders and repayments that it sees, invites a person to.

import type { Bps } from "#/model/units/units.ts";

/** The kinds of offer: to open a line, to have a higher limit, to pay in instalments. */
export const offerKinds = ["invitation", "higherLimit", "instalments"] as const;
/** A kind of offer. */
export type OfferKind = typeof offerKinds[number];

/** What an issuer knows of a person once a month. */
export interface OfferFacts {
  held: boolean;
  /** Score as the issuer sees it, and the least that is granted today. */
  points: number;
  cutoffPoints: number;
  late: boolean;
  /** Orders of the last month that the line would have served. */
  orders: number;
  /** Share of the limit in use, 0 to 1. */
  utilisation: number;
  /** The usual purchase over the least amount that may be paid in instalments. */
  usualOverInstalment: number;
}

/** Whom offers go to. */
export interface OfferTerms {
  offerMarginPoints: number;
  invitationOrders: number;
  higherLimitFromUseBps: Bps;
}

/**
 * The offer that a person gets this month, or none: who holds no line and orders often is invited, who uses much of a limit
 * may have a higher one, who usually buys at least half of what may be paid in instalments is offered them.
 *
 * Shapes and units: the score must pass the cut-off by `offerMarginPoints`; who is late gets no offer. Source: assumption.
 *
 * @example
 * ```ts
 * import { offerTo } from "#/model/credit/offers.ts";
 * import assert from "node:assert/strict";
 * const terms = { offerMarginPoints: 50, invitationOrders: 2, higherLimitFromUseBps: 5_000 };
 * const facts = { held: true, points: 600, cutoffPoints: 480, late: false, orders: 0, utilisation: 0.7, usualOverInstalment: 0 };
 * assert.equal(offerTo(facts, terms), "higherLimit");
 * assert.equal(offerTo({ ...facts, late: true }, terms), null);
 * assert.equal(offerTo({ ...facts, held: false, orders: 3 }, terms), "invitation");
 * ```
 */
export function offerTo(
  { held, points, cutoffPoints, late, orders, utilisation, usualOverInstalment }: OfferFacts,
  { offerMarginPoints, invitationOrders, higherLimitFromUseBps }: OfferTerms,
): OfferKind | null {
  if (late || points < cutoffPoints + offerMarginPoints) return null;
  if (!held) return orders >= invitationOrders ? "invitation" : null;
  if (utilisation >= higherLimitFromUseBps / 10_000) return "higherLimit";
  return usualOverInstalment >= 0.5 ? "instalments" : null;
}
