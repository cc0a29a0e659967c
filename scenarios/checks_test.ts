// What single keys cannot say: each rule breaks on one change of a scenario that keeps them all.

import assert from "node:assert/strict";
import { divisorsNear, faults } from "#/scenarios/checks.ts";
import { type Scenario, scenarioSchema } from "#/scenarios/schema.ts";
import { leastScenario } from "#/scenarios/testing/fixture.ts";

const broken = (change: (scenario: Scenario) => void) => {
  const scenario = scenarioSchema.parse(leastScenario());
  change(scenario);
  return faults(scenario).map(({ path, text }) => `${path}: ${text}`);
};

Deno.test("the least scenario has no faults", () => assert.deepEqual(broken(() => {}), []));

const cases: [what: string, change: (scenario: Scenario) => void, fault: string][] = [
  [
    "a start on no day",
    (s) => s.world.startDate = "2019-02-29",
    "world.startDate: found 2019-02-29, which is no day; allowed in 2019-02 are days 01 to 28",
  ],
  [
    "targets of 2019 for another year",
    (s) => [s.world.calibration, s.world.startDate] = ["world2019", "2025-01-01"],
    "world.calibration: found world2019 with a start on 2025-01-01; its targets need a start in 2019, else uncalibrated",
  ],
  [
    "shoppers that do not divide the people",
    (s) => s.world.shoppers = 999,
    "world.shoppers: found 999, which does not divide world.people 1000000 into whole factors; " +
    "the nearest that do are 800 and 1000",
  ],
  [
    "shoppers of the history that do not divide the people",
    (s) => s.world.history.shoppers = 199_999,
    "world.history.shoppers: found 199999, which does not divide world.people 1000000 into whole factors; " +
    "the nearest that do are 125000 and 200000",
  ],
  [
    "classes of notes above the whole",
    (s) => [s.funding.jd.abs.seniorBps, s.funding.jd.abs.mezzanineBps] = [9_000, 2_000],
    "funding.jd.abs.mezzanineBps: found 9000 + 2000 = 11000 with funding.jd.abs.seniorBps; allowed are 10000 together",
  ],
  [
    "city tiers above the whole",
    (s) => [s.population.tier1Bps, s.population.tier2Bps] = [6_000, 4_001],
    "population.tier2Bps: found 6000 + 4001 = 10001 with population.tier1Bps; allowed are 10000 together",
  ],
  [
    "categories below the whole",
    (s) => s.demand.categories.other.weightBps = 1,
    "demand.categories: found weightBps that sum to 10001; allowed is a sum of 10000",
  ],
  [
    "waiting and leaving above the whole",
    (s) => [s.demand.waitBps, s.demand.leaveBps] = [5_000, 5_001],
    "demand.leaveBps: found 5000 + 5001 = 10001 with demand.waitBps; allowed are 10000 together",
  ],
  [
    "a floor above its cap",
    (s) => s.credit.huabei.limitFloorCny = 1,
    "credit.huabei.limitFloorCny: found 1; allowed is at most limitCapCny 0",
  ],
  [
    "a stage of impairment after the next",
    (s) => s.provisions.stage2FromDpd = 2,
    "provisions.stage2FromDpd: found 2; allowed is at most stage3FromDpd 1",
  ],
  [
    "more than all of a bucket written off and cured",
    (s) => [s.provisions.rolls.writtenOffBps, s.provisions.rolls.curedBps] = [6_000, 4_001],
    "provisions.rolls.curedBps: found 6000 + 4001 = 10001 with provisions.rolls.writtenOffBps; " +
    "allowed are 10000 together",
  ],
  [
    "macro paths of different lengths",
    (s) => s.macro.incomeGrowthBps = [1, 2],
    "macro.incomeGrowthBps: found 2 quarters; allowed are as many as unemploymentBps has, 1",
  ],
  [
    "windows out of order",
    (s) => s.clearing.windowMinutes = [60, 180, 180],
    "clearing.windowMinutes.2: found 180 after 180; allowed are minutes in ascending order",
  ],
  [
    "a bridge that closes before it opens",
    (s) => [s.clearing.rails.rtgs.opensMinute, s.clearing.rails.rtgs.closesMinute] = [600, 600],
    "clearing.rails.rtgs.opensMinute: found 600; allowed is less than closesMinute 600",
  ],
  [
    "building costs of more than the whole",
    (s) => s.project.capexCurveBps = [6_000, 6_000],
    "project.capexCurveBps: found parts that sum to 12000; allowed is a sum of 10000",
  ],
  [
    "a rule from no day",
    (s) => s.rulebook.allInCostCapFrom = "2025-13-01",
    "rulebook.allInCostCapFrom: found 2025-13-01, which is no day; allowed are months 01 to 12",
  ],
  [
    "a shock that ends before it begins",
    (s) => s.shocks = [{ event: "spread-jump", fromDay: 5, untilDay: 5, plusBps: 1 }],
    "shocks.0.untilDay: found 5; allowed is more than fromDay 5",
  ],
  [
    "an outage that ends before it begins",
    (s) =>
      s.shocks = [{
        ...{ event: "participant-outage", fromDay: 5, untilDay: 6, participant: "jd" },
        ...{ fromMinute: 600, untilMinute: 600 },
      }],
    "shocks.0.untilMinute: found 600; allowed is more than fromMinute 600",
  ],
  [
    "a bank that is not there",
    (s) => {
      s.clearing.banks = 3;
      s.shocks = [{ event: "clocks-apart", fromDay: 5, untilDay: 6, participant: "bank-4", aheadSeconds: 9 }];
    },
    "shocks.0.participant: found bank-4; the run has bank-1 to bank-3 (clearing.banks)",
  ],
];
for (const [what, change, fault] of cases) {
  Deno.test(`faults() tells ${what}`, () => assert.deepEqual(broken(change), [fault]));
}

Deno.test("divisorsNear() names divisors within the bounds, one on each side at most", () => {
  assert.deepEqual(divisorsNear(1_000_000, 1_000, { most: 200_000 }), [800, 1_250]);
  assert.deepEqual(divisorsNear(1_000_000, 150_000, { most: 200_000 }), [125_000, 200_000]);
  assert.deepEqual(divisorsNear(1_000_000, 300_000, { most: 200_000 }), [200_000]);
  assert.deepEqual(divisorsNear(101, 100, { most: 200_000 }), [101]);
  assert.deepEqual(divisorsNear(97, 100, { most: 200_000 }), []);
});
