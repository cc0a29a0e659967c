import assert from "node:assert/strict";
import fc from "fast-check";
import { neededAssurance } from "./assurance.ts";

const caps = { deviceOnlyCapFen: 100_000, realNameCapFen: 2_000_000 };

Deno.test("neededAssurance() asks for what the cell asks for, whatever the amount", () => {
  assert.deepEqual([1, 2, 3].map((required) => neededAssurance(1, { required, caps })), [1, 2, 3]);
});

Deno.test("neededAssurance() lets each level pay up to its cap and not a fen more", () => {
  const at = (amountFen: number) => neededAssurance(amountFen, { required: 1, caps });
  assert.deepEqual([100_000, 100_001, 2_000_000, 2_000_001].map(at), [1, 2, 2, 3]);
});

Deno.test("neededAssurance() asks for no less for more money", () => {
  const fen = fc.nat(400), level = fc.integer({ min: 1, max: 3 });
  fc.assert(
    fc.property(fen, fen, level, fen, fen, (amountFen, plusFen, required, deviceOnlyCapFen, more) => {
      const facts = { required, caps: { deviceOnlyCapFen, realNameCapFen: deviceOnlyCapFen + more } };
      assert.ok(neededAssurance(amountFen + plusFen, facts) >= neededAssurance(amountFen, facts));
      assert.ok(neededAssurance(amountFen, facts) >= required);
    }),
    { seed: 151, numRuns: 2_000 },
  );
});
