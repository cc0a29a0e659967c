// Transfers over the bridge that a fault concerns: money is reserved, moved or given back by the two-phase protocol.
//
// Almost every transfer meets no fault and is paid at once, in clear.ts. One that does goes through the protocol, second by
// second beside the day's clearing: what the operator decides is posted on the ledger, and a purchase whose transfer lapses
// is cancelled. What an outage keeps a participant from paying is held until a window after it.

import { type Fate, fateOf, type Sent, type Transfer } from "#/model/clearing/transfers/faults.ts";
import { TransferProtocol } from "#/model/clearing/transfers/protocol.ts";
import type { Decision } from "#/model/clearing/transfers/shapes.ts";
import { reason } from "#/model/reasons.ts";
import { isDown, outageMinutes, upAt } from "#/sim/faults.ts";
import { answer } from "#/sim/ledger/ledger.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { purchaseStatus } from "#/sim/tables/purchases.ts";
import type { World } from "#/sim/world.ts";
import {
  advanceBridge,
  awaitMoney,
  bridgeRail,
  endPurchase,
  mayPay,
  settlePurchase,
  toAcquirerFen,
} from "./bridge.ts";
import { acquirerAt, operatorAt } from "./channel.ts";
import { noteLeg } from "./gauge.ts";
import { noteLow } from "./prefund.ts";

/** Seconds from one participant to another; the run's own clock counts minutes. */
const latencySeconds = 1;
/** How many repetitions, each twice as late as the one before, until they come evenly. */
const doublings = 4;
const secondsOfDay = 86_400;
/** How long a transfer takes that nothing delays: order, offer and answer. */
const undelayedSeconds = 3 * latencySeconds;

/** Whether a fault concerns the transfer of a purchase: its messages, its payee, a clock, or an outage close by. */
export function meetsFault(world: World, k: number): boolean {
  const { faults, clearing } = world;
  const payer = clearing.payer[k], payee = acquirerAt[clearing.network[k]];
  // A platform that is lender and acquirer sends itself nothing.
  if (payer === payee) return false;
  if (faults.apart && (faults.clocks[payer] || faults.clocks[payee] || faults.clocks[operatorAt])) {
    return true;
  }
  if (faults.harmed > 0) {
    drawMessages(world, clearing.row[k], 0);
    const { streams } = world;
    for (let which = 0; which < 4; which++) if (uniform(streams, which) < faults.harmed) return true;
  }
  if (faults.fails[payee] > 0) {
    drawFailure(world, clearing.row[k]);
    if (uniform(world.streams, lane.failure.fails) < faults.fails[payee]) return true;
  }
  if (faults.outages.length === 0) return false;
  const now = world.today.day * 1_440 + clearing.minute[k];
  for (let at = 0; at < faults.outages.length; at++) {
    const { participant: p, fromMinute, untilMinute } = faults.outages[at];
    const concerns = p === payer || p === payee || p === operatorAt;
    if (concerns && fromMinute <= now + 2 && untilMinute > now) return true;
  }
  return false;
}

function drawMessages({ streams, shoppers, purchases, today }: World, row: number, number: number): void {
  const { shopper, minute } = purchases;
  draw(
    streams,
    process.transfer,
    shoppers.entity0 + shopper[row],
    today.day,
    minute[row] + 2_048 * (number >> 2),
  );
}

function drawFailure({ streams, shoppers, purchases, today }: World, row: number): void {
  draw(
    streams,
    process.failure,
    shoppers.entity0 + purchases.shopper[row],
    today.day,
    purchases.minute[row],
  );
}

/** Gives the order for a purchase's transfer at its second. */
export function sendTransfer(world: World, k: number): void {
  const { faults, clearing } = world;
  const protocol = faults.protocol ??= openProtocol(world);
  drawFailure(world, clearing.row[k]);
  const second = clearing.minute[k] * 60 + Math.floor(uniform(world.streams, lane.failure.second) * 60);
  faults.inFlight.set(k, -1);
  faults.prepared++;
  // Purchases come by the minute; the order waits for its second without being overtaken by what is older.
  protocol.send({ id: k, payer: clearing.payer[k], payee: acquirerAt[clearing.network[k]] }, second);
  faults.wakeMinute = Math.min(faults.wakeMinute, clearing.minute[k] + 1);
}

