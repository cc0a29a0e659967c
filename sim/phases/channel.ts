// The existing channel (dns): obligations add up to one net position a participant, bounded by its net debit cap, and settle at
// the end of each window. What comes too late for the day, or belongs to a card network, is forwarded to the next morning.

import { type Flow, flows } from "#/model/clearing/flows.ts";
import { rails } from "#/model/clearing/rails/registry.ts";
import { acquirerOf, issuerOf, products } from "#/model/names.ts";
import type { Fen } from "#/model/units/units.ts";
import { answer } from "#/sim/ledger/ledger.ts";
import { code, platforms } from "#/sim/ledger/chart.ts";
import { ways } from "#/sim/tables/ways.ts";
import { pay, type World } from "#/sim/world.ts";

const platformOf = (party: string) => platforms.indexOf(party as typeof platforms[number]);
/** Participant of each product's issuer and of each way's acquirer; banks come after the platforms. */
export const issuerAt = products.map((product) => platformOf(issuerOf[product]));
/** Participant that acquires each network. */
export const acquirerAt = ways.map((network) => platformOf(acquirerOf[network]));
/** The bridge's operator as a participant. */
export const operatorAt = platformOf("operator");
/** The operator of the existing channel and of card clearing, who earns their fees. */
export const networkAt = platformOf("union-card");
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

/** Takes an obligation of a flow to the rail on which the scenario puts it: the next window, or the bridge's next bulk. */
export function owe(
  world: World,
  flow: Flow,
  { payer, payee, amountFen }: { payer: number; payee: number; amountFen: Fen },
): void {
  const { bridge, participants: { count }, terms } = world, number = flows.indexOf(flow);
  if (payer === payee || !terms.clearing.overBridge[number]) oblige(world, payer, payee, amountFen);
  else bridge.bulkNewFen[number * count * count + payer * count + payee] += amountFen;
}

/** Keeps an obligation for tomorrow's first window. */
export function forward({ participants: it }: World, payer: number, payee: number, amountFen: Fen): void {
  it.forwardNewFen[payer * it.count + payee] += amountFen;
}

/** The minute at which an obligation becomes final: the end of the next window, perhaps tomorrow's first. */
export function finalAt(world: World, next: number): number {
  const windows = world.terms.clearing.windowMinutes;
  return next < windows.length ? windows[next] : 1_440 + windows[0];
}

/** The minute at which what is obliged after a minute becomes final. */
export function finalAfter(world: World, minute: number): number {
  const windows = world.terms.clearing.windowMinutes;
  let next = 0;
  while (next < windows.length && windows[next] <= minute) next++;
  return finalAt(world, world.today.channelDown ? windows.length : next);
}

/** Before the first window: how far each may go, what was forwarded, and what was held back yesterday. */
export function openWindow(world: World): void {
  refreshRoom(world);
  drainHeld(world);
  const { participants: it, chart } = world;
  for (let at = 0; at < it.forwardFen.length; at++) {
    const fen = it.forwardFen[at];
    if (fen === 0) continue;
    const payer = Math.floor(at / it.count), payee = at % it.count;
    pay(world, chart.forward[payer], chart.forward[payee], fen, code.forward);
    it.forwardFen[at] = 0;
    oblige(world, payer, payee, fen);
  }
}

/** The end of a window: what was obliged is posted, the nets are settled, and the next window opens. */
export function closeWindow(world: World): void {
  postObligations(world);
  settleNets(world);
}

/** Posts the window's gross obligations, one transfer a pair, what the caps held back, and what was forwarded. */
export function postObligations(world: World): void {
  const { participants: it, chart, desk } = world;
  for (let payer = 0; payer < it.count; payer++) {
    for (let payee = 0; payee < it.count; payee++) {
      const at = payer * it.count + payee;
      desk.grossFen += it.obligedFen[at];
      it.sentFen[payer] += it.obligedFen[at];
      pay(world, chart.due[payee], chart.due[payer], it.obligedFen[at], code.obligation);
      pay(world, chart.held[payee], chart.held[payer], it.heldNewFen[at], code.held);
      pay(world, chart.forward[payee], chart.forward[payer], it.forwardNewFen[at], code.forward);
      it.heldFen[at] += it.heldNewFen[at];
      it.forwardFen[at] += it.forwardNewFen[at];
      it.obligedFen[at] = it.heldNewFen[at] = it.forwardNewFen[at] = 0;
    }
  }
}

/** Settles every net position through the clearing house, all or none. */
function settleNets(world: World): void {
  const { participants: it, chart, ledger, desk } = world;
  const legs = [];
  for (let p = 0; p < it.count; p++) {
    const owedFen = -it.positionFen[p];
    if (owedFen <= 0) continue;
    desk.netFen += owedFen;
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

/** Settlement money of a participant that its open obligations do not need. */
export function freeFen(world: World, p: number): Fen {
  const { participants: it, ledger, chart } = world;
  return Math.max(0, ledger.availableFen(chart.settle[p]) + Math.min(0, it.positionFen[p]));
}

/** The net debit cap of a participant today, by the scenario's rule. */
export function capFen(world: World, p: number): Fen {
  const { participants: it, terms, bridge } = world, { clearing } = terms;
  return clearing.capRule.capFen({
    statedFen: p < firstBank ? clearing.issuerNetDebitCapFen : clearing.bankNetDebitCapFen,
    prefundingFen: bridge.targetFen[p],
    recentFlowFen: it.recentFlowFen[p],
    shareBps: clearing.netDebitCap.shareBps,
  });
}

/** Room below zero: the net debit cap, but never more than the money that is there. */
export function refreshRoom(world: World): void {
  const { participants: it, ledger, chart } = world;
  for (let p = 0; p < it.count; p++) {
    it.roomFen[p] = Math.min(it.capFen[p], ledger.availableFen(chart.settle[p]));
  }
}

/** Fixes the day's caps; each day of recent flows counts a tenth less than the one after, the first day as a whole. */
export function fixCaps(world: World): void {
  const { participants: it } = world;
  for (let p = 0; p < it.count; p++) {
    const sentFen = it.sentFen[p], recentFen = it.recentFlowFen[p];
    it.recentFlowFen[p] = recentFen === 0 ? sentFen : Math.round(recentFen + (sentFen - recentFen) / 10);
    it.sentFen[p] = 0;
    // A position of last night that a tighter cap would not have admitted stands until its window.
    it.capFen[p] = Math.max(capFen(world, p), -it.positionFen[p]);
  }
}

/** Takes held obligations into the window as far as the room allows, in order of payer and payee. */
export function drainHeld(world: World): void {
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
