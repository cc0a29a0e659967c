// The bridge (rtgs): payments at once from prefunded money and intraday credit; what is not covered waits in a queue, which
// is released by the scenario's method. Institutions submit in bulk; what has not settled by closing time goes on over the
// existing channel.

import { flows } from "#/model/clearing/flows.ts";
import { rails } from "#/model/clearing/rails/registry.ts";
import { reason } from "#/model/reasons.ts";
import { bpsOf, type Fen } from "#/model/units/units.ts";
import { code } from "#/sim/ledger/chart.ts";
import { joinQueue, leaveQueue } from "#/sim/tables/bridge_queue.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import { pay, type World } from "#/sim/world.ts";
import { acquirerAt, finalAfter, oblige, operatorAt } from "./channel.ts";
import { clearOverChannel, wait } from "./clear.ts";
import { bridgeUsedFen, noteLeg } from "./gauge.ts";
import { availableFen, noteLow } from "./prefund.ts";
import { settleWaiting } from "./release.ts";
import { abandonTransfer, meetsFault, sendTransfer } from "./transfer.ts";
import { hours, railNames } from "#/sim/tables/rail_tally.ts";

/** The bridge among the rails. */
export const bridgeRail = railNames.indexOf("rtgs");
const channelRail = railNames.indexOf("dns");

/** What the issuer leaves to the acquirer: at most the whole discount. */
export function acquirerFeeFen({ clearing, terms }: World, k: number): Fen {
  const { acquirerFeeBps } = terms.cells[clearing.product[k]][clearing.network[k]];
  return Math.min(clearing.discountFen[k], bpsOf(clearing.amountFen[k], acquirerFeeBps));
}

/** What the issuer pays the bridge's operator. */
export function bridgeFeeFen({ clearing, terms }: World, k: number): Fen {
  return bpsOf(clearing.amountFen[k], terms.cells[clearing.product[k]][clearing.network[k]].bridgeFeeBps);
}

/** What a purchase moves over the bridge; a platform that is lender and acquirer pays itself nothing. */
export function toAcquirerFen(world: World, k: number): Fen {
  const { clearing } = world;
  return clearing.payer[k] === acquirerAt[clearing.network[k]]
    ? 0
    : clearing.amountFen[k] - clearing.discountFen[k] + acquirerFeeFen(world, k);
}

/** A purchase comes to the bridge: it is paid at once, or waits behind those who wait already. */
export function submitPurchase(world: World, k: number): void {
  const { clearing, bridge, desk, terms } = world;
  const payer = clearing.payer[k], minute = clearing.minute[k], payee = acquirerAt[clearing.network[k]];
  const amountFen = toAcquirerFen(world, k);
  const { method } = terms.clearing, { failover } = terms.cells[clearing.product[k]][clearing.network[k]];
  if (failover && terms.clearing.routesByCost && prefersChannel(world, k)) {
    desk.rerouted++;
    wait(world, k, finalAfter(world, minute) - minute, channelRail);
    return clearOverChannel(world, k, -1, false);
  }
  // The acquirer owes the shop whatever happens, where the payment cannot fail.
  if (failover) payOut(world, k);
  if (meetsFault(world, k)) return sendTransfer(world, k);
  const isFirst = !method.keepsOrder || bridge.queue.waitingOf[payer] === 0;
  if (amountFen === 0 || isFirst && mayPay(world, payer, amountFen, minute)) {
    if (amountFen > 0) {
      move(world, payer, payee, amountFen);
      noteLow(world, payer);
    }
    settlePurchase(world, k, minute);
    return;
  }
  awaitMoney(world, k);
}

/** Puts a purchase behind those that wait for money. */
export function awaitMoney(world: World, k: number): void {
  const { clearing, bridge, desk, terms } = world;
  const payer = clearing.payer[k], minute = clearing.minute[k], payee = acquirerAt[clearing.network[k]];
  const { entering } = bridge;
  entering.payer = payer;
  entering.payee = payee;
  entering.amountFen = toAcquirerFen(world, k);
  entering.minute = minute;
  entering.until = Math.min(1_440, minute + terms.clearing.queueMinutes);
  entering.purchase = k;
  joinQueue(bridge.queue, entering);
  bridge.changed = true;
  desk.bridgeQueued++;
}

