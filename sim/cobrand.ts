// The co-branded card in a run: scratch of its picks, and what has come of it since the start.

import type { RailOffer, Routed } from "#/model/clearing/routing.ts";
import type { HoldingFacts } from "#/model/credit/cobrand/holding.ts";
import type { LineOffer } from "#/model/credit/cobrand/registry.ts";
import { networks, products } from "#/model/names.ts";
import { railNames } from "./tables/rail_tally.ts";
import type { Terms } from "./terms.ts";

/** With what a purchase is paid: a debit card, a line by itself, or a line of the co-branded card. */
export const means = [
  "debit",
  ...products,
  ...products.map((product) => `card-${product}` as const),
] as const;

/** State of the card; amounts in whole fen of the run. */
export interface Cobrand {
  /** What the last pick saw: both lines, the rails on offer, and the rail of each line. */
  offers: [LineOffer, LineOffer];
  railOffers: RailOffer[];
  routed: Routed;
  railOf: Int8Array;
  facts: HoldingFacts;
  /** The line that was picked first, and why it was refused before the other was tried; 0 while it was not. */
  first: number;
  switchedAfter: number;
  /** Cards in people's hands; issued and ended since the start; purchases that went to the second line. */
  holders: number;
  issued: number;
  ended: number;
  switched: number;
  /** Purchases and sales with the card by product, and purchases by rail. */
  purchases: Float64Array;
  salesFen: Float64Array;
  overRail: Float64Array;
  /** Today's sales by network · means. */
  paidFen: Float64Array;
  /** What the other issuer owes the manager for today's purchases, and has owed since the start. */
  owedFen: number;
  passedOnFen: number;
  /** Costs of cards not yet paid, and all since the start. */
  dueFen: number;
  incurredFen: number;
}

const blankOffer = (): LineOffer => ({ isPreferred: false, roomFen: 0, shopperCostFen: 0, issuerCostFen: 0 });

/** A run in which nobody holds a card yet. */
export function makeCobrand({ cobrand, scenario: { clearing } }: Terms): Cobrand {
  return {
    offers: [blankOffer(), blankOffer()],
    railOffers: cobrand.rails.map(() => ({ isUp: false, feeFen: 0, delayMinutes: 0, liquidityPpm: 0 })),
    // The goods are gone already: no payment comes too late to be worth anything.
    routed: {
      amountFen: 0,
      deadlineMinutes: Infinity,
      delayPpmPerHour: clearing.lateInterestBps * 100 / 8_760,
    },
    railOf: new Int8Array(products.length),
    facts: { holdsBoth: false, recognised: false, showsAccounts: false, isLate: false },
    first: 0,
    switchedAfter: 0,
    holders: 0,
    issued: 0,
    ended: 0,
    switched: 0,
    purchases: new Float64Array(products.length),
    salesFen: new Float64Array(products.length),
    overRail: new Float64Array(railNames.length),
    paidFen: new Float64Array(networks.length * means.length),
    owedFen: 0,
    passedOnFen: 0,
    dueFen: 0,
    incurredFen: 0,
  };
}
