// One shopper's day, followed: a run up to that day, with the steps of every want and how it ended.

import { isoDate } from "#/model/units/calendar.ts";
import { categories, networks, products } from "#/model/names.ts";
import { reason, reasons } from "#/model/reasons.ts";
import { route } from "#/model/clearing/routing.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { engineHash } from "./engine.ts";
import { cachedOpeningBook } from "./opening_cache.ts";
import { openWorld } from "#/sim/run.ts";
import { runDay } from "#/sim/day.ts";
import { limitAt, lineCount, lineState, principalFen } from "#/sim/tables/lines.ts";
import { purchaseStatus } from "#/sim/tables/purchases.ts";
import { flag, never } from "#/sim/tables/shoppers.ts";
import type { TraceEvent } from "#/sim/trace.ts";
import type { World } from "#/sim/world.ts";

/** One want of the day, followed. */
export interface TracedPurchase {
  want: number;
  minute: number;
  amountFen: number;
  /** Where, in words. */
  shop: string;
  steps: TraceEvent[];
  /** How it ended, in words. */
  end: string;
}

/**
 * Runs a supposition to the end of a day and returns what one shopper did on it, layer by layer.
 *
 * Shapes: `shopper` a row of the run, `day` from 0. Nothing that is followed changes a result.
 */
export function traceDay(
  supposed: Supposition,
  replication: number,
  { shopper, day }: { shopper: number; day: number },
): { person: Record<string, string>; purchases: TracedPurchase[] } {
  const openingBook = cachedOpeningBook(supposed, replication, { engine: engineHash() });
  const world = openWorld(supposed, replication, { openingBook });
  for (let d = 0; d < day; d++) runDay(world, d, { replay: "" });
  const person = describe(world, shopper);
  world.trace = { shopper, day, events: [] };
  runDay(world, day, { replay: "" });
  const { trace, purchases, merchants } = world;
  const events = trace.events, rows = rowsOf(world, shopper);
  const wants = [...new Set(events.map(({ want }) => want))].sort((a, b) => a - b);
  return {
    person,
    purchases: wants.map((want) => {
      const steps = events.filter((event) => event.want === want && event.layer !== "want");
      const first = events.find((event) => event.want === want && event.layer === "want");
      const { minute, amountFen, merchant } = first!.saw as Record<string, number>;
      const row = rows.find((row) =>
        purchases.minute[row] === minute && purchases.amountFen[row] === amountFen &&
        purchases.merchant[row] === merchant
      );
      const mask = merchants.networks[merchant];
      const accepted = networks.filter((_, n) => mask & (1 << n)).join(", ");
      const shop = `shop ${merchant} (${categories[merchants.category[merchant]]}; takes ${accepted})`;
      return {
        want,
        minute,
        amountFen,
        shop,
        steps: [...steps, ...after(world, row, want)],
        end: endOf(world, row),
      };
    }),
  };
}

function rowsOf({ purchases }: World, shopper: number): number[] {
  const rows = [];
  for (let row = 0; row < purchases.length; row++) if (purchases.shopper[row] === shopper) rows.push(row);
  return rows;
}

/** What clearing and the books did with a purchase. */
function after(world: World, row: number | undefined, want: number): TraceEvent[] {
  if (row === undefined) return [];
  const { purchases, terms, today } = world;
  const product = purchases.product[row], months = purchases.months[row];
  const cancelled = purchases.status[row] === purchaseStatus.cancelled;
  const rail = purchases.route[row] === route.bridge
    ? "rtgs (bridge, at once)"
    : "dns (net, at the window's end)";
  const clear: TraceEvent = cancelled
    ? {
      want,
      layer: "clear",
      saw: { rail },
      verdict: reasons[reason.bridgeLiquidity].name,
      shopperText: reasons[reason.bridgeLiquidity].shopperText,
    }
    : { want, layer: "clear", saw: { rail }, verdict: "settled" };
  if (cancelled) return [clear];
  const how: TraceEvent["saw"] = product < 0
    ? { from: "the shopper's bank account" }
    : months > 0
    ? { line: products[product], instalments: months, firstDueDay: today.day + 30 }
    : {
      line: products[product],
      due: terms.products[product].perPurchase
        ? `day ${today.day + terms.products[product].dueDays}`
        : "with the next statement",
    };
  return [clear, { want, layer: "book", saw: how, verdict: "booked" }];
}

function endOf(world: World, row: number | undefined): string {
  if (row === undefined) return "no purchase";
  const { purchases } = world;
  if (purchases.status[row] === purchaseStatus.cancelled) {
    return "cancelled in clearing; the limit is free again";
  }
  const product = purchases.product[row], instead = purchases.redirected[row];
  const paid = product < 0 ? "paid by debit card" : `bought on ${products[product]}`;
  return instead ? `${paid}, after ${reasons[instead].layer}/${reasons[instead].name}` : paid;
}

/** The shopper on the morning of the day. */
function describe(world: World, i: number): Record<string, string> {
  const { shoppers, lines, today, terms } = world;
  const out: Record<string, string> = {
    "monthly income": `CNY ${(shoppers.incomeFen[i] / 100).toFixed(0)}`,
    "agrees to be linked": shoppers.flags[i] & flag.consent ? "yes" : "no",
    "assurance": String(shoppers.assurance[i]),
    "in hardship": shoppers.hardshipUntil[i] > today.day
      ? `until ${isoDate(terms.startEpoch + shoppers.hardshipUntil[i])}`
      : "no",
  };
  for (let p = 0; p < lineCount; p++) {
    const line = i * lineCount + p;
    const late = lines.oldestDue[line] === never ? "" : `, overdue since day ${lines.oldestDue[line]}`;
    out[products[p]] = lines.state[line] === lineState.active
      ? `limit CNY ${(lines.fen[limitAt(line)] / 100).toFixed(2)}, owes CNY ${
        (principalFen(lines, line) / 100).toFixed(2)
      }, score ${lines.points[line]}${late}`
      : "not held";
  }
  return out;
}
