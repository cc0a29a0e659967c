// Purchases abroad in the books: what is lent, what the correspondent bank is owed, what is owed abroad, and its settlement a
// business day or more later, payment against payment, at the fixing of that day.

import { valueFen } from "#/model/clearing/cross_border/currency.ts";
import { businessDayAfter, isBusinessDay } from "#/model/clearing/cross_border/rate.ts";
import { owedFor, returnedFor } from "#/model/clearing/cross_border/settlement.ts";
import { bridgedPartFen } from "#/model/credit/refund.ts";
import { mulDiv } from "#/model/units/units.ts";
import { type Abroad, carrierOf, correspondent, dueAt, type ForeignPurchase } from "#/sim/abroad.ts";
import { carriers, code, foreignCode } from "#/sim/ledger/chart.ts";
import { answer, type Leg } from "#/sim/ledger/ledger.ts";
import { record } from "#/sim/recorder.ts";
import { nextPlace, segmentOfDay } from "#/sim/tables/day_ring.ts";
import { bridgedAt, lineCount, principalFen, reservedAt } from "#/sim/tables/lines.ts";
import { placeOf } from "#/sim/tables/pool_tally.ts";
import { pay, type World } from "#/sim/world.ts";
import { correspondentAt } from "./abroad.ts";
import { putOnLine } from "./book.ts";
import { firstBank, freeFen, issuerAt, oblige } from "./channel.ts";
import { takeOff } from "./refund.ts";

/** Books today's purchases abroad and hands over what the issuers settle today; returns what was lent. */
export function bookAbroad(world: World, it: Abroad): number {
  const { terms, chart, counts, recorder, today } = world, { crossBorder } = terms.scenario;
  for (let p = 0; p < lineCount; p++) handOver(world, it, p);
  const settlesOn = settlementDay(world);
  let allFen = 0, allMinor = 0;
  for (let p = 0; p < lineCount; p++) {
    const carrier = carrierOf(terms, p), { flows } = it.chart, products = chart.products[p];
    let lentFen = 0, quotedFen = 0, midFen = 0, feeFen = 0, netMinor = 0;
    for (const purchase of it.purchases) {
      if (purchase.product !== p) continue;
      bookPurchase(world, it, purchase);
      const rate = { midPpm: purchase.midPpm, minorPerUnit: it.rate.minorPerUnit };
      const owed = owedFor(purchase.minor, rate, crossBorder);
      lentFen += purchase.amountFen;
      allMinor += purchase.minor;
      quotedFen += owed.quotedFen;
      midFen += owed.midFen;
      feeFen += owed.feeFen;
      netMinor += owed.netMinor;
      counts.settled++;
      counts.settledOnCredit++;
    }
    pay(world, products.loansNative, products.debt, lentFen, code.loan);
    pay(world, chart.goods.shoppers, flows["foreign-goods"], lentFen, code.foreignGoods);
    oblige(world, issuerAt[p], correspondentAt, feeFen + (carrier === correspondent ? quotedFen : 0));
    pay(world, it.chart.acquirerDue, it.chart.owed[carrier], netMinor, foreignCode.owed);
    pay(world, flows["currency-market"], it.chart.valued[carrier], midFen, code.foreignPosition);
    it.owedMinor[carrier] += netMinor;
    it.dueMinor[dueAt(settlesOn, carrier)] += netMinor;
    record(recorder, today.day, `spreadIncome.${carriers[carrier]}`, "money", quotedFen - midFen);
    record(recorder, today.day, `interchange.${carriers[p]}`, "money", lentFen - quotedFen);
    record(recorder, today.day, "correspondentFees", "money", feeFen);
    allFen += lentFen;
  }
  record(recorder, today.day, "foreignPurchases", "people", it.purchases.length);
  record(recorder, today.day, "foreignSales", "money", allFen);
  record(
    recorder,
    today.day,
    `foreignSalesIn.${it.currency}`,
    "money",
    allMinor * 100 / it.rate.minorPerUnit,
  );
  return allFen;
}

/** The day on which today's purchases and returns are settled abroad. */
export function settlementDay({ terms, today }: World): number {
  const { settlementLagDays } = terms.scenario.crossBorder;
  return businessDayAfter(terms.startEpoch + today.day, settlementLagDays) - terms.startEpoch;
}

