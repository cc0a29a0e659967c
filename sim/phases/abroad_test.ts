// A cross-border cell: each term moves what it should, each refusal has its name, and the books balance in each currency.

import assert from "node:assert/strict";
import fc from "fast-check";
import { bookOf, openSmall, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { AuditedLedger } from "#/sim/testing/audited_ledger.ts";
import { ReconciliationError } from "#/sim/ledger/reconcile.ts";
import { runDay } from "#/sim/day.ts";
import { run } from "#/sim/run.ts";
import type { RunResult } from "#/sim/result.ts";
import { parties } from "#/model/names.ts";

/** Many buyers abroad, so that a village shows what a country would. */
const keen = ["crossBorder.buyersBps=8000", "crossBorder.wantsBps=3000"];
const world = (...set: string[]) =>
  small("x1-cross-border", { shoppers: 600, days: 24, set: [...keen, ...set] });
const runs = new Map<string, RunResult>();
/** A run with other terms; the same run once. */
function ran(...set: string[]): RunResult {
  const key = set.join();
  let result = runs.get(key);
  if (!result) runs.set(key, result = runSmall(world(...set.map((one) => `crossBorder.${one}`))).result);
  return result;
}
const out = (result: RunResult, name: string) => result.outcomes[name].value;
const daily = (result: RunResult, name: string) =>
  (result.daily.columns[name] ?? []).reduce((sum, x) => sum + x, 0);

Deno.test("with no shop abroad, none of its terms moves a bit and none of its outcomes is told", () => {
  const closed = ran("active=false");
  const odd = ran("active=false", "spreadBps=300", "bearer=issuer", "region.perPurchaseCapCny=1");
  assert.equal(closed.hash, odd.hash);
  const still = runSmall(small("baseline", { shoppers: 600, days: 24 })).result;
  assert.equal(closed.hash, still.hash);
  assert.equal("foreignPurchases" in closed.outcomes, false);
  assert.notEqual(ran().hash, closed.hash);
  assert.ok(out(ran(), "foreignPurchases") > 0);
});

Deno.test("results of all parties and external flows, those with abroad among them, sum to zero", () => {
  for (const result of [ran(), ran("bearer=issuer", "settlementLagDays=3")]) {
    const sum = (names: string[]) => names.reduce((total, name) => total + out(result, name), 0);
    const flows = Object.keys(result.outcomes).filter((name) => name.startsWith("external."));
    assert.ok(flows.includes("external.revaluation"));
    const left = sum(parties.map((party) => `resultOf.${party}`)) + sum(flows);
    assert.ok(Math.abs(left) < 1, `${left}`);
  }
});

Deno.test("the spread is earned by whoever quotes, and moves the correspondent's result by what it adds", () => {
  const narrow = ran("spreadBps=0"), wide = ran("spreadBps=200");
  assert.ok(out(narrow, "spreadIncome.banks") < out(ran(), "spreadIncome.banks"));
  assert.ok(out(ran(), "spreadIncome.banks") < out(wide, "spreadIncome.banks"));
  assert.ok(out(narrow, "resultOf.banks") < out(wide, "resultOf.banks"));
  const own = ran("bearer=issuer");
  assert.equal(out(own, "spreadIncome.banks"), 0);
  assert.ok(out(own, "spreadIncome.ant") > 0 && out(own, "resultOf.banks") < out(ran(), "resultOf.banks"));
});

Deno.test("the rate is carried by whoever quotes until settlement: lag and volatility move that result, and none is none", () => {
  assert.notEqual(out(ran(), "rateResult.banks"), 0);
  assert.equal(out(ran(), "rateResult.ant"), 0);
  const own = ran("bearer=issuer");
  assert.notEqual(out(own, "rateResult.ant"), 0);
  // The fen that rounding two issuers' parts and rounding their sum differ by is the correspondent's.
  assert.ok(Math.abs(out(own, "rateResult.banks")) <= 24 * own.world.peoplePerShopper / 100);
  const slow = ran("settlementLagDays=3");
  assert.notEqual(out(slow, "rateResult.banks"), out(ran(), "rateResult.banks"));
  assert.ok(out(slow, "foreignPositionPeak") > out(ran(), "foreignPositionPeak"));
  const calm = ran("volatilityBps=0");
  // What is left is the fen that rounding a day's sum and rounding its parts differ by.
  const perFen = calm.world.peoplePerShopper / 100;
  assert.ok(Math.abs(out(calm, "rateResult.banks")) <= 30 * 24 * perFen);
  assert.ok(Math.abs(out(calm, "rateResult.banks")) < Math.abs(out(ran(), "rateResult.banks")) / 20);
  assert.equal(out(calm, "external.revaluation") + out(calm, "rateResult.banks"), 0);
});

Deno.test("revaluation is the other side of the parties' rate results, to the fen", () => {
  const result = ran("bearer=issuer", "settlementLagDays=2");
  const gained = ["jd", "ant", "banks"].reduce((sum, party) => sum + out(result, `rateResult.${party}`), 0);
  assert.ok(Math.abs(gained + out(result, "external.revaluation")) < 1e-3);
});

Deno.test("the issuer earns interchange and pays the correspondent's fee; without them neither is told of", () => {
  const bare = ran("interchangeBps=0", "correspondentFeeBps=0");
  assert.equal(out(bare, "correspondentFees"), 0);
  assert.equal(out(bare, "interchange.ant"), 0);
  assert.ok(out(ran(), "interchange.ant") > 0 && out(ran(), "correspondentFees") > 0);
  assert.ok(out(ran("interchangeBps=300"), "resultOf.ant") > out(bare, "resultOf.ant"));
});

Deno.test("each rule of the region refuses under its own name, and tells the shopper so", () => {
  const refused = (result: RunResult, layer: string, name: string) =>
    result.purchases.refused[layer]?.[name] ?? 0;
  const tight = ran("region.perPurchaseCapCny=150");
  assert.ok(refused(tight, "decide", "regional-purchase-cap") > 0);
  assert.ok(
    refused(tight, "decide", "regional-purchase-cap") > refused(ran(), "decide", "regional-purchase-cap"),
  );
  assert.equal(refused(ran("region.perPurchaseCapCny=1000000"), "decide", "regional-purchase-cap"), 0);
  const yearly = ran("region.perYearCapCny=200");
  assert.ok(refused(yearly, "decide", "regional-year-cap") > 0);
  assert.ok(out(yearly, "foreignPurchases") < out(ran(), "foreignPurchases"));
  // Lateness costs 18.25 % a year: below that no credit is lawful there.
  const cheap = ran("region.costCapBps=1800");
  assert.ok(refused(cheap, "decide", "regional-cost-cap") > 0);
  assert.equal(out(cheap, "foreignPurchases"), 0);
  const free = ran("region.needsDataConsent=false");
  assert.ok(refused(ran(), "identify", "no-data-consent") > 0);
  assert.equal(refused(free, "identify", "no-data-consent"), 0);
  const count = (result: RunResult, rule: string) =>
    out(result, `foreignRefused.${rule}`) / result.world.peoplePerShopper;
  assert.equal(count(tight, "perPurchase"), refused(tight, "decide", "regional-purchase-cap"));
  assert.equal(count(yearly, "perYear"), refused(yearly, "decide", "regional-year-cap"));
});

Deno.test("a plan that costs more than the region allows is refused, while paying later is not", () => {
  const set = [
    "credit.huabei.instalmentFromCny=1",
    "credit.huabei.instalmentShareBps=10000",
    "credit.huabei.instalmentAprBps=2300",
  ];
  const strict = runSmall(world(...set, "crossBorder.region.costCapBps=2000")).result;
  const lax = runSmall(world(...set, "crossBorder.region.costCapBps=2400")).result;
  assert.ok(out(strict, "foreignRefused.costCap") > 0);
  assert.equal(out(lax, "foreignRefused.costCap"), 0);
});

Deno.test("a quote that has run out is renewed at the rate of that moment, or ends the purchase, as the scenario says", () => {
  const late = ["confirmSeconds=600", "quoteValidMinutes=1"];
  const renewed = ran(...late),
    ended = ran(...late, "onExpiry=refuse"),
    patient = ran("quoteValidMinutes=1440");
  assert.ok(out(renewed, "quotesExpired") > 0);
  assert.equal(out(renewed, "quotesRenewed"), out(renewed, "quotesExpired"));
  assert.equal(renewed.purchases.refused.route?.["quote-expired"] ?? 0, 0);
  assert.equal(
    ended.purchases.refused.route["quote-expired"] * ended.world.peoplePerShopper,
    out(ended, "quotesExpired"),
  );
  assert.equal(out(ended, "quotesRenewed"), 0);
  assert.equal(out(patient, "quotesExpired"), 0);
  assert.ok(out(ended, "foreignPurchases") < out(patient, "foreignPurchases"));
  assert.notEqual(out(renewed, "foreignSales"), out(patient, "foreignSales"));
});

Deno.test("a line that shops abroad do not take is not used there", () => {
  const only = ran("accepts={baitiao: false, huabei: true}");
  assert.equal(out(only, "interchange.jd"), 0);
  assert.ok(out(only, "interchange.ant") > 0 && out(ran(), "interchange.jd") > 0);
});

Deno.test("nothing is settled abroad on a weekend, and what was owed over it is settled on Monday", () => {
  const result = ran(), { columns } = result.daily;
  // 1 July 2019 was a Monday.
  for (let day = 0; day < result.world.days; day++) {
    const isWeekend = day % 7 >= 5;
    if (isWeekend) assert.equal(columns.foreignSettled[day], 0);
    if (isWeekend) assert.equal(columns.exchangeRate[day], columns.exchangeRate[day - 1]);
  }
  assert.ok(columns.foreignSettled[7] > columns.foreignSettled[8]);
});

Deno.test("what comes back from abroad is paid back at the day's rate, so a wide spread is the shopper's loss", () => {
  const back = ["spreadBps=300"];
  assert.ok(out(ran(...back), "foreignRefunds") > 0);
  assert.ok(out(ran(...back), "foreignRefundResult") < 0);
  assert.ok(out(ran(...back), "foreignRefundResult") < out(ran("spreadBps=0"), "foreignRefundResult"));
});

Deno.test("a year of its own: what was bought before 1 January does not count against the next year's cap", () => {
  const opened = openSmall(small("x1-cross-border", {
    shoppers: 600,
    days: 24,
    set: [...keen, "world.startDate=2019-12-28", "crossBorder.region.perYearCapCny=300"],
  }));
  const spentFen = () => opened.abroad!.spentFen.reduce((sum, fen) => sum + fen, 0);
  const boughtFen = () => opened.abroad!.purchases.reduce((sum, { amountFen }) => sum + amountFen, 0);
  let oldYearFen = 0;
  for (let day = 0; day < 4; day++) {
    runDay(opened, day, { replay: "again" });
    oldYearFen += boughtFen();
    assert.equal(spentFen(), oldYearFen);
  }
  const full = [...opened.abroad!.spentFen.entries()].filter(([, fen]) => fen > 20_000).map(([i]) => i);
  assert.ok(full.length > 0);
  let again = 0;
  for (let day = 4; day < 24; day++) {
    runDay(opened, day, { replay: "again" });
    again += opened.abroad!.purchases.filter(({ shopper }) => full.includes(shopper)).length;
  }
  assert.ok(again > 0);
  assert.ok(opened.abroad!.spentFen.every((fen) => fen <= 30_000));
});

Deno.test("the slow twin agrees on each call in two currencies, and every day closes", () => {
  const supposed = world("crossBorder.bearer=issuer", "crossBorder.settlementLagDays=2");
  const ledgers: AuditedLedger[] = [];
  const makeLedger = (capacity: number) => {
    ledgers.push(new AuditedLedger(capacity));
    return ledgers.at(-1)!;
  };
  const { hash } = run(supposed, 0, { openingBook: bookOf(supposed), makeLedger });
  assert.equal(hash, runSmall(supposed).result.hash);
  assert.deepEqual(ledgers[0].currencies, ["CNY", "HKD"]);
  ledgers[0].compare();
});

Deno.test("a cent lost abroad, or a position not revalued, stops the run with its account", () => {
  const damage = (break_: (world: ReturnType<typeof openSmall>) => void, account: RegExp) => {
    const opened = openSmall(world());
    for (let day = 0; day < 4; day++) runDay(opened, day, { replay: "again" });
    break_(opened);
    assert.throws(
      () => runDay(opened, 4, { replay: "again" }),
      (error) => error instanceof ReconciliationError && account.test(error.account),
    );
  };
  damage((it) => it.abroad!.owedMinor[2] += 1, /abroad-owed\.banks\.HKD/);
  damage((it) => it.abroad!.lateMinor += 1, /abroad-owed\.banks\.HKD|abroad-owed/);
  damage((it) => it.ledger.tallyFen[it.abroad!.chart.nostro] += 1, /nostro\.banks\.HKD/);
});

Deno.test("a correspondent without money settles nothing abroad, waits, and settles all when it has it", () => {
  const opened = openSmall(world());
  for (let day = 0; day < 3; day++) runDay(opened, day, { replay: "again" });
  const { ledger, chart, abroad } = opened,
    at = chart.participants.findIndex(({ name }) => name === "bank-1");
  const dueBefore = abroad!.dueMinor.reduce((sum, minor) => sum + minor, 0);
  assert.ok(dueBefore > 0);
  // Its money is set aside just before it would settle, and given free again after.
  walkDay(opened, 3, (phase) => {
    if (phase === "provide") ledger.setFloor(chart.settle[at], ledger.balanceFen(chart.settle[at]) + 1e12);
    if (phase === "fund") ledger.setFloor(chart.settle[at], 0);
  });
  assert.equal(abroad!.lateMinor, dueBefore);
  assert.equal(abroad!.today.settledMinor, 0);
  runDay(opened, 4, { replay: "again" });
  assert.equal(abroad!.lateMinor, 0);
  assert.ok(abroad!.today.settledMinor > dueBefore);
});

Deno.test("prices abroad stay as they were set: who buys when the rate has risen pays more CNY for the same price", () => {
  const calm = ran("volatilityBps=0", "spreadBps=0"),
    dear = ran("volatilityBps=0", "spreadBps=0", "midPpm=880000");
  assert.equal(calm.hash, dear.hash);
  const rough = ran("volatilityBps=200", "spreadBps=0");
  const mean = (result: RunResult) => out(result, "foreignSales") / out(result, "foreignSalesIn");
  assert.ok(Math.abs(mean(calm) - 0.88) < 0.001);
  const rates = rough.daily.columns.exchangeRate;
  const level = rates.reduce((a, b) => a + b, 0) / rates.length;
  assert.ok(Math.sign(mean(rough) - 0.88) === Math.sign(level - 0.88));
});

Deno.test("yen are whole: the same cell in a currency without cents", () => {
  const yen = ran("currency=JPY", "midPpm=64000");
  assert.equal(yen.outcomes.foreignSalesIn.unit, "JPY");
  const mean = out(yen, "foreignSales") / out(yen, "foreignSalesIn");
  assert.ok(Math.abs(mean / 0.064 - 1) < 0.02, `${mean}`);
  assert.ok(daily(yen, "foreignPurchases") > 0);
});

Deno.test("whatever the terms, each day's books balance in each currency and what is owed abroad is at its value", () => {
  const bps = (most: number) => fc.integer({ min: 0, max: most });
  const terms = fc.record({
    spreadBps: bps(1_000),
    volatilityBps: bps(500),
    interchangeBps: bps(500),
    correspondentFeeBps: bps(500),
    settlementLagDays: fc.integer({ min: 1, max: 5 }),
    quoteValidMinutes: fc.integer({ min: 0, max: 10 }),
    fixingMinute: fc.integer({ min: 0, max: 1_439 }),
    midPpm: fc.constantFrom(1_000, 64_000, 880_000, 20_000_000),
    currency: fc.constantFrom("HKD", "JPY"),
    bearer: fc.constantFrom("issuer", "correspondent"),
    onExpiry: fc.constantFrom("refresh", "refuse"),
  });
  let bought = 0;
  fc.assert(
    fc.property(terms, (it) => {
      const set = Object.entries(it).map(([name, value]) => `crossBorder.${name}=${value}`);
      const supposed = small("x1-cross-border", { shoppers: 150, days: 12, set: [...keen, ...set] });
      const { result } = runSmall(supposed);
      assert.equal(result.money.daysReconciled, 12);
      bought += out(result, "foreignPurchases");
      const spreads = ["jd", "ant", "banks"].map((party) => out(result, `spreadIncome.${party}`));
      assert.ok(spreads.every((earned) => earned >= 0));
    }),
    { seed: 20190701, numRuns: 25 },
  );
  assert.ok(bought > 0);
});

Deno.test("when more comes back than is bought, the foreign acquirer pays and the correspondent changes the money back", () => {
  for (const bearer of ["issuer", "correspondent"]) {
    const opened = openSmall(world(`crossBorder.bearer=${bearer}`));
    for (let day = 0; day < 8; day++) runDay(opened, day, { replay: "again" });
    // From here on no shop abroad takes either line.
    opened.terms.scenario.crossBorder.accepts = { baitiao: false, huabei: false };
    const settled: number[] = [];
    for (let day = 8; day < 24; day++) {
      runDay(opened, day, { replay: "again" });
      settled.push(opened.abroad!.today.settledMinor);
    }
    assert.ok(settled.some((minor) => minor < 0), `${bearer}: ${settled}`);
    assert.equal(Math.min(0, opened.ledger.balanceFen(opened.abroad!.chart.nostro)), 0);
  }
});

Deno.test("while the correspondent cannot be reached, nothing is bought abroad, and at home on credit as before", () => {
  const outage =
    "shocks=[{ event: participant-outage, fromDay: 5, untilDay: 7, participant: bank-1, fromMinute: 0, untilMinute: 1440 }]";
  const down = runSmall(world(outage)).result, up = ran();
  const sum = (result: RunResult, name: string) =>
    result.daily.columns[name].slice(5, 7).reduce((total, x) => total + x, 0);
  assert.ok(sum(up, "foreignPurchases") > 0);
  assert.equal(sum(down, "foreignPurchases"), 0);
  assert.ok(sum(down, "settledOnCredit") > 0);
});
