// The steps of a traced want, proved: each try that came to identification runs the real protocol.

import { shopsAbroad } from "#/sim/experiments/trace_abroad.ts";
import { homeNetwork } from "#/sim/phases/abroad.ts";
import { networks, products } from "#/model/names.ts";
import type { Fen } from "#/model/units/units.ts";
import type { TraceEvent } from "#/sim/trace.ts";
import { cardWay } from "#/sim/tables/ways.ts";
import type { World } from "#/sim/world.ts";
import { columnsOf, type ProvedPurchase, provePurchase } from "./protocol.ts";
import type { Protocol } from "./protocol_documents.ts";

/** A want that was followed, with its steps in order. */
export interface FollowedWant {
  shopper: number;
  day: number;
  want: number;
  minute: number;
  amountFen: Fen;
  steps: readonly TraceEvent[];
}

/**
 * The proofs of a want, one for each try on a line that came to identification, in order.
 *
 * Errors: those of {@link provePurchase}: protocol and columns disagree on what the step noted.
 */
export function proveTries(
  world: World,
  protocol: Protocol,
  { steps, ...want }: FollowedWant,
): ProvedPurchase[] {
  const proved: ProvedPurchase[] = [];
  let product = -1, network = -1;
  for (const { layer, saw } of steps) {
    if (layer === "accept") {
      product = indexOf(products, saw.product);
      // Abroad a line is shown at the cashier of its own network.
      network = saw.network === shopsAbroad ? homeNetwork[product] : indexOf(networks, saw.network);
      if (saw.instrument !== undefined) network = cardWay(network);
    }
    if (layer !== "identify") continue;
    if (product < 0 || network < 0) {
      throw new RangeError(
        `Cannot prove want ${want.want}: its steps name no line and network before identification`,
      );
    }
    // What was noted at the time wins over what the columns say by now.
    const facts = { ...want, amountFen: Number(saw.amountFen ?? want.amountFen), product, network };
    const columns = {
      ...columnsOf(world, facts),
      linked: saw.linked === true,
      assurance: Number(saw.assurance),
    };
    proved.push(provePurchase(world, protocol, { ...facts, columns }));
  }
  return proved;
}

/** The place of a name in a closed list; steps may hold the place itself. */
function indexOf(names: readonly string[], said: unknown): number {
  return typeof said === "number" ? said : names.indexOf(String(said));
}
