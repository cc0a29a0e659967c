// Money on the bridge: what each participant keeps there, what it may borrow within the day against collateral, and what
// both and the delays of the day cost.

import { flows } from "#/model/clearing/flows.ts";
import { bpsOf, type Fen, mulDiv } from "#/model/units/units.ts";
import { code, platforms } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { pay, type World } from "#/sim/world.ts";
import { acquirerAt, firstBank, freeFen, issuerAt, networkAt, oblige, operatorAt } from "./channel.ts";
import { emptyQueue } from "#/sim/tables/bridge_queue.ts";
import { railNames } from "#/sim/tables/rail_tally.ts";

/** The cells that use the bridge on a day. */
const usesBridge = (world: World) => {
  const day = Math.max(0, world.today.day);
  return world.terms.cells.map((cells) =>
    cells.map((cell) => cell.bridged && cell.wantsBridge && day >= cell.opensDay)
  );
};

/** The money that a participant should have on the bridge: for who lends over it, for who else pays over it, nothing for others. */
export function prefundingTargetFen(world: World, p: number): Fen {
  const { terms: { clearing } } = world, open = usesBridge(world);
  if (open.some((cells, product) => issuerAt[product] === p && cells.includes(true))) {
    return clearing.prefundingFen;
  }
  const over = (flow: typeof flows[number]) => clearing.overBridge[flows.indexOf(flow)];
  const acquires = open.some((cells) => cells.some((is, network) => is && acquirerAt[network] === p));
  if (acquires && (over("payouts") || over("refunds"))) return clearing.otherPrefundingFen;
  const inUse = open.some((cells) => cells.includes(true));
  return p >= firstBank && inUse &&
      (over("repayments") || over("refunds") || over("chargebacks") || over("treasury") || over("abs"))
    ? clearing.otherPrefundingFen
    : 0;
}

/** Money and credit that a participant still has on the bridge, without what is reserved for transfers on their way. */
export function availableFen({ ledger, chart, bridge }: World, p: number): Fen {
  return unreservedFen(ledger, chart.prefund[p]) + bridge.creditFen[p];
}

/** An account's balance without what is reserved, whatever its floor. */
function unreservedFen(ledger: World["ledger"], account: number): Fen {
  return ledger.balanceFen(account) - ledger.creditsPending[account];
}

/** Keeps the lowest balance of the day; what is reserved is no longer there. */
export function noteLow({ ledger, chart, participants: it }: World, p: number): void {
  const balanceFen = unreservedFen(ledger, chart.prefund[p]);
  if (balanceFen < it.prefundLowFen[p]) it.prefundLowFen[p] = balanceFen;
}

/** The bridge's morning: targets and credit of the day, nothing sent or received. */
export function openPrefunds(world: World): void {
  const { bridge, ledger, chart, participants: it, terms } = world, { collateral } = terms.clearing;
  for (let p = 0; p < it.count; p++) {
    const targetFen = bridge.targetFen[p] = prefundingTargetFen(world, p);
    // Whoever pays over the bridge pledges; what is lent on a pledge is its worth less the haircut.
    const creditFen = targetFen > 0
      ? collateral.pledgedFen - bpsOf(collateral.pledgedFen, collateral.haircutBps)
      : 0;
    if (creditFen !== bridge.creditFen[p]) ledger.setFloor(chart.prefund[p], -creditFen);
    bridge.creditFen[p] = creditFen;
    it.prefundLowFen[p] = ledger.balanceFen(chart.prefund[p]);
  }
  bridge.isUsed = bridge.targetFen.some((fen) => fen > 0);
  bridge.isWithheld = terms.clearing.withholding.some((own) => own !== null);
  bridge.isClosed = bridge.changed = bridge.gridlocked = false;
  bridge.minute = bridge.bulks = bridge.resolutions = 0;
  bridge.room = Math.max(1, terms.clearing.rails[railNames.indexOf("rtgs")].perMinute);
  bridge.sentFen.fill(0);
  bridge.receivedFen.fill(0);
  emptyQueue(bridge.queue);
}

