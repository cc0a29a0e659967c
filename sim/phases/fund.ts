// Fund: the treasuries draw and repay, interest is paid, tomorrow's new credit is bounded; the project pays its bills.

import { externalFlows } from "#/model/names.ts";
import { bpsOf, mulDiv } from "#/model/units/units.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { pay, type World } from "#/sim/world.ts";
import { settleAbroad } from "./correspond.ts";
import { payCardCosts } from "./cobrand.ts";
import { sourceNames } from "#/model/funding/sources/registry.ts";
import { rollPool } from "#/sim/tables/pool_tally.ts";
import { firstBank, freeFen, operatorAt } from "./clear.ts";
import { lendJointly } from "./joint_loans.ts";
import { placeReceivables } from "./place.ts";
import { tallyLate } from "./pledge.ts";
import { fundForTerms } from "./term_funding.ts";
import { issuers, openFacilities, openTreasuries, runTreasury } from "./treasury.ts";
import { serveTrusts } from "./trust.ts";

/** The project is billed every thirty days, whatever the day of the month on which a run starts. */
const billingDays = 30;

/** Funds loans and project for the day. */
export function fund(world: World): void {
  payWages(world);
  if (world.abroad) settleAbroad(world, world.abroad);
  payIdentityCosts(world);
  if (world.terms.cobrand.active) payCardCosts(world);
  tallyLate(world);
  for (let k = 0; k < issuers.length; k++) fundIssuer(world, k);
  if (world.funding.tally) rollPool(world.funding.tally);
  if (world.memory.granted.some((share) => share < 1)) world.memory.fundingGapDays++;
  if (world.terms.project.active) runProject(world);
}

/** One issuer: its pools and terms first, then the treasury with what can be drawn at will. */
function fundIssuer(world: World, k: number): void {
  openTreasuries(world);
  openFacilities(world, k);
  lendJointly(world, k);
  serveTrusts(world, k);
  fundForTerms(world, k);
  placeReceivables(world, k);
  runTreasury(world, k);
  recordSources(world, k);
}

/** What each source in use is owed tonight. */
function recordSources({ funding, chart, ledger, recorder, today }: World, k: number): void {
  const own = funding.issuers[k];
  for (const [at, source] of sourceNames.entries()) {
    const accounts = source === "bankLine"
      ? chart.lines[k]
      : source === "equity"
      ? undefined
      : chart.debts[k][source];
    if (!accounts) continue;
    const owedFen = -ledger.balanceFen(accounts.owed);
    own.owedFenDays[at] += owedFen;
    record(recorder, today.day, `sourceOwed.${issuers[k]}.${source}`, "money", owedFen);
  }
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
  if (memory.bridgeSuspended) memory.projectUnpaidDays++;
  record(recorder, today.day, "projectCash", "money", ledger.balanceFen(chart.project.cash));
}
