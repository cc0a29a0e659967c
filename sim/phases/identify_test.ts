import { assertMoves } from "#/sim/testing/worlds.ts";

Deno.test("identify: without consent there are only small payments across platforms", () => {
  assertMoves("interop", ["identity.consents.recogniseBps=0"], {
    bridgedPurchases: "-",
    bridgedGmv: "-",
    "turnedAway.identify.no-consent": "+",
  });
});

Deno.test("identify: separate identities are as good as no consent", () => {
  assertMoves("interop", ["identity.policy=separate"], {
    bridgedPurchases: "-",
    "turnedAway.identify.no-consent": "+",
  });
});

Deno.test("identify: a higher cap for unlinked shoppers lets more across", () => {
  assertMoves("interop", ["identity.unlinkedCapCny=100000"], {
    "turnedAway.identify.no-consent": "-",
    bridgedGmv: "+",
  });
});

for (const cap of ["deviceOnlyCapCny", "realNameCapCny"]) {
  Deno.test(`identify: a lower identity.${cap} asks for more assurance`, () => {
    assertMoves("interop", [`identity.${cap}=50`], {
      "turnedAway.identify.assurance-too-low": "+",
      approvalRate: "-",
    });
  });
}

Deno.test("identify: a cell that asks for the highest assurance turns people away", () => {
  assertMoves("interop", ["acceptance.huabei.jd-mall.requiredAssurance=3"], {
    "turnedAway.identify.assurance-too-low": "+",
    bridgedPurchases: "-",
  });
});

Deno.test("identify: bound cards give the highest assurance", () => {
  assertMoves(
    "interop",
    ["population.boundCardBps=10000"],
    { "turnedAway.identify.assurance-too-low": "-" },
    {
      under: ["identity.realNameCapCny=50"],
    },
  );
});