/** Puts one purchase on its line; one that will come back is told to the day on which it does. */
function bookPurchase(world: World, it: Abroad, purchase: ForeignPurchase): void {
  const { lines, terms, today } = world, { amountFen, months } = purchase;
  const line = purchase.shopper * lineCount + purchase.product, product = terms.products[purchase.product];
  lines.fen[reservedAt(line)] -= amountFen;
  const { plan, place } = putOnLine(world, line, {
    amountFen,
    months,
    askedBps: product.instalmentAprBps,
  });
  if (purchase.returnsOn === 0) return;
  const at = nextPlace(it.returns, purchase.returnsOn), rows = segmentOfDay(it.returns, purchase.returnsOn);
  rows.line[at] = line;
  rows.plan[at] = plan;
  rows.place[at] = place;
  rows.booked[at] = today.day;
  rows.dueDay[at] = place < 0 ? 0 : today.day + product.dueDays;
  rows.minor[at] = purchase.minor;
  rows.returnedMinor[at] = purchase.returnedMinor;
  rows.amountFen[at] = amountFen;
}

/** An issuer that carries the rate pays the correspondent at today's fixing, which from then on owes abroad in its place. */
function handOver(world: World, it: Abroad, p: number): void {
  const at = dueAt(world.today.day, p), minor = it.dueMinor[at];
  if (minor === 0) return;
  const size = Math.abs(minor), { owed, valued } = it.chart;
  const fen = valueFen(size, { ...it.rate, midPpm: it.fixingPpm });
  const [from, to] = minor > 0 ? [p, correspondent] : [correspondent, p];
  oblige(
    world,
    from === correspondent ? correspondentAt : issuerAt[p],
    to === correspondent ? correspondentAt : issuerAt[p],
    fen,
  );
  pay(world, owed[from], owed[to], size, foreignCode.handedOver);
  pay(world, valued[from], valued[to], fen, code.foreignPosition);
  it.owedMinor[p] -= minor;
  it.owedMinor[correspondent] += minor;
  it.dueMinor[at] = 0;
  it.dueMinor[dueAt(world.today.day, correspondent)] += minor;
}

/** Goods that come back from abroad today: the shopper gets them back at the day's rate, less its spread. */
export function returnFromAbroad(world: World, it: Abroad): void {
  const { today, terms, memory: { refunded }, chart, recorder, lines, shoppers, funding: { tally } } = world;
  const rows = segmentOfDay(it.returns, today.day), rate = { ...it.rate, midPpm: it.fixingPpm };
  const settlesOn = settlementDay(world);
  for (let k = 0; k < rows.length; k++) {
    const line = rows.line[k], p = line % lineCount, carrier = carrierOf(terms, p), { flows } = it.chart;
    const back = returnedFor(rows.returnedMinor[k], rate, terms.scenario.crossBorder);
    const goodsFen = mulDiv(rows.amountFen[k], rows.returnedMinor[k], rows.minor[k]);
    const owedFen = principalFen(lines, line), bridgedFen = lines.fen[bridgedAt(line)];
    const offFen = takeOff(world, rows, k, back.backFen);
    if (tally) tally.refundedFen[placeOf(line)] += offFen;
    const partFen = bridgedPartFen(offFen, { owedFen, bridgedFen, isBridged: false });
    lines.fen[bridgedAt(line)] = bridgedFen - partFen;
    refunded.bridgedFen[p] += partFen;
    refunded.nativeFen[p] += offFen - partFen;
    refunded.depositsFen += back.backFen - offFen;
    const bank = firstBank + shoppers.bank[Math.floor(line / lineCount)];
    oblige(world, issuerAt[p], bank, back.backFen - offFen);
    if (carrier === correspondent) oblige(world, correspondentAt, issuerAt[p], back.quotedFen);
    pay(world, it.chart.owed[carrier], it.chart.acquirerDue, back.netMinor, foreignCode.returned);
    pay(world, it.chart.valued[carrier], flows["currency-market"], back.midFen, code.foreignPosition);
    pay(world, flows["foreign-goods"], chart.goods.shoppers, goodsFen, code.foreignGoods);
    it.owedMinor[carrier] -= back.netMinor;
    it.dueMinor[dueAt(settlesOn, carrier)] -= back.netMinor;
    record(recorder, today.day, `spreadIncome.${carriers[carrier]}`, "money", back.midFen - back.quotedFen);
    record(recorder, today.day, `interchange.${carriers[p]}`, "money", back.quotedFen - back.backFen);
    record(recorder, today.day, "foreignRefunds", "money", back.backFen);
    record(recorder, today.day, "foreignRefundResult", "money", back.backFen - goodsFen);
  }
  rows.length = 0;
}

