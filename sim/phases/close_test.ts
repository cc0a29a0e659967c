import { assertMoves } from "#/sim/testing/worlds.ts";

Deno.test("close: who used a line in a shorter time counts as active less often, and owes nothing else", () => {
  assertMoves("interop", ["behaviour.activityDays=10"], {
    "activeUsers.huabei": "-",
    "users.huabei": "0",
    "last.balance.huabei": "0",
    gmv: "0",
  });
});

Deno.test("close: a lower bound counts more people as over-indebted, and changes nobody's debts", () => {
  assertMoves("interop", ["behaviour.overIndebtedBurdenBps=1000"], { overIndebtedShare: "+", gmv: "0" });
});
