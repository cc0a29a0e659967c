import assert from "node:assert/strict";
import { aucDifference } from "#/model/scoring/measures/auc.ts";
import { scoreColumns, scoreRow } from "#/model/scoring/fit/score.ts";
import { type FusionName, fusions } from "#/model/scoring/fusion/registry.ts";
import { run } from "#/sim/run.ts";
import { pastOf, trainingOf } from "#/sim/past.ts";
import { accountAt, longAgo } from "#/sim/tables/identities.ts";
import { farAway } from "#/model/identity/consents.ts";
import { bookOf, openSmall, read, small, walkDay } from "#/sim/testing/worlds.ts";
import type { Scenario } from "#/scenarios/schema.ts";
import { featuresOf, fitCards, jointColumns, type Scorecards } from "./cards.ts";
import { type Feature, featureNames, features, featureValue } from "./features.ts";
import { fusedPoints, scoreFactors } from "./points.ts";
import { samplesOf, scorecardKey, scorecardsOf } from "./scorecards.ts";
import { type TrainingSample, watch } from "./training.ts";

const names = Object.keys(fusions) as FusionName[];
const always = (...settings: string[]) => settings.flatMap((one) => [one, `world.history.set.${one}`]);
/** A village whose people are in trouble often enough for a score to learn from a few hundred. */
const taught = (set: string[] = [], more = {}) =>
  small("interop", {
    set: [
      ...always(
        "scoring.card=fitted",
        "behaviour.hardshipPerYearBps=2500",
        // Statements tell of wages that fail to come in: what the other side adds.
        "population.boundCardBps=9000",
        "scoring.training.observationDays=120",
        "scoring.training.performanceDays=200",
      ),
      "world.history.shoppers=6000",
      ...set,
    ],
    ...more,
  });
const school = taught(), past = pastOf(school).scenario, { scoring } = school.scenario;
const samples = samplesOf(past, scoring);
const other = watch(trainingOf(past, scoring), "holdout");
const fitted = new Map<FusionName, Scorecards>();
/** The cards of a fusion on the samples, fitted once for all tests. */
function fittedCards(fusion: FusionName): Scorecards {
  const cards = fitted.get(fusion) ?? fitCards(samples, scoring, fusion);
  fitted.set(fusion, cards);
  return cards;
}
const clone = (sample: TrainingSample): TrainingSample => structuredClone(sample);

/** Out of sample, how much better a fusion orders one product's people than its issuer alone. */
function gain(fusion: FusionName, p: number, { train = samples, test = other, said = scoring } = {}) {
  const isShared = train === samples && said === scoring, isPersonal = said.personalFeatures;
  const cards = isShared ? fittedCards(fusion) : fitCards(train, said, fusion);
  const of = (name: FusionName) => jointColumns(test[p], { p, fusion: name, alone: cards.alone, isPersonal });
  const joint = scoreColumns(cards.joint[p], of(fusion)).map((score) => -score);
  const alone = scoreColumns(cards.alone[p], of("alone")).map((score) => -score);
  return aucDifference(joint, alone, test[p].isBad);
}

Deno.test("the training population has people of its own, both classes, and the same rows each time", () => {
  for (const [p, sample] of samples.entries()) {
    assert.ok(sample.rows > 500 && sample.bads > 60, `${sample.product}: ${sample.bads} of ${sample.rows}`);
    assert.notDeepEqual(sample.columns.jdReturns.slice(0, 50), other[p].columns.jdReturns.slice(0, 50));
  }
  assert.deepEqual(watch(trainingOf(past, scoring)), samples);
});

Deno.test("a feature is NaN or a number, and who holds no line has nothing on it", () => {
  for (const sample of samples) {
    for (const name of featureNames) {
      const { line }: Feature = features[name], column = sample.columns[name];
      for (let row = 0; row < sample.rows; row++) {
        assert.ok(column[row] !== column[row] || Math.abs(column[row]) < 1e6);
      }
      if (line !== undefined && sample.product === (line === 0 ? "baitiao" : "huabei")) {
        assert.ok(
          sample.columns[line === 0 ? "baitiaoLateBills" : "huabeiLateBills"].every((value) => value >= 0),
        );
      }
    }
  }
});

