// Share: what loans across platforms have lost is borne in one order, every fen once, and paid through clearing.
//
// (1) What funding partners bear by their contribution, (2) what tranches bear, (3) the rule between the platforms, (4) the
// guarantee fund, (5) the named remainder. The first two leave `retained`; recoveries go back in reverse.

import { divide, fundLayer, giveBack, shareLoss, type SharingFacts } from "#/model/sharing/layers.ts";
import { monthEnds } from "#/model/units/calendar.ts";
import { mulDiv } from "#/model/units/units.ts";
import { enter, remainderOf, throughClearingFen, type Treaty } from "#/sim/joint.ts";
import { record } from "#/sim/recorder.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import type { World } from "#/sim/world.ts";
import { issuerAt, owe, refreshRoom } from "./clear.ts";
import { drawFromFund, hasFund, owedToFund, payContributions, returnFund } from "./guarantee_fund.ts";
import { banksBear } from "./joint_loans.ts";
import { participate } from "./participate.ts";

const sharers = ["jd", "ant"] as const;
/** Places of the banks that lend jointly, and of those who lend to trusts, among those who bear losses. */
const banksAt = sharers.length, noteHoldersAt = banksAt + 1;

/** Shares the day's losses; losses shared equal losses incurred. */
export function share(world: World): void {
  const { memory, today, recorder, joint } = world, isFunded = hasFund(world);
  if (isFunded) payContributions(world);
  // Collection has been paid in cash since the last window: what is gone carries no obligation.
  refreshRoom(world);
  let incurredFen = 0, shortFen = 0;
  const borneFen = [0, 0, 0, 0];
  for (let p = 0; p < lineCount; p++) {
    const lost = memory.lost[p], issuer = issuerAt[p], other = 1 - issuer, treaty = joint.treaties[p];
    const claimFen = lost.nativeFen + lost.bridgedFen + lost.feesFen;
    // What the sale of claims brought belongs to native and cross-platform claims in proportion.
    const bridgedSaleFen = claimFen > 0 ? Math.floor(lost.saleFen * (lost.bridgedFen / claimFen)) : 0;
    const jointFen = lost.bridgedFen - bridgedSaleFen + lost.stolenBridgedFen;
    const ownFen = lost.nativeFen + lost.feesFen - (lost.saleFen - bridgedSaleFen) + lost.stolenFen;
    openPeriod(world, p);
    // The banks' part of what was lost and came back across the bridge is in proportion to all that was.
    const banks = banksBear(world, issuer), faceFen = lost.nativeFen + lost.bridgedFen;
    const banksJointFen = faceFen > 0
      ? Math.max(0, Math.min(jointFen, mulDiv(banks.lossFen, lost.bridgedFen, faceFen)))
      : 0;
    const banksBackFen = lost.recoveredFen > 0
      ? mulDiv(banks.recoveredFen, lost.recoveredBridgedFen, lost.recoveredFen)
      : 0;
    const retained = participate(world, p, {
      writtenOffFen: lost.bridgedFen + lost.stolenBridgedFen,
      lossFen: jointFen - banksJointFen,
      recoveredFen: lost.recoveredBridgedFen - banksBackFen,
    });
    borneFen[banksAt] += banks.lossFen - banks.recoveredFen;
    borneFen[issuer] += ownFen - (banks.lossFen - banksJointFen) -
      (lost.recoveredFen - lost.recoveredBridgedFen - (banks.recoveredFen - banksBackFen));
    borneFen[other] += retained.partLossFen - retained.partRecoveredFen;
    const [lossRow, short] = bearLoss(world, p, retained.lossFen);
    const notes = takeNoteLoss(world, p, issuer);
    borneFen[noteHoldersAt] += notes.lossFen;
    borneFen[issuer] -= notes.lossFen - notes.jointFen;
    const backRow = giveBackRecovered(world, p, retained.recoveredFen + notes.jointFen);
    shortFen += short;
    borneFen[issuer] += lossRow[0] - backRow[0];
    borneFen[other] += lossRow[1] - backRow[1];
    if (monthEnds(today.date)) {
      const movedFen = trueUp(world, treaty, issuer);
      borneFen[issuer] -= movedFen;
      borneFen[other] += movedFen;
    }
    joint.grantedFen[issuer] += treaty.grantedFen;
    joint.lossFen[issuer] += jointFen - lost.recoveredBridgedFen;
    incurredFen += ownFen + jointFen - lost.recoveredFen;
    record(recorder, today.day, "netLoss", "money", ownFen + jointFen - lost.recoveredFen);
  }
  for (const [k, party] of sharers.entries()) {
    memory.lossByFen[k] += borneFen[k];
    record(recorder, today.day, `lossBy.${party}`, "money", borneFen[k]);
    if (monthEnds(today.date)) joint.tradeBeforeFen[k] = memory.tradeFen[k];
  }
  for (const at of [banksAt, noteHoldersAt]) memory.lossByFen[at] += borneFen[at];
  memory.lossIncurredFen += incurredFen;
  if (isFunded) {
    joint.fund.shortFen += shortFen;
    if (shortFen > 0) joint.fund.dryDays++;
    returnFund(world);
  }
  for (const lost of memory.lost) {
    lost.stolenFen =
      lost.stolenBridgedFen =
      lost.chargedBackFen =
      lost.chargedBackBridgedFen =
        0;
  }
}

