import assert from "node:assert/strict";
import { externalFlows, issuerOf, parties, products } from "#/model/names.ts";
import { buckets } from "#/model/credit/delinquency.ts";
import { openSmall, read, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { partyResultFen } from "./phases/close.ts";

/** A world in which money moves in every way: thefts, charge-offs, a project, bridged losses. */
const set = [
  "fraud.perYearPpm.stolenAccount=400000",
  "behaviour.hardshipPerYearBps=4000",
  "world.history.set.behaviour.hardshipPerYearBps=4000",
  "credit.huabei.chargeOffDpd=60",
  "credit.baitiao.chargeOffDpd=60",
  "clearing.reconciliation.breakPpm=20000",
  "cobrand={active: true, uptakePerMonthBps: 10000}",
];
const supposed = small("interop", { days: 40, set });
const { result } = runSmall(supposed);
const { columns } = result.daily;

Deno.test("results by party and external flows sum to zero, to the fen, every day", () => {
  const world = openSmall(supposed);
  for (let day = 0; day < 40; day++) {
    walkDay(world, day);
    const results = parties.reduce((sum, party) => sum + partyResultFen(world, party), 0);
    const external = world.chart.external.reduce(
      (sum, account, k) => sum + world.ledger.balanceFen(account) - world.memory.externalAtStartFen[k],
      0,
    );
    assert.equal(results + external, 0, `day ${day}`);
  }
});

Deno.test("results by party and external flows sum to zero as they are told", () => {
  const sum = [
    ...parties.map((party) => `resultOf.${party}`),
    ...externalFlows.map((flow) => `external.${flow}`),
  ]
    .reduce((sum, name) => sum + read(result, name), 0);
  assert.equal(sum, 0);
});

Deno.test("every party has a result that is not nothing, and so has every external flow", () => {
  for (const party of parties.filter((party) => party !== "investors")) {
    assert.notEqual(read(result, `resultOf.${party}`), 0, party);
  }
  // Shares stand at what was paid for them.
  assert.equal(read(result, "resultOf.investors"), 0);
  for (const flow of externalFlows) assert.notEqual(read(result, `external.${flow}`), 0, flow);
});

Deno.test("losses by party sum to the net loss, every day and in all, and the net loss is what was written off and stolen", () => {
  for (let day = 0; day < 40; day++) {
    assert.equal(columns["lossBy.jd"][day] + columns["lossBy.ant"][day], columns.netLoss[day], `day ${day}`);
  }
  assert.equal(read(result, "lossBy.jd") + read(result, "lossBy.ant"), read(result, "netLoss"));
  assert.ok(read(result, "netLoss") > read(result, "fraudLoss") && read(result, "fraudLoss") > 0);
  assert.equal(
    read(result, "external.claim-buyers"),
    -read(result, "days.recovery.baitiao") - read(result, "days.recovery.huabei"),
  );
});

Deno.test("buckets of lateness sum to the balance of each product, every day", () => {
  for (const product of products) {
    for (let day = 0; day < 40; day++) {
      const sum = buckets.reduce((sum, bucket) => sum + columns[`dpd.${product}.${bucket}`][day], 0);
      assert.equal(sum, columns[`balance.${product}`][day], `${product} on day ${day}`);
    }
  }
});

Deno.test("the outcomes that every result has are there, with their units", () => {
  const units: Record<string, string> = {
    gmv: "CNY",
    creditGmv: "CNY",
    bridgedGmv: "CNY",
    bridgedPurchases: "purchases",
    lostPurchases: "purchases",
    approvalRate: "share",
    netLoss: "CNY",
    peakLiquidity: "CNY",
    settlementDelay: "minutes",
    fundingGapDays: "days",
    overIndebtedShare: "share",
    projectCash: "CNY",
    "lossBy.jd": "CNY",
    "lossBy.ant": "CNY",
  };
  for (const product of products) {
    units[`users.${product}`] = "people";
    units[`dpd30Share.${issuerOf[product]}`] = units[`dpd90Share.${issuerOf[product]}`] = "share";
  }
  for (const party of parties) units[`resultOf.${party}`] = "CNY";
  for (const [name, unit] of Object.entries(units)) assert.equal(result.outcomes[name]?.unit, unit, name);
  for (const [name, { value, unit }] of Object.entries(result.outcomes)) {
    assert.ok(Number.isFinite(value) && !Object.is(value, -0), name);
    // A rate of charge-off is of a year, and may pass the whole book in a short run.
    if (unit === "share" && !name.startsWith("chargeOffRate")) {
      assert.ok(value >= 0 && value <= 1, `${name} ${value}`);
    }
  }
  assert.deepEqual(Object.keys(result.outcomes), Object.keys(result.outcomes).toSorted());
});

Deno.test("the record has an entry a day in every column, none of which is not a number", () => {
  for (const [name, values] of Object.entries(columns)) {
    assert.equal(values.length, 40, name);
    assert.ok(values.every(Number.isFinite), name);
  }
});

Deno.test("counts of purchases are of the record: each shopper stands for as many people as it is said", () => {
  const { purchases, world } = result;
  assert.equal(world.peoplePerShopper, 750_000);
  assert.equal(read(result, "days.wanted"), purchases.wanted * 750_000);
  assert.equal(read(result, "days.settledOnCredit"), purchases.settledOnCredit * 750_000);
});

Deno.test("an uncalibrated world has no targets, the world of 2019 shows each beside what was simulated by then", () => {
  assert.deepEqual(runSmall(small("interop2025", { days: 2 })).result.calibration, []);
  assert.ok(result.calibration.length >= 8);
  // The first target speaks of December 2019; a run of 40 days does not reach it.
  assert.ok(result.calibration.every(({ simulated }) => simulated === null));
  const long = runSmall(small("baseline", { days: 190, shoppers: 150 })).result;
  const balance = long.calibration.find(({ name }) => name === "Huabei balance per active user")!;
  const day = 183; // 31 December 2019
  const { "activeBalance.huabei": owed, "activeUsers.huabei": users } = long.daily.columns;
  assert.equal(balance.simulated, owed[day] / users[day]);
});
