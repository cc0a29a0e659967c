// The day's close: every sub-ledger equals its control account, nothing is pending, nothing was made or lost. A day that
// does not reconcile stops the run with the account, the amount and the line that replays it.

import { flows } from "#/model/clearing/flows.ts";
import { externalFlows, products } from "#/model/names.ts";
import { deliveredFen } from "#/model/credit/staged.ts";
import { bpsOf } from "#/model/units/units.ts";
import { disputedFen } from "#/sim/breaks.ts";
import { reconcileAbroad } from "#/sim/ledger/reconcile_abroad.ts";
import { code, turnoverOf } from "#/sim/ledger/chart.ts";
import { amounts, lineCount } from "#/sim/tables/lines.ts";
import { buckets } from "#/model/funding/sources/rules.ts";
import { sumOfPart } from "#/sim/tables/pool_tally.ts";
import { type LineTally, tallyLines } from "#/sim/tables/line_tally.ts";
import type { RevolvingRows, StagedRows } from "#/sim/tables/day_ring.ts";
import type { Loans, OpenPurchases } from "#/sim/tables/loans.ts";
import type { World } from "#/sim/world.ts";

/** A day that did not reconcile. */
export class ReconciliationError extends Error {
  /** `account` where sums part, `bookFen` what the ledger says, `tableFen` what the tables say. */
  constructor(
    readonly account: string,
    readonly day: number,
    readonly bookFen: number,
    readonly tableFen: number,
    replay: string,
  ) {
    super(
      `Day ${day} does not reconcile: ${account} is ${bookFen} fen in the ledger and ${tableFen} fen in the tables, ` +
        `a difference of ${tableFen - bookFen} fen. Replay: ${replay}`,
    );
    this.name = "ReconciliationError";
  }
}

/** How an identity is checked: `account` where sums part, what the ledger says, what the tables say. */
export type Check = (account: string, book: number, table: number) => void;

/** The look at all lines that a close needs. */
export function tallyOf({ lines, shoppers, today, terms }: World): LineTally {
  return tallyLines(lines, shoppers, { day: today.day, ...terms.scenario.behaviour });
}

