// One contract for all rails in the run: hours, capacity, fee, latency, failure and outage act on each that carries payments.

import assert from "node:assert/strict";
import { railNames } from "#/sim/tables/rail_tally.ts";
import { assertMoves, runSmall, small } from "#/sim/testing/worlds.ts";

/** A world in which each rail carries payments: Baitiao at card terminals by card clearing, at Alipay over the bridge. */
const under = ["acceptance.baitiao.union-card={mode: bridged, rail: card}"];

Deno.test("rails: each carries payments, and its sums by hour are those of its day", () => {
  const { clearing, outcomes } = runSmall(small("interop", { set: under })).result;
  for (const rail of railNames) {
    const { hours } = clearing!.rails.find((one) => one.rail === rail)!;
    assert.equal(hours.length, 24);
    assert.ok(hours.some(({ payments, valueCny }) => payments > 0 && valueCny > 0), rail);
  }
  const [, bridge] = clearing!.rails;
  const value = bridge.hours.reduce((sum, { valueCny }) => sum + valueCny, 0);
  assert.ok(Math.abs(value - outcomes.bridgePayments.value) < 1);
});

for (const rail of railNames) {
  Deno.test(`rails: ${rail} charges its fee, and its latency and failures are seen`, () => {
    assertMoves("interop", [`clearing.rails.${rail}.feeFen=50`], { "clearingCost.jd": "+" }, { under });
    assertMoves("interop", [`clearing.rails.${rail}.latencySeconds=60`], { settlementDelay: "+" }, { under });
    assertMoves("interop", [`clearing.rails.${rail}.failurePpm=500000`], {
      railFailures: "+",
      "turnedAway.route.rail-down": "+",
    }, { under });
  });

  Deno.test(`rails: an outage of ${rail} turns payments away or holds them up`, () => {
    const outage = `shocks=[{ event: rail-outage, fromDay: 5, untilDay: 9, rail: ${rail} }]`;
    assertMoves("interop", [outage], { "turnedAway.route.rail-down": "+" }, { under });
  });
}

Deno.test("rails: a cut-off of the channel keeps late payments for the morning, closing hours of the others turn them away", () => {
  assertMoves("interop", ["clearing.rails.dns.closesMinute=900"], { settlementDelay: "+" }, { under });
  for (const rail of ["rtgs", "card"]) {
    assertMoves(
      "interop",
      [`clearing.rails.${rail}.closesMinute=900`],
      { "turnedAway.route.rail-down": "+" },
      {
        under,
      },
    );
  }
});

Deno.test("rails: beyond its capacity the bridge makes payments wait, the channel keeps them for the morning, cards take the channel", () => {
  const waiting = { under: [...under, "clearing.queueMinutes=600"] };
  assertMoves("interop", ["clearing.rails.dns.capacityPerDay=10000000"], { settlementDelay: "+" }, waiting);
  assertMoves("interop", ["clearing.rails.rtgs.capacityPerDay=10000000"], { bridgeDelay: "+" }, waiting);
  assertMoves("interop", ["clearing.rails.card.capacityPerDay=100000"], { settlementDelay: "-" }, waiting);
});

Deno.test("rails: caps follow their rule", () => {
  assertMoves("interop", ["clearing.netDebitCap={rule: flows, shareBps: 500}"], { heldObligations: "+" });
  assertMoves("interop", ["clearing.netDebitCap={rule: prefunding, shareBps: 1000}"], {
    heldObligations: "+",
  });
  assertMoves("interop", ["clearing.netDebitCap.shareBps=5000"], { heldObligations: "-" }, {
    under: ["clearing.netDebitCap={rule: flows, shareBps: 500}"],
  });
});
