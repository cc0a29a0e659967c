import assert from "node:assert/strict";
import fc from "fast-check";
import { type Fusion, fusions } from "./registry.ts";

const points = fc.oneof(fc.nat(1_000), fc.constantFrom(0, 1_000));
const maybe = fc.oneof({ weight: 4, arbitrary: points }, { weight: 1, arbitrary: fc.constant(NaN) });

for (const [name, fusion] of Object.entries(fusions) as [string, Fusion][]) {
  Deno.test(`${name}: the joint score stays between 0 and 1,000`, () => {
    fc.assert(
      fc.property(points, points, (own, other) => {
        const joint = fusion.fuse(own, other);
        assert.ok(joint >= 0 && joint <= 1_000);
      }),
      { seed: 41, numRuns: 500 },
    );
  });

  Deno.test(`${name}: a missing partner leaves the own score as it is`, () => {
    for (let own = 0; own <= 1_000; own++) assert.equal(fusion.fuse(own, NaN), own);
  });

  Deno.test(`${name}: a better score on either side never lowers the joint score`, () => {
    fc.assert(
      fc.property(points, maybe, fc.nat(300), (own, other, plus) => {
        const joint = fusion.fuse(own, other);
        assert.ok(fusion.fuse(Math.min(own + plus, 1_000), other) >= joint);
        if (other === other) assert.ok(fusion.fuse(own, Math.min(other + plus, 1_000)) >= joint);
      }),
      { seed: 42, numRuns: 500 },
    );
  });

  Deno.test(`${name}: who does not see the other line does not use its score`, () => {
    if (!fusion.seesOtherLine) assert.equal(fusion.fuse(600, 400), fusion.fuse(600, 800));
    assert.ok(fusion.title.length > 10);
  });
}

Deno.test("alone is the own score; stacked is the mean of both", () => {
  assert.equal(fusions.alone.fuse(600, 701), 600);
  assert.equal(fusions.stacked.fuse(600, 701), 650.5);
  assert.equal(fusions.alone.seesOtherLine, false);
  assert.equal(fusions.stacked.seesOtherLine, true);
});
