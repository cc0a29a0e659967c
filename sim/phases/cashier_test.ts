import { assertMoves } from "#/sim/testing/worlds.ts";

Deno.test("cashier: every further step loses buyers", () => {
  assertMoves("interop", ["demand.abandonPerStepBps=300"], {
    "refused.cashier.abandoned": "+",
    lostPurchases: "+",
    gmv: "-",
  });
});

Deno.test("cashier: more steps in one cell lose buyers there", () => {
  assertMoves("interop", ["acceptance.huabei.jd-mall.steps=12"], {
    "refused.cashier.abandoned": "+",
    bridgedPurchases: "-",
  });
});

Deno.test("cashier: a hidden option loses buyers, the more so the stronger hiding is", () => {
  const hidden = ["acceptance.huabei.jd-mall.placement=hidden"];
  assertMoves("interop", hidden, { bridgedPurchases: "-" }, { under: ["demand.abandonPerStepBps=600"] });
  assertMoves("interop", ["demand.placementHiddenFactorBps=50000"], { bridgedPurchases: "-" }, {
    under: [...hidden, "demand.abandonPerStepBps=600"],
  });
});

Deno.test("cashier: being the default keeps buyers, the more so the smaller its factor", () => {
  assertMoves("interop", ["demand.placementDefaultFactorBps=0"], {
    "refused.cashier.abandoned": "-",
    gmv: "+",
  }, {
    under: ["demand.abandonPerStepBps=300"],
  });
});

Deno.test("cashier: a longer way to pay by debit card loses debit purchases only", () => {
  assertMoves("interop", ["demand.debitSteps=12"], {
    "refused.cashier.abandoned": "+",
    "days.settledOnDebit": "-",
  });
});

Deno.test("cashier: who leaves when a line does not work is a lost sale", () => {
  assertMoves("baseline", ["demand.leaveBps=3000"], { lostPurchases: "+", gmv: "-" });
});

Deno.test("cashier: who waits has not bought yet", () => {
  assertMoves("baseline", ["demand.waitBps=3000"], { "purchases.waiting": "+", "purchases.settled": "-" });
});

Deno.test("cashier: the sooner people come back, the fewer wait", () => {
  assertMoves("baseline", ["demand.waitDays=2"], { "days.waiting": "-" });
});

Deno.test("cashier: people who take their other line pay less by debit card", () => {
  assertMoves("baseline", ["demand.otherLineBps=10000"], {
    "days.settledOnDebit": "-",
    "days.settledOnCredit": "+",
  });
});
