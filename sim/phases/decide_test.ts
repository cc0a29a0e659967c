import { assertMoves } from "#/sim/testing/worlds.ts";

Deno.test("decide: smaller limits for new users refuse more of their purchases", () => {
  assertMoves("interop", ["credit.huabei.limitIncomeMultipleBps=500"], {
    "turnedAway.decide.limit-exceeded": "+",
    creditGmv: "-",
  }, { under: ["adoption.applyPerMonthBps=10000", "credit.huabei.limitFloorCny=50"] });
});

Deno.test("decide: a lower floor under limits, and a lower cap, refuse more", () => {
  const under = ["adoption.applyPerMonthBps=10000"];
  assertMoves("interop", ["credit.huabei.limitFloorCny=0"], { "turnedAway.decide.limit-exceeded": "+" }, {
    under: [...under, "credit.huabei.limitIncomeMultipleBps=0"],
  });
  assertMoves("interop", ["credit.huabei.limitCapCny=500"], { "turnedAway.decide.limit-exceeded": "+" }, {
    under,
  });
});

Deno.test("decide: where issuers see each other's arrears, a late payer is stopped on both lines", () => {
  const lateOnBoth = ["behaviour.hardshipPerYearBps=4000", "population.baitiaoUsersBps=8000"];
  assertMoves("interop", ["rulebook.joinedLineLatenessStops=false"], {
    "turnedAway.decide.late-account": "-",
  }, {
    under: lateOnBoth.flatMap((setting) => [setting, `world.history.set.${setting}`]),
  });
});

Deno.test("decide: new credit is throttled when the line is too small to fund it", () => {
  assertMoves("interop", ["funding.ant.bankLine.commitmentCny=100000000000"], {
    "turnedAway.decide.funding-throttle": "+",
    approvalRate: "-",
    lostPurchases: "+",
  });
});

Deno.test("decide: more instalments keep balances longer and earn more", () => {
  const more = ["credit.huabei.instalmentShareBps=10000", "credit.huabei.instalmentFromCny=50"];
  assertMoves("interop", more, { "last.balance.huabei": "+", "resultOf.ant": "+" }, { days: 75 });
});

Deno.test("decide: instalments only from a larger amount on earn less", () => {
  assertMoves("interop", ["credit.baitiao.instalmentFromCny=100000"], {
    "last.balance.baitiao": "-",
    "resultOf.jd": "-",
  }, {
    days: 75,
  });
});
