import assert from "node:assert/strict";
import fc from "fast-check";
import { reason } from "#/model/reasons.ts";
import { activeRules, assess, blankAssessment, ruleNames, verdict } from "./assess.ts";
import { dataCategory, everyCategory, type ScreenFacts } from "./facts.ts";
import { type FraudRule, type RuleName, rules, type ScreenTerms } from "./registry.ts";
import { quiet, terms } from "./testing.ts";

/** For each rule the change that strikes it alone. */
const strike: Record<RuleName, Partial<ScreenFacts>> = {
  velocity: { attemptsInWindow: 9 },
  distance: { distanceKm: 2_000 },
  device: { newDevice: 1 },
  accountsOnDevice: { accountsOnDevice: 9 },
  blacklist: { blacklisted: 1 },
  amount: { amountFen: 500_000 },
  merchantRisk: { merchantRiskBps: 900 },
};
const off: Record<RuleName, number> = {
  velocity: 0,
  distance: 0,
  device: 0,
  accountsOnDevice: 0,
  blacklist: 0,
  amount: 0,
  merchantRisk: 0,
};

const decide = (
  facts: ScreenFacts,
  points: Partial<Record<RuleName, number>>,
  changed: Partial<ScreenTerms> = {},
) => {
  const out = blankAssessment();
  const returned = assess(facts, activeRules({ ...off, ...points }), { ...terms, ...changed }, out);
  assert.equal(returned, out.verdict);
  return out;
};

const attempt = fc.record({
  mayUse: fc.nat(everyCategory),
  attemptsInWindow: fc.integer({ min: 1, max: 10 }),
  hasLocation: fc.nat(1),
  distanceKm: fc.nat(3_000),
  minutesSinceLast: fc.nat(400),
  newDevice: fc.nat(1),
  accountsOnDevice: fc.integer({ min: 1, max: 8 }),
  blacklisted: fc.nat(1),
  amountFen: fc.integer({ min: 100, max: 200_000 }),
  usualFen: fc.nat(30_000),
  merchantRiskBps: fc.nat(400),
});
const pointsOf = fc.record(
  Object.fromEntries(ruleNames.map((name) => [name, fc.oneof(fc.constant(0), fc.nat(100))])) as Record<
    RuleName,
    fc.Arbitrary<number>
  >,
);
const bounds = fc.record({ challengeFromPoints: fc.nat(150), refuseFromPoints: fc.nat(250) });

Deno.test("assess() agrees with adding up by hand, for any attempt, points and consents", () => {
  const seen = new Set<number>();
  fc.assert(
    fc.property(attempt, pointsOf, bounds, (facts, points, bounds) => {
      const out = decide(facts, points, bounds);
      const struck = ruleNames.filter((name) => {
        const rule: FraudRule = rules[name], bit = dataCategory[rule.uses];
        return points[name] > 0 && (bit & facts.mayUse) === bit &&
          rule.triggers(facts, { ...terms, ...bounds });
      });
      const sum = struck.reduce((sum, name) => sum + points[name], 0);
      assert.equal(out.points, sum);
      assert.deepEqual(ruleNames.filter((_, place) => out.struck >> place & 1), struck);
      const heaviest = Math.max(0, ...struck.map((name) => points[name]));
      assert.equal(
        out.rule,
        ruleNames.findIndex((name) => struck.includes(name) && points[name] === heaviest),
      );
      assert.equal(out.reason, out.rule < 0 ? reason.none : rules[ruleNames[out.rule]].reason);
      const harsh = sum >= bounds.refuseFromPoints ? 2 : sum >= bounds.challengeFromPoints ? 1 : 0;
      assert.equal(out.verdict, struck.length === 0 ? 0 : harsh);
      seen.add(out.verdict);
    }),
    { seed: 262, numRuns: 3_000 },
  );
  assert.equal(seen.size, 3, "all three verdicts must be tried");
});

Deno.test("a worse attempt is never treated more gently", () => {
  fc.assert(
    fc.property(attempt, pointsOf, bounds, fc.nat(500), (facts, points, bounds, by) => {
      const worse = {
        mayUse: facts.mayUse,
        attemptsInWindow: facts.attemptsInWindow + by % 7,
        hasLocation: 1,
        distanceKm: facts.distanceKm + by,
        minutesSinceLast: Math.max(0, facts.minutesSinceLast - by),
        newDevice: 1,
        accountsOnDevice: facts.accountsOnDevice + by % 5,
        blacklisted: 1,
        amountFen: facts.amountFen + by * 100,
        usualFen: facts.usualFen,
        merchantRiskBps: facts.merchantRiskBps + by,
      };
      assert.ok(decide(worse, points, bounds).verdict >= decide(facts, points, bounds).verdict);
    }),
    { seed: 263, numRuns: 2_000 },
  );
});

