// Plots: who takes one up this month, and each attempt: which shop, which line, how much, from which device.

import { unit } from "#/model/statistics/philox.ts";
import { purchaseForCashFen } from "#/model/fraud/typologies/cash.ts";
import { plotNeed } from "#/model/fraud/typologies/needs.ts";
import { plotOfMonth } from "#/model/fraud/typologies/plot.ts";
import { honest, typologies, type Typology, typologyOf } from "#/model/fraud/typologies/registry.ts";
import { draw, lane, process, uniform } from "#/sim/streams.ts";
import {
  billedAt,
  feesAt,
  limitAt,
  lineCount,
  lineState,
  openAt,
  principalFen,
  reservedAt,
} from "#/sim/tables/lines.ts";
import { countryKm, mark, never } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";
import { drawWant, type Want } from "./want.ts";

const monthDays = 30;
const ring = typologies.deviceRing.code;
/** Attempts of a plot stand after the wants of a day in the streams. */
const firstNumber = 128;

/** A person's month: at most one plot is taken up, on a day of its own. */
export function takeUpPlot(world: World, i: number, { u, uDay }: { u: number; uDay: number }): void {
  const { shoppers, terms, today } = world;
  if (shoppers.plot[i] !== honest) return;
  const able = abilitiesOf(world, i);
  let code = plotOfMonth(u, { able, perYearPpm: terms.fraud.perYearPpm });
  // A ring takes up all its accounts in the same month.
  if (code === honest && able & plotNeed.line && world.ringStrikes[ringOf(world, i)]) code = ring;
  if (code === honest) return;
  shoppers.plot[i] = code;
  shoppers.plotDone[i] = 0;
  shoppers.plotDay[i] = today.day + Math.floor(uDay * monthDays);
}

/** Which rings strike this month; drawn when a month begins. */
export function drawRings({ streams, shoppers, terms, today, ringStrikes }: World): void {
  const first = Math.floor(shoppers.entity0 / terms.fraud.deviceRing.accounts);
  for (let ring = 0; ring < ringStrikes.length; ring++) {
    draw(streams, process.ring, first + ring, Math.floor(today.day / monthDays));
    ringStrikes[ring] = uniform(streams, 0) < terms.fraud.ringPerMonth ? 1 : 0;
  }
}

/** What is true of a person now, as bits of what plots need. */
function abilitiesOf({ shoppers, lines, today, terms }: World, i: number): number {
  let held = 0, able = 0;
  for (let p = 0; p < lineCount; p++) {
    const line = i * lineCount + p;
    if (lines.state[line] !== lineState.active) continue;
    held++;
    if (lines.fen[billedAt(line)] > 0 || lines.fen[openAt(line)] > 0) able |= plotNeed.billDue;
    if (today.day - lines.since[line] >= terms.fraud.syntheticIdentity.seasonedDays) {
      able |= plotNeed.seasoned;
    }
  }
  if (held > 0) able |= plotNeed.line;
  if (held > 1) able |= plotNeed.bothLines;
  if (shoppers.hardshipUntil[i] >= today.day) able |= plotNeed.trouble;
  if (shoppers.marks[i] & mark.invented) able |= plotNeed.invented;
  return able;
}

/** The ring that an account would belong to, from 0 on: neighbours in the table. */
export function ringOf({ shoppers, terms }: World, i: number): number {
  const { accounts } = terms.fraud.deviceRing;
  return Math.floor((shoppers.entity0 + i) / accounts) - Math.floor(shoppers.entity0 / accounts);
}

/** Lays today's attempts of a person's plot on the desk from place `n` on; returns the place after the last. */
export function drawPlot(world: World, i: number, n: number): number {
  const { shoppers, terms, desk, today } = world;
  const code = shoppers.plot[i], typology = typologyOf(code), { attempts, days } = terms.fraud.plots[code];
  const width = typology.draws === "allHeld" ? lineCount : 1;
  const perDay = Math.ceil(attempts / days), done = shoppers.plotDone[i];
  const until = Math.min(attempts, done + perDay);
  for (let k = done; k < until; k++) {
    for (let p = 0; p < width; p++) {
      drawAttempt(world, desk.wants[n], { i, typology, number: k * lineCount + p });
      desk.wants[n].plotLine = width > 1 ? p : -1;
      desk.wants[n++].attemptsLeft = attempts - k;
    }
  }
  shoppers.plotDone[i] = until;
  shoppers.plotDay[i] = until < attempts ? today.day + 1 : never;
  if (until === attempts) shoppers.plot[i] = honest;
  return n;
}

