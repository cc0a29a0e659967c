// Refund: purchases come back to their shops, and people drop out of courses and treatments; the way of the money is undone.
//
// The shop gives back its part and its acquirer the discount; across platforms both go by way of the acquirer to the issuer,
// so that clearing sees an obligation against the way of the purchase. What comes back lowers the debt where the purchase
// stands in it; what has been paid already goes to the shopper's account.

import { bridgedPartFen, feeBackFen, shopPartFen } from "#/model/credit/refund.ts";
import { billDates } from "#/model/credit/schedule.ts";
import { deliveredFen } from "#/model/credit/staged.ts";
import { civil } from "#/model/units/calendar.ts";
import { bpsOf } from "#/model/units/units.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { nextPlace, type RefundRows, segmentOfDay, type StagedRows } from "#/sim/tables/day_ring.ts";
import {
  billedAt,
  bridgedAt,
  lineCount,
  openAt,
  overdueAt,
  planAt,
  principalFen,
} from "#/sim/tables/lines.ts";
import { holdsPlan, segmentOf, shrinkLoan } from "#/sim/tables/loans.ts";
import { placeOf } from "#/sim/tables/pool_tally.ts";
import { never } from "#/sim/tables/shoppers.ts";
import { pay, type World } from "#/sim/world.ts";
import { returnFromAbroad } from "./correspond.ts";
import { acquirerAt, firstBank, issuerAt, oblige, operatorAt, owe } from "./clear.ts";

/** Days between two stages. */
export const stageDays = 30;

/** Whatever tells of a purchase that is undone. */
type Rows = RefundRows["segments"][number] | StagedRows["segments"][number];

/** Gives back what comes back today. */
export function refund(world: World): void {
  const { refunded } = world.memory;
  refunded.nativeFen.fill(0);
  refunded.bridgedFen.fill(0);
  refunded.depositsFen =
    refunded.shopsFen =
    refunded.custodyFen =
    refunded.releasedFen =
    refunded.allFen =
    refunded.acrossFen =
      0;
  returnGoods(world);
  reachStages(world);
  if (world.abroad) returnFromAbroad(world, world.abroad);
  postRefunds(world);
}

/** Purchases that were to come back today. */
function returnGoods(world: World): void {
  const { refunds, today, terms, merchants, memory } = world;
  const rows = segmentOfDay(refunds, today.day);
  for (let k = 0; k < rows.length; k++) {
    const p = rows.product[k], merchant = rows.merchant[k], refundFen = rows.refundFen[k];
    const discountBps = p < 0 ? terms.debitDiscountBps : terms.creditDiscountBps[rows.network[k]];
    const shopFen = shopPartFen(refundFen, { amountFen: rows.amountFen[k], discountBps });
    merchants.takingsFen[merchant] -= shopFen;
    memory.refunded.shopsFen += shopFen;
    giveBack(world, rows, k, { refundFen, shopFen });
  }
  rows.length = 0;
}

/** Courses and treatments reach their next stage, and the provider is paid for it; or the person drops out. */
function reachStages(world: World): void {
  const { staged, today, terms, merchants, memory, streams, shoppers, recorder } = world;
  const rows = segmentOfDay(staged, today.day);
  let dropOuts = 0;
  for (let k = 0; k < rows.length; k++) {
    const merchant = rows.merchant[k], done = rows.stage[k], stages = rows.stages[k];
    const shopFen = rows.shopFen[k];
    const paidFen = deliveredFen(shopFen, { done, stages });
    const leaves = (terms.categories[merchants.category[merchant]].staged?.dropOutBps ?? 0) / 10_000;
    draw(
      streams,
      process.stage,
      shoppers.entity0 + Math.floor(rows.line[k] / lineCount),
      today.day,
      merchant,
    );
    if (uniform(streams, lane.stage.leave) < leaves) {
      const refundFen = rows.amountFen[k] - deliveredFen(rows.amountFen[k], { done, stages });
      memory.refunded.custodyFen += shopFen - paidFen;
      giveBack(world, rows, k, { refundFen, shopFen: shopFen - paidFen });
      dropOuts++;
      continue;
    }
    const nextFen = deliveredFen(shopFen, { done: done + 1, stages }) - paidFen;
    merchants.takingsFen[merchant] += nextFen;
    memory.refunded.releasedFen += nextFen;
    if (done + 1 < stages) moveOn(staged, rows, k, today.day + stageDays);
  }
  rows.length = 0;
  record(recorder, today.day, "planDropOuts", "people", dropOuts);
}

