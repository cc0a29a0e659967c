import assert from "node:assert/strict";
import fc from "fast-check";
import { reason, reasons } from "#/model/reasons.ts";
import { challenge, challengeOutcome, challengeReason, challengeSeconds } from "./challenge.ts";

const terms = {
  honestFailBps: 300,
  honestAbandonBps: 500,
  strangerPassBps: 400,
  strangerAbandonBps: 6_000,
  secondsPerTry: 20,
  triesMax: 3,
};

const shares = (stranger: boolean) => {
  const counts = [0, 0, 0];
  for (let k = 0; k < 10_000; k++) counts[challenge((k + 0.5) / 10_000, stranger, terms)]++;
  return counts;
};

Deno.test("challenge() gives the stated shares of passed, failed and abandoned", () => {
  assert.deepEqual(shares(false), [9_200, 300, 500]);
  assert.deepEqual(shares(true), [400, 3_600, 6_000]);
});

Deno.test("challenge() never lets a stranger through where passing is none, nor stops an owner who cannot fail", () => {
  for (const u of [0, 0.3, 0.999_999]) {
    assert.notEqual(challenge(u, true, { ...terms, strangerPassBps: 0 }), challengeOutcome.passed);
    assert.equal(
      challenge(u, false, { ...terms, honestFailBps: 0, honestAbandonBps: 0 }),
      challengeOutcome.passed,
    );
  }
});

Deno.test("challenge() is one of three ends for any shares, and who passed still passes when failing is rarer", () => {
  const bps = fc.nat(10_000), u = fc.nat(999_999_999).map((k) => k / 1_000_000_000);
  const some = fc.record({
    honestFailBps: bps,
    honestAbandonBps: bps,
    strangerPassBps: bps,
    strangerAbandonBps: bps,
    secondsPerTry: fc.nat(60),
    triesMax: fc.integer({ min: 1, max: 5 }),
  });
  const ends: number[] = Object.values(challengeOutcome);
  fc.assert(
    fc.property(u, some, fc.nat(500), (u, terms, by) => {
      const honest = challenge(u, false, terms), stranger = challenge(u, true, terms);
      assert.ok(ends.includes(honest) && ends.includes(stranger));
      const easier = {
        ...terms,
        honestFailBps: Math.max(0, terms.honestFailBps - by),
        strangerPassBps: terms.strangerPassBps + by,
      };
      if (honest === challengeOutcome.passed) assert.equal(challenge(u, false, easier), honest);
      if (stranger === challengeOutcome.passed) assert.equal(challenge(u, true, easier), stranger);
    }),
    { seed: 265, numRuns: 2_000 },
  );
});

Deno.test("a challenge takes one try to pass or give up, and all tries to fail", () => {
  assert.equal(challengeSeconds(challengeOutcome.passed, terms), 20);
  assert.equal(challengeSeconds(challengeOutcome.abandoned, terms), 20);
  assert.equal(challengeSeconds(challengeOutcome.failed, terms), 60);
});

Deno.test("failing and giving up are reasons of the challenge; passing is none", () => {
  assert.equal(challengeReason(challengeOutcome.passed), reason.none);
  const told = [challengeOutcome.failed, challengeOutcome.abandoned].map((end) =>
    reasons[challengeReason(end)]
  );
  assert.deepEqual(told.map(({ layer, name }) => [layer, name]), [
    ["challenge", "challenge-failed"],
    ["challenge", "challenge-abandoned"],
  ]);
});