/** Whether the existing channel is the better way for a purchase that may take either, by cost, money there and deadline. */
function prefersChannel(world: World, k: number): boolean {
  const { clearing, bridge, terms, today } = world, minute = clearing.minute[k];
  const { offers, routed } = bridge, [overBridge, overChannel] = offers, { clearing: own } = terms;
  const payer = clearing.payer[k], neededFen = toAcquirerFen(world, k);
  const isCovered = bridge.queue.waitingOf[payer] === 0 &&
    rails.rtgs.admits(availableFen(world, payer), 0, neededFen);
  const refillMinutes = finalAfter(world, minute) - minute;
  overBridge.isUp = !today.bridgeDown;
  overBridge.feeFen = own.rails[bridgeRail].feeFen;
  // What is not covered waits for the next time that money is brought; what is covered binds money until then.
  overBridge.delayMinutes = isCovered ? 0 : refillMinutes;
  overBridge.liquidityPpm = today.rateBps * 100 / 365 * refillMinutes / 1_440;
  overChannel.isUp = !today.channelDown;
  overChannel.feeFen = own.rails[channelRail].feeFen;
  overChannel.delayMinutes = refillMinutes;
  routed.amountFen = clearing.amountFen[k];
  routed.deadlineMinutes = own.queueMinutes;
  routed.delayPpmPerHour = own.lateInterestBps * 100 / 8_760;
  return own.routing.choose(offers, routed) === 1;
}

/** Whether a payer can pay now and does not keep its payments back. */
export function mayPay(world: World, payer: number, amountFen: Fen, minute: number): boolean {
  const { bridge, terms, today } = world;
  if (bridge.room < 1 || today.bridgeDown) return false;
  if (!rails.rtgs.admits(availableFen(world, payer), 0, amountFen)) return false;
  return terms.clearing.withholding[payer] === null || !keepsBack(world, payer, amountFen, minute);
}

/** Whether a participant that withholds keeps its next payment back. */
export function keepsBack({ bridge, terms }: World, payer: number, amountFen: Fen, minute: number): boolean {
  const own = terms.clearing.withholding[payer]!, { seen } = bridge;
  seen.minute = minute;
  seen.untilMinute = own.untilMinute;
  seen.sentFen = bridge.sentFen[payer];
  seen.receivedFen = bridge.receivedFen[payer];
  seen.allowanceFen = bpsOf(bridge.targetFen[payer], own.allowanceBps);
  return own.policy.keepsBack(amountFen, seen);
}

/** Moves the money of one payment from account to account. */
function move(world: World, payer: number, payee: number, amountFen: Fen): void {
  const { chart, bridge } = world;
  pay(world, chart.prefund[payee], chart.prefund[payer], amountFen, code.bridge);
  noteLeg(world, bridgeRail, payer, payee, amountFen);
  bridge.sentFen[payer] += amountFen;
  bridge.receivedFen[payee] += amountFen;
  if (bridge.queue.waitingOf[payee] > 0) bridge.changed = true;
  bridge.room--;
}

/** What follows when a purchase has been paid over the bridge. */
export function settlePurchase(world: World, k: number, minute: number): void {
  const { clearing, desk, terms } = world;
  const payer = clearing.payer[k], waited = minute - clearing.minute[k];
  const cell = terms.cells[clearing.product[k]][clearing.network[k]];
  if (!cell.failover) payOut(world, k);
  // The operator's fee is billed: it is part of the next window's net.
  const feeFen = bridgeFeeFen(world, k);
  oblige(world, payer, operatorAt, feeFen);
  desk.bridgeFeesFen += feeFen;
  desk.bridgePaid++;
  desk.bridgeSettledFen += clearing.amountFen[k];
  wait(world, k, waited + terms.clearing.rails[bridgeRail].latencySeconds / 60, bridgeRail);
  if (waited > 0 || minute >= terms.clearing.lateTariff.fromMinute) {
    const pair = payer * world.participants.count + acquirerAt[clearing.network[k]];
    noteSent(world, pair, toAcquirerFen(world, k), minute, waited);
  }
}

/** What a payment that has been sent will be charged for: its delay, and the late tariff. */
function noteSent(
  { bridge, participants: { count }, terms }: World,
  pair: number,
  amountFen: Fen,
  minute: number,
  waited: number,
): void {
  if (waited > 0) bridge.waitedFenMinutes[pair] += amountFen * waited;
  if (minute >= terms.clearing.lateTariff.fromMinute) bridge.lateFen[Math.floor(pair / count)] += amountFen;
}

/** The acquirer owes the shop's bank what was bought: with the next bulk over the bridge, or in the next window. */
function payOut(world: World, k: number): void {
  const { clearing, bridge, participants: { count }, terms } = world;
  const acquirer = acquirerAt[clearing.network[k]], shopBank = clearing.shopBank[k];
  const shopFen = clearing.amountFen[k] - clearing.discountFen[k];
  // A transfer that ends after the bridge has closed comes too late for the last bulk.
  if (terms.clearing.overBridge[flows.indexOf("payouts")] && !bridge.isClosed) {
    bridge.payoutFen[acquirer * count + shopBank] += shopFen;
  } else oblige(world, acquirer, shopBank, shopFen);
}