/**
 * What those who lend to trusts have lost since yesterday. It was shared when the loans failed, as if no note would: what
 * it covers of loans across the bridge, by their part of the book, goes back to who bore it, so that no fen is borne twice.
 */
function takeNoteLoss(world: World, p: number, issuer: number): { lossFen: number; jointFen: number } {
  const own = world.funding.issuers[issuer], lossFen = own.newNoteLossFen;
  if (lossFen === 0) return { lossFen, jointFen: 0 };
  own.newNoteLossFen = 0;
  const { ledger, chart } = world, { loansNative, loansBridged } = chart.products[p];
  const bridgedFen = ledger.balanceFen(loansBridged), bookFen = bridgedFen + ledger.balanceFen(loansNative);
  return { lossFen, jointFen: bookFen > 0 ? mulDiv(lossFen, bridgedFen, bookFen) : 0 };
}

/** Layers and caps start afresh with a period; joint credit is what was owed then and has been granted since. */
function openPeriod({ today, terms, joint }: World, p: number): void {
  const treaty = joint.treaties[p];
  const begins = today.firstOfMonth && today.month % terms.jointLosses.periodMonths === 0;
  if (today.day === 0 || begins) {
    treaty.jointCreditFen = treaty.openFen;
    treaty.usedFen.fill(0);
    treaty.partyUsedFen.fill(0);
  }
  treaty.jointCreditFen += treaty.grantedFen;
}

/** What the rules of the day look at for the loans of one lender. */
function factsOf({ memory, joint }: World, treaty: Treaty, issuer: number): SharingFacts {
  const { fund } = joint, other = 1 - issuer;
  return {
    marketWeights: [memory.tradeFen[issuer], memory.tradeFen[other]],
    jointCreditFen: treaty.jointCreditFen,
    fundFen: [fund.fen[issuer], fund.fen[other]],
    usedFen: treaty.usedFen,
    partyUsedFen: treaty.partyUsedFen,
  };
}

/** Shares what is retained of a loss; returns who bore it, lender first, and what the fund was short of. */
function bearLoss(world: World, p: number, lossFen: number): [readonly number[], number] {
  if (lossFen === 0) return [[0, 0], 0];
  const { terms: { sharing, jointLosses, limitRule }, joint } = world;
  const issuer = issuerAt[p], treaty = joint.treaties[p], facts = factsOf(world, treaty, issuer);
  const layers = sharing.rule.layers(facts, sharing.terms);
  const { rows, shares, fundShortFen } = shareLoss(lossFen, layers, facts, jointLosses.common);
  enter(treaty, rows, 1);
  // A partner contributes what it has granted; where it grants nothing, its share of the market.
  const partnerFen = limitRule.grantsTogether
    ? 0
    : divide(lossFen, { originatorFloorBps: 0, weights: facts.marketWeights })[1];
  for (const [i, fen] of [lossFen, partnerFen].entries()) {
    treaty.contributedFen[i] += fen;
    treaty.monthFen[i] += fen;
  }
  for (const [k, layer] of layers.entries()) {
    if (!layer.byMarket) continue;
    for (let i = 0; i < 2; i++) treaty.provisionalFen[i] += rows[k][i];
  }
  drawFromFund(world, issuer, rows[fundLayer]);
  owe(world, "lossShares", { payer: 1 - issuer, payee: issuer, amountFen: throughClearingFen(rows, 1) });
  countRemainder(world, issuer, remainderOf(rows), 1);
  return [shares, fundShortFen];
}

