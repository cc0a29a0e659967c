// The co-branded card: who gets one and loses it, which line and rail it picks for a purchase, and what it costs and earns.

import { railCostFen, route } from "#/model/clearing/routing.ts";
import { lawfulAprBps } from "#/model/credit/cost_cap.ts";
import { issuerCostFen, managerPartFen, shopperCostFen } from "#/model/credit/cobrand/cost.ts";
import { cardLives, type HoldingFacts, mayBeIssued } from "#/model/credit/cobrand/holding.ts";
import { daysToDue } from "#/model/credit/due_day.ts";
import { tenorsMonths } from "#/model/credit/instalment.ts";
import { externalFlows, networks, products } from "#/model/names.ts";
import { reason, reasons } from "#/model/reasons.ts";
import { unit } from "#/model/statistics/philox.ts";
import { bpsOf } from "#/model/units/units.ts";
import { means } from "#/sim/cobrand.ts";
import { code } from "#/sim/ledger/chart.ts";
import { record } from "#/sim/recorder.ts";
import { draw, lane, process } from "#/sim/streams.ts";
import { lineCount, lineState } from "#/sim/tables/lines.ts";
import { railNames } from "#/sim/tables/rail_tally.ts";
import { flag, never } from "#/sim/tables/shoppers.ts";
import { cardWay, isCardWay, networkOf } from "#/sim/tables/ways.ts";
import { pay, type World } from "#/sim/world.ts";
import { finalAfter, freeFen, issuerAt, oblige } from "./clear.ts";
import { roomOf } from "./decide.ts";
import { linkRefusal, mayReadAccount, readsAccount, takenFor } from "./recognise.ts";
import type { Want } from "./want.ts";

const dayMinutes = 1_440;
const channelRail = railNames.indexOf("dns"), bridgeRail = railNames.indexOf("rtgs");
const cardRail = railNames.indexOf("card");

/** What stands for or against a person's card at a minute of the run. */
export function holdingFacts(world: World, i: number, minute: number): HoldingFacts {
  const { lines, cobrand: { facts } } = world, first = i * lineCount;
  facts.holdsBoth = true;
  facts.recognised = true;
  facts.isLate = false;
  for (let p = 0; p < lineCount; p++) {
    if (lines.state[first + p] !== lineState.active) facts.holdsBoth = false;
    if (lines.oldestDue[first + p] !== never) facts.isLate = true;
    // Whoever is taken for somebody else is found out when the two issuers open one card for both lines.
    if (takenFor(world, i, p) !== i || linkRefusal(world, i, p, minute) !== reason.none) {
      facts.recognised = false;
    }
  }
  facts.showsAccounts = mayReadAccount(world, i, minute);
  return facts;
}

/** Once a month in each person's life: a dead card ends, a living one is paid for, and who may have one may take it up. */
export function liveCard(world: World, i: number): void {
  const { shoppers, streams, today, terms: { cobrand: own }, cobrand } = world;
  if (today.day < own.opensDay) return;
  const facts = holdingFacts(world, i, today.day * dayMinutes);
  if (shoppers.flags[i] & flag.holdsCard) {
    if (cardLives(facts)) incur(world, own.serviceCostFenPerMonth);
    else {
      shoppers.flags[i] &= ~flag.holdsCard;
      cobrand.holders--;
      cobrand.ended++;
    }
    return;
  }
  if (!mayBeIssued(facts)) return;
  draw(streams, process.cobrand, shoppers.entity0 + i, today.day);
  if (unit(streams.block[lane.cobrand.uptake]) >= own.uptakePerMonthBps / 10_000) return;
  shoppers.flags[i] |= flag.holdsCard;
  cobrand.holders++;
  cobrand.issued++;
  incur(world, own.issueCostFen);
}

/** A cost of a card falls due. */
function incur({ cobrand }: World, costFen: number): void {
  cobrand.dueFen += costFen;
  cobrand.incurredFen += costFen;
}

/**
 * The way of the card where its holder pays with it: at shops that take it, while it lives, and where a line by itself works as
 * well only if the card is the first choice. −1 where it is not used.
 */
