// One shopper's day, followed: a run up to that day, with the steps of every want, how it ended, and what it left in the
// books.

import { enrolProtocol } from "#/sim/experiments/protocol_documents.ts";
import type { ProvedPurchase } from "#/sim/experiments/protocol.ts";
import { proveTries } from "#/sim/experiments/protocol_trace.ts";
import { categories, products } from "#/model/names.ts";
import { reason, reasons } from "#/model/reasons.ts";
import { route } from "#/model/clearing/routing.ts";
import type { Fen } from "#/model/units/units.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import { engineHash } from "#/sim/experiments/engine.ts";
import { cachedOpeningBook } from "#/sim/experiments/opening_cache.ts";
import {
  type BridgeMovement,
  bridgeOf,
  ListeningLedger,
  type Movement,
  type Position,
  positionsOf,
  type Posting,
  postingsOf,
  prefundsOf,
  takenNetworks,
} from "#/sim/experiments/trace_books.ts";
import {
  abroadOf,
  abroadSteps,
  boughtAbroad,
  isAbroad,
  quotedFen,
  shopsAbroad,
  type TracedAbroad,
} from "#/sim/experiments/trace_abroad.ts";
import { dateOf, describe, linesOf, type TracedLine } from "#/sim/experiments/trace_words.ts";
import { openWorld, replayOf } from "#/sim/run.ts";
import { runDay } from "#/sim/day.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import type { TracedNotice, TracedRefund, TraceEvent } from "#/sim/trace.ts";
import { isCardWay, ways } from "#/sim/tables/ways.ts";
import type { World } from "#/sim/world.ts";

/** One want of the day, followed. */
export interface TracedPurchase {
  /** Number of the want on the day, from 0 in order of minute. */
  want: number;
  minute: number;
  amountFen: Fen;
  shop: number;
  category: string;
  /** The networks that the shop accepts. */
  takes: string[];
  /** A want of an earlier day that came back. */
  isReturned: boolean;
  /** The plot behind it, in the name of its typology; empty for an honest want. */
  plot: string;
  /** Bought on credit across platforms. */
  isBridged: boolean;
  steps: TraceEvent[];
  /** The real identity protocol, once a try: credentials, presentation, each check and its verdict. */
  protocol: ProvedPurchase[];
  /** How it ended, in a word, and the whole sentence. */
  fate: "on credit" | "by debit card" | "put off" | "lost" | "cancelled";
  end: string;
  /** What the shopper reads in the end. */
  told: string;
  /** The transfers that carried it; none without a purchase. */
  postings: Posting[];
}

/** One shopper's day, and the day's clearing around it. */
export interface TracedDay {
  shopper: number;
  day: number;
  date: string;
  /** The shopper in the morning, in words. */
  person: Record<string, string>;
  purchases: TracedPurchase[];
  /** What the shopper was told of the lines, bills and debts on that day, in order. */
  notices: TracedNotice[];
  /** The lines held, each in the morning and in the evening. */
  lines: TracedLine[];
  /** Of all participants, not of this shopper alone. */
  positions: Position[];
  bridge: BridgeMovement[];
  /** Money that went back to the shopper's lines or account on that day. */
  refunds: TracedRefund[];
  /** The cross-border cell, of all shoppers; absent where no shop abroad takes a line. */
  abroad?: TracedAbroad;
}

/** Whom to follow. */
export interface Followed {
  /** A row of the run, from 0. */
  shopper: number;
  /** The folder of opening books. */
  openings?: string;
}

/**
 * Runs a supposition to the end of day `to` and returns what one shopper did on each day from `from` on, layer by layer.
 *
 * Shapes: days from 0, both included. Following changes no result.
 * Errors: `RangeError` for a shopper or a day outside the run.
 *
 * @example
 * ```ts
 * import { load } from "#/scenarios/load.ts";
 * import { traceDays } from "#/sim/experiments/trace.ts";
 * import assert from "node:assert/strict";
 * const set = ["world.history.shoppers=200", "world.history.days=40"];
 * const supposed = load("interop", { shoppers: 200, days: 2, set });
 * const [{ date, person }] = traceDays(supposed, 0, { shopper: 7, from: 1, to: 1 });
 * assert.equal(date, "2019-07-02");
 * assert.match(person["monthly income"], /^CNY /);
 * ```
 */
