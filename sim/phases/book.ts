// Book: what was settled becomes a debt on its line and money at the shop; what was cancelled gives its limit back.

import { instalmentFen } from "#/model/credit/instalment.ts";
import { lawfulAprBps } from "#/model/credit/cost_cap.ts";
import { deliveredFen } from "#/model/credit/staged.ts";
import { acquirerOf } from "#/model/names.ts";
import { bpsOf } from "#/model/units/units.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { ruleAt } from "#/sim/rulebook.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { nextPlace, type RefundRows, segmentOfDay, type StagedRows } from "#/sim/tables/day_ring.ts";
import { bridgedAt, lineCount, openAt, planAt, reservedAt } from "#/sim/tables/lines.ts";
import { appendLoan, appendOpen } from "#/sim/tables/loans.ts";
import { placeOf } from "#/sim/tables/pool_tally.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import { ways } from "#/sim/tables/ways.ts";
import { type Debt, pay, type World } from "#/sim/world.ts";
import { bookAbroad } from "./correspond.ts";
import { passOnCardFees, tallyPaid } from "./cobrand.ts";
import { grantJointly } from "./participate.ts";
import { enterVintage } from "./provide.ts";
import { chargeBack, handBackCash, settleDispute } from "./dispute.ts";
import { stageDays } from "./refund.ts";

const monthDays = 30;
/** Which of the two joint issuers a way's trade counts for; −1 for others. */
const tradeOf = ways.map((network) => ["jd", "ant"].indexOf(acquirerOf[network]));

/** How many purchases are brought near at a time. */
const ahead = 32;

/** Books the day's purchases, in shopper order. */
export function book(world: World): void {
  const { purchases, lines, ledger, chart, terms, counts, memory, today, recorder } = world;
  const day = today.day, hasCard = terms.cobrand.active;
  let gmvFen = 0, creditFen = 0, bridgedFen = 0, bridgedCount = 0, creditCount = 0, debitCount = 0;
  let debitFen = 0, takingsFen = 0, bridgeFeesFen = 0, goodsFen = 0, custodyFen = 0;
  let near = 0;
  for (let row = 0; row < purchases.length; row++) {
    if (row % ahead === 0) near ^= bringNear(world, row);
    const p = purchases.product[row], amountFen = purchases.amountFen[row];
    const flags = purchases.flags[row];
    let heldFen = 0;
    if (p >= 0) {
      const line = purchases.shopper[row] * lineCount + p;
      lines.fen[reservedAt(line)] -= amountFen;
      if (purchases.status[row] === purchaseStatus.cancelled) {
        ledger.void(world.firstPurchaseId + row);
        continue;
      }
      ledger.post(world.firstPurchaseId + row);
      if (flags & purchaseFlag.bridged) grantJointly(world, line, amountFen, purchases.network[row]);
      if (!(flags & purchaseFlag.plotted)) heldFen = bookOnLine(world, row, line);
      else {
        if (settleDispute(world, row)) bookOnLine(world, row, line);
        goodsFen -= handBackCash(world, row);
      }
      world.merchants.sales[purchases.merchant[row]]++;
    } else if (comesBack(world, row)) {
      expectReturn(world, row, { line: purchases.shopper[row] * lineCount, plan: -1, place: -1 });
    }
    const network = purchases.network[row];
    const discountBps = p < 0 ? terms.debitDiscountBps : terms.creditDiscountBps[network];
    // Of a course or a treatment the shop has only what it has delivered.
    const shopFen = amountFen - bpsOf(amountFen, discountBps) - heldFen;
    custodyFen += heldFen;
    world.merchants.takingsFen[purchases.merchant[row]] += shopFen;
    takingsFen += shopFen;
    if (p < 0) debitFen += amountFen;
    else creditFen += amountFen;
    if (flags & purchaseFlag.bridged) {
      bridgeFeesFen += bpsOf(amountFen, terms.cells[p][network].bridgeFeeBps);
    }
    if (flags & purchaseFlag.plotted) continue;
    gmvFen += amountFen;
    if (hasCard) tallyPaid(world, row);
    counts.settled++;
    if (p < 0) debitCount++;
    else {
      creditCount++;
      counts.settledOnCredit++;
    }
    if (purchases.redirected[row]) counts.redirected[purchases.redirected[row]]++;
    if (tradeOf[network] >= 0) memory.tradeFen[tradeOf[network]] += amountFen;
    if (flags & purchaseFlag.bridged) {
      bridgedFen += amountFen;
      bridgedCount++;
    }
  }
  world.desk.near = near;
  world.desk.bookedCreditFen = creditFen;
  world.desk.bookedBridgeFeesFen = bridgeFeesFen;
  pay(world, chart.deposits.owed, chart.deposits.shoppers, debitFen, code.deposit);
  pay(world, chart.deposits.merchants, chart.deposits.owed, takingsFen, code.deposit);
  pay(world, chart.custody, chart.deposits.owed, custodyFen, code.custody);
  pay(world, chart.goods.shoppers, chart.goods.merchants, debitFen + creditFen + goodsFen, code.goods);
  chargeBack(world);
  if (world.abroad) {
    const soldFen = bookAbroad(world, world.abroad);
    gmvFen += soldFen;
    creditFen += soldFen;
    creditCount += world.abroad.purchases.length;
  }
  if (hasCard) passOnCardFees(world);
  record(recorder, day, "gmv", "money", gmvFen);
  record(recorder, day, "creditGmv", "money", creditFen);
  record(recorder, day, "bridgedGmv", "money", bridgedFen);
  record(recorder, day, "bridgedPurchases", "people", bridgedCount);
  record(recorder, day, "settledOnCredit", "people", creditCount);
  record(recorder, day, "settledOnDebit", "people", debitCount);
}

