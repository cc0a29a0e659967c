import assert from "node:assert/strict";
import { networks, products } from "#/model/names.ts";
import { read, runSmall, type Small, small } from "#/sim/testing/worlds.ts";

/** Nobody adopts, waits or leaves; every way to pay has as many steps and the same place at the cashier. */
const level = [
  "adoption.applyPerMonthBps=0",
  "adoption.perMissBps=0",
  "adoption.friendsBps=0",
  "adoption.leavePerMonthBps=0",
  "adoption.returnPerMonthBps=0",
  "demand.waitBps=0",
  "demand.leaveBps=0",
  "demand.debitSteps=3",
  ...products.flatMap((product) =>
    networks.flatMap((network) => [
      `acceptance.${product}.${network}.steps=3`,
      `acceptance.${product}.${network}.placement=listed`,
    ])
  ),
];
/** Nothing that crosses is cancelled for want of money. */
const liquid = [
  "clearing.prefundingCny=900000000000",
  "funding.jd.cashBufferCny=900000000000",
  "funding.ant.cashBufferCny=900000000000",
  // Nobody is down, and every message arrives: what is open goes another way around an outage.
  "clearing.transfers.lostPpm=0",
  "clearing.transfers.duplicatedPpm=0",
  "clearing.transfers.reorderedPpm=0",
  "clearing.transfers.latePpm=0",
  "clearing.transfers.failsPpm=0",
  "clearing.outages.platformPerYear=0",
  "clearing.outages.bankPerYear=0",
];

const gmv = (scenario: string, { set = [], ...size }: Small = {}) =>
  read(runSmall(small(scenario, { ...size, set: [...level, ...liquid, ...set] })).result, "gmv");

for (const open of ["interop", "s1-baitiao-on-wechat", "s2-baitiao-on-cards", "s4-baitiao-on-flash-pay"]) {
  Deno.test(`with nobody adopting, waiting or leaving and a level cashier, ${open} sells exactly what the closed world sells`, () => {
    assert.equal(gmv(open, { days: 40 }), gmv("baseline", { days: 40 }));
  });
}

Deno.test("each of waiting, leaving and steps at the cashier makes an uplift again", () => {
  for (
    const set of [
      ["demand.leaveBps=2000"],
      ["demand.waitBps=5000", "demand.waitDays=30"],
      ["demand.debitSteps=6"],
      ["demand.leaveBps=500", "demand.shortLeaveFactorBps=100000"],
    ]
  ) {
    assert.ok(gmv("interop", { set }) > gmv("baseline", { set }), set[0]);
  }
});

Deno.test("without the money to settle them, purchases that cross platforms lower sales instead", () => {
  const set = ["clearing.prefundingCny=1000000"];
  assert.ok(gmv("interop", { set }) < gmv("baseline", { set }));
});