/** Plays the bridge up to a minute: bulks, capacity, what has waited too long, and what settles together. */
export function advanceBridge(world: World, minute: number): void {
  const { bridge, terms } = world, { queue } = bridge, rail = terms.clearing.rails[bridgeRail];
  const elapsed = minute - bridge.minute;
  if (elapsed <= 0 || bridge.isClosed) return;
  if (bridge.gridlocked) noteGridlock(world, bridge.minute, minute);
  bridge.room = rail.perMinute === Infinity
    ? Infinity
    : Math.min(Math.max(1, rail.perMinute), bridge.room + rail.perMinute * elapsed);
  bridge.minute = minute;
  const { bulkMinutes } = terms.clearing, { opensMinute, closesMinute } = rail;
  while (opensMinute + bridge.bulks * bulkMinutes <= Math.min(minute, closesMinute - 1)) submitBulks(world);
  if (queue.waiting > 0) {
    expire(world, minute);
    // Whoever keeps payments back may let them go at this minute.
    if (bridge.isWithheld) bridge.changed = true;
    settleWaiting(world, minute);
  }
  if (bridge.isUsed) notePeak(world, minute);
}

/** Institutions submit: payouts since the last bulk, and of what was owed at the day's opening an equal part of the rest. */
function submitBulks(world: World): void {
  const { bridge, terms, faults, participants: { count } } = world, rail = terms.clearing.rails[bridgeRail];
  const { bulkMinutes } = terms.clearing, minute = rail.opensMinute + bridge.bulks * bulkMinutes;
  const left = Math.ceil((rail.closesMinute - minute) / bulkMinutes);
  bridge.bulks++;
  const pairs = count * count;
  for (let flow = 0; flow < flows.length; flow++) {
    for (let at = 0; at < pairs; at++) {
      const owedFen = bridge.bulkFen[flow * pairs + at];
      // Whoever is down submits later.
      if (owedFen === 0 || faults.frozen[Math.floor(at / count)] !== 0) continue;
      const partFen = left <= 1 ? owedFen : Math.floor(owedFen / left);
      bridge.bulkFen[flow * pairs + at] -= partFen;
      submit(world, at, { amountFen: partFen, minute });
    }
  }
  submitPayouts(world, minute, faults.frozen);
}

/** Submits what acquirers owe shops' banks since the last time, but for those who cannot send. */
function submitPayouts(world: World, minute: number, frozen?: Uint8Array): void {
  const { bridge, chart, participants: { count } } = world;
  for (let at = 0; at < bridge.payoutFen.length; at++) {
    const amountFen = bridge.payoutFen[at];
    if (amountFen === 0 || frozen?.[Math.floor(at / count)]) continue;
    bridge.payoutFen[at] = 0;
    pay(world, chart.forward[at % count], chart.forward[Math.floor(at / count)], amountFen, code.forward);
    submit(world, at, { amountFen, minute });
  }
}

function submit(world: World, at: number, { amountFen, minute }: { amountFen: Fen; minute: number }): void {
  if (amountFen === 0) return;
  const { bridge, participants: { count } } = world;
  const payer = Math.floor(at / count), payee = at % count;
  joinQueue(bridge.queue, { payer, payee, amountFen, minute, until: 1_440, purchase: -1 });
  bridge.changed = true;
}

/** Pays one waiting payment. */
export function settleRow(world: World, row: number, minute: number): void {
  const { bridge } = world, { queue } = bridge;
  const payer = queue.payer[row], payee = queue.payee[row], amountFen = queue.amountFen[row];
  leaveQueue(queue, row);
  bridge.changed = true;
  move(world, payer, payee, amountFen);
  if (queue.purchase[row] >= 0) settlePurchase(world, queue.purchase[row], minute);
  else {
    const { chart, rails: tally, desk } = world, waited = minute - queue.minute[row];
    pay(world, chart.forward[payer], chart.forward[payee], amountFen, code.forward);
    const cell = bridgeRail * hours + Math.floor(queue.minute[row] / 60);
    tally.payments[cell]++;
    tally.valueFen[cell] += amountFen;
    tally.delayFenMinutes[cell] += amountFen * waited;
    desk.bulkFen += amountFen;
    desk.bulkDelayFenMinutes += amountFen * waited;
    desk.bridgeSettledFen += amountFen;
    noteSent(world, payer * world.participants.count + payee, amountFen, minute, waited);
  }
}

/** Ends what has waited its time; each payment ends once. */
function expire(world: World, minute: number): void {
  const { queue } = world.bridge;
  for (let row = queue.oldest; row >= 0;) {
    const next = queue.after[row];
    if (minute >= queue.until[row]) endRow(world, row);
    row = next;
  }
}

