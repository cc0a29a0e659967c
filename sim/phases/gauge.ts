// Gauge: what waits and what money is in use on each rail, read at each full hour and at the end of each window.

import { hasRing } from "#/model/clearing/ring.ts";
import type { Fen } from "#/model/units/units.ts";
import { hours, railNames } from "#/sim/tables/rail_tally.ts";
import type { World } from "#/sim/world.ts";

const channelRail = railNames.indexOf("dns"), bridgeRail = railNames.indexOf("rtgs");
const cardRail = railNames.indexOf("card");

/** The day's begin: nothing has been read, and yesterday's nets are added up. */
export function openGauge({ rails: tally, participants: { count } }: World): void {
  closeNets(tally, count);
  tally.gaugedMinute = tally.hour = 0;
  tally.cardFen.fill(0);
  tally.cardGrossFen = 0;
}

/** Reads all rails for the time up to a minute of the day, hour by hour. */
export function gauge(world: World, minute: number): void {
  const { rails: tally } = world;
  while (tally.gaugedMinute < minute) {
    const hour = Math.floor(tally.gaugedMinute / 60), until = Math.min(minute, (hour + 1) * 60);
    readRails(world, hour, until - tally.gaugedMinute);
    tally.gaugedMinute = until;
  }
  tally.hour = Math.min(hours - 1, Math.floor(minute / 60));
}

/** A payment or an obligation enters a rail: what participants' nets come to by hour. Called once a leg. */
export function noteLeg(
  { rails: tally, participants: { count } }: World,
  rail: number,
  payer: number,
  payee: number,
  amountFen: Fen,
): void {
  const cell = rail * hours + tally.hour;
  tally.grossFen[cell] += amountFen;
  tally.dayNetFen[cell * count + payer] -= amountFen;
  tally.dayNetFen[cell * count + payee] += amountFen;
}

/** Adds the nets of the open day to those of the run. */
export function closeNets(tally: World["rails"], count: number): void {
  const { dayNetFen, netFen } = tally;
  for (let at = 0; at < dayNetFen.length; at++) {
    if (dayNetFen[at] > 0) netFen[Math.floor(at / count)] += dayNetFen[at];
  }
  dayNetFen.fill(0);
}

/** Money of the bridge in use: what is missing from the targets of those whose accounts have been funded once. */
export function bridgeUsedFen({ participants: { count }, bridge, ledger, chart, desk }: World): Fen {
  let usedFen = 0;
  for (let p = 0; p < count; p++) {
    if (bridge.targetFen[p] > 0 && (desk.bridgeFunded & (1 << p)) !== 0) {
      usedFen += Math.max(0, bridge.targetFen[p] - ledger.balanceFen(chart.prefund[p]));
    }
  }
  return usedFen;
}

function readRails(world: World, hour: number, minutes: number): void {
  const { participants: it, bridge, rails: tally } = world;
  let netFen = 0, heldFen = 0, cardFen = 0, waitingFen = 0;
  for (let p = 0; p < it.count; p++) {
    netFen += Math.max(0, -it.positionFen[p]);
    heldFen += it.heldByFen[p];
    cardFen += Math.max(0, -tally.cardFen[p]);
    waitingFen += bridge.queue.waitingFen[p];
  }
  const usedFen = bridgeUsedFen(world);
  noteRail(world, channelRail * hours + hour, { usedFen: netFen, waitingFen: heldFen, minutes });
  // Card clearing pays in the morning: all that it has taken today waits, and none of it for money.
  noteRail(world, cardRail * hours + hour, { usedFen: cardFen, waitingFen: tally.cardGrossFen, minutes });
  noteRail(world, bridgeRail * hours + hour, { usedFen, waitingFen, minutes });
  if (heldFen > 0 && isChannelGridlocked(world)) tally.gridlockMinutes[channelRail * hours + hour] += minutes;
}

function noteRail(
  { rails: tally, today }: World,
  cell: number,
  { usedFen, waitingFen, minutes }: { usedFen: Fen; waitingFen: Fen; minutes: number },
): void {
  if (usedFen > tally.liquidityPeakFen[cell]) tally.liquidityPeakFen[cell] = usedFen;
  if (waitingFen > tally.queuePeakFen[cell]) tally.queuePeakFen[cell] = waitingFen;
  tally.liquidityCostFen[cell] += usedFen * minutes * today.rateBps / (10_000 * 365 * 1_440);
}

/** Whether obligations that caps hold back lead round among those who have no room, though nobody is down. */
function isChannelGridlocked({ participants: it, faults, rails: { isStuck } }: World): boolean {
  for (let p = 0; p < it.count; p++) {
    const hasNoRoom = it.roomFen[p] + it.positionFen[p] <= 0;
    isStuck[p] = it.heldByFen[p] > 0 && hasNoRoom && faults.frozen[p] === 0 ? 1 : 0;
  }
  return hasRing(it.heldFen, isStuck);
}
