import assert from "node:assert/strict";
import { typologies, typologyNames } from "#/model/fraud/typologies/registry.ts";
import { lineState } from "#/sim/tables/lines.ts";
import { mark } from "#/sim/tables/shoppers.ts";
import { assertMoves, openSmall, read, runSmall, small, walkDay } from "#/sim/testing/worlds.ts";
import { setLimit } from "./live.ts";

/** Where the same setting is needed in the history, so that people are there on day 0. */
const always = (...settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);
/** Many holders of both lines, many in trouble, some who do not exist, rules that stop nobody. */
const open = [
  ...always(
    "population.baitiaoUsersBps=7000",
    "behaviour.hardshipPerYearBps=5000",
    "fraud.syntheticIdentity.inventedPpm=100000",
    "fraud.syntheticIdentity.seasonedDays=30",
  ),
  "fraud.challengeFromPoints=1000",
  "fraud.refuseFromPoints=1000",
  "merchants.complicitBps=2000",
  "funding.jd.bankLine.commitmentCny=900000000000",
  "funding.ant.bankLine.commitmentCny=900000000000",
];
const shoppers = 2_400;

for (const name of typologyNames) {
  Deno.test(`plot: ${name} takes money where it happens, and none where it does not`, () => {
    const none = small("interop", {
      set: [...open, ...always(`fraud.perYearPpm.${name}=0`)],
      days: 30,
      shoppers,
    });
    assert.equal(read(runSmall(none).result, `fraudTaken.${name}`), 0);
    assertMoves("interop", [`fraud.perYearPpm.${name}=1000000`], {
      [`fraudTaken.${name}`]: "+",
      "purchases.wanted": "0",
    }, {
      under: [...open, `fraud.perYearPpm.${name}=0`],
      days: 30,
      shoppers,
    });
  });
}

Deno.test("plot: one typology more changes nobody's part in another", () => {
  const of = (set: string[]) => runSmall(small("interop", { set: [...open, ...set], days: 30 })).result;
  const before = of([]), after = of(["fraud.perYearPpm.friendlyFraud=1000000"]);
  const tried = (result: typeof before, name: string) => read(result, `days.plotsTried.${name}`);
  for (const name of ["stolenAccount", "deviceRing"]) {
    // Who is in one plot cannot take up another at the same time: a few differ.
    assert.ok(Math.abs(tried(before, name) - tried(after, name)) <= 0.1 * tried(before, name) + 1, name);
  }
});

Deno.test("plot: who leaves pays nothing any more, and is charged off", () => {
  const world = openSmall(small("interop", { set: [...open, "fraud.perYearPpm.bustOut=1000000"], days: 40 }));
  for (let day = 0; day < 40; day++) walkDay(world, day);
  let gone = 0, late = 0;
  for (let i = 0; i < world.shoppers.count; i++) {
    if (!(world.shoppers.marks[i] & mark.absconded)) continue;
    gone++;
    if (world.lines.oldestDue[2 * i] >= 0 || world.lines.oldestDue[2 * i + 1] >= 0) late++;
  }
  assert.ok(gone > 20 && late > gone / 4, `${gone} gone, ${late} late`);
});

Deno.test("plot: those who leave raise lateness; those who kite put it off", () => {
  assertMoves("interop", ["fraud.perYearPpm.bustOut=1000000"], {
    "dpd30Share.ant": "+",
    "days.chargeOff.huabei": "+",
  }, {
    under: [...open, "credit.huabei.chargeOffDpd=60"],
    days: 110,
  });
  assertMoves("interop", ["fraud.perYearPpm.kiting=1000000"], { "days.dpd.huabei.M1": "-" }, {
    under: [...open, "fraud.perYearPpm.kiting=0"],
    days: 45,
    shoppers: 6_000,
  });
});

Deno.test("plot: cash is dearer where shops take more for it, and who has cashed out misses more", () => {
  const cash = [...open, "fraud.perYearPpm.cashOut=1000000"];
  assertMoves(
    "interop",
    ["fraud.cash.feeBps=3000"],
    { "resultOf.merchants": "+", "resultOf.shoppers": "-" },
    {
      under: cash,
      days: 30,
    },
  );
  assertMoves("interop", ["fraud.cash.missFactorBps=50000"], { "days.dpd.huabei.M1": "+" }, {
    under: [...cash, ...always("behaviour.hardshipMeanDays=400"), "fraud.cash.missFactorBps=10000"],
    days: 75,
    shoppers: 6_000,
  });
});

Deno.test("plot: who bears what is disputed follows what was proved", () => {
  const stolen = [...open, "fraud.perYearPpm.stolenAccount=1000000"];
  assertMoves("interop", ["fraud.liability.rule=cardScheme"], {
    "fraudBorne.merchants": "+",
    "fraudBorne.issuers": "-",
    fraudLoss: "-",
    "resultOf.merchants": "-",
  }, { under: stolen });
  const scheme = [...stolen, "fraud.liability.rule=cardScheme"];
  assertMoves("interop", ["fraud.liability.nativeProofFromAssurance=1"], { "fraudBorne.merchants": "-" }, {
    under: scheme,
  });
  assertMoves("interop", ["fraud.liability.bridgedProofFromAssurance=1"], { "fraudBorne.merchants": "-" }, {
    under: scheme,
  });
});

Deno.test("plot: a friendly dispute is seen through where it can be proved that the holder was there", () => {
  const denied = [...open, "fraud.perYearPpm.friendlyFraud=1000000", "fraud.liability.rule=cardScheme"];
  assertMoves("interop", [
    "fraud.liability.nativeProofFromAssurance=1",
    "fraud.liability.bridgedProofFromAssurance=1",
  ], {
    "fraudBorne.merchants": "-",
  }, { under: denied });
});

Deno.test("plot: who finds one line spent goes on to spend the other as if nothing had been", () => {
  const huabeiSpent = (baitiaoIsSpent: boolean): number => {
    const world = openSmall(
      small("interop", { set: [...open, "fraud.perYearPpm.bustOut=1000000"], days: 40 }),
    );
    const { lines, shoppers, purchases } = world;
    for (let day = 0; day < 40; day++) {
      let strikers = 0;
      for (let i = 0; i < shoppers.count; i++) {
        if (shoppers.plotDay[i] !== day || lines.state[2 * i] !== lineState.active) continue;
        if (lines.state[2 * i + 1] !== lineState.active) continue;
        strikers++;
        if (baitiaoIsSpent) setLimit(world, 2 * i, 0);
      }
      walkDay(world, day);
      if (strikers < 5) continue;
      let spent = 0;
      for (let row = 0; row < purchases.length; row++) {
        if (purchases.plot[row] === typologies.bustOut.code && purchases.product[row] === 1) spent++;
      }
      return spent;
    }
    return NaN;
  };
  const usual = huabeiSpent(false);
  assert.ok(usual >= 5, `${usual} purchases`);
  assert.equal(huabeiSpent(true), usual);
});
