import assert from "node:assert/strict";
import fc from "fast-check";
import {
  type Allocation,
  type CommonTerms,
  freshFacts,
  fundLayer,
  giveBack,
  layerCount,
  remainderBearers,
  remainderLayer,
  shareLoss,
  type SharingFacts,
} from "#/model/sharing/layers.ts";
import {
  blankRuleTerms,
  type RuleTerms,
  type SharingRule,
  type SharingRuleName,
  sharingRules,
  sharingTerms,
} from "./registry.ts";

const most = Number.MAX_SAFE_INTEGER;
const bps = fc.oneof(fc.nat(10_000), fc.nat(60));
const loss = fc.oneof(fc.nat(60), fc.nat(10_000_000), fc.integer({ min: most - 99, max: most - 1 }));
const fen = fc.oneof(fc.nat(30), fc.nat(3_000_000));
const each = (parties: number) => fc.array(fen, { minLength: parties, maxLength: parties });
const anyFacts: fc.Arbitrary<SharingFacts> = fc.integer({ min: 1, max: 5 }).chain((parties) =>
  fc.record({
    marketWeights: fc.array(fc.oneof(fc.nat(4), fc.nat(5_000_000)), {
      minLength: parties,
      maxLength: parties,
    }),
    jointCreditFen: fc.oneof(fc.nat(5_000), fc.nat(1_000_000_000)),
    fundFen: each(parties),
    usedFen: each(layerCount),
    partyUsedFen: each(parties),
  })
);
const terms: fc.Arbitrary<RuleTerms> = fc.record({
  originatorFloorBps: bps,
  partnerBps: bps,
  attachmentBps: bps,
  detachmentBps: bps,
  retentionBps: bps,
  limitBps: bps,
});
const cap = fc.oneof(fc.constant(10_000), bps);
const common: fc.Arbitrary<CommonTerms> = fc.record({
  originatorCapBps: cap,
  partnerCapBps: cap,
  fundCapBps: cap,
  remainder: fc.constantFrom(...remainderBearers),
});
const uncapped: CommonTerms = {
  originatorCapBps: 10_000,
  partnerCapBps: 10_000,
  fundCapBps: 10_000,
  remainder: "originator",
};
const sum = (parts: readonly number[]) => parts.reduce((total, part) => total + BigInt(part), 0n);

