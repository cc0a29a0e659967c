import assert from "node:assert/strict";
import fc from "fast-check";
import { type CapRule, capRules } from "./registry.ts";

const fen = fc.nat(1_000_000_000_000);

for (const [name, rule] of Object.entries(capRules) as [string, CapRule][]) {
  Deno.test(`cap ${name}: whole, never below nothing, never above what is stated, and says what it is`, () => {
    assert.ok(rule.title.length > 5);
    fc.assert(
      fc.property(fen, fen, fen, fc.nat(100_000), (statedFen, prefundingFen, recentFlowFen, shareBps) => {
        const cap = rule.capFen({ statedFen, prefundingFen, recentFlowFen, shareBps });
        assert.ok(Number.isSafeInteger(cap) && cap >= 0 && cap <= statedFen);
        const more = rule.capFen({
          statedFen,
          prefundingFen: 2 * prefundingFen,
          recentFlowFen: 2 * recentFlowFen,
          shareBps,
        });
        assert.ok(more >= cap);
      }),
      { seed: 52 },
    );
  });
}
