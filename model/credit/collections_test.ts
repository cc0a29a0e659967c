import assert from "node:assert/strict";
import fc from "fast-check";
import { stageOf, stages } from "./collections.ts";

const terms = { messageFromDpd: 1, callFromDpd: 15, lawFromDpd: 90 };

Deno.test("stageOf() begins each stage on its day and not a day before", () => {
  const at = (dpd: number) => stages[stageOf(dpd, terms)];
  assert.deepEqual([0, 1, 14, 15, 89, 90, 400].map(at), [
    "none",
    "message",
    "message",
    "call",
    "call",
    "law",
    "law",
  ]);
});

Deno.test("stageOf() never takes a stage back while lateness grows", () => {
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.nat(60),
      fc.nat(200),
      fc.nat(400),
      (messageFromDpd, callFromDpd, lawFromDpd, dpd) => {
        const terms = { messageFromDpd, callFromDpd, lawFromDpd };
        assert.ok(stageOf(dpd + 1, terms) >= stageOf(dpd, terms));
      },
    ),
    { seed: 61, numRuns: 1_000 },
  );
});

Deno.test("stageOf() leaves alone who owes nothing late, even where stages begin on day 0", () => {
  assert.equal(stageOf(0, { messageFromDpd: 0, callFromDpd: 0, lawFromDpd: 0 }), 0);
});
