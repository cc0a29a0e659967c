import assert from "node:assert/strict";
import fc from "fast-check";
import { type CardPick, cardPicks, type LineOffer } from "./registry.ts";

const offer: fc.Arbitrary<LineOffer> = fc.record({
  isPreferred: fc.boolean(),
  roomFen: fc.integer({ min: -200_000, max: 2_000_000 }),
  shopperCostFen: fc.integer({ min: -5_000, max: 40_000 }),
  issuerCostFen: fc.integer({ min: 0, max: 40_000 }),
});

for (const [name, rule] of Object.entries<CardPick>(cardPicks)) {
  const holds = (claim: (lines: [LineOffer, LineOffer]) => void) =>
    fc.assert(fc.property(fc.tuple(offer, offer), claim), { seed: 42 });

  Deno.test(`${name}: the pick is one of the two lines, the same for the same lines`, () => {
    holds((lines) => {
      const before = JSON.stringify(lines), picked = rule.choose(lines);
      assert.ok(picked === 0 || picked === 1);
      assert.equal(rule.choose(lines), picked);
      assert.equal(JSON.stringify(lines), before);
    });
  });

  Deno.test(`${name}: lines that are alike are taken in order`, () => {
    fc.assert(fc.property(offer, (line) => assert.equal(rule.choose([line, { ...line }]), 0)), { seed: 42 });
  });

  Deno.test(`${name}: the order of the lines decides ties and nothing else`, () => {
    holds(([first, second]) => {
      const picked = rule.choose([first, second]), turned = rule.choose([second, first]);
      // Either the same line both times, or, on a tie, the first one both times.
      assert.ok(turned === 1 - picked || picked === 0 && turned === 0);
    });
  });

  Deno.test(`${name}: a line that gets better in every way and is liked does not lose its place`, () => {
    holds((lines) => {
      const picked = rule.choose(lines), it = lines[picked];
      const better: LineOffer = {
        isPreferred: true,
        roomFen: it.roomFen + 1,
        shopperCostFen: it.shopperCostFen - 1,
        issuerCostFen: Math.max(0, it.issuerCostFen - 1),
      };
      const other = { ...lines[1 - picked], isPreferred: false };
      const pair: [LineOffer, LineOffer] = picked === 0 ? [better, other] : [other, better];
      // At no cost at all two lines tie, and the order decides.
      if (name === "issuerCost" && better.issuerCostFen === other.issuerCostFen) return;
      assert.equal(rule.choose(pair), picked);
    });
  });
}

Deno.test("each rule picks by its own merit: on one pair of lines they disagree", () => {
  const lines: [LineOffer, LineOffer] = [
    { isPreferred: true, roomFen: 10, shopperCostFen: 0, issuerCostFen: 5 },
    { isPreferred: false, roomFen: 20, shopperCostFen: -3, issuerCostFen: 9 },
  ];
  const picks = Object.entries(cardPicks).map(([name, rule]) => [name, rule.choose(lines)]);
  assert.deepEqual(Object.fromEntries(picks), { preferred: 0, cheapest: 1, roomiest: 1, issuerCost: 0 });
  const roomier = lines.map((line, k) => ({ ...line, roomFen: 30 - 20 * k })) as [LineOffer, LineOffer];
  assert.equal(cardPicks.roomiest.choose(roomier), 0);
  assert.equal(cardPicks.cheapest.choose(roomier), 1);
});
