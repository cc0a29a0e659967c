// Route: by which rail the issuer pays, and whether the adapter between the platforms and the rail itself hold.

import { chooseRoute } from "#/model/clearing/routing.ts";
import { reason } from "#/model/reasons.ts";
import { unit } from "#/model/statistics/philox.ts";
import { isDown } from "#/sim/faults.ts";
import { draw, lane, process } from "#/sim/streams.ts";
import { hours, railNames } from "#/sim/tables/rail_tally.ts";
import type { World } from "#/sim/world.ts";
import { acquirerAt, issuerAt, operatorAt } from "./clear.ts";
import type { Want } from "./want.ts";

const channelRail = railNames.indexOf("dns"), bridgeRail = railNames.indexOf("rtgs");
const cardRail = railNames.indexOf("card");

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
  // The card has chosen its rail already.
  const hasRail = want.rail >= 0;
  const wantsBridge = cell.bridged && (hasRail ? want.rail === bridgeRail : cell.wantsBridge);
  const wantsCard = hasRail ? want.rail === cardRail : cell.wantsCard;
  const chosen = chooseRoute({
    bridged: cell.bridged,
    wantsBridge,
    bridgeUp: wantsBridge && !today.bridgeDown && (isBare || !isDown(world, operatorAt, want.minute)) &&
      isOpen(world, want, bridgeRail),
    bridgeSuspended: today.bridgeSuspended,
    // Before its first minute and after its cut-off the channel stores and forwards.
    channelUp: !today.channelDown && isUp(world, want, channelRail),
    failover: cell.failover,
    adapterFails,
    wantsCard,
    cardUp: wantsCard && !today.cardDown && isOpen(world, want, cardRail),
  });
  if (chosen > 0) return chosen;
  want.route = chosen;
  return reason.none;
}

/** Whether a rail takes a payment at this minute: it is within its hours, and the call does not fail. */
function isOpen(world: World, want: Want, rail: number): boolean {
  const { opensMinute, closesMinute } = world.terms.clearing.rails[rail];
  return want.minute >= opensMinute && want.minute < closesMinute && isUp(world, want, rail);
}

/** Whether a call to a rail does not fail for technical reasons. */
function isUp({ terms, streams, shoppers, rails: tally }: World, want: Want, rail: number): boolean {
  const { failurePpm } = terms.clearing.rails[rail];
  if (failurePpm === 0) return true;
  draw(streams, process.rail, shoppers.entity0 + want.shopper, want.day, want.attempt);
  const isWell = unit(streams.block[rail]) >= failurePpm / 1_000_000;
  if (!isWell) tally.failed[rail * hours + Math.floor(want.minute / 60)]++;
  return isWell;
}
