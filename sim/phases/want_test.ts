import assert from "node:assert/strict";
import { assertMoves, openSmall, small } from "#/sim/testing/worlds.ts";
import { blankWant, drawWant } from "./want.ts";

Deno.test("want: a higher rate of wants sells more", () => {
  assertMoves("interop", ["demand.wantsPerThousandDays=800"], { "purchases.wanted": "+", gmv: "+" });
});

Deno.test("want: stronger weekends move wants from weekdays to weekends", () => {
  const stronger = ["demand.weekendFactorBps=20000"];
  assertMoves("interop", stronger, { "last.wanted": "+" }, { days: 6 });
  assertMoves("interop", stronger, { "last.wanted": "-" }, { days: 5 });
});

Deno.test("want: larger baskets sell for more, not more often", () => {
  assertMoves("baseline", ["demand.categories.groceries.basketMedianCny=84"], {
    gmv: "+",
    "purchases.wanted": "0",
  });
});

Deno.test("want: more electronics among the wants, more money", () => {
  const shifted = [
    "demand.categories.electronics.weightBps=1600",
    "demand.categories.groceries.weightBps=2400",
  ];
  assertMoves("baseline", shifted, { gmv: "+", "purchases.wanted": "0" });
});

Deno.test("want: what is bought in JD's mall meets a shop that takes no Huabei", () => {
  assertMoves("baseline", ["demand.categories.groceries.jdMallShareBps=4000"], {
    "turnedAway.accept.not-accepted": "+",
  });
});

Deno.test("want: Baitiao's first users buy more in the mall, so it is used more", () => {
  assertMoves("baseline", ["demand.jdAffinityOfBaitiaoUsersBps=10000"], { "last.balance.baitiao": "-" });
});

Deno.test("want: honest travellers meet the distance rule", () => {
  assertMoves("interop", ["fraud.travelBps=600"], { insultedShare: "+", "turnedAway.screen.distance": "+" });
});

Deno.test("want: a greater appetite for credit moves purchases from debit cards to lines", () => {
  assertMoves("interop", ["population.creditAppetiteBps=8000"], {
    "days.settledOnCredit": "+",
    "days.settledOnDebit": "-",
    "purchases.wanted": "0",
  });
});

Deno.test("want: larger thefts cost more", () => {
  assertMoves("interop", ["fraud.stolenAccount.medianCny=300"], { fraudLoss: "+" }, {
    under: [
      "fraud.perYearPpm.stolenAccount=1000000",
      "fraud.challengeFromPoints=1000",
      "fraud.refuseFromPoints=1000",
      "fraud.stolenAccount.medianCny=100",
    ],
  });
});

Deno.test("want: a want is the same whenever it is drawn, whatever was drawn before", () => {
  const world = openSmall(small("interop", { shoppers: 200 }));
  const first = blankWant(), again = blankWant();
  drawWant(world, first, 17, 3, 1);
  drawWant(world, blankWant(), 18, 3, 0);
  drawWant(world, again, 17, 3, 1);
  assert.deepEqual(again, first);
  drawWant(world, again, 17, 3, 2);
  assert.notDeepEqual({ ...again, number: 1 }, first);
});

Deno.test("want: every want has a place, an hour and an amount that can be", () => {
  const world = openSmall(small("interop", { shoppers: 200 })), want = blankWant();
  for (let i = 0; i < 200; i++) {
    for (let day = 0; day < 20; day++) {
      drawWant(world, want, i, day, 0);
      assert.ok(want.minute >= 420 && want.minute < 1_440);
      assert.ok(Number.isInteger(want.amountFen) && want.amountFen >= 100);
      assert.equal(world.merchants.category[want.merchant], want.category);
    }
  }
});
