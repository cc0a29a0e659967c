// A want met abroad: the shop's price in its own currency, the quote that the shopper is shown, the region's rules, and whether the
// quote still holds when the shopper confirms.

import { lawfulAprBps, lawfulLateFeePpm } from "#/model/credit/cost_cap.ts";
import { foreignPrice } from "#/model/clearing/cross_border/currency.ts";
import { holdsAt, quoteOf } from "#/model/clearing/cross_border/quote.ts";
import { regionalReasons, regionalRefusal, type RegionalRule } from "#/model/clearing/cross_border/region.ts";
import { networks, products } from "#/model/names.ts";
import { reason } from "#/model/reasons.ts";
import { log } from "#/model/units/elementary.ts";
import { type Abroad, stepOf, traveller } from "#/sim/abroad.ts";
import { isDown } from "#/sim/faults.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import { lineCount, lineState } from "#/sim/tables/lines.ts";
import { refundDays } from "#/sim/tables/day_ring.ts";
import { flag } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import { firstBank } from "./channel.ts";
import { roomOf } from "./decide.ts";
import { traceConfirmed, traceQuote } from "./note_abroad.ts";
import { takeUp } from "./reserve.ts";
import type { Want } from "./want.ts";

/** The network at whose cashier each line is offered abroad, too: its issuer's own. */
export const homeNetwork = products.map((product) =>
  networks.indexOf(product === "baitiao" ? "jd-mall" : "alipay")
);
/** The correspondent among the participants of clearing. */
export const correspondentAt = firstBank;

const daySeconds = 86_400, lastMinute = 1_439;

/**
 * A want at a shop abroad, from quote to purchase or end; false where it is met at home. `tryLine` takes it through the layers
 * of home: it is the number of the refusal, or none.
 */
export function attemptAbroad(
  world: World,
  it: Abroad,
  want: Want,
  k: number,
  tryLine: (world: World, want: Want, k: number, product: number, network: number) => number,
): boolean {
  const product = chooseAbroad(world, it, want), { counts } = world;
  if (product < 0) return false;
  const secondsBefore = counts.challengeSeconds;
  let refused = openQuote(world, it, want, product);
  if (world.trace) traceQuote(world, it, want, k, refused);
  if (refused === reason.none) refused = tryLine(world, want, k, product, homeNetwork[product]);
  if (refused === reason.none) {
    const challengeSeconds = counts.challengeSeconds - secondsBefore;
    refused = confirmQuote(world, it, want, { product, challengeSeconds });
    if (refused !== reason.none) counts.creditApproved--;
    if (world.trace) traceConfirmed(world, it, want, k, { product, refused });
  }
  if (refused === reason.none) {
    appendAbroad(world, it, want, product);
    takeUp(world, want, want.shopper * lineCount + product);
    counts.authorised++;
  } else counts.refused[refused]++;
  return true;
}

/** The line on which a want is met abroad, or −1: it is met at home. Nobody goes abroad for a course or a treatment. */
function chooseAbroad(world: World, it: Abroad, want: Want): number {
  const { terms, shoppers, streams, lines } = world, i = want.shopper;
  const { accepts, wantsBps } = terms.scenario.crossBorder;
  if (!(it.people[i] & traveller.buys) || want.plot > 0 || want.returned) return -1;
  if (terms.categories[want.category].staged !== null) return -1;
  draw(streams, process.abroad, shoppers.entity0 + i, want.day, want.number);
  if (uniform(streams, lane.abroad.abroad) >= wantsBps / 10_000) return -1;
  if (want.preference >= shoppers.appetite[i] / 255) return -1;
  it.desk.uConfirm = uniform(streams, lane.abroad.confirm);
  it.desk.uWhen = uniform(streams, lane.abroad.when);
  it.desk.uWhole = uniform(streams, lane.abroad.whole);
  const prefers = shoppers.flags[i] & flag.prefersBaitiao ? 0 : 1;
  for (const p of [prefers, 1 - prefers]) {
    if (accepts[products[p]] && lines.state[i * lineCount + p] === lineState.active) return p;
  }
  return -1;
}

/** Shows the shopper a quote; the reason why the region's rules or a bank that is down refuse, or none. */
function openQuote(world: World, it: Abroad, want: Want, product: number): number {
  it.desk.minor = foreignPrice(want.amountFen, it.pricedAt);
  quote(world, it, want, want.minute * 60);
  if (world.faults.outages.length > 0 && isDown(world, correspondentAt, want.minute)) {
    return reason.participantDown;
  }
  return askRegion(world, it, want, product);
}

