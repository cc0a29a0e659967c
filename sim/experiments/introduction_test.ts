import assert from "node:assert/strict";
import { bookOf, type Small, small } from "#/sim/testing/worlds.ts";
import { introduce, type IntroductionOptions, introductionSettings } from "./introduction.ts";

const experiment = (
  { set = [], shoppers = 2_000, days = 120 }: Small = {},
  options: IntroductionOptions = {},
) => {
  const supposed = small("baseline", { shoppers, days, set: [...introductionSettings, ...set] });
  return introduce(supposed, {
    openingBookOf: (replication) => bookOf(supposed, replication),
    resamples: 300,
    ...options,
  });
};
/** No want is left or lost for want of a line, and the ways to pay are level. */
const lossless = [
  "demand.waitBps=0",
  "demand.leaveBps=0",
  "demand.abandonPerStepBps=0",
];

Deno.test("introduction: a first line brings purchases that would otherwise have been left", () => {
  const { pairedUplift, treated, control } = experiment();
  assert.ok(treated > 40 && control > 40);
  assert.ok(pairedUplift.purchases.low > 0);
  assert.ok(pairedUplift.amount.low > 0);
  assert.ok(pairedUplift.purchasesAnywhere.low > 0);
});

Deno.test("introduction: where no want is left or lost there is no uplift at all: no elasticity hides anywhere", () => {
  const { pairedUplift } = experiment({ set: lossless });
  for (const [measure, { estimate }] of Object.entries(pairedUplift)) assert.equal(estimate, 0, measure);
});

Deno.test("introduction: each way to lose a want makes an uplift, and so do dearer baskets for who is short of cash", () => {
  const of = (set: string[]) => experiment({ set: [...lossless, ...set] }).pairedUplift;
  assert.ok(of(["demand.leaveBps=700"]).purchases.low > 0);
  assert.ok(of(["demand.leaveBps=1400"]).purchases.estimate > of(["demand.leaveBps=700"]).purchases.estimate);
  const calm = of(["demand.leaveBps=700", "demand.shortLeaveFactorBps=10000"]);
  const tight = of(["demand.leaveBps=700", "demand.shortLeaveFactorBps=80000"]);
  assert.ok(tight.orderSize.estimate > calm.orderSize.estimate);
});

Deno.test("introduction: the published purchase likelihood lies in the interval that a field experiment would give", () => {
  const { fieldUplift, published } = experiment({ shoppers: 6_000, days: 364 });
  const [purchases, orderSize] = published;
  assert.deepEqual([purchases.measure, orderSize.measure], ["purchases", "orderSize"]);
  for (const { measure, published: uplift, isWithin } of published) {
    const { low, high } = fieldUplift[measure];
    assert.equal(isWithin, low <= uplift && uplift <= high);
  }
  assert.ok(purchases.isWithin, JSON.stringify(fieldUplift.purchases));
  // Not far off without the noise either: the paired estimate.
  assert.ok(Math.abs(purchases.gap) < 0.03, `${purchases.gap}`);
});

Deno.test("introduction: the same people and the same luck, the same result; more replications, more people", () => {
  const one = experiment({ days: 40 });
  assert.deepEqual(experiment({ days: 40 }), one);
  const two = experiment({ days: 40 }, { replications: 2 });
  assert.ok(two.treated > one.treated && two.control > one.control);
});

Deno.test("introduction: too few days or people are refused", () => {
  assert.throws(() => experiment({ days: 1 }), /RangeError: Cannot split 1 days/);
  assert.throws(
    () => experiment({ days: 4, set: ["population.huabeiUsersBps=10000"], shoppers: 800 }),
    /Cannot compare \d+ people with the line and \d+ without/,
  );
});
