import assert from "node:assert/strict";
import fc from "fast-check";
import { reason } from "#/model/reasons.ts";
import { decide, grantedLimitFen, movedLimitFen } from "./limits.ts";

const terms = { limitFloorFen: 50_000, limitCapFen: 5_000_000, limitIncomeMultipleBps: 10_000 };
const granted = (incomeFen: number, points: number) =>
  grantedLimitFen({ incomeFen, points, cutoffPoints: 500 }, terms);

Deno.test("grantedLimitFen() is the plain multiple of income 100 points above the cut-off", () => {
  assert.equal(granted(600_000, 600), 600_000);
  assert.equal(
    grantedLimitFen({ incomeFen: 600_000, points: 600, cutoffPoints: 500 }, {
      ...terms,
      limitIncomeMultipleBps: 15_000,
    }),
    900_000,
  );
});

Deno.test("grantedLimitFen() moves by half a per cent a point, between a third and twice the multiple", () => {
  assert.equal(granted(600_000, 620), 660_000);
  assert.equal(granted(600_000, 500), 300_000);
  assert.equal(granted(600_000, 400), 200_000); // a third, not nothing
  assert.equal(granted(600_000, 0), 200_000);
  assert.equal(granted(600_000, 800), 1_200_000);
  assert.equal(granted(600_000, 1_000), 1_200_000);
});

Deno.test("grantedLimitFen() grants whole CNY 100 and keeps floor and cap", () => {
  assert.equal(granted(609_999, 600), 600_000);
  assert.equal(granted(1, 600), 50_000);
  assert.equal(granted(90_000_000, 900), 5_000_000);
});

Deno.test("grantedLimitFen() never falls with income or points", () => {
  fc.assert(
    fc.property(
      fc.nat(10_000_000),
      fc.nat(1_000),
      fc.nat(100_000),
      fc.nat(100),
      (income, points, more, better) => {
        assert.ok(granted(income + more, points) >= granted(income, points));
        assert.ok(granted(income, points + better) >= granted(income, points));
      },
    ),
    { seed: 71, numRuns: 1_000 },
  );
});

const amount = fc.nat(200_000);
const facts = fc.record({
  limitFen: amount,
  usedFen: amount,
  reservedFen: amount,
  frozenFen: amount,
  late: fc.boolean(),
  throttled: fc.boolean(),
});

Deno.test("decide() never authorises a purchase that would pass the limit, also where a cut left more in use", () => {
  let allowed = 0;
  fc.assert(
    fc.property(amount, facts, (amountFen, facts) => {
      if (decide(amountFen, facts) !== reason.none) return;
      allowed++;
      assert.ok(facts.usedFen + facts.reservedFen + amountFen <= facts.limitFen - facts.frozenFen);
      assert.ok(!facts.late && !facts.throttled);
    }),
    { seed: 72, numRuns: 20_000 },
  );
  assert.ok(allowed > 50, `only ${allowed} were authorised`);
});

Deno.test("decide() authorises to the last fen of the limit, counting what is promised today", () => {
  const facts = {
    limitFen: 100_000,
    usedFen: 60_000,
    reservedFen: 30_000,
    frozenFen: 0,
    late: false,
    throttled: false,
  };
  assert.equal(decide(10_000, facts), reason.none);
  assert.equal(decide(10_001, facts), reason.limitExceeded);
  assert.equal(decide(10_000, { ...facts, usedFen: 60_001 }), reason.limitExceeded);
  assert.equal(decide(10_000, { ...facts, reservedFen: 30_001 }), reason.limitExceeded);
});

Deno.test("decide() names lateness before the limit, and the limit before a throttle", () => {
  const over = { limitFen: 0, usedFen: 0, reservedFen: 0, frozenFen: 0, late: true, throttled: true };
  assert.equal(decide(1, over), reason.lateAccount);
  assert.equal(decide(1, { ...over, late: false }), reason.limitExceeded);
  assert.equal(decide(1, { ...over, late: false, limitFen: 1 }), reason.fundingThrottle);
  assert.equal(decide(1, { ...over, late: false, limitFen: 1, throttled: false }), reason.none);
});

Deno.test("decide() calls a freeze by its own name: only what would fit without it is refused for it", () => {
  const facts = {
    limitFen: 100_000,
    usedFen: 0,
    reservedFen: 0,
    frozenFen: 30_000,
    late: false,
    throttled: false,
  };
  assert.equal(decide(70_000, facts), reason.none);
  assert.equal(decide(70_001, facts), reason.limitFrozen);
  assert.equal(decide(100_001, facts), reason.limitExceeded);
});

const moving = {
  goodScoreRaiseBps: 100,
  lateCutBps: 3_000,
  hardshipCutBps: 2_000,
  belowCutoffCutBps: 500,
  limitCapFen: 5_000_000,
};
const good = {
  points: 600,
  cutoffPoints: 480,
  risenPoints: 480,
  late: false,
  hardshipSeen: false,
  appetite: 1,
};

Deno.test("movedLimitFen() takes the largest cut that applies, and no raise beside a cut", () => {
  const moved = (change: object) => movedLimitFen(1_000_000, { ...good, ...change }, moving);
  assert.equal(moved({}), 1_010_000);
  assert.equal(moved({ points: 579 }), 1_000_000);
  assert.equal(moved({ points: 479 }), 950_000);
  assert.equal(moved({ points: 479, hardshipSeen: true }), 800_000);
  assert.equal(moved({ points: 479, hardshipSeen: true, late: true }), 700_000);
  // A downturn: the cut-off rises, and raises shrink with the appetite.
  assert.equal(moved({ risenPoints: 601 }), 950_000);
  assert.equal(moved({ appetite: 0.75 }), 1_007_500);
});

Deno.test("movedLimitFen() stays between nothing and the cap, and a raise never lowers", () => {
  const facts = fc.record({
    points: fc.nat(1_000),
    cutoffPoints: fc.nat(1_000),
    risenPoints: fc.nat(1_000),
    late: fc.boolean(),
    hardshipSeen: fc.boolean(),
    appetite: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.nat(6_000_000), facts, (limitFen, facts) => {
      const movedFen = movedLimitFen(limitFen, facts, moving);
      assert.ok(Number.isSafeInteger(movedFen) && movedFen >= 0);
      assert.ok(movedFen <= Math.max(limitFen, moving.limitCapFen));
      const cut = facts.late || facts.hardshipSeen || facts.points < facts.risenPoints;
      assert.ok(cut ? movedFen <= limitFen : movedFen >= limitFen);
    }),
    { seed: 73, numRuns: 2_000 },
  );
});
