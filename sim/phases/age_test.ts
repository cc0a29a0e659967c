import { assertMoves } from "#/sim/testing/worlds.ts";

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
    assertMoves("interop", [`collections.${stage}CureFactorBps=50000`], { "days.dpd.huabei.M4+": "-" }, late);
  });
}

Deno.test("age: messages that work better, and from the first day, leave less in arrears", () => {
  const better = ["collections.messageCureFactorBps=50000"];
  assertMoves("interop", better, { "days.dpd.huabei.M1": "-" }, late);
  assertMoves("interop", ["collections.messageFromDpd=14"], { "days.dpd.huabei.M1": "+" }, {
    ...late,
    under: [...troubled, ...better],
  });
});

Deno.test("age: calls and law that never begin cost nothing", () => {
  assertMoves("interop", ["collections.callFromDpd=3650"], { "external.collection-cost": "-" }, late);
  assertMoves("interop", ["collections.lawFromDpd=3650"], { "external.collection-cost": "-" }, late);
});