/** Puts a row among those of its next stage. */
function moveOn(staged: StagedRows, from: StagedRows["segments"][number], k: number, day: number): void {
  const at = nextPlace(staged, day), to = segmentOfDay(staged, day);
  to.line[at] = from.line[k];
  to.product[at] = from.product[k];
  to.merchant[at] = from.merchant[k];
  to.network[at] = from.network[k];
  to.bridged[at] = from.bridged[k];
  to.amountFen[at] = from.amountFen[k];
  to.plan[at] = from.plan[k];
  to.place[at] = from.place[k];
  to.booked[at] = from.booked[k];
  to.dueDay[at] = from.dueDay[k];
  to.shopFen[at] = from.shopFen[k];
  to.stage[at] = from.stage[k] + 1;
  to.stages[at] = from.stages[k];
}

/** Undoes the way of the money: shop and acquirer owe it to whoever paid; the debt falls, or the shopper is paid out. */
function giveBack(
  world: World,
  rows: Rows,
  k: number,
  { refundFen, shopFen }: { refundFen: number; shopFen: number },
): void {
  const { merchants, shoppers, lines, memory, terms } = world;
  const { refunded } = memory;
  const p = rows.product[k], network = rows.network[k], line = rows.line[k];
  const shopBank = firstBank + merchants.bank[rows.merchant[k]], acquirer = acquirerAt[network];
  const bank = firstBank + shoppers.bank[Math.floor(line / lineCount)];
  refunded.allFen += refundFen;
  follow(world, rows, k, refundFen);
  if (p < 0) {
    if (shopBank !== bank) back(world, shopBank, bank, shopFen);
    back(world, acquirer, bank, refundFen - shopFen);
    refunded.depositsFen += refundFen;
    return;
  }
  const issuer = issuerAt[p], isBridged = rows.bridged[k] !== 0;
  if (isBridged) {
    const amountFen = rows.amountFen[k], cell = terms.cells[p][network];
    const discountFen = bpsOf(amountFen, terms.creditDiscountBps[network]);
    const leftFen = Math.min(discountFen, bpsOf(amountFen, cell.acquirerFeeBps));
    const returned = { refundFen, amountFen, returnedBps: 10_000 };
    if (issuer === acquirer) backAcross(world, shopBank, issuer, shopFen);
    else {
      backAcross(world, shopBank, acquirer, shopFen);
      backAcross(world, acquirer, issuer, shopFen + feeBackFen(leftFen, returned));
    }
    returned.returnedBps = terms.scenario.refunds.bridgeFeeReturnedBps;
    backAcross(world, operatorAt, issuer, feeBackFen(bpsOf(amountFen, cell.bridgeFeeBps), returned));
    refunded.acrossFen += refundFen;
  } else back(world, shopBank, issuer, shopFen);
  const owedFen = principalFen(lines, line), bridgedFen = lines.fen[bridgedAt(line)];
  const offFen = takeOff(world, rows, k, refundFen);
  const partFen = bridgedPartFen(offFen, { owedFen, bridgedFen, isBridged });
  lines.fen[bridgedAt(line)] = bridgedFen - partFen;
  refunded.bridgedFen[p] += partFen;
  refunded.nativeFen[p] += offFen - partFen;
  const { tally } = world.funding;
  if (tally) tally.refundedFen[placeOf(line)] += offFen;
  back(world, issuer, bank, refundFen - offFen);
  refunded.depositsFen += refundFen - offFen;
}

/** An obligation of the way back between two platforms, on the rail on which the scenario puts refunds. */
function backAcross(world: World, payer: number, payee: number, amountFen: number): void {
  owe(world, "refunds", { payer, payee, amountFen });
  followLeg(world, { payer, payee, amountFen });
}

/** An obligation of the way back over the existing channel. */
function back(world: World, payer: number, payee: number, amountFen: number): void {
  oblige(world, payer, payee, amountFen);
  followLeg(world, { payer, payee, amountFen });
}

/** Writes down an obligation of the way back of the shopper who is followed. */
function followLeg(
  world: World,
  { payer, payee, amountFen }: { payer: number; payee: number; amountFen: number },
): void {
  if (amountFen === 0 || !world.trace?.refunds) return;
  const { participants } = world.chart;
  world.trace.refunds.at(-1)?.legs.push({
    payer: participants[payer].name,
    payee: participants[payee].name,
    amountFen,
  });
}

