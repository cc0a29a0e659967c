import assert from "node:assert/strict";
import { networks, products } from "#/model/names.ts";
import { reason, reasons } from "#/model/reasons.ts";
import { assertSound, openSmall, type Phase, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { outcomesOf } from "./outcomes.ts";
import { runDay } from "./day.ts";
import { purchaseFlag, purchaseStatus } from "./tables/purchases.ts";
import type { World } from "./world.ts";

/** A world in which every kind of end is common. */
const rough = small("interop", {
  days: 40,
  set: [
    "fraud.perYearPpm.stolenAccount=400000",
    "clearing.prefundingCny=1000000000",
    "acceptance.huabei.jd-mall.failurePpm=100000",
    "demand.waitBps=3000",
    "demand.leaveBps=2000",
    "demand.waitDays=3",
    "acceptance.baitiao.alipay.opensDay=10",
  ],
});
/** Runs a supposition phase by phase and shows the world after each. */
function follow(supposed: typeof rough, look: (world: World, phase: Phase) => void): World {
  const world = openSmall(supposed);
  for (let day = 0; day < supposed.scenario.world.days; day++) {
    walkDay(world, day, (phase) => look(world, phase));
  }
  return world;
}

Deno.test("a day is its phases in their order", () => {
  const whole = openSmall(rough), walked = openSmall(rough);
  for (let day = 0; day < 5; day++) {
    runDay(whole, day, { replay: "" });
    walkDay(walked, day);
  }
  assert.deepEqual(outcomesOf(walked), outcomesOf(whole));
});

Deno.test("runDay() tells how long each phase took where there is a clock", () => {
  let now = 0;
  const spent: Record<string, number> = {};
  runDay(openSmall(rough), 0, { replay: "", clock: () => now++, spent });
  const order = "open live authorise clear book refund repay age lose share match provide fund close";
  assert.equal(Object.keys(spent).join(" "), order);
  assert.ok(Object.values(spent).every((took) => took === 1));
});

Deno.test("every want ends once, every day: settled, refused, or still waiting", () => {
  let waited = 0, cancelled = 0;
  const world = follow(rough, (world, phase) => {
    if (phase !== "close") return;
    const { wanted, settled, waiting, waitingAtStart, authorised, refused } = world.counts;
    const turnedAway = refused.reduce((sum, n) => sum + n, 0);
    assert.equal(wanted + waitingAtStart, settled + turnedAway + waiting, `day ${world.today.day}`);
    assert.equal(authorised, settled + refused[reason.bridgeLiquidity], `day ${world.today.day}`);
    assert.equal(refused[reason.none], 0);
    waited = Math.max(waited, waiting);
    cancelled = refused[reason.bridgeLiquidity];
  });
  assert.ok(
    waited > 0 && cancelled > 0,
    "the rough world must have people who wait and purchases that are cancelled",
  );
  const { columns } = world.recorder;
  const total = (name: string) => columns.get(name)!.values.reduce((sum, n) => sum + n, 0);
  assert.equal(total("wanted"), world.counts.wanted);
  assert.equal(
    total("wanted") + world.counts.waitingAtStart,
    total("settledOnCredit") + total("settledOnDebit") + total("lost") + world.counts.waiting,
  );
});

Deno.test("nothing settles twice and nothing cancelled settles: the ledger lends what was authorised and not cancelled", () => {
  follow(rough, (world, phase) => {
    if (phase !== "book") return;
    const { purchases, ledger, firstPurchaseId } = world;
    for (let row = 0; row < purchases.length; row++) {
      if (purchases.product[row] < 0) continue;
      const ended = purchases.status[row] === purchaseStatus.cancelled ? "voided" : "posted";
      // What has ended answers how it ended, whatever is tried again.
      assert.equal(ledger.post(firstPurchaseId + row), ended === "voided" ? 3 : 2);
      assert.equal(ledger.void(firstPurchaseId + row), ended === "voided" ? 3 : 2);
    }
  });
});

Deno.test("a closed cell settles no purchase: none in the baseline, none before its day elsewhere", () => {
  const { result } = runSmall(small("baseline", { days: 40 }));
  assert.equal(result.outcomes.bridgedPurchases.value, 0);
  assert.equal(result.outcomes.bridgedGmv.value, 0);
  const used = new Set<string>();
  follow(rough, (world, phase) => {
    if (phase !== "authorise") return;
    const { purchases, terms, today } = world;
    for (let row = 0; row < purchases.length; row++) {
      const p = purchases.product[row], n = purchases.network[row];
      if (p < 0) continue;
      const cell = terms.cells[p][n];
      assert.notEqual(cell.mode, "closed", `${products[p]} on ${networks[n]}`);
      assert.ok(today.day >= cell.opensDay, `${products[p]} on ${networks[n]} on day ${today.day}`);
      assert.equal((purchases.flags[row] & purchaseFlag.bridged) !== 0, cell.mode === "bridged");
      used.add(`${products[p]} on ${networks[n]}`);
    }
  });
  assert.deepEqual([...used].sort(), [
    "baitiao on alipay",
    "baitiao on jd-mall",
    "huabei on alipay",
    "huabei on jd-mall",
  ]);
});

Deno.test("exposures, positions, prefunded money and the amounts of every line stay within their bounds, phase by phase", () => {
  follow(rough, assertSound);
});

Deno.test("every reason of refusal can be provoked", () => {
  const provoked = new Set<string>();
  const provoke = (set: string[], scenario = "interop") => {
    const { refused, redirected, plotsRefused } =
      runSmall(small(scenario, { set, days: 16 })).result.purchases;
    for (const group of [refused, redirected, plotsRefused]) {
      for (const named of Object.values(group)) Object.keys(named).forEach((name) => provoked.add(name));
    }
  };
  provoke([]);
  provoke([
    "identity.consents.recogniseBps=0",
    "acceptance.huabei.jd-mall.failurePpm=500000",
    "fraud.velocityMaxInWindow=1",
  ]);
  const eager = ["fraud.challengeFromPoints=1", "fraud.refuseFromPoints=1"];
  provoke([...eager, "fraud.travelBps=3000", "fraud.newDeviceBps=3000"]);
  provoke([...eager, "fraud.amountFactorBps=10000", "fraud.amountFloorCny=0", "identity.review.askBps=9000"]);
  provoke([
    ...eager,
    "fraud.perYearPpm.cashOut=1000000",
    "fraud.cash.seenBps=10000",
    "fraud.merchantRiskMaxBps=10",
    "world.history.set.behaviour.hardshipPerYearBps=9000",
    "fraud.cash.medianCny=100",
    "behaviour.hardshipPerYearBps=9000",
  ]);
  provoke([
    "fraud.perYearPpm.deviceRing=1000000",
    "fraud.accountsOnDeviceMax=1",
    "fraud.refuseFromPoints=60",
  ]);
  provoke(["identity.policy=recordLinkage"]);
  provoke(["identity.credentials.lostPerYearPpm=1000000", "identity.unlinkedCapCny=0"]);
  provoke(["shocks=[{ event: replica-outage, fromDay: 2, untilDay: 12, replicas: 7 }]"]);
  provoke(["funding.ant.bankLine.commitmentCny=100000000000", "project.equityCommitmentCny=1000000"]);
  provoke([
    "clearing.prefundingCny=1000000",
    "clearing.rails.rtgs.closesMinute=1000",
    "identity.realNameCapCny=100",
  ]);
  provoke([
    "clearing.transfers.failsPpm=500000",
    "shocks=[{ event: participant-outage, fromDay: 2, untilDay: 9, participant: ant, fromMinute: 0, untilMinute: 900 }]",
  ]);
  provoke(["limits.largeFromShareBps=100", "limits.largePurchases=1", "limits.freezeShareBps=9000"]);
  provoke(["rulebook.rules.bankLeverage.from=2019-07-06", "rulebook.rules.bankLeverage.graceDays=0"]);
  provoke([
    "funding.jd.abs.active=true",
    "rulebook.rules.bondLeverage.from=2019-07-12",
    "rulebook.rules.bondLeverage.mostBps=3000",
    "rulebook.rules.bondLeverage.graceDays=1",
  ]);
  provoke(["rulebook.rules.household.from=2019-07-02", "rulebook.rules.household.mostCny=800"]);
  provoke(["scoring.fusion=pooled", "rulebook.rules.licensedScoring.from=2019-07-05"]);
  const abroad = ["crossBorder.buyersBps=8000", "crossBorder.wantsBps=3000"];
  provoke([
    ...abroad,
    "crossBorder.confirmSeconds=600",
    "crossBorder.quoteValidMinutes=1",
    "crossBorder.onExpiry=refuse",
    "crossBorder.region.perPurchaseCapCny=100",
  ], "x1-cross-border");
  provoke([...abroad, "crossBorder.region.perYearCapCny=150"], "x1-cross-border");
  provoke([...abroad, "crossBorder.region.costCapBps=1800"], "x1-cross-border");
  assert.deepEqual([...provoked].sort(), reasons.slice(1).map(({ name }) => name).sort());
});
