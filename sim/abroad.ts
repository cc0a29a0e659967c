// What a run knows of shops in another currency: the path of the rate, who buys there, today's purchases, what is owed abroad.

import { currencies, type Currency, type Rate } from "#/model/clearing/cross_border/currency.ts";
import type { Quote } from "#/model/clearing/cross_border/quote.ts";
import { isBusinessDay, nextMidPpm, rateSteps } from "#/model/clearing/cross_border/rate.ts";
import { regionalReasons, type RegionalRule } from "#/model/clearing/cross_border/region.ts";
import { normalQuantile } from "#/model/statistics/normal.ts";
import { carriers, type ForeignChart, openForeignChart } from "./ledger/chart.ts";
import type { Ledger } from "./ledger/ledger.ts";
import { draw, lane, process, type Streams, uniform } from "./streams.ts";
import { allocateRing, type DayRing, refundDays } from "./tables/day_ring.ts";
import type { Shoppers } from "./tables/shoppers.ts";
import type { Terms } from "./terms.ts";

/** Marks of a person: buys abroad at all, and agrees that data leave the country. */
export const traveller = { buys: 1, agrees: 2 } as const;

/** Purchases abroad that come back on a day. */
export type ForeignReturns = DayRing<{
  line: Uint32Array;
  plan: Int32Array;
  place: Int32Array;
  booked: Int16Array;
  dueDay: Int16Array;
  /** The price in foreign currency, what of it comes back, and what the shopper paid. */
  minor: Float64Array;
  returnedMinor: Float64Array;
  amountFen: Float64Array;
}>;

/** A purchase abroad of today. Few are made a day, so they are records. */
export interface ForeignPurchase {
  shopper: number;
  product: number;
  minute: number;
  minor: number;
  amountFen: number;
  months: number;
  /** The mid rate of the quote that was confirmed. */
  midPpm: number;
  /** The day on which it comes back, 0 for never, and how much of the price. */
  returnsOn: number;
  returnedMinor: number;
}

/** Days ahead for which something can be owed abroad: five business days and the weekends between. */
const dueDays = 16;

/** The state of a run's cross-border cell. */
export interface Abroad {
  currency: Currency;
  chart: ForeignChart;
  rate: Rate;
  /** Today's mid rate by quarter of an hour, today's fixing, yesterday's, and the rate at which shops abroad have set their prices. */
  midsPpm: Float64Array;
  fixingPpm: number;
  fixedBefore: number;
  pricedAt: Rate;
  /** Marks of people, and what each has bought abroad since 1 January. */
  people: Uint8Array;
  spentFen: Float64Array;
  year: number;
  /** The try under way: price, quote and luck. */
  desk: { minor: number; quote: Quote; uConfirm: number; uWhen: number; uWhole: number; confirmedAt: number };
  purchases: ForeignPurchase[];
  returns: ForeignReturns;
  /** What is owed abroad by carrier and day of settlement, and what could not be settled on its day. */
  dueMinor: Float64Array;
  lateMinor: number;
  /** What is owed abroad by carrier, beside the ledger. */
  owedMinor: Float64Array;
  /** Purchases so far, quotes that ran out and were renewed, and refusals by the regional rules. */
  counts: { purchases: number; expired: number; refreshed: number; refused: Record<RegionalRule, number> };
  /** Settled abroad today, what it cost at the fixing, and what all foreign positions are worth tonight. */
  today: { settledMinor: number; settledFen: number; positionFen: number };
}

