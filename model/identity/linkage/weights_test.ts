import assert from "node:assert/strict";
import fc from "fast-check";
import { weigh } from "./weights.ts";

// Four patterns. Of all pairs one in a hundred matches; the odds of a pair are weight's power of two over 99.
const fit = {
  matchShare: 0.01,
  ifMatch: Float64Array.of(1 / 64, 3 / 64, 12 / 64, 48 / 64),
  ifNot: Float64Array.of(0.9, 0.09, 0.0099, 0.0001),
};
const counts = Float64Array.of(89_100, 8_957, 1_168, 775), sizes = [1_000, 1_000] as const;

Deno.test("weigh() gives the logarithm of base 2 of the likelihood ratio, and the odds after the prior ones", () => {
  const { weight, odds, ranked } = weigh(fit, counts, {
    sizes,
    falseLinkTargetBps: 50,
    missedLinkTargetBps: 0,
  });
  assert.deepEqual([...ranked], [3, 2, 1, 0]);
  assert.equal((2 ** weight[2]).toFixed(6), (12 / 64 / 0.0099).toFixed(6));
  assert.equal(odds[3].toFixed(6), (0.01 * 48 / 64 / (0.99 * 0.0001)).toFixed(6));
});

Deno.test("weigh() links as far as the false share stays on target, as worked by hand", () => {
  // Pattern 3: odds 75.76, so of 775 pairs 10.1 false: 130 bps. Pattern 2: odds 0.1913, so of 1168 pairs 187.6 match and
  // 980.4 do not; of 1000 records 775 are taken by then, so 0.0506 of those, 49.6, are free: together 59.7 of 1012, 590 bps.
  // Pattern 1: odds 0.0053, so of 8957 pairs 46.8 match, 8910.2 do not; 1012 are taken, so none of these is free. Pattern 0
  // likewise.
  const upperAt = (falseLinkTargetBps: number, size = 1_000) =>
    weigh(fit, counts, { sizes: [size, size], falseLinkTargetBps, missedLinkTargetBps: 0 }).upper;
  const { weight } = weigh(fit, counts, { sizes, falseLinkTargetBps: 50, missedLinkTargetBps: 0 });
  assert.deepEqual([129, 131, 500].map((bps) => upperAt(bps)), [Infinity, weight[3], weight[3]]);
  assert.deepEqual([591, 5_000].map((bps) => upperAt(bps)), [weight[0], weight[0]]);
  // In large files next to nobody is taken: pattern 2 would be false oftener than true, whatever the target.
  assert.equal(upperAt(9_000, 1e9), weight[3]);
});

Deno.test("weigh() leaves what holds no more matches than may be missed", () => {
  // Expected matches, out of 1004: 764.9 at pattern 3, 187.6 at 2, 46.7 at 1 and 15.6 x 0.997... at 0: 15.6 make 155 bps.
  const lowerAt = (missedLinkTargetBps: number) =>
    weigh(fit, counts, { sizes, falseLinkTargetBps: 131, missedLinkTargetBps });
  const { weight } = lowerAt(0);
  assert.deepEqual([0, 160, 700, 3_000].map((bps) => lowerAt(bps).lower), [
    weight[0],
    weight[1],
    weight[2],
    weight[3],
  ]);
});

Deno.test("weigh() never puts lower above upper, and a stricter target never lowers either error's threshold the wrong way", () => {
  const many = fc.array(fc.nat(10_000), { minLength: 4, maxLength: 4 }).map((all) => Float64Array.from(all));
  const target = fc.integer({ min: 1, max: 9_999 });
  fc.assert(
    fc.property(many, target, target, fc.nat(9_999), (counts, one, other, missedLinkTargetBps) => {
      const [strict, loose] = [Math.min(one, other), Math.max(one, other)].map((falseLinkTargetBps) =>
        weigh(fit, counts, { sizes, falseLinkTargetBps, missedLinkTargetBps })
      );
      assert.ok(strict.upper >= loose.upper);
      for (const { lower, upper } of [strict, loose]) assert.ok(lower <= upper);
      const tighter = weigh(fit, counts, {
        sizes,
        falseLinkTargetBps: one,
        missedLinkTargetBps: missedLinkTargetBps / 2,
      });
      const wider = weigh(fit, counts, { sizes, falseLinkTargetBps: one, missedLinkTargetBps });
      assert.ok(tighter.lower <= wider.lower);
    }),
    { seed: 431 },
  );
});

Deno.test("weigh() gives no rank to a pattern that no match shows or that no pair has", () => {
  const { ranked, weight } = weigh(
    { ...fit, ifMatch: Float64Array.of(0, 0.25, 0.25, 0.5) },
    Float64Array.of(9, 0, 9, 9),
    { sizes, falseLinkTargetBps: 50, missedLinkTargetBps: 0 },
  );
  assert.deepEqual([...ranked], [3, 2]);
  assert.deepEqual([weight[0], weight[1]], [-Infinity, -Infinity]);
});

Deno.test("weigh() refuses targets that are none", () => {
  const aim = (falseLinkTargetBps: number, missedLinkTargetBps: number) =>
    weigh(fit, counts, { sizes, falseLinkTargetBps, missedLinkTargetBps });
  assert.throws(() => aim(0, 0), {
    name: "RangeError",
    message: "Cannot aim at 0 bps false links: above 0, below 10000 is needed",
  });
  assert.throws(() => aim(50, 10_001), /Cannot aim at 10001 bps missed links/);
});