/** The correspondent changes money at today's fixing and pays abroad what is due, all or nothing; what it cannot pay waits a day. */
export function settleAbroad(world: World, it: Abroad): void {
  const { today, terms, ledger, chart, recorder } = world;
  if (!isBusinessDay(terms.startEpoch + today.day)) return;
  const at = dueAt(today.day, correspondent), minor = it.lateMinor + it.dueMinor[at];
  it.lateMinor = it.dueMinor[at] = 0;
  if (minor === 0) return;
  const size = Math.abs(minor), fen = valueFen(size, { ...it.rate, midPpm: it.fixingPpm });
  if (minor > 0 && freeFen(world, correspondentAt) < fen) {
    it.lateMinor = minor;
    record(recorder, today.day, "foreignLate", "money", fen);
    return;
  }
  const { nostro, market, acquirerDue, acquirerPaid, owed, valued, flows } = it.chart;
  const legs: Leg[] = [];
  const move = (debit: number, credit: number, amountFen: number, code: number) => {
    if (amountFen > 0) legs.push({ debit, credit, amountFen, code });
  };
  const settle = chart.settle[correspondentAt], exchange = flows["currency-market"];
  if (minor > 0) {
    move(exchange, settle, fen, code.conversion);
    move(nostro, market, size, foreignCode.converted);
    move(acquirerPaid, nostro, size, foreignCode.paid);
    move(owed[correspondent], acquirerDue, size, foreignCode.paid);
    move(valued[correspondent], exchange, fen, code.foreignPosition);
  } else {
    move(nostro, acquirerPaid, size, foreignCode.paid);
    move(market, nostro, size, foreignCode.converted);
    move(settle, exchange, fen, code.conversion);
    move(acquirerDue, owed[correspondent], size, foreignCode.paid);
    move(exchange, valued[correspondent], fen, code.foreignPosition);
  }
  if (ledger.linked(world.nextId, legs) !== answer.posted) {
    throw new Error(`Day ${today.day}: the correspondent cannot settle abroad although its money is free`);
  }
  world.nextId += legs.length;
  it.owedMinor[correspondent] -= minor;
  it.today.settledMinor = minor;
  it.today.settledFen = Math.sign(minor) * fen;
  record(recorder, today.day, "foreignSettled", "money", it.today.settledFen);
}

/** Values each party's foreign position at the day's fixing; the change against what it was booked at is a gain or a loss. */
export function revalue(world: World, it: Abroad): void {
  const { ledger, recorder, today } = world, { valued, flows } = it.chart;
  let positionFen = 0;
  for (const [k, party] of carriers.entries()) {
    const worthFen = -valueFen(it.owedMinor[k], { ...it.rate, midPpm: it.fixingPpm });
    const gainFen = worthFen - ledger.balanceFen(valued[k]);
    if (gainFen > 0) pay(world, valued[k], flows.revaluation, gainFen, code.revaluation);
    else pay(world, flows.revaluation, valued[k], -gainFen, code.revaluation);
    positionFen += worthFen;
    record(recorder, today.day, `rateResult.${party}`, "money", gainFen);
    record(recorder, today.day, `foreignPosition.${party}`, "money", worthFen);
  }
  it.today.positionFen = positionFen;
}

/** Writes down the day's rate and what is open. */
export function recordAbroad({ recorder, today }: World, it: Abroad): void {
  record(recorder, today.day, "exchangeRate", "plain", it.fixingPpm / 1_000_000);
  record(recorder, today.day, "foreignOpen", "money", -it.today.positionFen);
}