function openProtocol(world: World): TransferProtocol {
  const { faults, terms, clearing } = world, { transfers, queueMinutes } = terms.clearing;
  return new TransferProtocol({
    operator: operatorAt,
    terms: {
      latencySeconds,
      retrySeconds: transfers.retrySeconds,
      longestRetrySeconds: transfers.retrySeconds * (1 << doublings),
      timeoutSeconds: transfers.timeoutSeconds,
      lifeSeconds: queueMinutes * 60 + transfers.timeoutSeconds,
    },
    books: {
      reserve: ({ id }, second) => reserve(world, id, minuteOf(second)),
      settle: ({ id }, second) => settle(world, id, minuteOf(second)),
      release: ({ id }) => release(world, id),
      decided: ({ id }, decision, second) => decided(world, id, { decision, second }),
    },
    faults: {
      fate: (message) => fate(world, message),
      upAt: (participant, second) => upAt(world, participant, second),
      clockSeconds: (participant) => faults.clocks[participant],
      failsSeconds: ({ id, payee }: Transfer) => {
        drawFailure(world, clearing.row[id]);
        return uniform(world.streams, lane.failure.fails) < faults.fails[payee] ? faults.failsSeconds : 0;
      },
    },
  });
}

const minuteOf = (second: number) => Math.min(1_439, Math.floor(second / 60));

function fate(world: World, { transfer, number }: Sent): Fate {
  drawMessages(world, world.clearing.row[transfer.id], number);
  return fateOf(uniform(world.streams, number & 3), world.faults.rates);
}

/** The operator has the order: it reserves at once, or puts it behind those who wait already. */
function reserve(world: World, k: number, minute: number): "reserved" | "waiting" | "short" {
  const { bridge, clearing, desk, terms } = world, payer = clearing.payer[k];
  if (bridge.isClosed) {
    if (endPurchase(world, k, reason.bridgeLiquidity)) desk.bridgeExpired++;
    return "short";
  }
  advanceBridge(world, minute);
  const isFirst = !terms.clearing.method.keepsOrder || bridge.queue.waitingOf[payer] === 0;
  if (isFirst && mayPay(world, payer, toAcquirerFen(world, k), minute)) {
    reserveFor(world, k);
    return "reserved";
  }
  awaitMoney(world, k);
  return "waiting";
}

/** Reserves the money of a transfer, which must be there. */
function reserveFor(world: World, k: number): void {
  const { clearing, ledger, chart, bridge, faults } = world, payer = clearing.payer[k];
  const amountFen = toAcquirerFen(world, k), id = world.nextId++;
  const debit = chart.prefund[acquirerAt[clearing.network[k]]];
  if (ledger.pend(id, debit, chart.prefund[payer], amountFen, code.bridge) !== answer.pending) {
    throw new Error(
      `Day ${world.today.day}: ${amountFen} fen cannot be reserved although they are available`,
    );
  }
  faults.inFlight.set(k, id);
  // Whoever sees what it has sent sees what it has promised, too.
  bridge.sentFen[payer] += amountFen;
  bridge.room--;
  noteLow(world, payer);
}

/** A transfer that waited for money, and may have it now, gets it. */
export function fundTransfer(world: World, k: number, minute: number): void {
  const { faults } = world;
  reserveFor(world, k);
  faults.protocol!.funded(k, minute * 60);
  faults.wakeMinute = Math.min(faults.wakeMinute, minute);
}

/** A transfer that waited too long for money: its purchase has been cancelled. */
export const abandonTransfer = (world: World, k: number, minute: number): void =>
  world.faults.protocol!.abandon(k, Math.min(minute, 1_440) * 60);

