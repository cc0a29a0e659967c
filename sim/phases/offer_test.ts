import assert from "node:assert/strict";
import { pairedDifference } from "#/model/statistics/paired_difference.ts";
import { assertMoves, read, runSmall, small } from "#/sim/testing/worlds.ts";

Deno.test("data loop: with it cut nobody gets an offer, and limits and scores stand still", () => {
  assertMoves("baseline", ["dataLoop.active=false"], {
    "offersSent.invitation": "-",
    "offersSent.higherLimit": "-",
    "offersSent.instalments": "-",
    "notices.raise": "-",
    "notices.cut": "-",
  }, { days: 40 });
});

Deno.test("data loop: each arrow can be cut by itself", () => {
  assertMoves("baseline", ["dataLoop.rescore=false"], { "notices.raise": "-", "notices.cut": "-" }, {
    days: 40,
  });
  assertMoves("baseline", ["dataLoop.retarget=false"], { "notices.offer": "-", "notices.application": "-" }, {
    days: 40,
    under: ["dataLoop.invitationAcceptBps=5000"],
  });
});

Deno.test("data loop: with it cut less is bought on credit and fewer hold lines, over paired replications", () => {
  const replications = [0, 1, 2, 3, 4];
  const under = ["dataLoop.invitationAcceptBps=1000"];
  const [cut, whole] = [false, true].map((active) => {
    const set = [...under, `dataLoop.active=${active}`];
    const supposed = small("baseline", { set, shoppers: 1_600, days: 90 });
    return replications.map((replication) => runSmall(supposed, { replication }).result);
  });
  for (const outcome of ["creditGmv", "usersGained"]) {
    const of = (results: typeof cut) => results.map((result) => read(result, outcome));
    const { high } = pairedDifference(of(cut), of(whole));
    assert.ok(high < 0, `${outcome} moves by at most ${high}`);
  }
});

Deno.test("offers: keener invitations bring users, and invitations only to people with orders", () => {
  assertMoves("baseline", ["dataLoop.invitationAcceptBps=8000"], {
    "offersTaken.invitation": "+",
    usersGained: "+",
  }, { days: 40 });
  assertMoves("baseline", ["dataLoop.invitationOrders=20"], { "offersSent.invitation": "-" }, { days: 40 });
  assertMoves("baseline", ["dataLoop.offerMarginPoints=300"], { "notices.offer": "-" }, { days: 40 });
});

Deno.test("offers: a higher limit for who uses much of it refuses fewer purchases", () => {
  assertMoves("baseline", ["dataLoop.higherLimitBps=10000", "dataLoop.higherLimitAcceptBps=10000"], {
    "turnedAway.decide.limit-exceeded": "-",
    "offersTaken.higherLimit": "+",
  }, { days: 60 });
  assertMoves("baseline", ["dataLoop.higherLimitFromUseBps=9900"], { "offersSent.higherLimit": "-" }, {
    days: 40,
  });
});

Deno.test("offers: instalments that are offered are taken, and keep balances longer", () => {
  const more = ["dataLoop.instalmentOfferBps=9000", "credit.huabei.instalmentShareBps=500"];
  assertMoves("baseline", [more[0]], { "offersTaken.instalments": "+", "last.balance.huabei": "+" }, {
    under: [more[1]],
    days: 60,
  });
});

Deno.test("cashier: the line that is preselected draws buyers from the one they prefer", () => {
  const under = [
    "population.baitiaoUsersBps=8000",
    "world.history.set.population.baitiaoUsersBps=8000",
    "population.prefersBaitiaoBps=10000",
  ];
  assertMoves("interop", ["demand.preselectedTakenBps=9000"], {
    preselectedTaken: "+",
    bridgedPurchases: "-",
  }, {
    under,
  });
  // Beside another default nothing is preselected against the wish.
  assertMoves("interop", ["acceptance.baitiao.alipay.placement=default"], { preselectedTaken: "-" }, {
    under,
  });
  const { result } = runSmall(small("baseline", { set: under }));
  assert.equal(read(result, "preselectedTaken"), 0, "no network of the closed world takes both lines");
});