/** Makes the cell of a run; null where no shop abroad takes a line. */
export function makeAbroad(
  { terms, ledger, streams, shoppers }: {
    terms: Terms;
    ledger: Ledger;
    streams: Streams;
    shoppers: Shoppers;
  },
): Abroad | null {
  const it = terms.scenario.crossBorder;
  if (!it.active) return null;
  const { minorPerUnit } = currencies[it.currency];
  const people = new Uint8Array(shoppers.count);
  for (let i = 0; i < shoppers.count; i++) {
    draw(streams, process.traveller, shoppers.entity0 + i, 0);
    if (uniform(streams, lane.traveller.buys) < it.buyersBps / 10_000) people[i] |= traveller.buys;
    if (uniform(streams, lane.traveller.agrees) < it.region.dataConsentBps / 10_000) {
      people[i] |= traveller.agrees;
    }
  }
  const blank: Quote = { midPpm: it.midPpm, askPpm: it.midPpm, amountFen: 0, remainder: 0, untilSecond: 0 };
  return {
    currency: it.currency,
    chart: openForeignChart(ledger, it.currency),
    rate: { midPpm: it.midPpm, minorPerUnit },
    midsPpm: new Float64Array(rateSteps).fill(it.midPpm),
    fixingPpm: it.midPpm,
    fixedBefore: it.midPpm,
    pricedAt: { midPpm: it.midPpm, minorPerUnit },
    people,
    spentFen: new Float64Array(shoppers.count),
    year: 0,
    desk: { minor: 1, quote: blank, uConfirm: 0.5, uWhen: 0.5, uWhole: 0.5, confirmedAt: 0 },
    purchases: [],
    returns: allocateRing(refundDays + 1, 8, (room) => ({
      line: new Uint32Array(room),
      plan: new Int32Array(room),
      place: new Int32Array(room),
      booked: new Int16Array(room),
      dueDay: new Int16Array(room),
      minor: new Float64Array(room),
      returnedMinor: new Float64Array(room),
      amountFen: new Float64Array(room),
    })),
    dueMinor: new Float64Array(dueDays * carriers.length),
    lateMinor: 0,
    owedMinor: new Float64Array(carriers.length),
    counts: {
      purchases: 0,
      expired: 0,
      refreshed: 0,
      refused: Object.fromEntries(Object.keys(regionalReasons).map((rule) => [rule, 0])) as Record<
        RegionalRule,
        number
      >,
    },
    today: { settledMinor: 0, settledFen: 0, positionFen: 0 },
  };
}

/** Opens a day abroad: the rate moves on business days, and a new year forgets what was bought in the old one. */
export function openAbroad(
  it: Abroad,
  { terms, streams, day, year }: { terms: Terms; streams: Streams; day: number; year: number },
): void {
  const { volatilityBps, fixingMinute } = terms.scenario.crossBorder;
  if (year !== it.year) it.spentFen.fill(0);
  it.year = year;
  it.purchases.length = 0;
  it.today.settledMinor = it.today.settledFen = 0;
  it.fixedBefore = it.fixingPpm;
  let { midPpm } = it.rate;
  if (!isBusinessDay(terms.startEpoch + day)) {
    it.midsPpm.fill(midPpm);
    return;
  }
  for (let step = 0; step < rateSteps; step++) {
    if ((step & 3) === 0) draw(streams, process.exchange, 0, day, step >>> 2);
    midPpm = nextMidPpm(midPpm, { z: normalQuantile(uniform(streams, step & 3)), volatilityBps });
    it.midsPpm[step] = midPpm;
  }
  it.rate.midPpm = midPpm;
  it.fixingPpm = it.midsPpm[stepOf(fixingMinute)];
}

/** The step of the rate's path that holds at a minute of the day. */
export function stepOf(minute: number): number {
  return Math.min(rateSteps - 1, Math.floor(minute * rateSteps / 1_440));
}

/** The place of what a carrier owes abroad for a day of settlement. */
export function dueAt(day: number, carrier: number): number {
  return (day % dueDays) * carriers.length + carrier;
}

/** The carrier that stands for banks and their correspondent; the others are the issuers, in order of their products. */
export const correspondent = carriers.indexOf("banks");

/** The carrier of the rate of a product's purchases. */
export function carrierOf({ scenario: { crossBorder: { bearer } } }: Terms, product: number): number {
  return bearer === "issuer" ? product : correspondent;
}
