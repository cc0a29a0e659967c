import assert from "node:assert/strict";
import fc from "fast-check";
import { bear, isProved, type LiabilityRule, liabilityRules } from "./liability.ts";

const terms = { nativeProofFromAssurance: 2, bridgedProofFromAssurance: 3 };
const facts = fc.record({
  assurance: fc.integer({ min: 1, max: 3 }),
  challengePassed: fc.boolean(),
  bridged: fc.boolean(),
  friendly: fc.boolean(),
});
const someTerms = fc.record({
  nativeProofFromAssurance: fc.integer({ min: 1, max: 4 }),
  bridgedProofFromAssurance: fc.integer({ min: 1, max: 4 }),
});
const loss = fc.oneof(fc.nat(60), fc.nat(10_000_000), fc.integer({ min: 2 ** 53 - 99, max: 2 ** 53 - 2 }));

/** A rule that splits every loss, beside those that a scenario can name. */
const mixed: LiabilityRule = {
  title: "a part for everybody",
  stranger: { proved: [5_000, 3_000, 2_000], unproved: [3_333, 3_333, 3_334] },
  friendly: { proved: [1, 9_998, 1], unproved: [0, 5_000, 5_000] },
};

for (const [name, rule] of Object.entries({ ...liabilityRules, mixed }) as [string, LiabilityRule][]) {
  Deno.test(`${name}: its shares are of the whole`, () => {
    for (const shares of [...Object.values(rule.stranger), ...Object.values(rule.friendly)]) {
      assert.equal(shares.reduce((sum, bps) => sum + bps, 0), 10_000);
    }
    assert.ok(rule.title.length > 10);
  });

  Deno.test(`${name}: what the three bear is whole, never negative, and sums to the loss`, () => {
    fc.assert(
      fc.property(loss, facts, someTerms, (lossFen, facts, terms) => {
        const parts = Object.values(bear(lossFen, facts, { rule, terms }));
        assert.equal(parts.length, 3);
        assert.ok(parts.every((fen) => Number.isSafeInteger(fen) && fen >= 0), parts.join());
        assert.equal(parts.reduce((sum, fen) => sum + BigInt(fen), 0n), BigInt(lossFen));
      }),
      { seed: 286, numRuns: 1_000 },
    );
  });

  Deno.test(`${name}: more loss never takes a fen from anybody`, () => {
    fc.assert(
      fc.property(loss, facts, (lossFen, facts) => {
        const less = bear(lossFen, facts, { rule, terms }), more = bear(lossFen + 1, facts, { rule, terms });
        assert.ok(more.issuerFen >= less.issuerFen && more.merchantFen >= less.merchantFen);
        assert.ok(more.shopperFen >= less.shopperFen);
      }),
      { seed: 287, numRuns: 1_000 },
    );
  });
}

for (const [name, rule] of Object.entries(liabilityRules) as [string, LiabilityRule][]) {
  Deno.test(`${name}: nobody owes what a stranger bought`, () => {
    fc.assert(
      fc.property(loss, facts, someTerms, (lossFen, facts, terms) => {
        assert.equal(bear(lossFen, { ...facts, friendly: false }, { rule, terms }).shopperFen, 0);
      }),
      { seed: 288 },
    );
  });
}

Deno.test("cardScheme: proof moves a stranger's purchase to the issuer, and a friendly dispute to the shopper", () => {
  const who = (assurance: number, bridged: boolean, friendly: boolean, challengePassed = false) => {
    const facts = { assurance, bridged, friendly, challengePassed };
    const borne = bear(700, facts, { rule: liabilityRules.cardScheme, terms });
    return Object.entries(borne).find(([, fen]) => fen === 700)?.[0];
  };
  const each = (bridged: boolean, friendly: boolean, challenged = false) =>
    [1, 2, 3].map((assurance) => who(assurance, bridged, friendly, challenged));
  assert.deepEqual(each(false, false), ["merchantFen", "issuerFen", "issuerFen"]);
  assert.deepEqual(each(true, false), ["merchantFen", "merchantFen", "issuerFen"]);
  assert.deepEqual(each(false, true), ["merchantFen", "shopperFen", "shopperFen"]);
  assert.deepEqual(each(true, true), ["merchantFen", "merchantFen", "shopperFen"]);
  for (const bridged of [false, true]) {
    assert.deepEqual(each(bridged, false, true), ["issuerFen", "issuerFen", "issuerFen"]);
    assert.deepEqual(each(bridged, true, true), ["shopperFen", "shopperFen", "shopperFen"]);
  }
});

Deno.test("paymentInstitution: the merchant always keeps its money", () => {
  fc.assert(
    fc.property(loss, facts, someTerms, (lossFen, facts, terms) => {
      const borne = bear(lossFen, facts, { rule: liabilityRules.paymentInstitution, terms });
      assert.equal(borne.merchantFen, 0);
      const refused = facts.friendly && isProved(facts, terms);
      assert.equal(refused ? borne.shopperFen : borne.issuerFen, lossFen);
    }),
    { seed: 289 },
  );
});

Deno.test("more proof never makes proved unproved, and at level 4 only a challenge counts", () => {
  fc.assert(
    fc.property(facts, someTerms, (facts, terms) => {
      if (isProved(facts, terms)) {
        assert.ok(isProved({ ...facts, assurance: facts.assurance + 1 }, terms));
        assert.ok(isProved({ ...facts, challengePassed: true }, terms));
      }
      const strict = { nativeProofFromAssurance: 4, bridgedProofFromAssurance: 4 };
      assert.equal(isProved(facts, strict), facts.challengePassed);
    }),
    { seed: 290 },
  );
});

Deno.test("bear() fills the record that it is given, and forgets what was in it", () => {
  const out = { issuerFen: 5, merchantFen: 6, shopperFen: 7 };
  const facts = { assurance: 1, challengePassed: false, bridged: true, friendly: false };
  assert.equal(bear(90, facts, { rule: liabilityRules.cardScheme, terms, out }), out);
  assert.deepEqual(out, { issuerFen: 0, merchantFen: 90, shopperFen: 0 });
});

Deno.test("bear() refuses a loss that is negative or broken", () => {
  const facts = { assurance: 1, challengePassed: false, bridged: true, friendly: false };
  for (const bad of [-1, 0.5, NaN]) {
    assert.throws(() => bear(bad, facts, { rule: liabilityRules.cardScheme, terms }), RangeError);
  }
});
