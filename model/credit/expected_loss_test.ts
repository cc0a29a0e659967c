import assert from "node:assert/strict";
import fc from "fast-check";
import {
  defaultRates,
  exposureAtDefaultFen,
  lossRate,
  provisionRates,
  rollForwardGapFen,
} from "./expected_loss.ts";
import { matrixOfCounts } from "./transitions.ts";

const share = fc.double({ min: 0, max: 1, noNaN: true });
const rates = fc.tuple(share, share, share).map(([a, b, lgd]) => ({
  pd12m: Math.min(a, b),
  pdLifetime: Math.max(a, b),
  lgd,
}));

Deno.test("a worse stage never expects less, and the expected loss is linear in exposure", () => {
  fc.assert(
    fc.property(rates, (it) => {
      assert.ok(lossRate(0, it) <= lossRate(1, it) && lossRate(1, it) === lossRate(2, it));
    }),
    { seed: 11 },
  );
});

Deno.test("probabilities outside 0 to 1, and a lifetime below twelve months, are refused with the number", () => {
  assert.throws(() => lossRate(0, { pd12m: -0.1, pdLifetime: 0.2, lgd: 0.5 }), /pd12m is -0.1/);
  assert.throws(() => lossRate(0, { pd12m: 0, pdLifetime: 0.2, lgd: NaN }), /lgd is NaN/);
  assert.throws(
    () => lossRate(0, { pd12m: 0.3, pdLifetime: 0.2, lgd: 0.5 }),
    /0.2 is below the 12 months' 0.3/,
  );
});

Deno.test("the loss rates of a published provision matrix", () => {
  // ifrscommunity.com, example of a provision matrix from roll rates.
  const found = provisionRates({ sales: 100_000, paid: [50_000, 27_000, 15_000, 6_000] });
  const expected = [0.02, 0.04, 0.08695652173913043, 0.25, 1];
  for (const [k, rate] of expected.entries()) assert.ok(Math.abs(found[k] - rate) < 1e-12);
  assert.deepEqual(provisionRates({ sales: 10, paid: [10] }), [0, 0]);
  assert.throws(() => provisionRates({ sales: 10, paid: [8, 4] }), /-2 is owed after 2 payments/);
});

Deno.test("default within a lifetime is no rarer than within twelve months, and certain from default on", () => {
  const counts = fc.array(
    fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 7, maxLength: 7 }),
    { minLength: 5, maxLength: 5 },
  );
  fc.assert(
    fc.property(counts, (rows) => {
      const monthly = [...matrixOfCounts([...rows, [0, 0, 0, 0, 0, 1, 0], [0, 0, 0, 0, 0, 0, 1]])];
      const { pd12m, pdLifetime, lossAfterDefault } = defaultRates(monthly, {
        defaultFrom: 4,
        lifetimeMonths: 24,
      });
      assert.equal(pd12m.length, 5);
      for (let b = 0; b < 5; b++) {
        assert.ok(pd12m[b] >= 0 && pd12m[b] <= pdLifetime[b] + 1e-12 && pdLifetime[b] <= 1);
      }
      assert.equal(pd12m[4], 1);
      assert.ok(lossAfterDefault >= 0 && lossAfterDefault <= 1);
    }),
    { seed: 5 },
  );
});

Deno.test("part of the free limit counts, and a gap in a roll-forward shows its size", () => {
  assert.equal(exposureAtDefaultFen({ carryingFen: 10, undrawnFen: 0, conversionBps: 5_000 }), 10);
  const it = {
    openingFen: 100,
    newFen: 20,
    transfersFen: -5,
    remeasurementFen: 7,
    writeOffsFen: 30,
    recoveriesFen: 2,
    closingFen: 90,
  };
  assert.equal(rollForwardGapFen(it), 0);
  assert.equal(rollForwardGapFen({ ...it, closingFen: 91 }), -1);
});
