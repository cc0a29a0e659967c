import assert from "node:assert/strict";
import fc from "fast-check";
import { screenQuality } from "./quality.ts";

Deno.test("screenQuality() gives recall, precision and the insulted share", () => {
  assert.deepEqual(screenQuality({ caught: 3, missed: 1, insulted: 9, honest: 900 }), {
    recall: 0.75,
    precision: 0.25,
    insultedShare: 0.01,
  });
});

Deno.test("screenQuality() is 0 where there is nothing to divide by", () => {
  const none = { caught: 0, missed: 0, insulted: 0, honest: 0 };
  assert.deepEqual(screenQuality(none), { recall: 0, precision: 0, insultedShare: 0 });
  assert.deepEqual(screenQuality({ ...none, honest: 50 }), { recall: 0, precision: 0, insultedShare: 0 });
  assert.deepEqual(screenQuality({ ...none, missed: 5 }), { recall: 0, precision: 0, insultedShare: 0 });
});

Deno.test("screenQuality() stays between 0 and 1, rises with what is caught and falls with who is insulted", () => {
  const count = fc.nat(10_000);
  fc.assert(
    fc.property(count, count, count, count, (caught, missed, insulted, passed) => {
      const counts = { caught, missed, insulted, honest: insulted + passed };
      const quality = screenQuality(counts);
      for (const share of Object.values(quality)) assert.ok(share >= 0 && share <= 1);
      const better = screenQuality({ ...counts, caught: caught + 1 });
      assert.ok(better.recall >= quality.recall && better.precision >= quality.precision);
      const ruder = screenQuality({ ...counts, insulted: insulted + 1, honest: counts.honest + 1 });
      assert.ok(ruder.insultedShare >= quality.insultedShare && ruder.precision <= quality.precision);
      assert.equal(ruder.recall, quality.recall);
    }),
    { seed: 266, numRuns: 1_000 },
  );
});