export function traceDays(
  supposed: Supposition,
  replication: number,
  { shopper, from, to, openings }: Followed & { from: number; to: number },
): TracedDay[] {
  const { days, shoppers } = supposed.scenario.world;
  inRange("shopper", shopper, shoppers);
  for (const day of [from, to]) inRange("day", day, days);
  const replay = replayOf(supposed, replication);
  const openingBook = cachedOpeningBook(supposed, replication, { engine: engineHash(), folder: openings });
  let ledger!: ListeningLedger;
  const makeLedger = (capacity: number) => ledger = new ListeningLedger(capacity);
  const world = openWorld(supposed, replication, { openingBook, makeLedger });
  const protocol = enrolProtocol(world);
  for (let day = 0; day < from; day++) runDay(world, day, { replay });
  const traced: TracedDay[] = [];
  for (let day = from; day <= to; day++) {
    const person = describe(world, shopper, day);
    const morning = linesOf(world, shopper, "morning"), prefunds = prefundsOf(world);
    ledger.listen();
    world.trace = { shopper, day, events: [], notices: [], refunds: [] };
    runDay(world, day, { replay });
    const heard = ledger.heard!;
    traced.push({
      shopper,
      day,
      date: dateOf(world, day),
      person,
      notices: world.trace.notices,
      purchases: purchasesOf(world, shopper, { events: world.trace.events, heard })
        .map((it) => ({ ...it, protocol: proveTries(world, protocol, { ...it, shopper, day }) })),
      lines: [...morning, ...linesOf(world, shopper, "evening")],
      positions: positionsOf(world, heard, prefunds),
      bridge: bridgeOf(world, heard, prefunds),
      refunds: world.trace.refunds!.filter((it) => it.shopper === shopper),
      ...(world.abroad ? { abroad: abroadOf(world) } : {}),
    });
  }
  return traced;
}

function inRange(what: string, found: number, count: number): void {
  if (Number.isInteger(found) && found >= 0 && found < count) return;
  throw new RangeError(`Cannot follow ${what} ${found}: the run has ${what}s 0 to ${count - 1}`);
}

function purchasesOf(
  world: World,
  shopper: number,
  { events, heard }: { events: readonly TraceEvent[]; heard: readonly Movement[] },
): Omit<TracedPurchase, "protocol">[] {
  const { purchases, merchants } = world;
  const wants = [...new Set(events.map(({ want }) => want))].sort((a, b) => a - b);
  return wants.map((want) => {
    const own = events.filter((event) => event.want === want);
    const saw = own.find(({ layer }) => layer === "want")!.saw;
    const minute = Number(saw.minute), amountFen = Number(saw.amountFen), shop = Number(saw.merchant);
    const takes = takenNetworks(merchants.networks[shop]);
    const seen = oneStepEach(own.filter(({ layer }) => layer !== "want").map((step) => named(step, takes)));
    const steps = isAbroad(seen) ? abroadSteps(seen) : seen;
    let row = 0;
    while (
      row < purchases.length && !(purchases.shopper[row] === shopper && purchases.minute[row] === minute &&
        purchases.amountFen[row] === amountFen && purchases.merchant[row] === shop)
    ) row++;
    const bought = row < purchases.length;
    const postings = bought ? postingsOf(world, row, heard) : [];
    const abroad = boughtAbroad(steps);
    return {
      want,
      minute,
      amountFen: abroad?.amountFen ?? quotedFen(steps) ?? amountFen,
      shop,
      category: categories[merchants.category[shop]],
      takes: isAbroad(steps) ? [shopsAbroad] : takes,
      isReturned: saw.returned === true,
      plot: String(saw.plot ?? ""),
      isBridged: bought && (purchases.flags[row] & purchaseFlag.bridged) !== 0,
      steps: bought ? [...steps, ...afterwards(world, row, want, postings)] : steps,
      ...(bought
        ? endOf(world, row)
        : abroad
        ? endAbroad(abroad)
        : endWithoutPurchase(world, shopper, steps)),
      postings,
    };
  });
}

/** Numbers of products and networks as their names; a shop that does not take the line says what it takes. */
function named(step: TraceEvent, takes: readonly string[]): TraceEvent {
  const saw = { ...step.saw };
  if (typeof saw.product === "number") saw.product = products[saw.product];
  if (typeof saw.network === "number") saw.network = ways[saw.network];
  if (step.verdict === reasons[reason.notAccepted].name) saw.shopTakes = takes.join(" + ");
  return { ...step, saw };
}

