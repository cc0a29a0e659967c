// Repay: what falls due today is billed, and people pay it or miss it; who is in arrears may catch up.

import { cureProbability, missProbability } from "#/model/shoppers/repayment.ts";
import { earlyProbability, minimumProbability } from "#/model/shoppers/minimum_payment.ts";
import { missAfterCashOut } from "#/model/fraud/typologies/cash.ts";
import { interestAheadFen, lawfulEarlyFeeFen } from "#/model/credit/early.ts";
import { interestOfDaysFen, minimumPaymentFen } from "#/model/credit/revolving.ts";
import { monthInterestFen, principalPartFen } from "#/model/credit/instalment.ts";
import { daysInMonth } from "#/model/units/calendar.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import {
  billedAt,
  feesAt,
  lineCount,
  openAt,
  overdueAt,
  planAt,
  principalFen,
  repayBridged,
} from "#/sim/tables/lines.ts";
import { appendRevolving, segmentOfDay } from "#/sim/tables/day_ring.ts";
import { removeLoan, segmentOf } from "#/sim/tables/loans.ts";
import { placeOf } from "#/sim/tables/pool_tally.ts";
import { flag, mark, never } from "#/sim/tables/shoppers.ts";
import { pay, type World } from "#/sim/world.ts";
import { notify } from "./notify.ts";
import { firstBank, issuerAt, oblige, owe } from "./clear.ts";
import { broughtIn, remind } from "./collect.ts";
import { worstReported } from "./report.ts";

const monthDays = 30;
/** Marks of people who have cash for the next bill of each product. */
const covers = [mark.coversBaitiao, mark.coversHuabei];

/** Bills, then collects. */
export function repay(world: World): void {
  world.due.length = 0;
  const { repaid } = world.memory;
  repaid.nativeFen.fill(0);
  repaid.bridgedFen.fill(0);
  repaid.feesFen.fill(0);
  repaid.byBankFen.fill(0);
  repaid.bridgedByBankFen.fill(0);
  world.memory.chargedFen.fill(0);
  world.desk.leastPaid = 0;
  billRevolving(world);
  billOpenPurchases(world);
  billStatements(world);
  billPlans(world);
  for (let k = 0; k < world.due.length; k++) meetDueDay(world, world.due.lines[k]);
  catchUp(world);
  postRepayments(world);
  const { recorder, today, memory, desk, terms } = world;
  record(recorder, today.day, "minimumPayments", "people", desk.leastPaid);
  record(recorder, today.day, "earlyRepayments", "money", 0);
  record(recorder, today.day, "interestSaved", "money", 0);
  for (const [p, { name }] of terms.products.entries()) {
    record(recorder, today.day, `revolving.${name}`, "money", memory.revolvingFen[p]);
  }
}

/** What was left of earlier bills is due again, with interest for the days between. */
function billRevolving(world: World): void {
  const { revolving, lines, today, terms, memory } = world;
  const rows = segmentOfDay(revolving, today.day);
  for (let k = 0; k < rows.length; k++) {
    const line = rows.line[k],
      p = line % lineCount,
      amountFen = rows.amountFen[k],
      product = terms.products[p];
    // On a statement it has come with the rest of the bill, unless refunds have made that smaller.
    const stillFen = product.perPurchase ? amountFen : Math.min(amountFen, lines.fen[billedAt(line)]);
    const interestFen = interestOfDaysFen(stillFen, {
      aprBps: product.revolvingAprBps,
      fromDay: rows.fromDay[k],
      untilDay: today.day,
      cap: today.cost[p],
    });
    lines.fen[feesAt(line)] += interestFen;
    memory.chargedFen[p] += interestFen;
    memory.revolvingFen[p] -= amountFen;
    if (!product.perPurchase) continue;
    lines.fen[openAt(line)] -= amountFen;
    bill(world, line, amountFen);
  }
  rows.length = 0;
}

/** Purchases of products that are due one by one. */
function billOpenPurchases(world: World): void {
  const { open, lines, today } = world;
  const segment = segmentOf(open, today.day);
  for (let k = 0; k < segment.length; k++) {
    const line = segment.line[k], amountFen = segment.amountFen[k];
    lines.fen[openAt(line)] -= amountFen;
    bill(world, line, amountFen);
  }
  segment.length = 0;
}

