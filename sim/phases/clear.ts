// Clearing and settlement, in order of minute: who owes what, and when it is paid with finality.
//
// Each purchase goes over the rail that routing found: the existing channel (dns), card clearing, or the bridge (rtgs). Only the
// day's purchases and the few participants are touched here.
//
// Nothing is allocated for a purchase, whether it is paid at once or waits: what a rule is shown lies in scratch of the bridge,
// what waits in columns that last. Objects are made a window (its legs) and a transfer that meets a fault.

import { route } from "#/model/clearing/routing.ts";
import { bpsOf } from "#/model/units/units.ts";
import { purchaseFlag, startsOfMinutes } from "#/sim/tables/purchases.ts";
import { hours, railNames } from "#/sim/tables/rail_tally.ts";
import type { World } from "#/sim/world.ts";
import {
  acquirerFeeFen,
  advanceBridge,
  bridgeFeeFen,
  bridgeRail,
  closeBridge,
  submitPurchase,
} from "./bridge.ts";
import {
  acquirerAt,
  closeWindow,
  drainHeld,
  finalAt,
  firstBank,
  fixCaps,
  forward,
  forwardCard,
  issuerAt,
  oblige,
  openWindow,
  operatorAt,
  refreshRoom,
} from "./channel.ts";
import { gauge, openGauge } from "./gauge.ts";
import { chargeClearing, openPrefunds, refillBridge } from "./prefund.ts";
import { settleWaiting } from "./release.ts";
import { closeTransfers, wake } from "./transfer.ts";

export * from "./channel.ts";
export { prefundingTargetFen } from "./prefund.ts";

const channelRail = railNames.indexOf("dns"), cardRail = railNames.indexOf("card");

/** Clears the day's purchases. */
export function clear(world: World): void {
  const { clearing, purchases, terms, bridge } = world;
  openDesk(world);
  openGauge(world);
  orderByMinute(world);
  openPrefunds(world);
  fixCaps(world);
  wake(world, 0);
  openWindow(world);
  const windows = terms.clearing.windowMinutes;
  // On a day without the existing channel no window ends: what is owed waits for tomorrow's first.
  let next = world.today.channelDown ? windows.length : 0;
  for (let k = 0; k < purchases.length; k++) {
    const minute = clearing.minute[k];
    if (minute !== bridge.minute) {
      while (next < windows.length && minute >= windows[next]) endWindow(world, next++);
      comeTo(world, minute);
    }
    if (clearing.route[k] === route.bridge) submitPurchase(world, k);
    else submitToChannel(world, k, next);
  }
  while (next < windows.length) endWindow(world, next++);
  comeTo(world, 1_440);
  closeTransfers(world);
  chargeClearing(world);
}

/** Lets faults, transfers on their way and the bridge come up to a minute; 1,440 is the day's end. */
function comeTo(world: World, minute: number): void {
  const { bridge, faults, terms, rails: tally } = world, { closesMinute } = terms.clearing.rails[bridgeRail];
  if (minute >= (tally.hour + 1) * 60) gauge(world, minute);
  if (minute < closesMinute) {
    if (minute >= faults.wakeMinute) wake(world, minute);
    return advanceBridge(world, minute);
  }
  if (!bridge.isClosed) {
    if (closesMinute >= faults.wakeMinute) wake(world, closesMinute);
    closeBridge(world);
  }
  if (minute >= faults.wakeMinute || minute === 1_440) wake(world, minute);
}

/** Forgets yesterday's sums. */
function openDesk({ desk, participants }: World): void {
  desk.delayFenMinutes =
    desk.clearedFen =
    desk.bridgeFeesFen =
    desk.bridgePaid =
    desk.bridgeQueued =
    desk.bridgeExpired =
    desk.grossFen =
    desk.netFen =
    desk.bulkFen =
    desk.bulkDelayFenMinutes =
    desk.gridlockMinutes =
    desk.fellBack =
    desk.rerouted =
    desk.bridgeSettledFen =
    desk.queuePeakFen =
    desk.bridgeDelayFenMinutes =
    desk.bridgeClearedFen =
      0;
  participants.deepestFen.fill(0);
  desk.carried.fill(0);
}

/** Lays the day's purchases out in order of minute, with what clearing needs and nothing else. */
function orderByMinute(world: World): void {
  const { purchases, clearing, desk, shoppers, merchants, terms } = world;
  const { starts } = desk;
  startsOfMinutes(purchases, starts);
  for (let row = 0; row < purchases.length; row++) {
    const at = starts[purchases.minute[row]]++;
    const product = purchases.product[row], network = purchases.network[row];
    const amountFen = purchases.amountFen[row];
    clearing.row[at] = row;
    clearing.minute[at] = purchases.minute[row];
    clearing.product[at] = product;
    clearing.network[at] = network;
    clearing.route[at] = purchases.route[row];
    clearing.bridged[at] = purchases.flags[row] & purchaseFlag.bridged;
    clearing.payer[at] = product < 0 ? firstBank + shoppers.bank[purchases.shopper[row]] : issuerAt[product];
    clearing.shopBank[at] = firstBank + merchants.bank[purchases.merchant[row]];
    clearing.amountFen[at] = amountFen;
    clearing.discountFen[at] = bpsOf(
      amountFen,
      product < 0 ? terms.debitDiscountBps : terms.creditDiscountBps[network],
    );
  }
}