for (const fusion of names) {
  Deno.test(`${fusion}: its card uses the features that the fusion may use, converges, and is the same again`, () => {
    const cards = fittedCards(fusion);
    assert.equal(cards.source, "fitted");
    cards.joint.forEach((card, p) => {
      const allowed: string[] = [
        ...featuresOf(p, fusion, false),
        ...(fusions[fusion].crosses === "score" ? ["otherScore"] : []),
      ];
      for (const { name } of card.variables) assert.ok(allowed.includes(name), `${fusion} uses ${name}`);
      assert.ok(card.convergence.isConverged && card.variables.length > 1);
      assert.ok(!card.variables.some(({ name }) => name.startsWith("person")));
    });
    if (fusion !== "federated") assert.deepEqual(fitCards(samples, scoring, fusion), cards);
  });
}

Deno.test("masked sums give the score that pooled data would give", () => {
  const [pooled, apart] = (["pooled", "federated"] as const).map(fittedCards);
  pooled.joint.forEach((card, p) => {
    const columns = jointColumns(other[p], { p, fusion: "pooled", alone: pooled.alone, isPersonal: false });
    const [a, b] = [card, apart.joint[p]].map((one) => scoreColumns(one, columns));
    assert.ok(a.every((score, row) => Math.abs(score - b[row]) <= 2));
  });
});

Deno.test("pooled data order people better than each issuer alone; shuffling the other's data takes that away", () => {
  const shuffled = (all: readonly TrainingSample[], owners: readonly string[]) =>
    all.map((sample) => {
      const copy = clone(sample), by = Math.floor(sample.rows / 2);
      for (const name of featureNames) {
        if (!owners.includes(features[name].owner)) continue;
        copy.columns[name] = sample.columns[name].map((_, row) =>
          sample.columns[name][(row + by) % sample.rows]
        );
      }
      return copy;
    });
  const first = gain("pooled", 0);
  assert.ok(first.low > 0, `${first.difference} (${first.low} to ${first.high})`);
  // Baitiao's issuer owns what JD knows; everybody else's data are now anybody's.
  const foreign = ["ant", "wallet", "bank", "bureau"];
  const without = gain("pooled", 0, { train: shuffled(samples, foreign), test: shuffled(other, foreign) });
  assert.ok(without.low <= 0.005 && without.difference < first.difference / 2, `${without.difference}`);
});