export function cardWayOf(world: World, want: Want, mask: number, worksWithout: boolean): number {
  const { shoppers, today, terms, streams } = world, i = want.shopper;
  if (!(shoppers.flags[i] & flag.holdsCard)) return -1;
  const network = today.cardFor[mask];
  if (network < 0 || !cardLives(holdingFacts(world, i, today.day * dayMinutes + want.minute))) return -1;
  if (worksWithout) {
    draw(streams, process.cobrand, shoppers.entity0 + i, want.day, 1 + want.attempt);
    if (unit(streams.block[lane.cobrand.first]) >= terms.cobrand.firstChoiceBps / 10_000) return -1;
  }
  return cardWay(network);
}

/** The line that the card's rule picks; the rail of each line is found on the way. */
export function pickLine(world: World, want: Want, way: number): number {
  const { cobrand, terms: { cobrand: own }, shoppers, today } = world, i = want.shopper;
  const prefers = shoppers.flags[i] & flag.prefersBaitiao ? 0 : 1;
  for (let p = 0; p < lineCount; p++) {
    cobrand.railOf[p] = pickRail(world, want, p, way);
    offerOf(world, want, p, way);
    cobrand.offers[p].isPreferred = p === prefers;
  }
  // Whoever runs the card sees how much room there is on the other's line: a use of the account.
  if (own.pick.looksAtRoom) readsAccount(world, i, own.managed, today.day * dayMinutes + want.minute);
  cobrand.switchedAfter = reason.none;
  return cobrand.first = own.pick.choose(cobrand.offers);
}

/** Fills what a purchase would be on one line: room, cost to the holder, cost to the issuer. */
function offerOf(world: World, want: Want, p: number, way: number): void {
  const { cobrand, terms, today } = world, offer = cobrand.offers[p];
  const product = terms.products[p], cell = terms.cells[p][way], { amountFen } = want;
  const room = roomOf(world, want.shopper * lineCount + p);
  offer.roomFen = room.limitFen - room.heldFen;
  const bought = {
    amountFen,
    daysToDue: product.perPurchase ? product.dueDays : daysToDue(today.date, product),
    months: monthsOn(world, want, p),
    aprBps: lawfulAprBps(product.instalmentAprBps, today.day, today.cost[p]),
  };
  offer.shopperCostFen = shopperCostFen(bought, terms.cobrand);
  offer.issuerCostFen = issuerCostFen(bought, {
    fundingBps: today.rateBps + terms.funding[issuerAt[p]].bankLine.spreadBps,
    clearingBps: cell.bridged ? cell.bridgeFeeBps + cell.acquirerFeeBps : 0,
    clearingFen: terms.clearing.rails[cobrand.railOf[p]].feeFen,
  });
}

/** In how many monthly parts its holder would pay on a line: the luck is that of the decision itself. */
function monthsOn({ terms, streams, shoppers }: World, want: Want, p: number): number {
  const product = terms.products[p];
  if (
    want.amountFen < product.instalmentFromFen || want.instalment >= product.instalmentShareBps / 10_000
  ) return 0;
  draw(streams, process.rare, shoppers.entity0 + want.shopper, want.day, want.attempt);
  return tenorsMonths[Math.floor(unit(streams.block[lane.rare.tenor]) * tenorsMonths.length)];
}

/** The rail that the card's routing chooses for a line: the first of its rails where none is open, for fail-over to decide. */
function pickRail(world: World, want: Want, p: number, way: number): number {
  const { cobrand, terms, today } = world, { rails, routing } = terms.cobrand;
  if (!terms.cells[p][way].bridged) return channelRail;
  const untilFinal = finalAfter(world, want.minute) - want.minute;
  cobrand.routed.amountFen = want.amountFen;
  for (const [k, rail] of rails.entries()) {
    const offer = cobrand.railOffers[k], it = terms.clearing.rails[rail];
    const isDown = rail === bridgeRail
      ? today.bridgeDown || today.bridgeSuspended
      : rail === cardRail
      ? today.cardDown
      : today.channelDown;
    const isShut = rail !== channelRail && (want.minute < it.opensMinute || want.minute >= it.closesMinute);
    offer.isUp = !isDown && !isShut;
    offer.feeFen = it.feeFen;
    offer.delayMinutes = rail === bridgeRail
      ? it.latencySeconds / 60
      : rail === cardRail
      ? dayMinutes + terms.clearing.windowMinutes[0] - want.minute
      : untilFinal;
    // On the bridge the money is bound until its account is filled again.
    offer.liquidityPpm = rail === bridgeRail ? today.rateBps * 100 / 365 * untilFinal / dayMinutes : 0;
  }
  const chosen = routing.choose(cobrand.railOffers, cobrand.routed);
  return rails[Math.max(0, chosen)];
}

