import assert from "node:assert/strict";
import fc from "fast-check";
import { refilled, stage, stageFactorsBps, stageOf, stages } from "./collections.ts";

const terms = { messageFromDpd: 1, callFromDpd: 15, agencyFromDpd: 60, lawFromDpd: 90 };

Deno.test("stageOf() begins each stage on its day and not a day before", () => {
  const at = (dpd: number) => stages[stageOf(dpd, terms)];
  assert.deepEqual([0, 1, 14, 15, 59, 60, 89, 90, 400].map(at), [
    "none",
    "message",
    "message",
    "call",
    "call",
    "agency",
    "agency",
    "law",
    "law",
  ]);
});

Deno.test("stageOf() never takes a stage back while lateness grows", () => {
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.nat(60),
      fc.nat(100),
      fc.nat(200),
      fc.nat(400),
      (messageFromDpd, callFromDpd, agencyFromDpd, lawFromDpd, dpd) => {
        const terms = { messageFromDpd, callFromDpd, agencyFromDpd, lawFromDpd };
        assert.ok(stageOf(dpd + 1, terms) >= stageOf(dpd, terms));
      },
    ),
    { seed: 61, numRuns: 1_000 },
  );
});

Deno.test("stageOf() leaves alone who owes nothing late, even where stages begin on day 0", () => {
  assert.equal(stageOf(0, { messageFromDpd: 0, callFromDpd: 0, agencyFromDpd: 0, lawFromDpd: 0 }), 0);
});

Deno.test("each stage has a factor for who forgets and one for who cannot; a dismissed claim is worked like a call", () => {
  const of = (k: number) => ({
    messageFactorBps: k + 1,
    callFactorBps: k + 2,
    agencyFactorBps: k + 3,
    lawFactorBps: k + 4,
    reportedFactorBps: 0,
  });
  const factors = stageFactorsBps({ forgets: of(100), cannot: of(200) });
  assert.deepEqual(factors.slice(0, 2), [10_000, 10_000]);
  assert.deepEqual(factors.slice(2 * stage.law), [104, 204, 102, 202]);
  assert.equal(factors.length, 2 * stages.length);
});

Deno.test("over many days as many places open as the capacity says, however small the town, and none is hoarded", () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.01, max: 20, noNaN: true }),
      fc.integer({ min: 1, max: 30 }),
      (perDay, keepDays) => {
        let places = 0, taken = 0;
        for (let day = 0; day < 1_000; day++) {
          places = refilled(places, { perDay, keepDays });
          assert.ok(places <= Math.max(1, perDay * keepDays) + 1e-9);
          taken += Math.floor(places);
          places -= Math.floor(places);
        }
        // What a cap at one whole place cuts off is less than a place a day.
        assert.ok(taken <= 1_000 * perDay + 1e-6 && taken >= 1_000 * perDay * 0.5 - 1);
      },
    ),
    { seed: 62 },
  );
  assert.equal(refilled(0, { perDay: 0, keepDays: 30 }), 0);
});