/** Checks all identities of the day and counts them; throws at the first that fails. */
export function reconcile(world: World, replay: string, tally: LineTally = tallyOf(world)): void {
  const { ledger, chart, merchants, participants, memory, today, bridge } = world;
  const check = (account: string, bookFen: number, tableFen: number) => {
    world.checks++;
    if (bookFen !== tableFen) throw new ReconciliationError(account, today.day, bookFen, tableFen, replay);
  };

  // Each account's own counters first, against a second tally of what was posted: a flipped counter shows its account.
  for (let a = 0; a < ledger.names.length; a++) {
    check(ledger.names[a], ledger.debitsPosted[a] - ledger.creditsPosted[a], ledger.tallyFen[a]);
    check(`pending debits of ${ledger.names[a]}`, ledger.debitsPending[a], 0);
    check(`pending credits of ${ledger.names[a]}`, ledger.creditsPending[a], 0);
  }
  const { owedFen: plansFen, paymentFen } = sumPlans(world.loans), rowsFen = sumRows(world.open);
  const revolvingFen = sumRows(world.revolving);
  // Lines against loans, fees and limits; stages of a debt against its origin.
  for (const [p, product] of products.entries()) {
    const accounts = chart.products[p];
    const [limitFen, reservedFen, openFen, planFen, billedFen, overdueFen, feesFen, bridgedFen] = tally.sumFen
      .subarray(p * amounts, (p + 1) * amounts);
    const otherFen = billedFen + overdueFen;
    const bridgedBookFen = ledger.balanceFen(accounts.loansBridged);
    const loansFen = ledger.balanceFen(accounts.loansNative) + bridgedBookFen;
    check(`loans.${product}`, loansFen, openFen + planFen + otherFen);
    check(`loans.bridged.${product}`, bridgedBookFen, bridgedFen);
    check(`debt.${product}`, -ledger.balanceFen(accounts.debt), loansFen);
    check(`fees.${product}`, ledger.balanceFen(accounts.fees), feesFen);
    check(`fees-owed.${product}`, -ledger.balanceFen(accounts.feesOwed), feesFen);
    check(`limits.${product}`, ledger.balanceFen(accounts.limits), limitFen);
    check(`limits-contra.${product}`, -ledger.balanceFen(accounts.limitsContra), limitFen);
    check(`reserved.${product}`, 0, reservedFen);
    const allowanceFen = world.servicing.allowanceFen.subarray(p * 3, p * 3 + 3)
      .reduce((sum, fen) => sum + fen, 0);
    check(`allowance.${product}`, -ledger.balanceFen(accounts.allowance), allowanceFen);
    check(`plans.${product}`, plansFen[p], planFen);
    check(`payments of plans.${product}`, world.loans.paymentsFen[p], paymentFen[p]);
    if (world.terms.products[p].perPurchase) {
      check(`rows.${product}`, rowsFen[p] + revolvingFen[p], openFen);
    }
    check(`revolving.${product}`, memory.revolvingFen[p], revolvingFen[p]);
  }
  // Clearing: positions, held obligations, empty houses.
  let heldFen = 0;
  for (let p = 0; p < participants.count; p++) {
    check(ledger.names[chart.due[p]], ledger.balanceFen(chart.due[p]), participants.positionFen[p]);
    let byFen = 0, forFen = 0, laterFen = 0;
    for (let q = 0; q < participants.count; q++) {
      const pays = p * participants.count + q, gets = q * participants.count + p;
      laterFen += participants.forwardFen[gets] - participants.forwardFen[pays];
      for (let flow = 0; flow < flows.length; flow++) {
        const from = flow * participants.count * participants.count;
        laterFen += bridge.bulkFen[from + gets] - bridge.bulkFen[from + pays];
      }
      byFen += participants.heldFen[p * participants.count + q];
      forFen += participants.heldFen[q * participants.count + p];
    }
    check(ledger.names[chart.held[p]], ledger.balanceFen(chart.held[p]), forFen - byFen);
    check(`held by ${chart.participants[p].name}`, byFen, participants.heldByFen[p]);
    check(ledger.names[chart.forward[p]], ledger.balanceFen(chart.forward[p]), laterFen);
    heldFen += participants.heldNewFen[p];
  }
  check("waiting for the bridge", bridge.queue.waiting, 0);
  check("held, not posted", 0, heldFen);
  check("settle.clearing-house", ledger.balanceFen(chart.settleHouse), 0);
  check("due.clearing-house", ledger.balanceFen(chart.dueHouse), 0);

  // What clearing paid for is what was booked.
  check("cleared on credit", world.desk.clearedFen, world.desk.bookedCreditFen);
  check("bridge fees of the day", world.desk.bridgeFeesFen, world.desk.bookedBridgeFeesFen);

  // Shops, banks' deposits and lines.
  let takingsFen = 0;
  for (let m = 0; m < merchants.count; m++) takingsFen += merchants.takingsFen[m];
  check("deposits.merchants", ledger.balanceFen(chart.deposits.merchants), takingsFen);
  const depositsFen = ledger.balanceFen(chart.deposits.shoppers) +
    ledger.balanceFen(chart.deposits.merchants) + ledger.balanceFen(chart.custody) + boundFen(world);
  check("custody.merchants", ledger.balanceFen(chart.custody), sumHeld(world.staged));
  check("deposits-owed.banks", -ledger.balanceFen(chart.deposits.owed), depositsFen);
  for (const line of chart.lines) {
    check(ledger.names[line.owed], -ledger.balanceFen(line.owed), ledger.balanceFen(line.lent));
  }
  checkFunding(world, check);
  check(
    "equity.project",
    -ledger.balanceFen(chart.project.equity),
    ledger.balanceFen(chart.investors.shares),
  );
  const external = (flow: typeof externalFlows[number]) =>
    ledger.balanceFen(chart.external[externalFlows.indexOf(flow)]);
  check("capex paid", external("capex"), memory.capexPaidFen);
  const { project } = world.terms;
  let stagesFen = 0;
  for (let month = 0; month < memory.capexMonths; month++) {
    stagesFen += bpsOf(project.capexFen, project.capexCurveBps[month] ?? 0);
  }
  check("capex due", stagesFen - external("capex"), memory.capexDueFen);
  const runningFen = memory.capexMonths * project.runningCostPerMonthFen;
  check("running costs due", runningFen - external("operating-cost"), memory.runningDueFen);
  check("card costs due", world.cobrand.incurredFen - external("card-cost"), world.cobrand.dueFen);
  const collectionFen = memory.collectionDueFen.reduce((sum, fen) => sum + fen, 0);
  check("collection costs due", memory.collectionIncurredFen - external("collection-cost"), collectionFen);

  const identityFen = memory.identityDueFen.reduce((sum, fen) => sum + fen, 0);
  check("identity costs due", memory.identityIncurredFen - external("identity-cost"), identityFen);

  check("contract due", memory.contractEarnedFen - ledger.turnoverFen[code.contract], memory.contractDueFen);

  for (const [k, account] of chart.guaranteeFund.entries()) {
    check(ledger.names[account], ledger.balanceFen(account), world.joint.fund.fen[k]);
  }
  for (const [p, { claim, owed }] of chart.participations.entries()) {
    check(ledger.names[claim], ledger.balanceFen(claim), world.joint.treaties[p].participationFen);
    check(ledger.names[owed], -ledger.balanceFen(owed), world.joint.treaties[p].participationFen);
  }
  for (const [p, account] of chart.disputed.entries()) {
    check(ledger.names[account], ledger.balanceFen(account), disputedFen(world.breaks, p));
  }
  const matchingFen = world.breaks.dueFen.reduce((sum, fen) => sum + fen, 0);
  check("reconciliation costs due", world.breaks.incurredFen - external("reconciliation-cost"), matchingFen);

  // Incomes, on which wages rest.
  check("incomes", memory.incomesFen, tally.incomesFen);
  check("wages of a day", Math.round(memory.incomesFen / 30), memory.wagesPerDayFen);

  // Losses: what was incurred left the books, and what was shared is what was incurred.
  const { turnoverFen } = ledger;
  const bookedFen = turnoverFen[code.chargeOff] + turnoverFen[code.fraudLoss] - turnoverFen[code.claimSale] -
    turnoverFen[code.recovery];
  check("losses incurred", bookedFen, memory.lossIncurredFen);
  check("losses shared", memory.lossIncurredFen, memory.lossByFen.reduce((sum, fen) => sum + fen, 0));

  if (world.abroad) reconcileAbroad(world, world.abroad, check);
  for (const [place, currency] of ledger.currencies.entries()) reconcileWhole(world, place, currency, check);
  const movedFen = ledger.debitsPosted.reduce((sum, amount) => sum + amount, 0);
  check("volume", movedFen, ledger.volumeFen);
}