/** What is paid on claims of before goes back to those who bore their loss, last who paid first. */
function giveBackRecovered(world: World, p: number, recoveredFen: number): readonly number[] {
  if (recoveredFen === 0) return [0, 0];
  const issuer = issuerAt[p], treaty = world.joint.treaties[p];
  const { rows, leftFen } = giveBack(recoveredFen, treaty.borneFen);
  enter(treaty, rows, -1);
  owedToFund(world, issuer, rows[fundLayer]);
  owe(world, "lossShares", { payer: issuer, payee: 1 - issuer, amountFen: throughClearingFen(rows, 1) });
  countRemainder(world, issuer, remainderOf(rows), -1);
  const back = [0, 1].map((i) => rows.reduce((sum, row) => sum + row[i], 0));
  const [lossFen, partnerFen] = treaty.contributedFen, paidFen = Math.min(recoveredFen, lossFen);
  if (paidFen > 0) {
    treaty.contributedFen[1] = partnerFen - mulDiv(partnerFen, paidFen, lossFen);
    treaty.contributedFen[0] = lossFen - paidFen;
  }
  // What was never shared, fees among it, is the lender's own.
  return [back[0] + leftFen, back[1]];
}

function countRemainder({ joint }: World, issuer: number, row: readonly number[], sign: 1 | -1): void {
  joint.remainderFen[issuer] += sign * row[0];
  joint.remainderFen[1 - issuer] += sign * row[1];
}

/** At a month's end the month's market layers are shared anew by the month's own trade; returns what moves to the partner. */
function trueUp(world: World, treaty: Treaty, issuer: number): number {
  const { terms: { jointLosses, sharing, limitRule }, memory, joint } = world;
  const [ownFen, partnerFen] = treaty.provisionalFen, [monthFen, contributedFen] = treaty.monthFen;
  treaty.provisionalFen.fill(0);
  treaty.monthFen.fill(0);
  if (jointLosses.trueUp === "none" || ownFen + partnerFen === 0) return 0;
  const tradeFen = memory.tradeFen, before = joint.tradeBeforeFen, other = 1 - issuer;
  const monthWeights = [tradeFen[issuer] - before[issuer], tradeFen[other] - before[other]];
  const facts = { ...factsOf(world, treaty, issuer), marketWeights: monthWeights };
  const at = sharing.rule.layers(facts, sharing.terms).findIndex(({ byMarket }) => byMarket);
  const [layer, borne] = [sharing.rule.layers(facts, sharing.terms)[at], treaty.borneFen[at]];
  const dueFen = divide(ownFen + partnerFen, layer)[1] - partnerFen;
  // Neither gives back more than it has borne of the layer, what was recovered meanwhile taken off.
  const movedFen = Math.max(-borne[1], Math.min(borne[0], dueFen));
  const rows = treaty.borneFen.map((_, k) => k === at ? [-movedFen, movedFen] : [0, 0]);
  enter(treaty, rows, 1);
  if (!limitRule.grantsTogether) {
    const byMonth = divide(monthFen, { originatorFloorBps: 0, weights: monthWeights })[1];
    treaty.contributedFen[1] = Math.max(0, treaty.contributedFen[1] + byMonth - contributedFen);
  }
  joint.truedUpFen += Math.abs(movedFen);
  owe(world, "lossShares", { payer: other, payee: issuer, amountFen: Math.max(0, movedFen) });
  owe(world, "lossShares", { payer: issuer, payee: other, amountFen: Math.max(0, -movedFen) });
  return movedFen;
}
