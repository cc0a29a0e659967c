import { assertMoves } from "#/sim/testing/worlds.ts";

Deno.test("fund: a small commitment leaves days on which credit cannot be funded", () => {
  assertMoves("interop", ["funding.ant.bankLine.commitmentCny=100000000000"], {
    fundingGapDays: "+",
    "turnedAway.decide.funding-throttle": "+",
    "bookLine.huabei": "-",
  });
});

Deno.test("fund: equity alone draws nothing from banks", () => {
  assertMoves("interop", ["funding.ant.bankLine.active=false"], {
    "bookLine.huabei": "-",
    "resultOf.banks": "-",
  });
});

Deno.test("fund: more own money behind the opening book draws less and pays less interest", () => {
  assertMoves("interop", ["funding.ant.equityShareBps=8000"], {
    "bookLine.huabei": "-",
    "resultOf.ant": "+",
    "resultOf.banks": "-",
  });
});

Deno.test("fund: dearer lines cost the issuer what the banks earn", () => {
  for (const dearer of ["funding.ant.bankLine.spreadBps=400", "macro.baseRateBps=900"]) {
    assertMoves("interop", [dearer], {
      "resultOf.ant": "-",
      "resultOf.banks": "+",
      "resultOf.shoppers": "0",
    });
  }
});

Deno.test("fund: a larger cash buffer is drawn from the banks", () => {
  assertMoves("interop", ["funding.ant.cashBufferCny=40000000000"], {
    "bookLine.huabei": "+",
    "days.cash.ant": "+",
  });
});

Deno.test("fund: higher incomes leave more with shoppers", () => {
  assertMoves("interop", ["macro.incomeGrowthBps=[500]", "macro.unemploymentBps=[510]"], {
    "resultOf.shoppers": "+",
    "external.wages": "-",
  });
});

Deno.test("fund: the project spends what it costs to build and to run", () => {
  for (const path of ["researchCny", "integrationCny", "firstOperationsCny"]) {
    assertMoves("interop", [`project.${path}=250000000`], { "external.capex": "+", "resultOf.project": "-" });
  }
  assertMoves("interop", ["project.runningCostPerMonthCny=9000000"], {
    "external.operating-cost": "+",
    "resultOf.project": "-",
  });
  assertMoves("interop", ["project.active=false"], { "external.capex": "-", bridgeFees: "-" });
});

Deno.test("fund: the contract's share of bridge fees moves income from the operator to the project", () => {
  assertMoves("interop", ["project.feeShareBps=10000"], {
    "resultOf.project": "+",
    "resultOf.operator": "-",
    bridgeFees: "0",
  }, {
    days: 40,
  });
});

Deno.test("fund: capex follows its curve", () => {
  assertMoves("interop", ["project.capexCurveBps=[9000, 1000]"], { "external.capex": "+" }, {
    under: ["project.equityCommitmentCny=900000000"],
  });
});
