import assert from "node:assert/strict";
import fc from "fast-check";
import { queueMethods } from "#/model/clearing/methods/registry.ts";
import { participantNames } from "#/model/clearing/transfers/terms.ts";
import { platforms } from "#/sim/ledger/chart.ts";
import { purchaseStatus } from "#/sim/tables/purchases.ts";
import { assertMoves, assertSound, openSmall, read, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";

const shock = (event: string, terms: string) =>
  `shocks=[{ event: ${event}, fromDay: 3, untilDay: 18, ${terms} }]`;
const calm = [
  ...["lostPpm", "duplicatedPpm", "reorderedPpm", "latePpm", "failsPpm"].map((it) =>
    `clearing.transfers.${it}=0`
  ),
  ...["platformPerYear", "bankPerYear"].map((it) => `clearing.outages.${it}=0`),
];
/** Half of the messages late by so much that the money's time runs out. */
const late = ["clearing.transfers.latePpm=200000", "clearing.transfers.lateSeconds=600"];
const moves = (set: string[], expected: Parameters<typeof assertMoves>[2], under: string[] = []) =>
  assertMoves("interop", set, expected, { under: [...calm, ...under] });

Deno.test("transfer: lost messages are repeated, and some transfers run out of time", () => {
  moves(["clearing.transfers.lostPpm=200000"], {
    transferRetries: "+",
    transfersTimedOut: "+",
    bridgedPurchases: "-",
  });
  moves([shock("message-faults", "fault: lost, plusPpm: 200000")], { transferRetries: "+" });
});

Deno.test("transfer: late messages time out, are refused in clearing and come back as lost sales", () => {
  moves(late, {
    ...{
      transfersTimedOut: "+",
      "refused.clear.transfer-timed-out": "+",
      bridgedPurchases: "-",
      lostPurchases: "+",
    },
  });
  moves([shock("message-faults", "fault: late, plusPpm: 200000")], { transferRetries: "+" });
});

Deno.test("transfer: money that is waited for longer settles what was late, and is bound longer", () => {
  moves(["clearing.transfers.timeoutSeconds=1800"], { transfersTimedOut: "-", bridgedPurchases: "+" }, late);
});

Deno.test("transfer: copies change nothing but the number of messages", () => {
  const still = { bridgedPurchases: "0", transfersTimedOut: "0", gmv: "0" } as const;
  moves(["clearing.transfers.duplicatedPpm=200000"], { messagesAgain: "+", ...still });
  moves([shock("message-faults", "fault: duplicated, plusPpm: 200000")], { messagesAgain: "+", ...still });
});

Deno.test("transfer: a message that is overtaken comes after its own repetition", () => {
  moves(["clearing.transfers.reorderedPpm=200000"], { transferRetries: "+", messagesAgain: "+" });
  moves([shock("message-faults", "fault: reordered, plusPpm: 200000")], { transferRetries: "+" });
});

Deno.test("transfer: a longer wait before repeating sends less and settles less", () => {
  moves(["clearing.transfers.retrySeconds=60"], { transferRetries: "-", transfersTimedOut: "+" }, [
    "clearing.transfers.lostPpm=200000",
  ]);
});

Deno.test("transfer: a payee that fails after prepare lets the money go back, sooner or later", () => {
  const failing = shock("failure-after-prepare", "participant: ant, plusPpm: 300000");
  moves([failing], { transfersTimedOut: "+", bridgedPurchases: "-" });
  moves(["clearing.transfers.failsPpm=300000"], { transfersTimedOut: "+" });
  moves(["clearing.transfers.failsSeconds=5"], { transfersTimedOut: "-" }, [failing]);
});

Deno.test("transfer: a payer's clock that is far behind lets every order lapse on arrival", () => {
  moves([shock("clocks-apart", "participant: ant, aheadSeconds: -7200")], {
    ...{ transfersTimedOut: "+", "refused.clear.transfer-timed-out": "+", bridgedPurchases: "-" },
  });
});

Deno.test("transfer: a platform that is down is refused where the payment is routed", () => {
  moves([shock("participant-outage", "participant: ant, fromMinute: 600, untilMinute: 1200")], {
    ...{ "turnedAway.route.participant-down": "+", outageMinutes: "+", creditGmv: "-" },
  });
  moves([shock("participant-outage", "participant: operator, fromMinute: 0, untilMinute: 1440")], {
    ...{ "turnedAway.route.rail-down": "+", bridgedPurchases: "-" },
  });
});

Deno.test("transfer: a bank that is down can be paid but cannot pay: its customers are refused, its debts are held", () => {
  moves([shock("participant-outage", "participant: bank-1, fromMinute: 500, untilMinute: 1440")], {
    ...{ heldByOutage: "+", outageMinutes: "+", lostPurchases: "+" },
  });
});

Deno.test("transfer: who is down submits no bulks, and while the operator is down none settle", () => {
  const down = (participant: string, untilMinute: number) =>
    shock("participant-outage", `participant: ${participant}, fromMinute: 0, untilMinute: ${untilMinute}`);
  const bulks = ["clearing.flows.repayments=rtgs"];
  moves([down("bank-1", 1_440)], { bridgePayments: "-", heldByOutage: "+" }, bulks);
  moves([down("operator", 900)], { bulkDelay: "+", bridgePayments: "-", fellBack: "+" }, bulks);
});

Deno.test("transfer: outages come by luck, more often or longer", () => {
  moves(["clearing.outages.bankPerYear=52"], { outageMinutes: "+" });
  moves(["clearing.outages.platformPerYear=52"], { outageMinutes: "+" });
  moves(["clearing.outages.meanMinutes=400"], { outageMinutes: "+" }, [
    "clearing.outages.platformPerYear=52",
  ]);
});

const dated = { fromDay: fc.nat(3), length: fc.integer({ min: 1, max: 3 }) };
const who = fc.constantFrom(...participantNames.slice(0, platforms.length + 4));
const shocks = fc.array(
  fc.oneof(
    fc.record({ ...dated, event: fc.constant("participant-outage"), participant: who, from: fc.nat(1_300) })
      .map(({ from, ...it }) => ({ ...it, fromMinute: from, untilMinute: from + 130 })),
    fc.record({
      ...{ ...dated, event: fc.constant("message-faults"), plusPpm: fc.nat(200_000) },
      fault: fc.constantFrom("lost", "duplicated", "reordered", "late"),
    }),
    fc.record({
      ...{ ...dated, event: fc.constant("clocks-apart"), participant: who },
      aheadSeconds: fc.integer({ min: -4_000, max: 4_000 }),
    }),
    fc.record({
      ...dated,
      event: fc.constant("failure-after-prepare"),
      participant: who,
      plusPpm: fc.nat(900_000),
    }),
    fc.record({ ...dated, event: fc.constant("rail-outage"), rail: fc.constantFrom("rtgs", "dns") }),
  ).map(({ length, ...it }) => ({ ...it, untilDay: it.fromDay + length })),
  { minLength: 1, maxLength: 6 },
);

/** How the bridge is run: in what order and how far its queue is released, what else goes over it, and what follows it. */
const rules = fc.record({
  method: fc.constantFrom(...Object.keys(queueMethods)),
  flow: fc.constantFrom("dns", "rtgs"),
  failover: fc.boolean(),
  closesMinute: fc.constantFrom(1_100, 1_440),
  pledgedCny: fc.constantFrom(0, 300_000_000),
}).map(({ method, flow, failover, closesMinute, pledgedCny }) => [
  `clearing.queueMethod=${method}`,
  ...["payouts", "refunds", "repayments"].map((it) => `clearing.flows.${it}=${flow}`),
  `acceptance.baitiao.alipay.failover=${failover}`,
  `clearing.rails.rtgs.closesMinute=${closesMinute}`,
  `clearing.collateral.pledgedCny=${pledgedCny}`,
]);

Deno.test("transfer: any schedule of faults keeps the books, and each purchase ends once on its day", () => {
  let timedOut = 0, settled = 0;
  fc.assert(
    fc.property(shocks, fc.constantFrom(500_000_000, 6_000_000_000), rules, (schedule, prefunding, rule) => {
      const set = [
        ...rule,
        `shocks=${JSON.stringify(schedule)}`,
        ...[`clearing.prefundingCny=${prefunding}`, "clearing.transfers.lateSeconds=900"],
        ...[
          "clearing.transfers.latePpm=100000",
          "clearing.transfers.lostPpm=100000",
          "clearing.transfers.failsPpm=100000",
        ],
        ...["demand.wantsPerThousandDays=1500", "clearing.outages.bankPerYear=40"],
      ];
      const world = openSmall(small("interop", { shoppers: 400, days: 6, set }));
      for (let day = 0; day < 6; day++) {
        walkDay(world, day, (phase) => {
          assertSound(world, phase);
          if (phase !== "clear") return;
          const { ledger, faults, purchases, bridge } = world;
          assert.equal(faults.inFlight.size, 0);
          // Only the purchases' own debts are pending until they are booked.
          for (const account of world.chart.prefund) assert.equal(ledger.creditsPending[account], 0);
          assert.equal(bridge.queue.waiting, 0);
          for (let row = 0; row < purchases.length; row++) {
            settled += Number(purchases.status[row] === purchaseStatus.authorised);
          }
          timedOut += faults.timedOut;
        });
      }
    }),
    { seed: 91, numRuns: 16 },
  );
  assert.ok(timedOut > 20 && settled > 1_000, `${timedOut} timed out, ${settled} settled`);
});

Deno.test("transfer: each that meets a fault ends once, in time, late, given back or for want of money, every day", () => {
  const { result } = runSmall(small("c-faults", { shoppers: 2_000, days: 30 }));
  const column = (name: string) => result.daily.columns[`transfers${name}`];
  const ends = ["InTime", "Late", "TimedOut", "Unfunded"];
  column("Prepared").forEach((prepared, day) => {
    assert.equal(ends.reduce((sum, name) => sum + column(name)[day], 0), prepared, `day ${day}`);
  });
  for (const name of ["InTime", "Late", "TimedOut"]) assert.ok(read(result, `transfers${name}`) > 0, name);
});

Deno.test("transfer: later messages make more transfers late, too little money ends some for want of it", () => {
  moves(["clearing.transfers.latePpm=200000"], { transfersLate: "+", transfersPrepared: "+" }, [
    ...["clearing.transfers.latePpm=20000", "clearing.transfers.lateSeconds=4"],
  ]);
  moves(["clearing.prefundingCny=1000000"], { transfersUnfunded: "+", transfersInTime: "-" }, [
    "clearing.transfers.lostPpm=200000",
  ]);
});
