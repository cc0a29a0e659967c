// The treasury of an issuer: interest, draws up to the buffer, repayments above twice of it, and what new credit can be funded.

import { flows, fundingFlows } from "#/model/clearing/flows.ts";
import { brokenCovenants, commitmentInForceFen } from "#/model/funding/sources/bank_line.ts";
import { sources } from "#/model/funding/sources/registry.ts";
import { bpsOf, type Fen, mulDiv } from "#/model/units/units.ts";
import { addCost, type Facility } from "#/sim/funding.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { lawfulDrawFen } from "#/sim/leverage.ts";
import { drawsUnused } from "#/sim/treasury.ts";
import { lineCount, principalFen } from "#/sim/tables/lines.ts";
import { pay, type World } from "#/sim/world.ts";
import { firstBank, freeFen, issuerAt, refreshRoom } from "./channel.ts";
import { eligibleFen } from "./pledge.ts";
import { fromBanks, fromInvestors, toBanks, toInvestors } from "./settle_funding.ts";

/** Issuers as participants and as parties. */
export const issuers = ["jd", "ant"] as const;

/** The accounts of a facility: what is owed, and with whom. */
function accountsOf({ chart }: World, k: number, { source }: Facility): { owed: number; held: number } {
  return source === "bankLine"
    ? { owed: chart.lines[k].owed, held: chart.lines[k].lent }
    : chart.debts[k][source]!;
}

/** Looks at what each facility may lend today, and at what price. */
export function openFacilities(world: World, k: number): void {
  const { ledger, today, terms, funding } = world, it = terms.funding[k];
  const runs = (event: string) =>
    terms.scenario.shocks.some((shock) =>
      shock.event === event && "issuer" in shock && shock.issuer === issuers[k] &&
      // Notice takes its time before all is due.
      today.day >= shock.fromDay + (event === "notice-given" ? it.uncommittedLine.noticeDays : 0) &&
      today.day < shock.untilDay
    );
  for (const facility of funding.issuers[k].facilities) {
    facility.drawnFen = -ledger.balanceFen(accountsOf(world, k, facility).owed);
    facility.rateBps = today.rateBps + it[facility.source].spreadBps;
    facility.commitmentFen = facility.source === "bankLine"
      ? lineFen(world, k, facility.drawnFen)
      : facility.source === "shareholderLoan"
      ? it.shareholderLoan.commitmentFen
      : runs("notice-given")
      ? 0
      : it.uncommittedLine.limitFen;
  }
}

/** The committed line as it is in force: less what is withdrawn, bounded by the pledged receivables, stopped by a breach. */
function lineFen(world: World, k: number, drawnFen: Fen): Fen {
  const { terms, today, funding, recorder, treasury } = world, it = terms.funding[k].bankLine;
  const withdrawnBps = terms.scenario.shocks.reduce(
    (sum, shock) =>
      shock.event === "line-withdrawn" && shock.issuer === issuers[k] && today.day >= shock.fromDay &&
        today.day < shock.untilDay
        ? sum + shock.shareBps
        : sum,
    0,
  );
  const committedFen = it.commitmentFen - bpsOf(it.commitmentFen, Math.min(10_000, withdrawnBps));
  const own = funding.issuers[k];
  if (it.late90MaxBps < 10_000 || it.netAssetsMinFen > 0) {
    const broken = brokenCovenants(it, {
      late90Bps: late90Bps(world, k),
      // As of the last close: within a day what is obliged and not yet posted would be missing.
      netAssetsFen: treasury.worthFen[k],
    });
    if (broken.length === 0) own.brokenSince = -1;
    else {
      if (own.brokenSince < 0) own.brokenSince = today.day;
      own.covenantDays++;
    }
    record(recorder, today.day, `covenantBroken.${issuers[k]}`, "plain", broken.length);
  }
  return commitmentInForceFen(it, {
    committedFen,
    eligibleFen: it.secured ? eligibleFen(world, k) : 0,
    drawnFen,
    brokenDays: own.brokenSince < 0 ? -1 : today.day - own.brokenSince,
  });
}

/** The part of the balance that is 90 and more days late. */
function late90Bps({ arrears, lines, today, ledger, chart }: World, k: number): number {
  let lateFen = 0;
  for (let at = 0; at < arrears.length; at++) {
    const line = arrears.lines[at];
    if (issuerAt[line % lineCount] === k && today.day - lines.oldestDue[line] >= 90) {
      lateFen += principalFen(lines, line);
    }
  }
  const accounts = chart.products[issuerAt.indexOf(k)];
  const bookFen = ledger.balanceFen(accounts.loansNative) + ledger.balanceFen(accounts.loansBridged);
  return bookFen > 0 ? Math.round(10_000 * (lateFen / bookFen)) : 0;
}