Deno.test("fewer points, higher bounds or fewer consents never make a verdict harder", () => {
  fc.assert(
    fc.property(
      attempt,
      pointsOf,
      bounds,
      fc.nat(100),
      fc.nat(everyCategory),
      (facts, points, bounds, by, kept) => {
        const { verdict } = decide(facts, points, bounds);
        const fewer = Object.fromEntries(
          Object.entries(points).map(([name, value]) => [name, Math.max(0, value - by)]),
        );
        assert.ok(decide(facts, fewer, bounds).verdict <= verdict);
        const higher = {
          challengeFromPoints: bounds.challengeFromPoints + by,
          refuseFromPoints: bounds.refuseFromPoints + by,
        };
        assert.ok(decide(facts, points, higher).verdict <= verdict);
        assert.ok(decide({ ...facts, mayUse: facts.mayUse & kept }, points, bounds).verdict <= verdict);
      },
    ),
    { seed: 264, numRuns: 2_000 },
  );
});

for (const name of ruleNames) {
  const facts = { ...quiet, ...strike[name] };

  Deno.test(`${name}: alone it names the decision, and at 0 points it is off`, () => {
    const on = decide(facts, { [name]: 100 });
    assert.deepEqual([on.verdict, on.points, ruleNames[on.rule], on.reason], [
      verdict.refuse,
      100,
      name,
      rules[name].reason,
    ]);
    const others = Object.fromEntries(ruleNames.map((other) => [other, other === name ? 0 : 100]));
    assert.deepEqual(decide(facts, others), blankAssessment());
  });

  Deno.test(`${name}: is silent without consent to its kind of data, and only then`, () => {
    for (const mayUse of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const bit = dataCategory[rules[name].uses];
      assert.equal(decide({ ...facts, mayUse }, { [name]: 100 }).points, (mayUse & bit) === bit ? 100 : 0);
    }
  });
}

Deno.test("points add up over rules: two doubts are challenged, three refused", () => {
  const points = { device: 30, amount: 35, merchantRisk: 40 };
  const one = { ...quiet, newDevice: 1 }, two = { ...one, amountFen: 500_000 };
  const three = { ...two, merchantRiskBps: 900 };
  assert.deepEqual([one, two, three].map((facts) => decide(facts, points).verdict), [
    verdict.pass,
    verdict.challenge,
    verdict.refuse,
  ]);
  assert.deepEqual([one, two, three].map((facts) => ruleNames[decide(facts, points).rule]), [
    "device",
    "amount",
    "merchantRisk",
  ]);
});

Deno.test("of rules with equal points the first in the registry gives the name", () => {
  const facts = { ...quiet, attemptsInWindow: 9, newDevice: 1, blacklisted: 1 };
  assert.equal(ruleNames[decide(facts, { velocity: 40, device: 40, blacklist: 40 }).rule], "velocity");
  assert.equal(ruleNames[decide(facts, { velocity: 39, device: 40, blacklist: 40 }).rule], "device");
});

Deno.test("what strikes no rule passes, even where no points at all are asked for", () => {
  const points = Object.fromEntries(ruleNames.map((name) => [name, 100]));
  assert.deepEqual(decide(quiet, points, { challengeFromPoints: 0, refuseFromPoints: 0 }), blankAssessment());
});

Deno.test("a record that was used before keeps nothing of the attempt before", () => {
  const out = blankAssessment(), active = activeRules({ ...off, blacklist: 100 });
  assess({ ...quiet, blacklisted: 1 }, active, terms, out);
  assert.equal(out.verdict, verdict.refuse);
  assess(quiet, active, terms, out);
  assert.deepEqual(out, blankAssessment());
});

Deno.test("activeRules() refuses points that are negative, broken or too many, and names the rule", () => {
  for (const points of [-1, 0.5, NaN, 1_000_001]) {
    assert.throws(() => activeRules({ ...off, device: points }), {
      name: "RangeError",
      message: /rule device/,
    });
  }
});
