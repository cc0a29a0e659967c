import assert from "node:assert/strict";
import { clear } from "./clear.ts";
import { openDay } from "./open.ts";
import { share } from "./share.ts";
import { assertMoves, openSmall, read, runSmall, small } from "#/sim/testing/worlds.ts";

const lossy = {
  under: [
    "fraud.perYearPpm.stolenAccount=1000000",
    "fraud.challengeFromPoints=1000",
    "fraud.refuseFromPoints=1000",
    "credit.huabei.chargeOffDpd=60",
  ],
  days: 25,
};

Deno.test("share: market shares move losses between the issuers, and the loss stays the same", () => {
  assertMoves("s0-huabei-on-jd", ["sharing.rule=originator"], {
    "lossBy.jd": "-",
    "lossBy.ant": "+",
    netLoss: "0",
    "resultOf.jd": "+",
    "resultOf.ant": "-",
  }, lossy);
});

Deno.test("share: a higher floor leaves more with who granted the loan", () => {
  assertMoves("s0-huabei-on-jd", ["sharing.originatorFloorBps=9000"], {
    "lossBy.jd": "-",
    "lossBy.ant": "+",
    netLoss: "0",
  }, lossy);
});

Deno.test("share: the shares of every day sum to the day's loss", () => {
  const { result } = runSmall(small("interop", { ...lossy, set: lossy.under }));
  const { netLoss, "lossBy.jd": jd, "lossBy.ant": ant } = result.daily.columns;
  for (const [day, loss] of netLoss.entries()) assert.equal(jd[day] + ant[day], loss, `day ${day}`);
  assert.equal(read(result, "lossBy.jd") + read(result, "lossBy.ant"), read(result, "netLoss"));
});

Deno.test("share: while nothing crosses platforms, each bears its own", () => {
  assertMoves("baseline", ["sharing={ rule: marketShare, originatorFloorBps: 0 }"], {
    "lossBy.jd": "0",
    "lossBy.ant": "0",
  }, lossy);
});

Deno.test("share: cash spent since the last window carries no obligation to bear a loss", () => {
  const world = openSmall(small("s0-huabei-on-jd", { days: 1 }));
  const { ledger, chart, participants: it, memory } = world, [jd, ant] = chart.settle;
  openDay(world, 0);
  clear(world);
  const roomFen = it.roomFen[0], availableFen = ledger.availableFen(jd);
  assert.ok(roomFen > 0 && availableFen > 0);
  // JD spends all its cash, and then has to bear its part of a loss of Ant's.
  ledger.transfer(world.nextId++, ant, jd, availableFen, 20);
  memory.tradeFen.fill(1_000);
  memory.lost[1].stolenBridgedFen = roomFen;
  share(world);
  assert.ok(it.positionFen[0] + ledger.availableFen(jd) >= 0, "JD owes in the window what it has not");
  assert.ok(it.heldByFen[0] > 0, "it is held back until there is money");
});