/** The whole of one currency's books: debits equal credits, floors are kept, external flows equal all other changes. */
function reconcileWhole({ ledger }: World, place: number, currency: string, check: Check): void {
  const of = place === 0 ? "" : ` in ${currency}`;
  let debits = 0, credits = 0, outside = 0, inside = 0;
  for (let a = 0; a < ledger.names.length; a++) {
    if (ledger.currencyOf[a] !== place) continue;
    debits += ledger.debitsPosted[a];
    credits += ledger.creditsPosted[a];
    if (ledger.owners[a] === "external") outside += ledger.balanceFen(a);
    else inside += ledger.balanceFen(a);
    if (ledger.floorFen[a] !== -Infinity) {
      check(`floor of ${ledger.names[a]}`, Math.min(0, ledger.balanceFen(a) - ledger.floorFen[a]), 0);
    }
  }
  check(`all debits${of}`, debits, credits);
  check(`external flows${of}`, -outside, inside);
  check(`turnover${of}`, debits, turnoverOf(ledger, place));
}

/** Deposits of lenders and trusts. */
function boundFen({ chart, ledger }: World): number {
  return [chart.lenders, ...chart.trusts].reduce((sum, at) => at < 0 ? sum : sum + ledger.balanceFen(at), 0);
}

/** Sources of money: what is owed is what is held; notes and trusts' money are what the deals say; pools are the loans. */
function checkFunding(
  { chart, ledger, funding }: World,
  check: (account: string, bookFen: number, tableFen: number) => void,
): void {
  for (const [k, debts] of chart.debts.entries()) {
    for (const { owed, held } of Object.values(debts)) {
      check(ledger.names[owed], -ledger.balanceFen(owed), ledger.balanceFen(held));
    }
    if (debts.abs) {
      let notesFen = 0, cashFen = 0, drawnFen = 0;
      for (const { issuer, deal, isEnded } of funding.trusts) {
        if (issuer !== k || isEnded) continue;
        notesFen += deal.state.tranches[0].balanceFen + deal.state.tranches[1].balanceFen;
        cashFen += deal.cashFen;
        drawnFen += deal.state.lines[0]?.drawnFen ?? 0;
      }
      check(ledger.names[debts.abs.owed], -ledger.balanceFen(debts.abs.owed), notesFen);
      check(ledger.names[chart.trusts[k]], ledger.balanceFen(chart.trusts[k]), cashFen);
      const line = chart.trustLines[k];
      if (line) {
        check(ledger.names[line.owed], -ledger.balanceFen(line.owed), drawnFen);
        check(ledger.names[line.held], ledger.balanceFen(line.held), drawnFen);
      }
    }
    if (debts.supplierFinance) {
      const dueFen = funding.issuers[k].supplierDue.reduce((sum, { faceFen }) => sum + faceFen, 0);
      const { owed } = debts.supplierFinance;
      check(ledger.names[owed], -ledger.balanceFen(owed), dueFen);
    }
  }
  if (!funding.tally) return;
  for (const [p, product] of products.entries()) {
    const { loansNative, loansBridged } = chart.products[p];
    const poolFen = sumOfPart(funding.tally.balanceFen, { product: p, from: 0, until: buckets });
    check(`pool of ${product}`, ledger.balanceFen(loansNative) + ledger.balanceFen(loansBridged), poolFen);
  }
}

