import assert from "node:assert/strict";
import fc from "fast-check";
import { applyProbability, leaveProbability } from "./adoption.ts";

const terms = { applyPerMonthBps: 20, perMissBps: 100, missesMax: 4, friendsBps: 50 };
const calm = { misses: 0, share: 0, appetite: 1 };

Deno.test("applyProbability() adds offers, own need and friends, and scales them by appetite", () => {
  const of = (facts: Partial<typeof calm>) =>
    Math.round(applyProbability({ ...calm, ...facts }, terms) * 1e6);
  assert.equal(of({}), 2_000);
  assert.equal(of({ misses: 1 }), 12_000);
  assert.equal(of({ share: 0.5 }), 4_500);
  assert.equal(of({ misses: 2, share: 1, appetite: 0.5 }), 13_500);
  assert.equal(of({ misses: 4, share: 1, appetite: 0 }), 0);
});

Deno.test("applyProbability() counts misses up to the most that persuade", () => {
  const of = (misses: number) => applyProbability({ ...calm, misses }, terms);
  assert.ok(of(4) > of(3));
  assert.equal(of(5), of(4));
});

Deno.test("applyProbability() stays a probability, and never falls with need, friends or appetite", () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true }), bps = fc.nat(10_000);
  const some = fc.record({
    applyPerMonthBps: bps,
    perMissBps: bps,
    missesMax: fc.integer({ min: 1, max: 9 }),
    friendsBps: bps,
  });
  fc.assert(
    fc.property(fc.nat(8), part, part, part, some, (misses, share, appetite, up, terms) => {
      const p = applyProbability({ misses, share, appetite }, terms);
      const rise = (from: number) => from + (1 - from) * up;
      assert.ok(p >= 0 && p <= 1);
      assert.ok(applyProbability({ misses: misses + 1, share, appetite }, terms) >= p);
      assert.ok(applyProbability({ misses, share: rise(share), appetite }, terms) >= p);
      assert.ok(applyProbability({ misses, share, appetite: rise(appetite) }, terms) >= p);
    }),
    { seed: 121, numRuns: 1_000 },
  );
});

Deno.test("leaveProbability() is nothing for who owes, and grows over 90 idle days to the stated rate", () => {
  const terms = { leavePerMonthBps: 100, leaveIdleDays: 90 };
  const of = (idleDays: number, owesNothing = true) => leaveProbability({ owesNothing, idleDays }, terms);
  assert.equal(of(0), 0);
  assert.equal(of(45), 0.005);
  assert.equal(of(90), 0.01);
  assert.equal(of(900), 0.01);
  assert.equal(of(900, false), 0);
});
