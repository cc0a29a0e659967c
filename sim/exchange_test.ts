// The exchange: Baitiao's people get Huabei's line and the other way round, everything else the same. Lateness is theirs.
import assert from "node:assert/strict";
import { products } from "#/model/names.ts";
import { pairedDifference } from "#/model/statistics/paired_difference.ts";
import { scenarioSchema } from "#/scenarios/schema.ts";
import { buildOpeningBook, runWorld } from "#/sim/run.ts";
import { lineCount } from "#/sim/tables/lines.ts";
import type { Shoppers } from "#/sim/tables/shoppers.ts";
import { small } from "#/sim/testing/worlds.ts";

const baitiao = 1, huabei = 2;
/** Half of everybody holds one line, half the other: two groups of people that do not overlap. */
const apart = [
  "population.huabeiUsersBps=5000",
  "population.baitiaoUsersBps=5000",
  "population.baitiaoUsersWithHuabeiBps=0",
  "world.history.set.population.huabeiUsersBps=5000",
  "world.history.set.population.baitiaoUsersBps=5000",
  "world.history.set.population.baitiaoUsersWithHuabeiBps=0",
  // Nobody takes the other line up on the way.
  ...["applyPerMonthBps", "perMissBps", "friendsBps", "returnPerMonthBps"].flatMap((key) => [
    `adoption.${key}=0`,
    `world.history.set.adoption.${key}=0`,
  ]),
  "dataLoop.invitationAcceptBps=0",
  "world.history.set.dataLoop.invitationAcceptBps=0",
  "world.history.shoppers=1000",
  "world.history.days=200",
];

const levelTerms: Record<string, number> = {
  instalmentFromCny: 100_000,
  instalmentShareBps: 500,
  limitIncomeMultipleBps: 9_000,
  statementDayOfMonth: 1,
  dueDayOfMonth: 10,
};

/** The people of one issuer are three times as prone to hardship and as forgetful, whichever line they are given. */
function unlike(shoppers: Shoppers): void {
  for (let i = 0; i < shoppers.count; i++) {
    if (!(shoppers.firstLines[i] & baitiao)) continue;
    shoppers.proneness[i] = Math.min(255, shoppers.proneness[i] * 3);
    shoppers.indiscipline[i] = Math.min(255, shoppers.indiscipline[i] * 3);
  }
}

/** Baitiao's people get Huabei's line, and Huabei's Baitiao's. */
function exchanged(shoppers: Shoppers): void {
  for (let i = 0; i < shoppers.count; i++) {
    const lines = shoppers.firstLines[i];
    shoppers.firstLines[i] = (lines & baitiao ? huabei : 0) | (lines & huabei ? baitiao : 0);
  }
}

/** The people differ, and then each has the other line. */
function unlikeExchanged(shoppers: Shoppers): void {
  unlike(shoppers);
  exchanged(shoppers);
}

/** Both lines with the terms of Huabei, taken at the same shops. */
const level = [
  "credit.baitiao.schedule=statement",
  ...[
    "instalmentFromCny",
    "instalmentShareBps",
    "limitIncomeMultipleBps",
    "statementDayOfMonth",
    "dueDayOfMonth",
  ]
    .flatMap((key) => products.map((product) => `credit.${product}.${key}=${levelTerms[key]}`)),
  "acceptance.baitiao.alipay.mode=native",
  "acceptance.huabei.jd-mall.mode=native",
].flatMap((setting) => [setting, `world.history.set.${setting}`]);

/** The share of bills missed by each group (0: those who hold Baitiao at first), as the lines count them. */
function missedOf(
  replication: number,
  people: (shoppers: Shoppers) => void,
  terms: readonly string[] = [],
): [number, number] {
  const supposed = small("baseline", { shoppers: 1_000, days: 120, set: [...apart, ...terms] });
  const openingBook = buildOpeningBook(supposed, replication, { people });
  const { world } = runWorld(supposed, replication, { openingBook, people });
  const missed = [0, 0], bills = [0, 0];
  for (let i = 0; i < world.shoppers.count; i++) {
    for (let p = 0; p < lineCount; p++) {
      const line = i * lineCount + p;
      missed[p] += world.lines.late[line];
      bills[p] += world.lines.late[line] + world.lines.onTime[line];
    }
  }
  return [missed[0] / bills[0], missed[1] / bills[1]];
}

Deno.test("when the two issuers' borrowers are exchanged, lateness follows the people", () => {
  const replications = [0, 1, 2, 3, 4, 5];
  const before = replications.map((r) => missedOf(r, unlike));
  const after = replications.map((r) => missedOf(r, unlikeExchanged));
  const at = (sides: [number, number][], p: number) => sides.map((side) => side[p]);
  // As it is, Baitiao's people miss more bills; exchanged, Huabei's line has them, and its lateness is the higher one.
  const asItIs = pairedDifference(at(before, 0), at(before, 1));
  const turned = pairedDifference(at(after, 0), at(after, 1));
  assert.ok(asItIs.low > 0, `as it is ${asItIs.low}..${asItIs.high}`);
  assert.ok(turned.high < 0, `exchanged ${turned.low}..${turned.high}`);
});

Deno.test("with the same terms on both lines each group misses as many bills whichever line it holds", () => {
  const replications = [0, 1, 2, 3, 4, 5];
  const before = replications.map((r) => missedOf(r, unlike, level));
  const after = replications.map((r) => missedOf(r, unlikeExchanged, level));
  const gap = pairedDifference(before.map(([a]) => a), before.map(([, b]) => b));
  const prone = pairedDifference(after.map(([, b]) => b), before.map(([a]) => a));
  const steady = pairedDifference(after.map(([a]) => a), before.map(([, b]) => b));
  assert.ok(gap.low > 0, `${gap.low}..${gap.high}`);
  for (const { mean } of [prone, steady]) {
    assert.ok(Math.abs(mean) < gap.mean / 4, `a group moves by ${mean}, the gap is ${gap.mean}`);
  }
});

Deno.test("without a difference between the people there is nothing to follow", () => {
  const replications = [0, 1, 2];
  const gaps = (people: (shoppers: Shoppers) => void) =>
    replications.map((r) => missedOf(r, people)).map(([a, b]) => a - b);
  const { mean } = pairedDifference(gaps(exchanged), gaps(() => {}));
  const planted = pairedDifference(
    gaps(unlikeExchanged),
    gaps(unlike),
  );
  assert.ok(Math.abs(mean) < Math.abs(planted.mean) / 4, `${mean} against ${planted.mean}`);
});

Deno.test("no parameter acts on one issuer's default alone: behaviour, limits and collections know no product", () => {
  const shape = scenarioSchema.shape;
  for (const group of ["behaviour", "limits", "scoring", "notices", "dataLoop"] as const) {
    const keys = Object.keys(shape[group].shape);
    for (const name of [...products, "jd", "ant"]) assert.ok(!keys.includes(name), `${group}.${name}`);
  }
  // Of collection an issuer says its days, places and order; how people answer to a stage is the same for both.
  const { forgets, cannot } = shape.collections.shape;
  for (const effects of [forgets, cannot]) {
    assert.ok(Object.keys(effects.shape).every((key) => key.endsWith("FactorBps")));
  }
  for (const product of products) {
    const own = Object.keys(shape.collections.shape[product].shape);
    assert.ok(own.every((key) => !/Bps$|Ppm/.test(key)), own.join(", "));
  }
});
