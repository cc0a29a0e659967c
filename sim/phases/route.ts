// Route: by which rail the issuer pays, and whether the adapter between the platforms holds.

import { chooseRoute } from "#/model/clearing/routing.ts";
import { reason } from "#/model/reasons.ts";
import { unit } from "#/model/statistics/philox.ts";
import { isDown } from "#/sim/faults.ts";
import { draw, lane, process } from "#/sim/streams.ts";
import type { World } from "#/sim/world.ts";
import { acquirerAt, issuerAt, operatorAt } from "./clear.ts";
import type { Want } from "./want.ts";

/** The reason of refusal, or none; a route that was found is kept on the want. */
export function routePayment(world: World, want: Want, product: number, network: number): number {
  const { terms, today, streams, shoppers } = world;
  const cell = terms.cells[product][network];
  const isBare = world.faults.outages.length === 0;
  if (
    !isBare &&
    (isDown(world, issuerAt[product], want.minute) || isDown(world, acquirerAt[network], want.minute))
  ) {
    return reason.participantDown;
  }
  // An adapter that no longer speaks the network's version fails every call; a sound one fails now and then.
  let adapterFails = cell.adapterVersion < today.adapterVersion[network];
  if (cell.bridged && cell.failurePpm > 0 && !adapterFails) {
    draw(streams, process.rare, shoppers.entity0 + want.shopper, want.day, want.attempt);
    adapterFails = unit(streams.block[lane.rare.adapter]) < cell.failurePpm / 1_000_000;
  }
  const { bridgeOpensMinute, bridgeClosesMinute } = terms.clearing;
  const chosen = chooseRoute({
    bridged: cell.bridged,
    wantsBridge: cell.wantsBridge,
    bridgeUp: !today.bridgeDown && (isBare || !isDown(world, operatorAt, want.minute)) &&
      want.minute >= bridgeOpensMinute && want.minute < bridgeClosesMinute,
    bridgeSuspended: today.bridgeSuspended,
    channelUp: !today.channelDown,
    failover: cell.failover,
    adapterFails,
  });
  if (chosen > 0) return chosen;
  want.route = chosen;
  return reason.none;
}
