// Identify: is the shopper known well enough, and recognised across platforms where that is needed?

import { identify } from "#/model/identity/assurance.ts";
import type { World } from "#/sim/world.ts";
import { isLinked } from "./live.ts";
import type { Want } from "./want.ts";

/** The reason of refusal, or none. */
export function identifyShopper(world: World, want: Want, product: number, network: number): number {
  const { terms, shoppers } = world;
  const cell = terms.cells[product][network];
  want.linked = isLinked(world, want.shopper);
  return identify(want.amountFen, {
    assurance: shoppers.assurance[want.shopper],
    required: cell.requiredAssurance,
    bridged: cell.bridged,
    linked: want.linked,
    caps: terms.identity.caps,
  });
}
