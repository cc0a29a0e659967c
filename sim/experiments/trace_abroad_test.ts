// A followed purchase abroad shows its quote, its confirmation and its settlement; following it changes nothing.

import assert from "node:assert/strict";
import { small } from "#/sim/testing/worlds.ts";
import { messagesOfDay } from "./settlement_messages.ts";
import { traceDays } from "./trace.ts";
import { abroadInWords } from "./trace_abroad.ts";

const set = ["crossBorder.buyersBps=9000", "crossBorder.wantsBps=6000"];
const supposed = small("x1-cross-border", { shoppers: 300, days: 12, set });
const openings = Deno.makeTempDirSync();
globalThis.addEventListener("unload", () => Deno.removeSync(openings, { recursive: true }));

/** The first days of some shoppers, until one bought abroad. */
function bought() {
  for (let shopper = 0; shopper < 300; shopper++) {
    const days = traceDays(supposed, 0, { shopper, from: 0, to: 11, openings });
    for (const day of days) {
      const purchase = day.purchases.find(({ end }) => end.startsWith("bought abroad"));
      if (purchase) return { day, purchase };
    }
  }
  throw new Error("nobody bought abroad");
}

Deno.test("a purchase abroad is followed from its quote to the day on which the shop is paid", () => {
  const { day, purchase } = bought();
  const saw = (layer: string) => purchase.steps.find((step) => step.layer === layer)!.saw;
  const quote = saw("quote");
  assert.equal(quote.currency, "HKD");
  assert.equal(quote.spreadBps, 50);
  assert.ok(Number(quote.quotedRate) > Number(quote.midRate));
  assert.equal(quote.amountFen, purchase.amountFen);
  const paidFen = Math.ceil(Number(quote.price) * 100 * Number(quote.quotedRate) - 1e-6);
  assert.ok(Math.abs(paidFen - purchase.amountFen) <= 1);
  assert.match(String(quote.validUntil), /^\d\d:\d\d:00$/);
  assert.equal(saw("confirm").renewed, false);
  assert.match(String(saw("settlement").settles), /^day \d+ \(2019-07-\d\d\)$/);
  assert.equal(saw("settlement").rateCarriedBy, "banks");
  assert.equal(saw("accept").network, "shops abroad");
  assert.deepEqual(purchase.takes, ["shops abroad"]);
  assert.equal(purchase.fate, "on credit");
  assert.ok(day.abroad!.fixing > 0.8);
  assert.match(
    abroadInWords(day.abroad!).join("\n"),
    /^Abroad, all shoppers of the run \(HKD; bank-1 is the correspondent\):\n {2}fixing 0\.\d{4}/,
  );
  assert.doesNotThrow(() =>
    messagesOfDay(day, { scenario: "x1", replication: 0, windowMinutes: [600, 840, 1080, 1320] })
  );
});

Deno.test("what the correspondent settles in a trace is what was owed for that day, at its fixing", () => {
  const days = traceDays(supposed, 0, { shopper: 0, from: 0, to: 4, openings });
  const owes = (k: number) => days[k].abroad!.positions.find(({ party }) => party === "banks")!;
  for (const k of [1, 2, 3, 4]) {
    const { settled, settledFen, fixing } = days[k].abroad!;
    assert.ok(Math.abs(settled - owes(k - 1).owed) < 1e-6, `day ${k}`);
    assert.equal(settledFen, Math.round(settled * 100 * fixing));
    assert.equal(owes(k).worthFen, -Math.round(owes(k).owed * 100 * fixing));
  }
});

Deno.test("without a cell a trace says nothing of abroad", () => {
  const home = small("baseline", { shoppers: 300, days: 2 });
  assert.equal("abroad" in traceDays(home, 0, { shopper: 1, from: 1, to: 1, openings })[0], false);
});
