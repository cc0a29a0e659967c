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
import { purchaseFlag, purchaseStatus, sortByMinute } from "#/sim/tables/purchases.ts";
import { pay, type World } from "#/sim/world.ts";

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
  if (it.heldByFen[payer] === 0 && rails.dns.admits(it.positionFen[payer], it.roomFen[payer], amountFen)) {
    it.obligedFen[at] += amountFen;
    it.positionFen[payee] += amountFen;
    const position = it.positionFen[payer] -= amountFen;
    if (position < it.deepestFen[payer]) it.deepestFen[payer] = position;
    return true;
  }
  it.heldNewFen[at] += amountFen;
  it.heldByFen[payer] += amountFen;
  return false;
}

/** Clears the day's purchases. */
export function clear(world: World): void {
  const { purchases, terms, participants } = world;
  sortByMinute(purchases);
  participants.deepestFen.fill(0);
  const { desk } = world;
  desk.delayMinutes =
    desk.bridgeFeesFen =
    desk.bridgePaid =
    desk.bridgeQueued =
    desk.bridgeExpired =
      0;
  for (let p = 0; p < platforms.length; p++) {
    participants.prefundLowFen[p] = world.ledger.balanceFen(world.chart.prefund[p]);
  }
  openWindow(world);
  const windows = terms.clearing.windowMinutes;
  let next = 0;
  for (let k = 0; k < purchases.length; k++) {
    const row = purchases.order[k], minute = purchases.minute[row];
    while (next < windows.length && minute >= windows[next]) endWindow(world, windows[next++]);
    if (purchases.product[row] < 0) clearDebit(world, row);
    else clearCredit(world, row, next);
  }
  while (next < windows.length) endWindow(world, windows[next++]);
  for (let payer = 0; payer < platforms.length; payer++) expireQueue(world, payer, Infinity);
}

/** The minute at which an obligation taken at `minute` becomes final: the next window, perhaps tomorrow's first. */
function finalAt(world: World, next: number): number {
  const windows = world.terms.clearing.windowMinutes;
  return next < windows.length ? windows[next] : 1_440 + windows[0];
}

/** A debit card payment: the shopper's bank owes the shop's bank and the acquirer's fee. */
function clearDebit(world: World, row: number): void {
  const { purchases, shoppers, merchants, terms } = world;
  const amountFen = purchases.amountFen[row];
  const payer = firstBank + shoppers.bank[purchases.shopper[row]];
  const payee = firstBank + merchants.bank[purchases.merchant[row]];
  const feeFen = bpsOf(amountFen, terms.debitDiscountBps);
  if (payer !== payee) oblige(world, payer, payee, amountFen - feeFen);
  oblige(world, payer, acquirerAt[purchases.network[row]], feeFen);
  purchases.status[row] = purchaseStatus.settled;
}

/** A purchase on credit: over the channel from the issuer, or over the bridge to the acquirer who pays the shop. */
function clearCredit(world: World, row: number, next: number): void {
  const { purchases, desk } = world;
  if (purchases.route[row] === route.bridge) {
    const payer = issuerAt[purchases.product[row]];
    if (world.participants.queueFirst[payer] >= 0) {
      expireQueue(world, payer, purchases.minute[row]);
      if (world.participants.queueFirst[payer] >= 0) return joinQueue(world, payer, row);
    }
    if (!payOverBridge(world, row, purchases.minute[row])) joinQueue(world, payer, row);
    return;
  }
  const amountFen = purchases.amountFen[row], product = purchases.product[row];
  const network = purchases.network[row], issuer = issuerAt[product];
  const shopBank = firstBank + world.merchants.bank[purchases.merchant[row]];
  const discountFen = bpsOf(amountFen, world.terms.creditDiscountBps[network]);
  if (purchases.flags[row] & purchaseFlag.bridged) {
    // The existing channel across platforms: issuer to acquirer, acquirer to shop, the same window.
    const { toAcquirerFen, feeFen } = bridgedAmounts(world, row, discountFen);
    oblige(world, issuer, acquirerAt[network], toAcquirerFen);
    oblige(world, issuer, operatorAt, feeFen);
    oblige(world, acquirerAt[network], shopBank, amountFen - discountFen);
    desk.bridgeFeesFen += feeFen;
  } else oblige(world, issuer, shopBank, amountFen - discountFen);
  purchases.status[row] = purchaseStatus.settled;
  desk.delayMinutes += finalAt(world, next) - purchases.minute[row];
}

/** What the issuer pays the acquirer (the shop's money and the acquirer's fee), and the bridge's own fee. */
function bridgedAmounts(world: World, row: number, discountFen: Fen): { toAcquirerFen: Fen; feeFen: Fen } {
  const { purchases, terms } = world;
  const cell = terms.cells[purchases.product[row]][purchases.network[row]];
  const amountFen = purchases.amountFen[row];
  const acquirerFen = Math.min(discountFen, bpsOf(amountFen, cell.acquirerFeeBps));
  return {
    toAcquirerFen: amountFen - discountFen + acquirerFen,
    feeFen: bpsOf(amountFen, cell.bridgeFeeBps),
  };
}

