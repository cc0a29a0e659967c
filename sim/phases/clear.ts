// Clearing and settlement, in order of minute: who owes what, and when it is paid with finality.
//
// The existing channel (dns) takes obligations into one net position a participant, bounded by its net debit cap, and
// settles them at the end of each window. The bridge (rtgs) pays at once from prefunded money; what is not covered waits
// first in, first out, and is cancelled when its time runs out. Only the day's purchases and the few participants are
// touched here.

import { rails } from "#/model/clearing/rails/registry.ts";
import { route } from "#/model/clearing/routing.ts";
import { acquirerOf, issuerOf, networks, products } from "#/model/names.ts";
import { reason } from "#/model/reasons.ts";
import { bpsOf, type Fen } from "#/model/units/units.ts";
import { answer } from "#/sim/ledger/ledger.ts";
import { code, platforms } from "#/sim/ledger/chart.ts";
import { purchaseFlag, purchaseStatus, startsOfMinutes } from "#/sim/tables/purchases.ts";
import { pay, type World } from "#/sim/world.ts";
import { abandonTransfer, closeTransfers, fundTransfer, meetsFault, sendTransfer, wake } from "./transfer.ts";

const platformOf = (party: string) => platforms.indexOf(party as typeof platforms[number]);
/** Participant of each product's issuer and of each network's acquirer; banks come after the platforms. */
export const issuerAt = products.map((product) => platformOf(issuerOf[product]));
/** Participant that acquires each network. */
export const acquirerAt = networks.map((network) => platformOf(acquirerOf[network]));
/** The bridge's operator as a participant. */
export const operatorAt = platformOf("operator");
/** The first bank as a participant. */
export const firstBank = platforms.length;

/** Takes an obligation into the open window, or holds it back when the payer's cap is reached. */
export function oblige(world: World, payer: number, payee: number, amountFen: Fen): boolean {
  if (amountFen === 0) return true;
  const { participants: it } = world;
  const at = payer * it.count + payee;
  if (
    it.heldByFen[payer] === 0 && world.faults.frozen[payer] === 0 &&
    rails.dns.admits(it.positionFen[payer], it.roomFen[payer], amountFen)
  ) {
    it.obligedFen[at] += amountFen;
    it.positionFen[payee] += amountFen;
    const position = it.positionFen[payer] -= amountFen;
    if (position < it.deepestFen[payer]) it.deepestFen[payer] = position;
    return true;
  }
  if (world.faults.frozen[payer] !== 0) world.faults.heldFen += amountFen;
  it.heldNewFen[at] += amountFen;
  it.heldByFen[payer] += amountFen;
  return false;
}

