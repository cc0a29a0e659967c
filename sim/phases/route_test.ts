import { assertMoves } from "#/sim/testing/worlds.ts";

const outage = "shocks=[{ event: rail-outage, fromDay: 5, untilDay: 15, rail: rtgs }]";

Deno.test("route: an adapter that fails often turns wants away", () => {
  assertMoves("interop", ["acceptance.huabei.jd-mall.failurePpm=500000"], {
    "turnedAway.route.adapter-failure": "+",
    bridgedPurchases: "-",
  });
});

Deno.test("route: a cell that may fail over outlives an outage of the bridge", () => {
  assertMoves("interop", ["acceptance.huabei.jd-mall.failover=true"], {
    "turnedAway.route.rail-down": "-",
    bridgedPurchases: "+",
    // What takes the channel instead waits for its window; the mean delay may go either way.
    "days.waited": "+",
  }, { under: [outage] });
});

Deno.test("route: a bridge that opens late or closes early turns wants away", () => {
  for (const hours of ["clearing.rails.rtgs.opensMinute=900", "clearing.rails.rtgs.closesMinute=900"]) {
    assertMoves("interop", [hours], { "turnedAway.route.rail-down": "+", bridgedPurchases: "-" });
  }
});

Deno.test("route: a project that cannot pay its bills suspends the bridge", () => {
  assertMoves("interop", ["project.equityCommitmentCny=1000000"], {
    "turnedAway.route.bridge-suspended": "+",
    bridgedPurchases: "-",
    bridgeFees: "-",
  });
});

Deno.test("route: a cell on the existing channel is final later than one on the bridge, and needs no prefunding", () => {
  assertMoves("interop", ["acceptance.huabei.jd-mall.rail=dns"], {
    settlementDelay: "+",
    "days.bridgePaid": "-",
  });
});