/** Products with a statement: billed on the statement day, due on the due day. */
function billStatements(world: World): void {
  const { lines, today, terms } = world;
  const { year, month, dayOfMonth } = today.date;
  const last = daysInMonth(year, month);
  for (let p = 0; p < lineCount; p++) {
    const product = terms.products[p];
    if (product.perPurchase) continue;
    if (dayOfMonth === Math.min(product.dueDayOfMonth, last)) {
      for (let line = p; line < lines.count; line += lineCount) {
        if (lines.fen[billedAt(line)] > 0) addDue(world, line);
      }
    }
    if (dayOfMonth === Math.min(product.statementDayOfMonth, last)) {
      for (let line = p; line < lines.count; line += lineCount) {
        const amountFen = lines.fen[openAt(line)];
        if (amountFen === 0) continue;
        lines.fen[openAt(line)] = 0;
        lines.fen[billedAt(line)] += amountFen;
        notify(
          world,
          "statement",
          line,
          () => `CNY ${amountFen / 100} are due on day ${product.dueDayOfMonth}.`,
        );
      }
    }
  }
}

/** Instalments: the principal part is billed, the interest of the month is charged. */
function billPlans(world: World): void {
  const { loans, lines, today, memory, terms } = world;
  for (let row = 0; row < loans.used; row++) {
    if (loans.nextDue[row] !== today.day || loans.monthsLeft[row] === 0) continue;
    const line = loans.line[row], owedFen = loans.owedFen[row], aprBps = loans.aprBps[row];
    const partFen = principalPartFen(owedFen, {
      paymentFen: loans.paymentFen[row],
      aprBps,
      monthsLeft: loans.monthsLeft[row],
    });
    const interestFen = monthInterestFen(owedFen, aprBps);
    lines.fen[feesAt(line)] += interestFen;
    memory.chargedFen[line % lineCount] += interestFen;
    if (repaysEarly(world, row)) continue;
    lines.fen[planAt(line)] -= partFen;
    // With a statement the instalment joins the next one; else it is due today.
    if (terms.products[line % lineCount].perPurchase || lines.oldestDue[line] !== never) {
      bill(world, line, partFen);
    } else lines.fen[openAt(line)] += partFen;
    loans.owedFen[row] = owedFen - partFen;
    loans.nextDue[row] += monthDays;
    if (--loans.monthsLeft[row] === 0) removeLoan(loans, lines, row);
  }
}

/** Whether the person repays the whole plan today, which then is done: this month's interest, perhaps a fee, and no more. */
function repaysEarly(world: World, row: number): boolean {
  const { loans, lines, shoppers, streams, terms, today, memory, recorder } = world;
  const line = loans.line[row], owedFen = loans.owedFen[row], monthsLeft = loans.monthsLeft[row];
  if (monthsLeft === 1 || lines.oldestDue[line] !== never) return false;
  const i = Math.floor(line / lineCount), p = line % lineCount;
  const chance = earlyProbability({
    inHardship: shoppers.hardshipUntil[i] >= today.day,
    burden: owedFen / shoppers.incomeFen[i],
  }, terms.scenario.behaviour);
  if (chance <= 0 || shoppers.marks[i] & mark.absconded) return false;
  draw(streams, process.early, shoppers.entity0 * lineCount + line, today.day, monthsLeft);
  if (uniform(streams, lane.early.repay) >= chance) return false;
  const aprBps = loans.aprBps[row];
  const feeFen = lawfulEarlyFeeFen(
    {
      owedFen,
      feeBps: terms.products[p].earlyFeeBps,
      aprBps,
      monthsRun: Math.round((today.day - loans.booked[row]) / monthDays),
    },
    today.day,
    today.cost[p],
  );
  lines.fen[feesAt(line)] += feeFen;
  memory.chargedFen[p] += feeFen;
  settle(world, line, owedFen);
  lines.fen[planAt(line)] -= owedFen;
  const savedFen = interestAheadFen(owedFen, { paymentFen: loans.paymentFen[row], aprBps, monthsLeft });
  record(recorder, today.day, "earlyRepayments", "money", owedFen);
  record(recorder, today.day, "interestSaved", "money", savedFen - feeFen);
  removeLoan(loans, lines, row);
  return true;
}

