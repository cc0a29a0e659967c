// What a shopper wants: when, what kind of thing, at which shop, for how much.

import { unit } from "#/model/statistics/philox.ts";
import { basketSteps } from "#/model/shoppers/wants.ts";
import { categories } from "#/model/names.ts";
import { draw, drawPair, lane, process } from "#/sim/streams.ts";
import { countryKm, flag } from "#/sim/tables/shoppers.ts";
import type { World } from "#/sim/world.ts";

/** One want, as it passes the layers. Records are reused; a day needs few. */
export interface Want {
  shopper: number;
  /** The day and number that its luck belongs to. */
  day: number;
  number: number;
  /** The number that the luck of the try belongs to: another one when the want comes back. */
  attempt: number;
  returned: boolean;
  /** Code of the plot behind it; 0 for an honest want. */
  plot: number;
  /** Luck that says whether what is bought comes back. */
  comesBack: number;
  /** Of a plot: the line it is meant for (−1 for the first that works), attempts left on it, and the luck of its amount. */
  plotLine: number;
  attemptsLeft: number;
  uAmount: number;
  minute: number;
  category: number;
  merchant: number;
  amountFen: number;
  /** Device to home, and whether the account was never seen on it. */
  distanceKm: number;
  newDevice: number;
  /** Uniforms of the try. */
  preference: number;
  cashier: number;
  fallback: number;
  instalment: number;
  /** Set by the layers: the level of assurance that is needed, whether the other side recognises the shopper. */
  needed: number;
  linked: boolean;
  /** Lines tried with it, as bits, and whether a challenge was passed. */
  tried: number;
  /** What was bought on credit, whole fen; 0 until it is. */
  boughtFen: number;
  challenged: boolean;
  months: number;
  route: number;
  /** The rail that the co-branded card has chosen for it; −1 where the cell names the rail. */
  rail: number;
}

/** A blank want. */
export function blankWant(): Want {
  return {
    shopper: 0,
    day: 0,
    number: 0,
    attempt: 0,
    returned: false,
    plot: 0,
    comesBack: 0.5,
    plotLine: -1,
    attemptsLeft: 0,
    uAmount: 0.5,
    minute: 0,
    category: 0,
    merchant: 0,
    amountFen: 0.5,
    distanceKm: 0.5,
    newDevice: 0,
    preference: 0.5,
    cashier: 0.5,
    fallback: 0.5,
    instalment: 0.5,
    needed: 0,
    linked: false,
    tried: 0,
    boughtFen: 0,
    challenged: false,
    months: 0,
    route: 0,
    rail: -1,
  };
}

const guideSteps = 128;

/** How a uniform becomes a category and a venue; made once. */
export interface Kinds {
  /** Cumulative weights; the last is 1 whatever rounding says. */
  upTo: Float64Array;
  width: Float64Array;
  /** The category in which each 128th of the uniform begins. */
  firstOf: Uint8Array;
  /** Share bought in JD's mall, by category: for others, then for people who are minded to shop there. */
  mallShare: Float64Array;
}

/** Makes the tables behind categories and venues. */
export function makeKinds({ categories: kinds, scenario }: World["terms"]): Kinds {
  const width = Float64Array.from(kinds, ({ weightBps }) => weightBps / 10_000);
  let sum = 0;
  const upTo = width.map((share) => sum += share);
  upTo[upTo.length - 1] = 1;
  const affinity = scenario.demand.jdAffinityOfBaitiaoUsersBps / 10_000;
  const most = scenario.demand.jdMallShareMaxBps / 10_000;
  return {
    upTo,
    width,
    firstOf: Uint8Array.from({ length: guideSteps }, (_, k) => upTo.findIndex((end) => end > k / guideSteps)),
    mallShare: Float64Array.from(
      [1, affinity].flatMap((factor) => kinds.map(({ jdMallShare }) => Math.min(most, jdMallShare * factor))),
    ),
  };
}

/** Draws a want of a day into `want`. */
export function drawWant(world: World, want: Want, i: number, day: number, number: number): void {
  const { streams, shoppers, terms, merchants } = world;
  const { pair } = streams, { firstMinute } = terms;
  drawPair(streams, process.want, process.choice, shoppers.entity0 + i, day, number);
  const uMinute = unit(pair[lane.want.minute]) * (1_440 - firstMinute);
  const minute = Math.floor(uMinute);
  // What is left of the lane below the minute says whether, and how far, the person travels, or has a new device.
  const rest = uMinute - minute;
  const u = unit(pair[lane.want.category]);
  const { upTo, width, firstOf, mallShare } = world.kinds;
  let category = firstOf[Math.floor(u * guideSteps)];
  while (u >= upTo[category]) category++;
  // The place within the category's interval says whether the thing is bought in JD's mall.
  const place = 1 - (upTo[category] - u) / width[category];
  const minded = shoppers.flags[i] & flag.jdMinded ? categories.length : 0;
  const venue = place < mallShare[minded + category] ? 1 : 0;
  const list = venue * categories.length + category;
  const start = merchants.start[list], size = merchants.start[list + 1] - start;
  const uMerchant = unit(pair[lane.want.merchant]);
  const uBasket = unit(pair[lane.want.basket]) * basketSteps, step = Math.floor(uBasket);
  const basket = world.baskets[category][step];
  // What is left of the lane below the step of the table says whether the thing comes back.
  want.comesBack = uBasket - step;
  want.shopper = i;
  want.day = day;
  want.number = number;
  want.attempt = number;
  want.returned = false;
  want.plot = 0;
  want.tried = want.boughtFen = 0;
  want.minute = firstMinute + minute;
  want.category = category;
  // Squaring makes some shops much larger than others.
  want.merchant = merchants.list[start + Math.floor(uMerchant * uMerchant * size)];
  want.amountFen = Math.max(100, Math.round(basket * world.basketFactor[shoppers.incomeBand[i]]));
  const { travel, newDevice } = terms.fraud;
  want.distanceKm = rest < travel ? rest / travel * countryKm : 10;
  want.newDevice = rest > 1 - newDevice ? 1 : 0;
  want.months = 0;
  want.preference = unit(pair[4 + lane.choice.preference]);
  want.cashier = unit(pair[4 + lane.choice.cashier]);
  want.fallback = unit(pair[4 + lane.choice.fallback]);
  want.instalment = unit(pair[4 + lane.choice.instalment]);
}

/** Marks a want as come back: the same basket, but luck of its own at the cashier and in every layer. */
export function tryAgain(world: World, want: Want): void {
  const { streams, shoppers } = world, { block } = streams;
  want.returned = true;
  want.attempt = want.number + 64;
  draw(streams, process.choice, shoppers.entity0 + want.shopper, want.day, want.attempt);
  want.preference = unit(block[lane.choice.preference]);
  want.cashier = unit(block[lane.choice.cashier]);
  want.fallback = unit(block[lane.choice.fallback]);
  want.instalment = unit(block[lane.choice.instalment]);
}
