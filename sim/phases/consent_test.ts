import assert from "node:assert/strict";
import { assertMoves, openSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { credentialAt, holds, recogniseAt } from "#/sim/tables/identities.ts";
import { reason } from "#/model/reasons.ts";
import { linkRefusal } from "./recognise.ts";

/** Consents and credentials that come and go within days. */
const restless = [
  "identity.consents.givePerMonthBps=3000",
  "identity.consents.withdrawPerMonthBps=3000",
  "identity.credentials.lostPerYearPpm=1000000",
];
const breach = "shocks=[{ event: data-breach, fromDay: 3, untilDay: 5, issuer: ant, withdrawBps: 8000 }]";
const noQuorum = "shocks=[{ event: replica-outage, fromDay: 2, untilDay: 18, replicas: 4 }]";

Deno.test("consent: who takes it back more often is recognised less, and buys less across", () => {
  assertMoves("interop", ["identity.consents.withdrawPerMonthBps=5000"], {
    linkedShare: "-",
    bridgedGmv: "-",
    "turnedAway.identify.no-consent": "+",
    "dataUses.identity": "-",
    "exposure.ant": "-",
  });
});

Deno.test("consent: who gives it more often is recognised more", () => {
  assertMoves("interop", ["identity.consents.givePerMonthBps=5000"], {
    linkedShare: "+",
    "turnedAway.identify.no-consent": "-",
    identityCost: "+",
  });
});

Deno.test("consent: a data breach makes people withdraw, and fewer buy across", () => {
  assertMoves("interop", [breach], {
    linkedShare: "-",
    bridgedGmv: "-",
    "days.consentsWithdrawn.recognise": "+",
    "turnedAway.identify.no-consent": "+",
  });
});

Deno.test("consent: without consent to account data the other line is not read, and its lateness stops nobody", () => {
  assertMoves("interop", ["identity.consents.accountBps=0"], {
    "dataUses.account": "-",
    "turnedAway.decide.late-account": "-",
    attributesDisclosed: "-",
  }, { under: ["identity.consents.givePerMonthBps=0", "population.baitiaoUsersBps=5000"] });
});

Deno.test("consent: lost credentials stop people until a new one is issued", () => {
  assertMoves("interop", ["identity.credentials.lostPerYearPpm=1000000"], {
    linkedShare: "-",
    "turnedAway.identify.credential-revoked": "+",
    "days.revoked": "+",
  }, { under: ["identity.unlinkedCapCny=0"], shoppers: 2_000, days: 30 });
  assertMoves("interop", ["identity.credentials.reissueDays=60"], { linkedShare: "-" }, {
    under: ["identity.credentials.lostPerYearPpm=1000000"],
    days: 75,
  });
});

Deno.test("consent: without a quorum nothing binds, lists grow old, and larger amounts stay at home", () => {
  assertMoves("interop", [noQuorum], {
    "turnedAway.identify.status-stale": "+",
    bridgedGmv: "-",
    "days.ledgerBlocks": "-",
    "days.ledgerWaiting": "+",
  }, { under: restless });
  // One replica less would have left a quorum.
  assertMoves("interop", [noQuorum.replace("replicas: 4", "replicas: 3")], {
    "turnedAway.identify.status-stale": "0",
  }, { under: [...restless, "identity.sharedLedger.outagesPerYear=0"] });
});

Deno.test("consent: a list that may be older is trusted through an outage", () => {
  assertMoves("interop", ["identity.credentials.statusMaxAgeMinutes=20160"], {
    "turnedAway.identify.status-stale": "-",
    bridgedGmv: "+",
  }, { under: [noQuorum] });
});

Deno.test("consent: slower blocks bind later: who agrees today is recognised tomorrow, who lost a telephone is stopped later", () => {
  assertMoves("interop", ["identity.sharedLedger.blockIntervalMinutes=1440"], {
    "turnedAway.identify.credential-revoked": "-",
    identityCost: "-",
  }, { under: [...restless, "identity.unlinkedCapCny=0"], days: 40, shoppers: 2_000 });
});

Deno.test("consent: nobody is linked without a live consent and a live credential, at any minute of any day", () => {
  const world = openSmall(small("interop", { set: restless, days: 40, shoppers: 400 }));
  const { identities, count } = world.shoppers;
  let linked = 0, unlinked = 0;
  for (let day = 0; day < 40; day++) {
    walkDay(world, day);
    for (let i = 0; i < count; i++) {
      for (const minute of [0, 700, 1_439]) {
        const now = day * 1_440 + minute;
        const may = holds(identities, recogniseAt(i), now) && holds(identities, credentialAt(i), now);
        if (linkRefusal(world, i, i & 1, now) === reason.none) {
          assert.ok(may, `shopper ${i} on day ${day}`);
          linked++;
        } else unlinked++;
      }
    }
  }
  assert.ok(linked > 1_000 && unlinked > 1_000, `${linked} and ${unlinked}`);
});

Deno.test("consent: what was revoked stays revoked from the minute at which it is final, until it is issued anew", () => {
  const world = openSmall(small("interop", { set: restless, days: 40, shoppers: 400 }));
  const { identities, count } = world.shoppers;
  const ended = new Map<number, number>();
  let finals = 0;
  for (let day = 0; day < 40; day++) {
    walkDay(world, day);
    for (let i = 0; i < count; i++) {
      const until = identities[credentialAt(i) + 1];
      if (until > 50_000_000) ended.delete(i);
      else if (!ended.has(i)) {
        ended.set(i, until);
        finals++;
      } else assert.equal(until, ended.get(i), "finality is not taken back");
      if (ended.has(i)) assert.ok(!holds(identities, credentialAt(i), Math.max(until, (day + 1) * 1_440)));
    }
  }
  assert.ok(finals > 20, `${finals} revocations became final`);
});