/** What all instalment plans still owe, and what they pay a month, by product. */
function sumPlans(loans: Loans): { owedFen: Float64Array; paymentFen: Float64Array } {
  const owedFen = new Float64Array(lineCount), paymentFen = new Float64Array(lineCount);
  for (let row = 0; row < loans.used; row++) {
    if (loans.monthsLeft[row] === 0) continue;
    const p = loans.line[row] % lineCount;
    owedFen[p] += loans.owedFen[row];
    paymentFen[p] += loans.paymentFen[row];
  }
  return { owedFen, paymentFen };
}

/** All purchases that are due one by one, or parts of bills that revolve, by product. */
function sumRows(open: OpenPurchases | RevolvingRows): Float64Array {
  const sums = new Float64Array(lineCount);
  for (const { length, line, amountFen } of open.segments) {
    for (let k = 0; k < length; k++) sums[line[k] % lineCount] += amountFen[k];
  }
  return sums;
}

/** What shops still have to deliver of courses and treatments. */
function sumHeld({ segments }: StagedRows): number {
  let sum = 0;
  for (const { length, shopFen, stage, stages } of segments) {
    for (let k = 0; k < length; k++) {
      sum += shopFen[k] - deliveredFen(shopFen[k], { done: stage[k], stages: stages[k] });
    }
  }
  return sum;
}
