import assert from "node:assert/strict";
import { assertMoves, openSmall, small } from "#/sim/testing/worlds.ts";
import { oblige } from "./clear.ts";

Deno.test("clear: with next to nothing prefunded no purchase crosses the bridge", () => {
  assertMoves("interop", ["clearing.prefundingCny=1000000"], {
    bridgeExpired: "+",
    bridgedPurchases: "-",
    "refused.clear.bridge-liquidity": "+",
    lostPurchases: "+",
    peakLiquidity: "-",
  });
});

Deno.test("clear: with plenty prefunded nothing expires", () => {
  assertMoves("interop", ["clearing.prefundingCny=30000000000"], {
    bridgeExpired: "-",
    bridgedPurchases: "+",
  }, {
    under: ["clearing.prefundingCny=1000000000"],
  });
});

Deno.test("clear: the longer payments may wait, the longer the queue", () => {
  assertMoves("interop", ["clearing.queueMinutes=600"], { "days.bridgeQueued": "+", settlementDelay: "+" }, {
    under: ["clearing.prefundingCny=1000000000", "clearing.queueMinutes=0"],
  });
});

Deno.test("clear: a low net debit cap of issuers bounds their positions and holds their payments back", () => {
  assertMoves("interop", ["clearing.issuerNetDebitCapCny=100000000"], {
    peakLiquidity: "-",
    "bookLine.huabei": "-",
    bridgedPurchases: "0",
  });
});

Deno.test("clear: a low net debit cap of banks holds repayments back, so that issuers draw more", () => {
  assertMoves("interop", ["clearing.bankNetDebitCapCny=100000000"], {
    "bookLine.huabei": "+",
    "resultOf.banks": "+",
  });
});

Deno.test("clear: one window late in the day makes the existing channel slower than four", () => {
  assertMoves("baseline", ["clearing.windowMinutes=[1320]"], { settlementDelay: "+", peakLiquidity: "+" });
});

Deno.test("clear: the bridge's fee moves income from issuer to operator", () => {
  assertMoves("interop", ["acceptance.huabei.jd-mall.bridgeFeeBps=60"], {
    bridgeFees: "+",
    "resultOf.operator": "+",
    "resultOf.ant": "-",
  });
});

Deno.test("clear: the acquirer's fee moves income from issuer to acquirer", () => {
  assertMoves("interop", ["acceptance.huabei.jd-mall.acquirerFeeBps=60"], {
    "resultOf.jd": "+",
    "resultOf.ant": "-",
  });
});

Deno.test("clear: a higher discount moves income from shops to who lends and acquires", () => {
  assertMoves("interop", ["merchants.creditDiscountBps.alipay=200"], {
    "resultOf.merchants": "-",
    "resultOf.ant": "+",
  });
  assertMoves("interop", ["merchants.debitDiscountBps=200"], {
    "resultOf.merchants": "-",
    "resultOf.wechat": "+",
  });
});

Deno.test("clear: what a payer owes is taken into the window up to its room, and nothing overtakes what is held back", () => {
  const world = openSmall(small("interop", { shoppers: 200 })), { participants: it } = world;
  it.roomFen[0] = 100;
  assert.equal(oblige(world, 0, 1, 60), true);
  assert.equal(oblige(world, 0, 1, 41), false);
  assert.equal(oblige(world, 0, 2, 1), false);
  assert.deepEqual([it.positionFen[0], it.positionFen[1], it.positionFen[2]], [-60, 60, 0]);
  assert.equal(it.heldByFen[0], 42);
  assert.equal(it.deepestFen[0], -60);
  // Others are not held up, and what comes in makes no room before the window ends.
  it.roomFen[1] = 0;
  assert.equal(oblige(world, 1, 0, 60), true);
  assert.equal(oblige(world, 1, 0, 1), false);
});