/** The choice to wait is noted after the refusal that led to it: the two are one step. */
function oneStepEach(steps: TraceEvent[]): TraceEvent[] {
  const merged: TraceEvent[] = [];
  for (const step of steps) {
    const before = merged.at(-1);
    if (before && step.saw.then !== undefined && before.verdict === step.verdict) {
      merged[merged.length - 1] = { ...before, saw: { ...before.saw, then: step.saw.then } };
    } else merged.push(step);
  }
  return merged;
}

/** What clearing and the books did with a purchase. */
function afterwards(world: World, row: number, want: number, postings: readonly Posting[]): TraceEvent[] {
  const { purchases, terms, today } = world;
  const product = purchases.product[row], months = purchases.months[row];
  const rail = purchases.route[row] === route.bridge
    ? "rtgs (bridge, at once)"
    : purchases.route[row] === route.card
    ? "card (net, on the next morning)"
    : "dns (net, at the window's end)";
  if (purchases.status[row] === purchaseStatus.cancelled) {
    const { layer, name, shopperText } = reasons[cancelledBy(world, row)];
    return [{ want, layer, saw: { rail }, verdict: name, shopperText }];
  }
  const sum = (...whats: string[]) =>
    postings.reduce((fen, it) => whats.includes(it.what) ? fen + it.amountFen : fen, 0);
  const overBridgeFen = sum("bridge"), owedFen = sum("obligation");
  const clear: TraceEvent = {
    want,
    layer: "clear",
    saw: {
      rail,
      ...(overBridgeFen ? { overBridgeFen } : {}),
      ...(owedFen ? { owedInWindowFen: owedFen } : {}),
    },
    verdict: "settled",
  };
  const dated = (day: number) => `day ${day} (${dateOf(world, day)})`;
  const how: TraceEvent["saw"] = product < 0
    ? { from: "the shopper's bank account" }
    : months > 0
    ? { line: products[product], instalments: months, firstDue: dated(today.day + 30) }
    : {
      line: products[product],
      due: terms.products[product].perPurchase
        ? dated(today.day + terms.products[product].dueDays)
        : "with the next statement",
    };
  return [clear, { want, layer: "book", saw: how, verdict: "booked" }];
}

type End = Pick<TracedPurchase, "fate" | "end" | "told">;

/** Why clearing cancelled a purchase of the day that has just closed. */
export const cancelledBy = ({ faults }: World, row: number): number =>
  faults.lapsed.has(row) ? reason.transferTimedOut : reason.bridgeLiquidity;

function endOf(world: World, row: number): End {
  const { purchases } = world;
  if (purchases.status[row] === purchaseStatus.cancelled) {
    return {
      fate: "cancelled",
      end: "cancelled in clearing; the limit is free again",
      told: reasons[cancelledBy(world, row)].shopperText,
    };
  }
  const product = purchases.product[row], instead = reasons[purchases.redirected[row]];
  const withCard = isCardWay(purchases.network[row]) ? " with the co-branded card" : "";
  const paid = product < 0 ? "paid by debit card" : `bought on ${products[product]}${withCard}`;
  return {
    fate: product < 0 ? "by debit card" : "on credit",
    end: purchases.redirected[row] ? `${paid}, after ${instead.layer}/${instead.name}` : paid,
    told: reasons[reason.none].shopperText,
  };
}

/** A purchase abroad: on its line tonight, paid to the shop later. */
function endAbroad({ product, settles }: { product: string; settles: string }): End {
  return {
    fate: "on credit",
    end: `bought abroad on ${product}; the shop is paid on ${settles}`,
    told: reasons[reason.none].shopperText,
  };
}

/** Why nothing was bought: the last refusal, and what the shopper made of it. */
function endWithoutPurchase({ shoppers }: World, shopper: number, steps: readonly TraceEvent[]): End {
  const last = steps.findLast(({ shopperText }) => shopperText !== undefined);
  const told = last?.shopperText ?? "";
  if (steps.some(({ saw }) => saw.then === "waits")) {
    const returns = shoppers.waitReturns[shopper];
    return { fate: "put off", end: `put off: the shopper will come back on day ${returns}`, told };
  }
  const why = last ? `, after ${last.layer}/${last.verdict}` : "";
  return { fate: "lost", end: `lost: nothing was bought${why}`, told };
}
