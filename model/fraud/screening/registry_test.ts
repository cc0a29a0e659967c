import assert from "node:assert/strict";
import fc from "fast-check";
import { reasons } from "#/model/reasons.ts";
import { dataCategory, everyCategory, type ScreenFacts } from "./facts.ts";
import { type FraudRule, rules, type ScreenTerms, struckRules } from "./registry.ts";
import { quiet, terms } from "./testing.ts";

const worst: ScreenFacts = {
  mayUse: everyCategory,
  attemptsInWindow: 1_000,
  hasLocation: 1,
  distanceKm: 20_000,
  minutesSinceLast: 0,
  newDevice: 1,
  accountsOnDevice: 1_000,
  blacklisted: 1,
  amountFen: 100_000_000,
  usualFen: 100,
  merchantRiskBps: 10_000,
};

const yesOrNo = fc.nat(1);
const facts = fc.record({
  mayUse: fc.constant(everyCategory as number),
  attemptsInWindow: fc.integer({ min: 1, max: 12 }),
  hasLocation: yesOrNo,
  distanceKm: fc.oneof(fc.nat(300), fc.nat(4_000)),
  minutesSinceLast: fc.oneof(fc.nat(90), fc.nat(10_000)),
  newDevice: yesOrNo,
  accountsOnDevice: fc.integer({ min: 1, max: 8 }),
  blacklisted: yesOrNo,
  amountFen: fc.integer({ min: 100, max: 400_000 }),
  usualFen: fc.nat(60_000),
  merchantRiskBps: fc.nat(400),
});
const thresholds = fc.record({
  challengeFromPoints: fc.nat(200),
  refuseFromPoints: fc.nat(300),
  velocityMaxInWindow: fc.integer({ min: 1, max: 10 }),
  distanceMaxKm: fc.nat(3_000),
  distanceSlackKm: fc.nat(300),
  speedMaxKmPerHour: fc.nat(1_000),
  accountsOnDeviceMax: fc.integer({ min: 1, max: 6 }),
  amountFactorBps: fc.integer({ min: 10_000, max: 200_000 }),
  amountFloorFen: fc.nat(200_000),
  merchantRiskMaxBps: fc.nat(400),
});
/** Steps towards a worse attempt, or towards looser thresholds; in time, up to everything. */
const steps = fc.record({ by: fc.nat(5_000), few: fc.nat(5), share: fc.integer({ min: 1, max: 100 }) });

const worseBy = (facts: ScreenFacts, { by, few, share }: { by: number; few: number; share: number }) => ({
  ...facts,
  attemptsInWindow: facts.attemptsInWindow + few,
  hasLocation: 1,
  distanceKm: facts.distanceKm + by,
  minutesSinceLast: Math.floor(facts.minutesSinceLast / share),
  newDevice: 1,
  accountsOnDevice: facts.accountsOnDevice + few,
  blacklisted: 1,
  amountFen: facts.amountFen + by,
  // A known usual amount stays known; an unknown one says nothing, however bad the rest is.
  usualFen: Math.ceil(facts.usualFen / share),
  merchantRiskBps: facts.merchantRiskBps + by,
});
const looserBy = (terms: ScreenTerms, { by, few }: { by: number; few: number }): ScreenTerms => ({
  challengeFromPoints: terms.challengeFromPoints + by,
  refuseFromPoints: terms.refuseFromPoints + by,
  velocityMaxInWindow: terms.velocityMaxInWindow + few,
  distanceMaxKm: terms.distanceMaxKm + by,
  distanceSlackKm: terms.distanceSlackKm + by,
  speedMaxKmPerHour: terms.speedMaxKmPerHour + by,
  accountsOnDeviceMax: terms.accountsOnDeviceMax + few,
  amountFactorBps: terms.amountFactorBps + by,
  amountFloorFen: terms.amountFloorFen + by,
  merchantRiskMaxBps: terms.merchantRiskMaxBps + by,
});

