import assert from "node:assert/strict";
import { assertMoves, read, runSmall, small } from "#/sim/testing/worlds.ts";

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
