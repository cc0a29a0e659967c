// What is written down of a try abroad while its shopper is being followed: the quote, its confirmation, and when it will be settled.

import { currencies } from "#/model/clearing/cross_border/currency.ts";
import { reason, reasons } from "#/model/reasons.ts";
import { isoDate } from "#/model/units/calendar.ts";
import { type Abroad, carrierOf } from "#/sim/abroad.ts";
import { carriers } from "#/sim/ledger/chart.ts";
import type { World } from "#/sim/world.ts";
import { correspondentAt } from "./abroad.ts";
import { settlementDay } from "./correspond.ts";
import type { Want } from "./want.ts";

type Saw = Record<string, string | number | boolean>;

/** The quote that the shopper was shown, and what the rules of the region said of it. */
export function traceQuote(world: World, it: Abroad, want: Want, k: number, refused: number): void {
  const { spreadBps } = world.terms.scenario.crossBorder, { quote } = it.desk;
  write(world, want, k, { layer: "quote", refused }, {
    ...priceOf(it),
    midRate: quote.midPpm / 1_000_000,
    spreadBps,
    quotedRate: quote.askPpm / 1_000_000,
    amountFen: quote.amountFen,
    quotedAt: timeOf(want.minute * 60),
    validUntil: timeOf(quote.untilSecond),
    boughtThisYearFen: it.spentFen[want.shopper],
  });
}

/** Whether the quote still held on confirmation, and how the purchase will be settled. */
export function traceConfirmed(
  world: World,
  it: Abroad,
  want: Want,
  k: number,
  { product, refused }: { product: number; refused: number },
): void {
  const { terms, chart } = world, { quote, confirmedAt } = it.desk;
  const isRenewed = want.minute * 60 + terms.scenario.crossBorder.quoteValidMinutes * 60 < quote.untilSecond;
  write(world, want, k, { layer: "confirm", refused }, {
    confirmedAt: timeOf(confirmedAt),
    renewed: isRenewed,
    midRate: quote.midPpm / 1_000_000,
    amountFen: want.amountFen,
    validUntil: timeOf(quote.untilSecond),
  });
  if (refused !== reason.none) return;
  const day = settlementDay(world);
  write(world, want, k, { layer: "settlement", refused }, {
    ...priceOf(it),
    correspondent: chart.participants[correspondentAt].name,
    settles: `day ${day} (${isoDate(terms.startEpoch + day)})`,
    atRate: "the fixing of that day",
    rateCarriedBy: carriers[carrierOf(terms, product)],
  });
}

function priceOf({ desk, currency }: Abroad): Saw {
  return { price: desk.minor / currencies[currency].minorPerUnit, currency };
}

function write(
  { trace, today }: World,
  want: Want,
  k: number,
  { layer, refused }: { layer: string; refused: number },
  saw: Saw,
): void {
  if (!trace || trace.shopper !== want.shopper || trace.day !== today.day) return;
  const { name, shopperText } = reasons[refused];
  trace.events.push(
    refused === reason.none
      ? { want: k, layer, saw, verdict: "passed" }
      : { want: k, layer, saw, verdict: name, shopperText },
  );
}

/** A second of the day as hours, minutes and seconds; those past midnight belong to the next day. */
function timeOf(second: number): string {
  const two = (n: number) => `${Math.floor(n)}`.padStart(2, "0");
  return `${two(second / 3_600 % 24)}:${two(second / 60 % 60)}:${two(second % 60)}`;
}
