import { assertMoves } from "#/sim/testing/worlds.ts";

Deno.test("live: more hardship a year, more people in it and later more lateness", () => {
  assertMoves("interop", ["behaviour.hardshipPerYearBps=4000"], {
    "last.inHardship": "+",
    "days.dpd.huabei.M1": "+",
  }, { days: 60 });
});

Deno.test("live: longer hardships leave more people in hardship", () => {
  assertMoves("interop", ["behaviour.hardshipMeanDays=700"], { "last.inHardship": "+" }, {
    under: ["behaviour.hardshipPerYearBps=4000"],
    days: 60,
  });
});

Deno.test("live: hardship follows unemployment as far as it is said to", () => {
  assertMoves("interop", ["behaviour.hardshipPerUnemploymentBps=0"], { "last.inHardship": "-" }, {
    under: ["shocks=[{ event: unemployment-jump, fromDay: 0, untilDay: 60, plusBps: 1000 }]"],
    days: 60,
  });
});

for (const path of ["applyPerMonthBps", "perMissBps", "friendsBps"]) {
  Deno.test(`live: a higher adoption.${path} brings users`, () => {
    assertMoves("interop", [`adoption.${path}=3000`], {
      usersGained: "+",
      "users.baitiao": "+",
      "users.huabei": "+",
      "days.applications.huabei": "+",
    });
  });
}

Deno.test("live: people who leave take users away, and only lines that owe nothing are left", () => {
  assertMoves("interop", ["adoption.leavePerMonthBps=10000"], {
    "days.leavers.huabei": "+",
    "users.huabei": "-",
    "turnedAway.accept.no-line": "+",
  });
});

Deno.test("live: those who left come back as often as they are said to", () => {
  assertMoves("interop", ["adoption.returnPerMonthBps=10000"], { "users.huabei": "+", usersGained: "+" }, {
    under: ["world.history.set.adoption.leavePerMonthBps=10000"],
  });
});

Deno.test("live: with adoption at zero nobody gains a line", () => {
  const none = ["applyPerMonthBps", "perMissBps", "friendsBps", "returnPerMonthBps"].map((path) =>
    `adoption.${path}=0`
  );
  assertMoves("interop", none, { usersGained: "-", "last.users.baitiao": "-" }, {
    under: ["adoption.perMissBps=3000"],
  });
});

Deno.test("live: a limit that grows with a good score refuses fewer purchases", () => {
  assertMoves("interop", ["scoring.goodScoreRaiseBps=10000"], {
    "turnedAway.decide.limit-exceeded": "-",
    creditGmv: "+",
  }, { days: 40 });
});

Deno.test("live: more thefts, more fraud loss, and no more wants", () => {
  assertMoves("interop", ["fraud.perYearPpm.stolenAccount=1000000"], {
    fraudLoss: "+",
    "purchases.wanted": "0",
  }, {
    days: 30,
    under: ["fraud.points.distance=0"],
  });
});