Deno.test("a fusion that is given pure noise gains nothing beyond its interval", () => {
  const noisy = (all: readonly TrainingSample[], seed: number) =>
    all.map((sample) => {
      const copy = clone(sample);
      let state = seed;
      for (const name of featureNames) {
        if (features[name].owner === "jd") continue;
        copy.columns[name] = sample.columns[name].map(() =>
          (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647
        );
      }
      return copy;
    });
  const { low, difference } = gain("pooled", 0, { train: noisy(samples, 11), test: noisy(other, 12) });
  assert.ok(low <= 0, `${difference} from ${low}`);
});

Deno.test("where too few defaults are seen nothing is fitted, and the result says so", () => {
  const strict: Scenario["scoring"] = { ...scoring, training: { ...scoring.training, leastBads: 5_000 } };
  assert.deepEqual([fitCards(samples, strict, "pooled").source, fitCards(samples, strict, "pooled").joint], [
    "too few defaults",
    [],
  ]);
  const supposed = taught([...always("scoring.training.leastBads=5000")], { shoppers: 300, days: 3 });
  assert.match(run(supposed, 0, { openingBook: bookOf(supposed) }).scoring.card, /too few defaults/);
});

Deno.test("cards are remembered by what they depend on: a lever on shops is not, a wider window is", () => {
  const key = (set: string[]) => {
    const one = taught(set);
    return scorecardKey(pastOf(one).scenario, one.scenario.scoring, one.scenario.scoring.fusion);
  };
  assert.equal(key(["demand.leaveBps=900", "clearing.prefundingCny=1000"]), key([]));
  assert.notEqual(key(["scoring.training.observationDays=150"]), key([]));
  assert.notEqual(key(["scoring.fusion=pooled"]), key([]));
  assert.equal(scorecardsOf(past, scoring, "bureau"), scorecardsOf(past, scoring, "bureau"));
});

Deno.test("without the consent to read accounts the joint card is not used: the score is the issuer's own", () => {
  for (const fusion of ["bureau", "stacked", "pooled"] as const) {
    const world = openSmall(taught([`scoring.fusion=${fusion}`], { shoppers: 400 }));
    world.today.day = 0;
    const { identities } = world.shoppers;
    let moved = 0;
    for (let i = 0; i < world.shoppers.count; i++) {
      if (identities[accountAt(i)] !== longAgo) continue;
      const joint = fusedPoints(world, i, 0);
      identities[accountAt(i)] = farAway;
      const own = fusedPoints(world, i, 0);
      if (joint !== own) moved++;
      const alone = world.cards!.joint;
      world.cards!.joint = world.cards!.alone;
      assert.equal(fusedPoints(world, i, 0), own);
      world.cards!.joint = alone;
    }
    assert.ok(moved > 20, `${fusion}: ${moved}`);
  }
});

Deno.test("the points of a run are those that the card gives the same values", () => {
  for (const fusion of ["alone", "pooled"] as const) {
    const world = openSmall(taught([`scoring.fusion=${fusion}`], { shoppers: 300 })), { cards } = world;
    let joint = 0;
    for (let i = 0; i < 300; i++) {
      const row = Object.fromEntries(featureNames.map((name, k) => [name, featureValue(world, i, k)]));
      for (const p of [0, 1]) {
        const points = fusedPoints(world, i, p);
        const [own, all] = [cards!.fitted.alone[p], cards!.fitted.joint[p]].map((card) =>
          scoreRow(card, row).score
        );
        assert.ok(points === own || points === all, `${points}: ${own} or ${all}`);
        if (points !== own) joint++;
        const factors = scoreFactors(world, i, p);
        assert.ok(
          factors.length <= 4 && factors.every(({ words, pointsLost }) => words.length > 2 && pointsLost > 0),
        );
      }
    }
    assert.equal(joint > 100, fusion === "pooled", `${joint} joint scores`);
  }
});

Deno.test("a privacy budget blurs the joint score, and credit decisions move with it", () => {
  const of = (points: number) => {
    const supposed = taught(["scoring.fusion=federated", `scoring.federatedNoisePoints=${points}`], {
      shoppers: 800,
      days: 40,
    });
    return run(supposed, 0, { openingBook: bookOf(supposed) });
  };
  const exact = of(0), blurred = of(40);
  assert.notEqual(exact.hash, blurred.hash);
  assert.ok(read(exact, "purchases.wanted") === read(blurred, "purchases.wanted"));
});

Deno.test("a better card refuses more of those who will not pay: fewer arrears than under the expert card", () => {
  const of = (card: string) => {
    const supposed = taught([`scoring.card=${card}`], { shoppers: 3_000, days: 150 });
    return run(supposed, 0, { openingBook: bookOf(taught([], { shoppers: 3_000, days: 150 })) });
  };
  const fitted = of("fitted"), expert = of("expert");
  assert.ok(read(fitted, "dpd30Share.ant") < read(expert, "dpd30Share.ant"));
});

Deno.test("scores drift as the economy turns: the stability index of the book rises above that of a calm year", () => {
  const calm = taught([], { shoppers: 2_000, days: 100 });
  const jump = '"shocks=[{ event: unemployment-jump, fromDay: 2, untilDay: 100, plusBps: 3000 }]"'.slice(
    1,
    -1,
  );
  const slump = taught([jump], { shoppers: 2_000, days: 100 });
  const of = (supposed: typeof calm) => run(supposed, 0, { openingBook: bookOf(calm) });
  const before = of(calm), after = of(slump);
  assert.equal(before.daily.columns["scorePsi.ant"][0], 0);
  assert.ok(read(after, "scorePsi.ant") > read(before, "scorePsi.ant"));
  assert.ok(read(before, "scorePsi.ant") > 0 && read(before, "scorePsi.ant") < 0.5);
});

Deno.test("to follow shoppers whom a score refuses moves nothing: an explanation is no use of their data", () => {
  for (const fusion of ["bureau", "stacked", "pooled"]) {
    const supposed = taught([`scoring.fusion=${fusion}`, "scoring.cutoffPoints=700"], {
      shoppers: 300,
      days: 4,
    });
    const usesOf = (isFollowed: boolean): [number, number, number] => {
      const world = openSmall(supposed);
      let explained = 0;
      for (let day = 0; day < 4; day++) {
        if (isFollowed) {
          for (let i = 0; i < 300; i++) explained += scoreFactors(world, i, 1).length;
        }
        walkDay(world, day);
      }
      return [world.counts.uses.reduce((sum, one) => sum + one, 0), world.counts.attributes, explained];
    };
    const [uses, attributes] = usesOf(false), [usesThen, attributesThen, explained] = usesOf(true);
    assert.ok(uses > 0 && explained > 0, fusion);
    assert.deepEqual([usesThen, attributesThen], [uses, attributes], fusion);
  }
});