/** Quotes the price at the rate of a second of the day. */
function quote(world: World, it: Abroad, want: Want, atSecond: number): void {
  const { spreadBps, quoteValidMinutes } = world.terms.scenario.crossBorder;
  const midPpm = it.midsPpm[stepOf(Math.min(lastMinute, Math.floor(atSecond / 60)))];
  const rate = { midPpm, minorPerUnit: it.rate.minorPerUnit };
  it.desk.quote = quoteOf(it.desk.minor, rate, { spreadBps, validMinutes: quoteValidMinutes, atSecond });
  want.amountFen = it.desk.quote.amountFen;
}

/** What the region's rule book says of the amount and of the credit as it stands. */
function askRegion(world: World, it: Abroad, want: Want, p: number): number {
  const { terms, today } = world, { region } = terms.scenario.crossBorder, product = terms.products[p];
  const aprBps = lawfulAprBps(product.instalmentAprBps, today.day, today.cost[p]);
  const latePpm = lawfulLateFeePpm(
    product.lateFeePpmPerDay,
    product.instalmentAprBps,
    today.day,
    today.cost[p],
  );
  const lateBps = latePpm * 365 / 100;
  const refused = regionalRefusal({
    amountFen: want.amountFen,
    spentThisYearFen: it.spentFen[want.shopper],
    dataConsent: (it.people[want.shopper] & traveller.agrees) !== 0,
    costBps: want.months > 0 ? Math.max(aprBps, lateBps) : lateBps,
  }, {
    perPurchaseCapFen: region.perPurchaseCapCny * 100,
    perYearCapFen: region.perYearCapCny * 100,
    costCapBps: region.costCapBps,
    needsDataConsent: region.needsDataConsent,
  });
  for (const rule of Object.keys(regionalReasons) as RegionalRule[]) {
    if (refused === regionalReasons[rule]) it.counts.refused[rule]++;
  }
  return refused;
}

/**
 * The shopper confirms, `challengeSeconds` later than without a challenge: the reason of refusal, or none. A quote that has run out
 * is renewed at the rate of that moment, or ends the purchase, as the scenario says; a renewed one has to fit line and rules again.
 */
function confirmQuote(
  world: World,
  it: Abroad,
  want: Want,
  { product, challengeSeconds }: { product: number; challengeSeconds: number },
): number {
  const { confirmSeconds, onExpiry } = world.terms.scenario.crossBorder, { desk, counts } = it;
  const took = Math.round(-log(1 - desk.uConfirm) * confirmSeconds) + challengeSeconds;
  desk.confirmedAt = Math.min(daySeconds - 1, want.minute * 60 + took);
  // A plan may cost more than the region allows, although paying later does not.
  if (want.months > 0) {
    const refused = askRegion(world, it, want, product);
    if (refused !== reason.none) return refused;
  }
  if (holdsAt(desk.quote, want.minute * 60 + took)) return reason.none;
  counts.expired++;
  if (onExpiry === "refuse") return reason.quoteExpired;
  counts.refreshed++;
  quote(world, it, want, desk.confirmedAt);
  const { limitFen, heldFen } = roomOf(world, want.shopper * lineCount + product);
  if (want.amountFen > limitFen - heldFen) return reason.limitExceeded;
  return askRegion(world, it, want, product);
}

/** Keeps a purchase abroad for the books of the evening. */
function appendAbroad(world: World, it: Abroad, want: Want, product: number): void {
  const { terms, today } = world, { desk } = it;
  it.spentFen[want.shopper] += want.amountFen;
  it.counts.purchases++;
  let returnsOn = 0, returnedMinor = 0;
  if (want.comesBack * 65_536 < terms.categories[want.category].comesBackBelow) {
    const { daysMax, wholeBps } = terms.scenario.refunds, whole = wholeBps / 10_000;
    returnsOn = today.day + 1 + Math.floor(desk.uWhen * Math.min(daysMax, refundDays));
    const part = desk.uWhole < whole ? 1 : (desk.uWhole - whole) / (1 - whole);
    returnedMinor = Math.round(desk.minor * part);
  }
  it.purchases.push({
    shopper: want.shopper,
    product,
    minute: want.minute,
    minor: desk.minor,
    amountFen: want.amountFen,
    months: want.months,
    midPpm: desk.quote.midPpm,
    returnsOn: returnedMinor > 0 ? returnsOn : 0,
    returnedMinor,
  });
}