/** One issuer's treasury: interest, then a draw up to the buffer or a repayment of what is above twice of it. */
export function runTreasury(world: World, k: number): void {
  const { terms, chart, ledger, today, memory, recorder, funding } = world;
  const it = terms.funding[k], own = funding.issuers[k], party = issuers[k];
  for (const facility of own.facilities) payInterest(world, k, facility);
  own.onTheWayFen = Math.min(own.onTheWayFen, unsettledFen(world, k));
  repayCalled(world, k);
  const spareFen = freeFen(world, k) - promisedFen(world, k);
  const needFen = it.cashBufferFen - spareFen - own.onTheWayFen;
  if (drawsUnused(world, k)) raise(world, k, Number.MAX_SAFE_INTEGER);
  else if (needFen > 0) raise(world, k, needFen);
  if (needFen <= 0) repayExcess(world, k, spareFen);
  chargeHeld(world, k);
  // Tomorrow's new credit may not exceed what is there to fund it: cash and what can still be drawn, less what is held.
  const leftFen = freeFen(world, k) - world.participants.heldByFen[k] + drawableFen(world, k);
  own.fundableShare = 1;
  for (let p = 0; p < issuerAt.length; p++) {
    if (issuerAt[p] !== k) continue;
    const askedFen = memory.askedFen[p];
    memory.askedFen[p] = 0;
    own.fundableShare = leftFen <= 0 ? 0 : askedFen > 0 ? Math.min(1, leftFen / askedFen) : 1;
    memory.granted[p] = own.fundableShare;
  }
  record(recorder, today.day, `lineDrawn.${party}`, "money", -ledger.balanceFen(chart.lines[k].owed));
  record(recorder, today.day, `cash.${party}`, "money", ledger.balanceFen(chart.settle[k]));
}

/** What can still be drawn at will tonight, as far as it is lawful. */
export function drawableFen(world: World, k: number): Fen {
  const wishFen = world.funding.issuers[k].facilities.reduce(
    (sum, facility) => sum + sources[facility.source].draw(Number.MAX_SAFE_INTEGER - sum, facility),
    0,
  );
  return lawfulDrawFen(world, k, { wishFen, money: "bank", counts: false });
}

/** A day's interest and commitment fee; what cash cannot cover is added to what is owed. */
function payInterest(world: World, k: number, facility: Facility): void {
  const { funding, terms } = world, { source, drawnFen, rateBps } = facility;
  const { commitmentFen, commitmentFeeBps } = terms.funding[k].bankLine;
  const feeFen = source === "bankLine"
    ? mulDiv(Math.max(0, commitmentFen - drawnFen), commitmentFeeBps, 3_650_000)
    : 0;
  const interestFen = sources[source].interestOfDay(drawnFen, rateBps) + feeFen;
  const fromCashFen = Math.min(interestFen, freeFen(world, k));
  const { owed, held } = accountsOf(world, k, facility);
  if (sources[source].lender === "banks") toBanks(world, k, fromCashFen, code.fundingInterest);
  else toInvestors(world, k, fromCashFen, code.fundingInterest);
  pay(world, held, owed, interestFen - fromCashFen, code.fundingInterest);
  facility.drawnFen += interestFen - fromCashFen;
  addCost(funding, k, source, interestFen);
}

/** Draws what is needed, cheapest first, as far as can be drawn. Returns what was. */
export function raise(world: World, k: number, needFen: Fen): Fen {
  const own = world.funding.issuers[k];
  let leftFen = needFen;
  for (const facility of own.facilities) {
    const wishFen = sources[facility.source].draw(leftFen, facility);
    const drawFen = lawfulDrawFen(world, k, { wishFen, money: "bank" });
    if (drawFen <= 0) continue;
    const { owed, held } = accountsOf(world, k, facility);
    const gotFen = sources[facility.source].lender === "banks"
      ? fromBanks(world, k, drawFen, code.lineDraw)
      : fromInvestors(world, k, { amountFen: drawFen, why: code.lineDraw });
    pay(world, held, owed, gotFen, code.lineDraw);
    facility.drawnFen += gotFen;
    leftFen -= gotFen;
    if (!world.terms.clearing.atOnce[0]) own.onTheWayFen += gotFen;
  }
  return needFen - leftFen;
}

