// Book: what was settled becomes a debt on its line and money at the shop; what was cancelled gives its limit back.

import { instalmentFen } from "#/model/credit/instalment.ts";
import { lawfulAprBps } from "#/model/credit/cost_cap.ts";
import { acquirerOf, networks } from "#/model/names.ts";
import { bpsOf } from "#/model/units/units.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { bridgedAt, lineCount, openAt, planAt, reservedAt } from "#/sim/tables/lines.ts";
import { appendLoan, appendOpen } from "#/sim/tables/loans.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import { pay, type World } from "#/sim/world.ts";
import { enterVintage } from "./provide.ts";
import { chargeBack, handBackCash, settleDispute } from "./dispute.ts";

const monthDays = 30;
/** Which of the two joint issuers a network's trade counts for; −1 for others. */
const tradeOf = networks.map((network) => ["jd", "ant"].indexOf(acquirerOf[network]));

/** How many purchases are brought near at a time. */
const ahead = 32;

/** Books the day's purchases, in shopper order. */
export function book(world: World): void {
  const { purchases, lines, ledger, chart, terms, counts, memory, today, recorder } = world;
  const day = today.day;
  let gmvFen = 0, creditFen = 0, bridgedFen = 0, bridgedCount = 0, creditCount = 0, debitCount = 0;
  let debitFen = 0, takingsFen = 0, bridgeFeesFen = 0, goodsFen = 0;
  let near = 0;
  for (let row = 0; row < purchases.length; row++) {
    if (row % ahead === 0) near ^= bringNear(world, row);
    const p = purchases.product[row], amountFen = purchases.amountFen[row];
    const flags = purchases.flags[row];
    if (p >= 0) {
      const line = purchases.shopper[row] * lineCount + p;
      lines.fen[reservedAt(line)] -= amountFen;
      if (purchases.status[row] === purchaseStatus.cancelled) {
        ledger.void(world.firstPurchaseId + row);
        continue;
      }
      ledger.post(world.firstPurchaseId + row);
      if (!(flags & purchaseFlag.plotted)) bookOnLine(world, row, line);
      else {
        if (settleDispute(world, row)) bookOnLine(world, row, line);
        goodsFen -= handBackCash(world, row);
      }
      world.merchants.sales[purchases.merchant[row]]++;
    }
    const network = purchases.network[row];
    const discountBps = p < 0 ? terms.debitDiscountBps : terms.creditDiscountBps[network];
    const shopFen = amountFen - bpsOf(amountFen, discountBps);
    world.merchants.takingsFen[purchases.merchant[row]] += shopFen;
    takingsFen += shopFen;
    if (p < 0) debitFen += amountFen;
    else creditFen += amountFen;
    if (flags & purchaseFlag.bridged) {
      bridgeFeesFen += bpsOf(amountFen, terms.cells[p][network].bridgeFeeBps);
    }
    if (flags & purchaseFlag.plotted) continue;
    gmvFen += amountFen;
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
  pay(world, chart.goods.shoppers, chart.goods.merchants, debitFen + creditFen + goodsFen, code.goods);
  chargeBack(world);
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

/** Puts one purchase on its line: as a plan, as a row due purchase by purchase, or on the running statement. */
function bookOnLine(world: World, row: number, line: number): void {
  const { purchases, lines, loans, open, terms, today } = world;
  const product = terms.products[line % lineCount], amountFen = purchases.amountFen[row];
  const months = purchases.months[row];
  if (months > 0) {
    const aprBps = lawfulAprBps(product.instalmentAprBps, today.day, today.cost[line % lineCount]);
    appendLoan(loans, lines, {
      line,
      owedFen: amountFen,
      paymentFen: instalmentFen(amountFen, aprBps, months),
      monthsLeft: months,
      nextDue: today.day + monthDays,
      aprBps,
    });
    lines.fen[planAt(line)] += amountFen;
  } else {
    if (product.perPurchase) appendOpen(open, today.day + product.dueDays, line, amountFen);
    lines.fen[openAt(line)] += amountFen;
  }
  if (purchases.flags[row] & purchaseFlag.bridged) lines.fen[bridgedAt(line)] += amountFen;
  lines.lastUse[line] = today.day;
  enterVintage(world, { line, amountFen, months });
}
