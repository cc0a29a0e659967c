import assert from "node:assert/strict";
import fc from "fast-check";
import { reasons } from "#/model/reasons.ts";
import { type FraudRule, rules } from "./registry.ts";

const terms = { velocityMaxInWindow: 5, velocityWindowMinutes: 60, distanceMaxKm: 800 };
const facts = fc.record({ attemptsInWindow: fc.integer({ min: 1, max: 200 }), distanceKm: fc.nat(20_000) });
const thresholds = fc.record({
  velocityMaxInWindow: fc.integer({ min: 1, max: 100 }),
  velocityWindowMinutes: fc.integer({ min: 1, max: 1_440 }),
  distanceMaxKm: fc.nat(6_000),
});

for (const [name, rule] of Object.entries(rules) as [string, FraudRule][]) {
  Deno.test(`${name}: names its own reason, of the layer that screens`, () => {
    assert.equal(reasons[rule.reason].layer, "screen");
    assert.equal(reasons[rule.reason].name, name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`));
  });

  Deno.test(`${name}: refuses the worst attempt and lets a quiet one at home pass`, () => {
    assert.equal(rule.refuses({ attemptsInWindow: 1, distanceKm: 0 }, terms), false);
    assert.equal(rule.refuses({ attemptsInWindow: 1_000, distanceKm: 20_000 }, terms), true);
  });

  Deno.test(`${name}: a worse attempt is never let pass, and a looser threshold never refuses more`, () => {
    fc.assert(
      fc.property(facts, thresholds, fc.nat(50), (facts, terms, by) => {
        const refused = rule.refuses(facts, terms);
        const worse = { attemptsInWindow: facts.attemptsInWindow + by, distanceKm: facts.distanceKm + by };
        const looser = {
          ...terms,
          velocityMaxInWindow: terms.velocityMaxInWindow + by,
          distanceMaxKm: terms.distanceMaxKm + by,
        };
        if (refused) assert.equal(rule.refuses(worse, terms), true);
        else assert.equal(rule.refuses(facts, looser), false);
      }),
      { seed: 161, numRuns: 1_000 },
    );
  });
}

Deno.test("velocity refuses from the attempt that is one too many, wherever it comes from", () => {
  const refuses = (attemptsInWindow: number) =>
    rules.velocity.refuses({ attemptsInWindow, distanceKm: 9_000 }, terms);
  assert.deepEqual([1, 5, 6, 7].map(refuses), [false, false, true, true]);
});

Deno.test("distance refuses beyond the allowed distance, however few the attempts", () => {
  const refuses = (distanceKm: number) => rules.distance.refuses({ attemptsInWindow: 50, distanceKm }, terms);
  assert.deepEqual([0, 800, 800.1, 5_000].map(refuses), [false, false, true, true]);
});
