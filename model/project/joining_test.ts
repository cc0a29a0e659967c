import assert from "node:assert/strict";
import fc from "fast-check";
import { joining } from "./joining.ts";

Deno.test("joining() pays each loser its loss and leaves no payer below nothing, for random gains", () => {
  const gains = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(gains, (fens) => {
      const signers = fens.map((fen, i) => ({ party: `p${i}`, fen }));
      const found = joining(signers);
      const after = new Map(signers.map(({ party, fen }) => [party, fen]));
      for (const { from, to, fen } of found.payments) {
        assert.ok(Number.isInteger(fen) && fen > 0);
        after.set(from, after.get(from)! - fen);
        after.set(to, after.get(to)! + fen);
      }
      const total = fens.reduce((sum, fen) => sum + fen, 0);
      assert.equal(found.isFeasible, total >= 0);
      assert.equal(found.missingFen, Math.max(0, -total));
      assert.equal(found.payments.reduce((sum, { fen }) => sum + fen, 0), total >= 0 ? found.smallestFen : 0);
      if (found.isFeasible) {
        for (const { party, fen } of signers) {
          const now = after.get(party)!;
          assert.ok(now >= 0, `${party} is left with ${now}`);
          if (fen <= 0) assert.equal(now, 0);
        }
      }
      assert.equal(found.wouldAllSign, fens.every((fen) => fen >= 0));
    }),
    { seed: 7, numRuns: 400 },
  );
});

Deno.test("joining() says what is missing where gains do not cover losses, and refuses parts of a fen", () => {
  const found = joining([{ party: "jd", fen: 30 }, { party: "banks", fen: -50 }, { party: "ant", fen: 0 }]);
  assert.deepEqual(
    [found.isFeasible, found.missingFen, found.payments, found.unmoved],
    [false, 20, [], ["ant"]],
  );
  assert.throws(() => joining([{ party: "jd", fen: 0.5 }]), /gain of jd: found 0.5, a whole number/);
});
