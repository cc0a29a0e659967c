import assert from "node:assert/strict";
import fc from "fast-check";
import { contingencySteps, followPlan } from "./contingency.ts";
import { blankHabits, forecastNet, habitPlaces, learn, survivalDays } from "./forecast.ts";
import {
  indicators,
  type Readings,
  warningBits,
  warningCount,
  warningQuality,
  warnsBelow,
} from "./warnings.ts";

const plan = { enterBelowDays: [60, 45, 30, 14, 7], leaveAboveDays: 10, calmDays: 3 };

Deno.test("the plan takes its steps one by one, in order, and never past the last", () => {
  const state = { step: 0, calm: 0 }, seen: number[] = [];
  for (let day = 0; day < 8; day++) seen.push(followPlan(state, 0, plan).step);
  assert.deepEqual(seen, [1, 2, 3, 4, 5, 5, 5, 5]);
  assert.equal(contingencySteps.length, plan.enterBelowDays.length + 1);
});

Deno.test("hysteresis: between a step's entry and its exit nothing moves, whatever the days", () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 45, max: 69 }), { maxLength: 60 }),
      (days) => {
        const state = { step: 1, calm: 0 };
        for (const lasts of days) assert.equal(followPlan(state, lasts, plan).step, 1);
      },
    ),
    { seed: 63, numRuns: 200 },
  );
});

Deno.test("a step changes by at most one a day, and is left only after calm days in a row", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(90), { maxLength: 120 }), (days) => {
      const state = { step: 0, calm: 0 };
      let run = 0;
      for (const lasts of days) {
        const before = state.step;
        const bound = before > 0 ? plan.enterBelowDays[before - 1] + plan.leaveAboveDays : Infinity;
        run = lasts >= bound ? run + 1 : 0;
        const { step } = followPlan(state, lasts, plan);
        assert.ok(Math.abs(step - before) <= 1);
        if (step < before) assert.ok(run >= plan.calmDays, "left too early");
        if (step !== before) run = 0;
      }
    }),
    { seed: 64, numRuns: 200 },
  );
});

Deno.test("a plan whose steps are entered in another order is refused with the steps", () => {
  assert.throws(
    () => followPlan({ step: 0, calm: 0 }, 50, { ...plan, enterBelowDays: [30, 45] }),
    /step tightenOffers is entered below 45 days and the one before below 30/,
  );
});

Deno.test("what was learned of a steady book foretells it", () => {
  const habits = blankHabits(new Float64Array(habitPlaces), 40);
  for (let month = 0; month < 30; month++) {
    for (let dayOfMonth = 1; dayOfMonth <= 31; dayOfMonth++) {
      const back = dayOfMonth === 9 ? 400 : 10;
      learn(habits, { dayOfMonth, demand: 1, balance: 1_000, back, lent: 25, grantedShare: 1 }, 0.3);
    }
  }
  const net = forecastNet(habits, {
    balance: 1_000,
    dayOfMonth: [8, 9],
    demand: [1, 2],
    backFactor: 1,
    lentFactor: 1,
  }, new Float64Array(2));
  assert.ok(Math.abs(net[0] - (10 - 25)) < 0.5, `${net[0]}`);
  assert.ok(Math.abs(net[1] - (0.4 * 1_015 - 50)) < 1, `${net[1]}`);
});

Deno.test("a throttled day teaches what was wanted, not what was granted; a stopped one teaches nothing", () => {
  const habits = blankHabits(new Float64Array(habitPlaces), 40);
  learn(habits, { dayOfMonth: 1, demand: 1, balance: 100, back: 1, lent: 30, grantedShare: 0.6 }, 0.3);
  assert.equal(habits[0], 50);
  learn(habits, { dayOfMonth: 1, demand: 1, balance: 100, back: 1, lent: 0, grantedShare: 0 }, 0.3);
  assert.equal(habits[0], 50);
});

Deno.test("more cash, more that can be drawn, less that runs off or is called: money never lasts less long", () => {
  const amount = fc.nat(500);
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -60, max: 60 }), { maxLength: 90 }),
      amount,
      amount,
      amount,
      (net, a, b, plus) => {
        const there = { cash: a, drawable: b, drawableRunoff: 0.4, called: 20 };
        const days = survivalDays(net, there);
        for (
          const better of [
            { ...there, cash: a + plus },
            { ...there, drawable: b + plus },
            { ...there, drawableRunoff: 0.1 },
            { ...there, called: 0 },
          ]
        ) assert.ok(survivalDays(net, better) >= days);
      },
    ),
    { seed: 65, numRuns: 400 },
  );
});

Deno.test("each indicator warns on its own side of its threshold, and only then", () => {
  const at = Object.fromEntries(indicators.map((name) => [name, 10])) as Readings;
  assert.equal(warningBits(at, at), 0);
  for (const [k, name] of indicators.entries()) {
    const step = warnsBelow[name] ? -1 : 1;
    assert.equal(warningBits({ ...at, [name]: 10 + step }, at), 1 << k);
    assert.equal(warningBits({ ...at, [name]: 10 - step }, at), 0);
  }
  assert.equal(warningCount(0b101101), 4);
});

Deno.test("every shortfall is foretold or missed, and each lead time lies in the window", () => {
  const list = fc.array(fc.boolean(), { minLength: 60, maxLength: 60 });
  fc.assert(
    fc.property(list, list, (rings, short) => {
      const terms = { windowDays: 14, quietDays: 5 };
      const found = warningQuality(rings, short, terms);
      assert.equal(found.hits + found.misses, found.shortfalls);
      assert.equal(found.leadDays.length, found.hits);
      assert.ok(found.leadDays.every((days) => days >= 1 && days <= terms.windowDays));
    }),
    { seed: 66, numRuns: 300 },
  );
});

Deno.test("an alarm that never rings misses all; one that rings on the eve hits with one day", () => {
  const short = Array.from({ length: 40 }, (_, day) => day >= 20 && day < 25);
  const terms = { windowDays: 10, quietDays: 5 };
  const silent = warningQuality(short.map(() => false), short, terms);
  assert.deepEqual([silent.shortfalls, silent.misses, silent.falseAlarms], [1, 1, 0]);
  const eve = warningQuality(short.map((_, day) => day === 19), short, terms);
  assert.deepEqual([eve.hits, eve.leadDays, eve.falseAlarms], [1, [1], 0]);
  const early = warningQuality(short.map((_, day) => day === 2), short, terms);
  assert.deepEqual([early.misses, early.falseAlarms], [1, 1]);
  assert.throws(() => warningQuality([true], [], terms), /an alarm of 1 days by 0 days/);
});
