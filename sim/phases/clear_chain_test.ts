// Queues on the bridge: payments that free each other.

import assert from "node:assert/strict";
import { route } from "#/model/clearing/routing.ts";
import { networks } from "#/model/names.ts";
import { load } from "#/scenarios/load.ts";
import { openWorld } from "#/sim/run.ts";
import { purchaseFlag, purchaseStatus } from "#/sim/tables/purchases.ts";
import { clear } from "./clear.ts";
import { openDay } from "./open.ts";

Deno.test("a chain of payments that free each other settles in one window, however long it is", () => {
  const set = [
    "world.history.shoppers=200",
    "world.history.days=30",
    "demand.wantsPerThousandDays=4000",
    "clearing.queueMinutes=1440",
    // Without fees nothing leaks: with one payment's worth each, either issuer can pay only when the other has paid it.
    ...["baitiao.alipay", "huabei.jd-mall"].flatMap((cell) => [
      `acceptance.${cell}.bridgeFeeBps=0`,
      `acceptance.${cell}.acquirerFeeBps=0`,
    ]),
    "merchants.creditDiscountBps.alipay=0",
    "merchants.creditDiscountBps.jd-mall=0",
    "clearing.prefundingCny=400000000",
  ];
  const world = openWorld(load("interop", { shoppers: 8_000, days: 2, set }), 0);
  openDay(world, 0);
  const { purchases, bridge, counts, chart, ledger } = world;
  const cells = [{ product: 0, network: networks.indexOf("alipay") }, {
    product: 1,
    network: networks.indexOf("jd-mall"),
  }];
  const rows = 20_000, amountFen = world.terms.clearing.prefundingFen;
  assert.ok(rows <= purchases.room);
  for (let row = 0; row < rows; row++) {
    purchases.product[row] = cells[row % 2].product;
    purchases.network[row] = cells[row % 2].network;
    purchases.amountFen[row] = amountFen;
    purchases.minute[row] = 500;
    purchases.route[row] = route.bridge;
    purchases.flags[row] = purchaseFlag.bridged;
    purchases.status[row] = purchaseStatus.authorised;
  }
  purchases.length = rows;
  clear(world);
  const settled = purchases.status.subarray(0, rows).filter((status) => status === purchaseStatus.authorised);
  assert.equal(settled.length, rows);
  assert.equal(counts.refused.reduce((sum, n) => sum + n, 0), 0);
  assert.equal(bridge.queue.waiting, 0);
  for (const account of chart.prefund) assert.ok(ledger.balanceFen(account) >= 0);
});
