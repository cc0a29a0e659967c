import assert from "node:assert/strict";
import { allowanceFen } from "#/sim/funding_position.ts";
import { assertMoves, runSmall, small } from "#/sim/testing/worlds.ts";
import { worthFen } from "./close.ts";

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

Deno.test("close: the least capital is what a lender owns less what it owes and expects to lose, on its worst evening", () => {
  const least = [Infinity, Infinity];
  const { result } = runSmall(small("interop", { shoppers: 400, days: 35 }), {
    inspect(world) {
      for (const [k, party] of (["jd", "ant"] as const).entries()) {
        const scale = world.terms.factor / 100;
        least[k] = Math.min(least[k], (worthFen(world, party) - allowanceFen(world, k)) * scale);
      }
    },
  });
  for (const [k, party] of ["jd", "ant"].entries()) {
    const { value } = result.outcomes[`capitalLeast.${party}`];
    assert.ok(Math.abs(value / least[k] - 1) < 1e-9, `${party}: ${value} against ${least[k]}`);
  }
  assertMoves("interop", ["funding.ant.equityShareBps=500"], {
    "capitalLeast.ant": "-",
    "capitalLeast.jd": "0",
  }, {
    shoppers: 400,
    days: 10,
  });
});