for (const [name, rule] of Object.entries(rules) as [string, FraudRule][]) {
  Deno.test(`${name}: passes a quiet attempt and is struck by the worst one`, () => {
    assert.equal(rule.triggers(quiet, terms), false);
    assert.equal(rule.triggers(worst, terms), true);
  });

  Deno.test(`${name}: a worse attempt never passes it, and a looser threshold never strikes more`, () => {
    let struck = 0, passed = 0;
    fc.assert(
      fc.property(facts, thresholds, steps, (facts, terms, steps) => {
        if (rule.triggers(facts, terms)) {
          struck++;
          assert.equal(rule.triggers(worseBy(facts, steps), terms), true);
        } else {
          passed++;
          assert.equal(rule.triggers(facts, looserBy(terms, steps)), false);
        }
      }),
      { seed: 261, numRuns: 2_000 },
    );
    assert.ok(struck > 100 && passed > 100, `${struck} struck, ${passed} passed: both sides must be tried`);
  });

  Deno.test(`${name}: looks at nothing but the kind of data that it says it uses`, () => {
    const of: Record<FraudRule["uses"], (keyof ScreenFacts)[]> = {
      none: ["blacklisted", "merchantRiskBps"],
      account: ["attemptsInWindow", "amountFen", "usualFen"],
      location: ["hasLocation", "distanceKm", "minutesSinceLast"],
      device: ["newDevice", "accountsOnDevice"],
    };
    const own = of[rule.uses];
    assert.ok(rule.looksAt.includes(rule.uses === "none" ? "no " : `${rule.uses} data`), rule.looksAt);
    for (const key of Object.keys(quiet) as (keyof ScreenFacts)[]) {
      if (own.includes(key)) continue;
      assert.equal(rule.triggers({ ...quiet, [key]: worst[key] }, terms), false, key);
      assert.equal(rule.triggers({ ...worst, [key]: quiet[key] }, terms), true, key);
    }
  });

  Deno.test(`${name}: has a reason of its own, of the layer that screens`, () => {
    assert.equal(Object.values(rules).filter(({ reason }) => reason === rule.reason).length, 1);
    assert.equal(reasons[rule.reason].layer, "screen");
  });
}

Deno.test("struckRules() agrees with walking the list of rules, and leaves none out", () => {
  let struckEver = 0;
  fc.assert(
    fc.property(facts, thresholds, (facts, terms) => {
      const struck = Object.values(rules).reduce(
        (bits, rule: FraudRule, place) => rule.triggers(facts, terms) ? bits | 1 << place : bits,
        0,
      );
      assert.equal(struckRules(facts, terms), struck);
      struckEver |= struck;
    }),
    { seed: 260, numRuns: 2_000 },
  );
  assert.equal(struckEver, (1 << Object.keys(rules).length) - 1);
  assert.equal(struckRules(worst, terms), struckEver);
});

Deno.test("the reasons of the rules, as results name them", () => {
  assert.deepEqual(Object.values(rules).map(({ reason }) => reasons[reason].name), [
    "velocity",
    "distance",
    "device",
    "shared-device",
    "blacklist",
    "amount-unusual",
    "merchant-risk",
  ]);
});

Deno.test("the kinds of data that rules use are those to which people agree, or none", () => {
  assert.deepEqual(Object.entries(rules).map(([name, { uses }]) => `${name}: ${uses}`), [
    "velocity: account",
    "distance: location",
    "device: device",
    "accountsOnDevice: device",
    "blacklist: none",
    "amount: account",
    "merchantRisk: none",
  ]);
  for (const { uses } of Object.values(rules)) assert.ok(uses in dataCategory);
});

const strikes = (rule: FraudRule, changes: Partial<ScreenFacts>, changed: Partial<ScreenTerms> = {}) =>
  rule.triggers({ ...quiet, ...changes }, { ...terms, ...changed });

Deno.test("velocity is struck from the attempt that is one too many", () => {
  assert.deepEqual(
    [1, 5, 6, 7].map((attemptsInWindow) => strikes(rules.velocity, { attemptsInWindow })),
    [false, false, true, true],
  );
});

Deno.test("distance is struck by what nobody can have travelled: the slack, and 900 km an hour", () => {
  const at = (distanceKm: number, minutesSinceLast: number) =>
    strikes(rules.distance, { distanceKm, minutesSinceLast });
  assert.deepEqual([at(100, 0), at(100.1, 0)], [false, true]);
  assert.deepEqual([at(550, 30), at(550.1, 30)], [false, true]);
});

Deno.test("distance is struck beyond the allowed distance even after days", () => {
  const at = (distanceKm: number) => strikes(rules.distance, { distanceKm, minutesSinceLast: 1e9 });
  assert.deepEqual([at(1_500), at(1_500.1)], [false, true]);
});

Deno.test("distance says nothing of a place that is not known", () => {
  assert.equal(strikes(rules.distance, { hasLocation: 0, distanceKm: 20_000, minutesSinceLast: 0 }), false);
});

Deno.test("accountsOnDevice lets a household share a telephone", () => {
  assert.deepEqual(
    [1, 3, 4].map((accountsOnDevice) => strikes(rules.accountsOnDevice, { accountsOnDevice })),
    [false, false, true],
  );
});

Deno.test("amount is struck above the factor, from the floor on, and only where there is a history", () => {
  const at = (amountFen: number, usualFen: number) => strikes(rules.amount, { amountFen, usualFen });
  assert.deepEqual([at(100_000, 20_000), at(100_001, 20_000)], [false, true]);
  assert.deepEqual([at(49_999, 100), at(50_000, 100)], [false, true]);
  assert.equal(at(100_000_000, 0), false);
});

Deno.test("merchantRisk is struck above the allowed share", () => {
  assert.deepEqual(
    [200, 201].map((merchantRiskBps) => strikes(rules.merchantRisk, { merchantRiskBps })),
    [false, true],
  );
});
