// A sample of a run's settlements as interbank messages: of some shoppers' days every payment, and what goes back of it later.
//
// Whose day is written is luck of its own, by shopper and day, so the sample moves nothing and is the same on every machine.

import type { Message } from "#/model/messages/message.ts";
import { categories, products } from "#/model/names.ts";
import type { Supposition } from "#/scenarios/schema.ts";
import {
  messagesOfSettlements,
  type RunName,
  type Settlement,
} from "#/sim/experiments/settlement_messages.ts";
import { ListeningLedger, postingsOf } from "#/sim/experiments/trace_books.ts";
import { cancelledBy } from "#/sim/experiments/trace.ts";
import { dateOf } from "#/sim/experiments/trace_words.ts";
import type { RunOptions } from "#/sim/run.ts";
import { draw, openStreams, process, type Streams, uniform } from "#/sim/streams.ts";
import { purchaseStatus } from "#/sim/tables/purchases.ts";
import { ways } from "#/sim/tables/ways.ts";
import type { TracedRefund } from "#/sim/trace.ts";
import type { World } from "#/sim/world.ts";

/**
 * What to give a run so that it hands over the messages of a sample, day by day; nothing that it gives moves a result.
 *
 * Shapes: `perMillion` shopper-days of a million are written, 1,000,000 all; `take` gets each day's messages in order of shopper
 * and minute, then the returns. A purchase that the end of clearing cancelled is one status RJCT.
 * Errors: `RangeError` for a share that is no whole number from 1 to a million.
 *
 * @example
 * ```ts
 * import { load } from "#/scenarios/load.ts";
 * import { sampledMessages } from "#/sim/experiments/sample_messages.ts";
 * import { run } from "#/sim/run.ts";
 * import assert from "node:assert/strict";
 * const set = ["world.history.shoppers=200", "world.history.days=40"];
 * const supposed = load("interop", { shoppers: 200, days: 3, set });
 * let messages = 0;
 * const take = (found: readonly unknown[]) => void (messages += found.length);
 * run(supposed, 0, sampledMessages(supposed, 0, { perMillion: 500_000, take }));
 * assert.ok(messages > 20);
 * ```
 */
export function sampledMessages(
  supposed: Supposition,
  replication: number,
  { perMillion, take }: { perMillion: number; take: (messages: Message[], day: number) => void },
): Pick<RunOptions, "inspect" | "makeLedger"> {
  if (!Number.isInteger(perMillion) || perMillion < 1 || perMillion > 1_000_000) {
    throw new RangeError(
      `Cannot sample ${perMillion} of a million shopper-days: a whole number from 1 to 1000000 is needed`,
    );
  }
  const { scenario, name } = supposed;
  const run: RunName = { scenario: name, replication, windowMinutes: scenario.clearing.windowMinutes };
  const streams = openStreams(scenario.seed, replication);
  let ledger!: ListeningLedger;
  return {
    makeLedger: (capacity) => {
      ledger = new ListeningLedger(capacity);
      ledger.listen();
      return ledger;
    },
    inspect: (world, day) => {
      const isIn = (shopper: number, on: number) =>
        on >= 0 && isSampled(streams, world.shoppers.entity0 + shopper, { day: on, perMillion });
      const settlements = settlementsOf(world, { day, isIn, heard: ledger.heard! });
      const refunds = (world.trace?.refunds ?? []).filter((it) => isIn(it.shopper, it.purchaseDay));
      const on = { day, date: dateOf(world, day), run };
      take(messagesOfSettlements(settlements, byShopper(refunds), on), day);
      ledger.listen();
      // Nobody is followed; what goes back tomorrow is written down.
      world.trace = { shopper: -1, day: day + 1, events: [], notices: [], refunds: [] };
    },
  };
}

function isSampled(
  streams: Streams,
  entity: number,
  { day, perMillion }: { day: number; perMillion: number },
): boolean {
  draw(streams, process.messageSample, entity, day);
  return uniform(streams, 0) * 1_000_000 < perMillion;
}

/** The day's payments that are in the sample, in order of shopper and minute. */
function settlementsOf(
  world: World,
  { day, isIn, heard }: {
    day: number;
    isIn: (shopper: number, day: number) => boolean;
    heard: Parameters<typeof postingsOf>[2];
  },
): Settlement[] {
  const { purchases, merchants } = world, found: Settlement[] = [];
  for (let row = 0; row < purchases.length; row++) {
    const shopper = purchases.shopper[row];
    if (!isIn(shopper, day)) continue;
    const shop = purchases.merchant[row], product = purchases.product[row];
    const isCancelled = purchases.status[row] === purchaseStatus.cancelled;
    found.push({
      ...{ shopper, minute: purchases.minute[row], amountFen: purchases.amountFen[row], shop },
      category: categories[merchants.category[shop]],
      postings: isCancelled ? [] : postingsOf(world, row, heard),
      refused: isCancelled
        ? {
          product: products[product],
          network: ways[purchases.network[row]],
          reason: cancelledBy(world, row),
        }
        : null,
    });
  }
  return found;
}

function byShopper(refunds: readonly TracedRefund[]): TracedRefund[] {
  return refunds.toSorted((a, b) => a.shopper - b.shopper || a.purchaseDay - b.purchaseDay);
}
