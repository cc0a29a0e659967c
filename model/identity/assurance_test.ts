import assert from "node:assert/strict";
import fc from "fast-check";
import { reason } from "#/model/reasons.ts";
import { identify } from "./assurance.ts";

const caps = { deviceOnlyCapFen: 100_000, realNameCapFen: 2_000_000, unlinkedCapFen: 20_000 };
const facts = { assurance: 2, required: 1, bridged: false, linked: false, caps };

Deno.test("identify() refuses who is known less well than the shop asks for, whatever the amount", () => {
  for (const [assurance, required] of [[1, 2], [1, 3], [2, 3]]) {
    assert.equal(identify(1, { ...facts, assurance, required }), reason.assuranceTooLow);
  }
  assert.equal(identify(1, { ...facts, assurance: 3, required: 3 }), reason.none);
});

Deno.test("identify() lets pay up to the cap of each level and not a fen more", () => {
  for (const [assurance, capFen] of [[1, caps.deviceOnlyCapFen], [2, caps.realNameCapFen]]) {
    assert.equal(identify(capFen, { ...facts, assurance }), reason.none);
    assert.equal(identify(capFen + 1, { ...facts, assurance }), reason.assuranceTooLow);
  }
  assert.equal(identify(90_000_000, { ...facts, assurance: 3 }), reason.none);
});

Deno.test("identify() lets who is not linked pay across platforms only small amounts", () => {
  const across = { ...facts, bridged: true };
  assert.equal(identify(20_000, across), reason.none);
  assert.equal(identify(20_001, across), reason.noConsent);
  assert.equal(identify(20_001, { ...across, linked: true }), reason.none);
});

Deno.test("identify() asks for no link on the shopper's own platform", () => {
  assert.equal(identify(1_000_000, { ...facts, bridged: false, linked: false }), reason.none);
});

Deno.test("identify() lets pass no larger amount than it refuses, and no link or higher level does harm", () => {
  const fen = fc.nat(400), level = fc.integer({ min: 1, max: 3 });
  const some = fc.record({
    assurance: level,
    required: level,
    bridged: fc.boolean(),
    linked: fc.boolean(),
    // A cap for the better known that is not below the cap for the less known.
    caps: fc.tuple(fen, fen, fen).map(([deviceOnlyCapFen, plus, unlinkedCapFen]) => ({
      deviceOnlyCapFen,
      realNameCapFen: deviceOnlyCapFen + plus,
      unlinkedCapFen,
    })),
  });
  fc.assert(
    fc.property(fen, fen, some, (amountFen, plusFen, facts) => {
      if (identify(amountFen, facts) === reason.none) {
        assert.equal(identify(amountFen, { ...facts, linked: true }), reason.none);
        assert.equal(identify(amountFen, { ...facts, bridged: false }), reason.none);
        assert.equal(
          identify(amountFen, { ...facts, assurance: Math.min(facts.assurance + 1, 3) }),
          reason.none,
        );
      } else assert.notEqual(identify(amountFen + plusFen, facts), reason.none);
    }),
    { seed: 151, numRuns: 2_000 },
  );
});