/** Repays what lies above twice the buffer, dearest first, and what is drawn beyond what a facility still lends. */
function repayExcess(world: World, k: number, spareFen: Fen): void {
  const { terms, funding } = world, { facilities } = funding.issuers[k];
  // What the contingency plan has drawn is kept; only what is called goes back.
  let excessFen = drawsUnused(world, k) ? 0 : spareFen - 2 * terms.funding[k].cashBufferFen;
  for (let at = facilities.length - 1; at >= 0; at--) {
    const facility = facilities[at], { commitmentFen, drawnFen } = facility;
    if (excessFen <= 0 && drawnFen <= commitmentFen) continue;
    const wantedFen = Math.max(excessFen, Math.min(drawnFen - commitmentFen, freeFen(world, k)));
    const repayFen = Math.min(wantedFen, drawnFen);
    if (repayFen <= 0) continue;
    repayFacility(world, k, facility, repayFen);
    excessFen -= repayFen;
  }
}

function repayFacility(world: World, k: number, facility: Facility, amountFen: Fen): void {
  const { owed, held } = accountsOf(world, k, facility);
  pay(world, owed, held, amountFen, code.lineRepay);
  if (sources[facility.source].lender === "banks") toBanks(world, k, amountFen, code.lineRepay);
  else toInvestors(world, k, amountFen, code.lineRepay);
  facility.drawnFen -= amountFen;
}

/** What a bank without a commitment has asked back is due, whatever else the money was for: others are drawn on to repay it. */
function repayCalled(world: World, k: number): void {
  for (const facility of world.funding.issuers[k].facilities) {
    const calledFen = facility.drawnFen - facility.commitmentFen;
    if (facility.source !== "uncommittedLine" || calledFen <= 0) continue;
    raise(world, k, calledFen);
    repayFacility(world, k, facility, Math.min(calledFen, freeFen(world, k)));
  }
}

/** What banks still owe an issuer in clearing, or will submit. */
function unsettledFen({ participants: it, bridge, terms }: World, k: number): Fen {
  if (terms.clearing.atOnce[0]) return 0;
  const bulk = flows.indexOf("treasury") * it.count * it.count;
  let sum = 0;
  for (let payer = firstBank; payer < it.count; payer++) {
    const at = payer * it.count + k;
    sum += it.heldFen[at] + it.heldNewFen[at] + it.obligedFen[at] + it.forwardFen[at] + it.forwardNewFen[at] +
      bridge.bulkFen[bulk + at] + bridge.bulkNewFen[bulk + at];
  }
  return sum;
}

/** What an issuer has yet to pay over clearing and has not been set aside: obligations held back, and what it will submit. */
function promisedFen({ participants: it, bridge, terms }: World, k: number): Fen {
  if (terms.clearing.atOnce[0]) return 0;
  let sum = it.heldByFen[k];
  for (const flow of fundingFlows) {
    const from = (flows.indexOf(flow) * it.count + k) * it.count;
    for (let at = from; at < from + it.count; at++) sum += bridge.bulkFen[at] + bridge.bulkNewFen[at];
  }
  return sum;
}

/** Obligations that are held back overnight cost the payer a day's interest, owed to the same payees. */
function chargeHeld(world: World, payer: number): void {
  const { participants: it, today, terms } = world;
  for (let payee = 0; payee < it.count; payee++) {
    const at = payer * it.count + payee;
    const interestFen = mulDiv(
      it.heldFen[at],
      today.rateBps + terms.funding[payer].bankLine.spreadBps,
      3_650_000,
    );
    it.heldNewFen[at] += interestFen;
    it.heldByFen[payer] += interestFen;
  }
}

/** Before an issuer's funding settles over clearing: what may be owed follows the money that is there. */
export const openTreasuries = (world: World): void => {
  if (!world.terms.clearing.atOnce.every((is) => is)) refreshRoom(world);
};

/** The line that is drawn at the opening, at once: the banks lend what they have free. */
export function drawAtOpening(world: World, k: number, amountFen: Fen): Fen {
  const { chart } = world;
  let drawnFen = 0, leftFen = amountFen;
  const { banks } = world.terms.clearing;
  for (let bank = 0; bank < banks; bank++) {
    const partFen = Math.floor(leftFen / (banks - bank));
    leftFen -= partFen;
    const canFen = Math.min(partFen, freeFen(world, firstBank + bank));
    pay(world, chart.settle[k], chart.settle[firstBank + bank], canFen, code.lineDraw);
    drawnFen += canFen;
  }
  pay(world, chart.lines[k].lent, chart.lines[k].owed, drawnFen, code.lineDraw);
  return drawnFen;
}
