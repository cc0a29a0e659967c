import assert from "node:assert/strict";
import { accountAt, credentialAt, locationAt, longAgo, recogniseAt } from "#/sim/tables/identities.ts";
import { farAway } from "#/model/identity/consents.ts";
import { run } from "#/sim/run.ts";
import { bookOf, openSmall, runSmall, small } from "#/sim/testing/worlds.ts";
import type { World } from "#/sim/world.ts";
import { describe } from "./trace_words.ts";

/** Consents and credentials that come and go, through an outage and a breach; people who do not exist. */
const restless = [
  "identity.consents.givePerMonthBps=3000",
  "identity.consents.withdrawPerMonthBps=3000",
  "identity.credentials.lostPerYearPpm=1000000",
  "identity.credentials.reissueDays=2",
  "fraud.syntheticIdentity.inventedPpm=50000",
  "fraud.perYearPpm.stolenAccount=1000000",
  "shocks=[{ event: replica-outage, fromDay: 12, untilDay: 16, replicas: 5 }, " +
  "{ event: data-breach, fromDay: 8, untilDay: 10, issuer: ant, withdrawBps: 5000 }]",
];
const sampled = (ppm: number) => `identity.credentials.sampledProofsPpm=${ppm}`;

Deno.test("the whole protocol agrees with the columns on a large sample of a restless world", () => {
  const result =
    runSmall(small("interop", { shoppers: 400, days: 40, set: [...restless, sampled(300_000)] })).result;
  assert.ok(result.proofs > 500, `${result.proofs} proofs`);
  assert.ok(result.purchases.refused.identify["credential-revoked"] >= 0);
});

Deno.test("proving moves no result, whatever the share", () => {
  const of = (ppm: number) => {
    const supposed = small("interop", { shoppers: 400, days: 10, set: [sampled(ppm)] });
    return run(supposed, 0, { openingBook: bookOf(supposed) });
  };
  const none = of(0), some = of(20_000), many = of(200_000);
  assert.deepEqual([none.proofs, some.hash, many.hash], [0, none.hash, none.hash]);
  assert.ok(many.proofs > 4 * some.proofs && some.proofs > 0, `${some.proofs} and ${many.proofs}`);
});

Deno.test("where nobody presents credentials nothing is proved", () => {
  for (const policy of ["separate", "recordLinkage"]) {
    const set = [`identity.policy=${policy}`, sampled(500_000)];
    assert.equal(runSmall(small("interop", { shoppers: 300, days: 3, set })).result.proofs, 0);
  }
});

const flips: [string, (world: World, i: number) => void][] = [
  [
    "a consent",
    ({ shoppers: { identities } }, i) => identities[recogniseAt(i)] = flipped(identities[recogniseAt(i)]),
  ],
  [
    "a consent to the use of accounts",
    ({ shoppers: { identities } }, i) => identities[accountAt(i)] = flipped(identities[accountAt(i)]),
  ],
  [
    "a consent to the use of places",
    ({ shoppers: { identities } }, i) => identities[locationAt(i)] = flipped(identities[locationAt(i)]),
  ],
  ["a credential", ({ shoppers: { identities } }, i) => identities[credentialAt(i) + 1] = 0],
  ["an assurance level", ({ shoppers }, i) => shoppers.assurance[i] ^= 1],
];
const flipped = (minute: number) => minute === longAgo ? farAway : longAgo;

for (const [what, flip] of flips) {
  Deno.test(`${what} that is flipped in the columns stops the run, with the shopper, the day and both verdicts`, () => {
    const supposed = small("interop", { shoppers: 300, days: 12, set: [sampled(500_000)] });
    assert.throws(
      () =>
        runSmall(supposed, {
          inspect: (world, day) => {
            if (day === 3) { for (let i = 0; i < world.shoppers.count; i++) flip(world, i); }
          },
        }),
      /^Error: Day [4-9], shopper \d+: columns and identity protocol disagree on .*: the columns say .*, the protocol says/,
    );
  });
}

Deno.test("a followed shopper who took the consent back is not said to agree", () => {
  const world = openSmall(small("interop", { shoppers: 300 })), { identities } = world.shoppers;
  const i = Array.from({ length: 300 }, (_, i) => i).find((i) => identities[recogniseAt(i)] === longAgo)!;
  assert.equal(describe(world, i, 3)["agrees to be linked"], "yes");
  identities[recogniseAt(i) + 1] = 2 * 1_440;
  assert.equal(describe(world, i, 3)["agrees to be linked"], "no");
});