/** Counts how long a lender's payment for a purchase waits to be final, and the fee of its rail. Called once a purchase. */
export function wait(
  { desk, clearing, rails: tally, participants }: World,
  k: number,
  minutes: number,
  rail: number,
): void {
  const amountFen = clearing.amountFen[k], delayFenMinutes = amountFen * minutes;
  desk.delayFenMinutes += delayFenMinutes;
  desk.clearedFen += amountFen;
  if (rail === bridgeRail) {
    desk.bridgeDelayFenMinutes += delayFenMinutes;
    desk.bridgeClearedFen += amountFen;
  }
  const at = rail * hours + Math.floor(clearing.minute[k] / 60);
  tally.payments[at]++;
  tally.valueFen[at] += amountFen;
  tally.delayFenMinutes[at] += delayFenMinutes;
  desk.railPayments[rail * participants.count + clearing.payer[k]]++;
}

/** A purchase comes to the channel or to the card network; after the cut-off it is kept for the morning. */
function submitToChannel(world: World, k: number, next: number): void {
  const { clearing, terms, desk } = world, minute = clearing.minute[k];
  const asksCard = clearing.route[k] === route.card;
  // What card clearing cannot take goes over the channel.
  const isCard = asksCard &&
    desk.carried[cardRail] + 1 <= terms.clearing.rails[cardRail].perMinute * (minute + 1);
  const rail = isCard ? cardRail : channelRail;
  const { perMinute, latencySeconds, closesMinute } = terms.clearing.rails[rail];
  // What a rail cannot carry by this minute, and what comes after the cut-off, is kept for the morning.
  const isFull = ++desk.carried[rail] > perMinute * (minute + 1);
  if (isFull) desk.carried[rail]--;
  const isKept = isCard || isFull || minute >= closesMinute;
  if (clearing.product[k] >= 0) {
    const finalMinute = isKept ? 1_440 + terms.clearing.windowMinutes[0] : finalAt(world, next);
    wait(world, k, finalMinute - minute + latencySeconds / 60, rail);
  }
  clearOverChannel(world, k, isKept ? rail : -1, false);
}

/**
 * Over the existing channel: the shopper's bank pays shop and acquirer; an issuer pays the shop, or its acquirer. `keptBy` is the
 * rail that keeps the purchase for the morning, -1 where it goes into the open window.
 */
export function clearOverChannel(
  world: World,
  k: number,
  keptBy: number,
  isPaidOut: boolean,
): void {
  const { clearing, desk } = world, owe = keptBy < 0 ? oblige : keptBy === cardRail ? forwardCard : forward;
  const payer = clearing.payer[k], shopBank = clearing.shopBank[k];
  const discountFen = clearing.discountFen[k], shopFen = clearing.amountFen[k] - discountFen;
  const acquirer = acquirerAt[clearing.network[k]];
  if (clearing.product[k] < 0) {
    if (payer !== shopBank) owe(world, payer, shopBank, shopFen);
    owe(world, payer, acquirer, discountFen);
  } else if (clearing.bridged[k]) {
    const acquirerFen = acquirerFeeFen(world, k), feeFen = bridgeFeeFen(world, k);
    if (payer === acquirer) {
      if (!isPaidOut) owe(world, payer, shopBank, shopFen);
    } else {
      owe(world, payer, acquirer, shopFen + acquirerFen);
      if (!isPaidOut) owe(world, acquirer, shopBank, shopFen);
    }
    owe(world, payer, operatorAt, feeFen);
    desk.bridgeFeesFen += feeFen;
  } else owe(world, payer, shopBank, shopFen);
}

/** The end of a window: post what was obliged, settle the nets, bring the bridge's money to target, go on. */
function endWindow(world: World, window: number): void {
  const { participants: it, desk, terms, bridge } = world;
  const minute = terms.clearing.windowMinutes[window];
  comeTo(world, minute);
  gauge(world, minute);
  closeWindow(world);
  refillBridge(world);
  refreshRoom(world);
  drainHeld(world);
  // What the caps still hold back waits for another window.
  const gap = finalAt(world, window + 1) - minute;
  for (let payer = 0; payer < firstBank; payer++) desk.delayFenMinutes += it.heldByFen[payer] * gap;
  if (bridge.queue.waiting === 0) return;
  bridge.changed = true;
  settleWaiting(world, minute);
}