/** Puts an amount on today's bill of a line; in arrears it is overdue at once. */
function bill(world: World, line: number, amountFen: number): void {
  const { lines } = world;
  if (lines.oldestDue[line] !== never) {
    lines.fen[overdueAt(line)] += amountFen;
    return;
  }
  lines.fen[billedAt(line)] += amountFen;
  addDue(world, line);
}

function addDue(world: World, line: number): void {
  const { due, desk } = world;
  if (desk.dueOn[line] === world.today.day) return;
  desk.dueOn[line] = world.today.day;
  due.lines[due.length++] = line;
}

/** A due day: the person pays the bill, or misses it. */
function meetDueDay(world: World, line: number): void {
  const { lines, streams, shoppers, terms, today } = world;
  const billedFen = lines.fen[billedAt(line)];
  // Everything on the bill has come back.
  if (billedFen === 0) return;
  if (lines.oldestDue[line] !== never) {
    lines.fen[billedAt(line)] = 0;
    lines.fen[overdueAt(line)] += billedFen;
    return;
  }
  const i = Math.floor(line / lineCount);
  let burdenFen = 0;
  for (let p = 0; p < lineCount; p++) {
    const each = i * lineCount + p;
    burdenFen += lines.fen[billedAt(each)] + lines.fen[overdueAt(each)] + lines.fen[feesAt(each)];
  }
  const marks = shoppers.marks[i];
  const inHardship = shoppers.hardshipUntil[i] >= today.day, burden = burdenFen / shoppers.incomeFen[i];
  let miss = missProbability({
    inHardship,
    indiscipline: shoppers.indiscipline[i] / 255,
    burden,
    reminded: remind(world, line),
    autoDebit: (shoppers.flags[i] & flag.boundCard) !== 0,
  }, terms.scenario.behaviour);
  if (marks !== 0) miss = withMarks(world, line, miss);
  const p = line % lineCount, { minimumPaymentBps } = terms.products[p];
  const mayRevolve = minimumPaymentBps < 10_000 && !(marks & (mark.absconded | covers[p]));
  if (miss > 0 || mayRevolve) {
    draw(streams, process.due, shoppers.entity0 * lineCount + line, today.day);
    const missed = uniform(streams, lane.due.pay) < miss;
    if (
      mayRevolve && uniform(streams, lane.due.minimum) <
        minimumProbability({ missed, inHardship, burden }, terms.scenario.behaviour)
    ) {
      payLeast(world, line, minimumPaymentFen(billedFen, minimumPaymentBps));
      return;
    }
    if (missed) {
      lines.fen[billedAt(line)] = 0;
      lines.fen[overdueAt(line)] += billedFen;
      lines.oldestDue[line] = today.day;
      if (lines.late[line] < 255) lines.late[line]++;
      return;
    }
  }
  shoppers.marks[i] &= ~(mark.cashedOut | covers[p]);
  settle(world, line, billedFen);
  lines.fen[billedAt(line)] = 0;
  if (lines.onTime[line] < 255) lines.onTime[line]++;
}

/** The least part is paid; the rest comes again with the next bill, and bears interest until then. Nobody is late. */
function payLeast(world: World, line: number, leastFen: number): void {
  const { lines, revolving, today, terms, memory, desk } = world;
  const p = line % lineCount, { perPurchase, dueDays } = terms.products[p];
  settle(world, line, leastFen);
  const restFen = lines.fen[billedAt(line)] - leastFen;
  lines.fen[billedAt(line)] = 0;
  lines.fen[openAt(line)] += restFen;
  const { year, month } = today.date;
  // The due day of the month is at most the 28th: the next one is a whole month ahead.
  const untilDay = today.day + (perPurchase ? dueDays : daysInMonth(year, month));
  if (restFen > 0) appendRevolving(revolving, untilDay, { line, amountFen: restFen, fromDay: today.day });
  memory.revolvingFen[p] += restFen;
  desk.leastPaid++;
  if (lines.onTime[line] < 255) lines.onTime[line]++;
}

