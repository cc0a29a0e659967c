// Which rail a payment takes, and why none may be left.

import { reason } from "#/model/reasons.ts";
import type { Fen } from "#/model/units/units.ts";

/** The state of the ways between two platforms at one moment. */
export interface RouteFacts {
  /** The payment crosses platforms. */
  bridged: boolean;
  /** The cell asks for the real-time bridge. */
  wantsBridge: boolean;
  /** The bridge is open at this minute and not out of order. */
  bridgeUp: boolean;
  /** The bridge's operator has suspended it for want of money. */
  bridgeSuspended: boolean;
  /** The existing channel is not out of order. */
  channelUp: boolean;
  /** The cell may fall back to the existing channel. */
  failover: boolean;
  /** The adapter between the platforms failed on this call. */
  adapterFails: boolean;
  /** The cell asks for card clearing, and whether that is in order. */
  wantsCard?: boolean;
  cardUp?: boolean;
}

/** A route is not a reason: routes are negative so that one number says either. */
export const route = { channel: -1, bridge: -2, card: -3 } as const;

/**
 * The route of a payment (`route.channel`, `route.bridge`, `route.card`) or the code of the reason why there is none.
 *
 * Errors: none. Source: cost order existing channel for native payments, bridge for bridged ones, then fail-over.
 *
 * @example
 * ```ts
 * import { chooseRoute, route } from "#/model/clearing/routing.ts";
 * import { reason } from "#/model/reasons.ts";
 * import assert from "node:assert/strict";
 * const facts = { bridged: true, wantsBridge: true, bridgeUp: false, bridgeSuspended: false, channelUp: true,
 *   failover: true, adapterFails: false };
 * assert.equal(chooseRoute(facts), route.channel);
 * assert.equal(chooseRoute({ ...facts, failover: false }), reason.railDown);
 * assert.equal(chooseRoute({ ...facts, wantsBridge: false, wantsCard: true, cardUp: true }), route.card);
 * ```
 */
export function chooseRoute(facts: RouteFacts): number {
  if (facts.bridged && facts.adapterFails) return reason.adapterFailure;
  if (facts.wantsCard && facts.cardUp) return route.card;
  if (facts.wantsCard && !facts.failover) return reason.railDown;
  if (!facts.bridged || !facts.wantsBridge) return facts.channelUp ? route.channel : reason.railDown;
  if (facts.bridgeSuspended) return reason.bridgeSuspended;
  if (facts.bridgeUp) return route.bridge;
  return facts.failover && facts.channelUp ? route.channel : reason.railDown;
}

/** What a rail would cost a payment, and when it would be final. */
export interface RailOffer {
  /** Open, in order, and able to take it. */
  isUp: boolean;
  feeFen: Fen;
  /** Minutes until it is final, as far as can be seen now. */
  delayMinutes: number;
  /** Price of the payer's money that is bound, per million of the amount. */
  liquidityPpm: number;
}

/** What a payment is to the one who routes it. */
export interface Routed {
  amountFen: Fen;
  /** The payment is worth nothing later than so many minutes from now. */
  deadlineMinutes: number;
  /** Price of an hour's delay, per million of the amount. */
  delayPpmPerHour: number;
}

/** What a payment costs over a rail: fee, delay and bound money, in fen; Infinity where it cannot go, or comes too late. */
export function railCostFen(
  offer: RailOffer,
  { amountFen, deadlineMinutes, delayPpmPerHour }: Routed,
): number {
  if (!offer.isUp || offer.delayMinutes > deadlineMinutes) return Infinity;
  const pricePpm = offer.liquidityPpm + delayPpmPerHour * offer.delayMinutes / 60;
  return offer.feeFen + amountFen * pricePpm / 1_000_000;
}

/**
 * How a payment is routed that may fall back. `asked`: over the rail that its cell names, and it waits there; `cheapest`: over the
 * rail that costs least and is in time, the first on a tie. Answers the place of the offer, −1 where none will do.
 *
 * @example
 * ```ts
 * import { routings } from "#/model/clearing/routing.ts";
 * import assert from "node:assert/strict";
 * const offers = [{ isUp: true, feeFen: 2, delayMinutes: 90, liquidityPpm: 0 },
 *   { isUp: true, feeFen: 0, delayMinutes: 120, liquidityPpm: 0 }];
 * const payment = { amountFen: 100_000, deadlineMinutes: 240, delayPpmPerHour: 5 };
 * assert.equal(routings.asked.choose(offers, payment), 0);
 * assert.equal(routings.cheapest.choose(offers, payment), 1);
 * assert.equal(routings.cheapest.choose(offers, { ...payment, deadlineMinutes: 100 }), 0);
 * ```
 */
export const routings = {
  asked: {
    title: "over the rail that the cell names",
    choose: (offers: readonly RailOffer[], _: Routed): number => offers.length > 0 && offers[0].isUp ? 0 : -1,
  },
  cheapest: {
    title: "over the cheapest rail that is in time",
    choose: (offers: readonly RailOffer[], payment: Routed): number => {
      let best = -1, leastFen = Infinity;
      for (let k = 0; k < offers.length; k++) {
        const costFen = railCostFen(offers[k], payment);
        if (costFen < leastFen) {
          best = k;
          leastFen = costFen;
        }
      }
      return best;
    },
  },
} as const;