/** Pays one purchase over the bridge now, if the prefunded money covers it. */
function payOverBridge(world: World, row: number, minute: number): boolean {
  const { purchases, terms, ledger, chart, participants, desk, merchants } = world;
  const product = purchases.product[row], network = purchases.network[row];
  const issuer = issuerAt[product], acquirer = acquirerAt[network];
  const amountFen = purchases.amountFen[row];
  const discountFen = bpsOf(amountFen, terms.creditDiscountBps[network]);
  const { toAcquirerFen, feeFen } = bridgedAmounts(world, row, discountFen);
  const payer = chart.prefund[issuer];
  if (!rails.rtgs.admits(ledger.balanceFen(payer), 0, toAcquirerFen + feeFen)) return false;
  pay(world, chart.prefund[acquirer], payer, toAcquirerFen, code.bridge);
  pay(world, chart.prefund[operatorAt], payer, feeFen, code.bridgeFee);
  const balanceFen = ledger.balanceFen(payer);
  if (balanceFen < participants.prefundLowFen[issuer]) participants.prefundLowFen[issuer] = balanceFen;
  oblige(world, acquirer, firstBank + merchants.bank[purchases.merchant[row]], amountFen - discountFen);
  purchases.status[row] = purchaseStatus.settled;
  desk.bridgeFeesFen += feeFen;
  desk.bridgePaid++;
  desk.delayMinutes += minute - purchases.minute[row];
  if (participants.queueFirst[acquirer] >= 0) releaseQueue(world, acquirer, minute);
  return true;
}

function joinQueue(world: World, payer: number, row: number): void {
  const { participants: it, purchases, desk } = world;
  purchases.queued[row] = -1;
  if (it.queueFirst[payer] < 0) it.queueFirst[payer] = row;
  else purchases.queued[it.queueLast[payer]] = row;
  it.queueLast[payer] = row;
  desk.bridgeQueued++;
}

/** First in, first out: pays from the head while the money lasts. */
function releaseQueue(world: World, payer: number, minute: number): void {
  const { participants: it, purchases } = world;
  expireQueue(world, payer, minute);
  while (it.queueFirst[payer] >= 0) {
    const row = it.queueFirst[payer];
    // Out of the queue first: paying may bring money to another payer and come back here.
    it.queueFirst[payer] = purchases.queued[row];
    if (!payOverBridge(world, row, minute)) {
      purchases.queued[row] = it.queueFirst[payer];
      it.queueFirst[payer] = row;
      if (purchases.queued[row] < 0) it.queueLast[payer] = row;
      return;
    }
  }
}

/** Cancels what has waited its time; each purchase ends once. */
function expireQueue(world: World, payer: number, minute: number): void {
  const { participants: it, purchases, terms, desk } = world;
  while (it.queueFirst[payer] >= 0) {
    const row = it.queueFirst[payer];
    if (minute < purchases.minute[row] + terms.clearing.queueMinutes) return;
    it.queueFirst[payer] = purchases.queued[row];
    purchases.status[row] = purchaseStatus.cancelled;
    desk.bridgeExpired++;
    world.counts.refused[reason.bridgeLiquidity] += purchases.flags[row] & purchaseFlag.stolen ? 0 : 1;
  }
}

/** Before the first window: how far each may go, and what was held back yesterday. */
function openWindow(world: World): void {
  refreshRoom(world);
  drainHeld(world);
}

/** The end of a window: post what was obliged, settle the nets, bring the bridge's money to target, go on. */
function endWindow(world: World, minute: number): void {
  postObligations(world);
  settleNets(world);
  refillBridge(world);
  refreshRoom(world);
  drainHeld(world);
  for (let payer = 0; payer < platforms.length; payer++) releaseQueue(world, payer, minute);
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
  const { chart, ledger, terms } = world;
  for (let p = 0; p < platforms.length; p++) {
    const targetFen = usesBridge(world, p) ? terms.clearing.prefundingFen : 0;
    const changeFen = targetFen - ledger.balanceFen(chart.prefund[p]);
    if (changeFen > 0) {
      pay(world, chart.prefund[p], chart.settle[p], Math.min(changeFen, freeFen(world, p)), code.prefunding);
    } else pay(world, chart.settle[p], chart.prefund[p], -changeFen, code.prefunding);
  }
}

/** Whether a platform is the issuer of a product with an open cell on the bridge. */
function usesBridge(world: World, p: number): boolean {
  const { terms, today } = world;
  return issuerAt.some((issuer, product) =>
    issuer === p &&
    terms.cells[product].some((cell) => cell.bridged && cell.wantsBridge && today.day >= cell.opensDay)
  );
}

/** Settlement money of a participant that its open obligations do not need. */
export function freeFen(world: World, p: number): Fen {
  const { participants: it, ledger, chart } = world;
  return Math.max(0, ledger.availableFen(chart.settle[p]) + Math.min(0, it.positionFen[p]));
}

/** Room below zero: the net debit cap, but never more than the money that is there. */
function refreshRoom(world: World): void {
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
    if (it.heldByFen[payer] === 0) continue;
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
