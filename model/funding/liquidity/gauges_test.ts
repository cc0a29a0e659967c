import assert from "node:assert/strict";
import fc from "fast-check";
import { internalLcr, internalLiquidStock, internalNsfr, weightedAmount } from "./gauges.ts";

const amount = fc.double({ min: 0, max: 1e6, noNaN: true });

Deno.test("of a liquid stock level 2 is at most 40 % and level 2B at most 15 %, whatever there is", () => {
  fc.assert(
    fc.property(amount, amount, amount, amount, (level1, level2a, level2bRmbs, level2bOther) => {
      const { stock, afterHaircuts } = internalLiquidStock({ level1, level2a, level2bRmbs, level2bOther });
      assert.ok(stock <= level1 / 0.6 + 1e-6, "level 2 caps the stock");
      assert.ok(stock <= (level1 + afterHaircuts.level2a) / 0.85 + 1e-6, "level 2B caps it");
      assert.ok(stock >= level1 - 1e-6);
      const more = internalLiquidStock({ level1: level1 + 1, level2a, level2bRmbs, level2bOther });
      assert.ok(more.stock >= stock + 1 - 1e-6, "one more of level 1 adds at least itself");
    }),
    { seed: 72, numRuns: 300 },
  );
});

Deno.test("inflows count up to three quarters of outflows", () => {
  assert.equal(internalLcr({ stock: 50, outflows: 100, inflows: 20 }), 50 / 80);
  assert.equal(internalLcr({ stock: 50, outflows: 100, inflows: 500 }), 2);
  assert.equal(internalLcr({ stock: 50, outflows: 0, inflows: 5 }), Infinity);
  assert.throws(
    () => internalLcr({ stock: -1, outflows: 1, inflows: 0 }),
    /stock is -1; allowed is 0 or more/,
  );
});

Deno.test("stable funding is weighted on both sides; nothing required is no strain", () => {
  assert.equal(
    internalNsfr({ available: [{ amount: 10, factor: 0.5 }], required: [{ amount: 4, factor: 1 }] }),
    1.25,
  );
  assert.equal(internalNsfr({ available: [], required: [] }), Infinity);
  assert.throws(() => weightedAmount([{ amount: 1, factor: 1.2 }]), /a factor is 1.2; allowed is 0 to 1/);
});