/** Reads the lines of the next purchases one right after the other: their way from memory is then travelled together. */
function bringNear({ purchases, lines }: World, from: number): number {
  const { shopper, product, length } = purchases, { fen } = lines;
  const until = Math.min(from + ahead, length);
  let near = 0;
  for (let row = from; row < until; row++) {
    near ^= fen[reservedAt(shopper[row] * lineCount + Math.max(0, product[row]))];
  }
  return near;
}

/**
 * Puts one purchase on its line: as a plan, as a row due purchase by purchase, or on the running statement. Returns what the
 * shop's bank holds of its money until it has delivered.
 */
function bookOnLine(world: World, row: number, line: number): number {
  const { purchases, lines, terms, merchants } = world;
  const product = terms.products[line % lineCount], amountFen = purchases.amountFen[row];
  const { staged } = terms.categories[merchants.category[purchases.merchant[row]]];
  const isStaged = staged !== null && purchases.months[row] > 0;
  const months = isStaged ? staged.instalments : purchases.months[row];
  const askedBps = isStaged ? staged.aprBps : product.instalmentAprBps;
  const { debt } = world.desk;
  debt.line = line;
  debt.amountFen = amountFen;
  debt.months = months;
  debt.askedBps = askedBps;
  putOnLine(world, debt);
  if (purchases.flags[row] & purchaseFlag.bridged) lines.fen[bridgedAt(line)] += amountFen;
  if (purchases.flags[row] & purchaseFlag.plotted) return 0;
  if (isStaged && staged.stages > 1) {
    return expectStages(world, row, { line, plan: debt.plan, stages: staged.stages });
  }
  if (comesBack(world, row)) expectReturn(world, row, debt);
  return 0;
}

