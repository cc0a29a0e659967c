// Authorisation, in shopper order: want → identify → screen → challenge → score → decide → route.
//
// People are walked by index; each one's wants of the day are taken in order of minute. Everything that is shared
// (limits on new credit, acceptance, the state of rails) is as it was at the day's opening; only the shopper's own lines
// move within the day.

import { unit } from "#/model/statistics/philox.ts";
import { maxWantsOfDay, wantsOf } from "#/model/shoppers/wants.ts";
import { chooseFallback, fallback } from "#/model/shoppers/cashier.ts";
import { reason } from "#/model/reasons.ts";
import { route } from "#/model/clearing/routing.ts";
import { verdict } from "#/model/fraud/screening/assess.ts";
import { typologyOf } from "#/model/fraud/typologies/registry.ts";
import { networks } from "#/model/names.ts";
import { isDown } from "#/sim/faults.ts";
import { draw, process } from "#/sim/streams.ts";
import { limitAt, lineCount, lineState } from "#/sim/tables/lines.ts";
import { recogniseAt } from "#/sim/tables/identities.ts";
import { flag, never } from "#/sim/tables/shoppers.ts";
import { growPurchases, purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import { code } from "#/sim/ledger/chart.ts";
import type { World } from "#/sim/world.ts";
import { attemptAbroad } from "./abroad.ts";
import { abandons, isShort, takesOther } from "./cashier.ts";
import { firstBank } from "./clear.ts";
import { challengeShopper, reviewed } from "./challenge.ts";
import { cardWayOf, pickLine, triesOther } from "./cobrand.ts";
import { decideLine } from "./decide.ts";
import { identifyShopper } from "./identify.ts";
import { postLimits } from "./live.ts";
import { note, traceTry, traceWant } from "./note.ts";
import { isPrompted } from "./notify.ts";
import { aimPlot, drawPlot, plotRefused, plotSucceeded } from "./plot.ts";
import { takeUp } from "./reserve.ts";
import { routePayment } from "./route.ts";
import { scoreLine } from "./score.ts";
import { screenAttempt } from "./screen.ts";
import { drawWant, tryAgain, type Want } from "./want.ts";

const sets = 1 << networks.length;

/** People who are taken together: first all their numbers of wants, then all their lines from memory, then one by one. */
const flock = 64;

/** Walks all people and fills the day's purchases. */
export function authorise(world: World): void {
  const { shoppers, today, desk } = world;
  const { waitReturns, plotDay, count } = shoppers;
  const { wantsAhead } = desk, { day } = today;
  // A purchase's transfer has the id of its row, after the ids that the day has used so far.
  world.firstPurchaseId = world.nextId;
  for (let from = 0; from < count; from += flock) {
    const until = Math.min(from + flock, count);
    countWants(world, from, until);
    desk.near ^= bringNear(world, from, until);
    for (let i = from; i < until; i++) {
      const wants = wantsAhead[i - from];
      if (wants === 0 && waitReturns[i] !== day && plotDay[i] !== day) continue;
      authoriseShopper(world, i, wants);
    }
  }
  world.nextId = world.firstPurchaseId + world.purchases.length;
  if (world.terms.limitRule.joins) postLimits(world);
}

/** How many wants each of a flock has today: one block of luck for four people. */
function countWants(world: World, from: number, until: number): void {
  const { shoppers, streams, today, desk } = world;
  const { rateClass, entity0 } = shoppers, { ladders, day } = today, { block } = streams;
  for (let i = from; i < until; i++) {
    if ((i & 3) === 0) draw(streams, process.wants, (entity0 + i) >>> 2, day);
    desk.wantsAhead[i - from] = wantsOf(unit(block[i & 3]), ladders, rateClass[i] * maxWantsOfDay);
  }
}

/** Reads the lines of those who want something right after each other: their way from memory is then travelled together. */
function bringNear({ desk, lines, shoppers }: World, from: number, until: number): number {
  const { wantsAhead } = desk, { fen } = lines, { identities } = shoppers;
  let near = 0;
  for (let i = from; i < until; i++) {
    if (wantsAhead[i - from] > 0) near ^= fen[limitAt(i * lineCount)] ^ identities[recogniseAt(i)];
  }
  return near;
}

/** Takes one shopper's wants of the day in order of minute. */
function authoriseShopper(world: World, i: number, wants: number): void {
  const { shoppers, today, desk, counts } = world;
  const { day } = today;
  let n = 0;
  for (let k = 0; k < wants; k++) drawWant(world, desk.wants[n++], i, day, k);
  counts.wanted += wants;
  if (shoppers.waitReturns[i] === day) {
    // The want of an earlier day comes back: the same basket at the same shop.
    drawWant(world, desk.wants[n], i, shoppers.waitFrom[i], shoppers.waitNumber[i]);
    tryAgain(world, desk.wants[n++]);
    shoppers.waitReturns[i] = never;
    counts.waiting--;
  }
  if (shoppers.plotDay[i] === day) n = drawPlot(world, i, n);
  desk.length = n;
  sortByMinute(desk.wants, n);
  let ended = 0;
  for (let k = 0; k < n; k++) {
    const want = desk.wants[k];
    if (want.plot > 0 && want.plot === ended) continue;
    if (want.plot > 0) {
      if (!attemptPlot(world, want, k)) ended = want.plot;
    } else {
      if (world.trace) traceWant(world, want, k);
      if (world.abroad === null || !attemptAbroad(world, world.abroad, want, k, tryLine)) {
        attempt(world, want, k);
      }
    }
  }
}

/** Few entries: insertion keeps ties in the order in which they were drawn. */
function sortByMinute(wants: Want[], length: number): void {
  for (let k = 1; k < length; k++) {
    const moved = wants[k];
    let at = k;
    while (at > 0 && wants[at - 1].minute > moved.minute) {
      wants[at] = wants[at - 1];
      at--;
    }
    wants[at] = moved;
  }
}

/** One want, from preference to purchase, fallback or end. */
function attempt(world: World, want: Want, k: number): void {
  const { shoppers, lines, today, counts, terms } = world;
  const i = want.shopper, first = i * lineCount;
  const appetite = shoppers.appetite[i] / 255;
  // A notice in mind tips those who were nearly minded to pay on credit.
  const isMinded = want.preference < appetite ||
    want.preference < appetite * terms.prompt && isPrompted(world, first);
  if (!isMinded) {
    // Whose cash does not suffice uses a line sooner than go without.
    const isStuck = want.fallback < terms.short.leaveBps / 10_000 && isShort(world, want);
    if (!isStuck || !holdsAny(world, first)) {
      if (isStuck) goWithout(world, want, k);
      else payByDebit(world, want, k, reason.none);
      return;
    }
  }
  const mask = world.merchants.networks[want.merchant];
  // The preferred line of those held; who holds none wishes for any that would work.
  const prefers = shoppers.flags[i] & flag.prefersBaitiao ? 0 : 1;
  let product = -1;
  if (lines.state[first + prefers] === lineState.active) product = prefers;
  else if (lines.state[first + 1 - prefers] === lineState.active) product = 1 - prefers;
  let network = product < 0 ? -1 : today.networkFor[product * sets + mask];
  if (network >= 0 && lines.state[first + 1 - product] === lineState.active) {
    const other = { product: 1 - product, network: today.networkFor[(1 - product) * sets + mask] };
    if (other.network >= 0 && takesOther(world, want, { product, network }, other)) {
      ({ product, network } = other);
      counts.preselected++;
    }
  }
  const way = cardWayOf(world, want, mask, network >= 0);
  let refused: number = way >= 0
    ? reason.none
    : product < 0
    ? reason.noLine
    : network < 0
    ? reason.notAccepted
    : reason.none;
  if (refused === reason.none) {
    refused = way >= 0 ? payByCard(world, want, k, way) : tryLine(world, want, k, product, network);
    if (refused === reason.none) {
      if (way < 0) append(world, want, product, network, reason.none);
      return;
    }
    if (refused === reason.abandoned) {
      counts.refused[refused]++;
      return;
    }
  } else {
    noteMisses(world, first, mask);
    if (world.trace) {
      note(world, want, k, refused, { product: product < 0 ? "none" : terms.products[product].name });
    }
  }
  // Who is refused with the card has the line that is used without it.
  const other = product < 0 ? -1 : way >= 0 ? product : 1 - product;
  const otherNetwork = other >= 0 && lines.state[first + other] === lineState.active
    ? today.networkFor[other * sets + mask]
    : -1;
  const leaving = isShort(world, want) ? terms.short : terms.scenario.demand;
  const choice = chooseFallback(want.fallback, otherNetwork >= 0, leaving);
  if (choice === fallback.otherLine) {
    product = other;
    network = otherNetwork;
    const again = tryLine(world, want, k, product, network);
    if (again === reason.none) append(world, want, product, network, refused);
    else if (again === reason.abandoned) counts.refused[again]++;
    else payByDebit(world, want, k, refused);
  } else if (choice === fallback.wait && !want.returned && shoppers.waitReturns[i] === never) {
    shoppers.waitReturns[i] = today.day + terms.scenario.demand.waitDays;
    shoppers.waitFrom[i] = want.day;
    shoppers.waitNumber[i] = want.number;
    counts.waiting++;
    if (world.trace) note(world, want, k, refused, { then: "waits" });
  } else if (choice === fallback.debit) payByDebit(world, want, k, refused);
  else counts.refused[refused]++;
}

/** The co-branded card: the line that it picks, and then the other one where that issuer does not grant it. */
function payByCard(world: World, want: Want, k: number, way: number): number {
  const { cobrand } = world, first = pickLine(world, want, way);
  let refused = 0, product = first;
  for (let tries = 0; tries < lineCount; tries++, product = 1 - first) {
    want.rail = cobrand.railOf[product];
    const found = tryLine(world, want, k, product, way);
    want.rail = -1;
    if (found === reason.none) {
      append(world, want, product, way, refused);
      if (tries > 0 && want.plot === 0) cobrand.switched++;
      return reason.none;
    }
    if (refused === reason.none) refused = found;
    if (!triesOther(found)) break;
    cobrand.switchedAfter = found;
  }
  return refused;
}

/** Whether a person has a line to fall back on. */
function holdsAny({ lines }: World, first: number): boolean {
  for (let line = first; line < first + lineCount; line++) {
    if (lines.state[line] === lineState.active) return true;
  }
  return false;
}

/** Nothing is bought, for want of cash. */
function goWithout(world: World, want: Want, k: number): void {
  world.counts.refused[reason.shortOfCash]++;
  if (world.trace) note(world, want, k, reason.shortOfCash, { product: "debit" });
}

/** All layers of one try on one line: the first reason of refusal, or none. */
function tryLine(world: World, want: Want, k: number, product: number, network: number): number {
  const { counts, desk } = world;
  const line = want.shopper * lineCount + product, isHonest = want.plot === 0;
  if (abandons(world, want, product, network)) {
    if (world.trace) traceTry(world, want, k, { product, network, refused: reason.abandoned });
    return reason.abandoned;
  }
  const { bridged } = world.terms.cells[product][network];
  if (isHonest) {
    counts.creditAttempts++;
    counts.triedBy[product]++;
    if (bridged) counts.triedAcross[product]++;
  }
  let refused = identifyShopper(world, want, product, network);
  if (world.sample) world.sample(world, want, product, network);
  if (refused === reason.none) {
    const doubt = screenAttempt(world, want, k, product);
    if (doubt === verdict.refuse) {
      refused = askForReview(world, want, { product, network, refused: desk.assessment.reason });
    }
    if (refused === reason.none) refused = challengeShopper(world, want, doubt === verdict.challenge);
    if (refused !== reason.none) {
      if (isHonest) counts.insulted++;
      else counts.plotsStopped[want.plot]++;
    }
  }
  if (refused === reason.none) {
    refused = scoreLine(world, line, network);
    if (refused !== reason.none) refused = askForReview(world, want, { product, network, refused });
  }
  if (refused === reason.none) refused = decideLine(world, want, line);
  if (refused === reason.none) refused = routePayment(world, want, product, network);
  if (world.trace) traceTry(world, want, k, { product, network, refused });
  if (refused === reason.none && isHonest) {
    counts.creditApproved++;
    counts.approvedBy[product]++;
    if (bridged) counts.approvedAcross[product]++;
  }
  return refused;
}

/** What stands of a refusal after whoever asks for it has had a person look again. */
function askForReview(
  world: World,
  want: Want,
  tried: { product: number; network: number; refused: number },
): number {
  return reviewed(world, want, tried) ? reason.none : tried.refused;
}

/** Writes the purchase and reserves its amount: on the line, and on the ledger. */
function append(world: World, want: Want, product: number, network: number, redirected: number): void {
  const { purchases, counts, terms, ledger, chart } = world;
  const row = nextRow(world);
  const bridged = terms.cells[product][network].bridged;
  purchases.shopper[row] = want.shopper;
  purchases.merchant[row] = want.merchant;
  purchases.product[row] = product;
  purchases.network[row] = network;
  purchases.amountFen[row] = want.amountFen;
  purchases.minute[row] = want.minute;
  purchases.route[row] = want.route;
  purchases.status[row] = purchaseStatus.authorised;
  purchases.flags[row] = (bridged ? purchaseFlag.bridged : 0) | (want.plot > 0 ? purchaseFlag.plotted : 0) |
    (want.returned ? purchaseFlag.returned : 0) | (want.challenged ? purchaseFlag.challenged : 0);
  purchases.plot[row] = want.plot;
  purchases.proved[row] = want.needed;
  purchases.months[row] = want.months;
  purchases.comesBack[row] = want.comesBack * 65_536;
  purchases.redirected[row] = redirected;
  takeUp(world, want, want.shopper * lineCount + product);
  const { loansNative, loansBridged, debt } = chart.products[product];
  ledger.pend(
    world.firstPurchaseId + row,
    bridged ? loansBridged : loansNative,
    debt,
    want.amountFen,
    code.loan,
  );
  if (want.plot === 0) counts.authorised++;
}

/** A new row of the day; busier days than were foreseen make room. */
function nextRow(world: World): number {
  const { purchases } = world;
  if (purchases.length === purchases.room) growPurchases(purchases, world.clearing);
  return purchases.length++;
}

/** A debit card works wherever the existing channel does; the cashier may still lose the buyer. */
function payByDebit(world: World, want: Want, k: number, redirected: number): void {
  const { purchases, counts, merchants, today } = world;
  const isCut = world.faults.outages.length > 0 &&
    isDown(world, firstBank + world.shoppers.bank[want.shopper], want.minute);
  if (today.channelDown || isCut) {
    const refused = today.channelDown ? reason.railDown : reason.participantDown;
    counts.refused[redirected || refused]++;
    if (world.trace) note(world, want, k, refused, { product: "debit" });
    return;
  }
  if (abandons(world, want, -1, -1)) {
    counts.refused[reason.abandoned]++;
    if (world.trace) note(world, want, k, reason.abandoned, { product: "debit" });
    return;
  }
  const row = nextRow(world);
  purchases.shopper[row] = want.shopper;
  purchases.merchant[row] = want.merchant;
  purchases.product[row] = -1;
  purchases.network[row] = merchants.debitNetwork[want.merchant];
  purchases.amountFen[row] = want.amountFen;
  purchases.minute[row] = want.minute;
  purchases.route[row] = route.channel;
  purchases.status[row] = purchaseStatus.authorised;
  purchases.flags[row] = want.returned ? purchaseFlag.returned : 0;
  purchases.months[row] = 0;
  purchases.comesBack[row] = want.comesBack * 65_536;
  purchases.plot[row] = purchases.proved[row] = 0;
  purchases.redirected[row] = redirected;
  counts.authorised++;
  if (world.trace) note(world, want, k, reason.none, { paid: "debit card", insteadOf: redirected !== 0 });
}

/** An attempt of a plot on the line that it is aimed at: says whether the plot may go on. */
function attemptPlot(world: World, want: Want, k: number): boolean {
  const { today, merchants, counts } = world;
  const networkOf = (product: number) => today.networkFor[product * sets + merchants.networks[want.merchant]];
  const product = aimPlot(world, want, networkOf);
  if (product < 0) return true;
  if (want.amountFen === 0) {
    plotRefused(world, want);
    return !typologyOf(want.plot).stopsWhenRefused;
  }
  if (world.trace) traceWant(world, want, k);
  counts.plotsTried[want.plot]++;
  const network = networkOf(product);
  const refused = tryLine(world, want, k, product, network);
  if (refused === reason.none) {
    append(world, want, product, network, reason.none);
    plotSucceeded(world, want);
    return true;
  }
  counts.plotsRefused[refused]++;
  plotRefused(world, want);
  return !typologyOf(want.plot).stopsWhenRefused;
}

/** Lines not held that would have served this want: what makes people apply. */
function noteMisses(world: World, first: number, mask: number): void {
  const { lines, today } = world;
  for (let p = 0; p < lineCount; p++) {
    if (lines.state[first + p] === lineState.active || today.networkFor[p * sets + mask] < 0) continue;
    if (lines.misses[first + p] < 255) lines.misses[first + p]++;
  }
}
