import assert from "node:assert/strict";
import { assertMoves, openSmall, small } from "#/sim/testing/worlds.ts";
import { lineCount } from "#/sim/tables/lines.ts";

const compared = ["identity.policy=recordLinkage"];
const faultless = ["missingBps", "wrongBps", "stalePhoneBps", "staleDistrictBps", "familyPhoneBps"].map((
  one,
) => `identity.linkage.${one}=0`);
const linksOf = (set: string[], shoppers = 1_500) =>
  openSmall(small("interop", { shoppers, set: [...compared, ...set] })).links!;

Deno.test("links go both ways: who is taken for whom by one issuer is taken back by the other", () => {
  const { to, records } = linksOf(["identity.linkage.wrongBps=1500"]);
  let linked = 0;
  for (let i = 0; i * lineCount < to.length; i++) {
    const other = to[i * lineCount];
    if (other < 0) continue;
    linked++;
    assert.equal(to[other * lineCount + 1], i);
  }
  assert.ok(linked > 500 && linked <= Math.min(...records), `${linked} linked`);
});

Deno.test("faultless files link everybody who is in both, and nobody else", () => {
  const { to, quality } = linksOf(faultless);
  assert.deepEqual([quality.falseLinks, quality.missedLinks], [0, 0]);
  for (let i = 0; i * lineCount < to.length; i++) {
    for (let p = 0; p < lineCount; p++) {
      assert.ok(to[i * lineCount + p] === -1 || to[i * lineCount + p] === i);
    }
  }
});

Deno.test("worse files miss more links, cost more looks, and open the bridge to fewer", () => {
  assertMoves("interop", ["identity.linkage.wrongBps=2000", "identity.linkage.missingBps=2000"], {
    missedLinks: "+",
    linkedShare: "-",
    bridgedGmv: "-",
    "turnedAway.identify.not-recognised": "+",
  }, { under: compared, shoppers: 1_500 });
});

Deno.test("false links let issuers read, and decide by, other people's accounts", () => {
  const namesakes = [
    ...compared,
    "identity.linkage.namesakesPerThousandPeople=9000",
    "identity.linkage.districtNamesakesPerThousandPeople=9000",
    "identity.linkage.stalePhoneBps=5000",
    "population.baitiaoUsersBps=6000",
    "world.history.set.population.baitiaoUsersBps=6000",
  ];
  assertMoves("interop", ["identity.linkage.falseLinkTargetBps=5000"], {
    falseLinks: "+",
    wrongPersonUses: "+",
    bridgedGmv: "+",
    "turnedAway.decide.late-account": "+",
  }, { under: namesakes, shoppers: 1_500 });
});

Deno.test("comparing hands over whole files: more is exposed than by showing what a purchase needs", () => {
  assertMoves("interop", ["identity.policy=recordLinkage"], {
    "exposure.jd": "+",
    "exposure.ant": "+",
    linkedShare: "-",
  }, { shoppers: 3_000 });
});
