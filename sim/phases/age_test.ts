import assert from "node:assert/strict";
import { never } from "#/sim/tables/shoppers.ts";
import { planAt } from "#/sim/tables/lines.ts";
import { assertMoves, openSmall, small, walkDay } from "#/sim/testing/worlds.ts";

const troubled = ["world.history.set.behaviour.hardshipPerYearBps=4000", "behaviour.hardshipPerYearBps=4000"];
const late = { days: 40, under: troubled };

Deno.test("age: late fees earn the issuer what late payers lose", () => {
  assertMoves("interop", ["credit.huabei.lateFeePpmPerDay=5000"], {
    "resultOf.ant": "+",
    "resultOf.shoppers": "-",
  }, late);
});

Deno.test("age: from its date on the cap on all-in cost trims late fees and instalments", () => {
  const changed = ["rulebook.allInCostCapFrom=2019-07-01"];
  assertMoves("interop", changed, { "resultOf.ant": "-", "resultOf.shoppers": "+" }, late);
  assertMoves(
    "interop",
    ["rulebook.allInCostCapBps=1000"],
    { "resultOf.jd": "-", "resultOf.shoppers": "+" },
    {
      ...late,
      under: [...troubled, ...changed],
    },
  );
});

Deno.test("age: before its date the cap changes nothing", () => {
  assertMoves(
    "interop",
    ["rulebook.allInCostCapBps=0"],
    { "resultOf.ant": "0", "resultOf.shoppers": "0" },
    late,
  );
});

for (const stage of ["call", "law"]) {
  Deno.test(`age: the cost of the ${stage} leaves the issuer`, () => {
    assertMoves("interop", [`collections.${stage}CostCny=600`], {
      "external.collection-cost": "+",
      "resultOf.ant": "-",
      "resultOf.shoppers": "0",
    }, late);
  });

  Deno.test(`age: a ${stage} that works better leaves less in arrears`, () => {
    const better = ["forgets", "cannot"].map((who) => `collections.${who}.${stage}FactorBps=50000`);
    assertMoves("interop", better, { "days.dpd.huabei.M4+": "-" }, late);
  });
}

Deno.test("age: messages that work better, and from the first day, leave less in arrears", () => {
  const better = ["forgets", "cannot"].map((who) => `collections.${who}.messageFactorBps=50000`);
  assertMoves("interop", better, { "days.dpd.huabei.M1": "-" }, late);
  assertMoves("interop", ["collections.huabei.messageFromDpd=14"], { "days.dpd.huabei.M1": "+" }, {
    ...late,
    under: [...troubled, ...better],
  });
});

Deno.test("age: calls and law that never begin cost nothing", () => {
  assertMoves("interop", ["collections.huabei.callFromDpd=3650"], { "external.collection-cost": "-" }, late);
  assertMoves("interop", ["collections.huabei.lawFromDpd=3650"], { "external.collection-cost": "-" }, late);
});

Deno.test("age: from 90 days past due on the whole of a plan is due at once, and not before", () => {
  const world = openSmall(small("interop", { days: 40, set: troubled })), { lines } = world;
  let spared = 0, called = 0;
  for (let day = 0; day < 40; day++) {
    walkDay(world, day);
    for (let line = 0; line < lines.count; line++) {
      if (lines.oldestDue[line] === never) continue;
      const dpd = day - lines.oldestDue[line], planFen = lines.fen[planAt(line)];
      if (dpd < 90 && planFen > 0) spared++;
      if (dpd < 90) continue;
      called++;
      assert.equal(planFen, 0, `line ${line}, ${dpd} days past due`);
      assert.equal(lines.firstLoan[line], -1);
    }
  }
  assert.ok(spared > 0 && called > 0);
});
