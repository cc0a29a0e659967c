// Fund: the treasuries draw and repay, interest is paid, tomorrow's new credit is bounded; the project pays its bills.

import { externalFlows } from "#/model/names.ts";
import { bpsOf, mulDiv } from "#/model/units/units.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { pay, type World } from "#/sim/world.ts";
import { settleAbroad } from "./correspond.ts";
import { payCardCosts } from "./cobrand.ts";
import { firstBank, freeFen, issuerAt, operatorAt } from "./clear.ts";

const issuers = ["jd", "ant"] as const;
/** The project is billed every thirty days, whatever the day of the month on which a run starts. */
const billingDays = 30;

/** Funds loans and project for the day. */
export function fund(world: World): void {
  payWages(world);
  if (world.abroad) settleAbroad(world, world.abroad);
  payIdentityCosts(world);
  if (world.terms.cobrand.active) payCardCosts(world);
  for (let k = 0; k < issuers.length; k++) runTreasury(world, k);
  if (world.memory.granted.some((share) => share < 1)) world.memory.fundingGapDays++;
  if (world.terms.project.active) runProject(world);
}

/** People earn: what they are paid leaves the rest of the world and lands on their accounts. */
function payWages(world: World): void {
  const { chart, terms, memory, today } = world;
  const grown = mulDiv(
    memory.wagesPerDayFen,
    Math.max(0, 10_000 + Math.round(today.incomeGrowthBps)),
    10_000,
  );
  const wages = chart.external[externalFlows.indexOf("wages")];
  const shareFen = Math.floor(grown / terms.clearing.banks);
  for (let bank = 0; bank < terms.clearing.banks; bank++) {
    pay(world, chart.settle[firstBank + bank], wages, shareFen, code.wages);
    pay(world, chart.deposits.shoppers, chart.deposits.owed, shareFen, code.deposit);
  }
}

/** What knowing people costs, in halves: issuing, checking, the shared ledger, or comparing files; and looking again. */
function payIdentityCosts(world: World): void {
  const { terms, memory, chart, registry, links, today, recorder } = world;
  const { enrolFen, presentFen } = terms.identity.costs;
  let costFen = memory.reviews * terms.review.costFen;
  if (registry) {
    costFen += memory.enrolments * enrolFen + memory.presented * presentFen + memory.ledgerCostFen;
  }
  if (links && today.day === 0) costFen += links.costFen;
  memory.enrolments =
    memory.presented =
    memory.ledgerCostFen =
    memory.reviews =
      0;
  memory.identityIncurredFen += costFen;
  record(recorder, today.day, "identityCost", "money", costFen);
  const external = chart.external[externalFlows.indexOf("identity-cost")];
  for (let k = 0; k < issuers.length; k++) {
    memory.identityDueFen[k] += k === 0 ? Math.ceil(costFen / 2) : Math.floor(costFen / 2);
    // What cash does not cover today is paid when it does.
    const paidFen = Math.min(memory.identityDueFen[k], freeFen(world, k));
    pay(world, external, chart.settle[k], paidFen, code.identityCost);
    memory.identityDueFen[k] -= paidFen;
  }
}

/** One issuer's treasury: interest, then a draw up to the buffer or a repayment of what is above twice of it. */
function runTreasury(world: World, k: number): void {
  const { terms, chart, ledger, today, memory, recorder } = world;
  const it = terms.funding[k], accounts = chart.lines[k], party = issuers[k];
  const withdrawnBps = terms.scenario.shocks.reduce(
    (sum, shock) =>
      shock.event === "line-withdrawn" && shock.issuer === party && today.day >= shock.fromDay &&
        today.day < shock.untilDay
        ? sum + shock.shareBps
        : sum,
    0,
  );
  const commitmentFen = it.commitmentFen - bpsOf(it.commitmentFen, Math.min(10_000, withdrawnBps));
  const drawnFen = -ledger.balanceFen(accounts.owed);
  const interestFen = it.source.interestOfDay(drawnFen, today.rateBps + it.spreadBps);
  // Interest that cash cannot cover is added to the line.
  const fromCashFen = Math.min(interestFen, freeFen(world, k));
  payBanks(world, k, fromCashFen, code.fundingInterest);
  pay(world, accounts.lent, accounts.owed, interestFen - fromCashFen, code.fundingInterest);

  const needFen = it.cashBufferFen - freeFen(world, k);
  if (needFen > 0) {
    const drawFen = it.source.draw(needFen, { commitmentFen, drawnFen });
    drawFromBanks(world, k, drawFen);
  } else {
    const excessFen = freeFen(world, k) - 2 * it.cashBufferFen;
    if (excessFen > 0 || drawnFen > commitmentFen) {
      const wantedFen = Math.max(excessFen, Math.min(drawnFen - commitmentFen, freeFen(world, k)));
      const repayFen = Math.min(wantedFen, drawnFen);
      pay(world, accounts.owed, accounts.lent, repayFen, code.lineRepay);
      payBanks(world, k, repayFen, code.lineRepay);
    }
  }
  chargeHeld(world, k);
  // Tomorrow's new credit may not exceed what is there to fund it: cash and what can still be drawn, less what is held.
  const leftFen = freeFen(world, k) - world.participants.heldByFen[k] +
    it.source.draw(Number.MAX_SAFE_INTEGER, { commitmentFen, drawnFen: -ledger.balanceFen(accounts.owed) });
  for (let p = 0; p < issuerAt.length; p++) {
    if (issuerAt[p] !== k) continue;
    const askedFen = memory.askedFen[p];
    memory.askedFen[p] = 0;
    memory.granted[p] = leftFen <= 0 ? 0 : askedFen > 0 ? Math.min(1, leftFen / askedFen) : 1;
    record(recorder, today.day, `throttle.${party}`, "plain", memory.granted[p]);
  }
  record(recorder, today.day, `lineDrawn.${party}`, "money", -ledger.balanceFen(accounts.owed));
  record(recorder, today.day, `cash.${party}`, "money", ledger.balanceFen(chart.settle[k]));
}

