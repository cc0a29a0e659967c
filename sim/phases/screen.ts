// Screen: the fraud rules that the scenario has switched on, in their order.

import { reason } from "#/model/reasons.ts";
import type { World } from "#/sim/world.ts";
import type { Want } from "./want.ts";

/** The reason of refusal, or none. `k` is the place of this want among the shopper's wants of the day. */
export function screenAttempt(world: World, want: Want, k: number): number {
  const { desk, terms, counts } = world;
  const { active, velocityWindowMinutes } = terms.fraud;
  if (active.length === 0) return reason.none;
  let attempts = 1;
  for (let before = k - 1; before >= 0; before--) {
    if (desk.wants[before].minute <= want.minute - velocityWindowMinutes) break;
    attempts++;
  }
  const facts = desk.facts;
  facts.attemptsInWindow = attempts;
  facts.distanceKm = want.distanceKm;
  for (let r = 0; r < active.length; r++) {
    if (active[r].refuses(facts, terms.fraud)) {
      if (!want.stolen) counts.insulted++;
      return active[r].reason;
    }
  }
  return reason.none;
}