/** Puts a debt on a line, and writes down where: the row of its plan, or its place among those due one by one. */
export function putOnLine(world: World, debt: Debt): void {
  const { lines, loans, open, terms, today } = world, { line, amountFen, months, askedBps } = debt;
  const product = terms.products[line % lineCount];
  debt.plan = debt.place = -1;
  if (months > 0) {
    const aprBps = lawfulAprBps(askedBps, today.day, today.cost[line % lineCount]);
    if (aprBps < askedBps) {
      const paymentsFen = (bps: number) => months * instalmentFen(amountFen, bps, months);
      world.rules.trimmedFen[ruleAt("allInCost")] += Math.max(0, paymentsFen(askedBps) - paymentsFen(aprBps));
    }
    debt.plan = appendLoan(loans, lines, {
      line,
      owedFen: amountFen,
      paymentFen: instalmentFen(amountFen, aprBps, months),
      monthsLeft: months,
      nextDue: today.day + monthDays,
      aprBps,
      booked: today.day,
    });
    lines.fen[planAt(line)] += amountFen;
  } else {
    if (product.perPurchase) debt.place = appendOpen(open, today.day + product.dueDays, line, amountFen);
    lines.fen[openAt(line)] += amountFen;
  }
  lines.lastUse[line] = today.day;
  const { tally } = world.funding;
  if (tally) tally.lentFen[placeOf(line)] += amountFen;
  enterVintage(world, debt);
}

/** A course or a treatment: the first stage is delivered at once, the others follow; returns what is held until then. */
function expectStages(
  world: World,
  row: number,
  { line, plan, stages }: { line: number; plan: number; stages: number },
): number {
  const { staged, purchases, today, terms } = world;
  const day = today.day + stageDays, at = nextPlace(staged, day), rows = segmentOfDay(staged, day);
  const amountFen = purchases.amountFen[row];
  const shopFen = amountFen - bpsOf(amountFen, terms.creditDiscountBps[purchases.network[row]]);
  tell(world, row, rows, at);
  rows.line[at] = line;
  rows.plan[at] = plan;
  rows.place[at] = -1;
  rows.dueDay[at] = 0;
  rows.shopFen[at] = shopFen;
  rows.stage[at] = 1;
  rows.stages[at] = stages;
  return shopFen - deliveredFen(shopFen, { done: 1, stages });
}

/** Whether a purchase comes back: its luck was drawn with the want. */
function comesBack({ purchases, merchants, terms }: World, row: number): boolean {
  return purchases.comesBack[row] <
    terms.categories[merchants.category[purchases.merchant[row]]].comesBackBelow;
}

/** A purchase comes back, in whole or in part: it is settled now, and told to the day on which it happens. */
function expectReturn(
  world: World,
  row: number,
  { line, plan, place }: { line: number; plan: number; place: number },
): void {
  const { purchases, terms, streams, shoppers, today, refunds } = world;
  const { daysMax, wholeBps } = terms.scenario.refunds;
  draw(streams, process.refund, shoppers.entity0 + purchases.shopper[row], today.day, purchases.minute[row]);
  const day = today.day + 1 + Math.floor(uniform(streams, lane.refund.when) * daysMax);
  const part = uniform(streams, lane.refund.whole) < wholeBps / 10_000
    ? 1
    : uniform(streams, lane.refund.part);
  const refundFen = Math.round(purchases.amountFen[row] * part);
  if (refundFen === 0) return;
  const at = nextPlace(refunds, day), rows = segmentOfDay(refunds, day);
  tell(world, row, rows, at);
  rows.line[at] = line;
  rows.plan[at] = plan;
  rows.place[at] = place;
  rows.dueDay[at] = place < 0 ? 0 : today.day + terms.products[line % lineCount].dueDays;
  rows.refundFen[at] = refundFen;
}

/** What has to be known of a purchase to undo it. */
function tell(
  { purchases, today }: World,
  row: number,
  rows: RefundRows["segments"][number] | StagedRows["segments"][number],
  at: number,
): void {
  rows.product[at] = purchases.product[row];
  rows.merchant[at] = purchases.merchant[row];
  rows.network[at] = purchases.network[row];
  rows.bridged[at] = purchases.flags[row] & purchaseFlag.bridged;
  rows.amountFen[at] = purchases.amountFen[row];
  rows.booked[at] = today.day;
}