function settle(world: World, k: number, minute: number): void {
  const { ledger, faults, clearing, bridge } = world, payee = acquirerAt[clearing.network[k]];
  ledger.post(faults.inFlight.get(k)!);
  const amountFen = toAcquirerFen(world, k);
  noteLeg(world, bridgeRail, clearing.payer[k], payee, amountFen);
  bridge.receivedFen[payee] += amountFen;
  if (bridge.queue.waitingOf[payee] > 0) bridge.changed = true;
  settlePurchase(world, k, Math.max(minute, clearing.minute[k]));
}

function release(world: World, k: number): void {
  const { ledger, faults, clearing, bridge } = world, payer = clearing.payer[k];
  ledger.void(faults.inFlight.get(k)!);
  bridge.sentFen[payer] -= toAcquirerFen(world, k);
  if (bridge.queue.waitingOf[payer] > 0) bridge.changed = true;
}

/** Who was not paid gets nothing over the bridge: a purchase whose transfer lapsed or was refused ends otherwise. */
function decided(
  world: World,
  k: number,
  { decision, second }: { decision: Decision; second: number },
): void {
  const { faults } = world;
  faults.inFlight.delete(k);
  if (decision === "settled") {
    const isLate = second - faults.protocol!.stateOf(k)!.sentSecond > undelayedSeconds;
    if (isLate) faults.late++;
    else faults.inTime++;
    return;
  }
  if (decision === "short") return void faults.unfunded++;
  faults.timedOut++;
  if (endPurchase(world, k, reason.transferTimedOut)) faults.lapsed.add(world.clearing.row[k]);
}

/** Lets faults and transfers come up to a minute of the day; 1,440 is its end. */
export function wake(world: World, minute: number): void {
  const { faults } = world;
  // What is owed in the evening is owed while the day lasts.
  freeze(world, Math.min(minute, 1_439));
  faults.protocol?.advance(minute * 60);
  faults.wakeMinute = faults.inFlight.size > 0 ? minute + 1 : nextChange(world, minute);
}

/** Who cannot send at a minute. */
function freeze(world: World, minute: number): void {
  const { faults: { frozen }, bridge } = world;
  for (let p = 0; p < frozen.length; p++) {
    const isFrozen = isDown(world, p, minute) ? 1 : 0;
    if (frozen[p] !== isFrozen) bridge.changed = true;
    frozen[p] = isFrozen;
  }
}

/** The next minute at which an outage begins or ends. */
function nextChange({ faults, today }: World, minute: number): number {
  const now = today.day * 1_440 + minute;
  let next = Infinity;
  for (const { fromMinute, untilMinute } of faults.outages) {
    if (fromMinute > now) next = Math.min(next, fromMinute);
    if (untilMinute > now) next = Math.min(next, untilMinute);
  }
  return next - today.day * 1_440;
}

/** The end of the day: what is not decided is given back; whoever has not heard the end is kept for reconciliation. */
export function closeTransfers(world: World): void {
  const { faults, clearing, purchases } = world, { protocol } = faults;
  for (const { id } of protocol?.close(secondsOfDay) ?? []) {
    const row = clearing.row[id];
    if (purchases.status[row] !== purchaseStatus.cancelled) faults.unheard.add(row);
  }
}

/** Records what faults did to the day, the evening's obligations included. */
export function recordFaults(world: World): void {
  const { faults, recorder, today } = world, { protocol } = faults;
  const told = (name: string, kind: "people" | "plain" | "money", value: number) =>
    record(recorder, today.day, name, kind, value);
  told("transfersPrepared", "people", faults.prepared);
  told("transfersInTime", "people", faults.inTime);
  told("transfersLate", "people", faults.late);
  told("transfersTimedOut", "people", faults.timedOut);
  told("transfersUnfunded", "people", faults.unfunded);
  told("transferRetries", "people", protocol?.repeated ?? 0);
  told("messagesAgain", "people", protocol?.again ?? 0);
  told("heldByOutage", "money", faults.heldFen);
  told("outageMinutes", "plain", outageMinutes(world));
  if (protocol) protocol.repeated = protocol.missed = protocol.again = 0;
}
