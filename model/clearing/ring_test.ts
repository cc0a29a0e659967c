import assert from "node:assert/strict";
import fc from "fast-check";
import { hasRing } from "./ring.ts";

Deno.test("a ring is found exactly where somebody can be reached from itself", () => {
  let rings = 0;
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
      fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }),
      (edges, isIn) => {
        const owed = edges.map((is, at) => is && at % 5 !== 0 ? 1 : 0);
        // All ways of one to four steps, by walking them.
        const walks = (from: number, at: number, steps: number): boolean =>
          steps > 0 &&
          [0, 1, 2, 3].some((next) =>
            isIn[at] && isIn[next] && owed[at * 4 + next] > 0 &&
            (next === from || walks(from, next, steps - 1))
          );
        const expected = [0, 1, 2, 3].some((from) => walks(from, from, 4));
        assert.equal(hasRing(owed, Uint8Array.from(isIn)), expected);
        if (expected) rings++;
      },
    ),
    { seed: 81, numRuns: 300 },
  );
  assert.ok(rings > 30 && rings < 270, `${rings} of 300`);
});
