// Every purchase of one simulated day, one plain record each: for questions that no daily total answers.

import { categories, products } from "#/model/names.ts";
import { typologyNames } from "#/model/fraud/typologies/registry.ts";
import { reasons } from "#/model/reasons.ts";
import { route } from "#/model/clearing/routing.ts";
import type { Fen } from "#/model/units/units.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { runDay } from "#/sim/day.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import { openWorld, replayOf } from "#/sim/run.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import { isCardWay, ways } from "#/sim/tables/ways.ts";
import type { World } from "#/sim/world.ts";

/** One purchase that was authorised. A want that was refused, or put off, has no purchase. */
export interface PurchaseRecord {
  shopper: number;
  minute: number;
  shop: number;
  category: string;
  /** The credit product, or "debit card". */
  paidWith: string;
  network: string;
  /** With the co-branded card. */
  byCard: boolean;
  amountFen: Fen;
  /** Instalments, 0 for pay-later. */
  months: number;
  rail: "rtgs" | "dns";
  isBridged: boolean;
  plot: string;
  /** A want of an earlier day that came back. */
  isReturned: boolean;
  end: "settled" | "cancelled";
  /** `layer/reason` that refused the preferred way, or "" where this was the preferred way. */
  insteadOf: string;
}

/**
 * Runs a supposition to the end of a day and returns the day's purchases, in order of shopper and minute.
 *
 * Shapes: `day` from 0, below the scenario's days; `openings` is the folder of opening books.
 * Errors: `RangeError` for a day outside the run.
 */
export function purchasesOfDay(
  supposed: Supposition,
  replication: number,
  { day, openings }: { day: number; openings?: string },
): PurchaseRecord[] {
  const { days } = supposed.scenario.world;
  if (!Number.isInteger(day) || day < 0 || day >= days) {
    throw new RangeError(`Cannot list the purchases of day ${day}: the run has days 0 to ${days - 1}`);
  }
  const openingBook = cachedOpeningBook(supposed, replication, { engine: engineHash(), folder: openings });
  const world = openWorld(supposed, replication, { openingBook });
  for (let d = 0; d <= day; d++) runDay(world, d, { replay: replayOf(supposed, replication) });
  return Array.from({ length: world.purchases.length }, (_, row) => purchaseOf(world, row));
}

function purchaseOf({ purchases, merchants }: World, row: number): PurchaseRecord {
  const shop = purchases.merchant[row], product = purchases.product[row], flags = purchases.flags[row];
  const instead = reasons[purchases.redirected[row]];
  return {
    shopper: purchases.shopper[row],
    minute: purchases.minute[row],
    shop,
    category: categories[merchants.category[shop]],
    paidWith: product < 0 ? "debit card" : products[product],
    network: ways[purchases.network[row]],
    byCard: isCardWay(purchases.network[row]),
    amountFen: purchases.amountFen[row],
    months: purchases.months[row],
    rail: purchases.route[row] === route.bridge ? "rtgs" : "dns",
    isBridged: (flags & purchaseFlag.bridged) !== 0,
    plot: purchases.plot[row] > 0 ? typologyNames[purchases.plot[row] - 1] : "",
    isReturned: (flags & purchaseFlag.returned) !== 0,
    end: purchases.status[row] === purchaseStatus.cancelled ? "cancelled" : "settled",
    insteadOf: purchases.redirected[row] ? `${instead.layer}/${instead.name}` : "",
  };
}
