import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { load } from "#/scenarios/load.ts";
import { runDay } from "#/sim/day.ts";
import { bridgeOf, ListeningLedger, postingsOf, prefundsOf } from "#/sim/experiments/trace_books.ts";
import { traceDays, type TracedDay } from "#/sim/experiments/trace.ts";
import { factsInWords } from "#/sim/experiments/trace_words.ts";
import { purchasesOfDay } from "#/sim/experiments/trace_purchases.ts";
import { openWorld, run } from "#/sim/run.ts";
import { purchaseFlag } from "#/sim/tables/purchases.ts";

const set = ["world.history.shoppers=200", "world.history.days=40"];
const small = (name: string, days = 12) => load(name, { shoppers: 400, days, set });

/** A folder of opening books that goes away with the test. */
function folder() {
  const openings = mkdtempSync(join(tmpdir(), "hutong-trace-"));
  return { openings, [Symbol.dispose]: () => rmSync(openings, { recursive: true }) };
}

/** All days of some shoppers who want something. */
function followed(name: string, openings: string, shoppers: number): TracedDay[] {
  return Array.from({ length: shoppers }, (_, shopper) => shopper).flatMap((shopper) =>
    traceDays(small(name), 0, { shopper, from: 0, to: 11, openings })
  );
}

Deno.test("a ledger that listens gives the same run", () => {
  const supposed = small("interop", 6);
  const listening: ListeningLedger[] = [];
  const heard = run(supposed, 0, {
    makeLedger: (capacity) => {
      const ledger = new ListeningLedger(capacity);
      ledger.listen();
      listening.push(ledger);
      return ledger;
    },
  });
  assert.equal(heard.hash, run(supposed, 0).hash);
  assert.ok(listening.at(-1)!.heard!.length > 100);
});

Deno.test("every part of every purchase is found among the day's transfers, alone or with others", () => {
  let ledger!: ListeningLedger, bridged = 0, rows = 0;
  const world = openWorld(small("interop"), 0, {
    makeLedger: (capacity) => ledger = new ListeningLedger(capacity),
  });
  for (let day = 0; day < 12; day++) {
    const morning = prefundsOf(world);
    ledger.listen();
    runDay(world, day, { replay: "" });
    const { purchases } = world, heard = ledger.heard!;
    for (let row = 0; row < purchases.length; row++) {
      const postings = postingsOf(world, row, heard);
      const crossed = (purchases.flags[row] & purchaseFlag.bridged) !== 0;
      for (const { how, what } of postings) {
        assert.notEqual(how, "not posted", `day ${day} row ${row} ${what}`);
      }
      const loan = postings.find(({ what }) => what === "loan");
      assert.equal(loan?.amountFen, purchases.product[row] < 0 ? undefined : purchases.amountFen[row]);
      assert.equal(loan?.debit.startsWith("loans.bridged") ?? false, crossed);
      if (crossed) bridged++;
      rows++;
    }
    // The bridge's movements lead from the morning's balances to the evening's.
    const last = new Map<string, number>();
    for (const { party, balanceFen } of bridgeOf(world, heard, morning)) last.set(party, balanceFen);
    const evening = prefundsOf(world);
    for (const [party, balanceFen] of last) {
      const p = ["jd", "ant", "wechat", "union-card", "operator"].indexOf(party);
      assert.equal(balanceFen, evening[p], `day ${day}, ${party}`);
    }
  }
  assert.ok(rows > 500 && bridged > 20, `${rows} purchases, ${bridged} of them over the bridge`);
});

Deno.test("each traced want ends in one way, and says so to the shopper", () => {
  using fix = folder();
  const wants = [...followed("baseline", fix.openings, 25), ...followed("interop", fix.openings, 25)]
    .flatMap(({ purchases }) => purchases);
  const fates = new Set(wants.map(({ fate }) => fate));
  for (const fate of ["on credit", "by debit card", "lost"] as const) assert.ok(fates.has(fate), fate);
  for (const { fate, steps, postings, told, end, isBridged } of wants) {
    const bought = fate === "on credit" || fate === "by debit card";
    assert.equal(steps.some(({ layer }) => layer === "book"), bought, end);
    assert.equal(postings.some(({ what }) => what === "goods"), bought, end);
    assert.equal(told === "Your payment went through.", bought, end);
    if (isBridged && fate === "on credit") {
      const saw = steps.find(({ layer }) => layer === "clear")!.saw;
      assert.ok(Number(saw.overBridgeFen) > 0 && Number(saw.owedInWindowFen) > 0);
    }
  }
  assert.ok(wants.some(({ isBridged }) => isBridged));
  const refused = wants.flatMap(({ steps }) => steps).filter(({ verdict }) => verdict === "not-accepted");
  assert.ok(refused.length > 0 && refused.every(({ saw }) => typeof saw.shopTakes === "string"));
});

Deno.test("a line's evening is its next morning", () => {
  using fix = folder();
  const days = traceDays(small("interop"), 0, { shopper: 3, from: 0, to: 11, openings: fix.openings });
  const at = (day: number, when: string) => days[day].lines.filter((line) => line.when === when);
  for (let day = 1; day < days.length; day++) {
    const same = at(day - 1, "evening").map((line) => ({ ...line, when: "morning" }));
    assert.deepEqual(at(day, "morning"), same);
  }
  assert.deepEqual(
    traceDays(small("interop"), 0, { shopper: 3, from: 4, to: 4, openings: fix.openings })[0],
    days[4],
  );
});

Deno.test("a day's purchases are those that the daily record counts", () => {
  using fix = folder();
  const supposed = small("interop");
  const { daily: { columns }, world } = run(supposed, 0);
  const rows = purchasesOfDay(supposed, 0, { day: 7, openings: fix.openings });
  const settled = rows.filter(({ end, plot }) => end === "settled" && plot === "");
  const people = (name: string) => columns[name][7] / world.peoplePerShopper;
  assert.equal(settled.filter(({ paidWith }) => paidWith === "debit card").length, people("settledOnDebit"));
  assert.equal(settled.filter(({ paidWith }) => paidWith !== "debit card").length, people("settledOnCredit"));
  assert.equal(settled.filter(({ isBridged }) => isBridged).length, people("bridgedPurchases"));
  assert.ok(settled.length > 50);
});

Deno.test("who or when the run has not is refused before anything is simulated", () => {
  using fix = folder();
  const openings = join(fix.openings, "untouched");
  const supposed = small("interop");
  assert.throws(
    () => traceDays(supposed, 0, { shopper: 400, from: 0, to: 0, openings }),
    new RangeError("Cannot follow shopper 400: the run has shoppers 0 to 399"),
  );
  assert.throws(
    () => traceDays(supposed, 0, { shopper: 0, from: 12, to: 12, openings }),
    new RangeError("Cannot follow day 12: the run has days 0 to 11"),
  );
  assert.throws(
    () => purchasesOfDay(supposed, 0, { day: 0.5, openings }),
    new RangeError("Cannot list the purchases of day 0.5: the run has days 0 to 11"),
  );
  assert.equal(existsSync(openings), false);
});

Deno.test("facts are told in words, amounts in CNY", () => {
  assert.equal(
    factsInWords({ usedFen: 5, linked: false, cutoffPoints: 480 }),
    "used CNY 0.05, linked no, cutoff points 480",
  );
  assert.equal(factsInWords({}), "");
});
