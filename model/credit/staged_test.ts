import assert from "node:assert/strict";
import fc from "fast-check";
import { deliveredFen } from "./staged.ts";

Deno.test("stages pay out the whole price to the fen, each within a fen of its share", () => {
  fc.assert(
    fc.property(fc.nat(1_000_000_000), fc.integer({ min: 1, max: 24 }), (amountFen, stages) => {
      const paid = Array.from({ length: stages + 1 }, (_, done) => deliveredFen(amountFen, { done, stages }));
      assert.equal(paid[0], 0);
      assert.equal(paid[stages], amountFen);
      for (let done = 1; done <= stages; done++) {
        const partFen = paid[done] - paid[done - 1];
        assert.ok(partFen >= 0 && Math.abs(partFen - amountFen / stages) <= 1);
      }
    }),
    { seed: 841 },
  );
});

Deno.test("deliveredFen() refuses stages that there are not", () => {
  for (const done of [-1, 4, NaN]) {
    assert.throws(() => deliveredFen(1_000, { done, stages: 3 }), {
      name: "RangeError",
      message: /of 3 stages/,
    });
  }
});
