// Which rail a payment takes, and why none may be left.

import { reason } from "#/model/reasons.ts";

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
}

/** A route is not a reason: routes are negative so that one number says either. */
export const route = { channel: -1, bridge: -2 } as const;

/**
 * The route of a payment (`route.channel`, `route.bridge`) or the code of the reason why there is none.
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
 * ```
 */
export function chooseRoute(facts: RouteFacts): number {
  if (facts.bridged && facts.adapterFails) return reason.adapterFailure;
  if (!facts.bridged || !facts.wantsBridge) return facts.channelUp ? route.channel : reason.railDown;
  if (facts.bridgeSuspended) return reason.bridgeSuspended;
  if (facts.bridgeUp) return route.bridge;
  return facts.failover && facts.channelUp ? route.channel : reason.railDown;
}