/** Brings the money of those who pay over the bridge to its target; what others have goes home. */
export function refillBridge(world: World): void {
  const { chart, ledger, participants: it, desk, bridge } = world;
  for (let p = 0; p < it.count; p++) {
    const changeFen = bridge.targetFen[p] - ledger.balanceFen(chart.prefund[p]);
    if (changeFen > 0) {
      pay(world, chart.prefund[p], chart.settle[p], Math.min(changeFen, freeFen(world, p)), code.prefunding);
      // An account that is funded for the first time has not been used before.
      if (!(desk.bridgeFunded & (1 << p))) it.prefundLowFen[p] = ledger.balanceFen(chart.prefund[p]);
      desk.bridgeFunded |= 1 << p;
    } else {
      const homeFen = Math.min(-changeFen, unreservedFen(ledger, chart.prefund[p]));
      pay(world, chart.settle[p], chart.prefund[p], Math.max(0, homeFen), code.prefunding);
    }
  }
}

/** The evening's bill of clearing: rails' fees, interest on delays, the late tariff, credit and collateral. */
export function chargeClearing(world: World): void {
  const { bridge, participants: it, terms, desk, today, recorder } = world, { clearing } = terms;
  const { collateral } = clearing;
  let creditFen = 0, boundFen = 0;
  for (let p = 0; p < it.count; p++) {
    let ownFen = 0;
    for (let rail = 0; rail < railNames.length; rail++) {
      const at = rail * it.count + p, operator = railNames[rail] === "rtgs" ? operatorAt : networkAt;
      const feesFen = desk.railPayments[at] * clearing.rails[rail].feeFen;
      if (p !== operator) oblige(world, p, operator, feesFen);
      ownFen += feesFen;
      desk.railPayments[at] = 0;
    }
    for (let payee = 0; payee < it.count; payee++) {
      const at = p * it.count + payee, waited = bridge.waitedFenMinutes[at];
      if (waited === 0) continue;
      bridge.waitedFenMinutes[at] = 0;
      const perMinute = clearing.lateInterestBps / (10_000 * 365 * 1_440);
      if (p === payee) continue;
      const lateFen = Math.round(waited * perMinute);
      oblige(world, p, payee, lateFen);
      ownFen += lateFen;
    }
    const tariffFen = mulDiv(bridge.lateFen[p], clearing.lateTariff.chargePpm, 1_000_000);
    bridge.lateFen[p] = 0;
    const overdrawnFen = Math.max(0, -it.prefundLowFen[p]);
    const priceFen = mulDiv(overdrawnFen, collateral.creditPricePpm, 1_000_000);
    if (p !== operatorAt) oblige(world, p, operatorAt, tariffFen + priceFen);
    // Banks own the bonds that they pledge; platforms borrow theirs from them.
    const pledgeFen = bridge.targetFen[p] > 0
      ? mulDiv(collateral.pledgedFen, collateral.costBps, 3_650_000)
      : 0;
    if (p < firstBank) {
      let leftFen = pledgeFen;
      for (let bank = 0; bank < clearing.banks; bank++) {
        const partFen = Math.floor(leftFen / (clearing.banks - bank));
        oblige(world, p, firstBank + bank, partFen);
        leftFen -= partFen;
      }
    }
    creditFen += tariffFen + priceFen + pledgeFen;
    ownFen += tariffFen + priceFen + pledgeFen;
    if (p < 2) record(recorder, today.day, `clearingCost.${platforms[p]}`, "money", ownFen);
    boundFen += bridge.targetFen[p];
  }
  // What the money that lies there would earn is no payment, but it is a cost.
  const moneyFen = mulDiv(boundFen, today.rateBps, 3_650_000);
  record(recorder, today.day, "liquidityCost", "money", creditFen + moneyFen);
}

/** Records lowest balances by platform, and returns the money in use on the bridge at most, each at its own moment. */
export function recordPrefunds(world: World): Fen {
  const { participants: it, bridge, recorder, today } = world;
  for (let p = 0; p < platforms.length; p++) {
    record(recorder, today.day, `prefundLow.${platforms[p]}`, "money", it.prefundLowFen[p]);
  }
  let usedFen = 0;
  for (let p = 0; p < it.count; p++) usedFen += Math.max(0, bridge.targetFen[p] - it.prefundLowFen[p]);
  record(recorder, today.day, "bridgeLiquidity", "money", usedFen);
  return usedFen;
}