/** Whether the other line is tried: the first was refused by what its issuer decides on, room and money among it. */
export const triesOther = (refused: number): boolean => reasons[refused].layer === "decide";

/** Counts a purchase with the card that was settled, and what its line's issuer passes on; and any other by what it was paid with. */
export function tallyPaid(world: World, row: number): void {
  const { purchases, cobrand, terms } = world, { cobrand: own } = terms;
  const p = purchases.product[row], way = purchases.network[row], amountFen = purchases.amountFen[row];
  const byCard = isCardWay(way);
  const how = p < 0 ? 0 : 1 + p + (byCard ? lineCount : 0);
  cobrand.paidFen[networkOf(way) * means.length + how] += amountFen;
  if (!byCard) return;
  cobrand.purchases[p]++;
  cobrand.salesFen[p] += amountFen;
  cobrand.overRail[railOfRoute(purchases.route[row])]++;
  if (p === own.managed) return;
  const { bridged, bridgeFeeBps, acquirerFeeBps } = terms.cells[p][way];
  const discountFen = bpsOf(amountFen, terms.creditDiscountBps[way]);
  const feesFen = bridged
    ? Math.min(discountFen, bpsOf(amountFen, acquirerFeeBps)) + bpsOf(amountFen, bridgeFeeBps)
    : 0;
  cobrand.owedFen += managerPartFen({ discountFen, feesFen }, own.managerShareBps);
}

/** The rail that a route stands for. */
const railOfRoute = (taken: number): number =>
  taken === route.bridge ? bridgeRail : taken === route.card ? cardRail : channelRail;

/** What the other issuer owes the card's manager for the day goes into the next window. */
export function passOnCardFees(world: World): void {
  const { cobrand, terms: { cobrand: own }, today, recorder } = world;
  const manager = issuerAt[own.managed], other = issuerAt[lineCount - 1 - own.managed];
  oblige(world, other, manager, cobrand.owedFen);
  cobrand.passedOnFen += cobrand.owedFen;
  cobrand.owedFen = 0;
  record(recorder, today.day, "cobrandHolders", "people", cobrand.holders);
  for (const [n, network] of networks.entries()) {
    for (const [k, name] of means.entries()) {
      const at = n * means.length + k;
      record(recorder, today.day, `paid.${network}.${name}`, "money", cobrand.paidFen[at]);
      cobrand.paidFen[at] = 0;
    }
  }
}

/** The card's manager pays for cards as far as its cash goes; the rest waits. */
export function payCardCosts(world: World): void {
  const { cobrand, chart, terms: { cobrand: own } } = world, manager = issuerAt[own.managed];
  const paidFen = Math.min(cobrand.dueFen, freeFen(world, manager));
  const external = chart.external[externalFlows.indexOf("card-cost")];
  pay(world, external, chart.settle[manager], paidFen, code.cardCost);
  cobrand.dueFen -= paidFen;
}

/** What the card saw and picked, for whoever is followed; nothing of a purchase without it. */
export function cardSaw(world: World, product: number, way: number): Record<string, string | number> {
  const { cobrand, terms: { cells, cobrand: own } } = world;
  if (!isCardWay(way)) return {};
  const saw: Record<string, string | number> = { instrument: "co-branded card", pickedBy: own.pick.title };
  for (const [p, name] of products.entries()) {
    const offer = cobrand.offers[p];
    saw[`${name}RoomFen`] = offer.roomFen;
    saw[`${name}CostsHolderFen`] = Math.round(offer.shopperCostFen);
    saw[`${name}CostsIssuerFen`] = Math.round(offer.issuerCostFen);
  }
  saw.pickedFirst = products[cobrand.first];
  if (cobrand.switchedAfter !== reason.none) {
    saw.otherLineAfter = `${reasons[cobrand.switchedAfter].layer}/${reasons[cobrand.switchedAfter].name}`;
  }
  if (!cells[product][way].bridged) return saw;
  saw.railBy = own.routing.title;
  for (const [k, rail] of own.rails.entries()) {
    const costFen = railCostFen(cobrand.railOffers[k], cobrand.routed);
    saw[`${railNames[rail]}Costs`] = costFen === Infinity ? "closed" : `${costFen.toFixed(1)} fen`;
  }
  return saw;
}