for (const [name, rule] of Object.entries(sharingRules) as [string, SharingRule][]) {
  const share = (lossFen: number, facts: SharingFacts, own: RuleTerms, all: CommonTerms): Allocation =>
    shareLoss(lossFen, rule.layers(facts, own), facts, all);

  Deno.test(`${name}: shares sum to the loss, one for each platform, whole and none negative`, () => {
    fc.assert(
      fc.property(loss, anyFacts, terms, common, (lossFen, facts, own, all) => {
        const { rows, shares } = share(lossFen, facts, own, all);
        assert.equal(shares.length, facts.marketWeights.length);
        assert.ok(rows.flat().every((part) => Number.isSafeInteger(part) && part >= 0), rows.join("; "));
        assert.equal(sum(shares), BigInt(lossFen));
        assert.deepEqual(shares, shares.map((_, i) => rows.reduce((total, row) => total + row[i], 0)));
      }),
      { seed: 11, numRuns: 1_000 },
    );
  });

  Deno.test(`${name}: more loss never lowers a share, in any layer`, () => {
    fc.assert(
      fc.property(
        loss,
        fc.integer({ min: 1, max: 3 }),
        anyFacts,
        terms,
        common,
        (lossFen, plusFen, facts, own, all) => {
          const more = Math.min(lossFen + plusFen, most);
          const { rows } = share(lossFen, facts, own, all), larger = share(more, facts, own, all).rows;
          for (const [k, row] of rows.entries()) {
            for (const [i, part] of row.entries()) {
              assert.ok(
                larger[k][i] >= part,
                `loss ${lossFen} → ${more}: layer ${k}, party ${i}: ${part} → ${larger[k][i]}`,
              );
            }
          }
        },
      ),
      { seed: 12, numRuns: 3_000 },
    );
  });

  Deno.test(`${name}: no layer is filled beyond its width, no platform beyond its cap, no fund beyond its money`, () => {
    fc.assert(
      fc.property(loss, anyFacts, terms, common, (lossFen, facts, own, all) => {
        const { rows } = share(lossFen, facts, own, all);
        for (const [k, { widthFen }] of rule.layers(facts, own).entries()) {
          assert.ok(Number(sum(rows[k])) <= Math.max(0, widthFen - facts.usedFen[k]));
        }
        for (const [i, paidInFen] of facts.fundFen.entries()) {
          assert.ok(rows[fundLayer][i] <= paidInFen);
          const capBps = i === 0 ? all.originatorCapBps : all.partnerCapBps;
          if (capBps === 10_000) continue;
          const borne = rows.slice(0, fundLayer).reduce((total, row) => total + row[i], 0);
          const capFen = facts.jointCreditFen * capBps / 10_000;
          assert.ok(borne === 0 || borne + facts.partyUsedFen[i] <= capFen + 1);
        }
      }),
      { seed: 15, numRuns: 1_000 },
    );
  });

  Deno.test(`${name}: losses and their recovery, in any steps, leave nobody with anything`, () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(5_000_000), { minLength: 1, maxLength: 5 }),
        fc.array(fc.nat(5_000_000), { maxLength: 4 }),
        anyFacts,
        terms,
        common,
        (losses, recoveries, facts, own, all) => {
          const borne = Array.from({ length: layerCount }, () => facts.marketWeights.map(() => 0));
          let outstanding = 0;
          for (const lossFen of losses) {
            outstanding += lossFen;
            for (const [k, row] of share(lossFen, facts, own, all).rows.entries()) {
              for (const [i, part] of row.entries()) borne[k][i] += part;
            }
          }
          for (const wished of [...recoveries, Infinity]) {
            const recoveredFen = Math.min(wished, outstanding);
            const { rows, leftFen } = giveBack(recoveredFen, borne);
            assert.equal(leftFen, 0);
            // Last who paid is first to be repaid: nothing goes to a layer while a later one is still owed.
            for (let k = 0; k < layerCount - 1; k++) {
              if (sum(rows[k]) === 0n) continue;
              for (let later = k + 1; later < layerCount; later++) {
                assert.deepEqual(rows[later], borne[later], `layer ${k} is repaid before ${later}`);
              }
            }
            for (const [k, row] of rows.entries()) {
              for (const [i, part] of row.entries()) {
                borne[k][i] -= part;
                assert.ok(part >= 0 && borne[k][i] >= 0);
              }
            }
            outstanding -= recoveredFen;
          }
          assert.ok(borne.flat().every((part) => part === 0), borne.join("; "));
        },
      ),
      { seed: 16, numRuns: 500 },
    );
  });

  Deno.test(`${name}: the same loss is shared the same again, and nothing that was handed in changes`, () => {
    fc.assert(
      fc.property(loss, anyFacts, terms, common, (lossFen, facts, own, all) => {
        const before = JSON.stringify({ facts, own, all });
        const allocation = share(lossFen, facts, own, all);
        assert.deepEqual(share(lossFen, facts, own, all), allocation);
        assert.equal(JSON.stringify({ facts, own, all }), before);
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

/** What each platform bears of one loss in a fresh period of a million fen of joint credit. */
function sharesOf(
  name: SharingRuleName,
  lossFen: number,
  { market = [1, 3], own = {}, all = {}, facts = {} }: {
    market?: number[];
    own?: Partial<RuleTerms>;
    all?: Partial<CommonTerms>;
    facts?: Partial<SharingFacts>;
  } = {},
): Allocation {
  const it = { ...freshFacts(market, 1_000_000), ...facts };
  const layers = sharingRules[name].layers(it, { ...blankRuleTerms, ...own });
  return shareLoss(lossFen, layers, it, { ...uncapped, ...all });
}

Deno.test("originator bears the whole loss, whatever the market", () => {
  assert.deepEqual(sharesOf("originator", 1_001, { market: [0, 5, 9] }).shares, [1_001, 0, 0]);
});

Deno.test("marketShare leaves the floor with the originator and splits the rest by market", () => {
  const share = (market: number[], originatorFloorBps: number) =>
    sharesOf("marketShare", 10_000, { market, own: { originatorFloorBps } }).shares;
  assert.deepEqual(share([1, 3], 2_000), [4_000, 6_000]);
  assert.deepEqual(share([1, 3], 0), [2_500, 7_500]);
  assert.deepEqual(share([1, 3], 10_000), [10_000, 0]);
  assert.deepEqual(share([0, 1], 3_000), [3_000, 7_000]);
  assert.deepEqual(share([0, 0], 100), [10_000, 0]);
});

Deno.test("marketShare among three platforms takes no fen back where largest remainders would", () => {
  const share = (lossFen: number) => sharesOf("marketShare", lossFen, { market: [5, 3, 1] }).shares;
  assert.deepEqual([share(4), share(5)], [[3, 1, 0], [3, 2, 0]]);
});

Deno.test("a higher floor never lowers what the originator bears under marketShare", () => {
  fc.assert(
    fc.property(loss, fc.nat(9_999), fc.tuple(fc.nat(1_000), fc.nat(1_000)), (lossFen, floorBps, market) => {
      const borne = (originatorFloorBps: number) =>
        sharesOf("marketShare", lossFen, { market, own: { originatorFloorBps } }).shares[0];
      assert.ok(borne(floorBps + 1) >= borne(floorBps));
    }),
    { seed: 14, numRuns: 1_000 },
  );
});

Deno.test("quotaShare gives the partner its quota, whatever the market, and nobody else's", () => {
  assert.deepEqual(sharesOf("quotaShare", 1_000, { own: { partnerBps: 3_000 } }).shares, [700, 300]);
  const three = sharesOf("quotaShare", 1_000, { market: [0, 0, 9], own: { partnerBps: 3_000 } });
  assert.deepEqual(three.shares, [700, 150, 150]);
});

Deno.test("layered: first loss to the originator, the middle by market, then the fund while it lasts, then the remainder", () => {
  const share = (lossFen: number, facts: Partial<SharingFacts> = {}) =>
    sharesOf("layered", lossFen, {
      own: { attachmentBps: 10, detachmentBps: 30 },
      all: { remainder: "partner" },
      facts: { fundFen: [100, 300], ...facts },
    });
  // A million fen of joint credit: the layers end at 1,000 and at 3,000 fen.
  assert.deepEqual(share(900).shares, [900, 0]);
  assert.deepEqual(share(2_000).shares, [1_250, 750]);
  const dry = share(3_600);
  assert.deepEqual(dry.rows[fundLayer], [100, 300]);
  assert.deepEqual([dry.rows[remainderLayer], dry.fundShortFen], [[0, 200], 200]);
  // What was lost earlier in the period has used up the room.
  assert.deepEqual(share(500, { usedFen: [1_000, 1_800, 0, 0, 0] }).shares, [50 + 75, 150 + 225]);
});

Deno.test("layered: the fund pays no more in a period than its cap, and says that it was not short of money", () => {
  const { rows, fundShortFen } = sharesOf("layered", 5_000, {
    own: { attachmentBps: 0, detachmentBps: 0 },
    all: { fundCapBps: 20 },
    facts: { fundFen: [50_000, 50_000], usedFen: [0, 0, 0, 500, 0] },
  });
  assert.deepEqual([rows[fundLayer], rows[remainderLayer], fundShortFen], [[750, 750], [3_500, 0], 0]);
});

Deno.test("excessOfLoss: the partner pays above the retention and no further than the limit", () => {
  const share = (lossFen: number) =>
    sharesOf("excessOfLoss", lossFen, { own: { retentionBps: 10, limitBps: 5 } });
  assert.deepEqual(share(1_000).shares, [1_000, 0]);
  assert.deepEqual(share(1_200).shares, [1_000, 200]);
  assert.deepEqual(share(9_000).rows[remainderLayer], [7_500, 0]);
  assert.deepEqual(share(9_000).shares, [8_500, 500]);
});

Deno.test("a cap sends what a platform may not bear to the next layer, and the remainder to who is named", () => {
  const capped = sharesOf("quotaShare", 10_000, {
    own: { partnerBps: 5_000 },
    all: { partnerCapBps: 20, remainder: "marketShare" },
  });
  assert.deepEqual(capped.rows[0], [5_000, 2_000]);
  assert.deepEqual(capped.rows[remainderLayer], [750, 2_250]);
});