/** Obligations that are held back overnight cost the payer a day's interest, owed to the same payees. */
function chargeHeld(world: World, payer: number): void {
  const { participants: it, today, terms } = world;
  for (let payee = 0; payee < it.count; payee++) {
    const at = payer * it.count + payee;
    const interestFen = mulDiv(it.heldFen[at], today.rateBps + terms.funding[payer].spreadBps, 3_650_000);
    it.heldNewFen[at] += interestFen;
    it.heldByFen[payer] += interestFen;
  }
}

/** Money from an issuer to the banks that lend to it, in equal parts. */
function payBanks(world: World, k: number, amountFen: number, why: number): void {
  eachBank(world, amountFen, (bank, partFen) => pay(world, bank, world.chart.settle[k], partFen, why));
}

/** A draw: money from the banks, and the debt for it; a bank lends no more than it has free. */
export function drawFromBanks(world: World, k: number, amountFen: number): void {
  const accounts = world.chart.lines[k];
  eachBank(world, amountFen, (bank, partFen, index) => {
    const canFen = Math.min(partFen, freeFen(world, index));
    pay(world, world.chart.settle[k], bank, canFen, code.lineDraw);
    pay(world, accounts.lent, accounts.owed, canFen, code.lineDraw);
  });
}

function eachBank(
  world: World,
  amountFen: number,
  act: (account: number, partFen: number, participant: number) => void,
): void {
  const { terms, chart } = world;
  let leftFen = amountFen;
  for (let bank = 0; bank < terms.clearing.banks; bank++) {
    const partFen = Math.floor(leftFen / (terms.clearing.banks - bank));
    act(chart.settle[firstBank + bank], partFen, firstBank + bank);
    leftFen -= partFen;
  }
}

/** The project: capex by its curve from called equity, the contract's share of bridge fees, running costs. */
function runProject(world: World): void {
  const { terms, chart, ledger, today, memory, recorder, desk } = world;
  const { project } = terms;
  record(recorder, today.day, "bridgeFees", "money", desk.bridgeFeesFen);
  const earnedFen = bpsOf(desk.bridgeFeesFen, project.feeShareBps);
  memory.contractEarnedFen += earnedFen;
  memory.contractDueFen += earnedFen;
  const contractFen = Math.min(memory.contractDueFen, freeFen(world, operatorAt));
  pay(world, chart.project.cash, chart.settle[operatorAt], contractFen, code.contract);
  memory.contractDueFen -= contractFen;
  if (today.day % billingDays === 0) {
    const stageBps = project.capexCurveBps[memory.capexMonths] ?? 0;
    memory.capexMonths++;
    memory.capexDueFen += bpsOf(project.capexFen, stageBps);
    memory.runningDueFen += project.runningCostPerMonthFen;
  }
  // Equity is called for bills and reserve, as far as it is committed; a bill that stays unpaid suspends the bridge.
  const billFen = memory.capexDueFen + memory.runningDueFen + project.cashReserveFen;
  const cashFen = ledger.balanceFen(chart.project.cash);
  if (billFen > cashFen) {
    const calledFen = ledger.balanceFen(chart.investors.shares);
    const callFen = Math.min(billFen - cashFen, project.equityCommitmentFen - calledFen);
    if (callFen > 0) {
      pay(world, chart.project.cash, chart.investors.cash, callFen, code.equityCall);
      pay(world, chart.investors.shares, chart.project.equity, callFen, code.equityCall);
    }
  }
  const payBill = (dueFen: number, flow: typeof externalFlows[number], why: number) => {
    const paidFen = Math.min(dueFen, ledger.balanceFen(chart.project.cash));
    pay(world, chart.external[externalFlows.indexOf(flow)], chart.project.cash, paidFen, why);
    return dueFen - paidFen;
  };
  const capexBefore = memory.capexDueFen;
  memory.capexDueFen = payBill(memory.capexDueFen, "capex", code.capex);
  memory.capexPaidFen += capexBefore - memory.capexDueFen;
  memory.runningDueFen = payBill(memory.runningDueFen, "operating-cost", code.runningCost);
  memory.bridgeSuspended = memory.capexDueFen + memory.runningDueFen > 0;
  record(recorder, today.day, "projectCash", "money", ledger.balanceFen(chart.project.cash));
}
