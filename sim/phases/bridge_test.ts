import assert from "node:assert/strict";
import { assertMoves, assertSound, openSmall, read, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";

const town = { shoppers: 2_000, days: 60 };

Deno.test("bridge: gridlock arises from the institutions' own payments, a saving queue cures it, without repayments there is none", () => {
  const { gridlockMinutes } = runSmall(small("g1-gridlock", town)).result.outcomes;
  assert.ok(gridlockMinutes.value > 30, `${gridlockMinutes.value} minutes a day`);
  assertMoves("g1-gridlock", ["clearing.queueMethod=gridlock"], {
    gridlockMinutes: "-",
    bridgeDelay: "-",
    bulkDelay: "-",
    bridgeSettledShare: "+",
    fellBack: "-",
  }, town);
  const cured = runSmall(small("g1-gridlock-saving", town)).result.outcomes.gridlockMinutes.value;
  assert.equal(cured, 0);
  const without = small("g1-gridlock", { ...town, set: ["clearing.flows.repayments=dns"] });
  assert.equal(runSmall(without).result.outcomes.gridlockMinutes.value, 0);
});

Deno.test("bridge: every method settles no less than first in, first out with unions, and money cures what saving does", () => {
  assertMoves(
    "g1-gridlock",
    ["clearing.queueMethod=unions"],
    { bridgeSettledShare: "+", bridgeDelay: "-" },
    town,
  );
  assertMoves("g1-gridlock", ["clearing.queueMethod=bypass"], { bridgeSettledShare: "+" }, town);
  assertMoves("g1-gridlock", ["clearing.prefundingCny=1000000000"], {
    gridlockMinutes: "-",
    bridgeDelay: "-",
    bridgeLiquidity: "+",
    liquidityCost: "+",
  }, town);
});

Deno.test("bridge: money of acquirers and banks, and smaller bulks more often, shorten the delay of their payments", () => {
  assertMoves("g1-gridlock", ["clearing.otherPrefundingCny=200000000"], { bulkDelay: "-" }, town);
  assertMoves("g1-gridlock", ["clearing.bulkMinutes=30"], { "days.bulkWaited": "-" }, {
    ...town,
    under: ["clearing.prefundingCny=1000000000", "clearing.otherPrefundingCny=1000000000"],
  });
});

Deno.test("bridge: intraday credit against a pledge stands in for money, a haircut takes from it, and both cost", () => {
  const pledged = "clearing.collateral.pledgedCny=400000000";
  assertMoves(
    "g1-gridlock",
    [pledged],
    { bridgeDelay: "-", liquidityCost: "+", "clearingCost.jd": "+" },
    town,
  );
  assertMoves("g1-gridlock", ["clearing.collateral.haircutBps=9000"], { bridgeDelay: "+" }, {
    ...town,
    under: [pledged],
  });
  assertMoves("g1-gridlock", ["clearing.collateral.creditPricePpm=500"], {
    "clearingCost.jd": "+",
    "resultOf.operator": "+",
  }, { ...town, under: [pledged] });
  assertMoves("g1-gridlock", ["clearing.collateral.costBps=200"], { "clearingCost.jd": "+" }, {
    ...town,
    under: [pledged],
  });
});

Deno.test("bridge: interest on what waits goes from payer to payee", () => {
  assertMoves("g1-gridlock", ["clearing.lateInterestBps=3000"], {
    "clearingCost.jd": "+",
    "resultOf.jd": "-",
  }, town);
});

Deno.test("bridge: routing by cost takes payments off the bridge that would wait there too long", () => {
  assertMoves("g1-gridlock", ["clearing.routing=cheapest"], { rerouted: "+", fellBack: "-" }, town);
  // Who may wait no longer than half an hour takes whatever is in time.
  assertMoves("g1-gridlock", ["clearing.queueMinutes=30"], { bridgePayments: "+" }, {
    ...town,
    under: ["clearing.routing=cheapest"],
  });
});

Deno.test("bridge: each flow settles on the rail on which it is put, and the books agree every day", () => {
  const on = ["repayments", "payouts", "refunds", "chargebacks", "lossShares"];
  const set = [
    ...on.map((flow) => `clearing.flows.${flow}=rtgs`),
    "clearing.otherPrefundingCny=5000000000",
  ];
  const all = runSmall(small("interop", { shoppers: 1_500, days: 50, set })).result;
  assert.ok(read(all, "days.bulkSettled") > 0);
  for (const flow of ["repayments", "payouts", "refunds"]) {
    assertMoves("interop", [`clearing.flows.${flow}=rtgs`], { "days.bulkSettled": "+" }, {
      shoppers: 1_500,
      days: 50,
      under: ["clearing.otherPrefundingCny=5000000000"],
    });
  }
});

Deno.test("bridge: nobody is overdrawn beyond its credit after any phase, and nothing waits overnight", () => {
  for (const method of ["fifo", "gridlock", "bilateral", "exact"]) {
    const set = [`clearing.queueMethod=${method}`, "clearing.collateral.pledgedCny=30000000"];
    const world = openSmall(small("g1-gridlock", { shoppers: 600, days: 5, set }));
    for (let day = 0; day < 5; day++) walkDay(world, day, (phase) => assertSound(world, phase));
    assert.equal(world.bridge.queue.waiting, 0);
  }
});

Deno.test("bridge: a direct connection pays no operator, and the report says that it is unlawful", () => {
  assertMoves("interop", ["clearing.connection=platform"], { bridgeFees: "-", "resultOf.operator": "-" });
  const { clearing } = runSmall(small("interop", { set: ["clearing.connection=platform"] })).result;
  assert.match(clearing!.mark, /unlawful on 2019-07-01 .*209号/);
  assert.equal(runSmall(small("interop")).result.clearing!.mark, "");
});
