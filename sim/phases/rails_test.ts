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

/** The hours of a rail, summed or at most. */
function hoursOf(rail: string, set: readonly string[] = [], days = 20) {
  const { clearing, outcomes } = runSmall(small("interop", { set: [...under, ...set], days })).result;
  const { hours } = clearing!.rails.find((one) => one.rail === rail)!;
  type Column = keyof typeof hours[number];
  return {
    outcomes,
    hours,
    sum: (column: Column) => hours.reduce((all, hour) => all + hour[column], 0),
    most: (column: Column) => Math.max(...hours.map((hour) => hour[column])),
  };
}

for (const rail of railNames) {
  Deno.test(`rails: ${rail} tells by hour what it took: money in use and its cost, what nets out`, () => {
    const own = hoursOf(rail);
    assert.ok(own.most("liquidityPeakCny") > 0 && own.sum("liquidityCostCny") > 0);
    const netted = own.hours.filter(({ nettingRatio }) => nettingRatio > 0).length;
    assert.ok(netted > 0 && own.hours.every(({ nettingRatio }) => nettingRatio >= 0 && nettingRatio < 1));
    for (const { liquidityPeakCny, liquidityCostCny } of own.hours) {
      assert.ok(liquidityPeakCny > 0 || liquidityCostCny === 0);
    }
  });
}

Deno.test("rails: what waits stands in the hours: for the morning in card clearing, behind caps on the channel, for money on the bridge", () => {
  assert.ok(hoursOf("card").most("queuePeakCny") > 0);
  const caps = ["clearing.netDebitCap={rule: flows, shareBps: 500}"];
  assert.equal(hoursOf("dns").most("queuePeakCny"), 0);
  const held = hoursOf("dns", caps);
  assert.ok(held.most("queuePeakCny") > 0);
  // Outcomes look once a day, the hours more often.
  assert.ok(held.most("queuePeakCny") >= held.outcomes.heldObligations.value);
  const poor = ["clearing.prefundingCny=1000000", "clearing.queueMinutes=600"];
  assert.ok(hoursOf("rtgs", poor).most("queuePeakCny") > hoursOf("rtgs").most("queuePeakCny"));
});

Deno.test("rails: gridlock has its hours on the bridge, and on the channel where caps hold back a ring", () => {
  const town = small("g1-gridlock", { shoppers: 2_000, days: 60 });
  const { clearing, outcomes } = runSmall(town).result;
  const [, bridge] = clearing!.rails;
  const minutes = bridge.hours.reduce((sum, { gridlockMinutes }) => sum + gridlockMinutes, 0);
  assert.ok(minutes > 30 && Math.abs(minutes - outcomes.gridlockMinutes.value) < 1e-9);
  assert.equal(hoursOf("dns").sum("gridlockMinutes"), 0);
  const held = hoursOf("dns", ["clearing.netDebitCap={rule: flows, shareBps: 500}"]).sum("gridlockMinutes");
  assert.ok(held > 60 && held <= 1_440, `${held} minutes a day`);
});
