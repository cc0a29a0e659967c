import assert from "node:assert/strict";
import fc from "fast-check";
import { riskAppetite } from "./appetite.ts";

Deno.test("riskAppetite() never rises with unemployment and never grants less than a third", () => {
  const bps = fc.integer({ min: -5_000, max: 5_000 }), size = fc.integer({ min: 0, max: 2_000 });
  fc.assert(
    fc.property(bps, bps, size, size, (a, b, points, limitPerUnemploymentBps) => {
      const terms = { cutoffPerUnemploymentPoints: points, limitPerUnemploymentBps };
      const calm = riskAppetite(Math.min(a, b), terms), bad = riskAppetite(Math.max(a, b), terms);
      assert.ok(bad.cutoffRisePoints >= calm.cutoffRisePoints && bad.limitShare <= calm.limitShare);
      assert.ok(bad.limitShare >= 1 / 3 && calm.limitShare <= 1);
    }),
    { seed: 41 },
  );
});
