import assert from "node:assert/strict";
import fc from "fast-check";
import { thousands } from "#/model/units/thousands.ts";

Deno.test("thousands() sets every three digits apart and drops none", () => {
  fc.assert(
    fc.property(fc.integer(), fc.integer({ min: 0, max: 4 }), (value, decimals) => {
      const text = thousands(value, decimals);
      assert.equal(text.replaceAll(",", ""), value.toFixed(decimals));
      assert.match(text, /^-?\d{1,3}(,\d{3})*(\.\d+)?$/);
    }),
    { seed: 8 },
  );
});

Deno.test("thousands() writes what rounds to nothing without a sign", () => {
  assert.deepEqual([thousands(-0.4), thousands(-0.004, 2), thousands(-0)], ["0", "0.00", "0"]);
  assert.equal(thousands(999_999.5), "1,000,000");
});