/** A payment leaves the bridge unsettled. */
function endRow(world: World, row: number): void {
  const { bridge, chart, desk, faults } = world, { queue } = bridge;
  const k = queue.purchase[row], payer = queue.payer[row], payee = queue.payee[row];
  leaveQueue(queue, row);
  bridge.changed = true;
  if (k < 0) {
    const amountFen = queue.amountFen[row];
    pay(world, chart.forward[payer], chart.forward[payee], amountFen, code.forward);
    oblige(world, payer, payee, amountFen);
    desk.bulkFen += amountFen;
    desk.bulkDelayFenMinutes += amountFen * (finalAfter(world, bridge.minute) - queue.minute[row]);
    desk.fellBack++;
    return;
  }
  if (faults.inFlight.has(k)) abandonTransfer(world, k, bridge.minute);
  if (endPurchase(world, k, reason.bridgeLiquidity)) desk.bridgeExpired++;
}

/** A purchase was not paid over the bridge: it goes over the existing channel where it may, else it is cancelled: whether. */
export function endPurchase(world: World, k: number, why: number): boolean {
  const { bridge, clearing, purchases, desk, counts, terms } = world;
  if (terms.cells[clearing.product[k]][clearing.network[k]].failover) {
    desk.fellBack++;
    const minutes = finalAfter(world, bridge.minute) - clearing.minute[k];
    // It was the bridge that it waited for.
    desk.bridgeDelayFenMinutes += clearing.amountFen[k] * minutes;
    desk.bridgeClearedFen += clearing.amountFen[k];
    wait(world, k, minutes, channelRail);
    clearOverChannel(world, k, -1, true);
    return false;
  }
  const at = clearing.row[k];
  purchases.status[at] = purchaseStatus.cancelled;
  if (!(purchases.flags[at] & purchaseFlag.plotted)) counts.refused[why]++;
  return true;
}

/** The bridge closes for the day: what waits ends, and what was not submitted goes on over the existing channel. */
export function closeBridge(world: World): void {
  const { bridge, terms, participants: { count }, chart } = world;
  if (bridge.isClosed) return;
  advanceBridge(world, terms.clearing.rails[bridgeRail].closesMinute);
  submitPayouts(world, bridge.minute);
  if (bridge.queue.waiting > 0) {
    settleWaiting(world, bridge.minute);
  }
  bridge.isClosed = true;
  const { queue } = bridge;
  while (queue.oldest >= 0) endRow(world, queue.oldest);
  bridge.gridlocked = false;
  // Out of order all day long: nothing was submitted.
  const pairs = count * count;
  for (let at = 0; at < bridge.bulkFen.length; at++) {
    const amountFen = bridge.bulkFen[at];
    if (amountFen === 0) continue;
    const payer = Math.floor(at % pairs / count), payee = at % count;
    bridge.bulkFen[at] = 0;
    pay(world, chart.forward[payer], chart.forward[payee], amountFen, code.forward);
    oblige(world, payer, payee, amountFen);
  }
}

/** Posts what institutions will submit tomorrow. */
export function postBulks(world: World): void {
  const { bridge, chart, participants: { count } } = world, pairs = count * count;
  for (let at = 0; at < bridge.bulkNewFen.length; at++) {
    const fen = bridge.bulkNewFen[at];
    if (fen === 0) continue;
    const payer = Math.floor(at % pairs / count), payee = at % count;
    pay(world, chart.forward[payee], chart.forward[payer], fen, code.forward);
    bridge.bulkFen[at] += fen;
    bridge.bulkNewFen[at] = 0;
  }
}

/** Minutes in which payments waited that could have settled together. */
function noteGridlock(world: World, from: number, until: number): void {
  const { rails: tally, desk } = world;
  desk.gridlockMinutes += until - from;
  for (let minute = from; minute < until;) {
    const hour = Math.floor(minute / 60), next = Math.min(until, (hour + 1) * 60);
    tally.gridlockMinutes[bridgeRail * hours + hour] += next - minute;
    minute = next;
  }
}

/** The most that waited, and the most money in use, by hour. */
function notePeak(world: World, minute: number): void {
  const { bridge: { queue }, rails: tally, desk, participants: { count } } = world;
  const cell = bridgeRail * hours + Math.min(hours - 1, Math.floor(minute / 60));
  const usedFen = bridgeUsedFen(world);
  let waitingFen = 0;
  for (let p = 0; p < count; p++) waitingFen += queue.waitingFen[p];
  if (usedFen > tally.liquidityPeakFen[cell]) tally.liquidityPeakFen[cell] = usedFen;
  if (waitingFen > tally.queuePeakFen[cell]) tally.queuePeakFen[cell] = waitingFen;
  if (waitingFen > desk.queuePeakFen) desk.queuePeakFen = waitingFen;
}