/** Clears the day's purchases. */
export function clear(world: World): void {
  const { clearing, purchases, terms, participants, desk } = world;
  desk.delayFenMinutes =
    desk.clearedFen =
    desk.bridgeFeesFen =
    desk.bridgePaid =
    desk.bridgeQueued =
    desk.bridgeExpired =
      0;
  participants.deepestFen.fill(0);
  for (let p = 0; p < platforms.length; p++) {
    participants.prefundLowFen[p] = world.ledger.balanceFen(world.chart.prefund[p]);
  }
  orderByMinute(world);
  wake(world, 0);
  openWindow(world);
  const windows = terms.clearing.windowMinutes;
  // On a day without the existing channel no window ends: what is owed waits for tomorrow's first.
  let next = world.today.channelDown ? windows.length : 0;
  for (let k = 0; k < purchases.length; k++) {
    const minute = clearing.minute[k];
    while (next < windows.length && minute >= windows[next]) endWindow(world, next++);
    if (minute >= world.faults.wakeMinute) wake(world, minute);
    if (clearing.route[k] === route.bridge) clearOverBridge(world, k);
    else {
      if (clearing.product[k] >= 0) wait(world, clearing.amountFen[k], finalAt(world, next) - minute);
      clearOverChannel(world, k);
    }
  }
  while (next < windows.length) endWindow(world, next++);
  wake(world, 1_440);
  for (let payer = 0; payer < platforms.length; payer++) expireQueue(world, payer, Infinity);
  closeTransfers(world);
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

/** Counts how long a lender's payment for a purchase waits to be final. */
function wait({ desk }: World, amountFen: Fen, minutes: number): void {
  desk.delayFenMinutes += amountFen * minutes;
  desk.clearedFen += amountFen;
}

/** The minute at which an obligation becomes final: the end of the next window, perhaps tomorrow's first. */
function finalAt(world: World, next: number): number {
  const windows = world.terms.clearing.windowMinutes;
  return next < windows.length ? windows[next] : 1_440 + windows[0];
}

/** Over the existing channel: the shopper's bank pays shop and acquirer; an issuer pays the shop, or its acquirer. */
function clearOverChannel(world: World, k: number): void {
  const { clearing, desk } = world;
  const payer = clearing.payer[k], shopBank = clearing.shopBank[k];
  const discountFen = clearing.discountFen[k], shopFen = clearing.amountFen[k] - discountFen;
  const acquirer = acquirerAt[clearing.network[k]];
  if (clearing.product[k] < 0) {
    if (payer !== shopBank) oblige(world, payer, shopBank, shopFen);
    oblige(world, payer, acquirer, discountFen);
  } else if (clearing.bridged[k]) {
    const acquirerFen = acquirerFeeFen(world, k), feeFen = bridgeFeeFen(world, k);
    if (payer === acquirer) oblige(world, payer, shopBank, shopFen);
    else {
      oblige(world, payer, acquirer, shopFen + acquirerFen);
      oblige(world, acquirer, shopBank, shopFen);
    }
    oblige(world, payer, operatorAt, feeFen);
    desk.bridgeFeesFen += feeFen;
  } else oblige(world, payer, shopBank, shopFen);
}

/** What the issuer leaves to the acquirer: at most the whole discount. */
function acquirerFeeFen(world: World, k: number): Fen {
  const { clearing, terms } = world;
  const { acquirerFeeBps } = terms.cells[clearing.product[k]][clearing.network[k]];
  return Math.min(clearing.discountFen[k], bpsOf(clearing.amountFen[k], acquirerFeeBps));
}

/** What the issuer pays the bridge's operator. */
export function bridgeFeeFen(world: World, k: number): Fen {
  const { clearing, terms } = world;
  const { bridgeFeeBps } = terms.cells[clearing.product[k]][clearing.network[k]];
  return bpsOf(clearing.amountFen[k], bridgeFeeBps);
}

/** Over the bridge: at once, or behind those who wait already. */
function clearOverBridge(world: World, k: number): void {
  const { clearing, participants } = world;
  if (meetsFault(world, k)) return sendTransfer(world, k);
  const payer = clearing.payer[k], minute = clearing.minute[k];
  expireQueue(world, payer, minute);
  if (participants.queueFirst[payer] >= 0 || !payOverBridge(world, k, minute)) joinQueue(world, payer, k);
  else releaseQueues(world, minute);
}

/** Pays one purchase over the bridge now, if the prefunded money covers it. */
function payOverBridge(world: World, k: number, minute: number): boolean {
  const { clearing, ledger, chart, participants } = world;
  if (world.faults.inFlight.has(k)) return fundTransfer(world, k, minute);
  const issuer = clearing.payer[k], acquirer = acquirerAt[clearing.network[k]];
  const toAcquirerFen = overBridgeFen(world, k), feeFen = bridgeFeeFen(world, k);
  const payer = chart.prefund[issuer];
  if (!rails.rtgs.admits(ledger.availableFen(payer), 0, toAcquirerFen + feeFen)) return false;
  pay(world, chart.prefund[acquirer], payer, toAcquirerFen, code.bridge);
  pay(world, chart.prefund[operatorAt], payer, feeFen, code.bridgeFee);
  const balanceFen = ledger.balanceFen(payer);
  if (balanceFen < participants.prefundLowFen[issuer]) participants.prefundLowFen[issuer] = balanceFen;
  bridgePaid(world, k, minute);
  return true;
}

/** What a purchase over the bridge moves to the acquirer; a platform that is lender and acquirer pays itself nothing. */
export function overBridgeFen(world: World, k: number): Fen {
  const { clearing } = world;
  if (clearing.payer[k] === acquirerAt[clearing.network[k]]) return 0;
  return clearing.amountFen[k] - clearing.discountFen[k] + acquirerFeeFen(world, k);
}

/** A purchase has been paid over the bridge: its acquirer owes the shop's bank, and may have money for those who wait. */
export function bridgePaid(world: World, k: number, minute: number): void {
  const { clearing, desk } = world, acquirer = acquirerAt[clearing.network[k]];
  oblige(world, acquirer, clearing.shopBank[k], clearing.amountFen[k] - clearing.discountFen[k]);
  desk.bridgeFeesFen += bridgeFeeFen(world, k);
  desk.bridgePaid++;
  wait(world, clearing.amountFen[k], minute - clearing.minute[k]);
  desk.inflows |= 1 << acquirer;
}

/** Takes out of a payer's queue what has waited its time. */
export const makeRoom = (world: World, payer: number, minute: number): void =>
  expireQueue(world, payer, minute);

/** Puts a purchase behind those of its payer that wait for money. */
export function joinQueue(world: World, payer: number, k: number): void {
  const { participants: it, clearing, desk } = world;
  clearing.queued[k] = -1;
  if (it.queueFirst[payer] < 0) it.queueFirst[payer] = k;
  else clearing.queued[it.queueLast[payer]] = k;
  it.queueLast[payer] = k;
  desk.bridgeQueued++;
}

/** Pays queues of those who have received money, until nobody has more; payers in their order, each first in, first out. */
export function releaseQueues(world: World, minute: number): void {
  const { desk } = world;
  while (desk.inflows !== 0) {
    const payer = 31 - Math.clz32(desk.inflows & -desk.inflows);
    desk.inflows &= desk.inflows - 1;
    releaseQueue(world, payer, minute);
  }
}

/** Pays from the head of a queue while the money lasts. */
function releaseQueue(world: World, payer: number, minute: number): void {
  const { participants: it, clearing } = world;
  expireQueue(world, payer, minute);
  while (it.queueFirst[payer] >= 0) {
    const k = it.queueFirst[payer];
    if (!payOverBridge(world, k, minute)) return;
    it.queueFirst[payer] = clearing.queued[k];
  }
}

/** Cancels what has waited its time; each purchase ends once. */
function expireQueue(world: World, payer: number, minute: number): void {
  const { participants: it, purchases, clearing, terms, desk, counts } = world;
  while (it.queueFirst[payer] >= 0) {
    const k = it.queueFirst[payer];
    if (minute < clearing.minute[k] + terms.clearing.queueMinutes) return;
    it.queueFirst[payer] = clearing.queued[k];
    if (world.faults.inFlight.has(k)) abandonTransfer(world, k, minute);
    const row = clearing.row[k];
    purchases.status[row] = purchaseStatus.cancelled;
    desk.bridgeExpired++;
    if (!(purchases.flags[row] & purchaseFlag.plotted)) counts.refused[reason.bridgeLiquidity]++;
  }
}

/** Before the first window: how far each may go, and what was held back yesterday. */
function openWindow(world: World): void {
  refreshRoom(world);
  drainHeld(world);
}

/** The end of a window: post what was obliged, settle the nets, bring the bridge's money to target, go on. */
function endWindow(world: World, window: number): void {
  const { participants: it, desk, terms } = world;
  const minute = terms.clearing.windowMinutes[window];
  if (minute >= world.faults.wakeMinute) wake(world, minute);
  postObligations(world);
  settleNets(world);
  refillBridge(world);
  refreshRoom(world);
  drainHeld(world);
  // What the caps still hold back waits for another window.
  const gap = finalAt(world, window + 1) - minute;
  for (let payer = 0; payer < firstBank; payer++) desk.delayFenMinutes += it.heldByFen[payer] * gap;
  desk.inflows = (1 << platforms.length) - 1;
  releaseQueues(world, minute);
}

/** Posts the window's gross obligations, one transfer a pair, and what the caps held back. */
export function postObligations(world: World): void {
  const { participants: it, chart } = world;
  for (let payer = 0; payer < it.count; payer++) {
    for (let payee = 0; payee < it.count; payee++) {
      const at = payer * it.count + payee;
      pay(world, chart.due[payee], chart.due[payer], it.obligedFen[at], code.obligation);
      pay(world, chart.held[payee], chart.held[payer], it.heldNewFen[at], code.held);
      it.heldFen[at] += it.heldNewFen[at];
      it.obligedFen[at] = it.heldNewFen[at] = 0;
    }
  }
}

/** Settles every net position through the clearing house, all or none. */
function settleNets(world: World): void {
  const { participants: it, chart, ledger } = world;
  const legs = [];
  for (let p = 0; p < it.count; p++) {
    const owedFen = -it.positionFen[p];
    if (owedFen <= 0) continue;
    legs.push({
      debit: chart.settleHouse,
      credit: chart.settle[p],
      amountFen: owedFen,
      code: code.settlement,
    });
    legs.push({ debit: chart.due[p], credit: chart.dueHouse, amountFen: owedFen, code: code.settlement });
  }
  for (let p = 0; p < it.count; p++) {
    const dueFen = it.positionFen[p];
    if (dueFen <= 0) continue;
    legs.push({
      debit: chart.settle[p],
      credit: chart.settleHouse,
      amountFen: dueFen,
      code: code.settlement,
    });
    legs.push({ debit: chart.dueHouse, credit: chart.due[p], amountFen: dueFen, code: code.settlement });
  }
  if (legs.length === 0) return;
  if (ledger.linked(world.nextId, legs) !== answer.posted) {
    throw new Error(
      `Day ${world.today.day}: a window cannot settle although every position was within its room`,
    );
  }
  world.nextId += legs.length;
  it.positionFen.fill(0);
}

/** Brings prefunded money to its target for issuers that lend across platforms; what others have goes home. */
function refillBridge(world: World): void {
  const { chart, ledger, participants, desk } = world;
  for (let p = 0; p < platforms.length; p++) {
    const changeFen = prefundingTargetFen(world, p) - ledger.balanceFen(chart.prefund[p]);
    if (changeFen > 0) {
      pay(world, chart.prefund[p], chart.settle[p], Math.min(changeFen, freeFen(world, p)), code.prefunding);
      // An account that is funded for the first time has not been used before.
      if (!(desk.bridgeFunded & (1 << p))) {
        participants.prefundLowFen[p] = ledger.balanceFen(chart.prefund[p]);
      }
      desk.bridgeFunded |= 1 << p;
    } else {
      const freeFen = Math.min(-changeFen, ledger.availableFen(chart.prefund[p]));
      pay(world, chart.settle[p], chart.prefund[p], freeFen, code.prefunding);
    }
  }
}

/** The money that a platform should have on the bridge: the target for those who lend over it, nothing for others. */
export function prefundingTargetFen(world: World, p: number): Fen {
  const { terms, today } = world, day = Math.max(0, today.day);
  const lends = issuerAt.some((issuer, product) =>
    issuer === p &&
    terms.cells[product].some((cell) => cell.bridged && cell.wantsBridge && day >= cell.opensDay)
  );
  return lends ? terms.clearing.prefundingFen : 0;
}

/** Settlement money of a participant that its open obligations do not need. */
export function freeFen(world: World, p: number): Fen {
  const { participants: it, ledger, chart } = world;
  return Math.max(0, ledger.availableFen(chart.settle[p]) + Math.min(0, it.positionFen[p]));
}

/** Room below zero: the net debit cap, but never more than the money that is there. */
export function refreshRoom(world: World): void {
  const { participants: it, ledger, chart, terms } = world;
  const { issuerNetDebitCapFen, bankNetDebitCapFen } = terms.clearing;
  for (let p = 0; p < it.count; p++) {
    const capFen = p < firstBank ? issuerNetDebitCapFen : bankNetDebitCapFen;
    it.roomFen[p] = Math.min(capFen, ledger.availableFen(chart.settle[p]));
  }
}

/** Takes held obligations into the window as far as the room allows, in order of payer and payee. */
function drainHeld(world: World): void {
  const { participants: it, chart } = world;
  for (let payer = 0; payer < it.count; payer++) {
    if (it.heldByFen[payer] === 0 || world.faults.frozen[payer] !== 0) continue;
    for (let payee = 0; payee < it.count; payee++) {
      const at = payer * it.count + payee;
      const partFen = Math.min(it.heldFen[at], it.roomFen[payer] + it.positionFen[payer]);
      if (partFen <= 0) continue;
      pay(world, chart.held[payer], chart.held[payee], partFen, code.held);
      it.heldFen[at] -= partFen;
      it.heldByFen[payer] -= partFen;
      it.obligedFen[at] += partFen;
      it.positionFen[payer] -= partFen;
      it.positionFen[payee] += partFen;
      if (it.positionFen[payer] < it.deepestFen[payer]) it.deepestFen[payer] = it.positionFen[payer];
    }
  }
}