/** Who is gone pays nothing; who has cash from the other line pays; who has cashed out misses more often. */
function withMarks({ shoppers, terms }: World, line: number, miss: number): number {
  const marks = shoppers.marks[Math.floor(line / lineCount)];
  if (marks & mark.absconded) return 1;
  if (marks & covers[line % lineCount]) return 0;
  return marks & mark.cashedOut ? missAfterCashOut(miss, terms.fraud.cash.missFactorBps) : miss;
}

/** Everybody in arrears may catch up today; collection helps. Who does not stays on the list of arrears. */
function catchUp(world: World): void {
  const { lines, streams, shoppers, terms, today, arrears } = world;
  const { behaviour } = terms.scenario, { collections } = terms;
  const { oldestDue, count } = lines;
  arrears.length = 0;
  for (let line = 0; line < count; line++) {
    const oldest = oldestDue[line];
    if (oldest === never) continue;
    if (oldest !== today.day) {
      const i = Math.floor(line / lineCount);
      const inHardship = shoppers.hardshipUntil[i] >= today.day, who = inHardship ? 1 : 0;
      const cure = cureProbability({
        inHardship,
        stageFactorBps: collections.factorsBps[2 * lines.stage[line] + who],
        reportedFactorBps: worstReported(world, line) > 0 ? collections.reportedFactorsBps[who] : 10_000,
      }, behaviour);
      draw(streams, process.cure, shoppers.entity0 * lineCount + line, today.day);
      if (uniform(streams, lane.cure.cure) < cure && !(shoppers.marks[i] & mark.absconded)) {
        broughtIn(world, line);
        settle(world, line, lines.fen[overdueAt(line)]);
        lines.fen[overdueAt(line)] = 0;
        oldestDue[line] = never;
        continue;
      }
    }
    arrears.lines[arrears.length++] = line;
  }
}

/** Takes a payment of principal and all charges from the person's bank. The caller lowers the principal. */
function settle(world: World, line: number, amountFen: number): void {
  const { lines, shoppers, memory } = world;
  const p = line % lineCount, i = Math.floor(line / lineCount);
  const bridgedFen = repayBridged(lines, line, amountFen), feesFen = lines.fen[feesAt(line)];
  lines.fen[feesAt(line)] = 0;
  memory.repaid.nativeFen[p] += amountFen - bridgedFen;
  memory.repaid.bridgedFen[p] += bridgedFen;
  memory.repaid.feesFen[p] += feesFen;
  memory.repaid.byBankFen[shoppers.bank[i] * lineCount + p] += amountFen + feesFen;
  memory.repaid.bridgedByBankFen[shoppers.bank[i] * lineCount + p] += bridgedFen;
  const { tally } = world.funding;
  if (!tally) return;
  tally.repaidFen[placeOf(line)] += amountFen;
  tally.interestFen[placeOf(line)] += feesFen;
}

/** Posts the day's charges and repayments; the banks' payments settle in tomorrow's first window. */
function postRepayments(world: World): void {
  const { chart, memory, terms } = world;
  const { repaid } = memory;
  let totalFen = 0;
  for (let p = 0; p < lineCount; p++) {
    const accounts = chart.products[p];
    pay(world, accounts.fees, accounts.feesOwed, memory.chargedFen[p], code.charge);
    pay(world, accounts.debt, accounts.loansNative, repaid.nativeFen[p], code.repayment);
    pay(world, accounts.debt, accounts.loansBridged, repaid.bridgedFen[p], code.repayment);
    pay(world, accounts.feesOwed, accounts.fees, repaid.feesFen[p], code.repayment);
    for (let bank = 0; bank < terms.clearing.banks; bank++) {
      const amountFen = repaid.byBankFen[bank * lineCount + p];
      const bridgedFen = repaid.bridgedByBankFen[bank * lineCount + p];
      oblige(world, firstBank + bank, issuerAt[p], amountFen - bridgedFen);
      owe(world, "repayments", { payer: firstBank + bank, payee: issuerAt[p], amountFen: bridgedFen });
      totalFen += amountFen;
    }
  }
  pay(world, chart.deposits.owed, chart.deposits.shoppers, totalFen, code.deposit);
}

/** What a line owes in principal and charges together. */
export function claimFen(world: World, line: number): number {
  return principalFen(world.lines, line) + world.lines.fen[feesAt(line)];
}
