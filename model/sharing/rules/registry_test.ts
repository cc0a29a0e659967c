import assert from "node:assert/strict";
import fc from "fast-check";
import { type SharingRule, sharingRules, sharingTerms } from "./registry.ts";

const most = Number.MAX_SAFE_INTEGER;
const loss = fc.oneof(fc.nat(60), fc.nat(10_000_000), fc.integer({ min: most - 99, max: most - 1 }));
const facts = fc.record({
  marketWeights: fc.array(fc.oneof(fc.nat(4), fc.nat(5_000_000)), { minLength: 1, maxLength: 6 }),
});
const terms = fc.record({ originatorFloorBps: fc.nat(10_000) });

for (const [name, rule] of Object.entries(sharingRules) as [string, SharingRule][]) {
  Deno.test(`${name}: shares sum to the loss, one for each platform, whole and none negative`, () => {
    fc.assert(
      fc.property(loss, facts, terms, (lossFen, facts, terms) => {
        const shares = rule.share(lossFen, facts, terms);
        assert.equal(shares.length, facts.marketWeights.length);
        assert.ok(shares.every((fen) => Number.isSafeInteger(fen) && fen >= 0), shares.join());
        assert.equal(shares.reduce((sum, fen) => sum + BigInt(fen), 0n), BigInt(lossFen));
      }),
      { seed: 11, numRuns: 1_000 },
    );
  });

  Deno.test(`${name}: more loss never lowers a share`, () => {
    fc.assert(
      fc.property(loss, fc.integer({ min: 1, max: 3 }), facts, terms, (lossFen, plusFen, facts, terms) => {
        const more = Math.min(lossFen + plusFen, most);
        const shares = rule.share(lossFen, facts, terms), larger = rule.share(more, facts, terms);
        for (const [i, fen] of shares.entries()) {
          assert.ok(larger[i] >= fen, `loss ${lossFen} → ${more}: party ${i} bears ${fen} → ${larger[i]}`);
        }
      }),
      { seed: 12, numRuns: 3_000 },
    );
  });

  Deno.test(`${name}: the same loss is shared the same again, and nothing that was handed in changes`, () => {
    fc.assert(
      fc.property(loss, facts, terms, (lossFen, facts, terms) => {
        const before = JSON.stringify({ facts, terms });
        const shares = rule.share(lossFen, facts, terms);
        assert.deepEqual(rule.share(lossFen, facts, terms), shares);
        assert.equal(JSON.stringify({ facts, terms }), before);
      }),
      { seed: 13 },
    );
  });

  Deno.test(`${name}: a scenario can name it, and it says what it is`, () => {
    assert.ok(sharingTerms.options.some((option) => option.shape.rule.value === name));
    assert.ok(rule.title.length > 10);
  });
}

Deno.test("a scenario can name no sharing rule that is not registered", () => {
  for (const option of sharingTerms.options) assert.ok(option.shape.rule.value in sharingRules);
});

Deno.test("originator bears the whole loss, whatever the market", () => {
  const shares = sharingRules.originator.share(1_001, { marketWeights: [0, 5, 9] }, {
    originatorFloorBps: 0,
  });
  assert.deepEqual(shares, [1_001, 0, 0]);
});

Deno.test("marketShare leaves the floor with the originator and splits the rest by market", () => {
  const share = (marketWeights: number[], originatorFloorBps: number) =>
    sharingRules.marketShare.share(10_000, { marketWeights }, { originatorFloorBps });
  assert.deepEqual(share([1, 3], 2_000), [4_000, 6_000]);
  assert.deepEqual(share([1, 3], 0), [2_500, 7_500]);
  assert.deepEqual(share([1, 3], 10_000), [10_000, 0]);
  assert.deepEqual(share([0, 1], 3_000), [3_000, 7_000]);
});

Deno.test("marketShare leaves all with the originator while nobody has a share of the market", () => {
  assert.deepEqual(
    sharingRules.marketShare.share(77, { marketWeights: [0, 0] }, { originatorFloorBps: 100 }),
    [
      77,
      0,
    ],
  );
});

Deno.test("marketShare among three platforms takes no fen back where largest remainders would", () => {
  const share = (lossFen: number) =>
    sharingRules.marketShare.share(lossFen, { marketWeights: [5, 3, 1] }, { originatorFloorBps: 0 });
  assert.deepEqual([share(4), share(5)], [[3, 1, 0], [3, 2, 0]]);
});

Deno.test("a higher floor never lowers what the originator bears under marketShare", () => {
  fc.assert(
    fc.property(
      loss,
      fc.nat(9_999),
      fc.tuple(fc.nat(1_000), fc.nat(1_000)),
      (lossFen, floorBps, marketWeights) => {
        const borne = (originatorFloorBps: number) =>
          sharingRules.marketShare.share(lossFen, { marketWeights }, { originatorFloorBps })[0];
        assert.ok(borne(floorBps + 1) >= borne(floorBps));
      },
    ),
    { seed: 14, numRuns: 1_000 },
  );
});