/** Opens the record of a refund while somebody is followed; the others' are left aside by whoever reads the trace. */
function follow({ trace, today }: World, rows: Rows, k: number, refundFen: number): void {
  if (!trace?.refunds || trace.day !== today.day) return;
  trace.refunds.push({
    shopper: Math.floor(rows.line[k] / lineCount),
    purchaseDay: rows.booked[k],
    shop: rows.merchant[k],
    amountFen: rows.amountFen[k],
    refundFen,
    isDebit: rows.product[k] < 0,
    legs: [],
  });
}

/** Lowers the debt where the purchase stands in it; returns by how much. The rest had been paid. */
export function takeOff(
  world: World,
  rows: Record<"line" | "plan" | "place" | "booked" | "dueDay", ArrayLike<number>>,
  k: number,
  refundFen: number,
): number {
  const { loans, lines, open, terms, today } = world;
  const line = rows.line[k], plan = rows.plan[k], booked = rows.booked[k];
  if (plan >= 0) {
    let offFen = 0;
    if (holdsPlan(loans, plan, { line, booked })) {
      offFen = Math.min(refundFen, loans.owedFen[plan]);
      lines.fen[planAt(line)] -= offFen;
      shrinkLoan(loans, lines, { row: plan, lessFen: offFen });
    }
    return offFen + takeOverdue(world, line, refundFen - offFen);
  }
  const product = terms.products[line % lineCount];
  let dueDay = rows.dueDay[k], at = -1;
  if (rows.place[k] >= 0) {
    if (dueDay >= today.day) {
      const due = segmentOf(open, dueDay), place = rows.place[k];
      const offFen = Math.min(refundFen, due.amountFen[place]);
      due.amountFen[place] -= offFen;
      lines.fen[openAt(line)] -= offFen;
      return offFen;
    }
  } else {
    const dates = billDates(booked, civil(terms.startEpoch + booked), product);
    dueDay = dates.dueDay;
    // The day's bills are written after this phase.
    at = dates.statementDay >= today.day ? openAt(line) : dueDay >= today.day ? billedAt(line) : -1;
  }
  if (at >= 0) {
    const offFen = Math.min(refundFen, lines.fen[at]);
    lines.fen[at] -= offFen;
    return offFen;
  }
  // In arrears since before it was due: it has not been paid.
  return lines.oldestDue[line] <= dueDay ? takeOverdue(world, line, refundFen) : 0;
}

/** Lowers what is past due; an account that owes nothing more of it is in order again. */
function takeOverdue({ lines }: World, line: number, mostFen: number): number {
  if (lines.oldestDue[line] === never) return 0;
  const offFen = Math.min(mostFen, lines.fen[overdueAt(line)]);
  lines.fen[overdueAt(line)] -= offFen;
  if (lines.fen[overdueAt(line)] === 0) lines.oldestDue[line] = never;
  return offFen;
}

/** Posts the day's refunds and stages. */
function postRefunds(world: World): void {
  const { chart, memory, recorder, today, ledger } = world;
  const { deposits, goods, custody, products } = chart, { refunded } = memory;
  for (let p = 0; p < lineCount; p++) {
    pay(world, products[p].debt, products[p].loansNative, refunded.nativeFen[p], code.refund);
    pay(world, products[p].debt, products[p].loansBridged, refunded.bridgedFen[p], code.refund);
  }
  pay(world, deposits.owed, deposits.merchants, refunded.shopsFen, code.refund);
  pay(world, deposits.owed, custody, refunded.custodyFen, code.refund);
  pay(world, deposits.shoppers, deposits.owed, refunded.depositsFen, code.refund);
  pay(world, deposits.merchants, custody, refunded.releasedFen, code.custody);
  pay(world, goods.merchants, goods.shoppers, refunded.allFen, code.goods);
  record(recorder, today.day, "refunds", "money", refunded.allFen);
  record(recorder, today.day, "bridgedRefunds", "money", refunded.acrossFen);
  record(recorder, today.day, "refundsToAccounts", "money", refunded.depositsFen);
  record(recorder, today.day, "dropOutRefunds", "money", refunded.custodyFen);
  record(recorder, today.day, "custody", "money", ledger.balanceFen(custody));
}