/** Draws one attempt of a plot into `want`; its amount is known when the line is. */
function drawAttempt(
  world: World,
  want: Want,
  { i, typology, number }: { i: number; typology: Typology; number: number },
): void {
  const { streams, shoppers, terms, merchants, today, desk } = world;
  const { block } = streams, entity = shoppers.entity0 + i, { facts } = desk.plot;
  if (typology.shop === "usual") drawWant(world, want, i, today.day, firstNumber + number);
  else {
    want.shopper = i;
    want.day = today.day;
    want.category = 0;
  }
  facts.spreeMinutes = terms.fraud.plots[typology.code].spreeMinutes;
  draw(streams, process.theft, typology.code === ring ? ringOf(world, i) : entity, today.day, 255);
  facts.uStart = unit(block[lane.theft.minute]);
  draw(streams, process.theft, entity, today.day, number);
  facts.uMinute = unit(block[lane.theft.minute]);
  const uShop = unit(block[lane.theft.merchant]);
  want.uAmount = unit(block[lane.theft.basket]);
  want.minute = typology.minute(facts);
  if (typology.shop === "any") want.merchant = Math.floor(uShop * merchants.count);
  else if (typology.shop === "complicit") {
    want.merchant = merchants.complicit[Math.floor(uShop * merchants.complicit.length)];
  }
  want.distanceKm = typology.place === "anywhere" ? unit(block[lane.theft.place]) * countryKm : 10;
  want.newDevice = typology.device === "own" ? 0 : 1;
  want.number = firstNumber + number;
  want.attempt = firstNumber + number;
  want.plot = typology.code;
  want.returned = false;
  want.months = 0;
  want.tried = want.boughtFen = 0;
  want.preference = 0;
  want.cashier = 0.999999;
  want.fallback = 0.5;
  want.instalment = 0.999999;
}

/** The line that an attempt would draw in its shop, or −1; and how much, on the want: 0 where there is not enough to try. */
export function aimPlot(world: World, want: Want, networkOf: (product: number) => number): number {
  const { lines, desk } = world, typology = typologyOf(want.plot), i = want.shopper;
  const works = (p: number) => lines.state[i * lineCount + p] === lineState.active && networkOf(p) >= 0;
  let product = -1;
  if (typology.draws === "allHeld") product = goWhereItWorks(world, want, networkOf) ? want.plotLine : -1;
  else if (typology.draws === "otherThanDue") {
    const due = dueLine(world, i), other = lineCount - 1 - due;
    product = due >= 0 && works(other) ? other : -1;
  } else for (let p = 0; p < lineCount && product < 0; p++) if (works(p)) product = p;
  if (product < 0) return -1;
  const line = i * lineCount + product, { facts } = desk.plot;
  facts.availableFen = lines.fen[limitAt(line)] - principalFen(lines, line) - lines.fen[feesAt(line)] -
    lines.fen[reservedAt(line)];
  facts.attemptsLeft = want.attemptsLeft;
  facts.uAmount = want.uAmount;
  facts.medianFen = medianFen(world, want, typology, line);
  want.amountFen = typology.amountFen(facts);
  return product;
}

/** Who spends an own line to the limit goes where it works: the next shop in the list that takes it. */
function goWhereItWorks(
  { lines, merchants }: World,
  want: Want,
  networkOf: (product: number) => number,
): boolean {
  if (lines.state[want.shopper * lineCount + want.plotLine] !== lineState.active) return false;
  for (let tried = 0; tried < merchants.count; tried++) {
    if (networkOf(want.plotLine) >= 0) return true;
    want.merchant = (want.merchant + 1) % merchants.count;
  }
  return false;
}

/** What an attempt is sized by. */
function medianFen(world: World, want: Want, typology: Typology, line: number): number {
  const { terms, lines } = world;
  if (typology.sizedBy === "usual") return Math.max(100, lines.usualFen[line]);
  if (typology.sizedBy !== "billDue") return terms.fraud.plots[typology.code].medianFen;
  const due = dueLine(world, want.shopper);
  if (due < 0) return 0;
  return purchaseForCashFen(billFen(world, want.shopper * lineCount + due), terms.fraud.cash.feeBps);
}

/** The line of a person with the larger bill to pay next, or −1. */
export function dueLine(world: World, i: number): number {
  let due = -1, mostFen = 0;
  for (let p = 0; p < lineCount; p++) {
    const fen = billFen(world, i * lineCount + p);
    if (fen > mostFen) {
      mostFen = fen;
      due = p;
    }
  }
  return due;
}

/** What a line asks for next: the bill, or what the next one will hold. */
function billFen({ lines }: World, line: number): number {
  return lines.fen[billedAt(line)] || lines.fen[openAt(line)];
}

/** An attempt went well: what it does to the person and what is taken up again. */
export function plotSucceeded(world: World, want: Want): void {
  const { shoppers, today } = world, typology = typologyOf(want.plot), i = want.shopper;
  if (typology.actor === "holder" && !typology.repays) shoppers.marks[i] |= mark.absconded;
  if (want.plot === typologies.cashOut.code) shoppers.marks[i] |= mark.cashedOut;
  if (typology.draws === "otherThanDue") {
    const due = dueLine(world, i);
    if (due >= 0) shoppers.marks[i] |= due === 0 ? mark.coversBaitiao : mark.coversHuabei;
  }
  if (typology.recurs && shoppers.plot[i] === honest) {
    shoppers.plot[i] = want.plot;
    shoppers.plotDone[i] = 0;
    shoppers.plotDay[i] = today.day + monthDays;
  }
}

/** An attempt was refused: some plots end there. */
export function plotRefused(world: World, want: Want): void {
  if (!typologyOf(want.plot).stopsWhenRefused) return;
  world.shoppers.plot[want.shopper] = honest;
  world.shoppers.plotDay[want.shopper] = never;
}
